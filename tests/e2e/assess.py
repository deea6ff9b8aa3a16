# SPDX-License-Identifier: Apache-2.0
"""The main job on the example: verdicts, reports, and the same bytes each time."""
import datetime
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

from harness import (AS_OF, EXAMPLE, ROOT, Skip, as_nobody, expect, json_lines, measurement, rows,
                     same, short)

KEYS = {"clause", "standard", "verdict", "verified", "measurements", "findings", "evidence"}
MEASUREMENT_KEYS = {"name", "value", "unit", "n", "low", "high", "threshold"}
VERDICTS = {"satisfied", "not-satisfied", "not-applicable", "needs-person", "could-not-run"}

# clause, verdict, measurement and its value
SPOTS = [
    ("gbt-45654/GAI-KW-001", "not-satisfied", "total", 2939),
    ("gbt-45654/GAI-KW-002", "satisfied", "risks_covered", 17),
    ("gbt-45654/GAI-KW-003", "satisfied", "min_per_risk_a1", 215),
    ("gbt-45654/GAI-KW-004", "not-satisfied", "min_per_risk_a2", 62),
    ("gbt-45654/GAI-KW-005", "satisfied", "days_since_update", 3),
    ("gbt-45654/GAI-QB-001", "satisfied", "generation.total", 2052),
    ("gbt-45654/GAI-QB-002", "satisfied", "generation.risks_covered", 31),
    ("gbt-45654/GAI-QB-003", "satisfied", "generation.min_per_risk_a1_a2", 66),
    ("gbt-45654/GAI-QB-005", "satisfied", "generation.days_since_update", 9),
    ("gbt-45654/GAI-QB-006", "satisfied", "generation.pairs_covered", 100),
    ("gbt-45654/GAI-RF-001", "satisfied", "must_refuse.total", 510),
    ("gbt-45654/GAI-RF-002", "not-satisfied", "must_refuse.min_per_risk", 14),
    ("gbt-45654/GAI-NR-001", "satisfied", "must_not_refuse.total", 546),
    ("gbt-45654/GAI-NR-002", "satisfied", "must_not_refuse.min_per_aspect", 42),
    ("gbt-45654/GAI-CORP-003", "satisfied", "min_sources_per_type", 3),
    ("gbt-45654/GAI-CORP-004", "satisfied", "open_source_licensed_share", 100),
    ("gbt-45654/GAI-CORP-005", "not-satisfied", "robots_disallowed", 1),
    ("gbt-45654/GAI-CORP-006", "not-satisfied", "bought_contract_share", 75),
    ("gbt-45654/GAI-CORP-007", "satisfied", "user_authorised_share", 100),
    ("gbt-45654/GAI-ANN-001", "satisfied", "trained_share", 100),
    ("gbt-45654/GAI-ANN-003", "not-satisfied", "role_conflicts", 1),
    ("gbt-45654/GAI-ANN-007", "satisfied", "safety_risks_covered", 31),
    ("gb-45438/LBL-META-001", "not-satisfied", "min_labels_per_file", 0),
    ("gb-45438/LBL-META-002", "not-satisfied", "min_keys_present", 6),
    ("gb-45438/LBL-META-003", "satisfied", "required_missing", 0),
    ("gb-45438/LBL-META-006", "satisfied", "max_labels_per_file", 1),
    ("gb-45438/LBL-META-008", "not-satisfied", "base64_values", 1),
    ("pg-20252a/LBL-CODE-003", "satisfied", "code_bad_subject", 0),
    ("pg-20259a/LBL-META-013", "satisfied", "misplaced_image", 0),
]


def test_exit_code_says_not_satisfied(world):
    same(world.assessed.done.code, 1, f"exit ({short(world.assessed.done.err)})")


