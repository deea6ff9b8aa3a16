# SPDX-License-Identifier: Apache-2.0
"""Labels of generated content: written into real files, read by others, judged, signed."""
import base64
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
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
            same(row["recoded"], name != "s.wav", f"{name}: encoded again")
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
