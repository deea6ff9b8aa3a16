# SPDX-License-Identifier: Apache-2.0
"""The standards content: lint, build, diff, verify, and overlays."""
import json
import re
import shutil

from harness import AS_OF, EXAMPLE, ROOT, expect, json_lines, measurement, same, short

CONTENT = ROOT / "content"


def copy(world):
    folder = world.temp("content") / "content"
    shutil.copytree(CONTENT, folder)
    return folder


def plant(folder, name, old, new):
    """Puts a fault into a file; the line where it stands."""
    path = folder / name
    text = path.read_text()
    expect(old in text, f"{name} does not hold {old!r}: the test is out of date")
    path.write_text(text.replace(old, new, 1))
    return text[:text.index(old)].count("\n") + 1


# file, what stands there, what is put there, column of the fault, a word of the message
FAULTS = [
    ("controls/keyword.yaml", "    mend:\n", "    mende:\n", 5, "mende"),
    ("standards/gb-45438/standard.yaml", "issued: 2025-02-28", "issued: 2025-02-30", 9, "2025-02-30"),
    ("standards/gbt-45654/clauses.yaml", "controls: [keyword-library-size]",
     "controls: [keyword-libary-size]", 16, "keyword-libary-size"),
    ("controls/incident.yaml", "subject: incident", "subject: incidents", 14, "incidents"),
    ("profiles/applicability.yaml", "id: generates-image", "id: generates-text", 9, "generates-text"),
    ("timeline.yaml", "events:", "events: &all", 9, ""),
]


def test_lint_of_our_content_is_clean(world):
    done = world.ok("content", "lint", CONTENT)
    same(done.out, "", "faults")


def test_lint_lists_every_fault_of_every_file_in_one_pass(world):
    folder = copy(world)
    for name, old, new, column, word in FAULTS:
        line = plant(folder, name, old, new)
        done = world.ok("content", "lint", folder, code=2)
        expect(any(row.startswith(f"{folder}/{name}:{line}:{column}: ") and word in row
                   for row in done.out.splitlines()),
               f"no fault at {name}:{line}:{column} with {word!r}: {short(done.out, 600)}")
    rows = world.lines("content", "lint", folder, "--json", code=2)
    files = {row["file"].removeprefix(f"{folder}/") for row in rows}
    same({name for name, *_ in FAULTS} - files, set(), "files without their fault in one pass")
    for row in rows:
        expect({"file", "line", "column", "id", "message_zh", "message_en", "mend_zh",
                "mend_en"} <= set(row), f"keys of a fault: {sorted(row)}")
        expect(row["mend_en"] and row["mend_zh"], f"{row['id']} says no mend")
    chinese = world.ok("content", "lint", folder, "--lang", "zh", code=2).out
    expect("不认识的键" in chinese, "faults are not in Chinese")


def test_build_refuses_faults_and_writes_nothing(world):
    folder = copy(world)
    for name, old, new, *_ in FAULTS[:2]:
        plant(folder, name, old, new)
    out = folder.parent / "out.content"
    done = world.ok("content", "build", folder, "-o", out, code=2)
    for name, *_ in FAULTS[:2]:
        expect(name in done.err, f"{name} is not named: {short(done.err)}")
    expect(not out.exists(), "a file was written")


def test_lint_of_hostile_folders(world):
    for number, raw in enumerate((b"\xff\xfe\x00", b"\x00" * 5000, b"[" * 100000, b"a: &a [*a]\n",
                                  b"? " * 50000, b"clauses:\n\t- x\n", "标题".encode("gbk"))):
        folder = copy(world)
        (folder / "controls" / "keyword.yaml").write_bytes(raw)
        done = world.ok("content", "lint", folder, code=2)
        expect(re.search(r"controls/keyword\.yaml:\d+:\d+: ", done.out),
               f"hostile file {number}: no place in {short(done.out)}")


def test_build_is_the_same_each_time(world):
    folder = world.temp()
    for name in ("a", "b"):
        world.ok("content", "build", CONTENT, "-o", folder / name)
    same((folder / "a").read_bytes() == (folder / "b").read_bytes(), True, "two builds are equal")


def test_build_from_another_place_is_the_same(world):
    folder = copy(world)
    world.ok("content", "build", "content", "-o", "out", cwd=folder.parent)
    same((folder.parent / "out").read_bytes() == world.content.read_bytes(), True, "builds are equal")


