"""The unit tests: one program a file, built by `make unit-tests`."""

import os

import places

LINES = 40


def run(report):
    folder = os.path.join(places.PROFILE, "unit")
    report.section("unit tests")
    for path in places.files_below(folder):
        program = os.path.join(folder, path)
        if not os.path.basename(path).startswith("test_") or \
                not os.access(program, os.X_OK) or "." in path:
            continue
        code, out, err = places.run(
            [program], places.ROOT, {**os.environ, "JIYUE": places.PROGRAM})
        tail = (out + err).splitlines()[-LINES:]
        report.takes(f"unit/{path}",
                     [] if code == 0 else tail + [f"exit code {code}"])
