#!/usr/bin/env python3
"""Everything that a page shows is part of its fingerprint, proven one change at
a time: each field of each type with each part of its records, each setting of
platform, site and column, each string, token and template of a theme, and each
date that passes. After every change the build of what changed must equal a
build into an empty folder; the next change takes the one before it back.

The fields are those of `jiyue schema` and the settings those of the tables in
generator/site/, so a new one is tried without a line here. One that changes
nothing must be in UNSEEN, with the reason; one that is there and does change
something is a mistake too.

    PROOF=regex    only the changes whose name it finds: "policy[.]doc_no"
    SHARE=n        of n parts the one whose turn it is with this revision
"""

import json
import os
import re
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

import kept  # noqa: E402
import places  # noqa: E402
import proof_city  # noqa: E402
import proof_settings  # noqa: E402

LINES = 40
AS_OF = "2026-06-01"
LATER = "2026-08-01"

# What no page shows: an edit of it must make no page.
UNSEEN = proof_city.UNSEEN | proof_settings.UNSEEN


class Change:
    """`variants`: the files of the city after each step, one behind another;
    `later`: the last is built once more when its date has passed."""

    def __init__(self, name, variants, later=False):
        self.name = name
        self.variants = variants
        self.later = later


class Prover:
    def __init__(self, folder, base):
        self.folder = folder
        self.library = kept.Library(folder)
        self.out = os.path.join(folder, "kept")
        self.clean = os.path.join(folder, "clean")
        self.base = base
        self.first = self.library.commit(base, None)
        self.mistakes = []
        self.seen = {}
        code, words = self.build(self.out, AS_OF)
        if code != 0:
            raise ValueError(f"the city has mistakes:\n{words}")
        self.standing = places.published(self.out)

    def build(self, out, as_of):
        code, words = kept.build(self.folder, out, [
            "--library", self.library.path, "--as-of", as_of, "--jobs", "1"])
        return code, "\n".join(words[:6])

    def compare(self, name, as_of):
        """Whether the pages differ from those of the first city."""
        code, words = self.build(self.out, as_of)
        shutil.rmtree(self.clean, ignore_errors=True)
        wanted, _ = self.build(self.clean, as_of)
        if code != 0 or wanted != 0:
            self.mistakes.append(f"{name}: a build ends with {code}\n{words}")
        found = places.published(self.out)
        lines = places.differences(places.published(self.clean), found,
                                   ("in a full build",
                                    "in the build of what changed"))
        self.mistakes += [f"{name}: {line}" for line in lines[:4]]
        return found != self.standing

    def go_back(self):
        self.library.point_to(self.first)
        if self.compare("going back", AS_OF):
            self.mistakes.append("going back leaves other pages")

    def prove(self, change):
        seen = False
        commit = self.first
        for files in change.variants:
            commit = self.library.commit(files, commit, minutes=0)
            seen |= self.compare(change.name, AS_OF)
        if change.later:
            seen |= self.compare(change.name + ", later", LATER)
        self.seen[change.name] = seen


def judge(seen, is_whole):
    mistakes = []
    for name, is_seen in sorted(seen.items()):
        if is_judged(name) and not is_seen and name not in UNSEEN:
            mistakes.append(f"{name}: no page changes with it; show it, or "
                            "say why not in UNSEEN")
        if is_seen and name in UNSEEN:
            mistakes.append(f"{name}: is in UNSEEN, and pages change with it")
    if is_whole:
        mistakes += [f"{name}: is in UNSEEN, and there is no such thing"
                     for name in sorted(set(UNSEEN) - set(seen))]
    return mistakes


class Set:
    """Changes of one small city."""

    def __init__(self, name, base, changes):
        self.name = name
        self.base = base
        self.changes = changes


def is_judged(name):
    """Texts and parts of a theme are of states that the city is not in."""
    return " " not in name


def prove_set(part):
    prover = Prover(places.fresh("proof", part.name), part.base)
    for change in part.changes:
        prover.prove(change)
    prover.go_back()
    shutil.rmtree(prover.folder)
    return prover


def sets(schema):
    found = []
    for name in sorted(proof_city.types_of(schema)):
        base = proof_city.files(schema, proof_city.names_for(name))
        found.append(Set(name, base, list(proof_city.field_changes(
            Change, base, schema, name))))
    base = proof_settings.files(schema)
    found += [Set(name, base, changes) for name, changes
              in proof_settings.changes(Change, base).items()]
    wanted = re.compile(os.environ.get("PROOF") or "")
    for part in found:
        part.changes = [change for change in part.changes
                        if wanted.search(change.name)]
    return [part for part in found if part.changes]


def share(parts):
    """Every revision proves a part of the sets, n of them after another all."""
    count = int(os.environ.get("SHARE") or 1)
    return parts[places.turn() % count::count]


def main():
    places.fresh("proof")
    code, out, err = places.jiyue(places.ROOT, "schema", "--whole")
    if code != 0:
        print(err)
        return 1
    mistakes, seen = [], {}
    for part in share(sets(json.loads(out))):
        prover = prove_set(part)
        mistakes += prover.mistakes
        seen.update(prover.seen)
    mistakes += judge(seen, not os.environ.get("PROOF") and
                      not os.environ.get("SHARE"))
    if mistakes:
        print("\n".join(mistakes[:LINES]))
        return 1
    print(f"proof: {len(seen)} changes, each alone, make the pages that a "
          "full build makes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
