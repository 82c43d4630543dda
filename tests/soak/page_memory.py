#!/usr/bin/env python3
"""What one page takes, for bodies that have nothing but one kind of sign.

Of each kind the longest body that is not refused is looked for, and the peak of
its build is held below MARKDOWN_MEMORY_LIMIT (markup/markdown_guard.h). A body
of plain text takes no more than 40 bytes a byte. ALL=1 tries every kind.
"""

import os
import re
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

import places  # noqa: E402
from memory import HEAD, peak  # noqa: E402

LIMIT = 128 << 20
PLAIN = 40          # bytes a byte
LONGEST = 6 << 20   # the first try
SMALLER = 0.75      # each next one
LINE = 4000         # bytes of a line of what has no lines of its own
FOOTNOTES = 4900

PLAIN_KINDS = {
    "sentences": "示范市人民政府办公室公布了今年第一季度的工作安排。\n\n",
    "long lines": "文" * 4000 + "\n\n",
}

# The dearest, and those that are dear in a way of their own.
KINDS = {
    "headings": "# a\n", "underlined headings": "a\n-\n",
    "links": "[a](/)\n", "addresses": "http://a ", "lists": "- a\n",
    "lists in lists": "- - - a\n", "numbers": "1. a\n", "lines": "a\n",
    "tables": "|a|\n|-|\n|b|\n\n", "raw HTML": "<b>a</b>\n\n",
    "emphasis": "a_b_", "brackets": "[", "entities": "&amp;",
    "code": "`a` ", "attributes": "<b title=\"a\">x</b> ",
    "terms": "a\n: b\n\n",
}
MORE_KINDS = {
    "small headings": "###### a\n", "stars": "*a* ", "strong": "**a**\n\n",
    "titles of links": "[a](/x \"t\")\n\n", "images": "![a](/b.png)\n\n",
    "blocks of HTML": "<div>\n\na\n\n</div>\n\n", "tags": "<br>",
    "cells of HTML": "<table><tr><td>a</td></tr></table>\n\n",
    "quotes": "> a\n\n", "quotes in quotes": ">>>>>a\n",
    "tasks": "- [ ] a\n", "notes": "^[a] ", "breaks": "a\\\n",
    "escapes": "\\*", "blocks of code": "    a\n\nb\n\n",
    "rules": "---\n\n", "comments": "<!-- a -->\n\n",
    "callouts": "> [!NOTE]\n> a\n\n", "struck out": "~~a~~ ",
}


def body(unit, size):
    """Lines of their own end where they end; others are paragraphs."""
    if "\n" not in unit:
        unit = unit * (LINE // len(unit.encode())) + "\n\n"
    return unit * max(1, int(size) // len(unit.encode()))


def footnotes():
    return "".join(f"a[^{i}]\n\n[^{i}]: a\n\n" for i in range(FOOTNOTES))


class Bench:
    """A library with one long article, built in a folder of its own."""

    def __init__(self, top):
        self.top = top
        self.library = os.path.join(top, "library")
        shutil.copytree(os.path.join(places.TESTS, "cases", "_base", "city"),
                        self.library)
        self.least = 0
        self.least = self.build("a\n")[0]

    def build(self, text):
        """Bytes that the body takes, and whether the guard refused it."""
        path = os.path.join(self.library, "content", "szf", "long.md")
        with open(path, "w", encoding="utf-8") as file:
            file.write(HEAD + text)
        # without a history there is no older version that stands in
        shutil.rmtree(os.path.join(self.library, ".git"), ignore_errors=True)
        places.commit_all(self.library)
        out = os.path.join(self.top, "out")
        shutil.rmtree(out, ignore_errors=True)
        code, most, words = peak(self.library, out, 1)
        if code not in (0, 1):
            raise RuntimeError(f"exit code {code}\n{words}")
        is_refused = re.search(r"more than \d+ \[markdown-limit\]", words)
        return most - self.least, bool(is_refused)

    def longest(self, unit):
        size = LONGEST
        while True:
            text = body(unit, size)
            taken, is_refused = self.build(text)
            if not is_refused:
                return len(text.encode()), taken
            size *= SMALLER


def main():
    bench = Bench(places.fresh("soak", "page-memory"))
    wrong = []
    worst = (0, "")
    kinds = {**KINDS, **(MORE_KINDS if os.environ.get("ALL") else {})}
    for name, unit in kinds.items():
        size, taken = bench.longest(unit)
        worst = max(worst, (taken, name))
        if taken > LIMIT:
            wrong.append(f"{name}: {size} bytes take {taken >> 20} MiB")
    taken, is_refused = bench.build(footnotes())
    if taken > LIMIT or is_refused:
        wrong.append(f"footnotes: {taken >> 20} MiB, refused: {is_refused}")
    for name, unit in PLAIN_KINDS.items():
        size, taken = bench.longest(unit)
        if taken > PLAIN * size or size < LONGEST * SMALLER:
            wrong.append(f"{name}: {taken / size:.1f} a byte of {size}")
    shutil.rmtree(bench.top)
    if wrong:
        print("\n".join(wrong))
        return 1
    print(f"page memory: at most {worst[0] >> 20} MiB, of {worst[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
