"""A migration: pages of an old platform (legacy.py) are published, and

- no site stays behind, and no page is missing;
- no word of a page is lost, and they come in the order they were written;
- every link inside the cluster leads to a file, and to an id in it.

LEGACY_PAGES=n makes n pages (default: 1000)."""

import html
import os
import re
from urllib.parse import unquote, urlsplit

import legacy
import places
import properties

PAGES = 1000
SHOWN = 20
BODY = re.compile(r"<article\b.*</article>", re.DOTALL)
SKIPPED = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
ID = re.compile(r'\s(?:id|name)="([^"]*)"')


def text_of(page):
    return html.unescape(TAG.sub("", SKIPPED.sub("", page)))


def lost_words(page, words):
    """Those that the text has not, or not behind the one before."""
    text = text_of("".join(BODY.findall(page)))
    at, lost = 0, []
    for word in words:
        found = text.find(word, at)
        if found < 0:
            lost.append(word)
        else:
            at = found + len(word)
    return lost


def check_words(out, words):
    mistakes = []
    for source, wanted in words.items():
        unit, name = source.split("/")[1:]
        number = int(name[1:-3])
        path = os.path.join(out, f"{unit}.example.cn", "jw",
                            f"2015{number % 12 + 1:02}", f"p{number}.html")
        if not os.path.exists(path):
            mistakes.append(f"{source} is not published")
            continue
        lost = lost_words(places.read(path), wanted)
        if lost:
            mistakes.append(f"{source} has lost {', '.join(lost[:5])}")
    return mistakes


class Links:
    """Ids of pages are read once."""

    def __init__(self, out):
        self.out = out
        self.ids = {}

    def ids_of(self, path):
        if path not in self.ids:
            self.ids[path] = {html.unescape(found) for found in
                              ID.findall(places.read(path))}
        return self.ids[path]

    def target(self, path, address):
        """The file, or None: the link leads out of the cluster."""
        parts = urlsplit(address)
        if parts.scheme not in ("", "https") or parts.path.startswith("//"):
            return None
        domain = parts.netloc or os.path.relpath(path, self.out).split("/")[0]
        root = os.path.join(self.out, domain)
        if not os.path.isdir(root):
            return None
        if not parts.path:
            return os.path.join(root, "index.html") if parts.netloc else path
        if parts.path.startswith("/"):
            found = root + unquote(parts.path)
        else:
            found = os.path.join(os.path.dirname(path), unquote(parts.path))
        return found + "index.html" if found.endswith("/") else found

    def mistakes_of(self, path):
        mistakes = []
        for address in set(HREF.findall(places.read(path))):
            address = html.unescape(address)
            target = self.target(path, address)
            fragment = unquote(urlsplit(address).fragment)
            shown = f"{os.path.relpath(path, self.out)}: {address}"
            if target is None:
                continue
            if not os.path.isfile(target):
                mistakes.append(f"{shown} leads to no file")
            elif fragment and target.endswith(".html") and \
                    fragment not in self.ids_of(target):
                mistakes.append(f"{shown} leads to no id")
        return mistakes


def check_links(out):
    links = Links(out)
    return [mistake for path in places.published(out)
            if path.endswith(".html")
            for mistake in links.mistakes_of(os.path.join(out, path))]


def run(report):
    count = int(os.environ.get("LEGACY_PAGES", PAGES))
    files, words = legacy.library(count)
    library = places.fresh("corpus")
    properties.write_files(library, files, sorted(files))
    places.commit_all(library)
    out = os.path.join(library, "out")
    code, _, err = places.jiyue(library, "build", "--out", out, "--as-of",
                                properties.AS_OF)
    errors = re.findall(r"^.*: error: .*$", err, re.MULTILINE)
    report.takes("migration: no error", errors[:SHOWN] or
                 ([f"exit code {code}\n{err[-2000:]}"] if code else []))
    report.takes("migration: no text is lost",
                 check_words(out, words)[:SHOWN])
    report.takes("migration: every link leads to a file and an id",
                 check_links(out)[:SHOWN])
