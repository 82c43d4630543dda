"""A minute of tests/fuzz/: every kept input, and some new ones."""

import os
import subprocess
import sys

import places

SECONDS_IN_ALL = 60


def run(report):
    report.section("fuzz")
    folder = os.path.join(places.BUILD, "fuzz", "fuzz")
    if not os.path.isdir(folder):
        report.skips_test("fuzz", "no fuzzers: make PROFILE=fuzz CC=clang fuzzers")
        return
    jobs = os.cpu_count() or 1
    count = len([name for name in os.listdir(os.path.join(
        places.TESTS, "fuzz")) if name.endswith(".c")])
    done = subprocess.run(
        [sys.executable, "-B", os.path.join(places.TESTS, "fuzz", "run.py")],
        cwd=places.ROOT, check=False, stdin=subprocess.DEVNULL,
        env={**os.environ, "SECONDS": str(SECONDS_IN_ALL * jobs // count),
             "FUZZ": "", "KEEP": ""},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    report.takes("fuzz", [] if done.returncode == 0 else lines)
