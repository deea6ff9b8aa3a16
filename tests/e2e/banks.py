# SPDX-License-Identifier: Apache-2.0
"""Hostile and odd inputs of the checks: nothing crashes, hangs or passes for lack of data."""
import csv
import io
import json
import os

from harness import AS_OF, EXAMPLE, expect, json_lines, measurement, rows, same, short

SYSTEM = """\
id: odd
name: {zh: 甲, en: A}
provider: {name: {zh: 甲, en: A}, credit_code: 91330100MALANTERNM}
kind: generative-service
modalities: [text, image]
languages: [zh, en]
audience: [public]
sector: general
stage: operation
base_model: {origin: own}
features: [training, annotation, self-collected-data]
subjects:
  keyword_library: input
  question_banks: {generation: input, must_refuse: input, must_not_refuse: input}
  training_data: {ledger: input}
  annotation: {annotators: input, items: input, batches: input, rules: input}
  attestations: [input]
  model_files: [input]
  media_outputs: [input]
"""
BANK = "gbt-45654/GAI-QB-001"
LIBRARY = "gbt-45654/GAI-KW-001"


def assess(world, folder, *codes, timeout=120):
    done = world.run("assess", "system.yaml", "--as-of", AS_OF, "--json", cwd=folder, timeout=timeout)
    expect(done.code in codes, f"exit {done.code}, not one of {codes}: {short(done.err)}")
    found = {row["clause"]: row for row in json_lines(done.out)}
    expect(len(found) >= 213, f"only {len(found)} clauses: {short(done.err)}")
    verify = world.ok("record", "verify", folder / "odd.assay")
    expect("whole" in verify.out, f"record: {short(verify.out)}")
    return found


def odd(world, raw=None):
    folder = world.temp("odd")
    (folder / "system.yaml").write_text(SYSTEM)
    if raw is not None:
        (folder / "input").write_bytes(raw)
    return folder


def never_satisfied(found, what):
    """What rests on the odd input alone is never satisfied. Zero violations in nothing is no data."""
    measured = [name for name, row in found.items() if row["measurements"] or row.get("checks")]
    expect(len(measured) > 30, f"{what}: only {len(measured)} clauses with checks")
    bad = [name for name in measured if found[name]["verdict"] == "satisfied"]
    same(bad, [], f"{what}: satisfied without data")


