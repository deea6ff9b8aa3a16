# SPDX-License-Identifier: Apache-2.0
"""The standards system: catalog and explain."""
import csv
import io
import json
import re
import xml.etree.ElementTree

from harness import AS_OF, ROOT, expect, same

LIST_KEYS = {"id", "number", "kind", "status", "part", "title_zh", "title_en", "confidence", "in_v1"}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
V1_KINDS = {
    ("published", "recommended-standard"): 12,
    ("published", "technical-document"): 1,
    ("published", "practice-guide"): 3,
    ("in-development", "mandatory-standard"): 1,
    ("in-development", "recommended-standard"): 6,
    ("in-development", "practice-guide"): 1,
}


def documents(world, *more):
    return world.lines("catalog", "list", "--json", "--as-of", AS_OF, *more)


def test_list_has_every_document_once_with_its_keys(world):
    rows = documents(world)
    folders = [p.parent.name for p in (ROOT / "content" / "standards").glob("*/standard.yaml")]
    same(sorted(row["id"] for row in rows), sorted(folders), "documents")
    for row in rows:
        expect(LIST_KEYS <= set(row), f"{row.get('id')}: lacks {LIST_KEYS - set(row)}")


def test_list_filters(world):
    every = documents(world)
    for option, key, value in (("--kind", "kind", "practice-guide"),
                               ("--status", "status", "in-force")):
        want = {row["id"] for row in every if row[key] == value}
        got = {row["id"] for row in documents(world, option, value)}
        same(got, want, f"{option} {value}")
        expect(0 < len(want) < len(every), f"{option} {value} filters nothing")
    part = documents(world, "--part", "C")
    expect(part and all(row["part"].startswith("C") for row in part), "--part C")
    for text in ("标识", "label"):
        expect("gb-45438" in {row["id"] for row in documents(world, "--text", text)}, f"--text {text}")
    risk = documents(world, "--risk", "V1-3.2.1a")
    expect(0 < len(risk) < len(every), "--risk V1-3.2.1a")


def test_status_follows_the_day(world):
    def status(day):
        return world.lines("catalog", "show", "gb-45438", "--json", "--as-of", day)[0]["status"]

    same([status(day) for day in ("2025-01-26", "2025-03-14", "2025-08-31", "2025-09-01")],
         ["drafting", "published", "published", "in-force"], "GB 45438-2025 over time")


def test_v1_counts_when_it_was_issued(world):
    rows = world.lines("catalog", "tree", "--v1", "--json", "--as-of", "2025-01-26")
    counts = {(r["state"], r["kind"]): r for r in rows if r["record"] == "count"}
    same({key: r["slots"] for key, r in counts.items()}, V1_KINDS, "slots of V1.0")
    for key, row in counts.items():
        same(row["members"] + row["candidates"] + row["unnamed"], row["slots"], f"{key} adds up")
    same(sum(row["unnamed"] for row in counts.values()), 1, "unnamed slots")
    text = world.ok("catalog", "tree", "--v1", "--as-of", "2025-01-26").out
    expect("(name not found)" in text, "the unnamed member is not shown")


def test_v1_today_shows_what_became_of_it(world):
    rows = world.lines("catalog", "tree", "--v1", "--json", "--as-of", AS_OF)
    counts = {(r["state"], r["kind"]): r for r in rows if r["record"] == "count"}
    same({key: r["slots"] for key, r in counts.items()}, V1_KINDS, "slots of V1.0")
    same(counts["in-development", "mandatory-standard"]["now"], {"in-force": 1}, "GB 45438-2025 now")
    same(counts["published", "technical-document"]["now"], {"superseded": 1}, "TC260-003 now")


def test_show(world):
    row = world.lines("catalog", "show", "gb-45438", "--json", "--as-of", AS_OF)[0]
    same((row["number"], row["kind"]), ("GB 45438-2025", "mandatory-standard"), "gb-45438")
    text = world.ok("catalog", "show", "gbt-45654/GAI-KW-001").out.replace(",", "")
    expect("10000" in text, "the limit of GAI-KW-001")
    for name in ("GB 45438-2025", "GB45438"):
        same(world.lines("catalog", "show", name, "--json")[0]["id"], "gb-45438", f"show {name}")


def test_search_is_tolerant(world):
    for text in ("GB/T45654", "gbt 45654", "45654-2025", "GB/T 45654—2025", "ＧＢ／Ｔ ４５６５４"):
        same(world.lines("catalog", "search", text, "--json")[0]["id"], "gbt-45654", f"search {text}")
    for text in ("训练数据 来源", "keyword library", "应急响应"):
        expect(world.lines("catalog", "search", text, "--json"), f"search {text} finds nothing")
    same(world.lines("catalog", "search", "qqzzxx", "--json"), [], "search without a hit")


