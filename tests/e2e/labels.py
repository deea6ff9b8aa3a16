# SPDX-License-Identifier: Apache-2.0
"""Labels of generated content: written into real files, read by others, judged, signed."""
import base64
import functools
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import time
import zipfile
import zlib

from harness import EXAMPLE, as_nobody, expect, is_root, json_lines, same, short

PRODUCER = "001191110102MACQD9K64010000"
PLATFORM = "001191440300708461136T20001"
KEYS = ["Label", "ContentProducer", "ProduceID", "ReservedCode1", "ContentPropagator", "PropagateID", "ReservedCode2"]
WORDS = ["--producer", PRODUCER, "--produce-id", "p-2026-0001"]
VALUE = json.dumps(dict(zip(KEYS, ["1", PRODUCER, "p-2026-0001", "", PRODUCER, "p-2026-0001", ""])),
                   separators=(",", ":"))

TONE = ["-f", "lavfi", "-i", "sine=frequency=440:duration=1"]
FILM = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=1"]
# name: what ffmpeg makes it from, and the option of exiftool that shows the label's place
FILES = {
    "p.png": FILM + ["-frames:v", "1"],
    "p.jpg": FILM + ["-frames:v", "1"],
    "p.gif": FILM,
    "p.webp": FILM + ["-frames:v", "1"],
    "p.tiff": FILM + ["-frames:v", "1"],
    "f.mp4": FILM + TONE + ["-c:v", "mpeg4", "-c:a", "aac"],
    "fast.mp4": FILM + TONE + ["-c:v", "mpeg4", "-c:a", "aac", "-movflags", "+faststart"],
    "fragments.mp4": FILM + ["-c:v", "mpeg4", "-movflags", "+frag_keyframe+empty_moov"],
    "tagged.mp4": FILM + ["-c:v", "mpeg4", "-metadata", "title=Lantern"],
    "f.mov": FILM + ["-c:v", "mpeg4"],
    "f.mkv": FILM + TONE + ["-c:v", "mpeg4", "-c:a", "aac", "-metadata", "title=Lantern"],
    "f.webm": FILM + ["-c:v", "libvpx"],
    "f.avi": FILM + TONE + ["-c:v", "mpeg4", "-c:a", "mp2"],
    "f.flv": FILM + ["-c:v", "flv"],
    "s.wav": TONE,
    "s.mp3": TONE + ["-metadata", "title=Lantern"],
    "s.flac": TONE + ["-metadata", "title=Lantern"],
    "s.ogg": TONE + ["-c:a", "libvorbis", "-metadata", "title=Lantern"],
    "s.opus": TONE + ["-c:a", "libopus"],
    "s.m4a": TONE + ["-c:a", "aac"],
    "s.aac": TONE + ["-c:a", "aac"],
}


def ffmpeg(*words):
    done = subprocess.run(["ffmpeg", "-v", "error", "-y", "-nostdin", *map(str, words)],
                          capture_output=True, timeout=60)
    expect(done.returncode == 0, f"ffmpeg {words}: {short(done.stderr.decode())}")
    return done.stdout


@functools.lru_cache(maxsize=None)
def media(world):
    """One file of each kind, without a label."""
    folder = world.temp("media")
    for name, words in FILES.items():
        ffmpeg(*words, "-bitexact", folder / name)
    return folder


def decoded(path):
    """What a player shows and plays: the digest of every picture and sound."""
    return ffmpeg("-i", path, "-map", "0", "-f", "framemd5", "-")


def copy_of(world, name):
    out = world.temp("label") / name
    shutil.copy(media(world) / name, out)
    return out


def exiftool(path):
    done = subprocess.run(["exiftool", "-j", "-u", "-b", "-a", "-ee", "-G1", str(path)], capture_output=True, timeout=60)
    return json.loads(done.stdout)[0]


def labels_by_exiftool(path):
    out = []
    for name, value in exiftool(path).items():
        if isinstance(value, str) and value.startswith("(AIGC) "):  # how it shows a TXXX frame
            out.append((name, value[7:]))
        elif "aigc" in name.lower():
            text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
            if text.startswith("base64:"):
                text = base64.b64decode(text[7:]).decode().rstrip("\0")  # it takes the padding for data
            out.append((name, text))
    return out


def checked(world, *words, code=0):
    return json_lines(world.ok("label", "check", "--json", *words, code=code).out)


def test_every_format_is_written_and_read_by_others(world):
    wrong = []
    for name in FILES:
        path = copy_of(world, name)
        before = decoded(path)
        done = world.run("label", "write", path, *WORDS)
        if done.code != 0:
            wrong.append(f"{name}: {short(done.err)}")
            continue
        row = checked(world, path)[0]
        if row["verdict"] != "compliant" or row["label"]["ProduceID"] != "p-2026-0001":
            wrong.append(f"{name}: {row}")
        if decoded(path) != before:
            wrong.append(f"{name}: what is played has changed")
        if VALUE not in [value for _, value in labels_by_exiftool(path)]:
            wrong.append(f"{name}: exiftool reads {labels_by_exiftool(path)}")
    same(wrong, [], "formats")


def test_other_metadata_stay(world):
    for name in ("tagged.mp4", "f.mkv", "s.mp3", "s.flac", "s.ogg"):
        path = copy_of(world, name)
        world.ok("label", "write", path, *WORDS)
        titles = [value for key, value in exiftool(path).items() if key.lower().endswith("title")]
        expect("Lantern" in titles, f"{name} lost its title: {titles}")


def test_what_ffmpeg_writes_is_read(world):
    folder = world.temp("ffmpeg")
    for name in ("f.mkv", "f.flv", "s.mp3", "s.flac", "s.ogg", "f.mp4"):
        more = ["-movflags", "use_metadata_tags"] if name.endswith("mp4") else []
        ffmpeg("-i", media(world) / name, "-c", "copy", *more, "-metadata", f"AIGC={VALUE}", folder / name)
    rows = checked(world, folder)
    same([(pathlib.Path(row["path"]).name, row["verdict"]) for row in rows if row["verdict"] != "compliant"], [],
         "labels that ffmpeg wrote")


def test_ffmpeg_drops_a_label_without_a_word_and_we_say_so(world):
    path = world.temp("dropped") / "f.mp4"
    ffmpeg("-i", media(world) / "f.mp4", "-c", "copy", "-metadata", f"AIGC={VALUE}", path)
    row = checked(world, "--require", path, code=1)[0]
    same(row["verdict"], "none", "verdict")
    same([f["id"] for f in row["findings"]], ["label-missing"], "findings")


def test_json_has_its_keys_and_names_clauses(world):
    rows = checked(world, EXAMPLE / "outputs", code=1)
    for row in rows:
        expect({"path", "format", "verdict", "platform", "label", "findings"} <= set(row), f"keys: {row}")
        expect(row["label"] is None or list(row["label"]) == KEYS, f"label: {row['label']}")
    found = [f for row in rows for f in row["findings"]]
    expect(found, "no findings")
    for one in found:
        expect({"id", "clause", "severity", "where", "message"} <= set(one), f"keys: {one}")
    expect(any(f["clause"].startswith("gb-45438/LBL-META") for f in found), "no clause is named")


