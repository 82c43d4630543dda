"""Every sitemap and feed of the demonstration city against its schema, and the
characters of all that it has."""

import os
import shutil
from xml.etree import ElementTree

import places
import properties
import unsafe

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ADDRESS_LIMIT = 50000
BYTE_LIMIT = 50 * 1024 * 1024


def find_tool(names):
    return next((name for name in names if shutil.which(name)), None)


def validate(command, out, paths):
    """Both tools take many files and name those that are not valid."""
    code, said, err = places.run([*command, *paths], out)
    lines = [line for line in (said + err).splitlines()
             if not line.endswith(" validates")]
    return lines[:20] + [f"exit code {code}"] if code != 0 else []


def check_index(out, path):
    """The schema is of one sitemap; an index is a list of <sitemap><loc>."""
    root = ElementTree.parse(os.path.join(out, path)).getroot()
    mistakes = []
    if root.tag != SITEMAP + "sitemapindex" or len(root) == 0:
        mistakes.append(f"{path}: no sitemapindex")
    for entry in root:
        names = [child.tag.replace(SITEMAP, "") for child in entry]
        if entry.tag != SITEMAP + "sitemap" or \
                names not in (["loc"], ["loc", "lastmod"]):
            mistakes.append(f"{path}: {entry.tag} with {names}")
            continue
        domain = path.split(os.sep)[0]
        prefix = f"https://{domain}/"
        if not entry[0].text.startswith(prefix):
            mistakes.append(f"{path}: {entry[0].text} is of another site")
        elif not os.path.exists(os.path.join(
                out, domain, entry[0].text[len(prefix):])):
            mistakes.append(f"{path}: {entry[0].text} is no file")
    return mistakes


def check_limits(out, path):
    root = ElementTree.parse(os.path.join(out, path)).getroot()
    if len(root) > ADDRESS_LIMIT or \
            os.path.getsize(os.path.join(out, path)) > BYTE_LIMIT:
        return [f"{path}: more than {ADDRESS_LIMIT} addresses or 50 MiB"]
    return []


def sorted_out(out):
    """Indexes, sitemaps and feeds."""
    paths = [path for path in places.files_below(out)
             if not path.startswith(".jiyue")]
    return ([path for path in paths if path.endswith("/sitemap.xml")],
            [path for path in paths
             if "/sitemap/" in path and path.endswith(".xml")],
            [path for path in paths if path.endswith("/feed.xml")])


def check_schema(report, name, tools, schema, out, paths):
    tool = find_tool(tools)
    path = os.path.join(places.SPEC, "schemas", schema)
    if not os.path.exists(path):
        report.skips_test(name, f"JIYUE_SPEC names no folder with "
                          f"schemas/{schema}")
    elif tool is None:
        report.skips_test(name, f"none of {', '.join(tools)} is installed")
    else:
        report.takes(name, validate([*TOOLS[tool], path], out, paths))


TOOLS = {"xmllint": ["xmllint", "--noout", "--nonet", "--schema"],
         "jing": ["jing"]}


def lacks_notice(out):
    """Pages of the demonstration city that do not say that it is invented."""
    mistakes = []
    for path in places.files_below(out):
        if path.startswith(".jiyue") or not path.endswith(".html"):
            continue
        with open(os.path.join(out, path), encoding="utf-8") as page:
            text = page.read()
        if "虚构" not in text and "fictional" not in text:
            mistakes.append(path)
    return mistakes


def run(report):
    folder = places.fresh("validity")
    library = properties.export_head(folder)
    code, _, err = places.jiyue(folder, "build", "--library", library,
                                "--out", "out")
    out = os.path.join(folder, "out")
    indexes, sitemaps, feeds = sorted_out(out)
    if code != 0 or not (indexes and sitemaps and feeds):
        report.fails("validity", f"the demonstration city: exit code {code}, "
                     f"{len(sitemaps)} sitemaps, {len(feeds)} feeds\n{err}")
        return
    report.takes("characters of the demonstration city",
                 unsafe.check_output(out))
    report.takes("the city says that it is invented", lacks_notice(out))
    report.takes("validity of sitemap indexes", [
        mistake for path in indexes for mistake in check_index(out, path)])
    report.takes("limits of sitemaps", [
        mistake for path in sitemaps for mistake in check_limits(out, path)])
    check_schema(report, "validity of sitemaps", ["xmllint"], "sitemap.xsd",
                 out, sitemaps)
    check_schema(report, "validity of feeds", ["jing"], "atom.rng", out,
                 feeds)