def test_gaps_and_map(world):
    for edition in ("1.0", "2.0", "3.0"):
        gaps = world.lines("catalog", "gaps", "--edition", edition, "--json", "--as-of", AS_OF)
        states = {row["state"] for row in gaps if row["of"] == "risk"}
        expect({"in-force"} <= states, f"gaps of edition {edition}: {states}")
    missing = [row for row in gaps if row["of"] == "risk" and not row["in_force"]]
    expect(missing, "edition 3.0 has no gap at all, which the facts deny")
    expect(world.lines("catalog", "map", "--json", "--as-of", AS_OF), "map is empty")


def test_timeline_and_diff(world):
    changes = world.lines("catalog", "diff", "--from", "2025-01-26", "--to", "2026-01-26", "--json")
    after = {row["id"]: row["after"] for row in changes}
    same(after.get("gbt-45654"), "in-force", "GB/T 45654-2025 came into force")
    same(after.get("tc260-003"), "superseded", "TC260-003 was superseded")
    events = world.lines("catalog", "timeline", "--from", "2025", "--to", "2025", "--json")
    expect(events and all(event["date"].startswith("2025") for event in events), "timeline of 2025")


def test_crosswalk(world):
    rows = world.lines("catalog", "crosswalk", "owasp-llm-2025", "owasp-llm-2026", "--json")
    expect(len(rows) >= 10, f"owasp 2025 to 2026: {len(rows)} rows")


def test_pictures_are_svg(world):
    for name in ("diagram", "matrix"):
        for language in ("zh", "en"):
            text = world.ok("catalog", name, "--lang", language, "--as-of", AS_OF).out
            root = xml.etree.ElementTree.fromstring(text)
            expect(root.tag.endswith("svg"), f"{name}: root is {root.tag}")
            expect("<script" not in text and "http://" not in text.replace(
                "http://www.w3.org/2000/svg", ""), f"{name}: not self-contained")
    expect("标识" in world.ok("catalog", "diagram", "--lang", "zh").out, "diagram is not in Chinese")


def test_export_json_and_csv(world):
    whole = json.loads(world.ok("catalog", "export", "--as-of", AS_OF).out)
    expect(isinstance(whole, dict) and whole, "export json")
    for table, least in (("documents", 55), ("clauses", 213), ("mappings", 238)):
        text = world.ok("catalog", "export", "--format", "csv", "--table", table).out
        rows = list(csv.reader(io.StringIO(text)))
        expect(len(rows) - 1 >= least, f"csv {table}: {len(rows) - 1} rows")
        same({len(row) for row in rows}, {len(rows[0])}, f"csv {table}: columns")


def test_export_sssom(world):
    text = world.ok("catalog", "export", "--format", "sssom",
                    "--set", "risks-to-frameworks").out
    body = [line for line in text.splitlines() if line and not line.startswith("#")]
    head = body[0].split("\t")
    expect({"subject_id", "predicate_id", "object_id", "mapping_justification"} <= set(head),
           f"sssom columns: {head}")
    same({line.count("\t") for line in body}, {len(head) - 1}, "sssom columns in every row")


def walk(value, path=""):
    if isinstance(value, dict):
        for key, below in value.items():
            yield f"{path}/{key}", key, below
            yield from walk(below, f"{path}/{key}")
    elif isinstance(value, list):
        for i, below in enumerate(value):
            yield from walk(below, f"{path}/{i}")


def test_export_oscal(world):
    for form, root in (("oscal-catalog", "catalog"), ("oscal-mapping", "mapping-collection")):
        text = world.ok("catalog", "export", "--format", form, "--as-of", AS_OF).out
        same(world.ok("catalog", "export", "--format", form, "--as-of", AS_OF).out, text,
             f"{form} twice")
        whole = json.loads(text)
        same(list(whole), [root], f"{form}: root")
        same(whole[root]["metadata"]["oscal-version"], "1.2.1", f"{form}: version")
        uuids = [value for _, key, value in walk(whole) if key == "uuid"]
        expect(all(UUID.fullmatch(value) for value in uuids), f"{form}: a uuid is no UUIDv5")
        same(len(set(uuids)), len(uuids), f"{form}: uuids are unique")
        for path, _, value in walk(whole):
            expect(value not in ("", [], {}, None), f"{form}: empty value at {path}")


def test_explain_answers_for_any_kind_of_id(world):
    for name in ("gb-45438", "GAI-KW-001", "gbt-45654/GAI-KW-001", "keyword-library-size", "A.1.a",
                 "aisgf-1:V1-3.2.1a", "generative-service", "keyword_library", "derived",
                 "pickle-callables", "C"):
        text = world.ok("explain", name).out
        expect(len(text) > 80, f"explain {name}: {text!r}")
        expect(world.lines("explain", name, "--json"), f"explain {name} --json")
    text = world.ok("explain", "gbt-45654/GAI-KW-001", "--lang", "zh").out.replace(",", "")
    for word in ("是什么", "为什么", "10000", "keyword_library"):
        expect(word in text, f"explain in Chinese lacks {word}")


def test_explain_suggests_for_a_misspelt_id(world):
    done = world.ok("explain", "keyword-libary-size", code=2)
    expect("keyword-library-size" in done.err, f"no suggestion: {done.err.strip()}")
