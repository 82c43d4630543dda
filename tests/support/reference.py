"""What is printed from the program's own tables is what stands in
generator/REFERENCE.md, REFERENCE.zh_CN.md and the reference of the manual of
the demonstration city (content/docs/mingling).

UPDATE=1 rewrites them."""

import difflib
import os
import re

import places

TOPICS = ("fields", "settings", "markdown", "html")
HEADS = (("en", "generator/REFERENCE.md",
          "# Reference\n\nWhat `jiyue help` prints, from the tables that the "
          "program follows.\n`jiyue help fields TYPE` and `jiyue help "
          "messages` have more.\n"),
         ("zh_CN", "generator/REFERENCE.zh_CN.md",
          "# 对照表\n\n`jiyue --lang zh_CN help` 按程序所用的表打印的内容。\n"
          "另见 `jiyue help fields 类型` 和 `jiyue help messages`。\n"))
MANUAL = "content/docs/mingling"


def printed(language, *arguments):
    code, out, err = places.run(
        [places.PROGRAM, "--lang", language, *arguments], places.ROOT)
    if code != 0 or err:
        raise RuntimeError(f"{' '.join(arguments)}: exit code {code}\n{err}")
    return out


def block(text):
    return f"````\n{text}````\n"


def reference(language, head):
    return head + "".join(f"\n## help {topic}\n\n"
                          + block(printed(language, "help", topic))
                          for topic in TOPICS)


def chinese(*arguments):
    return printed("zh_CN", *arguments)


def commands():
    """Each with its options, as --help tells them."""
    names = re.findall(r"^  ([a-z]+) ", chinese("--help"), re.MULTILINE)
    return "".join(f"\n## {name}\n\n" + block(chinese(name, "--help"))
                   for name in names)


def topics(*rows):
    return "".join(f"\n## {title}\n\n" + block(chinese("help", topic))
                   for topic, title in rows)


# file, title, summary, the text below "……由程序输出"
PAGES = (
    ("mingling", "命令和选项", "全部命令的用途、选项和示例。", commands),
    ("shezhi", "设置对照表", "平台、站点和栏目设置的全部项目。",
     lambda: topics(("settings", "全部设置"))),
    ("zhengwen", "正文写法对照表", "Markdown 和原始 HTML 的写法。",
     lambda: topics(("markdown", "Markdown"), ("html", "HTML"))))


def page(number, title, summary, text):
    return (f"---\ntitle: {title}\ndate: 2026-11-16 11:{30 + number}\n"
            f"keywords: [命令对照]\nsummary: {summary}\n"
            f"weight: {10 * (number + 1)}\n---\n"
            "以下内容由程序按自身所用的表输出，与程序保持一致。\n" + text())


def wanted():
    """(path below the project, its text)"""
    for language, path, head in HEADS:
        yield path, reference(language, head)
    for number, (name, *rest) in enumerate(PAGES):
        yield f"{MANUAL}/{name}.md", page(number, *rest)


def run(update, report):
    for name, text in wanted():
        path = os.path.join(places.ROOT, name)
        if update:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        found = places.read(path) if os.path.exists(path) else ""
        if found == text:
            report.passes(name)
        else:
            report.fails(name, "UPDATE=1 CASE=reference tests/run "
                         "rewrites it\n" +
                         "\n".join(difflib.unified_diff(
                             found.splitlines(), text.splitlines(), name,
                             "printed", lineterm="")))