def test_sarif_has_rules_and_places(world):
    log = json.loads(world.ok("label", "check", "--sarif", EXAMPLE / "outputs", code=1).out)
    same(log["version"], "2.1.0", "version")
    run = log["runs"][0]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    same({result["ruleId"] for result in run["results"]} - rules, set(), "results without a rule")
    for result in run["results"]:
        expect(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a result without a file")


def test_lists_and_archives(world):
    folder = world.temp("archive")
    path = copy_of(world, "p.png")
    world.ok("label", "write", path, *WORDS)
    with zipfile.ZipFile(folder / "inner.zip", "w") as inner:
        inner.write(path, "deep/p.png")
    with zipfile.ZipFile(folder / "outer.zip", "w") as outer:
        outer.write(folder / "inner.zip", "inner.zip")
        outer.write(path, "p.png")
    rows = checked(world, folder / "outer.zip")
    same(sorted(row["path"].split("/")[-2 if "deep" in row["path"] else -1] for row in rows),
         ["outer.zip!inner.zip!deep", "outer.zip!p.png"], "members")
    same({row["verdict"] for row in rows}, {"compliant"}, "verdicts")
    done = world.run("label", "check", "--json", "-", stdin=f"{path}\n".encode())
    same(len(json_lines(done.out)), 1, "a list from standard input")


def test_a_path_is_judged_once_however_it_is_written(world):
    folder = world.temp("once")
    text = text_file(folder / "in" / "t.txt", *LINES)
    (folder / "link").symlink_to("in")
    words = [text, folder / "in", folder / "in" / ".." / "in" / "t.txt", folder / "link" / "t.txt"]
    same([row["path"] for row in checked(world, *words)], [str(text)], "paths")
    listed = f"{folder}/in\r\n{text}\r\n".encode()
    same(len(json_lines(world.run("label", "check", "--json", "-", stdin=listed).out)), 1, "of a list")
    same(checked(world, "--sample", "3", *words)[-1]["sample"]["population"], 1, "files to draw from")


def test_a_large_member_is_looked_at(world):
    folder = world.temp("large")
    path = copy_of(world, "f.mp4")
    world.ok("label", "write", path, *WORDS)
    with open(path, "ab") as out:  # a box that nothing is read from
        out.write((300_000_008).to_bytes(4, "big") + b"free" + os.urandom(1_000_000))
        out.truncate(path.stat().st_size + 299_000_000)
    for name, method in (("stored.zip", zipfile.ZIP_STORED), ("deflated.zip", zipfile.ZIP_DEFLATED)):
        with zipfile.ZipFile(folder / name, "w", method, compresslevel=1) as archive:
            archive.write(path, "f.mp4")
        same(members(checked(world, folder / name)), [("f.mp4", "compliant")], name)


def pack(folder, name, *words):
    done = subprocess.run([*words], cwd=folder, capture_output=True)
    expect(done.returncode == 0, f"{words}: {short(done.stderr.decode())}")
    return folder / name


def members(rows):
    """(path behind the archive's own, verdict) of each row."""
    return sorted((row["path"].partition("!")[2], row["verdict"]) for row in rows)


def test_archives_of_others_are_walked(world):
    folder = world.temp("archives")
    shutil.copyfile(copy_of(world, "p.png"), folder / "p.png")
    world.ok("label", "write", folder / "p.png", *WORDS)
    (folder / "deep").mkdir()
    shutil.copyfile(media(world) / "p.jpg", folder / "deep/p.jpg")
    with zipfile.ZipFile(folder / "inner.zip", "w") as inner:
        inner.write(folder / "p.png", "z/p.png")
    (folder / "long" / ("x" * 90)).mkdir(parents=True)
    shutil.copyfile(folder / "p.png", folder / "long" / ("x" * 90) / "p.png")
    names = ["p.png", "deep", "inner.zip", "long"]
    want = sorted([("p.png", "compliant"), ("deep/p.jpg", "none"), ("inner.zip!z/p.png", "compliant"),
                   ("long/" + "x" * 90 + "/p.png", "compliant")])
    for name, words in {"a.tar": ["tar", "cf"], "u.tar": ["tar", "--format=ustar", "-cf"], "p.tar": ["tar", "--format=pax", "-cf"],
                        "a.tar.gz": ["tar", "czf"], "a.tgz": ["tar", "czf"], "a.tar.bz2": ["tar", "cjf"],
                        "a.tar.xz": ["tar", "cJf"], "a.tar.zst": ["tar", "--zstd", "-cf"],
                        "a.7z": ["bsdtar", "--format", "7zip", "-cf"]}.items():
        path = pack(folder, name, *words, name, *names)
        same(members(checked(world, path)), want, name)
    outer = pack(folder, "outer.tar", "tar", "cf", "outer.tar", "a.7z", "a.tar.xz")
    same(members(checked(world, outer)), sorted((f"{name}!{path}", verdict) for name in ("a.7z", "a.tar.xz")
                                                for path, verdict in want), "archives in an archive")
    pack(folder, "p.png.gz", "gzip", "-k", "p.png")
    same(members(checked(world, folder / "p.png.gz")), [("p.png", "compliant")], "one file")
    rows = json_lines(world.run("label", "read", "--json", folder).out)
    same(sum("outer.tar!" in row["path"] for row in rows), 8, "members of an archive in a folder")


def test_links_in_archives_are_not_followed(world):
    folder = world.temp("links")
    shutil.copyfile(copy_of(world, "p.png"), folder / "p.png")
    secret = folder / "secret.png"
    shutil.copyfile(folder / "p.png", secret)
    world.ok("label", "write", secret, *WORDS)
    with tarfile.open(folder / "l.tar", "w") as out:
        out.add(folder / "p.png", "../../p.png")
        for kind, name in ((tarfile.SYMTYPE, "s.png"), (tarfile.LNKTYPE, "h.png"), (tarfile.FIFOTYPE, "f.png")):
            link = tarfile.TarInfo(name)
            link.type, link.linkname = kind, str(secret)
            out.addfile(link)
        again = tarfile.TarInfo("again.png")
        again.type, again.linkname = tarfile.LNKTYPE, "../../p.png"
        out.addfile(again)
    want = [("../../p.png", "none"), ("f.png", "undecided"), ("h.png", "undecided"), ("s.png", "undecided")]
    same(members(checked(world, folder / "l.tar", code=3)), want, "tar")
    pack(folder, "l.tar.gz", "gzip", "-k", "l.tar")
    same(members(checked(world, folder / "l.tar.gz", code=3)), want, "tar.gz")


def test_bombs_and_damaged_archives_are_undecided(world):
    folder = world.temp("bombs")
    shutil.copyfile(copy_of(world, "p.png"), folder / "p.png")
    # 1.5 GB of zeros in two layers; archives in archives
    zeros = subprocess.run("head -c 1500000000 /dev/zero | zstd -q -1 | gzip", shell=True, capture_output=True).stdout
    (folder / "bomb.zst.gz").write_bytes(zeros)
    deep = (folder / "p.png").read_bytes()
    for i in range(8):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as out:
            member = tarfile.TarInfo(f"{i}")
            member.size = len(deep)
            out.addfile(member, io.BytesIO(deep))
        deep = packed.getvalue()
    (folder / "deep.tgz").write_bytes(deep)
    whole = {}
    for name, words in {"t.tar": ["tar", "cf"], "t.tgz": ["tar", "czf"], "t.7z": ["bsdtar", "--format", "7zip", "-cf"]}.items():
        whole[name] = pack(folder, name, *words, name, "p.png").read_bytes()
        cut = 512 + 200 if name == "t.tar" else len(whole[name]) * 2 // 3
        (folder / name).write_bytes(whole[name][:cut])
    (folder / "lies.tar").write_bytes(whole["t.tar"][:124] + b"77777777777\0" + whole["t.tar"][136:])
    for name in ("bomb.zst.gz", "deep.tgz", "t.tar", "t.tgz", "t.7z", "lies.tar"):
        rows = checked(world, folder / name, code=3)
        expect(rows and rows[-1]["verdict"] == "undecided", f"{name}: {rows}")
        expect(rows[-1]["findings"][0]["message"], f"{name}: no reason: {rows}")


def test_threads_change_nothing_but_the_time(world):
    folder = world.temp("threads")
    for i in range(30):
        for name in ("p.png", "p.jpg", "s.mp3", "f.mp4"):
            path = folder / f"{i:02}-{name}"
            shutil.copyfile(media(world) / name, path)
            if i % 3 == 0:
                world.ok("label", "write", path, *WORDS)
        (folder / f"{i:02}.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    pack(folder, "15.tar", "tar", "cf", "15.tar", "00-p.png", "01-p.png")
    (folder / "link").symlink_to("00-p.png")
    for words in (["read", "--json"], ["check", "--json"], ["check"], ["check", "--require", "--sarif"]):
        one = world.run("label", *words, "--jobs", "1", folder)
        for jobs in ("2", "4", "7"):
            other = world.run("label", *words, "--jobs", jobs, folder)
            same((other.code, other.out, other.err), (one.code, one.out, one.err), f"{words} with {jobs} threads")
    expect("--jobs" in world.ok("label", "read", "--jobs", "0", folder, code=2).err, "a wrong number of threads")


def test_a_label_is_not_overwritten_unless_asked(world):
    path = copy_of(world, "p.jpg")
    world.ok("label", "write", path, *WORDS)
    before = path.read_bytes()
    again = world.ok("label", "write", path, *WORDS)
    expect("already" in again.out, f"said: {again.out}")
    same(path.read_bytes(), before, "the same label twice")
    done = world.ok("label", "write", path, "--producer", PRODUCER, "--produce-id", "other", code=2)
    expect("--replace" in done.err, f"no mend: {done.err}")
    same(path.read_bytes(), before, "the file after a refusal")
    world.ok("label", "write", path, "--producer", PRODUCER, "--produce-id", "other", "--replace")
    same(len(labels_by_exiftool(path)), 1, "labels after --replace")


def test_a_platform_adds_its_own_fields(world):
    path = copy_of(world, "s.mp3")
    world.ok("label", "write", path, *WORDS)
    world.ok("label", "write", path, "--as", "propagator", "--propagator", PLATFORM, "--propagate-id", "post-7")
    row = checked(world, "--received", path)[0]
    same((row["label"]["ContentProducer"], row["label"]["ContentPropagator"], row["label"]["PropagateID"]),
         (PRODUCER, PLATFORM, "post-7"), "fields")
    same((row["verdict"], row["platform"]), ("compliant", "confirmed"), "verdicts")
    same(checked(world, path, code=1)[0]["findings"][0]["id"], "first-write-mismatch", "as the producer's own")


def test_platform_verdicts_by_article_6(world):
    path = copy_of(world, "p.png")
    same(checked(world, path)[0]["platform"], "none", "nothing known")
    same(checked(world, "--declared", path)[0]["platform"], "possible", "declared")
    world.ok("label", "write", path, *WORDS, "--label", "3")
    same(checked(world, path)[0]["platform"], "suspected", "label 3")


def test_a_label_behind_megabytes_is_read_or_nothing_is_written(world):
    folder = world.temp("heads")
    pad = "x" * 2_000_000
    for name, before, after in (("a.html", f'<html><head><link href="data:{pad}">', "</head>a"),
                                ("a.md", f"---\nt: {pad}\n", "---\na\n")):
        path = folder / name
        path.write_text(before + after)
        world.ok("label", "write", path, *WORDS)
        same(checked(world, path)[0]["verdict"], "compliant", name)
        world.ok("label", "write", path, "--producer", "B", "--produce-id", "2", code=2)
    for name, text in (("b.html", "<html><head>" + 34 * pad + "</head>"), ("b.md", "---\nt: " + 34 * pad + "\n---\n")):
        path = folder / name
        path.write_text(text)
        same(checked(world, path, code=3)[0]["verdict"], "undecided", name)
        world.ok("label", "write", path, *WORDS, code=2)
        same(path.stat().st_size, len(text), f"{name}, which was not read")


def test_nothing_is_written_beside_what_was_not_read(world):
    path = world.temp("unread") / "p.png"
    broken = b"Comment\0\0" + b"no zlib stream"
    path.write_bytes(with_chunk((media(world) / "p.png").read_bytes(), b"zTXt", broken))
    same(checked(world, path, code=3)[0]["verdict"], "undecided", "verdict")
    expect("--replace" in world.ok("label", "write", path, *WORDS, code=2).err, "no way out is told")
    world.ok("label", "write", path, *WORDS, "--replace")


def test_a_code_that_check_would_fault_is_not_written(world):
    path = copy_of(world, "p.png")
    before = path.read_bytes()
    wrong = PRODUCER.replace("K64", "K65")
    for role in (["--producer", wrong, "--produce-id", "1"],
                 ["--as", "propagator", "--producer", PRODUCER, "--produce-id", "1", "--propagator", wrong,
                  "--propagate-id", "2"]):
        expect("fails its check" in world.ok("label", "write", path, *role, code=2).err, f"{role}")
    said = world.ok("label", "write", path, "--producer", wrong, "--produce-id", "1", "--lang", "zh", code=2).err
    expect("校验不符" in said and not ENGLISH.search(said.replace(str(path), "")), f"said: {said}")
    same(path.read_bytes(), before, "the file")


def test_wrong_values_are_refused_before_anything_is_written(world):
    path = copy_of(world, "p.png")
    before = path.read_bytes()
    for words in (["--producer", "某公司", "--produce-id", "1"], ["--producer", "a b", "--produce-id", "1"],
                  ["--producer", PRODUCER], [*WORDS, "--propagator", PLATFORM, "--propagate-id", "7"],
                  [*WORDS, "-o", ""], [*WORDS, "--label", "AIGC"], [*WORDS, "--as", "nobody"]):
        done = world.ok("label", "write", path, *words, code=2)
        expect(done.err.strip(), f"{words}: no message")
    same(path.read_bytes(), before, "the file")


def test_a_value_without_end_is_a_fault_and_is_not_written(world):
    path = copy_of(world, "p.png")
    before = path.read_bytes()
    long = "p" * (16 * 1024)
    world.ok("label", "write", path, "--producer", PRODUCER, "--produce-id", long + "p", code=2)
    same(path.read_bytes(), before, "the file after a refusal")
    world.ok("label", "write", path, "--producer", PRODUCER, "--produce-id", long, "-o", path.parent / "full.png")
    row = checked(world, path.parent / "full.png")[0]
    same((row["verdict"], row["label"]["ProduceID"]), ("compliant", long), "as long as may be")
    value = VALUE.replace("p-2026-0001", "p" * 3_000_000)
    path.write_bytes(with_chunk(before, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<r:Description xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"><TC260:AIGC>' + value +
        "</TC260:AIGC></r:Description></r:RDF></x:xmpmeta>").encode()))
    done = world.run("label", "check", "--json", path)
    row = json_lines(done.out)[0]
    same((done.code, row["verdict"], {f["id"] for f in row["findings"]}), (1, "noncompliant", {"value-too-long"}), "megabytes")
    expect(len(done.out) < 200_000, f"{len(done.out)} bytes of output")


def test_broken_and_unknown_files_are_undecided(world):
    folder = world.temp("broken")
    png = (media(world) / "p.png").read_bytes()
    (folder / "cut.png").write_bytes(png[:60])
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 10)
    (folder / "empty").write_bytes(b"")
    rows = checked(world, folder, code=3)
    same({row["verdict"] for row in rows}, {"undecided"}, "verdicts")
    row = checked(world, folder / "not-there", code=2)[0]
    same((row["verdict"], row["findings"][0]["id"]), ("undecided", "file-unread"), "a file that is not there")
    log = json.loads(world.ok("label", "check", "--sarif", folder / "not-there", code=2).out)
    same([r["ruleId"] for r in log["runs"][0]["results"]], ["file-unread"], "in SARIF")
    same(world.run("label", "read", folder / "cut.png").code, 3, "reading a broken file")
    same(world.run("label", "check", "--require", world.temp("nothing")).code, 3, "an empty folder")
    same(world.run("label", "write", folder / "cut.png", *WORDS).code, 2, "writing into a broken file")
    same((folder / "cut.png").read_bytes(), png[:60], "the broken file")