def test_garbage_in_place_of_every_table(world):
    for what, raw in (("empty", b""), ("NUL bytes", b"\0" * 100000), ("white space", b" \n" * 1000),
                      ("header only", b"id,text,risk,keyword,kind\n"),
                      ("random", bytes((i * i * 31 + i // 7) % 256 for i in range(200000))),
                      ("open quote", b'keyword,risk\n"abc,A.1.a\n' + b"x,y\n" * 5000),
                      ("nested JSON", b'{"text":' * 100000), ("nested list", b"[" * 100000),
                      ("half JSON", b'{"id":"1","text":"a","risk":"A.1.a"}\n{"id":"2","te'),
                      ("UTF-16", "keyword,risk\n甲乙,A.1.a\n".encode("utf-16")),
                      ("a picture", (EXAMPLE / "outputs" / "2026-11-08-palace-lantern.png").read_bytes())):
        found = assess(world, odd(world, raw), 1, 3)
        if what != "a picture":  # which is a good picture, and has a good label
            never_satisfied(found, what)
        expect(found[BANK]["verdict"] in ("could-not-run", "not-satisfied", "needs-person"),
               f"{what}: {found[BANK]['verdict']}")


def test_special_files_in_place_of_every_table(world):
    def zero(path):
        path.symlink_to("/dev/zero")

    def memory(path):
        path.symlink_to("/proc/self/mem")

    def loop(path):
        path.symlink_to("input")

    for what, make in (("folder", os.mkdir), ("pipe", os.mkfifo), ("/dev/zero", zero),
                       ("memory", memory), ("loop", loop), ("missing", lambda path: None)):
        folder = odd(world)
        make(folder / "input")
        found = assess(world, folder, 1, 3, timeout=30)
        never_satisfied(found, what)
        for name in (BANK, LIBRARY):
            same(found[name]["verdict"], "could-not-run", f"{what}: {name}")


def test_one_gigabyte_line(world):
    folder = world.temp("big")
    (folder / "system.yaml").write_text(SYSTEM[:SYSTEM.index("  question_banks")])
    with open(folder / "input", "wb") as file:
        file.write(b"keyword,risk\n")
        file.truncate(1 << 30)
    done = world.run("assess", "system.yaml", "--as-of", AS_OF, "--json", cwd=folder, timeout=60)
    found = {row["clause"]: row for row in json_lines(done.out)}
    expect(done.code in (1, 3) and found[LIBRARY]["verdict"] != "satisfied",
           f"exit {done.code}, {found[LIBRARY]['verdict']}: {short(done.err)}")


def library(world, raw, code=1):
    """Assesses the example with another keyword library."""
    folder = world.temp("library")
    system = world.copy_light_example(folder)
    (system.parent / "keywords.csv").write_bytes(raw)
    done = world.ok("assess", system, "--as-of", AS_OF, "--json", code=code, cwd=folder)
    return {row["clause"]: row for row in json_lines(done.out)}


def test_encodings_and_forms_of_one_library_measure_the_same(world):
    text = (EXAMPLE / "keywords.csv").read_text()
    table = list(csv.DictReader(io.StringIO(text)))
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table)
    tabs = text.replace(",", "\t")
    for what, raw in (("UTF-8 with a BOM", b"\xef\xbb\xbf" + text.encode()),
                      ("GBK", text.encode("gbk")), ("GB18030", text.encode("gb18030")),
                      ("UTF-16", text.encode("utf-16")), ("CRLF", text.replace("\n", "\r\n").encode()),
                      ("JSON Lines", lines.encode()), ("TSV", tabs.encode())):
        found = library(world, raw)
        for name, value_of, value in ((LIBRARY, "total", 2939),
                                      ("gbt-45654/GAI-KW-003", "min_per_risk_a1", 215),
                                      ("gbt-45654/GAI-KW-004", "min_per_risk_a2", 62)):
            same(measurement(found[name], value_of)["value"], value, f"{what}: {value_of}")


def test_a_bad_row_costs_itself_only(world):
    text = (EXAMPLE / "keywords.csv").read_bytes()
    cut = text.index(b"\n", 5000) + 1
    bad = b"\xff\xfe\xfa,A.1.a,,,\n" + b"nul\0here,A.1.a,,,\n" + b"x" * (2 << 20) + b",A.1.a,,,\n"
    found = library(world, text[:cut] + bad + text[cut:])
    row = found[LIBRARY]
    same(measurement(row, "total")["value"], 2939, "keywords beside bad rows")


def test_a_ledger_cannot_name_files_outside_its_folder(world):
    folder = world.temp("ledger")
    system = world.copy_light_example(folder)
    ledger = system.parent / "data" / "ledger.csv"
    text = ledger.read_text()
    (folder / "secret.txt").write_text("User-agent: *\nDisallow: /\n")
    for path in ("../../secret.txt", str(folder / "secret.txt")):
        ledger.write_text(text.replace("robots/kepu.txt", path))
        done = world.ok("assess", system, "--as-of", AS_OF, "--json", code=1, cwd=folder)
        row = next(r for r in json_lines(done.out) if r["clause"] == "gbt-45654/GAI-CORP-005")
        hits = [m["value"] for m in row["measurements"] if m["name"] == "robots_disallowed"]
        expect(hits in ([], [1]), f"{path} was read: robots_disallowed {hits}")
        ledger.write_text(text)


def test_attestations_disclose_no_file_whose_digest_they_do_not_know(world):
    folder = world.temp("attest")
    system = world.copy_light_example(folder)
    secret = folder / "secret.md"
    secret.write_text("secret")
    (system.parent / "attestations.yaml").write_text(f"""\
attestations:
  - target: complaint-channels
    result: satisfied
    signer: A
    role: B
    date: 2026-11-01
    valid_until: 2027-11-01
    statement: {{zh: 甲, en: A}}
    evidence:
      - file: ../secret.md
        sha256: {"0" * 64}
""")
    done = world.ok("assess", system, "--as-of", AS_OF, "--json", code=1, cwd=folder)
    row = next(r for r in json_lines(done.out) if r["clause"] == "gbt-45654/GAI-SRV-008")
    same(row["verdict"], "needs-person", "with evidence of another digest")
    kept = rows(folder / "lantern.assay", "SELECT count(*) FROM blob WHERE bytes = CAST('secret' AS BLOB)")
    same(kept, [(0,)], "copies of the file in the record")


def test_markup_in_inputs_stays_text_in_the_report(world):
    folder = world.temp("markup")
    system = world.copy_light_example(folder)
    evil = '<script>alert(1)</script><img src=x onerror=alert(2)>'
    keywords = system.parent / "keywords.csv"
    keywords.write_text(keywords.read_text() + f'"{evil}",A.1.zz,,,\n"{evil}",A.1.a,,,\n' * 2)
    text = system.read_text().replace("灯笼助手", f"'{evil}'").replace("Lantern Assistant", f"'{evil}'")
    system.write_text(text)
    world.ok("assess", system, "--as-of", AS_OF, code=1, cwd=folder)
    page = (folder / "lantern-report" / "report.html").read_text()
    expect("<script>alert" not in page and "<img src=x" not in page, "markup of an input is live")
    expect("&lt;script&gt;alert(1)" in page or "\\u003cscript" in page, "the text is not shown at all")


def test_terminal_escapes_in_inputs_are_made_visible(world):
    folder = world.temp("escape")
    system = world.copy_light_example(folder)
    keywords = system.parent / "keywords.csv"
    keywords.write_bytes(keywords.read_bytes() + b"\x1b[2J\x1b]0;x\x07abc,A.9.\x1b[31mq,,,\n")
    done = world.ok("assess", system, "--as-of", AS_OF, code=1, cwd=folder)
    expect("\x1b" not in done.out + done.err, "an escape code reached the terminal")
