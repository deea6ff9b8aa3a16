# SPDX-License-Identifier: Apache-2.0
"""Help, languages, exit codes of wrong use, pipes, and no network."""
import os
import re
import shutil
import subprocess

from harness import AS_OF, EXAMPLE, Failure, Skip, expect, same, short

GROUPS = ("catalog", "content", "explain", "init", "plan", "assess", "record", "report")


def commands(world):
    """Every whole command that the help names."""
    out = []
    for group in GROUPS:
        text = world.ok(group, "--help").out
        below = re.findall(rf"^  assay ({group} [\w-]+)", text, re.M) if "Usage:" not in text else []
        out += [name.split() for name in below] or [[group]]
    return out


def test_help_names_every_group(world):
    text = world.ok("--help").out
    for group in GROUPS:
        expect(re.search(rf"^  {group} ", text, re.M), f"--help does not name {group}")
    same(world.ok().out, text, "no arguments")


def test_help_of_every_command_has_usage_and_examples(world):
    found = commands(world)
    expect(len(found) >= 25, f"only {len(found)} commands in the help")
    for name in found:
        text = world.ok(*name, "--help").out
        expect(f"Usage: assay {' '.join(name)}" in text, f"{name}: no usage")
        expect(re.search(rf"Examples:\n  assay {' '.join(name)}\b", text), f"{name}: no example")
        chinese = world.ok(*name, "--help", "--lang", "zh").out
        expect("用法" in chinese and "示例" in chinese, f"{name}: help is not in Chinese")


def test_examples_in_help_are_understood(world):
    """Every example names options that its command knows: parsed, it never ends in wrong use."""
    for name in commands(world):
        text = world.ok(*name, "--help").out
        options = set(re.findall(r"(?<![\w-])(--[\w-]+)", text.split("Examples:")[0]))
        for line in text.split("Examples:")[1].strip().splitlines():
            used = set(re.findall(r"(?<![\w-])(--[\w-]+)", line.split("|")[0].split("$(")[0]))
            expect(used <= options, f"{line.strip()}: unknown {used - options}")


def test_version(world):
    expect(re.fullmatch(r"assay \d+\.\d+\.\d+\n", world.ok("version").out), "version")
    same(world.ok("--version").out, world.ok("version").out, "--version")


def test_man_page_and_completions(world):
    expect(world.ok("--man").out.startswith(".TH ASSAY 1"), "man page")
    for shell in ("bash", "zsh"):
        text = world.ok("--completion", shell).out
        expect("record verify" in text and "--as-of" in text, f"completion for {shell}")
    if shutil.which("bash"):
        checked = subprocess.run(["bash", "-n"], input=world.ok("--completion", "bash").out.encode())
        same(checked.returncode, 0, "bash -n")


def test_common_options_before_or_behind_the_command(world):
    behind = world.ok("catalog", "list", "--lang", "zh").out
    for words in (["--lang", "zh", "catalog", "list"], ["--lang=zh", "catalog", "list"]):
        same(world.ok(*words).out, behind, f"{words}")
    expect("用法" in world.ok("--lang", "zh").out, "help in Chinese")
    expect("用法" in world.ok("--lang", "zh", "label", "check", "--help").out, "help of a command in Chinese")
    done = world.ok("--lang", "de", "catalog", "list", code=2)
    expect("--lang" in done.err, f"said: {done.err}")
    same(world.ok("--lang", "zh", "catalog", "list", "--lang", "zh", code=2).out, "", "given twice")
    world.ok("--json", "catalog", "list", code=2)


def test_language_from_environment(world):
    for name, value, chinese in (("LANG", "zh_CN.UTF-8", True), ("LC_ALL", "zh_CN.UTF-8", True),
                                 ("LANG", "en_GB.UTF-8", False), ("LANG", "C", False)):
        text = world.ok("catalog", "list", env={name: value}).out
        same("生成式人工智能服务安全基本要求" in text, chinese, f"{name}={value} gives Chinese")
    text = world.ok("catalog", "list", "--lang", "en", env={"LANG": "zh_CN.UTF-8"}).out
    expect("Basic security requirements" in text, "--lang does not win over LANG")


