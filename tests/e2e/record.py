# SPDX-License-Identifier: Apache-2.0
"""The record: verify finds what was changed; backup, restore, migrate; newer and broken ones."""
import contextlib
import re
import sqlite3

from harness import AS_OF, EXAMPLE, expect, rows, same, short


def fresh(world):
    """A copy of a record to do harm to."""
    target = world.temp("record") / "lantern.assay"
    world.ok("record", "backup", world.assessed.folder / "lantern.assay", target)
    return target


@contextlib.contextmanager
def database(path):
    """The file as a database; closed at the end, so that all of it stands in the one file."""
    db = sqlite3.connect(path)
    try:
        yield db
        db.commit()
    finally:
        db.close()


def harm(record, *statements):
    with database(record) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            done = db.execute(statement)
            expect(done.rowcount != 0, f"{statement} changed nothing")


def head(world):
    text = (world.assessed.folder / "lantern-report" / "record-head.txt").read_text()
    return re.search("^record-head ([0-9a-f]{64})$", text, re.M)[1]


def test_verify_whole_record(world):
    record = world.assessed.folder / "lantern.assay"
    done = world.ok("record", "verify", record, "--head", head(world))
    expect("whole" in done.out and head(world) in done.out, short(done.out))
    row = world.lines("record", "verify", record, "--json")[0]
    same((row["faults"], row["head"]), ([], head(world)), "verify --json")
    same(row["entries"], rows(record, "SELECT count(*) FROM entry")[0][0], "entries")
    expect("完整" in world.ok("record", "verify", record, "--lang", "zh").out, "not in Chinese")


def test_the_database_itself_refuses_changes(world):
    with database(fresh(world)) as db:
        for statement in ("UPDATE entry SET body = '{}'", "DELETE FROM entry"):
            try:
                db.execute(statement)
            except sqlite3.IntegrityError as error:
                expect("append-only" in str(error), str(error))
            else:
                expect(False, f"{statement} was let through")


TAMPERING = [
    ("a value changed", "UPDATE entry SET body = replace(body, '\"value\":2939', '\"value\":12940') "
                        "WHERE kind = 'measurement' AND name = 'total'"),
    ("a verdict changed", "UPDATE entry SET body = replace(body, 'not-satisfied', 'satisfied') "
                          "WHERE kind = 'verdict' AND name = 'gbt-45654/GAI-KW-001'"),
    ("a time changed", "UPDATE entry SET time = '2020-01-01T00:00:00Z' WHERE seq = 5"),
    ("a check renamed", "UPDATE entry SET check_id = 'other' WHERE seq = 6"),
    ("a finding removed", "DELETE FROM entry WHERE seq = (SELECT min(seq) FROM entry WHERE kind = 'finding')"),
    ("the first entry removed", "DELETE FROM entry WHERE seq = 1"),
    ("an entry put in", "INSERT INTO entry SELECT 0, time, run, check_id, attempt, kind, name, about, body, "
                        "digest FROM entry WHERE seq = 9"),
    ("a digest changed", "UPDATE entry SET digest = zeroblob(32) WHERE seq = 7"),
    ("evidence changed", "UPDATE blob SET bytes = CAST(bytes || x'00' AS BLOB) WHERE digest = "
                         "(SELECT max(digest) FROM blob)"),
    ("evidence removed", "DELETE FROM blob WHERE digest = (SELECT max(digest) FROM blob)"),
]


def test_verify_finds_tampering(world):
    for what, statement in TAMPERING:
        record = fresh(world)
        harm(record, statement)
        done = world.run("record", "verify", record)
        expect(done.code == 1 and "broken" in done.out, f"{what}: exit {done.code}: {short(done.out)}")
        row = world.lines("record", "verify", record, "--json", code=1)[0]
        expect(row["faults"], f"{what}: no fault in JSON")


def test_verify_finds_entries_that_changed_places(world):
    record = fresh(world)
    harm(record, "UPDATE entry SET seq = -1 WHERE seq = 20", "UPDATE entry SET seq = 20 WHERE seq = 21",
         "UPDATE entry SET seq = 21 WHERE seq = -1")
    done = world.ok("record", "verify", record, code=1)
    expect(re.search(r"\b(20|21)\b", done.out), f"the entry is not named: {short(done.out)}")


def test_an_earlier_head_still_stands_in_the_chain(world):
    folder = world.temp("heads")
    system = world.copy_light_example(folder)
    words = ["assess", system, "--as-of", AS_OF, "--record", folder / "r", "-o", folder / "out"]
    world.ok(*words, code=1)
    noted = (folder / "out" / "record-head.txt").read_text().split()[1]
    world.ok(*words, "--seed", "7", code=1)
    row = world.lines("record", "verify", folder / "r", "--head", noted, "--json")[0]
    same(row["faults"], [], "faults")
    expect(0 < row["noted_at"] < row["entries"], f"noted at {row.get('noted_at')} of {row['entries']}")
    world.ok("record", "verify", folder / "r", "--head", "deadbeef", code=2)
    world.ok("record", "verify", folder / "r", "--head", "0" * 63 + "1", code=1)


def test_a_damaged_record_is_neither_reported_nor_continued(world):
    record = fresh(world)
    harm(record, "UPDATE entry SET body = '{}' WHERE seq = 5")
    before = rows(record, "SELECT seq, digest FROM entry")
    for words in (["report", record], ["assess", EXAMPLE / "system.yaml", "--as-of", AS_OF, "--record", record,
                                       "-o", world.temp("out")]):
        done = world.ok(*words, code=2)
        expect("entry 5" in done.err and "verify" in done.err, f"message: {short(done.err)}")
    same(rows(record, "SELECT seq, digest FROM entry") == before, True, "the record is as it was")