def test_the_old_file_survives_a_full_disk_and_a_folder_without_rights(world):
    path = copy_of(world, "f.avi")
    before = path.read_bytes()
    done = world.run("label", "write", path, *WORDS, file_limit=4096)
    same(done.code, 4, f"a full disk ({short(done.err)})")
    same(path.read_bytes(), before, "the file after a full disk")
    same([p.name for p in path.parent.iterdir()], ["f.avi"], "what is left beside it")
    if is_root():
        path.parent.chmod(0o555)
        done = world.run_installed("label", "write", path, *WORDS, before=as_nobody())
        path.parent.chmod(0o755)
        same(done.code, 4, "a folder without rights")
        same(path.read_bytes(), before, "the file in a folder without rights")


def test_a_path_that_is_not_there_is_wrong_use_of_every_command(world):
    folder = keys(world)
    for words in (["check"], ["read"], ["verify"], ["write", *WORDS], ["sign", "--key", folder / "mine.pem"], ["chime"]):
        same(world.run("label", *words, folder / "not-there").code, 2, f"{words[0]}")
    done = world.run("label", "check", "--json", "-", stdin=f"{folder / 'not-there'}\n".encode())
    same((done.code, len(json_lines(done.out))), (3, 1), "in a list, where it is undecided")
    fault = EXAMPLE / "outputs"
    same(world.run("label", "check", folder / "not-there", fault).code, 1, "beside a fault, which says more")


