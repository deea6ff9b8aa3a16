#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the files of examples/lantern that are not written by hand.

    python3 tools/make_example.py [FOLDER]     (default: examples/lantern)

Running it again gives the same bytes. system.yaml, docs/, evidence/ and records/ are written by
hand; attestations.yaml takes the digests of the evidence.
"""
import base64
import hashlib
import json
import pathlib
import sys

sys.dont_write_bytecode = True

from example import models, pictures, sounds, tables  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROVIDER_CODE = "0011" + "91330100MALANTERNM" + "1LT01"  # TC260-PG-20252A

# file, form of the XMP property, what is done to the label
MEDIA = [
    ("2026-11-02-river-lanterns.png", "element", "right"),
    ("2026-11-02-temple-fair.jpg", "attribute", "right"),
    ("2026-11-05-lantern-riddles.png", "attribute", "right"),
    ("2026-11-06-snow-lanterns.jpg", "element", "right"),
    ("2026-11-08-palace-lantern.png", "element", "right"),
    ("2026-11-09-harbour-night.jpg", "element", "right"),
    ("2026-11-11-poster-draft.jpg", "element", "misspelt"),
    ("2026-11-12-quick-sketch.png", "element", "none"),
    ("2026-11-14-postcard.png", "element", "base64"),
    ("2026-11-16-paper-boats.jpg", "attribute", "right"),
    ("2026-11-18-sky-lanterns.png", "element", "right"),
    ("2026-11-20-bridge-lights.jpg", "element", "right"),
]


def label(number):
    """The seven keys of GB 45438-2025, annex E, as the first writer fills them in."""
    content = f"LT-20261122-{number:06}"
    return {"Label": "1", "ContentProducer": PROVIDER_CODE, "ProduceID": content,
            "ReservedCode1": "", "ContentPropagator": PROVIDER_CODE, "PropagateID": content,
            "ReservedCode2": ""}


def label_value(number, fault):
    keys = label(number)
    if fault == "misspelt":
        keys = {key.replace("ReservedCode1", "ReserveCode1"): v for key, v in keys.items()}
    value = json.dumps(keys, separators=(",", ":"))
    return base64.b64encode(value.encode()).decode() if fault == "base64" else value


def media():
    for number, (name, form, fault) in enumerate(MEDIA, 1):
        packet = b""
        if fault != "none":
            packet = pictures.xmp(label_value(number, fault), form == "attribute")
        encode = pictures.png if name.endswith(".png") else pictures.jpeg
        yield f"outputs/{name}", encode(pictures.Scene(number), packet)


STORY = """从前有一盏会讲故事的灯笼，它住在桥头的老槐树上。

每到元宵，它就把听来的故事讲给过桥的人：有人赶考，有人归乡，有人只是来看灯。

