# SPDX-License-Identifier: Apache-2.0
"""system.yaml: init writes one, plan reads it, and wrong ones are refused with their place."""
import json
import os
import pty
import re
import subprocess

from harness import AS_OF, EXAMPLE, as_nobody, expect, same, short

PLAN_KEYS = {"clause", "standard", "applies", "reason", "checks", "missing"}
INIT = ["--id", "my-chat", "--name-zh", "我的助手", "--name-en", "My \"assistant\"", "--provider-zh", "示例公司",
        "--provider-en", "Example Ltd", "--credit-code", "91350100M000100Y43", "--modality", "text",
        "--modality", "image", "--language", "zh", "--language", "en", "--feature", "training"]


def test_plan_json_has_every_clause_with_its_keys(world):
    rows = world.lines("plan", EXAMPLE / "system.yaml", "--as-of", AS_OF, "--json")
    expect(len(rows) >= 213, f"only {len(rows)} clauses")
    for row in rows:
        expect(PLAN_KEYS <= set(row), f"{row.get('clause')}: lacks {PLAN_KEYS - set(row)}")
        for key in ("reason_zh", "reason_en"):
            expect(row[key] and not re.search(r"\(from \)|（ |\{\}", row[key]), f"{row['clause']}: {row[key]!r}")
    clauses = {row["clause"]: row for row in rows}
    same(len(clauses), len(rows), "a clause stands twice")
    same(clauses["gbt-45654/GAI-KW-001"]["checks"], ["keyword_library"], "checks of GAI-KW-001")
    same(clauses["tc260-003/GAI-KW-001"]["applies"], False, "the superseded TC260-003 applies")
    expect("45654" in clauses["tc260-003/GAI-KW-001"]["reason"], "reason does not name the successor")


def test_plan_follows_the_day(world):
    def applies(day):
        rows = world.lines("plan", EXAMPLE / "system.yaml", "--as-of", day, "--json")
        return {row["clause"]: row["applies"] for row in rows}

    for day, new, old in (("2025-06-01", False, True), ("2025-11-02", True, False)):
        found = applies(day)
        same(found["gbt-45654/GAI-KW-001"], new, f"GB/T 45654 applies on {day}")
        same(found["tc260-003/GAI-KW-001"], old, f"TC260-003 applies on {day}")


def test_plan_says_what_is_missing(world):
    folder = world.temp()
    text = (EXAMPLE / "system.yaml").read_text()
    bare = folder / "system.yaml"
    bare.write_text(text[:text.index("subjects:")])
    row = next(r for r in world.lines("plan", bare, "--json", "--as-of", AS_OF)
               if r["clause"] == "gbt-45654/GAI-KW-001")
    same(row["missing"], ["subjects.keyword_library"], "missing inputs")
    expect("subjects.keyword_library" in world.ok("plan", bare, "--as-of", AS_OF).out, "plan for people")


def test_plan_for_people(world):
    for language, words in (("zh", ("生成式", "待", "适用")), ("en", ("Checks that will run",))):
        text = world.ok("plan", EXAMPLE / "system.yaml", "--details", "--lang", language).out
        expect(any(word in text for word in words), f"plan in {language}")


def test_assessment_without_inputs_is_undecided_and_never_satisfied(world):
    folder = world.temp()
    text = (EXAMPLE / "system.yaml").read_text()
    (folder / "system.yaml").write_text(text[:text.index("subjects:")])
    rows = world.lines("assess", "system.yaml", "--as-of", AS_OF, "--json", code=3, cwd=folder)
    same({row["verdict"] for row in rows}, {"needs-person", "not-applicable"}, "verdicts without data")


def test_init_by_flags_then_plan(world):
    folder = world.temp()
    for language in ("zh", "en"):
        path = folder / f"{language}.yaml"
        world.ok("init", path, *INIT, "--lang", language)
        expect("#" in path.read_text(), "no comments")
        rows = world.lines("plan", path, "--as-of", AS_OF, "--json")
        found = {row["clause"]: row["applies"] for row in rows}
        same((found["gbt-45654/GAI-KW-001"], found["gbt-45654/GAI-CORP-001"],
              found["gbt-45654/GAI-ANN-001"]), (True, True, False), "what applies")


def test_init_does_not_overwrite_and_says_what_is_wrong(world):
    folder = world.temp()
    world.ok("init", "s.yaml", *INIT, cwd=folder)
    before = (folder / "s.yaml").read_bytes()
    done = world.ok("init", "s.yaml", *INIT, code=2, cwd=folder)
    expect("--force" in done.err, f"message: {short(done.err)}")
    same((folder / "s.yaml").read_bytes(), before, "the file")
    world.ok("init", "s.yaml", *INIT, "--force", cwd=folder)
    done = world.ok("init", "t.yaml", "--id", "x", code=2, cwd=folder)
    expect("--credit-code" in done.err, f"what is not given: {short(done.err)}")
    wrong = [word.replace("Y43", "Y44") for word in INIT]
    done = world.ok("init", "t.yaml", *wrong, code=2, cwd=folder)
    expect("91350100M000100Y44" in done.err and not (folder / "t.yaml").exists(), short(done.err))


