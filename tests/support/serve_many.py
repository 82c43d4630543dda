"""`jiyue serve` while ten thousand files are written at once, and while Git
goes from one branch to another: how long until the change is shown, and that
what is shown then is what a build of the same files makes."""

import os
import shutil
import time

import places
import serve

MANY = 10000
PARTS = 20  # folders
HOST = "jyj.localhost"
LIMIT = 120  # seconds until a change is shown, on a slow machine


def path_of(number):
    return f"content/jyj/duo/{number % PARTS}/w{number}.md"


def address_of(number):
    return f"/dt/202603/w{number}.html"


def write_many(library):
    for part in range(PARTS):
        os.makedirs(os.path.join(library, "content/jyj/duo", str(part)))
    for number in range(MANY):
        with open(os.path.join(library, path_of(number)), "w",
                  encoding="utf-8") as file:
            file.write(f"---\ntitle: 第{number}篇\ntype: news\n"
                       f"date: 2026-03-02\n---\n正文\n")


def wait_for(preview, events, numbers, status):
    """Seconds until each of these pages answers so."""
    start = time.monotonic()
    for number in numbers:
        while preview.ask(HOST, address_of(number))[0].status != status:
            next(events)
            if time.monotonic() - start > LIMIT:
                raise RuntimeError(f"{address_of(number)} is not {status} "
                                   f"after {LIMIT} s")
    return time.monotonic() - start


def wrong_output(folder, library, out):
    """Beside a build of the same files into an empty folder."""
    clean = os.path.join(folder, "clean")
    shutil.rmtree(clean, ignore_errors=True)
    code, _, err = places.jiyue(folder, "build", "--library", library,
                                "--worktree", "--out", clean)
    if code:
        return [err]
    return places.differences(places.published(clean), places.published(out),
                              ("build", "preview"))


def look(report):
    folder = places.fresh("serve-many")
    library = os.path.join(folder, "library")
    out = os.path.join(folder, "out")
    shutil.copytree(serve.BASE, library)
    places.commit_all(library)
    main = places.git(library, "branch", "--show-current").strip()
    some = [0, MANY // 3, MANY // 2, MANY - 1]
    mistakes, seconds = [], []
    preview = serve.Preview(library, out)
    try:
        events = preview.events(HOST, 0)
        next(events)
        write_many(library)
        seconds.append(wait_for(preview, events, some, 200))
        mistakes += wrong_output(folder, library, out)
        places.git(library, "checkout", "-q", "-b", "duo")
        places.commit_all(library)
        for branch, status in ((main, 404), ("duo", 200), (main, 404)):
            places.git(library, "checkout", "-q", branch)
            seconds.append(wait_for(preview, events, some, status))
        mistakes += wrong_output(folder, library, out)
    finally:
        code, _ = preview.end()
    if code:
        mistakes.append(f"exit code {code}")
    shown = ", ".join(f"{each:.1f}" for each in seconds)
    report.says(f"serve: {MANY} files written at once, then three changes of "
                f"branch: shown after {shown} s")
    report.takes("serve: very many files at once", mistakes)


JOBS = [look]
