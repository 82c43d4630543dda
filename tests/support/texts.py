"""The texts of the demonstration city, as an official would read them: kinds of
slips that stood there once and that no rule of `jiyue check` is about."""

import os
import re

import places

CONTENT = os.path.join(places.ROOT, "content")
LEAST_FORM = 1000  # bytes: an office file of fewer has nothing to fill in

# what a text may not say -> why
SLIPS = {
    r"市级统一核算": "the province adds up the product of its cities",
    r"(?<!国)市场主体(?!登记管理条例)": "经营主体, but for the name of the "
                                        "regulation",
    r"℃（含）": "says nothing where a range ends",
    r"\b0 份": "免提交",
    r"(?<![周期])[两三四五六七八九]\d|\d[两三四五六七八九][个名家项件]": "mixed numerals",
}


def texts():
    for at, folders, names in os.walk(CONTENT):
        if at == CONTENT:
            folders.remove("docs")  # the manual, which quotes slips
        for name in sorted(names):
            yield os.path.join(at, name)


def slips(path):
    for number, line in enumerate(places.read(path).split("\n"), 1):
        for pattern, why in SLIPS.items():
            for found in re.findall(pattern, line):
                yield (f"{os.path.relpath(path, places.ROOT)}:{number}: "
                       f"“{found}”: {why}")


def thin_forms(path):
    """What people fill in is an office file with something in it."""
    name = os.path.relpath(path, places.ROOT)
    if path.endswith(".txt"):
        yield f"{name}: nobody fills in a text file"
    if path.endswith((".docx", ".xlsx", ".pdf")) and \
            os.path.getsize(path) < LEAST_FORM:
        yield f"{name}: {os.path.getsize(path)} bytes"


def scenes():
    """Drawings of places, services and people, each another one."""
    drawn = {}
    for path in texts():
        if path.endswith(".svg") and os.path.getsize(path) > 4000:
            drawn.setdefault(places.read(path), path)
    return len(drawn)


def run(report):
    found = [slip for path in texts() if path.endswith(".md")
             for slip in slips(path)]
    report.takes("texts as an official reads them", found)
    report.takes("forms that can be filled in",
                 [slip for path in texts() for slip in thin_forms(path)])
    report.takes("twenty drawings of the city",
                 [] if scenes() >= 20 else [f"only {scenes()}"])
