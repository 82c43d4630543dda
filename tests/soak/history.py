#!/usr/bin/env python3
"""Incremental equals full: random histories of a small city.

Each step edits the library, commits it, builds into a folder that is kept,
and compares that with a build of the same input into an empty folder: the
exit code, the messages, and every byte of every site. A site with mistakes
must stand as it stood before.

    STEPS=n   how many steps (300)      SEED=n   the first city (1)
    A city lasts 100 steps; the next one has the next seed.

Ends with 1 at the first difference, and tells seed, step and page.
"""

import os
import random
import shutil
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

import city as cities  # noqa: E402
import edits  # noqa: E402
import kept  # noqa: E402
import places  # noqa: E402

STEPS_A_CITY = 100


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
        self.city = cities.make_city(self.rng)
        self.good = self.city.copy()
        self.revisions = []  # (commit, city)
        self.commit = None
        self.tree = {}       # what stands in self.out
        self.as_of = 24 * 200  # hours from 2024-01-01
        self.good_as_of = self.as_of
        self.said = []
        self.options = []
        self.code = 0
        self.clean_steps = 0

    # --- what is built ---

    def change(self):
        """The city and the commit of this step."""
        rng = self.rng
        kind = rng.random()
        if self.revisions and kind < 0.10:
            self.said = ["nothing"]
            return
        if len(self.revisions) > 2 and kind < 0.22:
            commit, city = rng.choice(self.revisions[-12:])
            self.commit, self.city = commit, city.copy()
            self.library.point_to(commit)
            self.said = ["back to " + commit[:12]]
            return
        if self.code != 0 and rng.random() < 0.6:
            self.city = self.good.copy()
            self.as_of = self.good_as_of
            self.said = ["mend"]
        else:
            self.said = edits.make(rng, self.city)
        parent = self.commit
        if rng.random() < 0.03:
            parent = None
            self.said.append("an unrelated commit")
        self.commit = self.library.commit(self.city.files(), parent)
        self.revisions.append((self.commit, self.city.copy()))

    def choose_time(self):
        rng = self.rng
        kind = rng.random()
        if kind < 0.25:
            self.as_of += rng.choice([1, 24, 24 * 30, 24 * 200])
        elif kind < 0.32:
            self.as_of -= rng.choice([1, 24, 24 * 60, 24 * 400])
        self.as_of = max(24 * 20 if rng.random() < 0.05 else 24 * 92, min(self.as_of, 24 * 365 * 2))
        moment = time.gmtime(1704067200 + 3600 * self.as_of)
        form = "%Y-%m-%d" if rng.random() < 0.3 else "%Y-%m-%d %H:%M"
        return time.strftime(form, moment)

    def choose_options(self):
        """Library, revision, date and threads; the site, or None."""
        rng = self.rng
        options, site = [], None
        kind = rng.random()
        if kind < 0.06:
            kept.write_tree(self.worktree, self.city.files())
            options += ["--library", self.worktree, "--worktree"]
        else:
            options += ["--library", self.library.path]
            if kind < 0.15:
                options += ["--rev", self.commit]
            elif kind < 0.19:
                options += ["--dates", "front-matter"]
        if rng.random() < 0.75:
            options += ["--as-of", self.choose_time()]
        if rng.random() < 0.08:
            site = rng.choice(sorted(self.city.sites))
            options += ["--site", site]
        return options, site

    # --- what is compared ---

    def step(self):
        self.change()
        options, site = self.choose_options()
        jobs = self.rng.choice(["1", "4"])
        self.options = options
        shutil.rmtree(self.clean, ignore_errors=True)
        before = self.tree
        self.code, words = kept.build(self.folder, self.out,
                                      options + ["--jobs", jobs])
        code, wanted = kept.build(self.folder, self.clean,
                                  options + ["--jobs", "2"])
        self.tree = places.published(self.out)
        full = places.published(self.clean)
        if self.code != code or code not in (0, 1, 2):
            raise Difference(f"exit code {self.code}, not {code}")
        if words != wanted:
            raise Difference("messages differ:\n" + "\n".join(
                places.differences(dict.fromkeys(wanted), dict.fromkeys(words),
                                   ("clean", "kept"))))
        if code == 0 and site is None:
            self.same(full, self.tree)
            self.good = self.city.copy()
            self.good_as_of = self.as_of
            self.clean_steps += 1
            return
        self.partly(before, full, site)

    def partly(self, before, full, site):
        """Sites that were written are whole, the others as they were."""
        written = kept.domains_of(full)
        self.same(full, kept.of_domains(self.tree, written))
        named = {site} if site else set(self.city.sites)
        others = kept.domains_of(before) - written
        standing = others & (set(self.city.domains().values()) | (
            others if site or self.code == 2 else set()))
        self.same(kept.of_domains(before, standing),
                  kept.of_domains(self.tree, standing))
        if site and self.code == 0 and \
                written != {self.city.domains()[name] for name in named}:
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
                                       self.out, *self.options, page)
            return out + err
        return ""


def run(seed, steps):
    """The first difference as text, or None; steps without mistakes."""
    history = History(seed)
    for number in range(1, steps + 1):
        try:
            history.step()
        except Difference as difference:
            return (f"seed {seed}, step {number}: "
                    f"{'; '.join(history.said)}\n"
                    f"options: {' '.join(history.options)}\n{difference}\n"
                    + history.explain(str(difference)), 0)
    shutil.rmtree(history.folder)
    return None, history.clean_steps


def main():
    steps = int(os.environ.get("STEPS") or 300)
    seed = int(os.environ.get("SEED") or 1)
    print(f"history: {steps} steps from seed {seed}", flush=True)
    left, clean = steps, 0
    while left > 0:
        found, count = run(seed, min(left, STEPS_A_CITY))
        if found is not None:
            print(found)
            return 1
        left -= STEPS_A_CITY
        seed += 1
        clean += count
    if clean < steps // 3:
        print(f"only {clean} steps were without mistakes: little was compared")
        return 1
    print(f"history: every build of what changed equals a full one; "
          f"{clean} of {steps} steps were without mistakes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
