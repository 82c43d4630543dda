#!/usr/bin/env python3
"""Releases: what is live is whole, whatever happens while it changes.

    history  publishing and rolling back at random: the live tree is always
             exactly what was built, `verify` is content, and of what is kept
             nothing is missing and nothing is of no use
    faults   each kind of call fails or is the last before kill -9 while a
             release goes live: what is live is the old release or the new one,
             and the next `publish` and `rollback` work
    order    files, the disk and the link are brought there in this order
    power    the power goes at any call, and what no sync has reached is as it
             was, or as it is, or empty, or cut off, or gone: what is live is
             the old release or the new one, and what comes next works
    growth   one edited article costs the same in a library of any size

    SCENES="history faults order power growth"    STEPS=n (40)    FAULTS=n (4)
    CUTS=n (60)    SEED=n (1)
"""

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
from fault import spread  # noqa: E402

AS_OF = "2026-06-01"
REASONS = [errno.ENOSPC, errno.EIO, "kill"]
KILLED = -9
KEEP = 3
REDIRECTS = "redirects.json"


class Wrong(Exception):
    pass


def built(out):
    """What a release of an output folder must have."""
    tree = places.published(out)
    tree[REDIRECTS] = tree.pop(os.path.join(".jiyue", REDIRECTS))
    return tree


def tree_of(folder):
    return {path: places.read_bytes(folder, path)
            for path in places.files_below(folder)}


class Releases:
    keep = KEEP

    def __init__(self, name, seed):
        rng = random.Random(seed)
        self.rng = rng
        self.folder = places.fresh("soak", f"release-{name}-{seed}")
        self.to = os.path.join(self.folder, "www")
        self.library = kept.Library(self.folder)
        first = cities.make_city(rng, cities.SITES[:2])
        self.commits = []
        self.trees = []
        self.env = kept.environment()
        for city in (first, edits.another(rng, first),
                     edits.other_bodies(rng, first)):
            self.commits.append(self.library.commit(
                city.files(), self.commits[0] if self.commits else None))

    def build_all(self):
        for number, commit in enumerate(self.commits):
            self.build(number, commit)

    def build(self, number, commit):
        code, words = kept.build(
            self.folder, self.out(number),
            ["--library", self.library.path, "--rev", commit, "--as-of",
             AS_OF], self.env)
        if code != 0:
            raise Wrong("\n".join(words))
        self.trees.append(built(self.out(number)))

    def out(self, number):
        return os.path.join(self.folder, f"out{number}")

    def run(self, *arguments, env=None):
        code, out, err = places.jiyue(self.folder, *arguments,
                                      env=env or self.env)
        return code, out + err

    def publish(self, number, *more, env=None):
        return self.run("publish", "--out", self.out(number), "--to", self.to,
                        "--keep", str(self.keep), *more, env=env)

    def must(self, result, what):
        code, words = result
        if code != 0:
            raise Wrong(f"{what}: exit code {code}\n{words}")
        return words

    def live(self):
        return tree_of(os.path.join(self.to, "live"))

    def is_live(self, trees, what):
        """Exactly one of these, and `verify` says so."""
        found = self.live()
        if found not in trees:
            raise Wrong("\n".join([what, *places.differences(trees[0],
                                                             found)]))
        self.must(self.run("verify", self.to), what + ": verify")

    def meddle(self):
        """Somebody writes into both trees."""
        for tree in ("a", "b"):
            folder = os.path.join(self.to, tree)
            if not os.path.exists(folder):
                continue
            for path in self.rng.sample(sorted(places.files_below(folder)),
                                        min(5, len(os.listdir(folder)))):
                full = os.path.join(folder, path)
                os.remove(full)
                what = self.rng.randrange(4)
                if what == 0:
                    os.makedirs(os.path.join(full, "deep"))
                elif what == 1:
                    os.symlink("/etc/passwd", full)
                elif what == 2:
                    with open(full, "w", encoding="ascii") as file:
                        file.write("other")
            os.makedirs(os.path.join(folder, "stray", "deep"), exist_ok=True)

    def listed(self):
        words = self.must(self.run("releases", self.to), "releases")
        return [int(line[2:].split()[0]) for line in words.splitlines()[1:]]

    def manifest_files(self, number):
        """(path, SHA-256) of a release, and the names of its parts."""
        state = os.path.join(self.to, ".releases")
        lines = places.read(state, str(number), "manifest").splitlines()
        parts = [line.split(" ")[1] for line in lines
                 if line.startswith("part ")]
        files = set()
        for part in parts:
            for line in places.read(state, "parts", part).splitlines():
                sha256, _, _, path = line.split(" ", 3)
                files.add((path, sha256))
        return files, set(parts)

    def is_tidy(self):
        """Nothing is kept that no release has."""
        state = os.path.join(self.to, ".releases")
        files = set()
        parts = set()
        for number in self.listed():
            more, names = self.manifest_files(number)
            files |= {sha256 for _, sha256 in more}
            parts |= names
        stray = set(os.listdir(os.path.join(state, "parts"))) - parts
        stray |= {name for name in os.listdir(os.path.join(state, "old"))
                  if name.split("-")[1] not in files}
        if stray:
            raise Wrong(f"kept for nothing: {sorted(stray)[:5]}")