def test_a_read_only_file_and_what_is_no_file_are_not_written(world):
    path = copy_of(world, "s.wav")
    before = path.read_bytes()
    pipe = path.parent / "pipe"
    os.mkfifo(pipe)
    path.chmod(0o444)
    commands = [["write", path, *WORDS], ["chime", path]]
    for words in commands:
        done = world.ok("label", *words, code=4)
        expect("chmod" in done.err, f"no mend: {done.err}")
        for out in (pipe, "/dev/full", path.parent):
            same(world.run("label", *words, "-o", out, timeout=5).code, 4 if out == path.parent else 2, f"to {out}")
        # What was read-only may be copied.
        out = path.parent / f"{words[0]}.wav"
        world.ok("label", *words, "-o", out)
        same(out.stat().st_mode & 0o777, 0o444, "mode")
        done = world.ok("label", *words, "-o", out, code=4)
    same(path.read_bytes(), before, "the file")
    same(sorted(p.name for p in path.parent.iterdir()), ["chime.wav", "pipe", "s.wav", "write.wav"], "beside it")


def test_of_many_writers_at_once_each_writes_whole_or_not(world):
    path = copy_of(world, "f.avi")
    running = [world.start("label", "write", path, "--producer", PRODUCER, "--produce-id", f"w{n}", "--replace",
                           cwd=path.parent) for n in range(8)]
    codes = [process.wait(timeout=60) for process in running]
    for process in running:
        process.communicate()
    expect(0 in codes and set(codes) <= {0, 4}, f"exit codes {codes}")
    row = checked(world, path)[0]
    same((row["verdict"], row["label"]["ProduceID"] in [f"w{n}" for n, code in enumerate(codes) if code == 0]),
         ("compliant", True), "the last that wrote")
    same([p.name for p in path.parent.iterdir()], ["f.avi"], "what is left beside it")


def test_a_kill_leaves_the_old_file_or_the_new_one(world):
    path = copy_of(world, "f.avi")
    old = path.read_bytes()
    for pause in (0, 0.005, 0.01, 0.02, 0.04):
        path.write_bytes(old)
        process = world.start("label", "write", path, *WORDS, cwd=path.parent)
        time.sleep(pause)
        process.kill()
        process.communicate()
        expect(path.read_bytes() == old or checked(world, path)[0]["verdict"] == "compliant", f"after {pause} s")


def test_a_link_and_its_mode_stay(world):
    path = copy_of(world, "p.png")
    path.chmod(0o640)
    link = path.parent / "link.png"
    link.symlink_to(path)
    world.ok("label", "write", link, *WORDS)
    expect(link.is_symlink(), "the link was replaced")
    same(path.stat().st_mode & 0o777, 0o640, "mode")
    same(checked(world, path)[0]["verdict"], "compliant", "verdict")


def keys(world):
    folder = world.temp("keys")
    for name in ("mine", "other"):
        subprocess.run(["openssl", "genpkey", "-algorithm", "SM2", "-out", folder / f"{name}.pem"], check=True,
                       capture_output=True)
        subprocess.run(["openssl", "pkey", "-in", folder / f"{name}.pem", "-pubout", "-out",
                        folder / f"{name}.pub"], check=True, capture_output=True)
    return folder


def verified(world, path, *words):
    done = world.run("label", "verify", "--json", path, *words)
    row = json_lines(done.out)[0]
    return done.code, row["signature"], row["binding"]


def test_a_signed_label_shows_every_change(world):
    folder = keys(world)
    for name in ("p.png", "f.mp4", "s.wav"):
        path = copy_of(world, name)
        world.ok("label", "write", path, *WORDS)
        world.ok("label", "sign", path, "--key", folder / "mine.pem", "--key-id", "k1")
        same(checked(world, path)[0]["verdict"], "compliant", f"{name} signed")
        same(verified(world, path), (3, "intact", "intact"), f"{name} without a pinned key")
        same(verified(world, path, "--key", folder / "mine.pub"), (0, "valid", "valid"), f"{name} pinned")
        same(verified(world, path, "--key", folder / "other.pub"), (1, "invalid", "invalid"), f"{name} other key")
        # A platform's own fields are outside the producer's signature.
        spread = path.parent / f"spread-{name}"
        world.ok("label", "write", path, "--as", "propagator", "--propagator", PLATFORM, "--propagate-id", "p7",
                 "-o", spread)
        same(verified(world, spread, "--key", folder / "mine.pub"), (0, "valid", "valid"), f"{name} spread")


def test_a_label_moved_to_another_file_is_found(world):
    folder = keys(world)
    path, other = copy_of(world, "p.png"), copy_of(world, "p.jpg")
    world.ok("label", "write", path, *WORDS)
    world.ok("label", "sign", path, "--key", folder / "mine.pem")
    reserved = checked(world, path)[0]["label"]["ReservedCode1"]
    world.ok("label", "write", other, *WORDS, "--reserved1", reserved)
    same(verified(world, other, "--key", folder / "mine.pub"), (1, "valid", "invalid"), "moved label")


def test_openssl_agrees_about_the_signature(world):
    folder = keys(world)
    path = copy_of(world, "s.flac")
    world.ok("label", "write", path, *WORDS)
    world.ok("label", "sign", path, "--key", folder / "mine.pem")
    data = json.loads(checked(world, path)[0]["label"]["ReservedCode1"])["SecurityData"]
    (folder / "signature").write_bytes(bytes.fromhex(data["PubSD"][0]["Signature"]))
    (folder / "message").write_text(f'"Label":"1","ContentProducer":"{PRODUCER}","ProduceID":"p-2026-0001"')
    done = subprocess.run(["openssl", "pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-pkeyopt",
                           "distid:1234567812345678", "-pubin", "-inkey", folder / "mine.pub", "-sigfile",
                           folder / "signature", "-in", folder / "message"], capture_output=True)
    same(done.returncode, 0, f"openssl: {short(done.stdout.decode() + done.stderr.decode())}")


def test_options_that_would_do_nothing_are_refused(world):
    for words in (["--json", "--sarif"], ["--seed", "7"], ["--c2pa-trust", keys(world) / "mine.pem"]):
        done = world.ok("label", "check", *words, media(world) / "p.png", code=2)
        expect(words[0] in done.err, f"{words}: {done.err}")


def test_no_label_is_told_apart_from_no_signature(world):
    path = copy_of(world, "p.png")
    told = [world.ok("label", "verify", path, code=3).out]
    same(json_lines(world.ok("label", "verify", "--json", path, code=3).out)[0]["labelled"], False, "without a label")
    world.ok("label", "write", path, *WORDS)
    told.append(world.ok("label", "verify", path, code=3).out)
    same(json_lines(world.ok("label", "verify", "--json", path, code=3).out)[0]["labelled"], True, "without a signature")
    expect("no implicit label" in told[0] and "signature of the label: none" in told[1], f"told: {told}")


def test_a_wrong_key_is_named(world):
    path = copy_of(world, "p.png")
    world.ok("label", "write", path, *WORDS)
    for command in ("sign", "verify"):
        done = world.ok("label", command, path, "--key", path, code=2)
        expect(done.err.startswith(f"assay: {path}: "), f"{command}: {done.err}")


def test_what_grows_in_steps_is_bound(world):
    pair = keys(world)
    for name, version in (("s.mp3", "4"), ("s.mp3", "3"), ("s.aac", "4")):
        path = copy_of(world, name)
        ffmpeg("-i", media(world) / name, "-c", "copy", "-id3v2_version", version, *(["-write_id3v2", "1"] if name == "s.aac" else []), path)
        world.ok("label", "write", path, *WORDS)
        for again in range(5):
            world.ok("label", "sign", path, "--replace", "--key", pair / "mine.pem")
            same(verified(world, path, "--key", pair / "mine.pub")[1:], ("valid", "valid"), f"{name} {version}, {again}")
    path = copy_of(world, "p.tiff")
    world.ok("label", "write", path, *WORDS)
    expect("old metadata stay" in world.ok("label", "sign", path, "--key", pair / "mine.pem", code=2).err, "no reason")
    world.ok("label", "sign", path, "--key", pair / "mine.pem", "--bind", "none")


def test_what_is_too_large_is_not_given_to_programs(world):
    folder = world.temp("huge")
    for name, size in (("p.png", 600 << 20), ("s.mp3", 5 << 30)):
        shutil.copyfile(media(world) / name, folder / name)
        os.truncate(folder / name, size)
        started = time.monotonic()
        row = json_lines(world.run("label", "check", "--explicit", "--json", folder / name).out)[0]
        expect("MiB" in row["explicit"]["error"], f"{name}: {row}")
        expect(time.monotonic() - started < 20, f"{name} took long")
        (folder / name).unlink()


