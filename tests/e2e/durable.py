# SPDX-License-Identifier: Apache-2.0
"""What the record survives: kill -9, two at once, a full disk, an interrupt."""
import collections
import json
import os
import random
import shutil
import signal
import subprocess
import time

from harness import AS_OF, Skip, expect, is_root, json_lines, rows, same, short, wait_for

KILLS = 10
WORDS = ["assess", "lantern/system.yaml", "--as-of", AS_OF, "--jobs", "1"]


def slow_example(world):
    """The example with inputs so large that there is time to kill."""
    folder = world.temp("slow")
    system = world.copy_light_example(folder)
    keywords = system.parent / "keywords.csv"
    with open(keywords, "a") as out:
        out.writelines(f"词条{i:06}号,A.1.h,2026-11-01,2026-11-01,low\n" for i in range(60000))
    banks = system.parent / "banks"
    for name in ("generation", "must-refuse"):
        path = banks / f"{name}.jsonl"
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        with open(path, "a") as out:
            for copy in range(12):
                for i, row in enumerate(lines):
                    row = dict(row, id=f"{row['id']}-{copy}", text=f"{copy * 7919 + i:07x}{row['text'][::-1]}{copy}")
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return folder


def events(record):
    """(check, kind) of every beginning and end, in order."""
    return rows(record, "SELECT run, check_id, kind FROM entry WHERE kind IN ('begin', 'end') ORDER BY seq")


def ends(record):
    try:
        return rows(record, "SELECT count(*) FROM entry WHERE kind = 'end'")[0][0]
    except Exception:  # not there yet
        return 0


def at_work_after(record, number):
    """Whether so many checks have ended and the next one is at work."""
    kinds = [kind for _, _, kind in events_or_none(record)]
    return kinds.count("end") >= number and kinds[-1] == "begin"


def stop_when(process, condition):
    """Lets the program run a little at a time until the condition holds or it has ended."""
    while process.poll() is None:
        process.send_signal(signal.SIGSTOP)
        if condition():
            return
        process.send_signal(signal.SIGCONT)
        time.sleep(0.002)


def kill(process):
    process.kill()
    process.wait()
    process.stdout.close()
    process.stderr.close()


def whole(world, record, when):
    if ends(record) == 0 and not events_or_none(record):
        return  # nothing was begun yet, and so nothing can be lost
    done = world.run("record", "verify", record)
    expect(done.code == 0 and "whole" in done.out,
           f"record {when}: exit {done.code}: {short(done.out + done.err)}")


def nothing_repeated(record):
    finished = set()
    for run, check, kind in events(record):
        if kind == "end":
            finished.add((run, check))
        else:
            expect((run, check) not in finished, f"{check} was begun again after it had finished")
    return finished


def reported(record):
    return bool(ends(record) and rows(record, "SELECT 1 FROM entry WHERE kind = 'reported'"))


