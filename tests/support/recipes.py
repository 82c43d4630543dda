"""The recipes of .github/CONTRIBUTING.md, in a copy of the source: what they say
is written is written, what they say is run is run.

A block of code stands below a comment that says what becomes of it:

    <!-- new FILE -->                  it is the file
    <!-- in FILE behind: TEXT -->      it comes behind the line with the text
    <!-- in FILE before: TEXT -->      … before that line
    <!-- in FILE instead of: TEXT -->  … in the place of that line
    <!-- end of FILE -->               … at the end
    <!-- run -->                       it is run, when all is written

The copy has a profile that is built in seconds.
"""

import os
import re
import shutil
import subprocess

import places

PAGE = os.path.join(places.ROOT, ".github", "CONTRIBUTING.md")
BLOCK = re.compile(r"^<!-- (?P<head>(?:new|in|end of|run)\b[^\n]*?) ?-->\n"
                   r"```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"in (?P<path>\S+) (?P<how>behind|before|instead of): "
                   r"(?P<text>.+)")
PROFILE = "plain"


def line_with(lines, text, path):
    found = [number for number, line in enumerate(lines) if text in line]
    if len(found) != 1:
        raise ValueError(f"{path} has {len(found)} lines with: {text}")
    return found[0]


def insert(folder, place, block):
    """Into a file that is there; the line may go on in more lines."""
    path = os.path.join(folder, place["path"])
    lines = places.read(path).splitlines(True)
    at = line_with(lines, place["text"], place["path"])
    if place["how"] == "before":
        lines.insert(at, block)
    elif place["how"] == "behind":
        lines.insert(at + 1, block)
    else:
        lines[at] = block
    write(path, "".join(lines))


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def apply(folder, head, block):
    place = PLACE.fullmatch(head)
    if place:
        insert(folder, place, block)
    elif head.startswith("new "):
        write(os.path.join(folder, head[len("new "):]), block)
    else:
        path = os.path.join(folder, head[len("end of "):])
        write(path, places.read(path) + block)


def copy():
    """What is committed or about to be, and nothing that is built."""
    folder = places.fresh("recipes")
    names = places.git(places.ROOT, "ls-files", "-z", "-co",
                       "--exclude-standard", "--", "generator", "tests",
                       "themes", "sites", "Makefile").split("\0")
    for name in filter(None, names):
        source = os.path.join(places.ROOT, name)
        target = os.path.join(folder, name)
        if os.path.isfile(source):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy2(source, target)
    places.commit_all(folder)  # a library, as the source is one
    return folder


def settings(folder):
    """The tools see their copy and nothing of this run."""
    env = {**os.environ, "PROFILE": PROFILE,
           "BUILD": os.path.join("build", PROFILE), "BUILT": "",
           "JIYUE_SCRATCH": os.path.join(folder, "build", "scratch")}
    for name in ("JIYUE", "CASE", "UPDATE", "MAKEFLAGS", "MAKELEVEL",
                 "MFLAGS"):
        env.pop(name, None)
    return env


def run(report):
    blocks = [(found["head"], found["text"]) for found in
              BLOCK.finditer(places.read(PAGE))]
    folder = copy()
    env = settings(folder)
    for head, text in blocks:
        if head != "run":
            try:
                apply(folder, head, text)
            except (OSError, ValueError) as error:
                report.fails(f"recipe: {head}", str(error))
    for number, text in enumerate(
            [text for head, text in blocks if head == "run"], 1):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text], cwd=folder, env=env,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, check=False)
        words = done.stdout.decode("utf-8", "replace").splitlines()
        report.takes(f"recipe {number}", [] if done.returncode == 0 else
                     [*text.splitlines(), "", *words[-40:]])
    if not report.failures:
        shutil.rmtree(folder)
