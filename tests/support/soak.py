"""tests/soak/: incremental builds against clean ones, killed builds, damaged
records and failing calls, and every change alone. Each is a program of its own.

SEED, and STEPS of the histories, may be given; a failure says seed and step.
"""

import functools
import os
import re
import subprocess
import sys

import places

FOLDER = os.path.join(places.TESTS, "soak")
STEPS = 200
STEPS_A_PART = 100
STEPS_SANITIZED = 50
LINES = 60
RELEASE = {"PROFILE": "release"}

# What wants many builds has them with the program for use, which takes a
# seventh of the time, and some with the one that has sanitizers. `make soak`
# has more of both. The proof takes ten minutes: a revision proves a third; and
# of the four builds in which calls fail it has two.
QUICK = [("order", RELEASE), ("power", {**RELEASE, "CUTS": "12"}),
         ("release", {"SCENES": "history order", "STEPS": "8"}),
         ("release", {**RELEASE, "SCENES": "power", "CUTS": "9"})]
FAULTS = ["first change", "bodies lost"]


def deep_rows():
    return [("proof", {**RELEASE, "SHARE": "3"}),
            ("fault", {**RELEASE, "FAULTS": "1",
                       "SCENES": FAULTS[places.turn() % len(FAULTS)]}),
            ("fault", {"SCENES": "bodies", "FAULTS": "1"}), ("kill", RELEASE),
            ("kill", {"KILLS": "8"}), ("damage", RELEASE),
            ("damage", {"ROUNDS": "20"}), ("memory", RELEASE),
            ("page_memory", RELEASE),
            ("release", {**RELEASE, "FAULTS": "1"})]


def histories():
    """Parts that can run side by side, each from a seed of its own; the last
    with sanitizers."""
    steps = int(os.environ.get("STEPS") or STEPS) - STEPS_SANITIZED
    seed = int(os.environ.get("SEED") or 1)
    parts = [("history", {**RELEASE, "SEED": str(seed + number), "STEPS": str(
                  min(steps - first, STEPS_A_PART))})
             for number, first in enumerate(range(0, steps, STEPS_A_PART))]
    return parts + [("history", {"SEED": str(seed + len(parts)),
                                 "STEPS": str(STEPS_SANITIZED)})]


def run_one(part, report):
    script, settings = part
    name = " ".join(["soak", script, *(
        f"{key}={value}" for key, value in sorted(settings.items()))])
    apart = os.path.join(places.SCRATCH, re.sub(r"\W+", "-", name))
    done = subprocess.run(
        [sys.executable, "-B", os.path.join(FOLDER, script + ".py")],
        cwd=places.ROOT, check=False,
        env={**os.environ, **settings, "JIYUE_SCRATCH": apart},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode == 0:
        report.says("  " + lines[-1])
    report.takes(name, [] if done.returncode == 0 else lines[-LINES:] +
                 [f"exit code {done.returncode}"])


def parts(deep):
    """(name, jobs) for each program: the shortest history in a quick run, the
    others in a deep one."""
    *whole, short, sanitized = histories()
    rows = [*deep_rows(), *whole, sanitized] if deep else [*QUICK, short]
    found = {}
    for row in rows:
        found.setdefault("soak " + row[0], []).append(
            functools.partial(run_one, row))
    return list(found.items())
