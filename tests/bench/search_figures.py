"""What the search costs readers and servers: bytes and files that a query takes,
the index beside the texts, what of it one edited body writes anew. Figures of
the issue that asked for the search; the page's own script asks the questions."""

import os
import re
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = os.path.join(os.path.dirname(HERE), "search", "run.mjs")
PORTAL = "www.shifan.gov.cn"
# Two to six characters that citizens type; all stand in texts of the generated
# library, and beside them a number of one of its documents is asked for.
QUERIES = ["供热", "防汛", "养老服务", "校园安全", "医疗保障经办"]
NUMBER = re.compile("[^\\s〔]{2,8}〔20[0-9]{2}〕[0-9]+号")
MOST_KILOBYTES = 150
MOST_FILES = 12
MOST_INDEX = 0.45
MOST_REWRITTEN = 300


def sizes(folder):
    """(bytes of the index, bytes of the texts) of one site."""
    index = texts = 0
    for here, _, names in os.walk(os.path.join(folder, "search")):
        for name in names:
            size = os.lstat(os.path.join(here, name)).st_size
            if os.path.basename(here) == "b":
                texts += size
            else:
                index += size
    return index, texts


def index_files(out):
    """(size, time, inode) of every file of every site's index."""
    found = {}
    for site in sorted(os.listdir(out)):
        folder = os.path.join(out, site, "search")
        for here, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(here, name)
                state = os.lstat(path)
                found[path] = (state.st_size, state.st_mtime_ns, state.st_ino)
    return found


def rewritten(before, after):
    return sum(state[0] for path, state in after.items()
               if before.get(path) != state)


def numbers(out):
    """The first number of a document in the texts of the portal, if any."""
    folder = os.path.join(out, PORTAL, "search", "b")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            found = NUMBER.search(file.read())
        if found:
            return [found[0]]
    return []


def asked(out):
    """(query, texts found, files, compressed bytes) of each query."""
    if shutil.which("node") is None:
        return []
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(QUERIES + numbers(out)) + "\n")
        file.flush()
        said = subprocess.run(
            ["node", SCRIPT, "figures", out, PORTAL, file.name],
            stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = [line.split("\t") for line in said.splitlines() if "\t" in line]
    return [(query, int(found), int(files), int(size))
            for query, _, found, files, size in rows]


def rows(out, edited_bytes):
    """(what, value, at most) for the report."""
    answers = asked(out)
    index, texts = sizes(os.path.join(out, PORTAL))
    for query, found, files, size in answers:
        yield f"search “{query}” ({found} found), KB sent", size / 1000, \
            MOST_KILOBYTES
        yield f"search “{query}”, files", files, MOST_FILES
    yield "index of the portal ÷ its texts", index / max(texts, 1), MOST_INDEX
    if edited_bytes is not None:
        yield "one edited body, KB of index written", edited_bytes / 1000, \
            MOST_REWRITTEN
