# SPDX-License-Identifier: Apache-2.0
"""What the documents tell users to write is what the program reads."""
import json
import re
import shlex
import shutil
import subprocess

from banks import SYSTEM
from harness import AS_OF, EXAMPLE, ROOT, expect, json_lines, rows, same, short

INPUTS = ROOT / "docs" / "formats" / "inputs.md"
UNLABELLED = "2026-11-12-quick-sketch.png"
HEAD = SYSTEM[:SYSTEM.index("subjects:")]
# A value that fits the column, where "x" does not; of `kind` by the input.
VALUES = {"risk": "A.1.a", "aspect": "NR.1", "rule_set": "safety", "section": "goal", "kind": "safety"}
KINDS = {"training_data.ledger": "bought"}


def documented():
    """Key of an input below `subjects` -> [(column, may be absent)], as the table of inputs.md says."""
    tables = {}
    for key, columns in re.findall(r"^\| `([a-z_.]+)` \| ([^|]*) \|$", INPUTS.read_text(), re.MULTILINE):
        named = re.findall(r"`([a-z_]+)(\??)`", re.sub(r"\([^()]*\)", "", columns))
        if columns.startswith("the same"):
            aspect = "`aspect`" in columns
            tables[key] = [("aspect" if aspect and name == "risk" else name, may_be_absent)
                           for name, may_be_absent in tables["question_banks.generation"]]
        else:
            tables[key] = [(name, bool(mark)) for name, mark in named]
    expect(len(tables) == 10, f"inputs.md: {sorted(tables)}")
    return tables


def required(columns):
    return [name for name, may_be_absent in columns if not may_be_absent]


def description(key):
    """A description with the one input `key`."""
    lines, indent = ["subjects:"], "  "
    *outer, last = key.split(".")
    for word in outer:
        lines.append(f"{indent}{word}:")
        indent += "  "
    head = HEAD.replace("generative-service", "platform") if key == "posts" else HEAD  # whose duty it is
    return head + "\n".join([*lines, f"{indent}{last}: input.csv"]) + "\n"


def assess_table(world, key, columns, values):
    """The reasons of all clauses and the findings, with a table of one row as the input `key`."""
    folder = world.temp("table")
    (folder / "system.yaml").write_text(description(key))
    (folder / "input.csv").write_text(",".join(columns) + "\n" + ",".join(values) + "\n")
    done = world.run("assess", "system.yaml", "--as-of", AS_OF, "--json", cwd=folder)
    expect(done.code in (1, 3), f"{key}: exit {done.code}: {short(done.err)}")
    reasons = " ".join(row["reason_en"] for row in json_lines(done.out))
    return reasons, " ".join(findings(folder))


def findings(folder):
    return [body for (body,) in rows(folder / "odd.assay", "SELECT body FROM entry WHERE kind = 'finding'")]


def values_for(key, columns):
    return [KINDS.get(key, VALUES["kind"]) if name == "kind" else VALUES.get(name, "x") for name in columns]


def test_columns_of_inputs_md_are_those_read(world):
    for key, columns in documented().items():
        needed = required(columns)
        for names in (needed, [name for name, _ in columns]):
            reasons, found = assess_table(world, key, names, values_for(key, names))
            expect("did not finish" not in reasons, f"{key} with {names}: {short(reasons)}")
            expect("rows-unread" not in found, f"{key} with {names}: {short(found)}")
        for name in needed:
            left = [other for other in needed if other != name] + ["other"]
            reasons, _ = assess_table(world, key, left, values_for(key, left))
            expect(f'column "{name}" is missing' in reasons, f"{key} without {name}: {short(reasons)}")


def test_findings_call_columns_as_inputs_md_does(world):
    for key, columns in documented().items():
        needed = required(columns)
        _, found = assess_table(world, key, [*needed, "other"], [*("" for _ in needed), "x"])
        expect(f"“{needed[0]}”" in found, f"{key}: {short(found)}")


def blocks(path, language):
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", path.read_text(), re.MULTILINE | re.DOTALL)


