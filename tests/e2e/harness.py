# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests share: running the program, waiting for it, and saying what went wrong."""
import collections
import functools
import json
import os
import pathlib
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "lantern"
AS_OF = "2026-11-22"
NOBODY = 65534
TIMEOUT = 120

Done = collections.namedtuple("Done", "code out err")


class Failure(Exception):
    pass


class Skip(Exception):
    pass


def expect(holds, message):
    if not holds:
        raise Failure(message)


def same(actual, expected, what):
    expect(actual == expected, f"{what}: expected {short(repr(expected))}, got {short(repr(actual))}")


def short(text, limit=400):
    text = " / ".join(text.strip().splitlines())
    return text if len(text) <= limit else text[:limit] + " …"


class World:
    """The program under test, its compiled content, and folders that vanish at the end."""

    def __init__(self, binary):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="assay-e2e-"))
        self.folder.chmod(0o755)
        self.binary = binary.resolve()
        self.content = self.folder / "assay.content"
        built = self.run("content", "build", str(ROOT / "content"), "-o", str(self.content),
                         bare=True)
        if built.code != 0:
            raise Failure(f"the content does not compile: {short(built.err)}")

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, bare=False, **more):
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder / "home"),
               "XDG_CACHE_HOME": str(self.folder / "cache"), "LANG": "C.UTF-8"}
        if not bare:
            env["ASSAY_CONTENT"] = str(self.content)
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LLVM_PROFILE_FILE"):
            if name in os.environ:
                env[name] = os.environ[name]
        return env | more

    def run(self, *arguments, cwd=None, bare=False, env=None, before=(), stdin=None, stdout=None,
            timeout=TIMEOUT, file_limit=None):
        """Runs the program (after the words `before`) to its end; text out of it."""

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

        try:
            done = subprocess.run(
                [*before, str(self.binary), *map(str, arguments)], cwd=cwd or self.folder,
                env=self.environment(bare, **(env or {})), input=stdin,
                stdin=None if stdin is not None else subprocess.DEVNULL,
                stdout=stdout or subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout,
                restore_signals=file_limit is None, preexec_fn=limit if file_limit else None)
        except subprocess.TimeoutExpired as late:
            raise Failure(f"{' '.join(map(str, arguments))}: not done after {timeout} s") from late
        return Done(done.returncode, (done.stdout or b"").decode("utf-8", "replace"),
                    done.stderr.decode("utf-8", "replace"))

    def ok(self, *arguments, code=0, **more):
        """The same, and the exit code must be `code`."""
        done = self.run(*arguments, **more)
        expect(done.code == code, f"assay {' '.join(map(str, arguments))}: exit {done.code}, not {code}: "
                                  f"{short(done.err) or short(done.out)}")
        return done

    def lines(self, *arguments, **more):
        """The JSON objects that a command writes, one a line."""
        return json_lines(self.ok(*arguments, **more).out)

    def start(self, *arguments, cwd):
        return subprocess.Popen([str(self.binary), *map(str, arguments)], cwd=cwd,
                                env=self.environment(), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def temp(self, name=None):
        return pathlib.Path(tempfile.mkdtemp(prefix=(name or "t") + "-", dir=self.folder))

    def copy_example(self, where):
        shutil.copytree(EXAMPLE, where / "lantern", copy_function=shutil.copy)
        return where / "lantern" / "system.yaml"

    def copy_light_example(self, where):
        """The example with one picture: looking at pictures takes most of the time of a run."""
        system = self.copy_example(where)
        for picture in sorted(system.parent.glob("outputs/*.[pj][np]g"))[1:]:
            picture.unlink()
        return system

    @functools.cached_property
    def assessed(self):
        """One assessment of the example that several tests look at."""
        folder = self.temp("assessed")
        done = self.run("assess", EXAMPLE / "system.yaml", "--as-of", AS_OF, "--json", cwd=folder)
        clauses = {row["clause"]: row for row in json_lines(done.out)}
        return Assessed(folder, done, clauses)

    @functools.cached_property
    def installed(self):
        """The program and its content where an installation puts them, readable by everybody."""
        folder = self.temp("installed")
        folder.chmod(0o755)
        for name, source in (("bin/assay", self.binary), ("share/assay/assay.content", self.content)):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
        (folder / "bin/assay").chmod(0o755)
        return folder / "bin/assay"

    def run_installed(self, *arguments, before=(), cwd=None, env=None):
        done = subprocess.run([*before, str(self.installed), *map(str, arguments)],
                              cwd=cwd or self.folder, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=TIMEOUT,
                              env=self.environment(bare=True, **(env or {})))
        return Done(done.returncode, done.stdout.decode("utf-8", "replace"),
                    done.stderr.decode("utf-8", "replace"))


Assessed = collections.namedtuple("Assessed", "folder done clauses")


def json_lines(text):
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise Failure(f"line {number} is no JSON: {short(line, 120)}") from error
        expect(isinstance(row, dict), f"line {number} is no JSON object: {short(line, 120)}")
        rows.append(row)
    return rows


def measurement(row, name):
    found = [m for m in row["measurements"] if m["name"] == name]
    expect(len(found) == 1, f"{row['clause']}: {len(found)} measurements {name!r}, "
                            f"has {[m['name'] for m in row['measurements']]}")
    return found[0]


def rows(record, sql, *values):
    """Asks the record as a stranger would, without writing."""
    with sqlite3.connect(f"file:{record}?mode=ro", uri=True, timeout=10) as db:
        return db.execute(sql, values).fetchall()


def wait_for(condition, what, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.005)
    raise Failure(f"waited {seconds} s for {what}")


def is_root():
    return os.geteuid() == 0


def as_nobody():
    """Words before a command that run it without rights."""
    if not is_root():
        return []
    if not shutil.which("setpriv"):
        raise Skip("setpriv is not here")
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def tests_of(module):
    return [(f"{module.__name__}.{name[5:]}", function) for name, function in vars(module).items()
            if name.startswith("test_") and callable(function)]


def report(line):
    print(line, flush=True)
    sys.stdout.flush()
