"""What generator/ARCHITECTURE.md says and a program can look at: every limit has
the number that stands in the file it names, every file that is named is there,
and the table of guarantees is that of broken_rows.py, whose changes still fit
the source. A struct of a header has its name for itself, and long files begin
with what they do."""

import glob
import os
import re

import places
from broken_rows import ROWS

PAGE = os.path.join(places.ROOT, "generator", "ARCHITECTURE.md")
GENERATOR = os.path.join(places.ROOT, "generator")
ROW = re.compile(r"^\| (?P<what>.+) \| (?P<value>[^|]+) \| (?P<files>`.+) \|$")
NUMBER = re.compile(r"(\d[\d,]*) ?(KiB|MiB|GiB|s)?\b")
UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "s": 1, "": 1}
# Products and shifts of numbers, as C writes limits.
CONSTANT = re.compile(r"(?<![\w.])(?:\(\w+\))?(\d+)u?(?:ll|l)?"
                      r"((?: (?:\*|<<) \d+u?(?:ll|l)?)*)", re.IGNORECASE)
NAMED = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.[ch])`")


def section(title):
    return places.read(PAGE).split(f"\n## {title}\n", 1)[1].split("\n## ")[0]


def constants(path):
    """The values of the constant expressions of a file: of the program, or
    of a theme."""
    root = places.ROOT if path.startswith("themes/") else GENERATOR
    found = set()
    for match in CONSTANT.finditer(places.read(root, path)):
        value = int(match[1])
        for sign, number in re.findall(r"(\*|<<) (\d+)", match[2]):
            value = value * int(number) if sign == "*" else \
                value << int(number)
            found.add(value)
        found.add(int(match[1]))
    return found


def files_of(cell):
    """`a/b.h`, `.c`: the second is a/b.c."""
    found = []
    for name in re.findall(r"`([^`]+)`", cell):
        if name.startswith("."):
            name = os.path.splitext(found[-1])[0] + name
        found.append(name)
    return found


def wrong_limits():
    for line in section("Limits").splitlines():
        row = ROW.match(line)
        if row is None or row["value"].startswith("-"):
            continue
        known = set().union(*(constants(path)
                              for path in files_of(row["files"])))
        for digits, unit in NUMBER.findall(row["value"]):
            value = int(digits.replace(",", "")) * UNITS[unit]
            # seconds may be milliseconds; one of something has no number
            if value > 1 and not known & {value, value * 1000 if unit == "s"
                                          else value}:
                yield (f"{row['what']}: {digits} {unit} is not in "
                       f"{row['files']}")


def wrong_files():
    for name in sorted(set(NAMED.findall(places.read(PAGE)))):
        if not os.path.exists(os.path.join(GENERATOR, name)) and \
                not os.path.exists(os.path.join(places.ROOT, name)):
            yield f"there is no {name}"


def wrong_guarantees():
    page = [line for line in section("Guarantees").splitlines()
            if line.startswith("|")][2:]
    rows = [row.line() for row in ROWS]
    for line in rows:
        if line not in page:
            yield "the table lacks: " + line
    for line in page:
        if line not in rows:
            yield "nothing breaks: " + line
    if not set(rows) ^ set(page) and rows != page:
        yield "the table has another order than broken_rows.py"
    for row in ROWS:
        text = places.read(places.ROOT, row.path)
        if text.count(row.old) != 1:
            yield (f"{row.guarantee}: its change does not fit {row.path} any "
                   "more")


STRUCT = re.compile(r"^(?:static (?:const )?)?struct (\w+) \{", re.MULTILINE)


def wrong_names():
    """A struct of a header has its name for itself: no other one in the
    program is called so. Those of two .c files may share a short one."""
    places_of = {}
    for path in places.files_below(GENERATOR):
        if path.endswith((".c", ".h")):
            for name in set(STRUCT.findall(places.read(GENERATOR, path))):
                places_of.setdefault(name, []).append(path)
    for name, paths in sorted(places_of.items()):
        if len(paths) > 1 and any(path.endswith(".h") for path in paths):
            yield f"several are called struct {name}: " + ", ".join(paths)


COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ENUM = re.compile(r"enum (\w+) \{(.*?)\}", re.DOTALL)
CONSTANT_NAME = re.compile(r"^\s*([A-Z][A-Z0-9_]+)")


def prefix_of(constants_of_enum):
    """PAGE_ of PAGE_HOME and PAGE_ARTICLE; empty: there is none."""
    prefix = os.path.commonprefix(constants_of_enum)
    return prefix[:prefix.rfind("_") + 1]


def wrong_prefixes():
    """The prefix of a constant says of which enum it is; those of one header
    may share it."""
    found = {}
    for path in places.files_below(GENERATOR):
        if not path.endswith(".h"):
            continue
        text = COMMENT.sub("", places.read(GENERATOR, path))
        for name, body in ENUM.findall(text):
            names = [match[1] for match in
                     map(CONSTANT_NAME.match, body.split(",")) if match]
            prefix = prefix_of(names) if len(names) > 1 else ""
            found.setdefault(prefix, {}).setdefault(path, name)
    for prefix, enums in sorted(found.items()):
        if prefix and len(enums) > 1:
            yield (f"{prefix}… are of several enums: " + ", ".join(
                f"{name} ({path})" for path, name in enums.items()))


OPENING = re.compile(r"/\*.*?\*/", re.DOTALL)
LONG, WORDS = 150, 20


def wrong_openings():
    """A long .c file begins with what it does and why that way."""
    for path in places.files_below(GENERATOR):
        text = places.read(GENERATOR, path) if path.endswith(".c") else ""
        opening = OPENING.match(text)
        if text.count("\n") > LONG and \
                len(opening[0].split() if opening else []) < WORDS:
            yield f"{path} does not begin with what it does and why so"


def wrong_theme_ids():
    """A heading of a text can have any id without "--", so a theme's has it."""
    for path in glob.glob(os.path.join(places.ROOT, "themes", "*", "templates",
                                       "*")):
        for name in re.findall(r'\bid="([^"]*)"', places.read(path)):
            if "--" not in name and not name.startswith("{{") \
                    and name != "main":
                yield f"{os.path.relpath(path, places.ROOT)}: id={name}"


BEGINNING = 60


def repeated_lines():
    """Two lines that begin alike are one that two people changed."""
    seen = {}
    for number, line in enumerate(places.read(PAGE).splitlines(), 1):
        if len(line) < BEGINNING or line.startswith("|"):
            continue
        first = seen.setdefault(line[:BEGINNING], number)
        if first != number:
            yield f"line {number} begins like line {first}"


TOP = {"LICENSE", "Makefile", "README.md", "content", "generator", "sites",
       "tests", "themes"}


def wrong_top():
    """The top level is the one that was agreed on; dot files may come."""
    names = places.git(places.ROOT, "ls-files", "-z").split("\0")
    for name in sorted({name.split("/")[0] for name in names if name} - TOP):
        if not name.startswith("."):
            yield f"{name} stands at the top"


def run(report):
    report.takes("names of structs", list(wrong_names()))
    report.takes("prefixes of enums", list(wrong_prefixes()))
    report.takes("openings of long files", list(wrong_openings()))
    report.takes("limits of ARCHITECTURE.md", list(wrong_limits()))
    report.takes("files of ARCHITECTURE.md", list(wrong_files()))
    report.takes("lines of ARCHITECTURE.md", list(repeated_lines()))
    report.takes("guarantees of ARCHITECTURE.md", list(wrong_guarantees()))
    report.takes("ids of templates", list(wrong_theme_ids()))
    report.takes("top level", list(wrong_top()))
