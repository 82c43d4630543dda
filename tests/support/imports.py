"""jiyue import of an old site in five encodings (old_site.py): every article is
taken with its title, date and text, a second run writes nothing, what was
written passes the check, all old addresses lead to the new pages, and nobody
can make it slow, large or write elsewhere."""

import difflib
import functools
import os
import shutil

import cases
import old_site
import places
import word_files

PAGES = int(os.environ.get("OLD_PAGES", "1200"))
HEAD = ('<meta name=ArticleTitle content="甲"><meta name=PubDate content=2018-01-02>'
        "<div id=zoom>")
IMPORT = ("import", "html", "old", "--unit", "szf", "--base",
          "https://old.example.cn", "--as-of", "2026-06-01")

# Each is a page that would cost a careless reader hours or gigabytes; with
# sanitizers, so that what is read behind an end is seen.
HOSTILE = {
    "deep": HEAD + "<div>" * 200000 + "正文",
    "attributes": HEAD + "<p " + " ".join(f"a{i}=1" for i in range(50000)) + ">正文",
    "roots": HEAD + "".join(f"<html b{i}=1>" for i in range(300000)) + "正文",
    "bodies": HEAD + "".join(f"<body b{i}=1>" for i in range(300000)) + "正文",
    "comments": HEAD + "正文" + "<!--" * 400000,
    "stray": HEAD + "正文" + "</b>" * 400000,
    "open": HEAD + "正文" + "<b><i>" * 200000,
    "breaks": HEAD + "正文<br>" * 100000,
    "rows": HEAD + "<table>" + "<tr><td>甲<td>乙" * 50000,
    "line": HEAD + "正文" * 300000,
    "large": HEAD + "x" * (9 << 20),
}


def library(name):
    folder = places.fresh("imports-" + name)
    cases.lay_out(os.path.join(cases.FOLDER, "import", "html"), folder)
    places.commit_all(folder)
    return folder


def wrong_texts(folder, found):
    """Each article has the text that was written, whatever its encoding."""
    for path, title in found.items():
        name = os.path.join(folder, "content/szf/imported",
                            path.replace(".html", ".md"))
        if not os.path.exists(name):
            yield f"{path} was not taken"
            continue
        text = places.read(name)
        for part in (f"title: {title}\n", "date: 2018-03-", "2018. 重",
                     f"/{path}'", "status: archived", "通知如下。",
                     "_files/imported/zwgk/images/", "| --- | --- |"):
            if part not in text:
                yield f"{path} lacks {part}"


def run_all():
    """The program for use: what counts is the number of pages."""
    jiyue = functools.partial(places.jiyue,
                              program=places.program_of("release"))
    folder = library("whole")
    found = old_site.make(os.path.join(folder, "old"), PAGES)
    code, out, err = jiyue(folder, *IMPORT)
    lines = [] if code == 0 else [f"exit code {code}: {err}"]
    lines += list(wrong_texts(folder, found))[:20]
    before = places.stamps(os.path.join(folder, "content"))
    code, out, err = jiyue(folder, *IMPORT)
    lines += [line for line in out.splitlines()
              if line.startswith(("written:", "kept:"))][:5]
    if places.stamps(os.path.join(folder, "content")) != before:
        lines.append("a second run touched files")
    code, out, err = jiyue(folder, "check", "--worktree", "--as-of",
                           "2026-06-01")
    if code != 0:
        lines.append("the check fails: " + err[-2000:])
    places.remove(folder)
    return lines


def run_hostile():
    lines = []
    folder = library("hostile")
    for name, html in HOSTILE.items():
        old = os.path.join(folder, "old")
        shutil.rmtree(old, ignore_errors=True)
        os.makedirs(old)
        with open(os.path.join(old, name + ".html"), "w",
                  encoding="utf-8") as file:
            file.write(html)
        code, out, err = places.jiyue(folder, *IMPORT)
        if code != 0:
            lines.append(f"{name}: exit code {code}: {err}")
    code, out, err = places.jiyue(folder, "check", "--worktree", "--as-of",
                                  "2026-06-01")
    if code != 0:
        lines.append("the check fails: " + err[-2000:])
    places.remove(folder)
    return lines


def whole_site(report):
    report.takes(f"an old site of {PAGES} pages", run_all())


def hostile_pages(report):
    report.takes("hostile pages", run_hostile())


def run_word():
    """What Word numbers, links and draws is written out, and stays as it is."""
    folder = library("word")
    word_files.make(os.path.join(folder, "b.docx"))
    code, out, err = places.jiyue(folder, "import", "word", "b.docx", "--unit",
                                  "szf", "--as-of", "2026-06-01")
    lines = [] if code == 0 else [f"exit code {code}: {err}"]
    text = places.read(os.path.join(folder, "content/szf/imported/b.md"))
    body = text.split("\n---\n\n", 1)[-1]
    lines += list(difflib.unified_diff(word_files.MARKDOWN.splitlines(),
                                       body.splitlines(), lineterm=""))
    for part in ("merged cells", "hidden", "javascript:alert(1)"):
        if part not in out:
            lines.append(f"nothing is said of {part}: {out}")
    code, out, err = places.jiyue(folder, "format", "content/szf/imported")
    if code != 0 or out:
        lines.append(f"jiyue format changes it: {out}{err}")
    code, out, err = places.jiyue(folder, "check", "--worktree", "--as-of",
                                  "2026-06-01")
    if code != 0:
        lines.append("the check fails: " + err[-2000:])
    places.remove(folder)
    return lines


def word_file(report):
    report.takes("a Word file", run_word())


JOBS = [whole_site, hostile_pages, word_file]