def test_provider_codes(world):
    world.ok("label", "code", PRODUCER)
    done = world.ok("label", "code", PRODUCER[:-6] + "7" + PRODUCER[-5:], "--json", code=1)
    same(json_lines(done.out)[0]["findings"][0]["id"], "code-check-character", "finding")


def test_formats_and_messages_in_chinese(world):
    out = world.ok("label", "formats", "--lang", "zh").out
    for name in ("PNG", "MP4", "Matroska", "WAV", "PDF", "DOCX", "Markdown"):
        expect(name in out, f"{name} is not listed")
    path = copy_of(world, "p.png")
    done = world.ok("label", "write", path, "--producer", "a b", "--produce-id", "1", "--lang", "zh", code=2)
    expect("不允许" in done.err, f"said: {done.err}")


SPEECH = ("今天我们来讲一讲人工智能安全标准。生成合成内容应当添加标识，让公众知道它是由人工智能生成的。谢谢大家收听，我们下次再见。")
LONG_FILM = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=7"]
SPOKEN = {
    "s.wav": [], "s.mp3": ["-b:a", "64k"], "s.aac": [], "s.m4a": [], "s.flac": ["-ac", "2"],
    "s.ogg": ["-c:a", "libvorbis"], "s.opus": ["-c:a", "libopus"],
    "f.mp4": ["-c:v", "mpeg4"], "f.mov": ["-c:v", "mpeg4"], "f.mkv": ["-c:v", "mpeg4"],
    "f.webm": ["-c:v", "libvpx"],
}


@functools.lru_cache(maxsize=None)
def spoken(world):
    """Speech in each format that a rhythm is put into, with a title and a label."""
    folder = world.temp("spoken")
    subprocess.run(["espeak-ng", "-v", "cmn", "-w", folder / "speech.wav", SPEECH], check=True, timeout=60)
    for name, words in SPOKEN.items():
        film = [*LONG_FILM, "-shortest"] if name.startswith("f.") else []
        ffmpeg("-i", folder / "speech.wav", *film, *words, "-metadata", "title=Lantern", "-bitexact", folder / name)
        world.ok("label", "write", folder / name, *WORDS)
    return folder


def chimed(world, *words):
    return json_lines(world.ok("label", "chime", "--json", *words).out)[0]


def pictures_of(path):
    shown = ffmpeg("-i", path, "-map", "0:v", "-f", "framemd5", "-").decode()
    return [line for line in shown.splitlines() if not line.startswith(("#tb", "#stream"))]


ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}|\\bbyte\\b")


def test_places_are_told_in_the_language_of_the_reader(world):
    for name in FILES:
        path = copy_of(world, name)
        out = world.ok("label", "write", path, *WORDS, "--lang", "zh").out
        out += world.ok("label", "check", path, "--lang", "zh").out
        out += world.ok("label", "read", path, "--lang", "zh").out
        told = out.replace(str(path), "").replace(VALUE, "")
        expect(not ENGLISH.search(told), f"{name}: {ENGLISH.search(told)} in {short(told)}")
        same(world.ok("label", "read", "--json", path, "--lang", "zh").out,
             world.ok("label", "read", "--json", path).out, f"{name}: JSON, which is for programs")
    faulty = world.run("label", "check", EXAMPLE / "outputs", "--lang", "zh").out
    places = [line for line in faulty.splitlines() if line.startswith("    ") and "（字节 " in line]
    expect(places, f"no place in Chinese: {short(faulty)}")
    expect(" at byte " not in faulty, "a place in English")


def test_a_rhythm_is_put_into_each_format_and_heard(world):
    for name in SPOKEN:
        for place in ("start", "end"):
            path = world.temp("chime") / name
            before = spoken(world) / name
            row = chimed(world, before, "--place", place, "-o", path)
            same(row["recoded"], name not in ("s.wav", "s.flac"), f"{name}: encoded again")
            expect(-27 < row["level_db"] < -3, f"{name}: level {row['level_db']}")
            label = checked(world, path)[0]
            same((label["verdict"], label["label"]["ProduceID"]), ("compliant", "p-2026-0001"), f"{name}: the label")
            sound = path.parent / "sound.wav"
            ffmpeg("-i", path, "-vn", sound)
            heard = checked(world, "--explicit", sound)[0]["explicit"]["rhythms"]
            same(len(heard), 1, f"{name} {place}: rhythms")
            expect(abs(heard[0]["start"] - row["start"]) < 0.1, f"{name} {place}: {heard[0]['start']}, told {row['start']}")
            same(heard[0]["place"] if place == "start" else place, place, f"{name}: place")
            titles = [v for k, v in exiftool(path).items() if k.lower().endswith("title")]
            same(titles[:1], [v for k, v in exiftool(before).items() if k.lower().endswith("title")][:1],
                 f"{name}: the title")
            if name.startswith("f."):
                same(pictures_of(path), pictures_of(before), f"{name}: the pictures")


def test_a_rhythm_leaves_the_sound_itself_as_it_is(world):
    for name in ("s.wav", "s.flac"):  # kept bit for bit, as neither loses anything
        path = world.temp("chime") / name
        chimed(world, spoken(world) / name, "-o", path)
        old, new = (ffmpeg("-i", p, "-f", "s16le", "-") for p in (spoken(world) / name, path))
        expect(new.endswith(old) and len(new) > len(old), f"{name}: samples")


def test_a_cover_stays(world):
    folder = world.temp("cover")
    ffmpeg("-i", spoken(world) / "s.mp3", "-i", media(world) / "p.png", "-map", "0:a", "-map", "1:v", "-c", "copy",
           "-disposition:v", "attached_pic", folder / "s.mp3")
    chimed(world, folder / "s.mp3")
    same(pictures_of(folder / "s.mp3"), pictures_of(media(world) / "p.png"), "the cover")


def test_a_rhythm_in_a_film_is_heard(world):
    path = world.temp("heard") / "f.mov"
    row = chimed(world, spoken(world) / "f.mov", "-o", path)
    ffmpeg("-i", path, "-map_metadata", "-1", "-c", "copy", path.with_name("bare.mov"))
    seen = checked(world, "--explicit", path.with_name("bare.mov"))[0]
    same((seen["platform"], seen["explicit"]["found"], seen["explicit"]["sound"]), ("suspected", False, True), "film")
    same(len(seen["explicit"]["rhythms"]), 1, "rhythms")
    expect(abs(seen["explicit"]["rhythms"][0]["start"] - row["start"]) < 0.1, f"heard: {seen}")
    told = world.ok("label", "check", "--explicit", path).out
    expect("rhythm label" in told, f"told: {told}")
    silent = checked(world, "--explicit", media(world) / "f.mov")[0]["explicit"]
    same((silent["sound"], silent["rhythms"]), (False, []), "a film without sound")


def test_a_second_rhythm_and_what_is_signed_are_refused(world):
    path = world.temp("chime") / "s.mp3"
    shutil.copy(spoken(world) / "s.mp3", path)
    path.chmod(0o640)
    chimed(world, path)
    same(path.stat().st_mode & 0o777, 0o640, "mode")
    before = path.read_bytes()
    done = world.ok("label", "chime", path, "--lang", "zh", code=2)
    expect("--again" in done.err and "已在" in done.err, f"said: {done.err}")
    same(path.read_bytes(), before, "the file after a refusal")
    chimed(world, path, "--again", "--place", "end")
    same(len(checked(world, "--explicit", path)[0]["explicit"]["rhythms"]), 2, "rhythms")
    signed = path.parent / "signed.flac"
    shutil.copy(spoken(world) / "s.flac", signed)
    world.ok("label", "sign", signed, "--key", keys(world) / "mine.pem")
    expect("--will-resign" in world.ok("label", "chime", signed, code=2).err, "a bound label")
    chimed(world, signed, "--will-resign")
    same(verified(world, signed)[2], "invalid", "the binding of a changed file")
    same(sorted(p.name for p in path.parent.iterdir()), ["s.mp3", "signed.flac"], "what is left beside them")


def test_what_has_no_place_for_a_rhythm_is_told(world):
    for name in ("p.png", "f.webm", "f.mp4"):  # no sound in the second, too little in the third
        path = copy_of(world, name)
        done = world.ok("label", "chime", path, code=2)
        expect(done.err.strip(), f"{name}: no message")
        same(path.read_bytes(), (media(world) / name).read_bytes(), name)