有一年下了大雪，桥上没有人。灯笼便把自己点得亮亮的，好让远处的人知道，路还在。"""


def texts_and_sound():
    """A story with its label in words and in the front matter, and the same read aloud behind the rhythm."""
    keys = label(len(MEDIA) + 1)
    front = "\n".join(["---", "AIGC:", *(f'  {key}: "{value}"' for key, value in keys.items()), "---"])
    yield ("outputs/2026-11-21-lantern-story.md",
           f"{front}\n# 桥头的灯笼\n\n{STORY}\n\n本内容由人工智能生成，仅供参考。\n")
    yield ("outputs/2026-11-21-lantern-story.wav",
           sounds.wav(label_value(len(MEDIA) + 2, "right")))


SHEN, CHENG, GU, LU = (("沈知远", "数据安全负责人"), ("程可昕", "模型评测负责人"),
                       ("顾明溪", "法务负责人"), ("陆闻笛", "运营负责人"))

# evidence, signer, day signed, valid until, statement in both languages, targets
ATTESTATIONS = [
    ("source-assessment", SHEN, "2026-09-18", "2027-03-17",
     "二十四个来源采集前均经抽样评估，违法不良信息占比均低于限值",
     "All 24 sources were sampled before collection; each is below the limit",
     ["source-harmful-share-before-collection"]),
    ("source-assessment", SHEN, "2026-10-21", "2027-04-20",
     "已入库数据按来源重新抽样核验，没有来源超限",
     "Collected data was sampled again by source; none is above the limit",
     ["source-harmful-share-after-collection"]),
    ("data-filtering", SHEN, "2026-10-23", "2027-04-22",
     "训练数据依次经过关键词、分类模型和人工抽检，抽检数量与合格率见运行记录",
     "Training data passed keyword filter, classifier and manual checks; counts are in the run log",
     ["training-data-filtering", "training-data-manual-sample-size",
      "training-data-manual-pass-rate", "training-data-technical-sample-share",
      "training-data-technical-pass-rate"]),
    ("ip-policy", GU, "2026-03-05", "2027-03-04",
     "知识产权管理办法已施行，负责人、筛查和投诉渠道均已落实",
     "The IP policy is in force with a person in charge, screening and a complaint channel",
     ["training-data-ip-management"]),
    ("evaluation-2026q4", CHENG, "2026-11-10", "2027-02-09",
     "按季度评测，抽题数量与各项比率见报告",
     "Evaluated by quarter; sample sizes and rates are in the report",
     ["generation-manual-sample-size", "generation-manual-pass-rate", "must-refuse-sample-size",
      "must-refuse-rate", "must-not-refuse-sample-size", "must-not-refuse-rate",
      "classifier-risk-coverage"]),
    ("base-model", CHENG, "2026-10-08", "2027-01-07",
     "基础模型的备案信息已与公布名单核对一致",
     "The filing of the base model was compared with the published list",
     ["filed-base-model"]),
    ("service-information", LU, "2026-10-30", "2027-10-29",
     "服务信息已在网站公开并存档", "Service information is public and archived",
     ["service-information-public"]),
    ("complaints", LU, "2026-11-03", "2027-11-02",
     "已核对三个投诉渠道与答复时限", "Checked the three complaint channels and their time limits",
     ["complaint-channels"]),
    ("labels", LU, "2026-10-28", "2027-04-27",
     "文字与图片的显式标识经抽查齐全，导出后保留",
     "Visible labels on text and pictures were spot-checked and survive export",
     ["generated-content-labels", "label-text-wording", "label-image-wording",
      "label-image-place", "label-image-height", "label-kept-on-export"]),
    ("annotation-management", SHEN, "2026-06-15", "2027-06-14",
     "标注时间安排与安全性标注数据的单独存储已落实",
     "Time is planned for annotation and safety data is stored apart",
     ["annotation-task-time", "safety-annotation-storage"]),
    ("incident-plan", LU, "2026-09-08", "2027-09-07",
     "应急预案、队伍与演练齐备", "Plan, teams and drills are in place",
     ["incident-plans-and-drills", "incident-phases"]),
    # No longer valid on 2026-11-22.
    ("minors", LU, "2025-07-01", "2026-06-30",
     "未成年人模式已上线", "The mode for minors is live",
     ["minors-protection"]),
    # A person says that it does not hold.
    ("input-monitoring", CHENG, "2026-10-15", "2027-01-31",
     "尚未满足，三项不足正在整改", "Not met yet; three shortcomings are being mended",
     ["input-attack-monitoring"]),
    # The document was changed after it was signed.
    ("user-rules", LU, "2026-08-20", "2027-08-19",
     "违规输入处置规则已施行", "The rules on harmful input are in force",
     ["harmful-input-user-action"]),
]
NOT_SATISFIED = {"input-monitoring"}
CHANGED_SINCE = {"user-rules"}


def digest(path, changed):
    raw = path.read_bytes()
    if changed:  # what was signed had no last paragraph
        raw = raw[:raw.rindex(b"\n\n") + 1]
    return hashlib.sha256(raw).hexdigest()


def attestations(folder):
    out = ["# 由 tools/make_example.py 生成 / made by tools/make_example.py", "attestations:"]
    for name, (signer, role), signed, until, zh, en, targets in ATTESTATIONS:
        file = f"evidence/{name}.md"
        for target in targets:
            out += [
                f"  - target: {target}",
                f"    result: {'not-satisfied' if name in NOT_SATISFIED else 'satisfied'}",
                f"    signer: {signer}",
                f"    role: {role}",
                f"    date: {signed}",
                f"    valid_until: {until}",
                f'    statement: {{zh: "{zh}", en: "{en}"}}',
                "    evidence:",
                f"      - file: {file}",
                f"        sha256: {digest(folder / file, name in CHANGED_SINCE)}",
            ]
    return "\n".join(out) + "\n"


def files(folder):
    yield "keywords.csv", tables.keyword_library()
    yield "banks/generation.jsonl", tables.generation_bank()
    yield "banks/must-refuse.jsonl", tables.must_refuse_bank()
    yield "banks/must-not-refuse.jsonl", tables.must_not_refuse_bank()
    yield "data/ledger.csv", tables.source_ledger()
    yield "data/sample.jsonl", tables.training_sample()
    for host, rules in tables.ROBOTS.items():
        yield f"data/robots/{host}.txt", rules
    records = tables.licence_records() | tables.crawl_logs() | tables.consent_registers()
    for path, text in records.items():
        yield f"data/{path}", text
    yield "annotation/annotators.csv", tables.annotators()
    yield "annotation/items.csv", tables.annotation_items()
    yield "annotation/batches.csv", tables.annotation_batches()
    yield "annotation/rules.csv", tables.annotation_rules()
    yield "models/lantern-chat.pt", models.torch_zip()
    yield "models/lantern-draw.safetensors", models.safetensors()
    yield "models/adapter.pkl", models.unsafe_pickle()
    yield from media()
    yield from texts_and_sound()
    yield "attestations.yaml", attestations(folder)


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples" / "lantern"
    count = size = 0
    for name, content in files(folder):
        raw = content.encode() if isinstance(content, str) else content
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        count, size = count + 1, size + len(raw)
    print(f"{count} files, {size:,} bytes, in {folder}")


if __name__ == "__main__":
    main()