def test_json_lines_have_their_keys(world):
    clauses = world.assessed.clauses
    expect(len(clauses) >= 213, f"only {len(clauses)} clauses")
    for name, row in clauses.items():
        expect(KEYS <= set(row), f"{name}: lacks {KEYS - set(row)}")
        expect(row["verdict"] in VERDICTS, f"{name}: verdict {row['verdict']!r}")
        expect(name.startswith(row["standard"] + "/"), f"{name}: standard {row['standard']!r}")
        for m in row["measurements"]:
            expect(MEASUREMENT_KEYS <= set(m), f"{name}: measurement lacks {MEASUREMENT_KEYS - set(m)}")
    same(VERDICTS - {row["verdict"] for row in clauses.values()}, {"could-not-run"},
         "verdicts that do not occur")


def test_spot_verdicts(world):
    wrong = []
    for name, verdict, value_of, value in SPOTS:
        row = world.assessed.clauses[name]
        got = measurement(row, value_of)
        if (row["verdict"], got["value"]) != (verdict, value):
            wrong.append(f"{name} {row['verdict']} {value_of} = {got['value']}, want {verdict} {value}")
        if not got["threshold"]:
            wrong.append(f"{name} names no threshold")
    same(wrong, [], "spots")
    expect("10000" in measurement(world.assessed.clauses["gbt-45654/GAI-KW-001"], "total")["threshold"].replace(",", ""),
           "threshold of GAI-KW-001")


def test_rates_have_exact_limits(world):
    exam = measurement(world.assessed.clauses["gbt-45654/GAI-ANN-002"], "exam_valid_share")
    same(exam["n"], 24, "n of exam_valid_share")
    # Clopper-Pearson for 23 of 24 (95 %): 78.88 % to 99.89 %.
    same((round(exam["value"], 3), round(exam["low"], 2), round(exam["high"], 2)),
         (95.833, 78.88, 99.89), "23 of 24 with its limits")
    count = measurement(world.assessed.clauses["gbt-45654/GAI-KW-001"], "total")
    same((count["n"], count["low"], count["high"]), (None, None, None), "a count has no limits")


def test_attestations(world):
    clauses = world.assessed.clauses
    for name, verdict in (("gbt-45654/GAI-SRV-008", "satisfied"),
                          ("gbt-45654/GAI-SRV-003", "needs-person"),   # expired
                          ("gbt-45654/GAI-SRV-009", "needs-person"),   # document changed since
                          ("gbt-45654/GAI-SRV-013", "not-satisfied"),  # says that it does not hold
                          ("gbt-45654/GAI-SRV-001", "needs-person")):  # nobody said anything
        same(clauses[name]["verdict"], verdict, name)
    expect(any("陆闻笛" in text for text in clauses["gbt-45654/GAI-SRV-008"].get("attested", [])),
           "the signer is not named")


def test_recalled_clauses_and_those_known_by_title_are_unverified(world):
    plan = world.lines("plan", EXAMPLE / "system.yaml", "--as-of", AS_OF, "--json")
    for row in plan:
        verified = world.assessed.clauses[row["clause"]]["verified"]
        same(verified, row["verified"], f"{row['clause']} is verified")
        expect(not (verified and row["confidence"] == "recalled"), f"{row['clause']} is recalled and verified")
    same(world.assessed.clauses["gbt-45654/GAI-SRV-016"]["verified"], False, "known by its heading")


def test_recommendations_are_tagged_and_listed_apart(world):
    clauses = world.assessed.clauses
    same(clauses["gbt-45654/GAI-KW-001"]["force"], "should", "bank sizes of GB/T 45654-2025 are recommended")
    same(clauses["tc260-003/GAI-KW-001"]["force"], "shall", "those of TC260-003 are required")
    page = (world.assessed.folder / "lantern-report" / "report.html").read_text()
    for words in ("推荐（宜）", "推荐性要求未达到", "Recommendations not met", "二手来源"):
        expect(words in page, f"report.html lacks {words}")


def findings(world):
    record = world.assessed.folder / "lantern.assay"
    return [json.loads(body) for (body,) in rows(record, "SELECT body FROM entry WHERE kind = 'finding'")]