# --- history ---------------------------------------------------------------

def history(seed, steps):
    releases = Releases("history", seed)
    releases.build_all()
    rng = releases.rng
    of = {}  # release: number of its tree
    done = []
    try:
        for _ in range(steps):
            if of and rng.random() < 0.4:
                target = rng.choice(releases.listed())
                done.append(f"rollback {target}")
                releases.must(releases.run("rollback", "--to", str(target),
                                           releases.to), done[-1])
                wanted = of[target]
            else:
                wanted = rng.randrange(3)
                repair = of and rng.random() < 0.2
                more = ["--repair"] if repair else []
                if repair:
                    releases.meddle()
                done.append(f"publish {wanted} {more}")
                releases.must(releases.publish(wanted, *more), done[-1])
                of[releases.listed()[-1]] = of.get(releases.listed()[-1],
                                                   wanted)
            releases.is_live([releases.trees[wanted]], done[-1])
            if done[-1].startswith("publish"):
                releases.is_tidy()
    except Wrong as wrong:
        return f"seed {seed}: {done[-8:]}: {wrong}"
    shutil.rmtree(releases.folder)
    return None


# --- faults ----------------------------------------------------------------

class Faults(Releases):
    """Before: the second release is live, the first on the other tree."""

    keep = 10  # each step ends with the first one live again

    def __init__(self, seed):
        super().__init__("faults", seed)
        self.preload = kept.preload(self.folder, "fault")
        # with the same libraries each time: the record belongs to them
        self.env = kept.environment(**self.preload)
        self.build_all()
        for number in (0, 1):
            self.must(self.publish(number), "before")
        self.start = os.path.join(self.folder, "start")
        os.rename(self.to, self.start)
        self.outs = [os.path.join(self.folder, f"kept{number}")
                     for number in range(3)]
        self.scenes = {
            "publish": (lambda env: self.publish(2, env=env), 1, 2),
            "rollback": (lambda env: self.run("rollback", self.to, env=env),
                         1, 0),
        }

    def stand(self):
        shutil.rmtree(self.to, ignore_errors=True)
        subprocess.run(["cp", "-a", self.start, self.to], check=True)

    def must(self, result, what):
        """What an interrupted process left is nobody's tampering."""
        words = super().must(result, what)
        if "[release-restored]" in words:
            raise Wrong(f"{what}: {words}")
        return words

    def counts(self, action):
        path = os.path.join(self.folder, "count")
        self.stand()
        self.must(action(kept.environment(**self.preload, FAULT_COUNT=path)),
                  "without a fault")
        lines = [line.split() for line in places.read(path).splitlines()]
        return {kind: int(count) for kind, count in lines
                if not kind.startswith("mdb_")}

    def fail(self, scene, kind, at, reason):
        action, old, new = self.scenes[scene]
        self.stand()
        code, words = action(kept.environment(
            **self.preload, FAULT_KIND=kind, FAULT_AT=str(at),
            FAULT_ERRNO=str(reason)))
        if code not in (0, 2, KILLED):
            raise Wrong(f"exit code {code}\n{words}")
        trees = [self.trees[new], self.trees[old]]
        self.is_live(trees[:1] if code == 0 else trees, "at once")
        if at % 2 == 0:  # to another release than the one that was begun
            self.must(self.publish(0), "another publish")
            self.is_live([self.trees[0]], "another publish")
        self.must(self.publish(2), "the next publish")
        self.is_live([self.trees[2]], "the next publish")
        self.is_tidy()
        self.must(self.run("rollback", "--to", "1", self.to), "to the first")
        self.is_live([self.trees[0]], "to the first")
        return code

    def scene(self, scene, wanted):
        wrongs = []
        codes = []
        for kind, count in self.counts(self.scenes[scene][0]).items():
            for place, at in enumerate(spread(count, wanted)):
                for reason in REASONS if place == 0 else \
                        [REASONS[place % len(REASONS)]]:
                    try:
                        codes.append(self.fail(scene, kind, at, reason))
                    except Wrong as wrong:
                        wrongs.append(f"{scene}: {kind} {at} of {count}, "
                                      f"{reason}: {wrong}")
        if not wrongs and (2 not in codes or KILLED not in codes):
            wrongs.append(f"{scene}: no call mattered: nothing was tried")
        return wrongs


