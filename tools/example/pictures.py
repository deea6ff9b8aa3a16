# SPDX-License-Identifier: Apache-2.0
"""Pictures of lanterns as PNG and JPEG, and the hidden AIGC label in their XMP.

Both encoders are in whole numbers, so that the files are the same on every machine.
"""
import struct
import zlib

WIDTH, HEIGHT = 160, 120

# "AI生成" in 16 dots, for the visible label; HEIGHT / 20 (5 %) is the least that is allowed.
MARK = """
......................#................#............
..................#...#................##.##........
....##.....##.....#...#................##..##.......
...###.....##....##...#.........##############......
...####....##....############...##.....##...........
...#.##....##...##....#.........##.....##...........
..##..#....##...#.....#.........##.....##..##.......
..##..##...##...#.....#.........######..#..#........
..#...##...##.........#.........##...#..#.##........
.#######...##....###########....##...#..#.#.........
.##....##..##.........#.........##...#..###.........
.#.....##..##.........#.........##..##..##..........
##......#..##.........#.........#.###..###...#......
##......##.##.........#.........#.....#####..#......
...............###############.##....###..####......
...............................#.....##...###.......
""".split()

LANTERNS = ((214, 60, 40), (236, 120, 40), (246, 178, 60), (200, 44, 80), (250, 210, 110))
SKIES = (((18, 24, 58), (70, 50, 96)), ((10, 36, 54), (40, 92, 104)), ((44, 20, 40), (140, 72, 60)))


class Scene:
    """A night sky with lanterns over hills, the visible label at the lower right."""

    def __init__(self, seed):
        self.sky = SKIES[seed % len(SKIES)]
        self.hill = 84 + seed * 5 % 16
        self.lanterns = [((seed * 53 + i * 41) % (WIDTH - 30) + 15, (seed * 29 + i * 23) % 58 + 14,
                          6 + (seed + i * 3) % 6, LANTERNS[(seed + i) % len(LANTERNS)])
                         for i in range(3 + seed % 3)]

    def dot(self, x, y):
        mark_x, mark_y = x - (WIDTH - 56), y - (HEIGHT - 20)
        if 0 <= mark_y < len(MARK) and 0 <= mark_x < 52 and MARK[mark_y][mark_x] == "#":
            return 255, 255, 255
        for cx, cy, size, colour in self.lanterns:
            far = (x - cx) * (x - cx) * 4 // 3 + (y - cy) * (y - cy)
            if far <= size * size:
                return colour if far > size * size // 3 else tuple(min(255, c + 40) for c in colour)
            if x == cx and cy < y < cy + size + 5:
                return 120, 80, 40
        ridge = abs((x + self.hill * 3) % 70 - 35) // 3 + abs((x + 11) % 26 - 13) // 4
        if y > self.hill + 12 - ridge:
            return 22, 30, 26
        band = y // 8 * 8
        return tuple(a + (b - a) * band // HEIGHT for a, b in zip(*self.sky))


# XMP ---------------------------------------------------------------------------------------------

XMP_HEAD = ('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
            '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
            ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
            '  <rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"')
XMP_TAIL = ' </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'


def xmp(value, attribute):
    """The packet, with the label as a property in one of the two forms that the guide allows."""
    escaped = value.replace("&", "&amp;").replace("<", "&lt;")
    if attribute:
        escaped = escaped.replace('"', "&quot;")
        return f'{XMP_HEAD} TC260:AIGC="{escaped}"/>\n{XMP_TAIL}'.encode()
    return (f"{XMP_HEAD}>\n   <TC260:AIGC>{escaped}</TC260:AIGC>\n  </rdf:Description>\n"
            f"{XMP_TAIL}").encode()


# PNG ---------------------------------------------------------------------------------------------

def stored(data):
    """A zlib stream of stored blocks: no compressor, no difference between its versions."""
    out = b"\x78\x01"
    for at in range(0, len(data), 65535):
        part = data[at:at + 65535]
        last = at + 65535 >= len(data)
        out += struct.pack("<BHH", last, len(part), len(part) ^ 0xFFFF) + part
    return out + struct.pack(">I", zlib.adler32(data))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(scene, packet):
    palette, rows = {}, bytearray()
    for y in range(HEIGHT):
        rows.append(0)
        for x in range(WIDTH):
            rows.append(palette.setdefault(scene.dot(x, y), len(palette)))
    out = b"\x89PNG\r\n\x1a\n"
    out += chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0))
    if packet:
        out += chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet)
    out += chunk(b"PLTE", bytes(value for colour in palette for value in colour))
    return out + chunk(b"IDAT", stored(bytes(rows))) + chunk(b"IEND", b"")


# JPEG: baseline, no subsampling, the Huffman tables of ITU-T T.81, annex K.3 ---------------------

