"""Every id of a message in the source stands in the expected text of a case,
and an error that has a place stands there with line, column and caret. Every
id has a row in generator/base/diag_kind.c or rule_rows.h, and every row an id;
rules have libraries of their own (rules.py)."""

import os
import re

import cases
import places

# Ids that no golden case can provoke: why, and what tests them instead.
ELSEWHERE = {
    "card-draw": ("the font must be gone while pages are made", None),
    "card-font": ("no font may be installed", None),
    "hosting-name": ("the settings take no name that DNS cannot have", None),
    "markdown-html": ("articles may have HTML; texts that may not are a "
                      "setting of the Markdown module",
                      "tests/unit/markup/test_markdown.c"),
    "outside-broken": ("a server must not answer", "tests/support/external.py"),
    "outside-gone": ("a server must answer", "tests/support/external.py"),
    "output-read": ("a page must be unreadable when it is read back",
                    "tests/unit/output/test_output.c"),
    **{f"push-{what}": ("somebody must push", "tests/support/reviews.py")
       for what in ("appoints", "deleted", "forged", "review", "rewritten",
                    "roles")},
    "release-changed": ("somebody must write while a release goes live",
                        None),
    "release-moved": ("a release must go live while another is verified",
                      None),
    "sbom-file": ("a library must go while the program runs", None),
    "review-program": ("ssh-keygen must be gone",
                       "tests/support/reviews.py"),
    "snapshot-changed": ("a file must change between listing and reading",
                         "tests/unit/snapshot/test_directory_snapshot.c"),
    "snapshot-git-crowd": ("a repository of two million files", None),
    "snapshot-read": ("a file must be unreadable, and root reads all", None),
    "snapshot-too-many": ("a library of two million files", None),
    "type-needed": ("the types in the program have what it needs",
                    "tests/unit/library/test_schema.c"),
    "theme-template": ("the theme in the program has every template", None),
    "yaml-memory": ("memory must run out", None),
}

# The functions that are handed an id.
CALL = re.compile(r"\b(?:diag_(?:error|warning|failure)|refuse\w*|report\w*|"
                  r"at_problem|over|wrong\w*|fail\w*|differ)\s*\(")
ID = re.compile(r'"([a-z][a-z0-9]*(?:-[a-z0-9]+)+)"')
PLACE = re.compile(r"^\S.*:\d+:\d+: (?:error|warning): .*\[([a-z0-9-]+)\]$")
SHOWN = re.compile(r"\[([a-z0-9]+(?:-[a-z0-9]+)+)\]$")


def arguments(source, start):
    """The text between a bracket and the one that closes it."""
    depth, at = 1, start
    while depth > 0 and at < len(source):
        depth += {"(": 1, ")": -1}.get(source[at], 0)
        at += 1
    return source[start:at]


def ids_of_file(source):
    """Ids are string literals in a call that records a message."""
    return {found for call in CALL.finditer(source)
            for found in ID.findall(arguments(source, call.end()))}


def ids_in_source():
    folder = os.path.join(places.ROOT, "generator")
    found = {}
    for path in places.files_below(folder):
        if path.endswith(".c"):
            for name in ids_of_file(places.read(folder, path)):
                found.setdefault(name, f"generator/{path}")
    return found


def expected_texts():
    for name in cases.names():
        path = os.path.join(cases.FOLDER, name, "expected", "stderr")
        if os.path.exists(path):
            yield f"{name}/expected/stderr", places.read(path).splitlines()


def ids_in_cases(mistakes):
    """All ids shown; a message with a place must have its caret line."""
    found = set()
    for path, lines in expected_texts():
        for number, line in enumerate(lines):
            shown = SHOWN.search(line)
            if shown:
                found.add(shown[1])
            if PLACE.match(line) and number + 2 < len(lines) and \
                    re.match(r" *\d+ \| ", lines[number + 1]) and \
                    not re.match(r" +\| *\^+$", lines[number + 2]):
                mistakes.append(f"{path}:{number + 1}: no caret below")
    return found


KINDS = "generator/base/diag_kind.c"
RULES = "generator/base/rule_rows.h"
RULE = re.compile(r'^RULE\("([a-z0-9-]+)"', re.MULTILINE)
KIND = re.compile(r'^\t\{ "([a-z0-9-]+)", DIAG_COSTS_', re.MULTILINE)
LITERAL = re.compile(r'"([a-z0-9-]+)"')


def literals():
    """Every string of the source that looks like an id, but for the rows."""
    folder = os.path.join(places.ROOT, "generator")
    return {found for path in places.files_below(folder)
            if path.endswith(".c") and path != "base/diag_kind.c"
            for found in LITERAL.findall(places.read(folder, path))}


def compare_with_kinds(source, shown, mistakes):
    rules = set(RULE.findall(places.read(places.ROOT, RULES)))
    kinds = set(KIND.findall(places.read(places.ROOT, KINDS))) | rules
    for name in sorted((set(source) | shown) - kinds):
        mistakes.append(f"[{name}] has no row in {KINDS}")
    for name in sorted(kinds - rules - literals()):
        mistakes.append(f"{KINDS}: nothing says [{name}]")


def run(report):
    mistakes = []
    source = ids_in_source()
    shown = ids_in_cases(mistakes)
    compare_with_kinds(source, shown, mistakes)
    for name in sorted(set(source) - shown - set(ELSEWHERE)):
        mistakes.append(f"{source[name]}: [{name}] is in no expected text")
    for name, (_, test) in ELSEWHERE.items():
        if name not in source or name in shown:
            mistakes.append(f"[{name}] is listed as untestable in vain")
        elif test and f'"{name}"' not in places.read(places.ROOT, test):
            mistakes.append(f"{test} does not test [{name}]")
    report.takes("diagnostics", mistakes)