def faults(seed, wanted):
    tried = Faults(seed)
    wrongs = [line for scene in tried.scenes
              for line in tried.scene(scene, wanted)]
    if wrongs:
        return "\n".join(wrongs)
    shutil.rmtree(tried.folder)
    return None


# --- order -----------------------------------------------------------------

def wrong_order(words):
    if "file" not in words or "live" not in words:
        return "no file was changed, or nothing went live"
    first = words.index("file")
    last = len(words) - 1 - words[::-1].index("file")
    live = words.index("live")
    # the link itself is renamed below the folder of releases as well
    last = last if last < live - 1 else \
        live - 2 - words[:live - 1][::-1].index("file")
    if "state" not in words[:first] or \
            "flushed" not in words[words.index("state"):first]:
        return "files move before it is noted on the disk"
    if "disk" not in words[last:live]:
        return "the link leads to files that are not on the disk"
    if "flushed" not in words[live:]:
        return "the link is not brought to the disk"
    if "state" not in words[live:]:
        return "it is not noted that the tree is whole"
    return None


def order(seed):
    releases = Releases("order", seed)
    preload = kept.preload(releases.folder, "order")
    releases.env = kept.environment(**preload)
    releases.build_all()
    log = os.path.join(releases.folder, "log")
    for number in (0, 1, 2):
        if os.path.exists(log):
            os.remove(log)
        releases.must(releases.publish(number, env=kept.environment(
            **preload, ORDER_LOG=log)), "publish")
        found = wrong_order(places.read(log).split())
        if found:
            return f"publish {number}: {found}"
    shutil.rmtree(releases.folder)
    return None


# --- power -----------------------------------------------------------------

FATES = ("new", "old", "empty", "short", "gone")


