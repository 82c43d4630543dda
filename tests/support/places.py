"""Where things are, and how the tests call the program and Git."""

import hashlib
import os
import shutil
import stat
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
TESTS = os.path.join(ROOT, "tests")
BUILD = os.path.join(ROOT, "build")
PROFILE = os.path.join(BUILD, os.environ.get("PROFILE") or "debug")
PROGRAM = os.environ.get("JIYUE") or os.path.join(PROFILE, "jiyue")
SPEC = os.environ.get("JIYUE_SPEC") or os.path.join(
    os.path.dirname(ROOT), "shared", "spec")
TIME_LIMIT = 3600  # ends what hangs; a machine may be slow
IN_MEMORY = "/dev/shm"
# What memory has that was given back: a text that is printed too late is seen
# as such, with and without a sanitizer (none looks at what printf reads).
FREED = 0x5a
ENOUGH = 4 << 30


def scratch():
    """Where tests make their folders: in memory if there is room, since what
    they take their time for is files. JIYUE_SCRATCH names another place."""
    named = os.environ.get("JIYUE_SCRATCH")
    if named:
        return named
    path = os.path.join(IN_MEMORY, "jiyue-" + hashlib.sha256(
        os.fsencode(ROOT)).hexdigest()[:12])
    try:
        room = os.statvfs(IN_MEMORY)
        os.makedirs(path, mode=0o700, exist_ok=True)
        status = os.lstat(path)
    except OSError:
        return BUILD
    is_ours = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
    has_room = room.f_bavail * room.f_frsize >= ENOUGH
    return path if is_ours and has_room else BUILD


SCRATCH = scratch()


def preload():
    """A library to preload: nothing that is written is waited for, nothing is
    read that only connections need. Builds in tests are many; what a power cut
    leaves has a test of its own."""
    path = os.path.join(BUILD, "preload.so")
    sources = [os.path.join(TESTS, "support", name)
               for name in ("no_sync.c", "no_certificates.c")]
    if not os.path.exists(path) or os.path.getmtime(path) < max(
            os.path.getmtime(source) for source in sources):
        os.makedirs(BUILD, exist_ok=True)
        new = f"{path}.{os.getpid()}"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-I", TESTS, "-o",
                        new, *sources], check=True)
        os.replace(new, path)
    return path


PRELOAD = preload()


def environment(**more):
    """Nothing of the user's settings reaches a test."""
    names = ("PATH", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS",
             "TSAN_OPTIONS")
    env = {name: os.environ[name] for name in names if name in os.environ}
    env.update(
        LC_ALL="C", TZ="UTC", HOME=os.path.join(BUILD, "no-home"),
        GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null",
        GIT_CONFIG_NOSYSTEM="1",
        GIT_AUTHOR_NAME="编辑", GIT_AUTHOR_EMAIL="bianji@example.org",
        GIT_COMMITTER_NAME="编辑", GIT_COMMITTER_EMAIL="bianji@example.org",
        GIT_AUTHOR_DATE="2026-05-01T09:00:00+08:00",
        GIT_COMMITTER_DATE="2026-05-01T09:00:00+08:00",
        JIYUE=PROGRAM, LD_PRELOAD=PRELOAD, MALLOC_PERTURB_=str(FREED))
    env.update(more)
    # the sanitizer's own library need not be the first
    env["ASAN_OPTIONS"] = ":".join(filter(None, [
        env.get("ASAN_OPTIONS"), "verify_asan_link_order=0",
        f"max_free_fill_size={1 << 20}", f"free_fill_byte={FREED ^ 0xff}"]))
    return env


def run(arguments, cwd, env=None):
    """Returns exit code, stdout and stderr, as text."""
    done = subprocess.run(arguments, cwd=cwd, env=env or environment(),
                          stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=TIME_LIMIT, check=False)
    return (done.returncode, done.stdout.decode("utf-8", "replace"),
            done.stderr.decode("utf-8", "replace"))


def program_of(profile):
    return os.path.join(BUILD, profile, "jiyue")


def jiyue(cwd, *arguments, env=None, program=PROGRAM):
    return run([program, *arguments], cwd, env)


def git(cwd, *arguments, env=None):
    code, out, err = run(["git", *arguments], cwd, env)
    if code != 0:
        raise RuntimeError(f"git {' '.join(arguments)}: {err}")
    return out


def fresh(*parts):
    """An empty folder of tests."""
    path = os.path.join(SCRATCH, *parts)
    if os.path.lexists(path):
        remove(path)
    os.makedirs(path)
    return path


def remove(path):
    """Whatever a test has made of it."""
    subprocess.run(["chmod", "-R", "u+rwX", path], check=False)
    shutil.rmtree(path)


def tidy():
    """What passing tests leave in memory."""
    if SCRATCH.startswith(IN_MEMORY):
        shutil.rmtree(SCRATCH, ignore_errors=True)


def commit_all(folder, message="第一次提交", env=None):
    if not os.path.exists(os.path.join(folder, ".git")):
        git(folder, "-c", "init.defaultBranch=main", "init", "-q")
        with open(os.path.join(folder, ".git", "info", "exclude"), "w",
                  encoding="utf-8") as file:
            file.write("/out*/\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message, env=env)


def files_below(folder):
    """Paths of all files, sorted by bytes."""
    found = []

    def walk(path, prefix):
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    walk(entry.path, prefix + entry.name + os.sep)
                elif not (entry.is_symlink() and entry.is_dir()):
                    found.append(prefix + entry.name)

    if os.path.isdir(folder):
        walk(folder, "")
    return sorted(found, key=os.fsencode)


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as file:
        return file.read()


def read_bytes(*parts):
    with open(os.path.join(*parts), "rb") as file:
        return file.read()


REDIRECTS = os.path.join(".jiyue", "redirects.json")


def is_ours(path):
    """The program's own, but for what servers are to be told."""
    return path.startswith(".jiyue" + os.sep) and path != REDIRECTS


def published(out):
    """Relative path and bytes of every file of the sites in `out`, and of
    what servers are to be told."""
    return {path: read_bytes(out, path) for path in files_below(out)
            if not is_ours(path)}


def differences(expected, found, names=("expected", "found")):
    """How two results of published() differ, in a few lines."""
    lines = []
    for path in sorted(set(expected) | set(found)):
        if path not in found:
            lines.append(f"only {names[0]}: {path}")
        elif path not in expected:
            lines.append(f"only {names[1]}: {path}")
        elif expected[path] != found[path]:
            lines.append(f"differs: {path}")
    more = len(lines) - 20
    return lines[:20] + ([f"and {more} more"] if more > 0 else [])


def stamps(out):
    """Inode and time of change of every file of the sites in `out`."""
    found = {}
    for path in files_below(out):
        if not is_ours(path):
            status = os.lstat(os.path.join(out, path))
            found[path] = (status.st_ino, status.st_mtime_ns)
    return found


def turn():
    """A number that goes up by one with each revision, so that what is too
    long for each can be shared out among a few."""
    return len(git(ROOT, "rev-list", "HEAD").split())