def test_wrong_use_is_exit_2_with_a_way_on(world):
    for words in (["bogus"], ["catalog", "bogus"], ["plan"], ["plan", "--bogus", "x"],
                  ["catalog", "list", "--lang", "de"], ["catalog", "list", "--as-of", "2026-02-30"],
                  ["catalog", "list", "--kind", "bogus"], ["catalog", "show", "no-such-document"],
                  ["explain", "no-such-id"], ["catalog", "show"],
                  ["assess", EXAMPLE / "system.yaml", "--jobs", "0"],
                  ["assess", EXAMPLE / "system.yaml", "--seed", "x"],
                  ["assess", EXAMPLE / "system.yaml", "--check-timeout", "0"],
                  ["assess", EXAMPLE / "system.yaml", "--format", "docx"]):
        done = world.ok(*words, code=2, cwd=world.temp())
        same(done.out, "", f"{words}: standard output")
        expect(done.err.startswith("assay: ") and re.search(r"\(|takes|one of|did you mean", done.err),
               f"{words}: no mend in: {short(done.err)}")


def faulty_lines(world):
    """Faulty command lines of every kind: words, options, files, tables of faults."""
    folder = world.temp("faulty")
    (folder / "bad.yaml").write_text("id: x\nnaem: y\nkind: [\n")
    (folder / "keys.yaml").write_text("id: x\nnaem: {zh: 系统, en: system}\n")
    (folder / "empty.assay").write_text("this is no database, whatever its name says\n" * 40)
    overlay = folder / "overlay" / "standards" / "x"
    overlay.mkdir(parents=True)
    (overlay / "standard.yaml").write_text("id: x\ntitel: y\n")
    system = EXAMPLE / "system.yaml"
    return folder, (
        ["bogus"], ["asses"], ["catalog", "lst"], ["plan"], ["plan", system, "--as-fo", "2026"],
        ["plan", "nowhere.yaml"], ["plan", "."], ["plan", "bad.yaml"], ["plan", "keys.yaml"],
        ["catalog", "list", "--as-of", "2026-02-30"], ["catalog", "list", "--kind", "bogus"],
        ["catalog", "list", "--as-of", "2026", "--as-of", "2025"], ["catalog", "list", "--json=abc"],
        ["catalog", "show", "a", "b"], ["catalog", "show", "no-such-document"], ["catalog", "diff"],
        ["catalog", "list", "--content", "nowhere"], ["catalog", "list", "--content", "overlay"],
        ["explain", "no-such-id"], ["content", "build"], ["content", "build", "overlay", "-o", "out"],
        ["content", "lint", "nowhere"], ["content", "verify", "bad.yaml"], ["init", "--id", "X"], ["init"],
        ["assess", system, "--jobs", "0"], ["assess", system, "--seed", "x"],
        ["assess", system, "--check-timeout", "soon"],
        ["assess", system, "--format", "docx"], ["assess", system, "--record", "nowhere/x.assay"],
        ["record", "list", "nowhere.assay"], ["record", "verify", "empty.assay"],
        ["report", "nowhere.assay"])


def english_sentences(text):
    """Three English words in a row that are no command to type, key, name or file."""
    text = re.sub(r"[`“'][^`”'\n]*[`”']|\bassay(?: [\w./-]+)+", " ", text)
    return re.findall(r"\b[A-Za-z]+(?: [a-z]+){2,}", text)


