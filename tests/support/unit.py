"""The unit tests: one program a file, built by `make unit-tests`."""

import functools
import os

import places

LINES = 40

# With sanitizers each takes more than ten seconds: for a deep run.
SLOW = {"test_build", "test_edits", "test_html", "test_markdown_guard",
        "test_plan_image", "test_version_search"}


def run_one(folder, path, report):
    code, out, err = places.run([os.path.join(folder, path)], places.ROOT,
                                {**os.environ, "JIYUE": places.PROGRAM,
                                 "JIYUE_SCRATCH": places.SCRATCH})
    tail = (out + err).splitlines()[-LINES:]
    report.takes(f"unit/{path}",
                 [] if code == 0 else tail + [f"exit code {code}"])


def is_slow(path):
    return os.path.basename(path) in SLOW


def jobs(chosen=lambda path: True, profile=places.PROFILE):
    folder = os.path.join(profile, "unit")
    tests = [path for path in places.files_below(folder)
             if os.path.basename(path).startswith("test_") and "." not in path]
    return [functools.partial(run_one, folder, path)
            for path in filter(chosen, tests)]


def run(report):
    report.do(jobs())
