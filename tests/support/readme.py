"""The commands of README.md (its English and its Chinese half), of
themes/README.md and of each page of the manual (content/docs), in order, each
in a fresh clone: each block of ```sh is run by bash. A block below an HTML
comment "<!-- not run: reason -->" is not. Each starts in the folder of the clone
and finds jiyue installed. Of a call of make only the target is looked for (make
-n): make is what runs this. The Debian packages that both halves name are those
of the Makefile."""

import functools
import os
import re

import places

CHINESE = "## 中文说明\n"
PARTS = (("README.md", "english"), ("README.md", "chinese"),
         ("themes/README.md", "english"))
MANUAL = "content/docs"
BLOCK = re.compile(r"(?:<!-- not run: (?P<reason>.+?) -->\s*\n)?"
                   r"^```sh\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
INSTALL = re.compile(r"^sudo apt-get install ((?:.*\\\n)*.*)$", re.MULTILINE)
PACKAGES = re.compile(r"^PACKAGES_BUILD := ((?:.*\\\n)*.*)$", re.MULTILINE)
MAKE = re.compile(r"^(\s*)make\b(?P<arguments>[^#|&;]*)", re.MULTILINE)


def blocks(text, half):
    """(line, commands, reason not to run them or None)"""
    found = []
    start = len(text.partition(CHINESE)[0])
    for match in BLOCK.finditer(text):
        if (match.start() > start) != (half == "chinese"):
            continue
        line = text.count("\n", 0, match.start("text"))
        found.append((line, match["text"], match["reason"]))
    return found


def without_make(commands):
    """`make check` becomes `make -n check`."""
    return MAKE.sub(r"\1make -n \g<arguments> >/dev/null", commands)


def prepare(folder):
    clone = os.path.join(folder, "jiyue")
    places.git(places.ROOT, "clone", "-q", places.ROOT, clone)
    os.makedirs(os.path.join(folder, "bin"))
    os.symlink(places.PROGRAM, os.path.join(folder, "bin", "jiyue"))
    return clone


def names(pattern, text):
    found = pattern.search(text)
    return found[1].replace("\\", " ").split() if found else []


def packages(report):
    """What the halves say is to be installed is what the Makefile installs."""
    makefile = places.read(os.path.join(places.ROOT, "Makefile"))
    readme = places.read(os.path.join(places.ROOT, "README.md"))
    wanted = names(PACKAGES, makefile)
    for text in readme.split(CHINESE):
        said = names(INSTALL, text)
        report.takes("packages of README.md", [] if said == wanted else
                     [f"wanted {wanted}", f"said {said}"])


def run_part(name, half, report):
    path = os.path.join(places.ROOT, name)
    if not os.path.exists(path):
        report.fails(name, f"there is no {name}")
        return
    found = blocks(places.read(path), half)
    if not found:
        report.fails(name, "there is no ```sh block in it")
        return
    folder = places.fresh("readme", name.replace("/", "-"), half)
    clone = prepare(folder)
    env = places.environment(
        PATH=os.path.join(folder, "bin") + os.pathsep + os.environ["PATH"])
    for line, commands, reason in found:
        block = f"{name}:{line}"
        if reason:
            report.skips_test(block, reason)
            continue
        code, out, err = places.run(
            ["bash", "-euo", "pipefail", "-c",
             without_make(commands)], clone, env)
        report.takes(block, [] if code == 0 else
                     [commands, out[-2000:], err[-2000:],
                      f"exit code {code}"])


def manual():
    """Its pages; those that only have a table have no commands."""
    names = places.files_below(os.path.join(places.ROOT, MANUAL))
    paths = [f"{MANUAL}/{name}" for name in names if name.endswith(".md")]
    return [path for path in paths
            if blocks(places.read(places.ROOT, path), "english")]


def jobs():
    return [packages] + [functools.partial(run_part, *part)
                         for part in PARTS]


def manual_jobs():
    return [functools.partial(run_part, path, "english")
            for path in manual()]
