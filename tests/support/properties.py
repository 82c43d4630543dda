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


def misled(err):
    """What a failure says that does not name the limit."""
    lines = err.splitlines()
    told = [number for number, line in enumerate(lines)
            if "(costs this run) [" in line]
    return [lines[number] for number in told
            if "Too many open files" not in lines[number]
            or "ulimit -n" not in "".join(lines[number + 1:number + 2])]


def with_few_files(folder, library, limit):
    """Whether the limit was met, and what is wrong with the words."""
    shutil.rmtree(os.path.join(folder, "few"), ignore_errors=True)
    code, _, err = places.run(
        ["sh", "-c", f'ulimit -n {limit}; exec "$JIYUE" build --library '
         f'{library} --out few --as-of {AS_OF} --jobs 2'], folder)
    words = misled(err)
    if code not in (0, 2) or (code == 2) != ("(costs this run) [" in err):
        words.append(f"exit code {code}")
    return code == 2, [f"{library}, {limit} files: {line}" for line in words]


def of_few_files(report):
    """Whatever cannot be opened, the limit is named, and the next build is as
    if there had been none."""
    folder = places.fresh("properties", "few-files")
    library = os.path.join(folder, "library")
    shutil.copytree(os.path.join(places.TESTS, "cases", "_base", "city"),
                    library)
    places.commit_all(library)
    places.git(library, "repack", "-adq")
    places.git(folder, "clone", "-q", "--bare", "library", "packed")
    with open(os.path.join(library, "content", "jyj", "kaixue.md"), "a",
              encoding="utf-8") as file:
        file.write("又一句。\n")
    places.commit_all(library, "第二次提交")
    places.git(folder, "clone", "-q", "--bare", "library", "mixed")
    prop = Property(report, "few open files", folder, library)
    prop.first = places.published(prop.build("first"))
    mistakes = []
    met = 0
    for name in ("library", "packed", "mixed"):
        for limit in range(8, 24):
            is_met, words = with_few_files(folder, name, limit)
            met += is_met
            mistakes += words
    if met < 10:
        mistakes.append(f"only {met} builds met the limit")
    report.takes("property few open files: the limit is named", mistakes)
    shutil.rmtree(os.path.join(folder, "few"))
    with_few_files(folder, "library", 17)
    os.rename(os.path.join(folder, "few"), os.path.join(folder, "other"))
    prop.equals("what was begun is made whole")


JOBS = [of_city, of_generated, of_few_files]
