"""tests/soak/: incremental builds against clean ones, killed builds, damaged
records and failing calls, and every change alone. Each is a program of its own.

SEED, and STEPS of the histories, may be given; a failure says seed and step.
"""

import functools
import os
import subprocess
import sys

import places

FOLDER = os.path.join(places.TESTS, "soak")
STEPS = 300
STEPS_A_PART = 100
LINES = 60

# Faults want many builds: in all scenes with the program for use, and in one
# with the program that is tested, which has sanitizers.
OTHERS = [("fault", {"PROFILE": "release", "FAULTS": "3"}),
          ("fault", {"SCENES": "bodies", "FAULTS": "2"}),
          ("kill", {}), ("damage", {}), ("memory", {"PROFILE": "release"}),
          ("page_memory", {"PROFILE": "release"}),
          ("order", {"PROFILE": "release"}),
          ("proof", {"PROFILE": "release"})]


def histories():
    """Parts that can run side by side, each from a seed of its own."""
    steps = int(os.environ.get("STEPS") or STEPS)
    seed = int(os.environ.get("SEED") or 1)
    return [("history", {"STEPS": str(min(steps - first, STEPS_A_PART)),
                         "SEED": str(seed + first // STEPS_A_PART)})
            for first in range(0, steps, STEPS_A_PART)]


def run_one(part, report):
    script, settings = part
    name = " ".join(["soak", script, *(
        f"{key}={value}" for key, value in sorted(settings.items()))])
    done = subprocess.run(
        [sys.executable, "-B", os.path.join(FOLDER, script + ".py")],
        cwd=places.ROOT, env={**os.environ, **settings}, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode == 0:
        report.says("  " + lines[-1])
    report.takes(name, [] if done.returncode == 0 else lines[-LINES:] +
                 [f"exit code {done.returncode}"])


def jobs(*scripts):
    return [functools.partial(run_one, part)
            for part in [*OTHERS, *histories()] if part[0] in scripts]
