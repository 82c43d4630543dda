"""What a message says that its mistake costs is what the build left out.

Every library of the golden cases and of the rules gets a mark in each of its
files: a word behind the text of a resource, in a setting that pages show, in an
asset in the folder of a theme. It is built, and the mark is looked for in what
was written. Where it stands, the file counts as it is, and no message may say
that it costs the resource, the site, the looks. Where the file has another
version or none, a message must say so.
"""

import functools
import os
import re
import shlex

import cases
import places
import rules

MARKS = re.compile(rb"qprobe(\d{4})q")
MESSAGE = re.compile(r"^(?P<path>[^\s:][^:\n]*?)(?::\d+:\d+)?: (?P<level>error|"
                     r"warning): (?P<text>.*) \[(?P<id>[a-z0-9-]+)\]$")
COST = re.compile(r"\((?P<cost>costs [^()]*|published as it stands)\)$")
# Ends of files that have a mark, what it costs when they do not count, and
# where the mark stands.
TEXT = ("costs this resource",)
SITE = ("costs this site",)
BELOW = ("costs the resources below it",)
LOOKS = ("costs the looks of this site", "costs the looks of the sites with it")
STANDS_IN = {"version-earlier", "version-none", "theme-none"}


class Probe:
    """A file of the library, its mark, and what messages say of it."""

    def __init__(self, number, path, wholes):
        self.mark = f"qprobe{number:04}q"
        self.path = path
        self.wholes = wholes

    def judge(self, is_there, messages):
        mine = [message for message in messages
                if self.covers(message["path"])]
        whole = [message for message in mine
                 if (message["cost"] or "").startswith(self.wholes)]
        if is_there:
            return [f"{self.path} counts as it is: {message['line']}"
                    for message in whole]
        if mine and not whole and any(
                message["id"] in STANDS_IN for message in mine):
            return [f"{self.path} does not count, and nothing says so:\n  " +
                    "\n  ".join(message["line"] for message in mine)]
        return []

    def covers(self, path):
        if self.path.endswith("/"):
            return path.startswith(self.path) and "(in commit" not in path
        return path == self.path


def append(path, text):
    with open(path, "ab") as file:
        file.write(text.encode())


def mark_setting(path, key, mark):
    """`key: value` at the margin gets the mark behind its plain value."""
    data = places.read_bytes(path)
    found = re.search(rb"^" + key + rb': ([^\s"\'\[{|>#&*!][^\n#"]*)$', data,
                      re.MULTILINE)
    if found is None:
        return False
    with open(path, "wb") as file:
        file.write(data[:found.end()].rstrip() + mark.encode() +
                   data[found.end():])
    return True


def mark_text(path, mark):
    append(path, f"\n\n{mark}\n")
    return True


def themes_of(library):
    for folder, names, _ in os.walk(library):
        names[:] = [name for name in names if name != ".git" and
                    not name.startswith("out")]
        path = os.path.relpath(folder, library) + "/"
        if re.fullmatch(r"themes/[^/]+/|sites/[^/]+/theme/", path):
            yield path


def kind_of(path):
    """(what it costs when the file does not count, how it gets its mark)"""
    if re.fullmatch(r"content/[^/]+/.*\.md", path):
        return TEXT, mark_text
    if re.fullmatch(r"sites/[^/]+/site\.yaml", path):
        return SITE, functools.partial(mark_setting, key=b"sponsor")
    return None


def probes_of(library):
    found = []
    for path in sorted(places.files_below(library)):
        kind = kind_of(path)
        full = os.path.join(library, path)
        if kind is None or os.path.islink(full):
            continue
        probe = Probe(len(found), path, kind[0])
        if kind[1](full, mark=probe.mark):
            found.append(probe)
    for path in themes_of(library):
        probe = Probe(len(found), path, LOOKS)
        folder = os.path.join(library, path, "assets")
        os.makedirs(folder, exist_ok=True)
        append(os.path.join(folder, f"{probe.mark}.css"),
               f"/* {probe.mark} */\n")
        found.append(probe)
    return found


def marks_below(folder):
    return {found.group(0).decode() for path in places.files_below(folder)
            for found in MARKS.finditer(places.read_bytes(folder, path))}


def messages_of(text):
    for line in text.splitlines():
        found = MESSAGE.match(line)
        if found:
            cost = COST.search(found["text"])
            yield dict(found.groupdict(), line=line,
                       cost=cost and cost["cost"])


def judge(library, probes, as_of):
    """Every file of the library against what a build says and writes."""
    code, _, err = places.jiyue(library, "build", "--out", "out-probes",
                                "--as-of", as_of, "--limit", "0")
    is_over = "(costs this run)" in err
    if code == 2 or is_over:
        return [] if code == 2 and is_over else \
            [f"exit code {code}, and what it costs:\n{err}"]
    marks = marks_below(os.path.join(library, "out-probes"))
    messages = list(messages_of(err))
    return [mistake for probe in probes
            for mistake in probe.judge(probe.mark in marks, messages)]


def prepare(case, library):
    """What the case does before it builds; the date of that build."""
    for line in places.read(case, "command").splitlines():
        words = shlex.split(line, comments=True)
        if words and words[0] == "$":
            places.run(["bash", "-euo", "pipefail", "-c", line[2:]], library)
        elif words and words[0] in ("build", "check"):
            if {"--worktree", "--rev", "--library"} & set(words):
                return None
            return words[words.index("--as-of") + 1] \
                if "--as-of" in words else "2026-06-01"
    return None


def run_case(name, report):
    library = places.fresh("costs", name)
    case = os.path.join(cases.FOLDER, name)
    cases.lay_out(case, library)
    places.commit_all(library)
    as_of = prepare(case, library)
    if as_of is not None and os.path.isdir(os.path.join(library, ".git")):
        run_library(f"cost of case {name}", library, as_of, report)
    places.remove(library)


def run_rule(rule, report):
    library = places.fresh("costs", rule)
    fixture = os.path.join(rules.FOLDER, rule, "bad")
    if not os.path.exists(os.path.join(fixture, "base")):
        cases.lay_out(os.path.join(cases.FOLDER, "_base", "city"), library)
    cases.lay_out(fixture, library)
    places.commit_all(library)
    date = os.path.join(fixture, "date")
    run_library(f"cost of rule {rule}", library,
                places.read(date).strip() if os.path.exists(date)
                else rules.AS_OF, report)
    places.remove(library)


def run_library(name, library, as_of, report):
    probes = probes_of(library)
    places.git(library, "add", "-A")
    places.git(library, "commit", "-qm", "探针")
    report.takes(name, judge(library, probes, as_of))


def jobs():
    return [*(functools.partial(run_case, name) for name in cases.names()),
            *(functools.partial(run_rule, rule)
              for rule in sorted(os.listdir(rules.FOLDER)))]
