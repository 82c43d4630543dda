#!/usr/bin/env python3
"""kill -9 at any moment: no half page, no stray, and the next build repairs.

A build is killed at a random moment of its time, also twice in a row and
while it removes: one that has much to write, or one that changes only bodies.
At once every file below a document root must be that of a revision that was
built; the next build must give exactly the tree of a clean one.

    KILLS=n (50)    SEED=n (1)
"""

import os
import random
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

import city as cities  # noqa: E402
import edits  # noqa: E402
import kept  # noqa: E402
import places  # noqa: E402

AS_OF = "2026-06-01"
TRIES_A_KILL = 4


class Wrong(Exception):
    pass


class Killer:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.folder = places.fresh("soak", f"kill-{seed}")
        self.library = kept.Library(self.folder)
        self.out = os.path.join(self.folder, "kept")
        self.dated = False
        self.done = []  # what was built and ended, for the message
        self.killed = 0
        self.commits = []
        first = cities.make_city(self.rng)
        for city in (first, edits.another(self.rng, first),
                     edits.other_bodies(self.rng, first)):
            self.commits.append(self.library.commit(
                city.files(), self.commits[0] if self.commits else None))
        self.trees = [self.clean(number) for number in range(3)]
        self.long = self.seconds(1)
        self.build(0)
        self.short = self.seconds(2)

    def options(self, number):
        options = ["--library", self.library.path,
                   "--rev", self.commits[number],
                   "--jobs", self.rng.choice(["1", "4"])]
        # without a date a build may find that there is nothing to do
        return options + (["--as-of", AS_OF] if self.dated else [])

    def clean(self, number):
        shutil.rmtree(self.out, ignore_errors=True)
        return self.build(number)

    def build(self, number):
        self.done.append(f"{number} built, dated {self.dated}")
        code, words = kept.build(self.folder, self.out, self.options(number))
        if code != 0:
            raise Wrong(f"exit code {code}:\n" + "\n".join(words))
        return places.published(self.out)

    def seconds(self, number):
        """How long it takes to build this now."""
        start = time.monotonic()
        self.build(number)
        return time.monotonic() - start

    def kill(self, number, when):
        """Builds a revision; ends it after `when` seconds."""
        program = subprocess.Popen(
            [places.PROGRAM, "build", "--out", self.out,
             *self.options(number)], cwd=self.folder,
            env=places.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if when is None:
            self.wait_for_output(program)
            when = self.rng.uniform(0, self.long / 20)
        time.sleep(when)
        program.kill()
        self.killed += program.wait() < 0
        self.done.append(f"{number} ended with {program.returncode} after "
                         f"{when:.4f} s")

    def wait_for_output(self, program):
        """Until something below a document root differs from before."""
        before = self.stamps()
        while program.poll() is None and self.stamps() == before:
            pass

    def stamps(self):
        found = {}
        try:
            with os.scandir(self.out) as entries:
                for entry in entries:
                    if entry.name != ".jiyue":
                        found[entry.name] = entry.stat().st_mtime_ns
                        home = os.path.join(entry.path, "index.html")
                        if os.path.exists(home):
                            found[home] = os.stat(home).st_ino
        except FileNotFoundError:
            pass
        return found

    def whole(self, trees):
        """Every file is one of these trees', and no other name is there."""
        for path, data in places.published(self.out).items():
            wanted = [tree[path] for tree in trees if path in tree]
            if not wanted:
                raise Wrong(f"a stray: {path}")
            if data not in wanted:
                raise Wrong(f"neither old nor new: {path}")

    def moment(self, seconds):
        """In the time of a build, or None: when output appears."""
        if self.rng.random() < 0.4:
            return None
        return self.rng.uniform(0, seconds)

    def once(self):
        rng = self.rng
        self.dated = rng.random() < 0.3
        self.done = []
        old = rng.choice([None, 0, 1, 2])
        new = rng.choice([number for number in range(3) if number != old])
        if old is None:
            shutil.rmtree(self.out, ignore_errors=True)
        else:
            self.same(self.trees[old], self.build(old))
        near = {old, new} == {0, 2}
        self.kill(new, self.moment(self.short if near else self.long))
        self.whole([self.trees[new]] +
                   ([] if old is None else [self.trees[old]]))
        if rng.random() < 0.4:
            self.kill(rng.randrange(3), self.moment(self.long))
            self.whole(self.trees)
        last = rng.randrange(3)
        self.same(self.trees[last], self.build(last))

    @staticmethod
    def same(wanted, found):
        lines = places.differences(wanted, found, ("clean", "after the kill"))
        if lines:
            raise Wrong("\n".join(lines))


def main():
    count = int(os.environ.get("KILLS") or 50)
    seed = int(os.environ.get("SEED") or 1)
    print(f"kill: {count} times from seed {seed}", flush=True)
    killer = Killer(seed)
    tries = 0
    while killer.killed < count and tries < TRIES_A_KILL * count:
        tries += 1
        try:
            killer.once()
        except Wrong as wrong:
            print(f"seed {seed}, try {tries}: {killer.done}: {wrong}")
            return 1
    if killer.killed < count:
        print(f"only {killer.killed} builds were killed in {tries} tries")
        return 1
    shutil.rmtree(killer.folder)
    print(f"kill: seed {seed}; {killer.killed} killed builds were repaired")
    return 0


if __name__ == "__main__":
    sys.exit(main())
