#!/usr/bin/env python3
"""A disk that says no: one call of a build fails, whichever it is.

Every kind of call that fault.c has (files, folders, mappings, LMDB) fails in
four builds: into an empty folder, of another revision, of one that changes
bodies only, and with a record that was lost. The first and the last call of
each kind fail with each reason and are also the moment of a kill -9.

A failed build ends with 2 and says why, or with 0 when the call does not
matter. At once every file below a document root must be that of the old or
of the new revision, and the next build must give exactly a clean one's tree.

    FAULTS=n (4) calls of each kind, spread over all of a build    SEED=n (1)
    SCENES="first change bodies lost", or some of them
"""

import collections
import errno
import os
import random
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

import city as cities  # noqa: E402
import edits  # noqa: E402
import kept  # noqa: E402
import places  # noqa: E402

REASONS = [errno.ENOSPC, errno.EIO, errno.EMFILE, "kill"]
KILLED = -9
AS_OF = "2026-06-01"

# What stands there before, which revision it is of, and which is built.
SCENES = {"first": (None, None, 0), "change": ("start", 0, 1),
          "bodies": ("start", 0, 2), "lost": ("lost", 0, 1)}


class Wrong(Exception):
    pass


def spread(count, wanted):
    """The first, the last and some between of the numbers 1 … count."""
    last = max(wanted - 1, 1)
    return sorted({1 + place * (count - 1) // last
                   for place in range(wanted)}) if count > 0 else []


class Faults:
    def __init__(self, seed, scenes):
        rng = random.Random(seed)
        self.folder = places.fresh("soak", "-".join(["fault", *scenes]))
        self.preload = kept.preload(self.folder, "fault")
        self.library = kept.Library(self.folder)
        self.out = os.path.join(self.folder, "kept")
        first = cities.make_city(rng, cities.SITES[:2])
        self.commits = []
        for city in (first, edits.another(rng, first),
                     edits.other_bodies(rng, first)):
            self.commits.append(self.library.commit(
                city.files(), self.commits[0] if self.commits else None))
        self.trees = [self.clean(number) for number in range(3)]
        self.prepare()
        self.ends = collections.Counter()
        self.wrongs = []

    def options(self, number):
        return ["--library", self.library.path, "--rev", self.commits[number],
                "--jobs", "1", "--as-of", AS_OF]

    def build(self, number, **env):
        """With the same libraries each time: the record belongs to them."""
        return kept.build(self.folder, self.out, self.options(number),
                          kept.environment(**{**self.preload, **env}))

    def stand(self, start):
        """What stands there before the build."""
        shutil.rmtree(self.out, ignore_errors=True)
        if start is not None:
            subprocess.run(["cp", "-a", os.path.join(self.folder, start),
                            self.out], check=True)

    def clean(self, number):
        self.stand(None)
        self.repaired(number, None)
        return places.published(self.out)

    def prepare(self):
        """The folders `start` and `lost`."""
        self.clean(0)
        for name in ("start", "lost"):
            subprocess.run(["cp", "-a", self.out,
                            os.path.join(self.folder, name)], check=True)
        os.truncate(os.path.join(self.folder, "lost", ".jiyue", "record",
                                 "seal"), 3)

    def counts(self, scene):
        """How many calls of each kind a build makes."""
        start, _, new = SCENES[scene]
        path = os.path.join(self.folder, "count")
        self.stand(start)
        self.build(new, FAULT_COUNT=path)
        lines = [line.split() for line in places.read(path).splitlines()]
        return {kind: int(count) for kind, count in lines}

    def fail(self, scene, kind, at, reason):
        """The build in which the call fails, and the one after it."""
        start, old, new = SCENES[scene]
        done = os.path.join(self.folder, "done")
        self.stand(start)
        code, words = self.build(new, FAULT_KIND=kind, FAULT_AT=str(at),
                                  FAULT_ERRNO=str(reason), FAULT_DONE=done)
        if not os.path.exists(done):
            self.ends["not reached"] += 1
        else:
            os.remove(done)
            self.ends[code] += 1
        self.ended(code, words, reason, new)
        self.whole([self.trees[number] for number in (old, new)
                    if number is not None])
        number = new if at % 2 or old is None else old
        self.repaired(number, self.trees[number])

    def ended(self, code, words, reason, new):
        """Killed, failed with words, or as if nothing had happened."""
        text = "\n".join([f"exit code {code}", *words])
        if code == KILLED and reason == "kill":
            return
        if code not in (0, 2) or (code == 2 and not words):
            raise Wrong(text)
        if code == 0:
            self.same(self.trees[new], text)

    def whole(self, trees):
        for path, data in places.published(self.out).items():
            if data not in [tree[path] for tree in trees if path in tree]:
                raise Wrong(f"neither old nor new: {path}")

    def repaired(self, number, tree):
        code, words = self.build(number)
        if code != 0:
            raise Wrong("\n".join([f"the build after it: {code}", *words]))
        if tree is not None:
            self.same(tree, "the build after it")

    def same(self, tree, text):
        lines = places.differences(tree, places.published(self.out))
        if lines:
            raise Wrong("\n".join([text, *lines]))

    def scene(self, scene, wanted):
        for kind, count in self.counts(scene).items():
            points = spread(count, wanted)
            for place, at in enumerate(points):
                ends = at in (points[0], points[-1])
                for reason in REASONS if ends else \
                        [REASONS[place % len(REASONS)]]:
                    try:
                        self.fail(scene, kind, at, reason)
                    except Wrong as wrong:
                        self.wrongs.append(f"{scene}: {kind} {at} of {count}, "
                                           f"{reason}: {wrong}")

    def told(self):
        ends = self.ends
        return (f"{ends[2]} failed and {ends[KILLED]} killed builds were "
                f"repaired by the next, {ends[0]} did not mind, "
                f"{ends['not reached']} did not come so far")


def main():
    wanted = int(os.environ.get("FAULTS") or 4)
    seed = int(os.environ.get("SEED") or 1)
    scenes = (os.environ.get("SCENES") or " ".join(SCENES)).split()
    print(f"fault: {wanted} calls of each kind, seed {seed}, builds: "
          f"{', '.join(scenes)}", flush=True)
    faults = Faults(seed, scenes)
    for scene in scenes:
        faults.scene(scene, wanted)
    if faults.wrongs:
        print("\n".join([f"seed {seed}", *faults.wrongs]))
        return 1
    if min(faults.ends[2], faults.ends[KILLED]) == 0:
        print("no call mattered: nothing was tried")
        return 1
    shutil.rmtree(faults.folder)
    print(f"fault: seed {seed}; {faults.told()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
