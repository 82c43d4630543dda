"""Golden cases: tests/cases/<area>/<name>/

    base           a line: the folder of tests/cases/_base/ laid below this one
    content/ sites/ themes/    the library
    command        a line a command: arguments of jiyue, or "$ " and a command
                   of the shell; all run in the library, which is committed
    expected/stdout, stderr, exit   a missing one means empty, or 0
    expected/out/  files that must have these bytes
    expected/tree  all paths in out/ but the theme's assets
    expected/has   "path: text" the file has this text; "path! text" it has not;
                   "path" and "!path" the file is there, or not

Whatever a case expects, nothing that it prints or writes may have a character
that no text may have (unsafe.py).

UPDATE=1 rewrites all of expected/ but `has`, which states what must hold
whatever the theme looks like.
"""

import difflib
import functools
import os
import re
import shlex
import shutil

import places
import unsafe

FOLDER = os.path.join(places.TESTS, "cases")
PARTS = ("content", "sites", "themes")
HAS = re.compile(r"^(?P<path>\S+?)(?P<mark>[:!]) (?P<text>.+)$")


def names():
    found = []
    for area in sorted(os.listdir(FOLDER)):
        if area.startswith("_"):
            continue
        for name in sorted(os.listdir(os.path.join(FOLDER, area))):
            found.append(f"{area}/{name}")
    return found


def lay_out(case, library):
    """Copies the base library, then the case's own files over it."""
    base = os.path.join(case, "base")
    layers = [case]
    if os.path.exists(base):
        layers.insert(0, os.path.join(FOLDER, "_base",
                                      places.read(base).strip()))
    for layer in layers:
        for part in PARTS:
            if os.path.isdir(os.path.join(layer, part)):
                shutil.copytree(os.path.join(layer, part),
                                os.path.join(library, part),
                                symlinks=True, dirs_exist_ok=True)


# What the messages and lists have in them that is no function of the case:
# durations and rates, what the theme's own files are and are called, and the
# ids of commits.
NORMAL = (
    (re.compile(r"\d+\.\d\d s \(\d+ pages/s\)"), "… s (… pages/s)"),
    (re.compile(r"(checked pages: |已检查网页 )\d+"), r"\1…"),
    (re.compile(r"=[0-9a-f]{16}\b"), "=…"),
    (re.compile(r"(in commit |提交 |git diff |git checkout )[0-9a-f]{10}\b"), r"\1…"),
    (re.compile(r"(/assets/[\w-]+)\.[0-9a-f]{8}\."), r"\1.…."),
    (re.compile(r"^\S+ asset /assets/.*\n", re.MULTILINE), ""),
)
ASSET = re.compile(r"^[^/\n]+/assets/.*\n", re.MULTILINE)


def normalise(text, library):
    for pattern, replacement in NORMAL:
        text = pattern.sub(replacement, text)
    return text.replace(library, "LIBRARY")


def run_commands(case, library):
    """What jiyue said, as the three files of expected/."""
    lines = [line for line in places.read(case, "command").splitlines()
             if line and not line.startswith("#")]
    heads = sum(not line.startswith("$ ") for line in lines) > 1
    result = {"stdout": "", "stderr": "", "exit": ""}
    for line in lines:
        if line.startswith("$ "):
            code, out, err = places.run(
                ["bash", "-euo", "pipefail", "-c", line[2:]], library)
            if code != 0:
                raise RuntimeError(f"{line}\n{out}{err}exit code {code}")
            result["stdout"] += out
            result["stderr"] += normalise(err, library)
            continue
        code, out, err = places.jiyue(library, *shlex.split(line))
        head = f"$ jiyue {line}\n" if heads else ""
        for key, text in (("stdout", out), ("stderr", err)):
            if text:
                result[key] += head + normalise(text, library)
        result["exit"] += f"{code}\n"
    return result


def compare_text(name, expected, found):
    if expected == found:
        return []
    return [line.rstrip("\n") for line in difflib.unified_diff(
        expected.splitlines(), found.splitlines(), f"expected/{name}",
        "found", lineterm="", n=2)]


def expected_text(case, name):
    path = os.path.join(case, "expected", name)
    if os.path.exists(path):
        return places.read(path)
    return "0\n" if name == "exit" else ""


def tree_of(library):
    out = os.path.join(library, "out")
    return ASSET.sub("", "".join(path + "\n" for path in
                                 places.published(out)))


def check_has(library, line):
    match = HAS.match(line)
    if match is None:
        path, wanted = (line[1:], False) if line[0] == "!" else (line, True)
        if os.path.exists(os.path.join(library, path)) != wanted:
            return [f"{path} is {'missing' if wanted else 'there'}"]
        return []
    path, wanted = match["path"], match["mark"] == ":"
    if not os.path.isfile(os.path.join(library, path)):
        return [f"{path} is missing"]
    found = match["text"].encode() in places.read_bytes(library, path)
    if found != wanted:
        return [f"{path} {'lacks' if wanted else 'has'}: {match['text']}"]
    return []


def check(case, library, result):
    mistakes = []
    expected = os.path.join(case, "expected")
    for name, found in result.items():
        mistakes += compare_text(name, expected_text(case, name), found)
    for path in places.files_below(os.path.join(expected, "out")):
        produced = os.path.join(library, "out", path)
        if not os.path.isfile(produced):
            mistakes.append(f"out/{path} is missing")
        elif places.read_bytes(produced) != places.read_bytes(expected, "out",
                                                              path):
            mistakes += compare_text("out/" + path,
                                     places.read(expected, "out", path),
                                     places.read(produced))
    if os.path.exists(os.path.join(expected, "tree")):
        mistakes += compare_text("tree", places.read(expected, "tree"),
                                 tree_of(library))
    if os.path.exists(os.path.join(expected, "has")):
        for line in places.read(expected, "has").splitlines():
            mistakes += check_has(library, line)
    for name, found in result.items():
        mistakes += unsafe.check_text(name, found)
    return mistakes + unsafe.check_output(os.path.join(library, "out"))


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def update(case, library, result):
    expected = os.path.join(case, "expected")
    os.makedirs(expected, exist_ok=True)
    for name, found in result.items():
        path = os.path.join(expected, name)
        if found not in ("", "0\n"):
            write(path, found)
        elif os.path.exists(path):
            os.remove(path)
    for path in places.files_below(os.path.join(expected, "out")):
        shutil.copyfile(os.path.join(library, "out", path),
                        os.path.join(expected, "out", path))
    if os.path.exists(os.path.join(expected, "tree")):
        write(os.path.join(expected, "tree"), tree_of(library))


def run_one(name, updating, report):
    case = os.path.join(FOLDER, name)
    library = places.fresh("cases", name)
    try:
        lay_out(case, library)
        places.commit_all(library)
        result = run_commands(case, library)
        if updating:
            update(case, library, result)
        report.takes(f"case {name}", check(case, library, result))
        if not report.failures:
            places.remove(library)
    except Exception as error:  # one broken case must not hide the others
        report.fails(f"case {name}", f"{type(error).__name__}: {error}")


def jobs(wanted, updating):
    return [functools.partial(run_one, name, updating)
            for name in names() if wanted in name]


def run(report, wanted, updating):
    report.do(jobs(wanted, updating))