def test_attestation_of_inputs_md_is_accepted(world):
    (text,) = blocks(INPUTS, "yaml")
    folder = world.temp("attested")
    (folder / "evidence").mkdir()
    (folder / "evidence" / "complaints.md").write_text("test")
    (folder / "attestations.yaml").write_text(text)
    (folder / "system.yaml").write_text(HEAD + "subjects:\n  attestations: [attestations.yaml]\n")
    done = world.run("assess", "system.yaml", "--as-of", AS_OF, "--json", cwd=folder)
    clauses = {row["clause"]: row for row in json_lines(done.out)}
    same(findings(folder), [], "findings on the example")
    same(clauses["gbt-45654/GAI-SRV-008"]["verdict"], "satisfied", "the clause that the example attests")


def write_overlays(folder):
    """The YAML blocks of author-content.md as the files that their first lines name; the overlays' names."""
    overlays = set()
    for block in blocks(ROOT / "docs" / "how-to" / "author-content.md", "yaml"):
        name = re.match(r"# ([a-z-]+)/(\S+\.yaml)\n", block)
        expect(name, f"a block without its file: {short(block)}")
        path = folder / name[1] / name[2]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block)
        overlays.add(name[1])
    expect(overlays, "author-content.md has no example")
    return overlays


def test_overlays_of_author_content_are_without_fault(world):
    folder = world.temp("overlays")
    for overlay in write_overlays(folder):
        same(world.ok("content", "lint", "--content", folder / overlay).out, "", f"faults of {overlay}")
        world.ok("catalog", "list", "--content", folder / overlay)


def commands(path):
    """The lines of the shell blocks that call the program or make its files, with their words."""
    for block in blocks(path, "sh"):
        for line in re.sub(r"\\\n", " ", block).splitlines():
            words = shlex.split(line, comments=True)
            if words and words[0] in ("assay", "printf", "sed"):
                yield line, words


def files_of_label_content(folder):
    """The files and keys that label-content.md speaks of."""
    pictures = EXAMPLE / "outputs"
    (folder / "outputs").mkdir()
    shutil.copy(pictures / "2026-11-02-river-lanterns.png", folder / "outputs")
    shutil.copy(pictures / UNLABELLED, folder / "poster.png")
    for words in (["genpkey", "-algorithm", "SM2", "-out", "key.pem"],
                  ["pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"]):
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def test_commands_of_the_how_tos_run(world):
    folder = world.temp("how-to")
    for name in ("examples", "content"):
        (folder / name).symlink_to(ROOT / name)
    write_overlays(folder)
    (folder / "system.yaml").write_text(HEAD)
    files_of_label_content(folder)
    ran = 0
    for path in sorted((ROOT / "docs" / "how-to").glob("*.md")):
        for line, words in commands(path):
            if words[0] != "assay":
                subprocess.run(["bash", "-c", line], cwd=folder, check=True, capture_output=True)
                continue
            words = words[1:words.index(">")] if ">" in words else words[1:]
            words = [str(world.content) if word.endswith("/assay.content") else word for word in words]
            done = world.run(*words, cwd=folder)
            allowed = (1, 3) if words[0] == "assess" else (0,)
            expect(done.code in allowed, f"{path.name}: assay {' '.join(words)}: exit {done.code}: {short(done.err)}")
            ran += 1
    expect(ran > 10, f"only {ran} commands")


def test_keys_of_report_json_are_documented(world):
    text = (ROOT / "docs" / "formats" / "report.md").read_text()
    whole = json.loads((world.assessed.folder / "lantern-report" / "report.json").read_text())
    keys = set(whole) | {key for row in whole["clauses"] for key in row}
    same(sorted(key for key in keys if f"`{key}`" not in text), [], "keys that report.md does not name")


def test_controls_that_the_documents_name_are_there(world):
    for text in (INPUTS.read_text(), (EXAMPLE / "attestations.yaml").read_text()):
        for target in re.findall(r"target: ([a-z0-9/A-Z-]+)", text):
            world.ok("explain", target)
