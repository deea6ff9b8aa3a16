#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the release build against the numbers of docs/architecture.md, each beside its peer.

python3 bench/bench.py [NAME...]     (through ./dev bench, which builds first)

Every row states the answer that is expected: a fast wrong answer fails. Times are the median of
several cold processes, memory is the peak resident set of the worst. Peers run in the same minute on
the same machine. Prints a table and writes build/bench.json; exit code 1 when a goal is missed.
"""
import json
import os
import pathlib
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build/release"
ASSAY = BUILD / "bin/assay"
FACTS = ROOT / "tests/data/facts/standards.json"
EXAMPLE = ROOT / "examples/lantern/system.yaml"
AS_OF = "2026-11-22"
DONE = (0, 1, 3)  # exit codes of an assessment that came to its end


class NotMeasured(Exception):
    """What a benchmark needs is not here."""


class Wrong(Exception):
    """A measured command gave another answer than the one expected."""


def once(command, folder, codes, check):
    """(wall seconds, CPU seconds, peak MB) of one process. GNU time stands between, since a process takes
    over the peak memory of the one that forked it, and this interpreter is larger than some that it measures."""
    with tempfile.TemporaryFile() as out, tempfile.NamedTemporaryFile() as used:
        start = time.perf_counter()
        done = subprocess.run(["/usr/bin/time", "-q", "-f", "%U %S %M", "-o", used.name, *map(str, command)],
                              cwd=folder, stdout=out, stderr=subprocess.STDOUT)
        wall = time.perf_counter() - start
        out.seek(0)
        text = out.read(1 << 20).decode("utf-8", "replace")
        user, system, kilobytes = map(float, used.read().split())
    if done.returncode not in codes:
        raise Wrong(f"{command[0]} ended with {done.returncode}: {text[-400:]}")
    if not check(text):
        raise Wrong(f"not the expected answer: {text[:400]}")
    return wall, user + system, kilobytes / 1024


def measure(command, folder, runs, codes=(0,), check=lambda text: True, before=lambda: None):
    rows = []
    for _ in range(runs):
        before()
        rows.append(once(command, folder, codes, check))
    return {"seconds": statistics.median(r[0] for r in rows),
            "cpu_seconds": statistics.median(r[1] for r in rows),
            "peak_mb": max(r[2] for r in rows), "runs": runs}


def system_yaml(subjects):
    return f"""id: bench
