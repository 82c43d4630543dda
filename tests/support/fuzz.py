"""A look with tests/fuzz/: every kept input, and some new ones."""

import functools
import os
import subprocess
import sys

import places

SECONDS = 2  # of new inputs, for each; `make fuzz` is for more
FOLDER = os.path.join(places.TESTS, "fuzz")


def run_one(name, report):
    if not os.path.exists(os.path.join(places.BUILD, "fuzz", "fuzz", name)):
        report.skips_test(f"fuzz {name}",
                          "not there: make PROFILE=fuzz CC=clang fuzzers")
        return
    done = subprocess.run(
        [sys.executable, "-B", os.path.join(FOLDER, "run.py")],
        cwd=places.ROOT, check=False, stdin=subprocess.DEVNULL,
        env={**os.environ, "SECONDS": str(SECONDS), "FUZZ": name, "KEEP": ""},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    report.takes(f"fuzz {name}", [] if done.returncode == 0 else lines)


def jobs():
    return [functools.partial(run_one, name[:-2])
            for name in sorted(os.listdir(FOLDER)) if name.endswith(".c")]
