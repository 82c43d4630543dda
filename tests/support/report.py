"""Counts what passed, failed and was skipped, and says what failed."""

import threading
import time


class Report:
    def __init__(self):
        self.passed = 0
        self.failures = []
        self.skips = []
        self.start = time.monotonic()
        self.lock = threading.Lock()

    def passes(self, name):
        with self.lock:
            self.passed += 1

    def fails(self, name, text):
        with self.lock:
            self.failures.append(name)
            print(f"FAILED {name}\n{text.rstrip()}\n", flush=True)

    def skips_test(self, name, reason):
        with self.lock:
            self.skips.append(name)
            print(f"skipped {name}: {reason}", flush=True)

    def takes(self, name, mistakes):
        """One test: it passed when the list of mistakes is empty."""
        if mistakes:
            self.fails(name, "\n".join(mistakes))
        else:
            self.passes(name)

    def section(self, name):
        seconds = time.monotonic() - self.start
        print(f"[{seconds:4.0f} s] {name}", flush=True)

    def finish(self):
        if self.failures:
            print("failed:", " ".join(self.failures))
        print(f"{self.passed} passed, {len(self.failures)} failed, "
              f"{len(self.skips)} skipped")
        return 1 if self.failures or self.passed == 0 else 0