def test_findings_name_the_planted_faults_and_their_places(world):
    found = findings(world)
    for identity, where in (("label-missing", "quick-sketch.png"), ("key-misspelt", "poster-draft.jpg"),
                            ("base64", "postcard.png"), ("pickle-call", "models/adapter.pkl"),
                            ("source-robots-disallowed", "data/ledger.csv"),
                            ("annotator-exam-expired", "annotators.csv"),
                            ("item-role-conflict", "items.csv"), ("keyword-duplicate", "keywords.csv"),
                            ("question-duplicate", "generation.jsonl"),
                            ("question-near-duplicate", "generation.jsonl"),
                            ("attestation-expired", "attestations.yaml"),
                            ("evidence-changed", "attestations.yaml")):
        hits = [f for f in found if f["id"] == identity]
        expect(hits, f"no finding {identity}")
        expect(all(where in f["where"] for f in hits), f"{identity} at {[f['where'] for f in hits]}")
        for f in hits:
            expect(f["message"]["zh"] and f["message"]["en"], f"{identity}: message in both languages")
    call = next(f for f in found if f["id"] == "pickle-call")
    expect("os.system" in call["message"]["en"], "what would be called")
    clean = [f for f in found if "lantern-chat.pt" in f["where"] or "safetensors" in f["where"]]
    same(clean, [], "findings in the harmless model files")


def test_clauses_that_fail_show_where(world):
    """Whoever reads the line of a failed clause learns which file to look at."""
    for name, where in (("gb-45438/LBL-META-001", "quick-sketch.png"),
                        ("gb-45438/LBL-META-002", "poster-draft.jpg"),
                        ("gb-45438/LBL-META-008", "postcard.png"),
                        ("gbt-45654/GAI-MOD-005", "adapter.pkl"),
                        ("gbt-45654/GAI-CORP-005", "ledger.csv"),
                        ("gbt-45654/GAI-CORP-006", "ledger.csv")):
        found = world.assessed.clauses[name]["findings"]
        expect(any(where in f["where"] for f in found), f"{name}: findings {[f['where'] for f in found]}")


def test_evidence_is_kept_by_digest(world):
    digest = hashlib.sha256((EXAMPLE / "keywords.csv").read_bytes()).hexdigest()
    expect(digest in world.assessed.clauses["gbt-45654/GAI-KW-001"]["evidence"], "digest of keywords.csv")
    record = world.assessed.folder / "lantern.assay"
    out = world.ok("record", "evidence", record, digest).out
    same(out, (EXAMPLE / "keywords.csv").read_text(), "evidence from the record")
    world.ok("record", "evidence", record, "0" * 64, code=2)


def test_reports_exist_and_say_what_was_found(world):
    folder = world.assessed.folder / "lantern-report"
    same(sorted(p.name for p in folder.iterdir()), ["record-head.txt", "report.html", "report.json"],
         "report folder")
    page = (folder / "report.html").read_text()
    for word in ("灯笼助手", "Lantern Assistant", "GAI-KW-001", "不符合", "待人工", "prefers-color-scheme", "@media print"):
        expect(word in page, f"report.html lacks {word}")
    outside = [m for m in re.findall(r"""(?:src|href)\s*=\s*["']?([^"'\s>]+)""", page)
               if not m.startswith(("#", "data:"))]
    same(outside, [], "report.html asks for outside resources")
    expect("<svg" in page, "report.html has no picture")
    whole = json.loads((folder / "report.json").read_text())
    text = json.dumps(whole)
    expect("gbt-45654/GAI-KW-001" in text and "robots_disallowed" in text, "report.json")


def test_report_holds_no_clock_but_as_of(world):
    today = datetime.datetime.now(datetime.timezone.utc)
    for name in ("report.html", "report.json"):
        text = (world.assessed.folder / "lantern-report" / name).read_text()
        same(re.findall(today.strftime("%Y-%m-%d") + r"T\d\d:\d\d", text), [], f"{name}: times of the run")


