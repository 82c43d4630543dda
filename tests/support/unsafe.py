"""What the program writes is UTF-8 and has no character that no text may have,
whatever the library has (generator/base/unicode.h)."""

import os
import re

import places

# Controls but tab and line feed, bidi embeddings, overrides and isolates, line
# and paragraph separators, U+FEFF, noncharacters.
UNSAFE = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xfffe)}{chr(plane * 0x10000 + 0xffff)}"
              for plane in range(17)) + "]")
ENDINGS = (".html", ".xml", ".json", ".webmanifest")


def check_text(name, text):
    found = UNSAFE.search(text)
    if found is None:
        return []
    return [f"{name}: U+{ord(found[0]):04X} behind "
            f"{text[max(0, found.start() - 40):found.start()]!r}"]


def check_file(folder, path):
    with open(os.path.join(folder, path), "rb") as file:
        data = file.read()
    try:
        return check_text(path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return [f"{path}: {error}"]


def check_output(folder):
    """Every page, feed, sitemap and index below an output folder."""
    mistakes = []
    for path in places.files_below(folder):
        if path.endswith(ENDINGS) and not path.startswith(".jiyue"):
            mistakes += check_file(folder, path)
    return mistakes
