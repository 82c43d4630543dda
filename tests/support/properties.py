"""What the output must not depend on, on the demonstration library (HEAD) and
on a generated small one: threads, locale, time zone, the order in which files
were created, the kind of repository; and that a second build writes nothing."""

import os
import random
import shutil

import places

AS_OF = "2026-12-31"
UNITS = ("szf", "jyj", "rsj")


def export_head(folder):
    """The committed library, in a repository of its own."""
    library = os.path.join(folder, "library")
    places.git(places.ROOT, "clone", "-q", "--no-hardlinks", places.ROOT,
               library)
    return library


def site_text(unit, kind, number):
    """A portal collects from every unit, a department from its own."""
    columns = []
    for unit_shown in UNITS if kind == "portal" else (unit,):
        columns.append(
            f"  - id: {unit_shown}\n    name: {unit_shown} 动态\n"
            f"    class: news\n    description: 动态\n    keywords: [动态]\n"
            f"    owner_unit: 办公室\n    editors: {{a: 甲岗, b: 乙岗}}\n"
            f"    select: {{unit: {unit_shown}}}\n")
    return (f"kind: {kind}\nname: 示范市{unit}\ndomain: {unit}.example.cn\n"
            f'identity_code: "619900000{number}"\nsponsor: 示范市{unit}\n'
            f'phone: "0000-0000000"\nicp: 示ICP备1号\npolice_record: 示1号\n'
            f"description: 网站\ncolumns:\n{''.join(columns)}")


def generated_files():
    """Path and text: 60 resources with one date, so that order can show."""
    files = {"sites/platform.yaml":
             "name: 示范市平台\nportal: szf\npage_size: 5\n"}
    for number, unit in enumerate(UNITS):
        kind = "department" if number else "portal"
        files[f"sites/{unit}/site.yaml"] = site_text(unit, kind, number)
        for item in range(20):
            after = (item + 1) % 20
            files[f"content/{unit}/n{item}.md"] = (
                f"---\ntitle: 第{item % 3}条\ntype: news\nsource: {unit}\n"
                f"date: 2026-03-0{item % 4 + 1}\nkeywords: [甲, 乙]\n---\n"
                f"见[下一条](n{after}.md)。\n")
    return files


def write_files(folder, files, order):
    for path in order:
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(files[path])


def generate(folder, shuffled=False):
    files = generated_files()
    order = sorted(files)
    if shuffled:
        random.Random(20260501).shuffle(order)
    library = os.path.join(folder, "shuffled" if shuffled else "library")
    write_files(library, files, order)
    places.commit_all(library)
    return library


class Property:
    """One library, built in many ways; each must equal the first."""

    def __init__(self, report, name, folder, library):
        self.report = report
        self.name = name
        self.folder = folder
        self.library = library
        self.first = None

    def build(self, out, *arguments, library=None, before=(), **env):
        code, _, err = places.jiyue(
            self.folder, *before, "build", "--library",
            library or self.library, "--out", out, "--as-of", AS_OF,
            *arguments, env=places.environment(**env))
        if code != 0:
            raise RuntimeError(f"exit code {code}\n{err}")
        return os.path.join(self.folder, out)

    def equals(self, what, *arguments, **options):
        """Builds once more, otherwise, and compares every byte."""
        mistakes = []
        try:
            out = self.build("other", *arguments, **options)
            mistakes = places.differences(self.first, places.published(out))
            shutil.rmtree(out)
        except RuntimeError as error:
            mistakes.append(str(error))
        self.report.takes(f"property {self.name}: {what}", mistakes)

    def second_build(self, out):
        before = places.stamps(out)
        mistakes = []
        try:
            self.build("first", "--jobs", "1")
        except RuntimeError as error:
            mistakes.append(str(error))
        after = places.stamps(out)
        mistakes += [f"touched: {path}" for path in sorted(
            set(before.items()) ^ set(after.items()))]
        self.report.takes(f"property {self.name}: a second build writes "
                          "nothing", mistakes)

    def run(self):
        try:
            out = self.build("first", "--jobs", "1")
        except RuntimeError as error:
            self.report.fails(f"property {self.name}", str(error))
            return
        self.first = places.published(out)
        self.second_build(out)
        self.equals("4 threads", "--jobs", "4")
        self.equals("locale C.UTF-8", LC_ALL="C.UTF-8", LANG="C.UTF-8")
        self.equals("messages in Chinese", before=("--lang", "zh_CN"),
                    LC_ALL="", LANG="zh_CN.UTF-8")
        self.equals("time zone", TZ="America/New_York")
        bare = os.path.join(self.folder, "bare.git")
        places.git(self.folder, "clone", "-q", "--bare", self.library, bare)
        self.equals("bare repository", library=bare)


def check_order(report, prop):
    other = generate(prop.folder, shuffled=True)
    prop.equals("order in which files were created", library=other)
    first = prop.build("direct", "--worktree")
    prop.first = places.published(first)
    prop.equals("order, read from the folder", "--worktree", library=other)


def of_generated(report):
    folder = places.fresh("properties", "generated")
    prop = Property(report, "generated", folder, generate(folder))
    prop.run()
    if prop.first is not None:
        check_order(report, prop)


def of_city(report):
    folder = places.fresh("properties", "city")
    Property(report, "city", folder, export_head(folder)).run()


JOBS = [of_city, of_generated]
