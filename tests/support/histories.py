"""Histories: tests/histories/*.txt, a list of steps, one a line.

    # a remark
    base NAME            begin with the library tests/cases/_base/NAME
    write PATH           the indented lines below are its text
    copies N PATH        N files; {n} in path and text is the number of each
    edit PATH | OLD | NEW    a text that is in the file becomes another
    rename PATH PATH     delete PATH
    review ROLE MAIL PATH    a commit by MAIL says in a trailer that the file,
                         as it is written, was reviewed; "for MAIL": names him,
                         and the commit is by somebody else
    day DATE             from here on builds are as of that day
    build [CODE]         commit and build into out/; the exit code (0)
    remakes              the indented patterns name all pages that the last
                         commit makes again, and no other (`jiyue diff`)
    checks TEXT          a check of everything says it, and one beside the
                         folder, which reads what changed, says the same
    says TEXT            the last build has said it
    recalls              the last build did not plan anew
    expect PATH          the file is in out/;  "expect !PATH": it is not
    expect PATH: TEXT    it has this text;     "expect PATH! TEXT": it has not

After every build the messages and the output are those of a full build into an
empty folder, with mistakes too. After every build without mistakes the columns
of every site are equal in site.yaml, navigation, 网站地图 page, sitemap.xml and
feeds, and a second build writes nothing.
"""

import fnmatch
import functools
import os
import re
import shlex
import shutil

import cases
import column_sets
import places

FOLDER = os.path.join(places.TESTS, "histories")
AS_OF = "2026-06-01"
PHASE = re.compile(r"^(\w+) +\d+ ms\n", re.M)


class History:
    def __init__(self, library, program):
        self.library = library
        self.program = program
        self.out = os.path.join(library, "out")
        self.minute = 0
        self.as_of = AS_OF
        self.mistakes = []
        self.said = ""
        self.phases = []

    def jiyue(self, *arguments):
        return places.jiyue(self.library, *arguments, program=self.program)

    def path(self, name):
        return os.path.join(self.library, name)

    def base(self, name):
        shutil.copytree(os.path.join(cases.FOLDER, "_base", name),
                        self.library, dirs_exist_ok=True)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        cases.write(self.path(name), text)

    def edit(self, argument):
        name, old, new = (part.strip().replace("\\n", "\n")
                          for part in argument.split(" | "))
        text = places.read(self.path(name))
        if old not in text:
            raise ValueError(f"{name} has no “{old}”")
        self.write(name, text.replace(old, new))

    def rename(self, old, new):
        os.makedirs(os.path.dirname(self.path(new)), exist_ok=True)
        os.rename(self.path(old), self.path(new))

    def delete(self, name):
        if os.path.isdir(self.path(name)):
            shutil.rmtree(self.path(name))
        else:
            os.remove(self.path(name))

    def commit(self, message="第一次提交", **more):
        self.minute += 1
        date = f"2026-05-01T09:{self.minute:02}:00+08:00"
        places.commit_all(self.library, message, places.environment(
            GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date, **more))

    def review(self, argument):
        role, *by, mail, name = argument.split()
        blob = places.git(self.library, "hash-object", name).strip()
        author = "bieren@example.cn" if by else mail
        self.commit(f"审核\n\nReviewed-by: {role} <{mail}> {blob}\n",
                    GIT_AUTHOR_EMAIL=author)

    def build(self, wanted):
        self.commit()
        code, _, err = self.jiyue("build", "--out", "out", "--as-of",
                                  self.as_of, "--timings")
        self.phases = PHASE.findall(err)
        err = PHASE.sub("", err)
        self.said = err
        if code != wanted:
            raise ValueError(f"exit code {code}, not {wanted}\n{err}")
        self.check_full_build(code, err)
        if code == 0:
            self.check_sets()
            self.check_idle_build()

    def check_sets(self):
        sites = self.path("sites")
        for name in sorted(os.listdir(sites)):
            settings = os.path.join(sites, name, "site.yaml")
            if (os.path.exists(settings) and
                    "\nstate: closed\n" not in places.read(settings)):
                self.mistakes += column_sets.compare(places.read(settings),
                                                     self.out)

    def check_full_build(self, code, err):
        """The same messages and the same files, with mistakes too."""
        full = self.path("out-full")
        shutil.rmtree(full, ignore_errors=True)
        _, _, wanted = self.jiyue("build", "--out", "out-full", "--as-of",
                                  self.as_of)
        told = [dict.fromkeys(line for line in text.splitlines()
                              if not line.startswith("pages: "))
                for text in (wanted, err)]
        names = "in a full build", "in the build of what changed"
        self.mistakes += places.differences(*told, names)
        self.mistakes += places.differences(
            places.published(full), places.published(self.out), names)

    def check_idle_build(self):
        before = places.stamps(self.out)
        self.jiyue("build", "--out", "out", "--as-of", self.as_of)
        if places.stamps(self.out) != before:
            self.mistakes.append("a second build touched files")

    def remakes(self, patterns):
        _, out, _ = self.jiyue("diff", "HEAD~1", "HEAD")
        pages = [line.split()[1] for line in out.splitlines()
                 if line[:2] in ("+ ", "- ", "~ ")]
        for page in pages:
            if not any(fnmatch.fnmatch(page, one) for one in patterns):
                self.mistakes.append(f"made again: {page}")
        for one in patterns:
            if not fnmatch.filter(pages, one):
                self.mistakes.append(f"not made again: {one}")

    def day(self, date):
        self.as_of = date

    def recalls(self, _):
        if "recall" not in self.phases:
            self.mistakes.append(f"planned anew: {' '.join(self.phases)}")

    def checks(self, text):
        said = []
        for out in ([], ["--out", "out"]):
            _, _, err = self.jiyue("check", "--daily", "--limit", "0",
                                   "--as-of", self.as_of, *out)
            said.append(err)
        if text not in said[0]:
            self.mistakes.append(f"the check does not say: {text}")
        self.mistakes += places.differences(
            *(dict.fromkeys(err.splitlines()) for err in said),
            ("of everything", "of what changed"))

    def says(self, text):
        if text not in self.said:
            self.mistakes.append(f"not said: {text}")

    def expect(self, line):
        self.mistakes += cases.check_has(self.out, line)


