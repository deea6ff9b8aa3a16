# SPDX-License-Identifier: Apache-2.0
"""The model files of the example: tiny, and written byte by byte. Nothing here is ever loaded."""
import io
import json
import struct
import zipfile

FLOATS = 64
SHAPE = (8, 8)


def weights(seed):
    return b"".join(struct.pack("<f", ((i * 37 + seed * 11) % 101 - 50) / 512)
                    for i in range(FLOATS))


def text(value):
    raw = value.encode()
    return b"X" + struct.pack("<I", len(raw)) + raw


def name(module, attribute):
    return f"c{module}\n{attribute}\n".encode()


def number(value):
    return b"K" + bytes([value])


def pair(values):
    return b"".join(number(v) for v in values) + b"\x86"


EMPTY_ORDERED_DICT = name("collections", "OrderedDict") + b")R"


def tensor(key):
    """torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)."""
    storage = (b"(" + text("storage") + name("torch", "FloatStorage") + text(key) + text("cpu") +
               number(FLOATS) + b"tQ")
    return (name("torch._utils", "_rebuild_tensor_v2") + b"(" + storage + number(0) + pair(SHAPE) +
            pair((SHAPE[1], 1)) + b"\x89" + EMPTY_ORDERED_DICT + b"tR")


def state_dict(keys):
    out = b"\x80\x02" + EMPTY_ORDERED_DICT + b"("
    for place, key in enumerate(keys):
        out += text(key) + tensor(str(place))
    return out + b"u."


def torch_zip():
    """What torch.save() writes for a state dict: data.pkl and one raw file a storage."""
    keys = ("embed.weight", "block.0.attention.weight", "head.weight")
    members = {"data.pkl": state_dict(keys), "byteorder": b"little", "version": b"3\n"}
    members |= {f"data/{i}": weights(i) for i in range(len(keys))}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for member, content in members.items():
            info = zipfile.ZipInfo(f"lantern_chat/{member}", (2026, 10, 30, 9, 0, 0))
            info.create_system = 3
            archive.writestr(info, content)
    return out.getvalue()


def safetensors():
    tensors = {"unet.in.weight": weights(4), "unet.out.weight": weights(5)}
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for key, raw in tensors.items():
        header[key] = {"dtype": "F32", "shape": list(SHAPE),
                       "data_offsets": [offset, offset + len(raw)]}
        offset += len(raw)
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 8)
    return struct.pack("<Q", len(head)) + head + b"".join(tensors.values())


def unsafe_pickle():
    """A pickle that would call os.system("echo") when loaded: what the check must find."""
    return b"\x80\x02" + name("os", "system") + text("echo") + b"\x85R."
