"""The library as a bare repository, and builds of it that are compared."""

import hashlib
import os
import shutil
import zlib

import places

START = 1735689600  # 2025-01-01: when the first commit is made

# What a build says of itself, which depends on what stood there before.
OWN_WORDS = ("pages: ",)


class Library:
    """A bare repository whose commits are written as loose objects: without
    a process for each, and what did not change is not written again."""

    def __init__(self, folder):
        self.folder = folder
        self.path = os.path.join(folder, "library.git")
        self.minutes = 0
        self.written = set()
        self.blobs = {}  # bytes of a file: its id
        places.git(folder, "-c", "init.defaultBranch=main", "init", "-q",
                   "--bare", self.path)

    def commit(self, files, parent, minutes=1, merged=None, reviews=()):
        """Commits exactly these files; `parent` None: an unrelated one.
        `minutes` after the last commit; `merged` is a second parent.
        `reviews`: (role, mail, path) of each; the commit is by the first."""
        self.minutes += minutes
        mail = reviews[0][1] if reviews else "editor@example.org"
        by = f"editor <{mail}> {START + 60 * self.minutes} +0800"
        lines = "".join(f"\nReviewed-by: {role} <{who}> {self.blob(files[path])}"
                        for role, who, path in reviews if path in files)
        parents = [commit for commit in (parent, merged) if commit is not None]
        text = "".join([f"tree {self.tree(files)}\n",
                        *(f"parent {commit}\n" for commit in parents),
                        f"author {by}\ncommitter {by}\n\nstep\n{lines}"])
        commit = self.write("commit", text.encode())
        self.point_to(commit)
        if parent is None:  # some in a pack, as in any repository
            places.git(self.path, "repack", "-d", "-q")
        return commit

    def tree(self, files):
        """The id of the tree of these files, by path."""
        entries = {}  # name as trees sort it: (mode, name, id)
        folders = {}
        for path, data in files.items():
            name, _, rest = path.partition("/")
            if rest:
                folders.setdefault(name, {})[rest] = data
            else:
                entries[name] = "100644", name, self.blob(data)
        for name, below in folders.items():
            entries[name + "/"] = "40000", name, self.tree(below)
        return self.write("tree", b"".join(
            f"{mode} {name}".encode() + b"\0" + bytes.fromhex(number)
            for _, (mode, name, number) in sorted(
                entries.items(), key=lambda entry: entry[0].encode())))

    def blob(self, data):
        if data not in self.blobs:
            self.blobs[data] = self.write("blob", data)
        return self.blobs[data]

    def write(self, kind, data):
        """A loose object, and its id."""
        data = f"{kind} {len(data)}".encode() + b"\0" + data
        number = hashlib.sha1(data).hexdigest()
        if number not in self.written:
            self.written.add(number)
            path = os.path.join(self.path, "objects", number[:2], number[2:])
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(zlib.compress(data, 1))
        return number

    def point_to(self, commit):
        path = os.path.join(self.path, "refs", "heads", "main")
        with open(path + ".lock", "w", encoding="ascii") as file:
            file.write(commit + "\n")
        os.replace(path + ".lock", path)


def write_tree(folder, files):
    """Exactly these files in a folder, for --worktree."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(data)


def preload(folder, name):
    """The settings that put tests/soak/<name>.c before the C library."""
    path = os.path.join(folder, name + ".so")
    source = os.path.join(places.TESTS, "soak", name + ".c")
    code, _, err = places.run(["cc", "-shared", "-fPIC", "-O1", "-o", path,
                               source, "-ldl"], folder)
    if code != 0:
        raise RuntimeError(err)
    return {"LD_PRELOAD": f"{path}:{places.PRELOAD}",
            "ASAN_OPTIONS": "exitcode=99"}


def environment(**more):
    """A mistake that a sanitizer finds must not look like one of content."""
    options = {"ASAN_OPTIONS": "exitcode=99", "UBSAN_OPTIONS": "exitcode=99"}
    return places.environment(**{**options, **more})


def build(cwd, out, options, env=None):
    """Exit code and messages."""
    env = env or environment()
    code, _, err = places.jiyue(cwd, "build", "--out", out, *options,
                                env=env)
    return code, [line for line in err.splitlines()
                  if not line.startswith(OWN_WORDS)]


def of_domains(tree, domains):
    return {path: data for path, data in tree.items()
            if path.split("/", 1)[0] in domains}


def domains_of(tree):
    """Without what stands beside the sites, which is of all of them."""
    return {path.split("/", 1)[0] for path in tree} - {".jiyue"}