def test_errors_speak_chinese(world):
    folder, lines = faulty_lines(world)
    for words in lines:
        english = world.run(*words, "--lang", "en", cwd=folder)
        chinese = world.run(*words, "--lang", "zh", cwd=folder)
        expect(english.code not in (0, 70), f"{words}: exit {english.code}")
        same(chinese.code, english.code, f"{words}: exit code in Chinese")
        last = chinese.err.strip().splitlines()[-1]
        for said, line in (("stderr", chinese.err), ("the last line", last)):
            expect(re.search("[\u4e00-\u9fff]", line), f"{words}: no Chinese in {said}: {short(line)}")
        same(english_sentences(chinese.err), [], f"{words}: English in {short(chinese.err)}")
        expect(not re.search("[\u4e00-\u9fff]", english.err.replace("系统", "")),
               f"{words}: Chinese in {short(english.err)}")


def test_faults_name_the_program_once_and_suggest(world):
    for words, wanted in ((["bogus"], "unknown command 'bogus' (see: assay --help)"),
                          (["asses"], "did you mean assess?"), (["catalog", "lst"], "did you mean catalog list?"),
                          (["plan", "x", "--as-fo", "2026"], "did you mean --as-of?"),
                          (["plan", "x", "--detials"], "did you mean --details?"),
                          (["catalog", "list", "--lang", "de"], "write --lang zh or --lang en"),
                          (["assess", EXAMPLE / "system.yaml", "--record", "nowhere/x.assay"],
                           "make the folder first")):
        done = world.ok(*words, code=2)
        expect(wanted in done.err and "assay: assay" not in done.err, f"{words}: {short(done.err)}")


def test_broken_pipe_is_quiet(world):
    for words in (["catalog", "export"], ["catalog", "list"], ["explain", "gbt-45654"]):
        process = subprocess.Popen([world.binary, *words], env=world.environment(),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(1)
        process.stdout.close()
        error = process.stderr.read().decode()
        process.stderr.close()
        code = process.wait(60)
        same(code, 0, f"exit of {words} into a pipe that closes")
        expect("assay:" not in error, f"{words} into a pipe that closes: {short(error)}")


def test_full_standard_output_is_exit_4(world):
    with open("/dev/full", "wb") as full:
        done = world.ok("catalog", "list", code=4, stdout=full)
    expect("cannot write" in done.err, f"message: {short(done.err)}")


def test_installed_layout_needs_no_environment(world):
    done = world.run_installed("content", "verify", cwd="/")
    same(done.code, 0, f"content verify ({short(done.err)})")
    expect("share/assay/assay.content" in done.out, f"which content: {short(done.out)}")


def test_without_content_says_where_it_looked(world):
    done = world.ok("catalog", "list", code=2, env={"ASSAY_CONTENT": "/nonexistent/assay.content"})
    expect("/nonexistent/assay.content" in done.err, f"message: {short(done.err)}")


def trace(world, *words):
    """The network calls of a run, a line each."""
    folder = world.temp("trace")
    if shutil.which("strace") is None:
        raise Skip("strace is not here")
    log = folder / "calls"
    done = world.run(*words, cwd=folder,
                     before=["strace", "-f", "-qq", "-e", "trace=network", "-o", str(log)])
    if not log.exists():
        raise Skip(f"strace does not work here: {short(done.err)}")
    return done, [line for line in log.read_text().splitlines() if "(" in line]


def test_no_network(world):
    for words in (["assess", EXAMPLE / "system.yaml", "--as-of", AS_OF], ["catalog", "list"],
                  ["explain", "gb-45438"]):
        done, calls = trace(world, *words)
        expect(done.code in (0, 1), f"{words[0]}: exit {done.code}")
        same(calls, [], f"{words[0]}: network calls")


def test_works_without_any_network(world):
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        raise Skip("needs root and unshare")
    if subprocess.run(["unshare", "-n", "true"], stderr=subprocess.DEVNULL).returncode != 0:
        raise Skip("unshare -n is not allowed here")
    folder = world.temp()
    done = world.run("assess", EXAMPLE / "system.yaml", "--as-of", AS_OF, cwd=folder,
                     before=["unshare", "-n"])
    if done.code != 1:
        raise Failure(f"exit {done.code}: {short(done.err)}")
