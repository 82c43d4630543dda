"""generator/REFERENCE.md and REFERENCE.zh_CN.md are what `jiyue help` prints.

UPDATE=1 rewrites them."""

import difflib
import os

import places

TOPICS = ("fields", "settings", "markdown", "html")
PAGES = (("en", "REFERENCE.md",
          "# Reference\n\nWhat `jiyue help` prints, from the tables that the "
          "program follows.\n`jiyue help fields TYPE` and `jiyue help "
          "messages` have more.\n"),
         ("zh_CN", "REFERENCE.zh_CN.md",
          "# 对照表\n\n`jiyue --lang zh_CN help` 按程序所用的表打印的内容。\n"
          "另见 `jiyue help fields 类型` 和 `jiyue help messages`。\n"))


def made(language, head):
    text = head
    for topic in TOPICS:
        code, out, err = places.run(
            [places.PROGRAM, "--lang", language, "help", topic], places.ROOT)
        if code != 0 or err:
            raise RuntimeError(f"help {topic}: exit code {code}\n{err}")
        text += f"\n## help {topic}\n\n````\n{out}````\n"
    return text


def run(update, report):
    for language, name, head in PAGES:
        path = os.path.join(places.ROOT, "generator", name)
        wanted = made(language, head)
        if update:
            with open(path, "w", encoding="utf-8") as file:
                file.write(wanted)
        found = places.read(path) if os.path.exists(path) else ""
        if found == wanted:
            report.passes(f"generator/{name}")
        else:
            report.fails(f"generator/{name}", "UPDATE=1 CASE=reference tests/run "
                         "rewrites it\n" +
                         "\n".join(difflib.unified_diff(
                             found.splitlines(), wanted.splitlines(), name,
                             "printed", lineterm="")))
