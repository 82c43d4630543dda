"""`make deb`: lintian finds nothing; the package installs where nothing is but
what it depends on, and builds the demonstration city there.

The fresh root is made of the files of the packages that Depends names, of
theirs, and of those that every Debian has (Essential), as dpkg has them on this machine, with a dpkg database of these alone:
so it needs no network, and what is not depended on is not there. The program
runs there by chroot, in a mount namespace of its own."""

import glob
import os
import re
import shutil
import subprocess

import places

DAY = ("--as-of", "2026-11-29")
PATHS = ("usr/bin/jiyue", "usr/share/man/man1/jiyue.1.gz",
         "usr/share/man/zh_CN/man1/jiyue.1.gz",
         "usr/share/bash-completion/completions/jiyue",
         "usr/share/zsh/vendor-completions/_jiyue",
         "usr/share/locale/zh_CN/LC_MESSAGES/jiyue.mo",
         "usr/share/doc/jiyue/copyright")


def run(*arguments, cwd=places.ROOT, env=None):
    code, out, err = places.run(list(arguments), cwd, env)
    if code:
        raise RuntimeError(f"{' '.join(arguments)[:200]}: {out}{err}")
    return out


def make_package():
    for old in glob.glob(os.path.join(places.BUILD, "jiyue_*.deb")):
        os.remove(old)
    version = re.search(r"^VERSION := (\S+)",
                        places.read(places.ROOT, "Makefile"), re.M)[1]
    name = run("generator/deb.sh", version, env=places.environment(
        LD_PRELOAD="")).strip()
    return os.path.join(places.ROOT, name)


def wrong_words(package):
    if shutil.which("lintian"):
        code, out, err = places.run(
            ["lintian", "--allow-root", "--fail-on", "error,warning",
             package], places.ROOT)
        if code:
            yield f"lintian: {out}{err}"
    files = run("dpkg-deb", "-c", package)
    for path in PATHS:
        if not re.search(rf"root/root .* \./{re.escape(path)}\n", files):
            yield f"no {path}, or it is not root's"
    first = places.read_bytes(package)
    if places.read_bytes(make_package()) != first:
        yield "it is not the same again"


# --- the fresh root -----------------------------------------------------------

def known_packages():
    """Of each package and what it provides: its name with architecture, and
    what it depends on."""
    known = {}
    for line in run("dpkg-query", "-W", "-f", "${binary:Package}\t${Package}\t"
                    "${Provides}\t${Pre-Depends}, ${Depends}\n").splitlines():
        full, name, provides, depends = line.split("\t")
        for alias in [name, *provides.split(", ")]:
            known.setdefault(alias.split(" ")[0], (full, depends))
        known[name] = (full, depends)
    return known


def essential():
    return [line[4:] for line in run(
        "dpkg-query", "-W", "-f", "${Essential}\t${Package}\n").splitlines()
        if line.startswith("yes\t")]


def closure(depends):
    """The packages that are needed, without alternatives that are not here."""
    known, found, waiting = known_packages(), {}, [*essential(), depends]
    while waiting:
        for choice in waiting.pop().split(", "):
            names = [re.split(r"[ :(]", name)[0]
                     for name in choice.split(" | ")]
            name = next((name for name in names if name in known), None)
            if name and known[name][0] not in found:
                found[known[name][0]] = True
                waiting.append(known[name][1])
    return sorted(found)


def copy_files(packages, root):
    for name in ("bin", "sbin", "lib", "lib64"):
        os.makedirs(os.path.join(root, "usr", name))
        os.symlink(f"usr/{name}", os.path.join(root, name))
    paths = run("dpkg-query", "-L", *packages).splitlines()
    wanted = sorted({path[1:] for path in paths if path.startswith("/") and
                     os.path.lexists(path) and
                     (os.path.islink(path) or not os.path.isdir(path)) and
                     not path.startswith(("/usr/share/doc/",
                                          "/usr/share/locale/"))})
    done = subprocess.run(
        ["sh", "-c", 'tar -c -C / --no-recursion -T - | '
         'tar -x -C "$1" --keep-directory-symlink', "sh", root],
        input="\n".join(wanted) + "\n", text=True, capture_output=True,
        check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    for name in ("tmp", "proc", "dev", "var/lib/dpkg/updates",
                 "var/lib/dpkg/info", "var/lib/dpkg/triggers", "var/log",
                 "etc"):
        os.makedirs(os.path.join(root, name), exist_ok=True)


def write_database(packages, root):
    """Status and lists of these packages, as dpkg has them."""
    short = {name.split(":")[0] for name in packages}
    paragraphs = [text for text in
                  places.read("/var/lib/dpkg/status").split("\n\n")
                  if text.strip() and
                  re.search(r"^Package: (\S+)", text, re.M)[1] in short]
    folder = os.path.join(root, "var/lib/dpkg")
    with open(os.path.join(folder, "status"), "w", encoding="utf-8") as file:
        file.write("\n\n".join(paragraphs) + "\n")
    for name in packages:
        for form in (name, name.split(":")[0]):
            path = f"/var/lib/dpkg/info/{form}.list"
            if os.path.exists(path):
                shutil.copy(path, os.path.join(folder, "info"))
    shutil.copy("/usr/sbin/ldconfig", os.path.join(root, "usr/sbin"))


def inside(root, *arguments):
    """Code and words of a program in the root, with /proc and /dev/null."""
    script = ('mount -t proc proc "$1/proc" && touch "$1/dev/null" && '
              'mount --bind /dev/null "$1/dev/null" && root=$1 && shift && '
              'exec chroot "$root" "$@"')
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    return places.run(
        ["unshare", *own, "--mount", "--pid", "--fork", "sh", "-c", script,
         "sh", root, *arguments], "/",
        {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"})


def wrong_root(package, folder):
    root = os.path.join(folder, "root")
    os.makedirs(root)
    depends = run("dpkg-deb", "-f", package, "Depends").strip()
    packages = closure(depends)
    copy_files(packages, root)
    write_database(packages, root)
    run("dpkg", f"--root={root}", "--force-script-chrootless", "--install",
        package, env={**os.environ, "LC_ALL": "C"})
    run("git", "clone", "-q", "--bare", places.ROOT,
        os.path.join(root, "city.git"))
    if os.path.exists(os.path.join(root, "usr/bin/git")):
        yield "git is there, which nothing depends on"
    code, out, err = inside(root, "jiyue", "build", "--library", "/city.git",
                            "--out", "/public", *DAY)
    if code or "pages: " not in err:
        yield f"build: exit code {code}: {out}{err[-2000:]}"
        return
    code, out, err = inside(root, "jiyue", "--lang", "zh_CN", "--help")
    if code or "用法" not in out:
        yield f"no Chinese: {code} {out[:200]}{err}"
    places.jiyue(folder, "build", "--library", os.path.join(root, "city.git"),
                 "--out", "here", *DAY)
    yield from places.differences(
        places.published(os.path.join(folder, "here")),
        places.published(os.path.join(root, "public")))


def look(report):
    if not shutil.which("dpkg-deb") or not shutil.which("dpkg-shlibdeps"):
        report.skips_test("package", "there is no dpkg-dev")
        return
    folder = places.fresh("package")
    package = make_package()
    report.takes("package: words", list(wrong_words(package)))
    report.takes("package: fresh root", list(wrong_root(package, folder)))


JOBS = [look]