name: {{zh: 基准, en: Bench}}
provider: {{name: {{zh: 示例公司, en: Example}}, credit_code: 91350100M000100Y43}}
kind: generative-service
modalities: [text]
languages: [zh]
audience: [public]
sector: general
stage: operation
base_model: {{origin: own}}
subjects:
{subjects}"""


def make_bank(path, count):
    """A bank of `count` questions over the 31 risks; every 20th repeats the one before but for a word."""
    chance = random.Random(1)
    words = [chr(0x4E00 + chance.randrange(6000)) + chr(0x4E00 + chance.randrange(6000)) for _ in range(4000)]
    risks = [f"A.{group}.{item}" for group, size in (("1", 8), ("2", 9), ("3", 5), ("4", 7), ("5", 2))
             for item in "abcdefghi"[:size]]
    last = []
    with open(path, "w", encoding="utf-8") as out:
        out.write("id,question,risk,language,modality,added\n")
        for i in range(count):
            if i % 20 == 19:
                text = last[:-1] + [chance.choice(words)]
            else:
                text = last = [chance.choice(words) for _ in range(chance.randrange(8, 16))]
            out.write(f"q{i},请问{''.join(text)}？,{risks[i % len(risks)]},zh,text,2026-10-01\n")


def assess(system, record, out, formats=("json",)):
    command = [ASSAY, "assess", system, "--as-of", AS_OF, "--record", record, "--output", out]
    for name in formats:
        command += ["--format", name]
    return command


def fresh(*files):
    def remove():
        for file in files:
            pathlib.Path(file).unlink(missing_ok=True)
    return remove


def bench_show(work):
    """catalog show gb-45438, cold process; peer: jq over the facts as one JSON"""
    def right(text):
        return "GB 45438-2025" in text
    ours = measure([ASSAY, "catalog", "show", "gb-45438"], work, 21, check=right)
    peer = measure(["jq", '.standards[] | select(.id == "gb-45438")', FACTS], work, 21, check=right)
    return ours, ("jq", peer), {"seconds": 0.030, "peak_mb": 40}


def bench_content(work):
    """content lint, then build, of the whole content from YAML"""
    out = work / "bench.content"
    lint = measure([ASSAY, "content", "lint", ROOT / "content"], work, 5)
    build = measure([ASSAY, "content", "build", ROOT / "content", "-o", out], work, 5)
    once([ASSAY, "content", "verify", out], work, (0,), lambda text: "sha256" in text)
    ours = {key: lint[key] + build[key] for key in ("seconds", "cpu_seconds")}
    ours.update(peak_mb=max(lint["peak_mb"], build["peak_mb"]), runs=5)
    parse = f"import yaml,pathlib\nfor p in pathlib.Path({str(ROOT / 'content')!r}).rglob('*.yaml'):\n yaml.load(p.read_bytes(), yaml.CBaseLoader)"
    return ours, ("python3 yaml.CBaseLoader, parsing alone", measure(["/usr/bin/python3", "-c", parse], work, 3)), {"seconds": 1.0}


def bench_example(work):
    """assess the example from nothing"""
    record, out = work / "example.assay", work / "example"
    ours = measure(assess(EXAMPLE, record, out, ("html", "json")), work, 5, DONE,
                   check=lambda text: bool(text), before=fresh(record))
    return ours, None, {"seconds": 3.0}


def small_record(work):
    (work / "small.csv").write_text("id,question,risk\nq1,请介绍一下天气,A.1.a\n", encoding="utf-8")
    (work / "small.yaml").write_text(system_yaml("  question_banks: {generation: small.csv}\n"), encoding="utf-8")
    record = work / "findings.assay"
    once(assess(work / "small.yaml", record, work / "small"), work, DONE, lambda text: True)
    return record


def bench_findings(work, count=1_000_000):
    """HTML report of a record with 1,000,000 findings; peer: sqlite3 writing the same rows as HTML"""
    record = small_record(work)
    once([BUILD / "bin/make_record", record, count], work, (0,), lambda text: True)
    report = work / "findings.html"
    ours = measure([ASSAY, "report", record, "--format", "html", "-o", report], work, 3)
    with open(report, encoding="utf-8") as file:
        if not any("1,000,000" in line or "1000000" in line for line in file):
            raise Wrong("the report does not say how many findings there are")
    ours["report_mb"] = report.stat().st_size / 1e6
    peer = measure(["sqlite3", "-cmd", ".output all.html", "-cmd", ".mode html", record,
                    "SELECT body FROM entry WHERE kind = 'finding'"], work, 1)
    return ours, ("sqlite3 .mode html", peer), {"seconds": 20.0, "peak_mb": 300}


def bench_bank(work, count=100_000):
    """assess a bank of 100,000 questions, near-duplicates found; peer: sort -u, exact duplicates alone"""
    bank = work / "bank.csv"
    make_bank(bank, count)
    (work / "bank.yaml").write_text(system_yaml("  question_banks: {generation: bank.csv}\n"), encoding="utf-8")
    record = work / "bank.assay"
    ours = measure(assess(work / "bank.yaml", record, work / "bank"), work, 3, DONE, before=fresh(record))
    found = subprocess.run(["jq", "-r", '[.. | objects | select(.name? == "generation.total") | .value] | max',
                            *sorted((work / "bank").glob("*.json"))], capture_output=True, text=True, check=True)
    total = float(found.stdout)
    if not count * 0.94 <= total <= count:
        raise Wrong(f"{total} questions count, of {count} with one in twenty nearly the same")
    ours["questions_counted"] = total
    return ours, ("sort -u", measure(["sort", "-u", "-o", work / "sorted", bank], work, 3)), {"seconds": 5.0}


def bench_labels(work, count=10_000):
    """label check over 10,000 PNG and JPEG; goal: 100 times exiftool, 3 times only opening and reading 64 KiB (head)"""
    folder = work / "labels"
    folder.mkdir()
    sources = sorted(path for path in (ROOT / "examples/lantern/outputs").iterdir() if path.suffix in (".png", ".jpg"))
    for i in range(count):
        source = sources[i % len(sources)]
        (folder / f"{i:05}{source.suffix}").write_bytes(source.read_bytes())
    verdicts = subprocess.run([ASSAY, "label", "check", "--json", folder], capture_output=True, text=True).stdout
    found = sum(json.loads(line)["verdict"] == "compliant" for line in verdicts.splitlines())
    alike = subprocess.run([ASSAY, "label", "check", "--json", *sources], capture_output=True,
                           text=True).stdout.count('"verdict":"compliant"')
    if not abs(found / count - alike / len(sources)) < 0.01:
        raise Wrong(f"{found} of {count} compliant, {alike} of {len(sources)} in the example")
    ours = measure([ASSAY, "label", "read", "--json", folder], work, 5)
    head = measure(["sh", "-c", "find labels -type f -print0 | xargs -0 head -q -c 65536 > /dev/null"], work, 5)
    peer = measure(["sh", "-c", "exiftool -r -json labels > /dev/null"], work, 1)
    ours["files_per_second"] = count / ours["seconds"]
    ours["against_head"] = ours["seconds"] / head["seconds"]
    return ours, ("exiftool -r -json", peer), {"seconds": min(peer["seconds"] / 100, head["seconds"] * 3)}


def box(kind, *parts):
    body = b"".join(parts)
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def bench_large(work, gigabytes=20):
    """label read of a sparse MP4 of 20 GB whose moov stands at the end; peer: exiftool"""
    path, label = work / "large.mp4", b'{"Label":"1","ContentProducer":"a","ProduceID":"b"}'
    handler = box(b"hdlr", bytes(8), b"mdta", bytes(13))
    keys = box(b"keys", bytes(7), b"\x01", box(b"mdta", b"AIGC"))
    items = box(b"ilst", box(b"\0\0\0\x01", box(b"data", b"\0\0\0\x01\0\0\0\0", label)))
    moov = box(b"moov", box(b"udta", box(b"meta", bytes(4), handler, keys, items)))
    with open(path, "wb") as out:
        out.write(box(b"ftyp", b"isom\0\0\2\0isom"))
        out.write(b"\0\0\0\x01mdat" + (gigabytes * 10**9 + 16).to_bytes(8, "big"))
        out.seek(gigabytes * 10**9, os.SEEK_CUR)
        out.write(moov)
    def right(text):
        return "ProduceID" in text
    ours = measure([ASSAY, "label", "read", path], work, 21, check=right)
    peer = measure(["exiftool", "-api", "LargeFileSupport=1", "-Keys:all", path], work, 5)
    return ours, ("exiftool", peer), {"seconds": 0.020, "peak_mb": 20}


def data(name):
    """A file or folder of the evaluation data, which is not part of the project."""
    path = pathlib.Path(os.environ.get("ASSAY_DATA", ROOT / "../shared/data"), name).resolve()
    if not path.exists():
        raise NotMeasured(f"{name} is not in ASSAY_DATA")
    return path


def bench_text(work):
    """document text of the EU AI Act (PDF, 459 pages); goal: 1.3 times pdftotext -tsv alone, which it runs"""
    act = data("documents/pdf/EU-AI-Act-Regulation-2024-1689.pdf")
    ours = measure([ASSAY, "document", "text", act], work, 5, check=lambda text: "TEXTS ADOPTED" in text)
    peer = measure(["pdftotext", "-tsv", act, work / "act.tsv"], work, 5)
    return ours, ("pdftotext -tsv", peer), {"seconds": 1.3 * peer["seconds"], "peak_mb": 500}


def bench_coverage(work):
    """document coverage of the EU AI Act on six taxonomies, from PDF to JSON; goal: 2 s and 500 MB"""
    act = data("documents/pdf/EU-AI-Act-Regulation-2024-1689.pdf")
    ours = measure([ASSAY, "document", "coverage", "--json", act], work, 5,
                   check=lambda text: '"id":"1.1","level":"good"' in text)
    return ours, None, {"seconds": 2, "peak_mb": 500}


def bench_corpus(work, count=1_000):
    """document coverage of 1,000 laws and policies of AGORA's sizes; goal: 60 s and 500 MB"""
    lines = [line for line in data("agora/documents.jsonl").read_text().split("\n") if line]
    folder = work / "corpus"
    folder.mkdir()
    for i in range(count):
        (folder / f"{i:04}.txt").write_text(json.loads(lines[i % len(lines)])["text"])
    ours = measure([ASSAY, "document", "coverage", "--csv", work / "corpus.csv", folder], work, 1, codes=(0, 3),
                   check=lambda text: f"{count} documents rated" in text)
    return ours, None, {"seconds": 60, "peak_mb": 500}