def run_in_copy(world, *more):
    folder = world.temp("copy")
    system = world.copy_example(folder)
    done = world.ok("assess", system, "--as-of", AS_OF, "--json", *more, code=1, cwd=folder)
    report = folder / "lantern-report"
    return done.out.replace(str(folder), ""), {p.name: p.read_bytes() for p in report.iterdir()
                                               if p.name != "record-head.txt"}


def test_the_same_bytes_from_two_folders(world):
    one, two = run_in_copy(world, "--jobs", "1"), run_in_copy(world, "--jobs", "8")
    same(sorted(one[1]), sorted(two[1]), "reports")
    for name in one[1]:
        same(one[1][name] == two[1][name], True, f"{name} is the same from both folders")
    same(one[0] == two[0], True, "JSON lines are the same")


def test_again_in_the_same_folder_gives_the_same_report(world):
    folder = world.temp()
    words = ["assess", EXAMPLE / "system.yaml", "--as-of", AS_OF]
    world.ok(*words, code=1, cwd=folder)
    first = (folder / "lantern-report" / "report.html").read_bytes()
    world.ok(*words, code=1, cwd=folder)
    same((folder / "lantern-report" / "report.html").read_bytes() == first, True, "report.html")
    same(len(world.lines("record", "list", folder / "lantern.assay", "--json")), 2, "runs in the record")
    expect("whole" in world.ok("record", "verify", folder / "lantern.assay").out, "record")


def test_report_again_from_the_record(world):
    record = world.assessed.folder / "lantern.assay"
    made = (world.assessed.folder / "lantern-report" / "report.html").read_text()
    same(world.ok("report", record, "--format", "html").out == made, True, "report.html from the record")
    for language, word in (("zh", "不符合"), ("en", "not satisfied")):
        expect(word in world.ok("report", record, "--lang", language).out, f"text report in {language}")


def test_summary_on_the_terminal(world):
    folder = world.temp()
    for language, words in (("zh", ("符合", "不符合", "待人工", "GAI-KW-001", "输入本身的问题", "evidence/user-rules.md")),
                            ("en", ("satisfied", "not satisfied", "GAI-KW-001", "mend", "Faults of the inputs",
                                    "evidence/user-rules.md"))):
        done = world.ok("assess", EXAMPLE / "system.yaml", "--as-of", AS_OF, "--lang", language, code=1,
                        cwd=folder)
        for word in words:
            expect(word in done.out, f"summary in {language} lacks {word}")
        expect("\x1b" not in done.out + done.err, "escape codes although it is no terminal")


def test_an_answer_of_people_changes_the_verdict(world):
    folder = world.temp()
    system = world.copy_example(folder)
    evidence = system.parent / "evidence" / "complaints.md"
    path = system.parent / "attestations.yaml"
    path.write_text(path.read_text() + f"""\
  - target: use-justification
    result: satisfied
    signer: 沈知远
    role: 数据安全负责人
    date: 2026-11-20
    valid_until: 2027-11-19
    statement: {{zh: "已论证", en: "Argued"}}
    evidence:
      - file: evidence/complaints.md
        sha256: {hashlib.sha256(evidence.read_bytes()).hexdigest()}
""")
    done = world.ok("assess", system, "--as-of", AS_OF, "--json", code=1, cwd=folder)
    found = {row["clause"]: row["verdict"] for row in json_lines(done.out)}
    same(found["gbt-45654/GAI-SRV-001"], "satisfied", "GAI-SRV-001")
    done = world.ok("assess", system, "--as-of", "2027-11-20", "--json", code=1, cwd=folder)
    found = {row["clause"]: row["verdict"] for row in json_lines(done.out)}
    same(found["gbt-45654/GAI-SRV-001"], "needs-person", "GAI-SRV-001 a day too late")


