"""`jiyue check --format`: parsers that know nothing of jiyue read each format,
and all formats say the same of a library with hostile names and texts, and with
more mistakes in one file than have room in a text for people."""

import os
import re

import cases
import places

# Debian's modules are found by Debian's Python only.
PYTHON = "/usr/bin/python3"
FORMATS = ("json", "sarif", "junit", "github", "gitlab")
MANY = 300  # more than DIAG_FILE_LIMIT


def lay_out(library):
    cases.lay_out(os.path.join(cases.FOLDER, "command", "formats"), library)
    name = os.path.join(library, "content", "jyj", "many.md")
    with open(name, "w", encoding="utf-8") as file:
        file.write("---\ntitle: 许多坏链接\ndate: 2026-03-05\n---\n\n")
        file.writelines(f"[第{n}个](no\"{n}.md)\n\n" for n in range(MANY))
    places.commit_all(library)
    return name


def check(library, name):
    return places.jiyue(library, "check", "--as-of", "2026-06-01",
                        "--worktree", "--format", name)[1]


def fingerprints(text):
    return re.findall(r'"fingerprint":"(\w+)"', text)


def stays(library, many):
    """Lines above do not change what a finding is known by."""
    before = fingerprints(check(library, "json"))
    text = places.read(many).replace("---\n\n", "---\n\n新的一段。\n\n")
    with open(many, "w", encoding="utf-8") as file:
        file.write(text)
    mistakes = []
    if len(before) < MANY or len(set(before)) < len(before):
        mistakes.append(f"{len(before)} fingerprints, and not all differ")
    if fingerprints(check(library, "json")) != before:
        mistakes.append("fingerprints are others, a line further down")
    return mistakes


def run(report):
    folder = places.fresh("formats")
    library = os.path.join(folder, "library")
    many = lay_out(library)
    for name in FORMATS:
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(check(library, name))
    code, out, err = places.run(
        [PYTHON, "-B", os.path.join(places.TESTS, "support",
                                    "format_check.py"), folder,
         os.path.join(places.ROOT, "generator", "report",
                      "check.schema.json")], folder)
    report.takes("formats of check",
                 [out, err[-2000:]] if code != 0 else [])
    report.takes("fingerprints of findings", stays(library, many))
