"""jiyue import of an old site in five encodings (old_site.py): every article is
taken with its title, date and text, a second run writes nothing, what was
written passes the check, all old addresses lead to the new pages, and nobody
can make it slow, large or write elsewhere."""

import difflib
import functools
import os
import shutil
import subprocess
import sys
import time

import cases
import old_site
import places
import word_files

PAGES = int(os.environ.get("OLD_PAGES", "1200"))
KILLS = 12
MOST_MEMORY = 128   # MiB, however many pages there are
HALF = "._jiyue-import"  # what is not yet a file
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


# In a process of its own, as small as can be: until it runs another program a
# child has the memory of its parent, and that counts.
PEAK = """
import os, sys
child = os.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
_, status, used = os.wait4(child, 0)
print(used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def import_and_peak(folder):
    """Exit code, and KiB that were in memory at most."""
    done = subprocess.run(
        [sys.executable, "-SEc", PEAK, places.program_of("release"), *IMPORT],
        cwd=folder, env=places.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.returncode, int(done.stdout.split()[-1])


def start_import(folder):
    return subprocess.Popen([places.program_of("release"), *IMPORT],
                            cwd=folder, env=places.environment(),
                            stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def texts_below(folder):
    """Bytes by path, of what is in the library."""
    content = os.path.join(folder, "content")
    return {path: places.read_bytes(content, path)
            for path in places.files_below(content)
            if os.path.basename(path) != HALF}


def other_files(folder, whole):
    """Files that are not, byte for byte, those of the whole import."""
    for path, found in texts_below(folder).items():
        if not path.endswith("_imported.csv") and whole.get(path) != found:
            yield f"{path} is not what a whole run writes"


def run_killed():
    """Killed in the middle again and again: no file is ever half written, and
    the run that comes to its end leaves what one run leaves."""
    once, folder = library("once"), library("killed")
    for name in (once, folder):
        old_site.make(os.path.join(name, "old"), PAGES)
    places.jiyue(once, *IMPORT, program=places.program_of("release"))
    whole = texts_below(once)
    lines, cuts = [], 0
    for turn in range(KILLS):
        process = start_import(folder)
        time.sleep(0.01 * (turn + 1))
        cuts += process.poll() is None
        process.kill()
        process.wait()
        lines += list(other_files(folder, whole))[:5]
    code, out, err = places.jiyue(folder, *IMPORT)
    lines += [] if code == 0 else [f"exit code {code}: {err}"]
    lines += [line for line in out.splitlines()
              if line.startswith("kept:")][:5]
    lines += list(other_files(folder, whole))[:5]
    lines += [f"{path} is missing"
              for path in sorted(set(whole) - set(texts_below(folder)))][:5]
    if cuts == 0:
        lines.append("no run was killed before its end")
    places.remove(once)
    places.remove(folder)
    return lines


def run_speed():
    """What one run of the program for use takes: its time is printed, its
    memory is held."""
    folder = library("speed")
    old_site.make(os.path.join(folder, "old"), PAGES)
    start = time.monotonic()
    status, used = import_and_peak(folder)
    seconds = time.monotonic() - start
    speed, memory = PAGES / seconds, used / 1024
    print(f"import: {PAGES} pages in five encodings: {speed:.0f} pages/s, "
          f"{memory:.1f} MiB at most", flush=True)
    places.remove(folder)
    lines = [] if status == 0 else [f"it ended with {status}"]
    if memory > MOST_MEMORY:
        lines.append(f"{memory:.1f} MiB")
    return lines


def failing_check(folder):
    code, _, err = places.jiyue(folder, "check", "--worktree", "--as-of",
                                "2026-06-01")
    return ["the check fails: " + err[-2000:]] if code != 0 else []


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
    lines += failing_check(folder)
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
    lines += failing_check(folder)
    places.remove(folder)
    return lines


def word_file(report):
    report.takes("a Word file", run_word())


def killed(report):
    report.takes("imports that are killed", run_killed())


def speed(report):
    report.takes("speed and memory of an import", run_speed())


JOBS = [whole_site, hostile_pages, word_file, killed, speed]