def test_a_cut_end_shows_against_the_head(world):
    record = fresh(world)
    harm(record, "DELETE FROM entry WHERE seq > (SELECT max(seq) - 3 FROM entry)")
    world.ok("record", "verify", record)
    done = world.ok("record", "verify", record, "--head", head(world), code=1)
    expect("removed" in done.out, short(done.out))


def test_report_and_assess_from_a_tampered_record_do_not_pass_for_whole(world):
    record = fresh(world)
    harm(record, TAMPERING[0][1])
    world.run("report", record, "--format", "json")
    world.ok("record", "verify", record, code=1)


def test_list(world):
    row = world.lines("record", "list", world.assessed.folder / "lantern.assay", "--json")
    same([(r["system"], r["as_of"], r["concluded"]) for r in row], [("lantern", AS_OF, True)], "runs")


def test_backup_and_restore(world):
    folder = world.temp()
    record = world.assessed.folder / "lantern.assay"
    world.ok("record", "backup", record, folder / "backup")
    done = world.ok("record", "backup", record, folder / "backup", code=2)
    expect("backup" in done.err, short(done.err))
    world.ok("record", "restore", folder / "backup", folder / "restored")
    same(world.lines("record", "verify", folder / "restored", "--json")[0]["head"], head(world), "head")
    made = (world.assessed.folder / "lantern-report" / "report.json").read_text()
    same(world.ok("report", folder / "restored", "--format", "json").out == made, True, "its report")
    done = world.ok("record", "restore", folder / "backup", folder / "restored", code=2)
    expect("restored" in done.err, short(done.err))
    harm(folder / "backup", TAMPERING[0][1])
    world.run("record", "restore", folder / "backup", folder / "from-tampered")
    expect(not (folder / "from-tampered").exists(), "a tampered backup was restored")


def older(world):
    """A record as version 1 wrote it."""
    record = fresh(world)
    with database(record) as db:
        for name in ("entry_is_not_changed", "entry_is_not_removed"):
            db.execute(f"DROP TRIGGER {name}")
        for name in ("entry_by_kind", "run_by_name"):
            db.execute(f"DROP INDEX {name}")
        db.execute("PRAGMA user_version = 1")
    return record


def test_an_older_record_is_migrated_on_a_copy(world):
    record = older(world)
    before = record.read_bytes()
    done = world.ok("assess", EXAMPLE / "system.yaml", "--as-of", AS_OF, "--record", record, code=2,
                    cwd=record.parent)
    expect("record migrate" in done.err, f"message: {short(done.err)}")
    new = record.parent / "new.assay"
    world.ok("record", "migrate", record, new)
    same(record.read_bytes() == before, True, "the old record is untouched")
    same(world.lines("record", "verify", new, "--json")[0]["head"], head(world), "head of the copy")
    world.ok("assess", EXAMPLE / "system.yaml", "--as-of", AS_OF, "--record", new, code=1,
             cwd=record.parent)
    world.ok("record", "verify", new)
    world.ok("record", "migrate", record, new, code=2)


def test_a_newer_record_is_refused_and_left_alone(world):
    record = fresh(world)
    with database(record) as db:
        db.execute("PRAGMA user_version = 99")
    before = record.read_bytes()
    for words in (["record", "verify", record], ["record", "list", record], ["report", record],
                  ["record", "migrate", record, record.parent / "x"],
                  ["assess", EXAMPLE / "system.yaml", "--as-of", AS_OF, "--record", record]):
        done = world.ok(*words, code=2, cwd=record.parent)
        expect("version 99" in done.err and re.search("newer|wrote it", done.err),
               f"{words[:2]}: {short(done.err)}")
    same(record.read_bytes() == before, True, "the record is untouched")


def test_what_is_no_record_is_refused_and_left_alone(world):
    folder = world.temp()
    whole = fresh(world).read_bytes()
    page = bytearray(whole)
    page[100:4096] = b"\xa5" * (4096 - 100)
    with database(folder / "other") as db:
        db.execute("CREATE TABLE t (x)")
    for name, raw in (("text", b"not a record\n" * 100), ("cut", whole[:len(whole) // 2]),
                      ("page", bytes(page)), ("other", (folder / "other").read_bytes())):
        path = folder / name
        path.write_bytes(raw)
        for words in (["record", "verify", path],
                      ["assess", EXAMPLE / "system.yaml", "--as-of", AS_OF, "--record", path]):
            done = world.run(*words, cwd=folder)
            expect(done.code in (1, 2, 4), f"{name}: {words[0]} exit {done.code}")
            expect(name in done.err or "broken" in done.out, f"{name}: {short(done.err + done.out)}")
        if name != "cut":
            same(path.read_bytes()[:100] == raw[:100], True, f"{name}: its head")
    done = world.ok("record", "verify", folder / "nowhere", code=2)
    expect("nowhere" in done.err and not (folder / "nowhere").exists(), short(done.err))


def test_no_folder_for_the_record(world):
    folder = world.temp()
    done = world.run("assess", EXAMPLE / "system.yaml", "--as-of", AS_OF, "--record",
                     folder / "no" / "r.assay", cwd=folder)
    expect(done.code in (2, 4) and "r.assay" in done.err, f"exit {done.code}: {short(done.err)}")
    same(list(folder.iterdir()), [], "files left behind")
