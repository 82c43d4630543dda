"""What pages of the bench's library weigh, with the style sheets and scripts
that they load: bytes are the same on every machine, and what stands on every
page is written, kept and sent a hundred thousand times."""

import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
from html.parser import HTMLParser

import places

COUNT = 1000  # resources of the bench
ARTICLE = 15_000  # the median
HOME = 60_000
FRAME = 4_096  # of a page beside its text: what stands on every page
LOADED = 25_000  # style sheets and scripts of a page, compressed
SEARCH = 10_000  # and the script of the page that searches

# What readers, browsers and other programs are told, not how.
TOLD = ("content", "alt", "title", "aria-label", "placeholder", "href", "src",
        "action")


class Text(HTMLParser):
    """Bytes of texts and addresses."""

    def __init__(self, page):
        super().__init__()
        self.bytes = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.bytes += sum(len((value or "").encode()) for name, value in attrs
                          if name in TOLD or name.startswith("data-"))

    def handle_data(self, data):
        self.bytes += len(data.strip().encode())


def pages_of(out):
    """(kind, path) of every page."""
    for folder, _, names in os.walk(out):
        for name in names:
            path = os.path.join(folder, name)
            kind = name.endswith(".html") and re.search(
                r'<body class="[\w-]+ page-([\w-]+)', places.read(path))
            if kind:
                yield kind.group(1), path


def over(name, bytes_, limit):
    return [] if bytes_ <= limit else [
        f"{name}: {bytes_} bytes, {limit} are allowed"]


def frame(path):
    page = places.read(path)
    return len(page.encode()) - Text(page).bytes


def check_pages(out):
    paths = {}
    for kind, path in pages_of(out):
        paths.setdefault(kind, []).append(path)
    if len(paths["article"]) != COUNT:
        return [f"{len(paths['article'])} articles"]
    sizes = sorted(map(os.path.getsize, paths["article"]))
    return (over("an article", int(statistics.median(sizes)), ARTICLE)
            + over("a home page", max(map(os.path.getsize, paths["home"])),
                   HOME)
            + over("a page without a text", max(map(frame, paths["not-found"])),
                   FRAME))


def loaded(out, domain, path):
    """Bytes of style sheets and scripts, compressed, that a page asks for."""
    addresses = re.findall(
        r'<(?:link rel="stylesheet" href|script src)="([^"]+)"',
        places.read(path))
    return sum(len(gzip.compress(places.read_bytes(
        out, domain, address.lstrip("/")), 9)) for address in addresses)


def check_assets(out):
    kinds = dict(pages_of(out))
    return [mistake for kind, path in sorted(kinds.items())
            for mistake in over(
                f"what a page of {kind} loads",
                loaded(out, os.path.relpath(path, out).split(os.sep)[0], path),
                LOADED + (SEARCH if kind == "search" else 0))]


def run(report):
    folder = os.path.join(places.SCRATCH, "weight")
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [sys.executable, os.path.join(places.TESTS, "bench", "generate.py"),
         "--no-hugo", str(COUNT), folder], check=True,
        stdout=subprocess.DEVNULL)
    out = os.path.join(folder, "out")
    code, _, err = places.jiyue(
        folder, "build", "--library", os.path.join(folder, "library.git"),
        "--as-of", "2026-06-30", "--out", out)
    report.takes("weight: pages of the bench",
                 check_pages(out) if code == 0 else [err])
    report.takes("weight: what pages load",
                 check_assets(out) if code == 0 else [err])
    shutil.rmtree(folder)
