"""The unit tests: one program a file, built by `make unit-tests`."""

import concurrent.futures
import os

import places

LINES = 40


def run_one(report, folder, path):
    code, out, err = places.run([os.path.join(folder, path)], places.ROOT,
                                {**os.environ, "JIYUE": places.PROGRAM})
    tail = (out + err).splitlines()[-LINES:]
    report.takes(f"unit/{path}",
                 [] if code == 0 else tail + [f"exit code {code}"])


def run(report, profile=places.PROFILE):
    report.section("unit tests")
    folder = os.path.join(profile, "unit")
    tests = [path for path in places.files_below(folder)
             if os.path.basename(path).startswith("test_") and "." not in path]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda path: run_one(report, folder, path), tests))