GROUNDS = {"plain.png": "color=0x88aa66", "gradient.jpg": "gradients=c0=red:c1=blue:seed=3", "busy.webp": "testsrc2"}


def test_a_stamped_label_is_seen(world):
    folder = world.temp("stamp")
    for name, ground in GROUNDS.items():
        path, out = folder / name, folder / f"stamped-{name}"
        ffmpeg("-f", "lavfi", "-i", f"{ground}{':' if '=' in ground else '='}size=640x480", "-frames:v", "1", path)
        world.ok("label", "write", path, *WORDS)
        before = path.read_bytes()
        row = json_lines(world.ok("label", "stamp", path, "-o", out, "--json").out)[0]
        expect(row["right"] and 5 <= row["height_percent"] < 7, f"{name}: {row}")
        seen = checked(world, "--explicit", out)[0]
        same((seen["verdict"], seen["explicit"]["found"], seen["explicit"]["at_edge"], seen["label"]["ProduceID"]),
             ("compliant", True, True, "p-2026-0001"), name)
        same(path.read_bytes(), before, f"{name}, which was read")
    done = world.ok("label", "stamp", out, code=2)
    expect("--again" in done.err, f"said: {done.err}")
    world.ok("label", "stamp", path, "--height", "4", code=2)
    world.ok("label", "stamp", path, "--corner", "middle", code=2)
    before = path.read_bytes()
    done = world.ok("label", "stamp", path, "--text", "hello", code=2)
    expect("read back" in done.err and path.read_bytes() == before, "a label that is not read replaces nothing")
    world.ok("label", "stamp", path, "--text", "hello", "-o", folder / "hello.png", code=3)