class Power(Releases):
    """Before: the second release is live, the first on the other tree."""

    keep = 10

    def __init__(self, seed):
        super().__init__("power", seed)
        self.preload = kept.preload(self.folder, "power")
        self.env = kept.environment(**self.preload)
        self.build_all()
        for number in (0, 1):
            self.must(self.publish(number, "--pack"), "before")
        self.start, self.shadow, self.count = (
            os.path.join(self.folder, name)
            for name in ("start", "shadow", "count"))
        os.rename(self.to, self.start)
        self.trees = [self.with_packed(number) for number in range(3)]
        self.scenes = (
            (lambda env: self.publish(2, "--pack", env=env), 1, 2),
            (lambda env: self.run("rollback", self.to, env=env), 1, 0),
            (lambda env: self.publish(2, "--pack", "--repair", env=env), 1, 2))

    def with_packed(self, number):
        """What a release of it has, beside the files of the build."""
        self.must(self.publish(number, "--pack"), "packed")
        found = self.live()
        shutil.rmtree(self.to)
        return found

    def stand(self):
        for path in (self.to, self.shadow, self.shadow + ".synced"):
            shutil.rmtree(path, ignore_errors=True)
        for path in (self.to, self.shadow):
            subprocess.run(["cp", "-a", self.start, path], check=True)

    def cut(self, action, at):
        """Code of the action, which ends at this call, or behind the last."""
        self.stand()
        more = {"POWER_OUT": self.to, "POWER_SHADOW": self.shadow,
                "POWER_COUNT": self.count}
        if at is not None:
            more["POWER_AT"] = str(at)
        code, words = action(kept.environment(**more, **self.preload))
        if code not in (0, KILLED):
            raise Wrong(f"exit code {code}\n{words}")
        return code

    # --- what the disk has ---

    def lose_moves(self, now, certain):
        """A file that was brought there keeps its bytes under one of its
        names, whatever came in its place."""
        moved = {}
        for name in sorted(set(now) - set(certain)):
            moved.setdefault(now[name], []).append(name)
        for name in sorted(certain):
            data = certain[name]
            if now.get(name) == data or not moved.get(data):
                continue
            to = moved[data].pop()
            if self.rng.random() < 0.5:
                path = os.path.join(self.to, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                os.replace(os.path.join(self.to, to), path)
                now[name] = data
            else:
                certain.pop(name)
            del now[to]

    def lose_link(self):
        links = [os.readlink(os.path.join(folder, "live"))
                 for folder in (self.to, self.shadow)]
        if links[0] == links[1] or self.rng.random() < 0.5:
            return
        os.remove(os.path.join(self.to, "live"))
        os.symlink(links[1], os.path.join(self.to, "live"))

    def lose(self, name, old, new, fate):
        path = os.path.join(self.to, name)
        if fate == "new" or (new is None and fate != "old"):
            return
        if new is not None:
            os.remove(path)
        if fate == "gone" or (fate == "old" and old is None):
            return
        data = (old if fate == "old" else b"" if fate == "empty"
                else new[:self.rng.randrange(len(new) + 1)])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)

    def lose_some(self):
        """How many files the disk need not have."""
        now, certain = ({path: places.read_bytes(folder, path)
                         for path in places.files_below(folder)
                         if not path.endswith("/lock") and
                         not os.path.islink(os.path.join(folder, path))}
                        for folder in (self.to, self.shadow))
        self.lose_link()
        self.lose_moves(now, certain)
        lost = [name for name in sorted(set(now) | set(certain))
                if now.get(name) != certain.get(name)]
        whole = self.rng.choice([None, None, *FATES[1:]])
        for name in lost:
            self.lose(name, certain.get(name), now.get(name),
                      whole or self.rng.choice(FATES))
        return len(lost)

    # --- one cut ---

    def once(self, scene, at):
        action, old, new = self.scenes[scene]
        code = self.cut(action, at)
        lost = self.lose_some()
        self.is_live([self.trees[new]] if code == 0 else
                     [self.trees[new], self.trees[old]], "at once")
        if self.rng.random() < 0.5:
            self.must(self.publish(0, "--pack"), "another publish")
            self.is_live([self.trees[0]], "another publish")
        self.must(self.publish(2, "--pack"), "the next publish")
        self.is_live([self.trees[2]], "the next publish")
        self.is_tidy()
        self.must(self.run("rollback", "--to", "1", self.to), "to the first")
        self.is_live([self.trees[0]], "to the first")
        return lost


def power(seed, cuts):
    tried = Power(seed)
    lost = 0
    calls = []
    for action, _, _ in tried.scenes:
        tried.cut(action, None)
        calls.append(int(places.read(tried.count)))
    for turn in range(cuts):
        scene = turn % len(calls)
        at = tried.rng.choice([None, *range(1, calls[scene] + 1)])
        try:
            lost += tried.once(scene, at)
        except Wrong as wrong:
            return (f"power: seed {seed}, cut {turn + 1}: scene {scene}, call "
                    f"{at} of {calls[scene]}: {wrong}")
    shutil.rmtree(tried.folder)
    if not lost:
        return "power: nothing was lost: nothing was tried"
    print(f"power: {cuts} cuts, {lost} files that the disk need not have",
          flush=True)
    return None


