"""The commands of README.md and of themes/README.md, in order, each file in a
fresh clone: each block of ```sh is run by bash. A block below an HTML comment
"<!-- not run: reason -->" is not. Each starts in the folder of the clone and
finds jiyue installed. Of a call of make only the target is looked for (make
-n): make is what runs this."""

import functools
import os
import re

import places

FILES = ("README.md", "themes/README.md")
BLOCK = re.compile(r"(?:<!-- not run: (?P<reason>.+?) -->\s*\n)?"
                   r"^```sh\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"^(\s*)make\b(?P<arguments>[^#|&;]*)", re.MULTILINE)


def blocks(text):
    """(line, commands, reason not to run them or None)"""
    found = []
    for match in BLOCK.finditer(text):
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


def run_file(name, report):
    path = os.path.join(places.ROOT, name)
    if not os.path.exists(path):
        report.fails(name, f"there is no {name}")
        return
    found = blocks(places.read(path))
    if not found:
        report.fails(name, "there is no ```sh block in it")
        return
    folder = places.fresh("readme", name.replace("/", "-"))
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


def jobs():
    return [functools.partial(run_file, name) for name in FILES]
