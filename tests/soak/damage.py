#!/usr/bin/env python3
"""A damaged record costs only time, and a folder has one build at a time.

Between two builds of an output folder its record is cut, flipped, replaced or
taken away, or things are left where pages are staged; the next build must
give exactly the tree of a clean one. While one build runs, another must say
which process it is, and touch nothing.

    ROUNDS=n (60)    SEED=n (1)
"""

import os
import random
import shutil
import signal
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

import city as cities  # noqa: E402
import kept  # noqa: E402
import places  # noqa: E402


def truncate(rng, path):
    size = os.path.getsize(path)
    os.truncate(path, rng.randrange(size))


def flip(rng, path):
    with open(path, "r+b") as file:
        for _ in range(rng.randint(1, 40)):
            at = rng.randrange(os.path.getsize(path))
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ (1 << rng.randrange(8))]))


def replace_by_garbage(rng, path):
    with open(path, "wb") as file:
        file.write(rng.randbytes(rng.randint(0, 100000)))


def replace_by_folder(rng, path):
    del rng
    os.remove(path)
    os.makedirs(os.path.join(path, "deep"))
    with open(os.path.join(path, "deep", "file"), "wb") as file:
        file.write(b"x")


def make_unreadable(rng, path):
    del rng
    os.chmod(path, 0)


def take(rng, path):
    del rng
    os.remove(path)


def replace_record_by_file(rng, path):
    del rng
    shutil.rmtree(os.path.dirname(path))
    with open(os.path.dirname(path), "wb") as file:
        file.write(b"x")


def leave_in_the_way(rng, path):
    """Where pages are staged: files of a killed build, or a file instead."""
    staging = os.path.join(os.path.dirname(os.path.dirname(path)), "new")
    if rng.random() < 0.3:
        shutil.rmtree(staging)
        staging = os.path.dirname(staging)
        names = ["new"]
    else:
        os.makedirs(os.path.join(staging, "gone", "deep"))
        names = ["0", "1", "domains", "gone/index.html", "gone/deep/file"]
    for name in names:
        with open(os.path.join(staging, name), "wb") as file:
            file.write(rng.randbytes(rng.randint(0, 1000)))


DAMAGES = [truncate, flip, flip, flip, replace_by_garbage, replace_by_folder,
           make_unreadable, take, replace_record_by_file, leave_in_the_way]


def damaged_records(folder, rng, rounds):
    """The first difference as text, or None."""
    library = kept.Library(folder)
    first = cities.make_city(rng)
    second = first.copy()
    path = cities.add_resource(rng, second, "jyj", "news")
    second.resources[path].body = "正文。\n"
    commits = [library.commit(first.files(), None)]
    commits.append(library.commit(second.files(), commits[0]))
    out, clean = (os.path.join(folder, name) for name in ("kept", "clean"))
    trees = []
    for commit in commits:
        shutil.rmtree(clean, ignore_errors=True)
        code, words = kept.build(folder, clean, [
            "--library", library.path, "--rev", commit])
        if code != 0:
            return "the city has mistakes: " + "\n".join(words)
        trees.append(places.published(clean))
    for number in range(rounds):
        options = ["--library", library.path, "--rev", commits[number % 2]]
        code, words = kept.build(folder, out, options)
        tree = places.published(out)
        if code != 0 or tree != trees[number % 2]:
            return "\n".join(
                [f"round {number}: exit code {code}", *words,
                 *places.differences(trees[number % 2], tree)])
        damage = rng.choice(DAMAGES)
        record = os.path.join(out, ".jiyue", "record")
        name = rng.choice(["data.mdb", "data.mdb", "data.mdb", "seal"])
        damage(rng, os.path.join(record, name))
        print(f"  {number + 1}: {damage.__name__} {name}", flush=True)
    return None


def stopped_build(folder, out, options):
    """A build that holds the folder and does not go on."""
    program = subprocess.Popen(
        [places.PROGRAM, "build", "--out", out, *options], cwd=folder,
        env=kept.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lock = os.path.join(out, ".jiyue", "lock")
    while program.poll() is None:
        if os.path.exists(lock) and places.read(lock) == f"{program.pid}\n":
            program.send_signal(signal.SIGSTOP)
            break
    return program


def one_build_at_a_time(folder, rng):
    """What is wrong with the answer of a second build, or None."""
    library = kept.Library(folder)
    library.commit(cities.make_city(rng).files(), None)
    out = os.path.join(folder, "locked")
    options = ["--library", library.path]
    first = stopped_build(folder, out, options)
    if first.returncode is not None:
        return f"the first build ended with {first.returncode} at once"
    before = places.stamps(out)
    code, words = kept.build(folder, out, options)
    touched = places.stamps(out) != before
    first.kill()
    first.wait()
    holder = f"process {first.pid} is building into this folder"
    if code != 2 or not any(holder in word for word in words):
        return f"while {first.pid} built: exit code {code}: {words}"
    if touched:
        return "the second build touched the first one's pages"
    code, words = kept.build(folder, out, options)
    return None if code == 0 else f"exit code {code} after the lock: {words}"


def main():
    rounds = int(os.environ.get("ROUNDS") or 60)
    seed = int(os.environ.get("SEED") or 1)
    rng = random.Random(seed)
    print(f"damage: {rounds} rounds from seed {seed}", flush=True)
    found = (damaged_records(places.fresh("soak", "damage"), rng, rounds) or
             one_build_at_a_time(places.fresh("soak", "lock"), rng))
    print(found or f"damage: seed {seed}; {rounds} damaged records cost only "
          "time, and a folder has one build at a time")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