def test_a_stamp_that_would_spoil_the_picture_is_refused(world):
    folder = world.temp("spoil")
    path = folder / "p.png"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=size=640x480", "-frames:v", "1", path)
    before = path.read_bytes()
    for text in ("由人工智能生成" * 6, "\n".join(["AI生成"] * 20), ""):
        done = world.ok("label", "stamp", path, "--text", text, "-o", folder / "o.png", code=2)
        expect("--text" in done.err, f"said: {done.err}")
    ffmpeg("-i", path, "-q:v", "2", folder / "p.jpg")
    for name in ("p.png", "p.jpg"):
        whole = (folder / name).read_bytes()
        cut = folder / f"cut-{name}"
        cut.write_bytes(whole[:len(whole) * 2 // 3])
        world.ok("label", "stamp", cut, "--again", code=2)
        same(cut.read_bytes(), whole[:len(whole) * 2 // 3], f"{name}, which is damaged")
    same((path.read_bytes(), (folder / "o.png").exists()), (before, False), "what is left")
    moving = folder / "moving.webp"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=size=640x480:rate=2:duration=2", "-c:v", "libwebp_anim", moving)
    for words in ([], ["--again"]):
        expect("animated WebP" in world.ok("label", "stamp", moving, *words, code=2).err, "an animation")


def test_how_long_a_label_stays_in_a_film(world):
    folder = world.temp("film")
    layer = folder / "layer.png"
    ffmpeg("-f", "lavfi", "-i", "color=0x405060:size=640x360", "-frames:v", "1", layer)
    world.ok("label", "stamp", layer, "--height", "8")
    for name, seconds in {"long.mp4": 3, "short.mkv": 1, "none.mp4": 0}.items():
        path = folder / name
        ffmpeg("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-i", layer, "-filter_complex",
               f"[1]crop=iw/3:ih/5:iw*2/3:ih*4/5[label];[0][label]overlay=W-w:H-h:enable='lt(t,{seconds})'",
               "-t", "4", "-pix_fmt", "yuv420p", path)
        seen = checked(world, "--explicit", path)[0]["explicit"]
        same(seen["found"], seconds > 0, name)
        if seconds:
            expect(seen["from"] == 0 and abs(seen["stays"] - seconds) < 0.2, f"{name}: {seen}")
    told = {name: world.ok("label", "check", "--explicit", folder / name).out for name in ("long.mp4", "short.mkv")}
    expect("at least 2 s" in told["short.mkv"] and "at least 2 s" not in told["long.mp4"], f"told: {told}")


def with_chunk(png, kind, data):
    """The PNG with a chunk behind its header."""
    chunk = len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    return png[:33] + chunk + png[33:]


def test_a_file_signed_by_c2pa_is_not_changed_unless_it_will_be_signed_again(world):
    path = copy_of(world, "p.png")
    path.write_bytes(with_chunk(path.read_bytes(), b"caBX", b"\0\0\0\x10jumb\0\0\0\x08jumd"))
    before = path.read_bytes()
    done = world.ok("label", "write", path, *WORDS, code=2)
    expect("--will-resign" in done.err, f"no mend: {done.err}")
    same(path.read_bytes(), before, "the file after a refusal")
    row = checked(world, "--c2pa", path)[0]
    expect(row["c2pa"]["verdict"] in ("invalid", "undecided"), f"a broken store: {row['c2pa']}")
    world.ok("label", "write", path, *WORDS, "--will-resign")
    same(checked(world, path)[0]["verdict"], "compliant", "verdict")


def of_two_pictures(first, second):
    """The JPEG `first` with `second` behind it, named by an index (CIPA DC-007) behind its first segment."""
    def entry(attributes, size, place):
        return b"".join(n.to_bytes(4, "little") for n in (attributes, size, place, 0))

    at = 4 + int.from_bytes(first[4:6], "big")  # behind APP0
    behind = 8 + 2 + 12 + 4
    size = len(first) + 8 + behind + 32
    index = (b"II*\0\x08\0\0\0\x01\0" + b"\x02\xb0\x07\0" + (32).to_bytes(4, "little") + behind.to_bytes(4, "little") + bytes(4)
             + entry(0x20030000, size, 0) + entry(0x00020002, len(second), size - at - 8))
    return first[:at] + b"\xff\xe2" + (len(index) + 6).to_bytes(2, "big") + b"MPF\0" + index + first[at:] + second


def test_the_index_of_further_pictures_is_moved(world):
    path = copy_of(world, "p.jpg")
    second = ffmpeg("-i", path, "-vf", "negate", "-f", "mjpeg", "-")
    path.write_bytes(of_two_pictures(path.read_bytes(), second))

    def extracted():
        return subprocess.run(["exiftool", "-b", "-MPImage2", path], capture_output=True).stdout
    same(extracted(), second, "the second picture before")
    for word in ("p-1", "p-" + "2" * 300, "p-3"):
        world.ok("label", "write", path, "--producer", PRODUCER, "--produce-id", word, "--replace")
        same(extracted(), second, f"the second picture with {short(word)}")
    size = subprocess.run(["exiftool", "-a", "-s3", "-MPImageLength", path], capture_output=True, text=True).stdout.split()
    same(int(size[0]), len(path.read_bytes()) - len(second), "size of the first picture")


TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
         'wordprocessingml.document.main+xml"/></Types>')
RELATIONS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
             'officeDocument" Target="word/document.xml"/></Relationships>')
DOCUMENT = ('<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:body><w:p><w:r><w:t>Lantern</w:t></w:r></w:p></w:body></w:document>')


def docx(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in (("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", DOCUMENT)):
            out.writestr(name, text)


def pdf(path):
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>", "<< /Title (Lantern) >>"]
    out, places = "%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n"
    path.write_text(out)


def test_documents_are_written_and_read_by_others(world):
    folder = world.temp("documents")
    docx(folder / "d.docx")
    pdf(folder / "d.pdf")
    (folder / "d.md").write_text("# Lantern\n\nText.\n")
    plain = (folder / "d.pdf").read_bytes()
    for name in ("d.docx", "d.pdf", "d.md"):
        world.ok("label", "write", folder / name, *WORDS)
    rows = checked(world, folder)
    same([(row["format"], row["verdict"]) for row in rows],
         [("DOCX", "compliant"), ("Markdown", "compliant"), ("PDF", "compliant")], "verdicts")
    for name in ("d.docx", "d.pdf"):
        expect(VALUE in [value for _, value in labels_by_exiftool(folder / name)],
               f"{name}: exiftool reads {exiftool(folder / name)}")
    expect((folder / "d.pdf").read_bytes().startswith(plain), "the PDF is not an update of the old one")
    done = subprocess.run(["qpdf", "--check", folder / "d.pdf"], capture_output=True)
    same(done.returncode, 0, f"qpdf: {short(done.stdout.decode() + done.stderr.decode())}")
    with zipfile.ZipFile(folder / "d.docx") as archive:
        same(archive.testzip(), None, "a damaged entry")
        same(archive.read("word/document.xml").decode(), DOCUMENT, "the document")
    expect((folder / "d.md").read_text().endswith("# Lantern\n\nText.\n"), "the text has changed")


def test_a_label_that_is_an_attribute_is_signed(world):
    folder = keys(world)
    path = world.temp("attribute") / "a.jpg"
    shutil.copy(EXAMPLE / "outputs" / "2026-11-02-temple-fair.jpg", path)  # its label is an attribute of XMP
    world.ok("label", "sign", "--key", folder / "mine.pem", path)
    same(verified(world, path, "--key", folder / "mine.pub"), (0, "valid", "valid"), "an attribute")


def revised(document, number, body):
    """The PDF with another object `number` in a revision behind it, as any editor writes it."""
    old = document.read_bytes()
    start = re.findall(rb"startxref\s+(\d+)", old)[-1].decode()
    size, info = (re.findall(key + rb" (\d+)", old)[-1].decode() for key in (rb"/Size", rb"/Info"))
    new = f"{number} 0 obj\n{body}\nendobj\n"
    xref = f"xref\n{number} 1\n{len(old):010} 00000 n \n"
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info {info} 0 R /Prev {start} >>\nstartxref\n{len(old) + len(new)}\n%%EOF\n"
    return old + (new + xref + trailer).encode()


def test_a_signed_pdf_shows_every_change(world):
    folder = keys(world)
    document = world.temp("pdf") / "d.pdf"
    pin = ["--key", folder / "mine.pub"]
    for before in (lambda: None, lambda: document.write_bytes(document.read_bytes().rstrip(b"\n"))):
        pdf(document)
        before()
        world.ok("label", "write", document, *WORDS)
        world.ok("label", "sign", document, "--key", folder / "mine.pem")
        same(verified(world, document, *pin), (0, "valid", "valid"), "signed")
        spread = document.parent / "spread.pdf"
        world.ok("label", "write", document, "--as", "propagator", "--propagator", PLATFORM, "--propagate-id", "p7",
                 "-o", spread)
        same(verified(world, spread, *pin), (0, "valid", "valid"), "spread by a platform")
    reserved = checked(world, document)[0]["label"]["ReservedCode1"]
    signed = document.read_bytes()
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
    for what, data in (("a byte of the page", signed.replace(b"[0 0 100 100]", b"[0 0 100 900]", 1)),
                       ("a comment behind it", signed + b"% more\n"),
                       ("a revision of the page", revised(document, 3, page))):
        document.write_bytes(data)
        same(verified(world, document, *pin), (1, "valid", "invalid"), what)
    # The same label, written again behind what was changed.
    document.write_bytes(signed)
    document.write_bytes(revised(document, 3, page))
    world.ok("label", "write", document, *WORDS, "--reserved1", "", "--replace")
    world.ok("label", "write", document, *WORDS, "--reserved1", reserved, "--replace")
    same(verified(world, document, *pin), (1, "valid", "invalid"), "the label put behind a change")


def test_a_second_label_beside_a_signed_one_is_not_passed_over(world):
    folder = keys(world)
    path = copy_of(world, "p.png")
    world.ok("label", "write", path, *WORDS)
    world.ok("label", "sign", path, "--key", folder / "mine.pem")
    path.write_bytes(with_chunk(path.read_bytes(), b"tEXt", b"AIGC\0" + VALUE.encode()))
    same(verified(world, path, "--key", folder / "mine.pub"), (3, "undecided", "undecided"), "two labels")


LINES = ["今天天气很好。", "公园里花开了。", "湖边人很多。", "路灯亮了。", "下了一阵雨。", "夜里很静。"]
READ = "本文由AI生成"


def text_file(path, *lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_label_in_a_text_is_told_with_its_place(world):
    folder = world.temp("texts")
    path = text_file(folder / "a.txt", *LINES, READ)
    row = checked(world, path)[0]
    place = ("\n".join(LINES) + "\n").encode()
    same({key: row["explicit"][key] for key in ("found", "sign", "place", "line", "offset")},
         {"found": True, "sign": "label", "place": "end", "line": 7, "offset": len(place)}, "label")
    same(row["platform"], "suspected", "platform")
    log = json.loads(world.ok("label", "check", "--sarif", path).out)["runs"][0]["results"][0]
    same((log["ruleId"], log["locations"][0]["physicalLocation"]["region"]),
         ("text-label", {"startLine": 7, "byteOffset": len(place)}), "SARIF")
    prose = checked(world, text_file(folder / "b.txt", *LINES, "网传视频系AI合成，警方已立案。"))[0]["explicit"]
    same((prose["found"], prose["sign"]), (False, "mention"), "prose")
    document = folder / "c.docx"
    with zipfile.ZipFile(document, "w") as archive:
        for name, body in (("[Content_Types].xml", "<Types><Override PartName=\"/word/document.xml\" ContentType="
                            "\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"),
                           ("_rels/.rels", "<Relationships/>"),
                           ("word/document.xml", "<w:document xmlns:w='x'><w:body><w:p><w:r><w:t>本文由</w:t></w:r><w:r>"
                            "<w:t>AI生成</w:t></w:r></w:p><w:p><w:r><w:t>正文。</w:t></w:r></w:p></w:body></w:document>")):
            archive.writestr(name, body)
    same(checked(world, document)[0]["explicit"]["place"], "start", "DOCX")


def test_a_sample_is_drawn_as_it_is_written_down(world):
    folder = world.temp("sample")
    paths = [text_file(folder / "out" / f"{n:02}.txt", *LINES, *([READ] if n % 2 else [])) for n in range(40)]
    words = ["--sample", "10", "--seed", "s7", folder / "out"]
    *drawn, last = checked(world, *words)
    rank = sorted(paths, key=lambda path: hashlib.sha256(f"s7\n{path}".encode()).digest())
    same([row["path"] for row in drawn], sorted(map(str, rank[:10])), "files drawn")
    found = sum(row["explicit"]["found"] for row in drawn)
    sample = last["sample"]
    same((sample["population"], sample["looked"], sample["explicit"]["count"]), (40, 10, found), "sample")
    expect(sample["explicit"]["low"] < 10 * found < sample["explicit"]["high"], f"limits: {sample}")
    same(checked(world, *words), [*drawn, last], "the same again")
    expect("40" in world.ok("label", "check", *words).err, "the population is not told")
    world.ok("label", "check", "--sample", "0", folder, code=2)


def test_a_damaged_picture_is_not_said_to_have_no_label(world):
    folder = world.temp("damaged")
    whole = (EXAMPLE / "outputs" / "2026-11-02-temple-fair.jpg").read_bytes()
    (folder / "cut.jpg").write_bytes(whole[:len(whole) * 2 // 3])
    (folder / "trailer.jpg").write_bytes(whole + bytes(range(256)) * 8)
    told = world.run("label", "check", "--explicit", folder / "cut.jpg").out
    expect("no whole picture" in told and "no label is read" not in told, f"cut: {short(told)}")
    row = checked(world, "--explicit", folder / "trailer.jpg")[0]
    same(row["explicit"]["found"], True, "bytes behind a whole picture are no damage")


def test_a_sample_counts_files_and_only_what_was_looked_at(world):
    folder = world.temp("units")
    for n in range(3):
        with zipfile.ZipFile(folder / f"{n}.zip", "w") as archive:
            for member in range(4):
                archive.writestr(f"{member}.txt", "\n".join([*LINES, READ]))
    (folder / "link").symlink_to(folder / "0.zip")
    sample = checked(world, "--sample", "2", folder, code=3)[-1]["sample"]
    same((sample["population"], sample["looked"], sample["explicit"]["count"]), (3, 2, 2), "archives")
    expect(sample["explicit"]["low"] < 20 and sample["explicit"]["high"] == 100, f"limits: {sample}")
    pictures = world.temp("unlooked")
    for n in range(3):
        shutil.copy(media(world) / "p.png", pictures / f"{n}.png")
    sample = checked(world, "--sample", "2", pictures)[-1]["sample"]
    same((sample["explicit"]["open"], sample["explicit"]["low"], sample["explicit"]["high"]), (2, 0, 100), "not looked at")
    sounds = world.temp("open")
    shutil.copy(media(world) / "s.wav", sounds / "0.wav")
    text_file(sounds / "1.txt", *LINES)
    sample = checked(world, "--explicit", "--sample", "2", sounds)[-1]["sample"]["explicit"]
    same((sample["count"], sample["open"], sample["high"]), (0, 1, 50), "a sound that may be labelled, and a text that is not")
    told = world.run("label", "check", "--sample", "1", "--explicit", media(world) / "s.wav").err
    expect("whole label seen, heard or read: 0.0 % [0.0 %, 100.0 %] (0/1, open 1)" in told, f"what a person decides: {short(told)}")


def test_evidence_is_kept(world):
    folder = world.temp("kept")
    chimed = folder / "in" / "chimed.wav"
    chimed.parent.mkdir()
    world.ok("label", "chime", media(world) / "s.wav", "-o", chimed)
    row = checked(world, "--evidence", folder / "seen", chimed)[0]
    drawn = pathlib.Path(row["explicit"]["evidence"])
    same((drawn.parent, drawn.suffix), (folder / "seen", ".svg"), "where")
    same(drawn.read_text().count("<rect"), 4, "tones that are marked")


SYSTEM = """\
id: labels
name: {{zh: 甲, en: A}}
provider: {{name: {{zh: 甲, en: A}}, credit_code: 91330100MALANTERNM}}
kind: {kind}
modalities: [text, audio]
languages: [zh]
audience: [public]
sector: general
stage: operation
base_model: {{origin: own}}
subjects:
  media_outputs: [out]
{more}"""


def verdicts(world, folder, kind="generative-service", more=""):
    (folder / "system.yaml").write_text(SYSTEM.format(kind=kind, more=more), encoding="utf-8")
    (folder / "labels.assay").unlink(missing_ok=True)
    done = world.run("assess", "system.yaml", "--as-of", "2026-11-22", "--json", cwd=folder)
    expect(done.code in (1, 3), f"exit {done.code}: {short(done.err)}")
    return {row["clause"]: row for row in json_lines(done.out)}


def has(clauses, **expected):
    names = {"LBL_LAW": "labelling-measures", "LBL_SEC": "pg-202511a", "LBL_META": "pg-20259a"}
    for code, verdict in expected.items():
        name = f"{names.get(code[:-4], 'gb-45438')}/{code.replace('_', '-')}"
        same(clauses[name]["verdict"], verdict, f"{name} ({clauses[name]['reason_en']})")


def test_an_assessment_judges_what_is_read_and_heard(world):
    folder = world.temp("assess")
    text_file(folder / "out" / "a.txt", READ, *LINES)
    world.ok("label", "chime", media(world) / "s.wav", "-o", folder / "out" / "s.wav")
    found = verdicts(world, folder)
    has(found, LBL_TXT_001="satisfied", LBL_TXT_002="satisfied", LBL_TXT_003="satisfied", LBL_AUD_001="satisfied",
        LBL_AUD_003="satisfied", LBL_AUD_004="satisfied", LBL_AUD_006="needs-person", LBL_LAW_001="satisfied",
        LBL_LAW_002="not-satisfied", LBL_SEC_001="needs-person")
    report = next(folder.rglob("report.html")).read_text(encoding="utf-8")
    same(report.count('src="data:image/svg+xml;base64,'), 1, "waveforms in the report")

    text_file(folder / "out" / "b.txt", *LINES)
    shutil.copy(media(world) / "s.wav", folder / "out" / "t.wav")
    has(verdicts(world, folder), LBL_TXT_001="needs-person", LBL_AUD_001="needs-person", LBL_LAW_001="not-satisfied")


def test_pictures_whose_label_is_low_or_off_are_named(world):
    folder = world.temp("low")
    (folder / "out").mkdir()
    fonts = subprocess.run(["fc-list", "-f", "%{file}\n", ":lang=zh-cn"], capture_output=True, text=True).stdout
    font = min(line for line in fonts.splitlines() if "NotoSansCJK-Regular" in line)
    for name, size, place in (("low.png", 35, "x=20:y=h-th-20"), ("middle.png", 60, "x=(w-tw)/2:y=(h-th)/2"),
                              ("right.png", 80, "x=20:y=h-th-20")):
        ffmpeg("-f", "lavfi", "-i", "color=0x405060:size=1000x1000", "-vf",
               f"drawtext=fontfile={font}:text=由人工智能生成:fontcolor=white:fontsize={size}:{place}", "-frames:v", "1",
               folder / "out" / name)
    verdicts(world, folder)
    report = json.loads(next(folder.rglob("report.json")).read_text(encoding="utf-8"))
    told = {(row["id"], pathlib.Path(row["where"].split(":")[0]).name) for row in report["findings"]
            if row["check"] == "label_explicit" and row["severity"] == "medium"}
    same(told, {("seen-label-low", "low.png"), ("seen-label-off", "middle.png")}, "findings")


def test_a_sample_of_outputs_passes_nothing_by_silence(world):
    folder = world.temp("assess")
    for n in range(8):
        text_file(folder / "out" / f"{n}.txt", READ, str(n), *LINES)
    has(verdicts(world, folder), LBL_TXT_001="satisfied", LBL_LAW_001="satisfied")
    found = verdicts(world, folder, more="  media_sample: {files: 3, seed: x}\n")
    has(found, LBL_TXT_001="needs-person", LBL_LAW_001="needs-person")
    report = next(folder.rglob("report.html")).read_text(encoding="utf-8")
    expect("3 of 8 files were drawn by the seed x" in report, "the sample is not told")


def test_protection_data_are_verified_by_the_pinned_key(world):
    folder = world.temp("assess")
    (folder / "out").mkdir()
    signer = keys(world)
    for name in ("p.png", "p.jpg"):
        shutil.copy(media(world) / name, folder / "out" / name)
        world.ok("label", "write", folder / "out" / name, *WORDS)
    has(verdicts(world, folder), LBL_SEC_001="not-applicable", LBL_SEC_002="not-applicable",
        LBL_META_014="not-applicable", LBL_LAW_002="satisfied")
    for name in ("p.png", "p.jpg"):
        world.ok("label", "sign", folder / "out" / name, "--key", signer / "mine.pem")
    has(verdicts(world, folder), LBL_SEC_001="satisfied", LBL_SEC_002="needs-person", LBL_SEC_003="needs-person")
    shutil.copy(signer / "mine.pub", folder / "key.pem")
    pinned = "  label_keys: [key.pem]\n"
    has(verdicts(world, folder, more=pinned), LBL_SEC_002="satisfied", LBL_SEC_003="satisfied")
    world.ok("label", "sign", folder / "out" / "p.png", "--key", signer / "other.pem", "--replace")
    has(verdicts(world, folder, more=pinned), LBL_SEC_002="not-satisfied")


def test_a_platforms_record_is_held_against_article_6(world):
    folder = world.temp("assess")
    (folder / "out").mkdir()
    own = "0011" + "91330100MALANTERNM" + "20001"
    shutil.copy(media(world) / "p.png", folder / "out" / "up.png")
    world.ok("label", "write", folder / "out" / "up.png", *WORDS)
    world.ok("label", "write", folder / "out" / "up.png", "-o", folder / "out" / "post.png", "--as", "propagator",
             "--propagator", own, "--propagate-id", "post-1")
    text_file(folder / "out" / "declared.txt", *LINES)
    text_file(folder / "out" / "traces.txt", READ, *LINES)
    rows = ["file,declared,notice,published", "out/up.png,no,confirmed,out/post.png", "out/declared.txt,yes,possible,",
            "out/traces.txt,no,suspected,"]
    text_file(folder / "posts.csv", *rows)
    more = "  posts: posts.csv\n"
    found = verdicts(world, folder, "platform", more)
    has(found, LBL_LAW_003="satisfied", LBL_LAW_004="satisfied", LBL_LAW_005="satisfied", LBL_LAW_006="needs-person")
    same(found["labelling-measures/LBL-LAW-006"]["measurements"][0]["value"], 0, "files without propagation data")
    text_file(folder / "posts.csv", rows[0], "out/up.png,no,possible,out/up.png", *rows[2:])
    has(verdicts(world, folder, "platform", more), LBL_LAW_003="not-satisfied", LBL_LAW_004="satisfied",
        LBL_LAW_006="not-satisfied")