def test_kill_at_random_moments_then_go_on(world):
    folder = slow_example(world)
    shutil.copytree(folder / "lantern", folder / "calm" / "lantern")
    start = time.monotonic()
    calm = world.ok(*WORDS, "--json", code=1, cwd=folder / "calm")
    length = time.monotonic() - start
    record = folder / "lantern.assay"
    chance = random.Random(os.environ.get("ASSAY_E2E_SEED", "20261122"))
    killed = 0
    for number in range(KILLS):
        process = world.start(*WORDS, cwd=folder)
        moment = chance.uniform(0, length)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            pass
        kill(process)
        killed += process.returncode == -signal.SIGKILL
        whole(world, record, f"after kill {number} at {moment:.3f} s")
        if reported(record):  # it was quicker than the kill: a run is done, begin with none
            nothing_repeated(record)
            for path in folder.glob("lantern.assay*"):
                path.unlink()
    expect(killed >= KILLS // 2, f"only {killed} of {KILLS} kills hit a running program")
    done = world.ok(*WORDS, "--json", code=1, cwd=folder)
    whole(world, record, "at the end")
    nothing_repeated(record)
    same(len(world.lines("record", "list", record, "--json")), 1, "runs in the record")
    same(done.out == calm.out, True, "the same JSON as without kills")
    for name in ("report.html", "report.json"):
        same((folder / "lantern-report" / name).read_bytes() ==
             (folder / "calm" / "lantern-report" / name).read_bytes(), True, f"{name} as without kills")


def test_kill_after_each_check_then_go_on(world):
    """The moment is not left to chance: each time one more check has ended."""
    folder = slow_example(world)
    record = folder / "lantern.assay"
    killed = 0
    for number in range(1, 7):
        process = world.start(*WORDS, cwd=folder)
        stop_when(process, lambda n=number: at_work_after(record, n))
        kill(process)
        whole(world, record, f"after end {number}")
        if process.returncode != -signal.SIGKILL:  # the last checks are too quick to be caught
            break
        expect(not reported(record), "the kill came after the end")
        killed += 1
    expect(killed >= 2, f"only {killed} kills hit a running program")
    if process.returncode == -signal.SIGKILL:
        world.ok(*WORDS, code=1, cwd=folder)
    finished = nothing_repeated(record)
    begun = collections.Counter(check for _, check, kind in events(record) if kind == "begin")
    same(len(finished), len(begun), "checks that finished")
    same(max(begun.values()) > 1, True, "a check was cut off and begun again")
    same(len(world.lines("record", "list", record, "--json")), 1, "runs in the record")


def test_evidence_changed_between_is_looked_at_again(world):
    folder = slow_example(world)
    record = folder / "lantern.assay"
    done = "SELECT 1 FROM entry WHERE kind = 'end' AND check_id = 'attestation'"
    process = world.start(*WORDS, cwd=folder)
    stop_when(process, lambda: ends(record) and rows(record, done))
    kill(process)
    same(process.returncode, -signal.SIGKILL, "killed before its end")
    for path in (folder / "lantern" / "evidence").glob("*.md"):
        path.write_text(path.read_text() + "\nchanged\n")
    world.ok(*WORDS, code=1, cwd=folder)
    refused = rows(record, "SELECT count(*) FROM entry WHERE name = 'evidence-changed'")[0][0]
    expect(refused > 0, "attested evidence that was changed meanwhile was taken")
    nothing = rows(record, "SELECT count(*) FROM entry WHERE kind = 'begin' AND check_id = 'keyword_library'")
    same(nothing[0][0], 1, "beginnings of a check whose files are the same")


def test_kill_while_the_record_is_made(world):
    folder = world.temp("early")
    world.copy_light_example(folder)
    record = folder / "lantern.assay"
    for delay in range(0, 60, 3):
        process = world.start(*WORDS, cwd=folder)
        time.sleep(delay / 1000)
        kill(process)
        whole(world, record, f"after a kill at {delay} ms")
    world.ok(*WORDS, code=1, cwd=folder)
    whole(world, record, "at the end")


def test_interrupt_ends_soon_with_130_and_goes_on(world):
    folder = slow_example(world)
    record = folder / "lantern.assay"
    for sign in (signal.SIGINT, signal.SIGTERM):
        before = len(events_or_none(record))
        process = world.start(*WORDS, cwd=folder)
        wait_for(lambda n=before: len(events_or_none(record)) > n, "a check to begin")
        process.send_signal(sign)
        start = time.monotonic()
        code = process.wait(30)
        process.stdout.close()
        error = process.stderr.read().decode()
        process.stderr.close()
        same(code, 130, f"exit after {sign.name} ({short(error)})")
        expect(time.monotonic() - start < 10, "it took long to stop")
        whole(world, record, f"after {sign.name}")
    world.ok(*WORDS, code=1, cwd=folder)
    nothing_repeated(record)


def events_or_none(record):
    try:
        return events(record)
    except Exception:  # not there yet
        return []


def test_two_at_once_on_one_record(world):
    folder = slow_example(world)
    record = folder / "lantern.assay"
    first = world.start(*WORDS, cwd=folder)
    try:
        wait_for(lambda: record.exists() and events_or_none(record), "a check to begin")
        first.send_signal(signal.SIGSTOP)
        expect(first.poll() is None, "the first had already ended")
        second = world.ok(*WORDS, code=4, cwd=folder, timeout=10)
        expect("another assay" in second.err and str(first.pid) in second.err and
               "lantern.assay" in second.err, f"message: {short(second.err)}")
        world.ok("record", "list", record)
        world.ok("record", "backup", record, folder / "backup")
        whole(world, folder / "backup", "backed up while it is written")
    finally:
        first.send_signal(signal.SIGCONT)
    first.communicate(timeout=120)
    same(first.returncode, 1, "exit of the first")
    whole(world, record, "at the end")
    nothing_repeated(record)


class SmallDisk:
    """A file system of so many kilobytes, as root can mount."""

    def __init__(self, world, kilobytes):
        if not is_root():
            raise Skip("only root can mount a small disk")
        self.path = world.temp("disk")
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "assay-e2e", self.path],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise Skip(f"no mount here: {short(done.stderr)}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], check=False)

    def grow(self):
        subprocess.run(["mount", "-o", "remount,size=64m", self.path], check=True)


def test_full_disk(world):
    folder = world.temp("full")
    world.copy_light_example(folder)
    for kilobytes in (8, 60, 200, 500, 900, 1500, 2100):
        with SmallDisk(world, kilobytes) as disk:
            record = disk.path / "lantern.assay"
            words = [*WORDS, "--record", record, "-o", disk.path / "report"]
            done = world.run(*words, cwd=folder)
            if done.code == 1:
                expect(kilobytes > 1000, f"{kilobytes} kB were enough")
                continue
            same(done.code, 4, f"exit with {kilobytes} kB ({short(done.err)})")
            expect("full" in done.err or "space" in done.err.lower(), f"message: {short(done.err)}")
            rescued = world.temp("rescued")
            for path in disk.path.glob("lantern.assay*"):
                shutil.copy(path, rescued)
            if (rescued / "lantern.assay").exists() and (rescued / "lantern.assay").stat().st_size:
                whole(world, rescued / "lantern.assay", f"from a disk of {kilobytes} kB")
            for path in (disk.path / "report").glob("*"):
                expect(path.name in ("report.html", "report.json", "record-head.txt"),
                       f"a half-written {path.name} was left")
            kept = ends(record)
            disk.grow()
            world.ok(*words, code=1, cwd=folder)
            whole(world, record, f"after {kilobytes} kB grew")
            nothing_repeated(record)
            expect(ends(record) >= max(kept, 7), "ends were lost")


def test_file_size_limit(world):
    """As a full disk, for those who are not root."""
    folder = world.temp("limited")
    world.copy_light_example(folder)
    record = folder / "lantern.assay"
    done = world.run(*WORDS, cwd=folder, file_limit=300_000)
    same(done.code, 4, f"exit ({short(done.err)})")
    whole(world, record, "after the limit")
    done = world.ok(*WORDS, "--json", code=1, cwd=folder)
    expect(len(json_lines(done.out)) >= 213, "clauses at the end")
    whole(world, record, "at the end")
    nothing_repeated(record)
