"""The drill of an operator whose machines are gone: what is restored from a
bundle of Git, with its history, its branches and its mistakes, is published
with the root that the manifest had."""

import os
import re
import shutil

import operation
import places

AS_OF = ("--as-of", "2026-06-01")
PAGE = "content/jyj/kaixue.md"
PUBLISHED = "live/jyj.example.cn/dt/202602/kaixue.html"


def commit(library, path, text):
    operation.write(library, path, text)
    places.commit_all(library)


def write_history(library):
    """An edit, a mistake that an older version stands in for, a text that is
    gone, a branch that was merged. The name of the branch."""
    places.commit_all(library)
    commit(library, PAGE, operation.article("定稿。"))
    commit(library, "content/jyj/chehui.md", operation.article("将被删除。"))
    os.remove(os.path.join(library, "content/jyj/chehui.md"))
    places.commit_all(library)
    main = places.git(library, "branch", "--show-current").strip()
    places.git(library, "switch", "-q", "-c", "side")
    commit(library, "content/jyj/fenzhi.md", operation.article("另一分支。"))
    places.git(library, "switch", "-q", main)
    commit(library, PAGE, operation.MISTAKE)
    places.git(library, "merge", "-q", "--no-ff", "-m", "合并", "side")
    return main


def publish(library, to):
    """The roots of the manifest, and the commit."""
    for accepted, words in (
            ((1,), ("build", "--out", "out", *AS_OF)),  # there is a mistake
            ((0,), ("publish", "--out", "out", "--to", to))):
        code, _, err = places.jiyue(library, *words)
        if code not in accepted:
            raise RuntimeError(f"{words[0]}: exit code {code}: {err}")
    text = places.read(to, ".releases", "1", "manifest")
    return re.findall(r"^(?:root|root-sm3|commit) .+$", text, re.M)


def drill():
    folder = places.fresh("restoring")
    library, to, restored, anew = (
        os.path.join(folder, name)
        for name in ("library", "www", "restored", "anew"))
    shutil.copytree(operation.CITY, library)
    branch = write_history(library)
    before = publish(library, to)
    shown = places.read(to, PUBLISHED)
    places.git(library, "bundle", "create", "-q",
               os.path.join(folder, "city.bundle"), "--all")
    places.remove(library)
    places.git(folder, "clone", "-q", "-b", branch, "city.bundle", restored)
    after = publish(restored, anew)
    places.remove(folder)
    if len(before) != 3 or "定稿。" not in shown:
        return [f"this shows nothing: {before}"]
    return [] if after == before else [f"before: {before}", f"after: {after}"]


def run(report):
    report.takes("restoring from a bundle", drill())