def test_changed_input_is_a_new_run(world):
    folder = world.temp()
    system = world.copy_example(folder)
    world.ok("assess", system, "--as-of", AS_OF, code=1, cwd=folder)
    keywords = system.parent / "keywords.csv"
    keywords.write_text(keywords.read_text() + "新加的词,A.1.h,2026-11-20,2026-11-20,low\n")
    done = world.ok("assess", system, "--as-of", AS_OF, "--json", code=1, cwd=folder)
    row = next(r for r in json_lines(done.out) if r["clause"] == "gbt-45654/GAI-KW-001")
    same(measurement(row, "total")["value"], 2940, "keywords")


def test_missing_and_unreadable_inputs_are_no_failure_of_the_system(world):
    folder = world.temp()
    folder.chmod(0o777)
    system = world.copy_example(folder)
    (system.parent / "keywords.csv").unlink()
    (system.parent / "data" / "ledger.csv").chmod(0)
    for path in [system.parent, *system.parent.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    done = world.run_installed("assess", system, "--as-of", AS_OF, "--json", before=as_nobody(), cwd=folder)
    same(done.code, 1, f"exit ({short(done.err)})")
    found = {row["clause"]: row for row in json_lines(done.out)}
    for name, why in (("gbt-45654/GAI-KW-001", "keywords.csv"), ("gbt-45654/GAI-CORP-005", "ledger.csv")):
        same(found[name]["verdict"], "could-not-run", name)
        expect(why in done.err or why in found[name]["reason_en"] or "open" in found[name]["reason_en"],
               f"{name}: {found[name]['reason_en']}")
    same(found["gbt-45654/GAI-QB-001"]["verdict"], "satisfied", "a check with its inputs")


def test_folder_without_permission(world):
    folder = world.temp()
    folder.chmod(0o755)
    locked = folder / "locked"
    locked.mkdir(mode=0o755)
    if not as_nobody():
        locked.chmod(0o555)
    system = world.copy_example(folder)
    done = world.run_installed("assess", system, "--as-of", AS_OF, "--record", locked / "r.assay",
                               before=as_nobody(), cwd=folder)
    same(done.code, 4, f"exit ({short(done.err)})")
    expect("r.assay" in done.err and "Permission denied" in done.err, f"message: {short(done.err)}")
    open_folder = folder / "open"
    open_folder.mkdir()
    open_folder.chmod(0o777)
    done = world.run_installed("assess", system, "--as-of", AS_OF, "--record", open_folder / "r.assay",
                               "-o", locked / "report", before=as_nobody(), cwd=folder)
    same(done.code, 4, f"report folder: exit ({short(done.err)})")
    expect("locked" in done.err, f"message: {short(done.err)}")
    done = world.run_installed("record", "verify", open_folder / "r.assay")
    expect(done.code == 0 and "whole" in done.out, f"the record: {short(done.out + done.err)}")


def test_the_example_is_what_its_maker_makes(world):
    folder = world.temp("made") / "lantern"
    shutil.copytree(EXAMPLE / "evidence", folder / "evidence")
    made = subprocess.run([sys.executable, "-B", ROOT / "tools" / "make_example.py", folder],
                          capture_output=True, text=True)
    same(made.returncode, 0, f"make_example.py ({short(made.stderr)})")
    files = [p for p in folder.rglob("*") if p.is_file()]
    different = [str(p.relative_to(folder)) for p in files
                 if p.read_bytes() != (EXAMPLE / p.relative_to(folder)).read_bytes()]
    same(different, [], "files that differ from examples/lantern")
    size = sum(p.stat().st_size for p in EXAMPLE.rglob("*") if p.is_file())
    expect(size < 3 << 20, f"the example is {size} bytes")


def test_labels_agree_with_exiftool(world):
    if not shutil.which("exiftool"):
        raise Skip("exiftool is not here")
    text = subprocess.run(["exiftool", "-j", "-XMP-TC260:all", "-Validate", "-ext", "png", "-ext", "jpg",
                           EXAMPLE / "outputs"],
                          capture_output=True).stdout
    for row in json.loads(text):
        name = os.path.basename(row["SourceFile"])
        same(row["Validate"], "OK", f"{name} as exiftool sees it")
        same("Aigc" in row, "quick-sketch" not in name, f"{name} has a label")
