# SPDX-License-Identifier: Apache-2.0
"""Labels of generated content: written into real files, read by others, judged, signed."""
import base64
import functools
import io
import json
import pathlib
import shutil
import subprocess
import tarfile
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


def test_wrong_values_are_refused_before_anything_is_written(world):
    path = copy_of(world, "p.png")
    before = path.read_bytes()
    for words in (["--producer", "某公司", "--produce-id", "1"], ["--producer", "a b", "--produce-id", "1"],
                  ["--producer", PRODUCER], [*WORDS, "--label", "AIGC"], [*WORDS, "--as", "nobody"]):
        done = world.ok("label", "write", path, *words, code=2)
        expect(done.err.strip(), f"{words}: no message")
    same(path.read_bytes(), before, "the file")


def test_broken_and_unknown_files_are_undecided(world):
    folder = world.temp("broken")
    png = (media(world) / "p.png").read_bytes()
    (folder / "cut.png").write_bytes(png[:60])
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 10)
    (folder / "empty").write_bytes(b"")
    rows = checked(world, folder, code=3)
    same({row["verdict"] for row in rows}, {"undecided"}, "verdicts")
    row = checked(world, folder / "not-there", code=3)[0]
    same((row["verdict"], row["findings"][0]["id"]), ("undecided", "file-unread"), "a file that is not there")
    log = json.loads(world.ok("label", "check", "--sarif", folder / "not-there", code=3).out)
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


def test_a_rhythm_is_put_in_and_heard(world):
    path = copy_of(world, "s.wav")
    out = path.parent / "chimed.wav"
    same(checked(world, "--explicit", path)[0]["explicit"]["found"], False, "before")
    world.ok("label", "chime", path, "-o", out)
    row = checked(world, "--explicit", out)[0]
    same((row["explicit"]["found"], row["explicit"]["rhythms"][0]["place"], row["platform"]),
         (True, "start", "suspected"), "after")
    for name in ("s.mp3", "s.ogg"):
        ffmpeg("-i", out, path.parent / name)
        same(checked(world, "--explicit", path.parent / name)[0]["explicit"]["found"], True, name)
    same(path.read_bytes(), (media(world) / "s.wav").read_bytes(), "the file that was read")


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


def test_what_was_signed_verifies_or_is_refused(world):
    folder = keys(world)
    path = world.temp("attribute") / "a.jpg"
    shutil.copy(EXAMPLE / "outputs" / "2026-11-02-temple-fair.jpg", path)  # its label is an attribute of XMP
    world.ok("label", "sign", "--key", folder / "mine.pem", path)
    same(verified(world, path, "--key", folder / "mine.pub"), (0, "valid", "valid"), "an attribute")
    document = path.parent / "d.pdf"
    pdf(document)
    world.ok("label", "write", document, *WORDS)
    before = document.read_bytes()
    expect("--bind none" in world.run("label", "sign", document, "--key", folder / "mine.pem").err, "no mend for a PDF")
    same(document.read_bytes(), before, "a PDF after a refusal")
    world.ok("label", "sign", document, "--key", folder / "mine.pem", "--bind", "none")
    same(verified(world, document, "--key", folder / "mine.pub"), (3, "valid", "none"), "a PDF without a binding")


def test_a_second_label_beside_a_signed_one_is_not_passed_over(world):
    folder = keys(world)
    path = copy_of(world, "p.png")
    world.ok("label", "write", path, *WORDS)
    world.ok("label", "sign", path, "--key", folder / "mine.pem")
    path.write_bytes(with_chunk(path.read_bytes(), b"tEXt", b"AIGC\0" + VALUE.encode()))
    same(verified(world, path, "--key", folder / "mine.pub"), (3, "undecided", "undecided"), "two labels")
