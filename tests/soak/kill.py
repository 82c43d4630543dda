#!/usr/bin/env python3
"""kill -9 at any moment: no half page, no stray, and the next build repairs.

A build that has much to write is killed at a random moment of its time, also
twice in a row and while it removes. At once every file below a document root
must be that of the old or of the new revision; the next build must give
exactly the tree of a clean one.

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


class Wrong(Exception):
    pass


def different(rng, city):
    """A city with other columns, titles and domains, and two sites fewer."""
    found = city.copy()
    for site in ("rsj", "wlj"):
        del found.sites[site]
        del found.defaults[site]
    found.sites["sfx"]["domain"] = "other.example.cn"
    found.platform["name"] = "另一平台"
    for name, site in found.sites.items():
        for column in site["columns"]:
            if column["id"] in ("tzgg", "zt"):
                column["id"] = "x" + column["id"]
        for block in site["home"]:
            if block["column"] == "zt":
                block["column"] = "xzt"
    for path in sorted(found.resources):
        found.resources[path].front["title"] += "改"
        if path.startswith(("rsj/", "wlj/")) or rng.random() < 0.3:
            del found.resources[path]
            edits.let_go(found, path)
    portal = found.sites["www"]["columns"]
    for column in portal:
        units = column.get("select", {}).get("unit")
        if isinstance(units, list):
            column["select"]["unit"] = ["jyj", "dsjj"]
    return found


class Killer:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.folder = places.fresh("soak", f"kill-{seed}")
        self.library = kept.Library(self.folder)
        self.out = os.path.join(self.folder, "kept")
        first = cities.make_city(self.rng)
        second = different(self.rng, first)
        self.commits = []
        parent = None
        for city in (first, second):
            parent = self.library.commit(city.files(), parent)
            self.commits.append(parent)
        self.done = []
        self.trees = [self.clean(commit) for commit in self.commits]
        self.seconds = self.measure()
        self.killed = 0

    def options(self, commit):
        options = ["--library", self.library.path, "--rev", commit,
                   "--jobs", self.rng.choice(["1", "4"])]
        # without a date a build may find that there is nothing to do
        return options + (["--as-of", AS_OF] if self.dated else [])

    dated = False

    def clean(self, commit):
        out = os.path.join(self.folder, "clean")
        shutil.rmtree(out, ignore_errors=True)
        code, words = kept.build(self.folder, out, self.options(commit))
        if code != 0:
            raise Wrong("the city has mistakes:\n" + "\n".join(words))
        return places.published(out)

    def build(self, commit):
        self.done.append(f"{self.commits.index(commit)} built, "
                         f"dated {self.dated}")
        code, words = kept.build(self.folder, self.out, self.options(commit))
        if code != 0:
            raise Wrong(f"exit code {code}:\n" + "\n".join(words))
        return places.published(self.out)

    def measure(self):
        shutil.rmtree(self.out, ignore_errors=True)
        start = time.monotonic()
        self.build(self.commits[0])
        return time.monotonic() - start

    def kill(self, number, when):
        """Builds a revision; ends it after `when` seconds."""
        program = subprocess.Popen(
            [places.PROGRAM, "build", "--out", self.out,
             *self.options(self.commits[number])], cwd=self.folder,
            env=places.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if when is None:
            self.wait_for_output(program)
            when = self.rng.uniform(0, self.seconds / 20)
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

    def moment(self):
        """In the time of a build, or None: when output appears."""
        if self.rng.random() < 0.4:
            return None
        return self.rng.uniform(0, self.seconds)

    def once(self):
        rng = self.rng
        self.dated = rng.random() < 0.3
        self.done = []  # what was built and ended, for the message
        old = rng.choice([None, 0, 1])
        new = rng.randrange(2) if old is None else 1 - old
        if old is None:
            shutil.rmtree(self.out, ignore_errors=True)
        else:
            self.same(self.trees[old], self.build(self.commits[old]))
        self.kill(new, self.moment())
        self.whole([self.trees[new]] +
                   ([] if old is None else [self.trees[old]]))
        if rng.random() < 0.4:
            self.kill(rng.randrange(2), self.moment())
            self.whole(self.trees)
        last = rng.randrange(2)
        self.same(self.trees[last], self.build(self.commits[last]))

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
    for number in range(1, count + 1):
        try:
            killer.once()
        except Wrong as wrong:
            print(f"seed {seed}, kill {number}: {killer.done}: {wrong}")
            return 1
    if killer.killed < count // 2:
        print(f"only {killer.killed} builds were killed: little was tried")
        return 1
    shutil.rmtree(killer.folder)
    print(f"kill: {killer.killed} killed builds were repaired")
    return 0


if __name__ == "__main__":
    sys.exit(main())