BENCHES = {"show": bench_show, "content": bench_content, "example": bench_example,
           "findings": bench_findings, "bank": bench_bank,
           "labels": bench_labels, "large": bench_large,
           "text": bench_text, "coverage": bench_coverage, "corpus": bench_corpus}


def row(name, work):
    result = {"name": name, "about": BENCHES[name].__doc__}
    try:
        ours, peer, goals = BENCHES[name](work)
    except NotMeasured as why:
        return {**result, "ok": True, "not_measured": str(why)}
    except (Wrong, OSError, subprocess.SubprocessError, ValueError) as error:
        return {**result, "ok": False, "error": str(error)}
    result.update(ours=ours, goals=goals, ok=all(ours[key] <= goal for key, goal in goals.items()))
    if peer:
        result.update(peer=peer[0], peer_measured=peer[1], ratio=ours["seconds"] / peer[1]["seconds"])
    return result


def show(result):
    if "not_measured" in result:
        return f"     {result['name']:<9} not measured: {result['not_measured']}"
    if "error" in result:
        return f"FAIL {result['name']:<9} {result['error']}"
    ours, goals = result["ours"], result["goals"]
    line = (f"{'ok  ' if result['ok'] else 'FAIL'} {result['name']:<9} {ours['seconds']:8.3f} s (goal {goals['seconds']:g})"
            f" {ours['peak_mb']:7.1f} MB" + (f" (goal {goals['peak_mb']:g})" if "peak_mb" in goals else ""))
    if "peer" in result:
        peer = result["peer_measured"]
        line += f"   {result['peer']}: {peer['seconds']:.3f} s, {peer['peak_mb']:.0f} MB, ratio {result['ratio']:.2f}"
    return line + f"\n     {'':<9} {result['about']}"


def main():
    names = sys.argv[1:] or list(BENCHES)
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.exit(f"no benchmark {', '.join(unknown)}; there are: {', '.join(BENCHES)}")
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            results.append(row(name, pathlib.Path(folder)))
            print(show(results[-1]), flush=True)
    machine = {"cores": os.cpu_count(), "machine": platform.machine(), "load": os.getloadavg()[0]}
    (ROOT / "build/bench.json").write_text(json.dumps({"machine": machine, "results": results}, indent=1, ensure_ascii=False))
    print(f"{machine['cores']} cores, load {machine['load']:.1f}; written: build/bench.json")
    return 0 if all(r["ok"] for r in results) else 1


if __name__ == "__main__":
    sys.exit(main())
