"""The search of the demonstration city: questions of citizens, recall against
a plain scan, hostile words, and what one edited body rewrites."""

import filecmp
import os
import shutil

import places
import properties

PORTAL = "www.shifan.gov.cn"
DEPARTMENT = "jyj.shifan.gov.cn"
SCRIPT = os.path.join(places.ROOT, "tests", "search", "run.mjs")
QUERIES = os.path.join(places.ROOT, "tests", "search", "queries.txt")
FOREIGN = "en.shifan.gov.cn"
FOREIGN_QUERIES = os.path.join(places.ROOT, "tests", "search",
                               "queries.en.txt")
FOLDS = os.path.join(places.ROOT, "tests", "unit", "base",
                     "test_search_text.c")
RECALLS = 1000
BODY_LIMIT = 300_000  # bytes of index that one edited body may rewrite


def ask(report, out, what, domain, *more):
    """Each line but the last is a mistake."""
    code, said, err = places.run(["node", SCRIPT, what, out, domain, *more],
                                 out)
    lines = (said + err).splitlines()
    if code == 0 and lines and lines[-1].startswith("asked "):
        lines.pop()
    report.takes(f"search {what} {domain}", lines)


def index_files(out):
    """(size, time of change) of every file of every index."""
    found = {}
    for folder, _, names in os.walk(out):
        if os.sep + "search" + os.sep in folder[len(out):]:
            for name in names:
                path = os.path.join(folder, name)
                state = os.stat(path)
                found[path] = (state.st_size, state.st_mtime_ns,
                               state.st_ino)
    return found


def rewritten(before, after):
    """Bytes of the files of `after` that were written anew."""
    return sum(state[0] for path, state in after.items()
               if before.get(path) != state)


def edit_a_body(report, folder, library, out):
    """It changes its blocks and the shards of terms that came or went."""
    name = next(os.path.join(path, file)
                for path, _, files in sorted(os.walk(
                    os.path.join(library, "content", "jyj", "tzgg")))
                for file in sorted(files) if file.endswith(".md"))
    before = index_files(out)
    with open(name, "a", encoding="utf-8") as text:
        text.write("\n\n补充说明：办理结果可以在窗口领取。\n")
    places.commit_all(library)
    code, _, err = places.jiyue(folder, "build", "--library", library,
                                "--out", "out")
    again, _, more = places.jiyue(folder, "build", "--library", library,
                                  "--out", "clean")
    mistakes = [] if code == again == 0 else [err + more]
    written = rewritten(before, index_files(out))
    if not 0 < written <= BODY_LIMIT:
        mistakes.append(f"{written} bytes of index are written anew")
    mistakes += [f"{path} differs" for path in places.files_below(out)
                 if "/search/" in path and not filecmp.cmp(
                     os.path.join(out, path),
                     os.path.join(folder, "clean", path), shallow=False)]
    report.takes("search: one edited body", mistakes)


def run(report):
    if shutil.which("node") is None:
        report.skips_test("search", "node is not installed")
        return
    folder = places.fresh("search")
    library = properties.export_head(folder)
    out = os.path.join(folder, "out")
    code, _, err = places.jiyue(folder, "build", "--library", library,
                                "--out", "out")
    if code != 0:
        report.fails("search", f"exit code {code}\n{err}")
        return
    ask(report, out, "queries", PORTAL, QUERIES)
    ask(report, out, "queries", FOREIGN, FOREIGN_QUERIES)
    ask(report, out, "recall", PORTAL, str(RECALLS))
    ask(report, out, "recall", DEPARTMENT, str(RECALLS // 4))
    ask(report, out, "hostile", PORTAL)
    ask(report, out, "folds", PORTAL, FOLDS)
    edit_a_body(report, folder, library, out)