# --- growth ----------------------------------------------------------------

SITE = """kind: portal
name: 样例市人民政府
domain: www.yangli.gov.cn
identity_code: "6199000001"
sponsor: 样例市人民政府办公室
phone: (0000) 1200 0001
icp: 示ICP备00000001号-1
police_record: 示公网安备00000000000001号
description: 样例市人民政府门户网站
units: [szf]
columns:
  - id: tzgg
    name: 通知公告
    class: notice
    description: 市政府的通知、公告和公示
    keywords: [通知, 公告]
    owner_unit: 办公室
    editors: {a: 编辑一岗, b: 编辑二岗}
    select: {unit: szf, type: notice}
"""


def articles(count, edited):
    files = {"sites/platform.yaml": "name: 样例市\nportal: www\n",
             "sites/www/site.yaml": SITE}
    for number in range(count):
        body = "改过的正文。" if number == edited else "正文。"
        files[f"content/szf/{number:05}.md"] = (
            f"---\ntitle: 关于第{number}件事的通知\ntype: notice\nnotice_kind: 通知\n"
            f"date: 20{10 + number % 10}-0{1 + number % 9}-02 09:30\n"
            f"source: 市政府\n---\n{body}\n")
    return {path: text.encode() for path, text in files.items()}


def stamps(folder):
    found = {}
    for path in places.files_below(folder):
        status = os.lstat(os.path.join(folder, path))
        found[status.st_ino, status.st_mtime_ns] = status.st_size
    return found


def changed(trees):
    """The bytes of what the last two edits changed: both go to one tree."""
    return sum(len(data) for path, data in trees[-1].items()
               if data != trees[-3].get(path))


def cost(count):
    """Calls that a release of one edited article takes, and bytes besides
    those of the files that changed."""
    releases = Releases(f"growth-{count}", 1)
    preload = kept.preload(releases.folder, "fault")
    releases.env = kept.environment(**preload)
    commit = None
    for number, edited in enumerate((None, 0, 1)):
        commit = releases.library.commit(articles(count, edited), commit)
        releases.build(0, commit)
        path = os.path.join(releases.folder, "count")
        before = stamps(releases.to) if number else {}
        releases.must(releases.publish(0, env=kept.environment(
            **preload, FAULT_COUNT=path)), "publish")
        releases.is_live([releases.trees[-1]], "publish")
    written = sum(size for stamp, size in stamps(releases.to).items()
                  if stamp not in before) - changed(releases.trees)
    calls = sum(int(line.split()[1])
                for line in places.read(path).splitlines())
    shutil.rmtree(releases.folder)
    return calls, written


def growth():
    """A part of a manifest has 256 files or so, whatever the library has."""
    small = cost(500)
    large = cost(4000)
    told = (f"growth: {small[0]} and {large[0]} calls, {small[1]} and "
            f"{large[1]} bytes besides what changed")
    if large[0] > 1.3 * small[0] + 100 or large[1] > small[1] + 200000:
        return told
    print(told, flush=True)
    return None


def main():
    seed = int(os.environ.get("SEED") or 1)
    steps = int(os.environ.get("STEPS") or 40)
    wanted = int(os.environ.get("FAULTS") or 4)
    cuts = int(os.environ.get("CUTS") or 60)
    scenes = {"history": lambda: history(seed, steps),
              "faults": lambda: faults(seed, wanted),
              "order": lambda: order(seed),
              "power": lambda: power(seed, cuts), "growth": growth}
    chosen = (os.environ.get("SCENES") or " ".join(scenes)).split()
    for name in chosen:
        try:
            found = scenes[name]()
        except Wrong as wrong:
            found = str(wrong)
        if found:
            print(f"{name}: {found}")
            return 1
    print(f"release: {', '.join(chosen)}, seed {seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
