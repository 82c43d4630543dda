"""Rules: tests/rules/<id>/{bad,good}, two libraries a rule.

Each is laid on top of tests/cases/_base/city, or of the base that its file
`base` names, like a golden case. A check of `bad` must find what `bad/expected`
says, and a check of `good`, which is as near to it as can be, nothing of the
rule. A file `date` has the day that the check is made as of; what is in the
folder `later` comes in with a second commit, three weeks after the first; COMMIT
in settings there is the id of that one. A file `reviews` has a commit a line, as
review_lines.py says; one that ends in “later” comes after the second commit.

Every row of generator/base/rule_rows.h has both, and nothing else is there.
UPDATE=1 writes `expected`.

Beside them tests/failing/ has one small library, `city`, that fails each rule
of the table once and not twice: what it finds together is what each finds
alone. A rule that cannot fail there has a library of its own (APART).
"""

import collections
import functools
import os
import re

import cases
import places
import review_lines
import unsafe

FOLDER = os.path.join(places.TESTS, "rules")
FAILING = os.path.join(places.TESTS, "failing")
# Why each cannot fail where all others do.
APART = {
    # it is told when no site has the mark, site-mark-missing when another has
    "footer-incomplete": "unmarked",
    # a site that asks for reviews shows nothing else that was not reviewed
    "review-author": "reviewed", "review-changed": "reviewed",
    "review-missing": "reviewed", "review-order": "reviewed",
    "review-same": "reviewed", "review-secrecy": "reviewed",
    "review-shared": "reviewed",
}
FINDING = re.compile(r"^\S.*: (?:error|warning): .* \[([a-z0-9-]+)\]$",
                     re.MULTILINE)
AS_OF = "2026-06-01"
REVIEWED = "2026-05-03T09:00:00+08:00"
LATER = "2026-05-22T09:00:00+08:00"


def listed():
    """The ids of the table, the second one of the list."""
    _, out, _ = places.jiyue(places.ROOT, "check", "--list")
    return [line.split()[0] for line in out.split("\n\n")[1].splitlines()]


def findings(text, rule):
    """The lines that name the rule, and the help below each."""
    found, lines = [], text.splitlines()
    for number, line in enumerate(lines):
        if line.endswith(f" [{rule}]"):
            found.append(line + "\n")
            found += [after + "\n" for after in lines[number + 1:number + 4]
                      if after.startswith("  help: ")][:1]
    return "".join(found)


def name_commit(library, commit_id):
    """`review_since` of a fixture is a commit of its own history."""
    for path in places.files_below(os.path.join(library, "sites")):
        full = os.path.join(library, "sites", path)
        text = places.read_bytes(full)
        if b"COMMIT" in text:
            cases.write(full, text.decode().replace("COMMIT", commit_id))


def review(fixture, library, is_later):
    """The commits of the file `reviews`: before or after the second one."""
    path = os.path.join(fixture, "reviews")
    for line in places.read(path).splitlines() if os.path.exists(path) else ():
        if line.endswith(" later") == is_later:
            review_lines.commit(library, line.removesuffix(" later"),
                                LATER if is_later else REVIEWED)


def commit(fixture, library):
    """What the fixture has, on top of what is there, in one or two commits."""
    cases.lay_out(fixture, library)
    places.commit_all(library)
    review(fixture, library, False)
    later = os.path.join(fixture, "later")
    if os.path.isdir(later):
        first = places.git(library, "rev-parse", "HEAD").strip()
        cases.lay_out(later, library)
        name_commit(library, first)
        places.commit_all(library, "第二次提交", places.environment(
            GIT_AUTHOR_DATE=LATER, GIT_COMMITTER_DATE=LATER))
    review(fixture, library, True)


def check(rule, kind):
    fixture = os.path.join(FOLDER, rule, kind)
    library = places.fresh("rules", rule, kind)
    if not os.path.exists(os.path.join(fixture, "base")):
        cases.lay_out(os.path.join(cases.FOLDER, "_base", "city"), library)
    commit(fixture, library)
    date = os.path.join(fixture, "date")
    as_of = places.read(date).strip() if os.path.exists(date) else AS_OF
    code, out, err = places.jiyue(library, "check", "--daily", "--as-of",
                                  as_of, "--limit", "0")
    if code == 2:
        raise RuntimeError(err)
    return findings(err, rule), unsafe.check_text("stderr", out + err)


def run_one(rule, updating, report):
    expected = os.path.join(FOLDER, rule, "bad", "expected")
    try:
        bad, mistakes = check(rule, "bad")
        good, more = check(rule, "good")
        if updating:
            cases.write(expected, bad)
        if not bad:
            mistakes.append("bad: nothing is found")
        mistakes += cases.compare_text("../bad/expected",
                                       places.read(expected), bad)
        if good:
            mistakes.append("good: found\n" + good)
        report.takes(f"rule {rule}", mistakes + more)
    except Exception as error:  # one rule must not hide the others
        report.fails(f"rule {rule}", f"{type(error).__name__}: {error}")


def fixtures(report):
    """Every rule of the table has two libraries, and no others are there."""
    table, there = listed(), sorted(os.listdir(FOLDER))
    report.takes("rules and fixtures", [
        *(f"tests/rules/{rule}: no such rule" for rule in there
          if rule not in table),
        *(f"tests/rules/{rule}/{kind} is missing" for rule in table
          for kind in ("bad", "good")
          if not os.path.isdir(os.path.join(FOLDER, rule, kind)))])


def found_in(name):
    """How often each message stands in a daily check of a failing library."""
    library = places.fresh("failing", name)
    commit(os.path.join(FAILING, name), library)
    code, _, err = places.jiyue(library, "check", "--daily", "--as-of", AS_OF,
                                "--limit", "0")
    if code == 2:
        raise RuntimeError(err)
    return collections.Counter(FINDING.findall(err))


def each_once(report):
    """Every rule of the table is found once, neither hidden nor doubled."""
    found = {name: found_in(name) for name in sorted(os.listdir(FAILING))}
    times = {rule: found[APART.get(rule, "city")][rule] for rule in listed()}
    report.takes("a library that fails every rule once", [
        *(f"{rule}: found {count} times in tests/failing/"
          f"{APART.get(rule, 'city')}, not once"
          for rule, count in times.items() if count != 1),
        *(f"{rule} can fail in tests/failing/city: APART is wrong"
          for rule in APART if found["city"][rule] > 0)])


def jobs(wanted, updating):
    chosen = [rule for rule in sorted(os.listdir(FOLDER))
              if wanted in "rules/" + rule]
    return [each_once] * (wanted in "rules/each-once") + [
        fixtures] * bool(chosen) + [
        functools.partial(run_one, rule, updating) for rule in chosen]