DC_BITS = bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
DC_VALUES = bytes(range(12))
AC_BITS = bytes([0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125])
AC_VALUES = bytes.fromhex(
    "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a"
    "25262728292a3435363738393a434445464748494a535455565758595a636465666768696a73747576777879"
    "7a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9"
    "cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa")
ZIGZAG = sorted(range(64), key=lambda i: (i // 8 + i % 8,
                                          i // 8 if (i // 8 + i % 8) % 2 else i % 8))
STEP = 12  # of every coefficient

# round(cos((2x + 1) u π / 16) · c(u) / 2 · 2^12), c(0) = 1/√2: one row for each u.
COSINES = (
    (1448, 1448, 1448, 1448, 1448, 1448, 1448, 1448),
    (2009, 1703, 1138, 400, -400, -1138, -1703, -2009),
    (1892, 784, -784, -1892, -1892, -784, 784, 1892),
    (1703, -400, -2009, -1138, 1138, 2009, 400, -1703),
    (1448, -1448, -1448, 1448, 1448, -1448, -1448, 1448),
    (1138, -2009, 400, 1703, -1703, -400, 2009, -1138),
    (784, -1892, 1892, -784, -784, 1892, -1892, 784),
    (400, -1138, 1703, -2009, 2009, -1703, 1138, -400),
)


def codes(bits, values):
    table, code, at = {}, 0, 0
    for length, count in enumerate(bits, 1):
        for value in values[at:at + count]:
            table[value] = (code, length)
            code += 1
        at += count
        code <<= 1
    return table


DC_CODES, AC_CODES = codes(DC_BITS, DC_VALUES), codes(AC_BITS, AC_VALUES)


class Bits:
    def __init__(self):
        self.value, self.length = 0, 0

    def put(self, code, length):
        self.value = self.value << length | code
        self.length += length

    def put_number(self, number):
        size = abs(number).bit_length()
        if size:
            self.put(number if number > 0 else number + (1 << size) - 1, size)

    def bytes(self):
        pad = -self.length % 8
        raw = (self.value << pad | (1 << pad) - 1).to_bytes((self.length + pad) // 8, "big")
        return raw.replace(b"\xff", b"\xff\x00")


def transform(block):
    """The 64 quantised coefficients of a block, in zigzag order."""
    if len(set(block)) == 1:
        return [rounded(block[0] * 8, STEP)] + [0] * 63
    rows = [[sum(c * v for c, v in zip(cosine, block[8 * y:8 * y + 8])) for cosine in COSINES]
            for y in range(8)]
    flat = [sum(COSINES[v][y] * rows[y][u] for y in range(8)) for v in range(8) for u in range(8)]
    return [rounded(flat[i], STEP << 24) for i in ZIGZAG]


def rounded(value, by):
    return (value + by // 2) // by if value >= 0 else -((-value + by // 2) // by)


def put_block(bits, coefficients, before):
    difference = coefficients[0] - before
    bits.put(*DC_CODES[abs(difference).bit_length()])
    bits.put_number(difference)
    zeros = 0
    last = max((i for i in range(1, 64) if coefficients[i]), default=0)
    for value in coefficients[1:last + 1]:
        if value == 0:
            zeros += 1
            continue
        while zeros > 15:
            bits.put(*AC_CODES[0xF0])
            zeros -= 16
        bits.put(*AC_CODES[zeros << 4 | abs(value).bit_length()])
        bits.put_number(value)
        zeros = 0
    if last < 63:
        bits.put(*AC_CODES[0])


def luma_chroma(colour):
    r, g, b = colour
    return ((299 * r + 587 * g + 114 * b) // 1000 - 128, (-169 * r - 331 * g + 500 * b) // 1000,
            (500 * r - 419 * g - 81 * b) // 1000)


def scan(scene):
    bits, before = Bits(), [0, 0, 0]
    dots = [[luma_chroma(scene.dot(x, y)) for x in range(WIDTH)] for y in range(HEIGHT)]
    for top in range(0, HEIGHT, 8):
        for left in range(0, WIDTH, 8):
            for part in range(3):
                block = [dots[top + i // 8][left + i % 8][part] for i in range(64)]
                coefficients = transform(block)
                put_block(bits, coefficients, before[part])
                before[part] = coefficients[0]
    return bits.bytes()


def segment(marker, data):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(scene, packet):
    out = b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    if packet:
        out += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)
    out += segment(0xDB, b"\0" + bytes([STEP]) * 64)
    parts = b"".join(bytes([i, 0x11, 0]) for i in (1, 2, 3))
    out += segment(0xC0, struct.pack(">BHHB", 8, HEIGHT, WIDTH, 3) + parts)
    out += segment(0xC4, b"\x00" + DC_BITS + DC_VALUES)
    out += segment(0xC4, b"\x10" + AC_BITS + AC_VALUES)
    out += segment(0xDA, b"\x03" + b"".join(bytes([i, 0]) for i in (1, 2, 3)) + b"\0\x3f\0")
    return out + scan(scene) + b"\xff\xd9"
