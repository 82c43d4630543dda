#!/usr/bin/env python3
"""A power cut: what was written after the last sync is thrown away.

power.c keeps beside the output a copy of what a disk has for certain. A build
is ended at one of its calls, or ends by itself; then of each file that differs
from that copy the disk may have the old bytes or the new ones, none of them,
or their beginning, or no name; of the record some of its pages. The next build
must give the tree of a clean one, whatever it finds.

    CUTS=n (40)    SEED=n (1)
"""

import os
import random
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

import city as cities  # noqa: E402
import edits  # noqa: E402
import kept  # noqa: E402
import places  # noqa: E402

AS_OF = "2026-06-01"
PAGE = 4096  # of the record
# What becomes of the files that no sync has reached: all the same, or each
# as it comes.
FATES = ("new", "old", "empty", "short", "gone")
OLD_PAGES = "old pages, new record"
SIGNS_BEFORE, SIGNS_AFTER = 1, 3  # commits whose pages differ by signs alone


class Wrong(Exception):
    pass


def other_signs(city):
    """A city whose pages are other ones of the same size."""
    found = city.copy()
    for resource in found.resources.values():
        resource.front["title"] = resource.front["title"][:-1] + "新"
    return found


def files_of(folder):
    found = {}
    for top, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(top, name)
            if not os.path.islink(path):
                found[os.path.relpath(path, folder)] = path
    return found


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Cutter:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.folder = places.fresh("soak", f"power-{seed}")
        self.library = kept.Library(self.folder)
        self.out = os.path.join(self.folder, "out")
        self.shadow = os.path.join(self.folder, "shadow")
        self.count = os.path.join(self.folder, "count")
        self.preload = kept.preload(self.folder, "power")
        self.done = []
        self.commits = []
        first = cities.make_city(self.rng, cities.SITES[:3])
        another = edits.another(self.rng, first)
        for city in (first, another, edits.other_bodies(self.rng, first),
                     other_signs(another)):
            self.commits.append(self.library.commit(
                city.files(), self.commits[0] if self.commits else None))
        self.trees = [self.clean(number)
                      for number in range(len(self.commits))]

    def options(self, number):
        return ["--library", self.library.path, "--jobs", "1", "--as-of",
                AS_OF, "--rev", self.commits[number]]

    def build(self, number):
        """With the libraries of the one that is cut: its record is theirs."""
        code, words = kept.build(self.folder, self.out, self.options(number),
                                 kept.environment(**self.preload))
        if code != 0:
            raise Wrong(f"exit code {code}:\n" + "\n".join(words))
        return places.published(self.out)

    def clean(self, number):
        shutil.rmtree(self.out, ignore_errors=True)
        return self.build(number)

    def cut(self, number, at):
        """Builds; the power goes at this call, or behind the last. Returns
        how many there were."""
        for path in (self.shadow, self.shadow + ".synced"):
            shutil.rmtree(path, ignore_errors=True)
        if os.path.isdir(self.out):
            shutil.copytree(self.out, self.shadow, symlinks=True)
        else:
            os.makedirs(self.shadow)
        more = {"POWER_OUT": self.out, "POWER_SHADOW": self.shadow,
                "POWER_COUNT": self.count}
        if at is not None:
            more["POWER_AT"] = str(at)
        code, words = kept.build(
            self.folder, self.out, self.options(number),
            kept.environment(**more, **self.preload))
        if code not in (0, -9, 137):
            raise Wrong("\n".join([f"exit code {code}", *words]))
        return int(places.read(self.count)) if at is None else at

    # --- what the disk has ---

    def lose_pages(self, path, old, new):
        """Of the record each page is there or not."""
        size = len(new) if self.rng.random() < 0.5 else len(old)
        mixed = bytearray(size)
        for at in range(0, size, PAGE):
            data = self.rng.choice((old, new))[at:at + PAGE]
            mixed[at:at + len(data)] = data
        write(path, bytes(mixed))

    def lose(self, name, old, new, fate):
        path = os.path.join(self.out, name)
        if fate == "new" or (new is None and fate not in ("old", OLD_PAGES)):
            return
        if fate in ("old", OLD_PAGES) and old is not None:
            write(path, old)
        elif fate in ("old", OLD_PAGES, "gone"):
            if new is not None:
                os.remove(path)
        elif fate == "empty":
            write(path, b"")
        else:
            write(path, new[:self.rng.randrange(len(new) + 1)])

    def lose_some(self, fate):
        """Throws away what the disk need not have; the names of it."""
        now, certain = files_of(self.out), files_of(self.shadow)
        lost = []
        for name in sorted(set(now) | set(certain)):
            old = read(certain[name]) if name in certain else None
            new = read(now[name]) if name in now else None
            if old == new or name == ".jiyue/lock" or (
                    fate == OLD_PAGES and name.startswith(".jiyue/")):
                continue
            lost.append(name)
            if name == ".jiyue/record/data.mdb" and None not in (old, new):
                self.lose_pages(now[name], old, new)
            else:
                self.lose(name, old, new, fate or self.rng.choice(FATES))
        return lost

    # --- one cut ---

    def same(self, wanted, found):
        wrong = [path for path in sorted(set(wanted) | set(found))
                 if wanted.get(path) != found.get(path)]
        if wrong:
            raise Wrong("not as a clean build: " + ", ".join(wrong[:8]))

    def plan(self, turn):
        """What stands, what is built, where the power goes, and what becomes
        of what is not certain."""
        rng = self.rng
        numbers = range(len(self.commits))
        old = rng.choice([None, *numbers])
        new = rng.choice([number for number in numbers if number != old])
        fate = rng.choice([None, None, *FATES[1:]])
        if turn == 0:  # nobody would see by their sizes that they are old
            return SIGNS_BEFORE, SIGNS_AFTER, False, OLD_PAGES
        return old, new, turn % 3 > 0, fate

    def once(self, turn):
        rng = self.rng
        old, new, is_cut, fate = self.plan(turn)
        self.done = [f"{old} built, then {new}"]
        shutil.rmtree(self.out, ignore_errors=True)
        if old is not None:
            self.build(old)
        at = None
        if is_cut:  # where, is known of a build like this
            at = rng.randrange(1, self.cut(new, None) + 1)
            shutil.rmtree(self.out)
            if old is not None:
                self.build(old)
        self.cut(new, at)
        lost = self.lose_some(fate)
        self.done.append(f"cut at {at}, then {fate}: " + ", ".join(lost[:8]))
        last = rng.choice([new, new, rng.randrange(len(self.commits))])
        if turn == 0:
            last = new
        self.done.append(f"{last} built")
        self.same(self.trees[last], self.build(last))
        self.same(self.trees[last], self.build(last))
        return len(lost)


def main():
    seed = int(os.environ.get("SEED") or 1)
    cuts = int(os.environ.get("CUTS") or 40)
    cutter = Cutter(seed)
    lost = 0
    for turn in range(cuts):
        try:
            lost += cutter.once(turn)
        except Wrong as wrong:
            print(f"SEED={seed}, cut {turn + 1}:", *cutter.done, wrong,
                  sep="\n")
            return 1
    if lost == 0:
        print("nothing was lost: nothing was tried")
        return 1
    shutil.rmtree(cutter.folder)
    print(f"power: {cuts} cuts, {lost} files that the disk need not have")
    return 0


if __name__ == "__main__":
    sys.exit(main())