def test_diff(world):
    folder = copy(world)
    same(world.ok("content", "diff", world.content, folder).out, "", "diff of equal contents")
    plant(folder, "standards/gbt-45654/clauses.yaml", "value: 10000", "value: 12000")
    rows = world.lines("content", "diff", world.content, folder, "--json")
    same([(row["id"], row["change"]) for row in rows], [("gbt-45654/GAI-KW-001", "changed")],
         "rows that differ")
    keys = [(key["before"], key["after"]) for key in rows[0]["keys"]]
    expect(any("10000" in a and "12000" in b for a, b in keys), f"keys that differ: {keys}")


def test_verify(world):
    row = world.lines("content", "verify", "--json")[0]
    same((row["documents"] >= 55, row["clauses"] >= 213, row["faults"]), (True, True, 0), "verify")
    expect(re.fullmatch("[0-9a-f]{64}", row["sha256"]), "digest")


def test_damaged_content_is_refused(world):
    whole = world.content.read_bytes()
    folder = world.temp()
    damaged = folder / "damaged.content"
    middle = len(whole) // 2
    for what, raw in (("changed", whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1:]),
                      ("cut", whole[:middle]), ("empty", b""), ("longer", whole + b"x"),
                      ("another file", b"\x89PNG\r\n" * 100)):
        damaged.write_bytes(raw)
        for words in (["content", "verify", damaged], ["catalog", "list"]):
            done = world.ok(*words, code=2, env={"ASSAY_CONTENT": str(damaged)})
            expect("damaged.content" in done.err, f"{what}: {short(done.err)}")


def overlay(world, threshold):
    folder = world.temp("overlay")
    path = folder / "standards" / "gbt-45654" / "clauses.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(f"clauses:\n  - code: GAI-KW-001\n    threshold:\n      op: at-least\n"
                    f"      value: {threshold}\n      unit: {{zh: 个, en: keywords}}\n")
    return folder


def keyword_clause(world, *more):
    done = world.ok("assess", EXAMPLE / "system.yaml", "--as-of", AS_OF, "--json", *more, code=1,
                    cwd=world.temp())
    return next(row for row in json_lines(done.out) if row["clause"] == "gbt-45654/GAI-KW-001")


def test_overlay_changes_a_limit_and_the_verdict_follows(world):
    low, high = overlay(world, 2000), overlay(world, 9000)
    for folders, verdict, limit in (([], "not-satisfied", "10000"), ([low], "satisfied", "2000"),
                                    ([low, high], "not-satisfied", "9000"),
                                    ([high, low], "satisfied", "2000")):
        row = keyword_clause(world, *(word for f in folders for word in ("--content", f)))
        same(row["verdict"], verdict, f"verdict with {len(folders)} overlays")
        expect(limit in measurement(row, "total")["threshold"].replace(",", ""), f"limit with {len(folders)} overlays")


def test_overlay_is_cached_and_the_cache_is_no_authority(world):
    folder = overlay(world, 2000)
    cache = world.temp("cache")
    env = {"XDG_CACHE_HOME": str(cache)}
    first = world.ok("explain", "gbt-45654/GAI-KW-001", "--content", folder, env=env).out
    kept = list(cache.rglob("*.content"))
    same(len(kept), 1, "compiled overlays in the cache")
    same(world.ok("explain", "gbt-45654/GAI-KW-001", "--content", folder, env=env).out, first,
         "from the cache")
    kept[0].write_bytes(b"rubbish")
    same(world.ok("explain", "gbt-45654/GAI-KW-001", "--content", folder, env=env).out, first,
         "with a damaged cache")
    plant(folder, "standards/gbt-45654/clauses.yaml", "value: 2000", "value: 2500")
    expect("2500" in world.ok("explain", "gbt-45654/GAI-KW-001", "--content", folder, env=env).out.replace(",", ""),
           "a changed overlay is read from the cache")


def test_lint_of_a_bare_overlay_says_how(world):
    folder = overlay(world, 2000)
    for language, word in (("zh", "叠加目录"), ("en", "looks like an overlay")):
        done = world.ok("content", "lint", folder, "--lang", language, code=2)
        expect(word in done.err and f"--content {folder}" in done.err, short(done.err))
    world.ok("content", "lint", "--content", folder)


def test_faulty_overlay_is_refused_with_its_place(world):
    folder = overlay(world, "many")
    done = world.ok("catalog", "list", "--content", folder, code=2)
    expect("clauses.yaml:5:14" in done.err, f"place: {short(done.err)}")
    done = world.ok("catalog", "list", "--content", folder / "nowhere", code=2)
    expect("nowhere" in done.err, f"missing overlay: {short(done.err)}")


def test_export_follows_the_overlay(world):
    folder = overlay(world, 4321)
    whole = json.loads(world.ok("catalog", "export", "--content", folder).out)
    expect("4321" in json.dumps(whole), "the export does not hold the overlay's limit")
