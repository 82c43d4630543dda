#!/usr/bin/env python3
"""Incremental equals full: random histories of a small city.

Each step edits the library, commits it, builds into a folder that is kept,
and compares that with a build of the same input into an empty folder: the
exit code, the messages, and every byte of every site, with mistakes too; in some
steps a check beside the folder with a check of everything. A file
whose bytes are the same must be the same file.
About a third of the steps are long runs of commits that change bodies only; one
in four makes a mistake, which stands for some steps and is then mended.

    STEPS=n   how many steps (300)      SEED=n   the first city (1)
    A city lasts 100 steps; the next one has the next seed.

Ends with 1 at the first difference, and tells seed, step and page.
"""

import collections
import os
import random
import shutil
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

import bodies  # noqa: E402
import city as cities  # noqa: E402
import edits  # noqa: E402
import kept  # noqa: E402
import places  # noqa: E402

STEPS_A_CITY = 100
STEPS_A_CHECK = 3      # one in so many steps compares checks, too
START = 1704067200     # 2024-01-01, from which hours are counted
EARLY_HOUR = 24 * 20   # much is not published yet
FIRST_HOUR = 24 * 92
LAST_HOUR = 24 * 600   # little is left to happen
ONLY_TIME = "only time passes"
WANTED = ("of bodies", "without mistakes", "without messages")


class Difference(Exception):
    pass


