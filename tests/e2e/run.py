#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""End-to-end tests: the built program, run as its users run it.

    tests/e2e/run.py [BINARY] [WORD...]     (BINARY also from the environment variable ASSAY)
    tests/e2e/run.py --modules              the words that run one module each

Runs the tests whose names hold one of the words, all without words. A line for each failure, then
"N passed, M failed"; exit code 1 on failure. Nothing outside a temporary folder is written.
"""
import os
import pathlib
import sys
import time
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import assess  # noqa: E402
import banks  # noqa: E402
import catalog  # noqa: E402
import command_line  # noqa: E402
import content  # noqa: E402
import describe  # noqa: E402
import documents  # noqa: E402
import durable  # noqa: E402
import labels  # noqa: E402
import reading  # noqa: E402
import record  # noqa: E402
from harness import Failure, Skip, World, report, tests_of  # noqa: E402

MODULES = (labels, durable, assess, banks, content, documents, reading, command_line, record, catalog,
           describe)


def run_one(world, name, test):
    """None when it held, else what went wrong in one line."""
    try:
        test(world)
    except Skip as why:
        report(f"not run: {name}: {why}")
        return ""
    except Failure as failure:
        return str(failure)
    except Exception:  # a test that breaks is a failure with its place
        return " | ".join(traceback.format_exc().strip().splitlines()[-3:])
    return None


def main():
    words = sys.argv[1:]
    if words == ["--modules"]:
        print("\n".join(f"{module.__name__}." for module in MODULES))
        return 0
    binary = os.environ.get("ASSAY")
    if words and pathlib.Path(words[0]).is_file():
        binary = words.pop(0)
    if not binary or not pathlib.Path(binary).is_file():
        sys.exit(__doc__)
    passed = failed = 0
    world = World(pathlib.Path(binary))
    try:
        for module in MODULES:
            for name, test in tests_of(module):
                if words and not any(word in name for word in words):
                    continue
                start = time.monotonic()
                wrong = run_one(world, name, test)
                if os.environ.get("ASSAY_E2E_TIMES"):
                    report(f"{time.monotonic() - start:6.2f} s  {name}")
                passed += wrong is None
                if wrong:
                    failed += 1
                    report(f"FAIL {name}: {wrong}")
    finally:
        world.close()
    report(f"{passed} passed, {failed} failed")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
