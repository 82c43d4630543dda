"""Reads the columns of a built site from five places, with nothing of the
product: site.yaml, the navigation, the 网站地图 page, sitemap.xml, feeds."""

import os
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import places

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link",
        "meta", "source", "track", "wbr"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


class Links(HTMLParser):
    """Addresses of <a>, by the outer elements they stand in."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.in_navigation = set()
        self.in_main = set()

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            address = dict(attrs).get("href") or ""
            if "nav" in self.open:
                self.in_navigation.add(address)
            elif "main" in self.open:
                self.in_main.add(address)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass


def links_of(path):
    links = Links()
    links.feed(places.read(path))
    return links


def is_column(address):
    return re.fullmatch(r"/[^/].*/", address) is not None


def columns_of_settings(text):
    """The column paths of a site.yaml in the block form the tests write:
    the depth is the indentation of "- id:"."""
    paths, trail = set(), []
    for line in text.splitlines():
        match = re.match(r"( *)- (?:\{)?id: ([a-z0-9-]+)", line)
        if not match:
            continue
        depth = len(match[1])
        while trail and trail[-1][0] >= depth:
            trail.pop()
        trail.append((depth, match[2]))
        paths.add("/" + "/".join(name for _, name in trail) + "/")
    return paths


def settings_value(text, key):
    return re.search(rf"^{key}: *(\S+)", text, re.MULTILINE)[1]


def navigation(folder, columns):
    """The menu on the home page and the menus beside each column."""
    pages = ["index.html"] + [c[1:] + "index.html" for c in columns]
    found = set()
    for page in pages:
        path = os.path.join(folder, page)
        if os.path.exists(path):
            found |= {a for a in links_of(path).in_navigation
                      if is_column(a)}
    return found


def sitemap_page(folder):
    links = links_of(os.path.join(folder, "sitemap.html"))
    return {address for address in links.in_main if is_column(address)}


def local(address, domain):
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("https", domain), address
    return unquote(parts.path)


def sitemap_addresses(folder, domain):
    """Every address in the parts that sitemap.xml names."""
    root = ElementTree.parse(os.path.join(folder, "sitemap.xml")).getroot()
    assert root.tag == SITEMAP + "sitemapindex", root.tag
    found = set()
    for part in root.iter(SITEMAP + "loc"):
        file = os.path.join(folder, local(part.text, domain)[1:])
        tree = ElementTree.parse(file).getroot()
        assert tree.tag == SITEMAP + "urlset", tree.tag
        found |= {local(loc.text, domain) for loc in tree.iter(SITEMAP + "loc")}
    return found


def feeds(folder, domain):
    """Columns whose feed.xml is there and links to the column's page."""
    found = set()
    for path in places.files_below(folder):
        if os.path.basename(path) != "feed.xml":
            continue
        root = ElementTree.parse(os.path.join(folder, path)).getroot()
        for link in root.findall(ATOM + "link"):
            if link.get("rel") == "alternate":
                found.add(local(link.get("href"), domain))
    return {address for address in found if is_column(address)}


def compare(settings, out):
    """The mistakes of one site: its settings' text against its folder."""
    domain = settings_value(settings, "domain")
    folder = os.path.join(out, domain)
    wanted = columns_of_settings(settings)
    addresses = sitemap_addresses(folder, domain)
    sets = {"navigation": navigation(folder, wanted),
            "sitemap.html": sitemap_page(folder),
            "sitemap.xml": {a for a in addresses if is_column(a)},
            "feeds": feeds(folder, domain)}
    mistakes = []
    for name, found in sets.items():
        if found != wanted:
            mistakes.append(f"{domain}: {name}: missing "
                            f"{sorted(wanted - found)}, too many "
                            f"{sorted(found - wanted)}")
    for address in sorted(addresses):
        page = address[1:] + ("index.html" if address.endswith("/") else "")
        if not os.path.exists(os.path.join(folder, page)):
            mistakes.append(f"{domain}: {address} of sitemap.xml is no file")
    return mistakes