class History:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.folder = places.fresh("soak", f"history-{seed}")
        self.library = kept.Library(self.folder)
        self.out = os.path.join(self.folder, "kept")
        self.clean = os.path.join(self.folder, "clean")
        self.worktree = os.path.join(self.folder, "worktree")
        self.preload = kept.preload(self.folder, "clock")
        self.city = cities.make_city(self.rng)
        self.as_of = 24 * 200
        self.good = self.city.copy(), self.as_of   # built without mistakes
        self.quiet = self.city.copy(), self.as_of  # and without messages
        self.revisions = []  # (commit, city)
        self.commit = None
        self.tree = {}       # what stands in self.out
        self.bodies_left = 0
        self.said = []
        self.options = []
        self.env = {}
        self.code = 0
        self.words = []
        self.counts = collections.Counter()

    # --- what is built ---

    def begin(self):
        """Mending goes back to the first city, so it must be well."""
        self.library.commit(self.city.files(), None)
        code, words = kept.build(
            self.folder, self.clean, ["--library", self.library.path],
            kept.environment(CLOCK=str(START + 3600 * self.as_of),
                             **self.preload))
        if code != 0:
            raise Difference("\n".join(["the first city has mistakes:",
                                        *words]))

    def change(self):
        """The city and the commits of this step."""
        rng = self.rng
        self.said = []
        self.counts["in all"] += 1
        kind = rng.random()
        if self.revisions and kind < 0.1:
            self.said = [ONLY_TIME]
        elif self.bodies_left > 0:
            self.change_bodies()
        elif len(self.revisions) > 2 and kind < 0.20:
            self.go_back()
        elif self.revisions and (kind < 0.28 or self.wants_bodies()):
            self.begin_bodies()
        elif self.words and self.wants_quiet() and rng.random() < 0.6:
            self.mend(self.quiet)
        elif self.code != 0 and rng.random() < 0.4:
            self.mend(self.good)
        else:
            for _ in range(rng.choice([1, 1, 1, 1, 2, 3])):
                self.said += edits.make(rng, self.city)
                self.add_commit()
            if self.wants_mistake():
                self.counts["with a mistake"] += 1
                self.said.append(edits.mistake(rng, self.city))
                self.add_commit()

    def wants_mistake(self):
        """One step in four makes one; it stands until all are mended."""
        return self.counts["with a mistake"] < 0.25 * self.counts["in all"]

    def wants_bodies(self):
        """Chance alone leaves some histories with few of them."""
        return self.counts["of bodies"] < 0.3 * self.counts["in all"]

    def wants_quiet(self):
        """Nor does it often come back to a city that has nothing to say."""
        return self.counts["without messages"] < 0.35 * self.counts["in all"]

    def begin_bodies(self):
        """The next steps change bodies only, from a city that is well."""
        self.bodies_left = self.rng.randint(4, 16)
        if self.code != 0 or self.words:
            self.mend(self.quiet)
        else:
            self.change_bodies()

    def change_bodies(self):
        self.bodies_left -= 1
        if self.code != 0 and not bodies.broken(self.city):
            self.mend(self.quiet)
        self.counts["of bodies"] += 1
        for _ in range(self.rng.choice([1, 1, 1, 2, 3, 6])):
            self.said += bodies.make(self.rng, self.city)
            self.add_commit()

    def go_back(self):
        commit, city = self.rng.choice(self.revisions[-12:])
        self.commit, self.city = commit, city.copy()
        self.library.point_to(commit)
        self.said.append("back to " + commit[:12])

    def mend(self, state):
        city, self.as_of = state
        self.city = city.copy()
        self.said.append("mend")
        self.add_commit()

    def add_commit(self):
        """On the last commit, mostly; beside it, unrelated, or a merge."""
        rng = self.rng
        parent, merged = self.commit, None
        kind = rng.random()
        if kind < 0.02:
            parent = None
            self.said.append("an unrelated commit")
        elif self.revisions and kind < 0.05:
            parent = rng.choice(self.revisions[-12:])[0]
            self.said.append("from " + parent[:12])
        elif self.revisions and kind < 0.1:
            merged = rng.choice(self.revisions[-12:])[0]
            self.said.append("merged with " + merged[:12])
        minutes = rng.choice([1, 1, 1, 60, 24 * 60, -90])
        self.commit = self.library.commit(self.city.files(), parent, minutes,
                                          merged, self.city.reviews)
        self.city.reviews = []
        self.revisions.append((self.commit, self.city.copy()))

    def choose_time(self):
        """What time it is from now on, in seconds since 1970."""
        rng = self.rng
        kind = rng.random()
        if self.said == [ONLY_TIME]:
            self.as_of += rng.choice([1, 24 * 30, 24 * 60, 24 * 200])
        elif kind < 0.25:
            self.as_of += rng.choice([1, 24, 24 * 30, 24 * 200])
        elif kind < 0.32:
            self.as_of -= rng.choice([1, 24, 24 * 60, 24 * 400])
        if not FIRST_HOUR <= self.as_of <= LAST_HOUR:
            self.as_of = FIRST_HOUR
        if rng.random() < 0.05:
            return START + 3600 * EARLY_HOUR
        return START + 3600 * self.as_of

    def choose_date(self, now):
        """An --as-of, or none: then it is the clock's, and stays that
        while nothing else changes."""
        kind = self.rng.random()
        if self.said == [ONLY_TIME] and "--as-of" not in self.options:
            return []
        if kind < 0.5:
            return []
        form = "%Y-%m-%d" if self.rng.random() < 0.3 else "%Y-%m-%d %H:%M"
        return ["--as-of", time.strftime(form, time.gmtime(now))]

    def choose_library(self):
        """And which revision of it, or whose dates."""
        library = ["--library", self.library.path]
        kind = self.rng.random()
        was_tree = "--worktree" in self.options
        if self.said == [ONLY_TIME] or kind > (0.6 if was_tree else 0.19):
            return library
        if kind < 0.06 or was_tree:  # mostly several in a row
            kept.write_tree(self.worktree, self.city.files())
            return ["--library", self.worktree, "--worktree"]
        if kind < 0.15:
            return library + ["--rev", self.commit]
        return library + ["--dates", "front-matter"]

    def choose_site(self):
        if self.said == [ONLY_TIME] or self.rng.random() > 0.08:
            return None
        return self.rng.choice(sorted(self.city.sites))

    # --- what is compared ---

    def step(self):
        self.change()
        now = self.choose_time()
        site = self.choose_site()
        self.options = [*self.choose_library(), *self.choose_date(now),
                        *(["--site", site] if site else [])]
        self.env = kept.environment(CLOCK=str(now), **self.preload)
        jobs = self.rng.sample(["1", "2", "4"], 2)
        before, stamps = self.tree, places.stamps(self.out)
        self.code, self.words = self.build(self.out, jobs[0])
        self.tree = places.published(self.out)
        shutil.rmtree(self.clean, ignore_errors=True)
        code, wanted = self.build(self.clean, jobs[1])
        full = places.published(self.clean)
        # a site with unreadable settings cannot be asked for
        self.same_end(code, wanted, (0, 1, 2) if site else (0, 1))
        self.untouched(before, stamps)
        # without any good platform.yaml nothing is touched
        is_none = any("[platform-none]" in line for line in wanted)
        if site is None and code != 2 and not is_none:
            self.same(full, self.tree)
        else:
            self.partly(before, full, site)
        if code == 0 and site is None:
            self.is_good()
        if self.counts["in all"] % STEPS_A_CHECK == 0:
            self.check()

    def check(self):
        """Beside the kept folder it says what a check of everything says."""
        said = []
        more = self.rng.choice([[], ["--daily"]])
        for out in ([], ["--out", self.out]):
            code, _, err = places.jiyue(self.folder, "check", "--limit", "0",
                                        *out, *self.options, *more,
                                        env=self.env)
            said.append({f"exit code {code}": b"", **dict.fromkeys(
                err.splitlines(), b"")})
        lines = places.differences(*said, ("of everything", "kept"))
        if lines:
            raise Difference("checks differ:\n" + "\n".join(lines))

    def build(self, out, jobs):
        return kept.build(self.folder, out,
                          self.options + ["--jobs", jobs], self.env)

    def is_good(self):
        self.good = self.city.copy(), self.as_of
        self.counts["without mistakes"] += 1
        if not any("[" in line and not line.endswith("[resource-later]")
                   for line in self.words
                   if ": warning: " in line or ": error: " in line):
            self.quiet = self.good
            self.counts["without messages"] += 1

    def same_end(self, code, wanted, possible):
        """The exit code and the messages are those of the clean build."""
        if self.code != code or code not in possible:
            raise Difference("\n".join(
                [f"exit code {self.code}, clean: {code}", *self.words,
                 "clean:", *wanted]))
        if self.words != wanted:
            raise Difference("messages differ:\n" + "\n".join(
                places.differences(dict.fromkeys(wanted),
                                   dict.fromkeys(self.words),
                                   ("clean", "kept"))))

    def untouched(self, before, stamps):
        """A file whose bytes are the same is the same file."""
        for path, stamp in places.stamps(self.out).items():
            if before.get(path) == self.tree[path] and stamps[path] != stamp:
                raise Difference(f"written again though equal: {path}")

    def partly(self, before, full, site):
        """Sites that were written are whole, the others as they were."""
        written = kept.domains_of(full)
        self.same(full, kept.of_domains(
            self.tree, written | ({".jiyue"} if full else set())))
        named = {site} if site else set(self.city.sites)
        others = kept.domains_of(before) - written
        standing = others & (set(self.city.domains().values()) | (
            others if site or self.code == 2 else set()))
        self.same(kept.of_domains(before, standing),
                  kept.of_domains(self.tree, standing))
        wanted = {self.city.domains()[name] for name in named} | {".jiyue"}
        if site and self.code == 0 and written | {".jiyue"} != wanted:
            raise Difference(f"--site {site} wrote {sorted(written)}")

    @staticmethod
    def same(wanted, found):
        lines = places.differences(wanted, found, ("clean", "kept"))
        if lines:
            raise Difference("\n".join(lines))

    def explain(self, text):
        for line in text.splitlines():
            page = line.partition(": ")[2]
            if not line.startswith(("differs", "only")):
                continue
            _, out, err = places.jiyue(self.folder, "explain", "--out",
                                       self.out, *self.options, page,
                                       env=self.env)
            return out + err
        return ""