def test_init_asks_on_a_terminal(world):
    """A person answers, wrongly at first, and takes what is proposed."""
    folder = world.temp()
    answers = ["My Chat", "my-chat", "我的助手", "My assistant", "示例公司", "Example Ltd", "123",
               "91350100M000100Y43", "", "text image", "zh en", "", "", "", "", "training"]
    ours, theirs = pty.openpty()
    process = subprocess.Popen([world.binary, "init"], cwd=folder, env=world.environment(), stdin=theirs,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.close(theirs)
    os.write(ours, "".join(answer + "\n" for answer in answers).encode())
    try:
        _, error = process.communicate(timeout=20)
    finally:
        process.kill()
        os.close(ours)
    same(process.returncode, 0, f"exit ({short(error.decode())})")
    rows = world.lines("plan", folder / "system.yaml", "--as-of", AS_OF, "--json")
    found = {row["clause"]: row["applies"] for row in rows}
    same((found["gbt-45654/GAI-KW-001"], found["gbt-45654/GAI-CORP-001"]), (True, True), "what applies")


def test_init_lists_the_words_that_options_take(world):
    for language, name in (("zh", "生成式人工智能服务"), ("en", "generative AI service")):
        text = world.ok("init", "--help", "--lang", language).out
        for word in ("generative-service", "image", "public", "education", "operation", "open-source", "training"):
            expect(re.search(rf"^ {{33}}{word} ", text, re.MULTILINE), f"help in {language} lacks {word}")
    manual = world.ok("--man").out
    expect("generative\\-service (" in manual, "the manual page lacks the words of --kind")


def test_init_takes_several_values_with_commas(world):
    folder = world.temp()
    words = [word for word in INIT if word not in ("--modality", "text", "image")]
    for number, value in enumerate(("text,image", "text、image", "text，image", "text, image")):
        world.ok("init", f"{number}.yaml", *words, "--modality", value, cwd=folder)
        expect("modalities: [text, image]" in (folder / f"{number}.yaml").read_text(), f"--modality {value!r}")


def test_init_keeps_what_was_answered_before_the_input_ended(world):
    folder = world.temp()
    ours, theirs = pty.openpty()
    process = subprocess.Popen([world.binary, "init"], cwd=folder, env=world.environment(), stdin=theirs,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.close(theirs)
    os.write(ours, "my-chat\n我的助手\n\x04".encode())
    try:
        _, error = process.communicate(timeout=20)
    finally:
        process.kill()
        os.close(ours)
    error = error.decode()
    same(process.returncode, 2, f"exit ({short(error)})")
    expect("1/14 " in error and "2/14 " in error, f"no count of the questions: {short(error)}")
    text = (folder / "system.yaml").read_text()
    expect("\nid: my-chat\n" in text, "the answer is lost")
    expect('\n# name: {zh: "我的助手", en: ""}' in text and "\n# kind: generative-service" in text, text)


def test_schema_for_editors(world):
    schema = json.loads(world.ok("init", "--schema").out)
    expect("json-schema.org" in schema.get("$schema", ""), "no $schema")
    properties = schema["properties"]
    for key in ("id", "provider", "kind", "modalities", "features", "subjects"):
        expect(key in properties, f"schema lacks {key}")


def refused(world, text, place, word, name="system.yaml"):
    """The description is refused: exit 2, its place as file:line:column, a mend, in both languages."""
    folder = world.temp()
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    for command in ("plan", "assess"):
        done = world.ok(command, name, code=2, cwd=folder)
        expect(f"{name}:{place}: " in done.err, f"{command}: no place {place} in: {short(done.err)}")
        expect(word in done.err, f"{command}: no {word!r} in: {short(done.err)}")
        expect(" — " in done.err or "(" in done.err, f"{command}: no mend in: {short(done.err)}")
    same([p.name for p in folder.iterdir()], [name], "files left by a refused assessment")
    chinese = world.ok("plan", name, "--lang", "zh", code=2, cwd=folder).err
    expect(re.search("[\u4e00-\u9fff]", chinese), f"not in Chinese: {short(chinese)}")


def changed(old, new):
    text = (EXAMPLE / "system.yaml").read_text()
    expect(old in text, f"system.yaml does not hold {old!r}: the test is out of date")
    line = text[:text.index(old)].count("\n") + 1
    return text.replace(old, new, 1), line


def test_unknown_key(world):
    text, line = changed("\nkind: ", "\nkinds: ")
    refused(world, text, f"{line + 1}:1", "kind")


def test_bad_credit_code(world):
    text, line = changed("91330100MALANTERNM", "91330100MALANTERNX")
    refused(world, text, f"{line}:16", "91330100MALANTERNX")


def test_unknown_word(world):
    text, line = changed("sector: general", "sector: genral")
    refused(world, text, f"{line}:9", "general")


def test_all_faults_in_one_pass(world):
    text, _ = changed("sector: general", "sector: genral")
    text = text.replace("stage: operation", "stage: running").replace("\nkind: ", "\nkinds: ")
    folder = world.temp()
    (folder / "s.yaml").write_text(text)
    done = world.ok("plan", "s.yaml", code=2, cwd=folder)
    for word in ("genral", "running", "kinds"):
        expect(word in done.err, f"{word} is not named: {short(done.err, 800)}")


def test_anchors_tags_and_doubled_keys(world):
    for old, new in (("sector: general", "sector: &a general"), ("sector: general", "sector: !!str general"),
                     ("sector: general", "sector: general\nsector: health")):
        text, line = changed(old, new)
        folder = world.temp()
        (folder / "s.yaml").write_text(text)
        done = world.ok("plan", "s.yaml", code=2, cwd=folder)
        expect(re.search(rf"s\.yaml:({line}|{line + 1}):\d+: ", done.err), f"{new}: {short(done.err)}")


def test_gbk(world):
    text = (EXAMPLE / "system.yaml").read_text().encode("gbk")
    refused(world, text, "1:4", "UTF-8")


def test_byte_order_mark(world):
    refused(world, b"\xef\xbb\xbf" + (EXAMPLE / "system.yaml").read_bytes(), "1:1", "BOM")


def test_nul_byte(world):
    text, line = changed("id: lantern", "id: lan\0tern")
    refused(world, text, f"{line}:8", "0x00")


def test_utf16(world):
    refused(world, (EXAMPLE / "system.yaml").read_text().encode("utf-16"), "1:1", "UTF-8")


def test_garbage_never_crashes(world):
    good = (EXAMPLE / "system.yaml").read_bytes()
    folder = world.temp()
    path = folder / "s.yaml"
    state = 1
    for i in range(60):
        raw = bytearray(good)
        for _ in range(1 + i % 5):
            state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
            at = (state >> 33) % len(raw)
            raw[at:at + (state >> 20) % 40] = bytes([(state >> 40) % 256]) * ((state >> 50) % 4)
        path.write_bytes(bytes(raw))
        done = world.run("plan", path, "--as-of", AS_OF)
        expect(done.code in (0, 2), f"garbage {i}: exit {done.code}: {short(done.err)}")


def test_deep_and_long(world):
    folder = world.temp()
    path = folder / "s.yaml"
    for text in ("id: " + "[" * 200000, "id: " + "x" * 900000, "a:\n" + "".join(" " * i + "a:\n"
                                                                          for i in range(1, 1200)),
                 "- " * 100000, "{" * 100000, "\n" * 500000, ""):
        path.write_text(text)
        done = world.ok("plan", path, code=2)
        expect(done.err, "no message")


def test_one_gigabyte(world):
    path = world.temp() / "system.yaml"
    with open(path, "wb") as file:
        file.truncate(1 << 30)
    done = world.ok("plan", path, code=2, timeout=10)
    expect("system.yaml" in done.err and "larger" in done.err, f"message: {short(done.err)}")


def test_missing_file_and_folder(world):
    folder = world.temp()
    done = world.ok("plan", "nowhere.yaml", code=2, cwd=folder)
    expect("nowhere.yaml" in done.err, f"message: {short(done.err)}")
    done = world.ok("assess", folder, code=2, cwd=folder)
    expect("not a regular file" in done.err or "folder" in done.err, f"message: {short(done.err)}")
    same(list(folder.iterdir()), [], "files left behind")


def test_special_files(world):
    folder = world.temp()
    os.mkfifo(folder / "fifo")
    (folder / "loop").symlink_to("loop")
    for path in ("/dev/zero", "fifo", "loop"):
        done = world.run("plan", path, cwd=folder, timeout=10)
        expect(done.code in (2, 4) and path in done.err, f"{path}: exit {done.code}: {short(done.err)}")


def test_unreadable_description(world):
    folder = world.temp()
    folder.chmod(0o755)
    path = folder / "system.yaml"
    path.write_bytes((EXAMPLE / "system.yaml").read_bytes())
    path.chmod(0)
    done = world.run_installed("plan", path, before=as_nobody())
    expect(done.code in (2, 4) and "Permission denied" in done.err, f"exit {done.code}: {short(done.err)}")
