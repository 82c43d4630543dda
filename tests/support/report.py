"""Counts what passed, failed and was skipped, and says what failed.

A part of the suite is a list of jobs: functions that get a Report. `do` runs
the jobs of one part, `do_parts` those of many, two at a time on two
processors, and prints each part's words in the order of the list, whichever
job was ready first; at the end what each part took.
"""

import concurrent.futures
import os
import threading
import time


class Report:
    def __init__(self):
        self.passed = 0
        self.failures = []
        self.skips = []
        self.lines = []
        self.start = time.monotonic()

    def passes(self, name):
        del name
        self.passed += 1

    def fails(self, name, text):
        self.failures.append(name)
        self.lines.append(f"FAILED {name}\n{text.rstrip()}\n")

    def skips_test(self, name, reason):
        self.skips.append(name)
        self.lines.append(f"skipped {name}: {reason}")

    def says(self, line):
        self.lines.append(line)

    def takes(self, name, mistakes):
        """One test: it passed when the list of mistakes is empty."""
        if mistakes:
            self.fails(name, "\n".join(mistakes))
        else:
            self.passes(name)

    def add(self, other):
        self.passed += other.passed
        self.failures += other.failures
        self.skips += other.skips
        self.lines += other.lines

    def do(self, jobs):
        do_parts(self, [("", jobs)])

    def seconds(self):
        return time.monotonic() - self.start

    def print_lines(self):
        for line in self.lines:
            print(line, flush=True)
        self.lines = []

    def finish(self):
        self.print_lines()
        if self.failures:
            print("failed:", " ".join(self.failures))
        print(f"{self.passed} passed, {len(self.failures)} failed, "
              f"{len(self.skips)} skipped")
        return 1 if self.failures or self.passed == 0 else 0


class Part:
    """What the jobs of one part found, and when."""

    def __init__(self, name, jobs):
        self.name = name
        self.found = [None] * len(jobs)
        self.busy = 0.0
        self.missing = len(jobs)

    def told(self):
        """Its words, in the order of its jobs."""
        whole = Report()
        for found in self.found:
            whole.add(found)
        return whole


def run_job(job):
    found = Report()
    try:
        job(found)
    except Exception as error:  # one broken test must not hide the others
        found.fails(getattr(job, "__name__", "job"),
                    f"{type(error).__name__}: {error}")
    return found


def print_table(report, parts):
    """The slowest first. Jobs run beside each other, so that all of them
    together have more seconds than the clock."""
    rows = [(part.busy, f"{part.name}, jobs: {len(part.found)}")
            for part in parts]
    built = os.environ.get("BUILT")
    if built:
        rows.append((float(built), "building, by the clock"))
    print("\nseconds  part")
    for busy, name in sorted(rows, reverse=True):
        print(f"{busy:7.1f}  {name}")
    print(f"{report.seconds() + float(built or 0):7.1f}  in all, by the clock")


def do_parts(report, rows):
    """`rows`: (name, jobs). The first rows begin first."""
    parts = [Part(name, jobs) for name, jobs in rows]
    lock = threading.Lock()
    waiting = list(parts)

    def tell():
        """What is complete, up to the first part that is not."""
        while waiting and waiting[0].missing == 0:
            part = waiting.pop(0)
            whole = part.told()
            if part.name:
                print(f"[{report.seconds():4.0f} s] {part.name}: "
                      f"{whole.passed} passed"
                      + (f", {len(whole.failures)} failed"
                         if whole.failures else ""), flush=True)
            whole.print_lines()
            report.add(whole)

    def one(part, number, job):
        start = time.monotonic()
        found = run_job(job)
        with lock:
            part.found[number] = found
            part.busy += time.monotonic() - start
            part.missing -= 1
            tell()

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        done = [pool.submit(one, part, number, job)
                for part, (_, jobs) in zip(parts, rows)
                for number, job in enumerate(jobs)]
        for future in done:
            future.result()
    tell()
    if len(parts) > 1:
        print_table(report, parts)