def run(seed, steps):
    """The first difference as text, or None; what was counted."""
    history = History(seed)
    for number in range(steps + 1):
        try:
            if number == 0:
                history.begin()
            else:
                history.step()
        except Difference as difference:
            return (f"seed {seed}, step {number}: "
                    f"{'; '.join(history.said)}\n"
                    f"options: {' '.join(history.options)}, "
                    f"{history.as_of} h after 2024\n{difference}\n"
                    + history.explain(str(difference)), history.counts)
    shutil.rmtree(history.folder)
    return None, history.counts


def main():
    steps = int(os.environ.get("STEPS") or 300)
    seed = int(os.environ.get("SEED") or 1)
    print(f"history: {steps} steps from seed {seed}", flush=True)
    counts = collections.Counter()
    for first in range(0, steps, STEPS_A_CITY):
        found, more = run(seed + first // STEPS_A_CITY,
                          min(steps - first, STEPS_A_CITY))
        if found is not None:
            print(found)
            return 1
        counts += more
    told = ", ".join(f"{count} {what}"
                     for what, count in sorted(counts.items()))
    if min(counts[kind] for kind in WANTED) < steps // 4:
        print(f"too little was compared in {steps} steps: {told}")
        return 1
    print(f"history: {steps} steps from seed {seed}; every build of what "
          f"changed equals a full one; steps {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
