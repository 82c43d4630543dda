#!/usr/bin/env python3
"""Runs the fuzzers that `make fuzzers` built; the last line counts them.

    FUZZ=name      only this one
    SECONDS=n      for each (default: 60)
    JOBS=n         that run at a time (default: the processors)
    KEEP=1         keeps what was found in tests/fuzz/corpus/, as little as
                   reaches the same code

First every input of corpus/ and regression/ is tried, then new ones are made
from them and from the examples of other tests. What fails is left in
build/fuzz/failed/ and belongs into regression/ once it is mended.
"""

import concurrent.futures
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))

import old_site  # noqa: E402
import word_files  # noqa: E402

TESTS = os.path.dirname(HERE)
ROOT = os.path.dirname(TESTS)
BUILD = os.path.join(ROOT, "build", "fuzz")
SEPARATOR = b"\n%%\n"
ONE_INPUT = 600     # seconds after which an input counts as one that hangs
MEMORY = 3072       # MiB
LARGEST = 64 * 1024  # bytes of a new input
SEED_LIMIT = 20000


def read(path):
    with open(path, "rb") as file:
        return file.read()


def files(*patterns):
    """Files below tests/ and themes/ whose path matches."""
    wanted = [re.compile(pattern) for pattern in patterns]
    for top in ("tests", "themes", "content"):
        for at, _, names in os.walk(os.path.join(ROOT, top)):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(at, name), ROOT)
                if any(pattern.search(path) for pattern in wanted):
                    yield os.path.join(ROOT, path)


def bodies():
    for path in files(r"^tests/cases/.*\.md$", r"^content/.*\.md$"):
        yield read(path).split(b"\n---\n", 1)[-1]


def examples():
    """What stands in the manual of the template language."""
    block = re.compile(r"```mustache[^\n]*\n(.*?)```", re.DOTALL)
    for path in files(r"^tests/template/.*\.md$"):
        for text in block.findall(read(path).decode()):
            yield text.encode()


def old_pages():
    """Pages of old sites, each in its encoding, and pieces of them."""
    for number in range(len(old_site.ENCODINGS)):
        encoding, charset = old_site.ENCODINGS[number]
        yield old_site.page(number, charset)[1].encode(encoding, "replace")
    yield from bodies()


def word_parts():
    """The parts of a Word file, unpacked."""
    yield SEPARATOR.join(text.encode() for text in (
        word_files.root("document", f"<w:body>{word_files.body()}</w:body>"),
        word_files.root("numbering", word_files.numbering()),
        word_files.root("styles", word_files.STYLES),
        word_files.root("footnotes", word_files.NOTES)))


def whole(*patterns):
    return lambda: (read(path) for path in files(*patterns))


SEEDS = {
    "template": lambda: [*examples(), *whole(r"/templates/.*\.html$")()],
    "theme": lambda: [SEPARATOR.join([
        read(os.path.join(ROOT, "themes/default/theme.yaml")),
        read(os.path.join(ROOT, "themes/default/strings.zh-CN.yaml")),
        b"a{}", b"<p>{{title}}</p>"]),
        *whole(r"/theme\.yaml$")()],
    "front_matter": whole(r"^tests/cases/.*\.md$"),
    "city": whole(r"^tests/cases/front-matter/.*\.md$"),
    "site": whole(r"^tests/cases/.*/site\.yaml$"),
    "settings": whole(r"^tests/cases/.*/site\.yaml$"),
    "markdown": bodies,
    "html": bodies,
    "page": whole(r"^tests/cases/(markdown|state|plan)/.*\.md$"),
    "import_html": lambda: [*old_pages()],
    "import_word": lambda: [*word_parts()],
    "svg": whole(r"^content/.*\.svg$"),
    "xml": whole(r"^themes/default/templates/.*\.(html|xml)$"),
}


def seed(name):
    folder = os.path.join(BUILD, "seeds", name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for number, data in enumerate(SEEDS.get(name, lambda: [])()):
        if len(data) <= SEED_LIMIT:
            with open(os.path.join(folder, str(number)), "wb") as file:
                file.write(data)
    return folder


def existing(*folders):
    return [folder for folder in folders if os.path.isdir(folder)]


def call(name, *arguments):
    environment = {**os.environ, "LC_ALL": "C", "TZ": "UTC",
                   "ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1"}
    return subprocess.run(
        [os.path.join(BUILD, "fuzz", name), f"-timeout={ONE_INPUT}",
         f"-rss_limit_mb={MEMORY}", "-print_final_stats=1",
         f"-artifact_prefix={BUILD}/failed/{name}-", *arguments],
        cwd=BUILD, env=environment, check=False, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def keep(name, found):
    """corpus/<name>/ becomes the least that reaches all that is reached."""
    corpus = os.path.join(HERE, "corpus", name)
    least = os.path.join(BUILD, "least", name)
    shutil.rmtree(least, ignore_errors=True)
    os.makedirs(least)
    call(name, "-merge=1", "-max_len=4096", least, *existing(corpus, found))
    shutil.rmtree(corpus, ignore_errors=True)
    shutil.copytree(least, corpus)


def run(name, seconds):
    found = os.path.join(BUILD, "found", name)
    os.makedirs(found, exist_ok=True)
    old = existing(os.path.join(HERE, "regression", name),
                   os.path.join(HERE, "corpus", name))
    done = call(name, f"-max_total_time={seconds}", f"-max_len={LARGEST}",
                found, *old, seed(name))
    text = done.stdout.decode("utf-8", "replace")
    runs = re.search(r"number_of_executed_units: (\d+)", text)
    print(f"fuzz {name}: {runs.group(1) if runs else '?'} inputs, "
          f"{'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode != 0:
        print("\n".join(text.splitlines()[-60:]), flush=True)
    elif os.environ.get("KEEP", "") not in ("", "0"):
        keep(name, found)
    return done.returncode == 0


def main():
    names = sorted(name for name in os.listdir(os.path.join(BUILD, "fuzz"))
                   if "." not in name and name != "support")
    wanted = os.environ.get("FUZZ", "")
    if wanted:
        names = [name for name in names if name == wanted]
    seconds = int(os.environ.get("SECONDS") or 60)
    jobs = int(os.environ.get("JOBS") or os.cpu_count() or 1)
    os.makedirs(os.path.join(BUILD, "failed"), exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        results = list(pool.map(lambda name: run(name, seconds), names))
    passed = sum(results)
    print(f"{passed} passed, {len(results) - passed} failed")
    return 0 if results and passed == len(results) else 1


sys.exit(main())