def steps(text):
    """(word, argument, indented text) of every step."""
    found = []
    for line in text.splitlines():
        if line.startswith("    "):
            found[-1][2].append(line[4:])
        elif line.strip() and not line.startswith("#"):
            word, _, argument = line.strip().partition(" ")
            found.append((word, argument, []))
    return found


def take(history, word, argument, lines):
    text = "".join(line + "\n" for line in lines)
    if word == "write":
        history.write(argument, text)
    elif word == "copies":
        count, name = argument.split(" ", 1)
        for number in range(int(count)):
            history.write(name.replace("{n}", str(number)),
                          text.replace("{n}", str(number)))
    elif word == "remakes":
        history.remakes(lines)
    elif word == "build":
        history.build(int(argument or 0))
    elif word == "rename":
        history.rename(*shlex.split(argument))
    elif word in ("base", "day", "edit", "delete", "expect", "checks",
                  "says", "recalls", "review"):
        getattr(history, word)(argument)
    else:
        raise ValueError(f"there is no step “{word}”")


def run_one(program, name, report):
    history = History(places.fresh("histories", name), program)
    number, word, argument = 0, "", ""
    try:
        for number, (word, argument, lines) in enumerate(
                steps(places.read(FOLDER, name + ".txt")), 1):
            before = len(history.mistakes)
            take(history, word, argument, lines)
            history.mistakes[before:] = [
                f"step {number}, {word} {argument}: {mistake}"
                for mistake in history.mistakes[before:]]
    except Exception as error:  # the steps after it make no sense
        history.mistakes.append(f"step {number}, {word} {argument}: {error}")
    report.takes(f"history {name}", history.mistakes)


def jobs(wanted, program=places.PROGRAM):
    names = sorted(name[:-4] for name in os.listdir(FOLDER)
                   if name.endswith(".txt"))
    return [functools.partial(run_one, program, name) for name in names
            if wanted in "histories/" + name]


def run(report, wanted):
    report.do(jobs(wanted))
