"""The library as a bare repository, and builds of it that are compared."""

import os
import shutil
import subprocess

import places

# What a build says of itself, which depends on what stood there before.
OWN_WORDS = ("pages: ",)


class Library:
    """A bare repository that takes a commit in a few milliseconds."""

    def __init__(self, folder):
        self.folder = folder
        self.path = os.path.join(folder, "library.git")
        self.minutes = 0
        places.git(folder, "-c", "init.defaultBranch=main", "init", "-q",
                   "--bare", self.path)

    def commit(self, files, parent, minutes=1, merged=None):
        """Commits exactly these files; `parent` None: an unrelated one.
        `minutes` after the last commit; `merged` is a second parent."""
        self.minutes += minutes
        lines = [b"commit refs/heads/main",
                 f"committer editor <editor@example.org> "
                 f"{1735689600 + 60 * self.minutes} +0800".encode(),
                 b"data 4\nstep"]
        if parent is not None:
            lines.append(b"from " + parent.encode())
        if merged is not None:
            lines.append(b"merge " + merged.encode())
        lines.append(b"deleteall")
        for path, data in files.items():
            lines.append(f'M 100644 inline "{path}"\ndata {len(data)}\n'
                         .encode() + data)
        if parent is None and self.head() is not None:
            places.git(self.path, "update-ref", "-d", "refs/heads/main")
        subprocess.run(["git", "fast-import", "--quiet", "--force"],
                       cwd=self.path, env=places.environment(), check=True,
                       input=b"\n".join(lines) + b"\ndone\n")
        return self.head()

    def head(self):
        code, out, _ = places.run(
            ["git", "rev-parse", "-q", "--verify", "refs/heads/main"],
            self.path)
        return out.strip() if code == 0 else None

    def point_to(self, commit):
        places.git(self.path, "update-ref", "refs/heads/main", commit)


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
    return {path.split("/", 1)[0] for path in tree}
