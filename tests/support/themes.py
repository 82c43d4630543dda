"""The themes of the repository: text can be read on every ground, in both
schemes; what the accessibility statement says is held by tests that exist; and
themes/plain, which shares few templates and no style sheet with its parent,
makes every page of the demonstration city."""

import glob
import os
import re
import shutil

import places

TOKEN = re.compile(r'^  ([\w-]+): "(#[0-9a-f]{6})"$', re.MULTILINE)
LEAST = 4.5
LEAST_OF_LINES = 3
TEMPLATES = 12

# themes/README.md: which text stands on which ground
GROUNDS = ("page", "sheet", "shade")
PAIRS = [(text, ground, LEAST)
         for text in ("text", "text-soft", "main", "main-strong", "accent",
                      "good") for ground in GROUNDS] + [
    (*pair, LEAST) for pair in (
        ("main-strong", "main-soft"), ("accent", "accent-soft"),
        ("on-main", "main"), ("on-bar", "bar"), ("on-bar", "bar-deep"),
        ("on-spoken", "spoken"))] + [
    (line, ground, LEAST_OF_LINES) for line in ("line-strong", "focus")
    for ground in GROUNDS]


def colours(name):
    """{scheme: {token: colour}}: a theme changes some of its parent's."""
    text = places.read(places.ROOT, "themes", name, "theme.yaml")
    light, _, dark = text.partition("\ndark:")
    parent = re.search(r"^parent: (\w+)$", text, re.MULTILINE)
    found = colours(parent[1]) if parent else {"light": {}, "dark": {}}
    found["light"].update(TOKEN.findall(light))
    found["dark"] = {**found["light"], **found["dark"],
                     **dict(TOKEN.findall(dark))}
    return found


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928
                        else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def unreadable(name):
    for scheme, tokens in colours(name).items():
        for text, ground, least in PAIRS:
            found = contrast(tokens[text], tokens[ground])
            if found < least:
                yield f"{scheme}: {text} on {ground}: {found:.2f}"


KEY = re.compile(r"^(  )?(\w+):", re.MULTILINE)


def strings(path):
    """The keys of a file of strings, with those of their groups."""
    group, found = "", []
    for inside, key in KEY.findall(places.read(path)):
        group = group if inside else key
        found.append(f"{group}.{key}" if inside else key)
    return found


# Groups and strings for what the program itself says in Chinese: names of
# types, fields and classes of columns, values, words of the search, the stamp.
FOREIGN = re.compile(r"(types|classes|values|labels)\b|"
                     r"search\.(asking|same)$|stamp\.text$")


def foreign_types():
    """The keys that a file in another language has for the types."""
    names = os.listdir(os.path.join(places.ROOT, "generator", "library",
                                    "types"))
    return {"types." + name.removesuffix(".yaml") for name in names
            if name != "common.yaml"}


def check_strings(report):
    folder = os.path.join(places.ROOT, "themes", "default")
    chinese = os.path.join(folder, "strings.zh-CN.yaml")
    first = set(strings(chinese))
    for path in sorted(glob.glob(os.path.join(folder, "strings.*.yaml"))):
        found = set(strings(path))
        wrong = {key for key in first ^ found
                 if key in first or not FOREIGN.match(key)}
        if path != chinese:
            wrong |= foreign_types() - found
        report.takes(f"the keys of {os.path.basename(path)}", sorted(wrong))


def tests_there():
    """{kind: text in which a test of that name stands}."""
    browser = [places.read(places.ROOT, "tests", "browser", name)
               for name in ("behaviour.mjs", "citizen.mjs", "layout.mjs")]
    return {
        "behaviour": "\n".join(browser),
        "check": places.read(places.ROOT, "tests", "browser", "checks.mjs"),
        "message": places.read(places.ROOT, "generator", "base",
                               "diag_kind.c"),
        "rule": places.read(places.ROOT, "generator", "base", "rule_rows.h"),
    }


def check_statement(report):
    """No criterion is left out, and what holds a row is there."""
    text = places.read(places.ROOT, "themes", "default", "accessibility.yaml")
    criteria = re.findall(r'\{ "([\d.]+)", "AA?" \}', places.read(
        places.ROOT, "generator", "theme", "accessibility.c"))
    rows = re.findall(r"^  ([\d.]+):$", text, re.MULTILINE)
    there = tests_there()
    named = [pair for line in re.findall(r"^  # held by: (.*)$", text,
                                         re.MULTILINE)
             for pair in re.findall(r'(\w+) "([^"]+)"', line)]
    report.takes("every criterion of A and AA has a row",
                 sorted(set(criteria) ^ set(rows)) if len(criteria) == 55
                 else [f"{len(criteria)} criteria"])
    report.takes("what holds the rows of accessibility.yaml", [
        f"no {kind} {name}" for kind, name in named
        if f'"{name}"' not in there.get(kind, "")] if len(named) > 40
                 else [f"only {len(named)} are named"])
    report.takes("each text of accessibility.yaml is in both languages", [
        f"{len(re.findall(rf'[ {{]{code}: ', text))} {code}"
        for code in ("zh-CN", "en")] if len(set(
            len(re.findall(rf"[ {{]{code}: ", text))
            for code in ("zh-CN", "en"))) > 1 else [])


def dress(library, name):
    """All sites in this theme, without what they change of another."""
    for part in ("content", "sites", "themes"):
        shutil.copytree(os.path.join(places.ROOT, part),
                        os.path.join(library, part))
    for folder in glob.glob(os.path.join(library, "sites", "*", "theme")):
        shutil.rmtree(folder)
    for path in glob.glob(os.path.join(library, "sites", "**", "*.yaml"),
                          recursive=True):
        text = places.read(path)
        with open(path, "w", encoding="utf-8") as file:
            file.write(re.sub(r"^theme: default$", f"theme: {name}", text,
                              flags=re.MULTILINE))


def told_templates():
    """Names of templates in themes/README.md; `-list` goes on from the first
    in its row."""
    found = set()
    for row in places.read(places.ROOT, "themes", "README.md").split("\n"):
        names = re.findall(r"`([\w-]+)`", row.split(" | ")[0])
        stem = names[0].split("-")[0] if names else ""
        found |= {stem + name if name.startswith("-") else name
                  for name in names}
    return found


def check_readme(report):
    names = {name.removesuffix(".html") for name in os.listdir(os.path.join(
        places.ROOT, "themes", "default", "templates"))}
    names = {name for name in names if not name.startswith("article-")
             or name in ("article-meta", "article-state", "article-end",
                         "article-tools", "article-links", "article-related")}
    report.takes("templates that themes/README.md does not name",
                 sorted(names - told_templates()))


def check_plain(report):
    library = places.fresh("themes", "plain")
    dress(library, "plain")
    code, out, err = places.jiyue(library, "check", "--worktree")
    report.takes("themes/plain makes every page of the city",
                 [] if code == 0 else [out + err])
    own = os.path.join(places.ROOT, "themes", "plain")
    templates = os.listdir(os.path.join(own, "templates"))
    report.takes("few templates differ", [] if len(templates) <= TEMPLATES
                 else [f"{len(templates)} templates"])
    report.takes("one style sheet", [
        name for name in os.listdir(os.path.join(own, "assets"))
        if name != "style.css"])


def run(report):
    for path in sorted(glob.glob(os.path.join(places.ROOT, "themes", "*", ""))):
        name = os.path.basename(path.rstrip("/"))
        report.takes(f"contrast of themes/{name}", list(unreadable(name)))
    check_strings(report)
    check_statement(report)
    check_readme(report)
    check_plain(report)
