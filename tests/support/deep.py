"""The demonstration city, built by other programs than the debug one (with the
thread sanitizer, under valgrind, by clang): they write the same bytes. And the
unit tests of what has threads under the thread sanitizer.
"""

import os
import re

import places
import unit

AS_OF = "2026-12-01"
LATER = "2027-03-01"  # a notice goes, and more is marked with the date
THREADS = "4"
LINES = 40
VALGRIND = ["valgrind", "--error-exitcode=66", "--leak-check=full",
            "--errors-for-leak-kinds=definite",
            "--child-silent-after-fork=yes", "--quiet"]
SANITIZER = {"TSAN_OPTIONS": "halt_on_error=1:exitcode=66"}


def build(command, out, as_of=AS_OF, env=None):
    """What is wrong with the end, and what the build said."""
    code, _, err = places.run(
        [*command, "build", "--library", places.ROOT, "--as-of", as_of,
         "--jobs", THREADS, "--out", out], places.ROOT,
        places.environment(**(env or {})))
    lines = err.splitlines()
    return ([] if code == 0 else [f"exit code {code}", *lines[-LINES:]],
            lines)


def builds(report, name, command, env=None, judge=lambda lines: []):
    """A clean build, one of what a day changes, and the bytes of both."""
    out = places.fresh("deep", name)
    for as_of in (AS_OF, LATER):
        wrong, lines = build(command, out, as_of, env)
        ours = places.fresh("deep", f"{name}-release")
        report.takes(f"deep/{name} {as_of}", wrong or judge(lines) or
                     build([places.program_of("release")], ours, as_of)[0] or
                     places.differences(places.published(ours),
                                        places.published(out),
                                        ("release", name)))


def city_under_threads(report):
    """A race ends the program with the sanitizer's own exit code."""
    builds(report, "tsan", [places.program_of("tsan")],
           {**SANITIZER, "LD_PRELOAD": ""})


def city_under_valgrind(report):
    builds(report, "valgrind", [*VALGRIND, places.program_of("release")],
           judge=lambda lines: [line for line in lines
                                if re.match(r"==\d+==", line)][:LINES])


def city_by_clang(report):
    builds(report, "clang", [places.program_of("clang")])


# Where threads are started; the other units have one.
THREADED = ("library/", "pipeline/", "system/")


def units_under_threads():
    os.environ.update(SANITIZER)
    return unit.jobs(lambda path: path.startswith(THREADED) and
                     not unit.is_slow(path),
                     os.path.join(places.BUILD, "tsan"))


JOBS = [city_under_valgrind, city_under_threads]
