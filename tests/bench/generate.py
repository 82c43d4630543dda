#!/usr/bin/env python3
"""Makes a library of N resources for the benchmark, and the same as a Hugo site.

    generate.py [--no-hugo] N FOLDER

writes FOLDER/library.git (bare, after `git gc`) and FOLDER/hugo. The library
goes through `git fast-import` and is never on disk as files. Same N, same
objects: every date and every choice comes from a fixed seed.

The history is that of a platform which was filled by a migration and edited
since: one large commit with 96 of 100 articles, then about N/50 commits with
two new articles and a correction of an old one each.
"""

import argparse
import datetime
import os
import random
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

import articles  # noqa: E402
import city  # noqa: E402
import hugo  # noqa: E402

IMPORT_PERCENT = 96
ARTICLES_A_COMMIT = 50  # of the whole library, see the history above

# fast-import would store nearly every article as a delta of the one before
# it, in chains of 50. `git gc` finds few articles that are alike enough for
# that, and keeps the deltas it is given. Texts above this many bytes are
# stored whole; folders stay deltas of their older versions.
WHOLE_ABOVE_BYTES = 1
AUTHOR = "编辑岗 <editor@shifan.example>"


class Importer:
    """Writes the commands of git fast-import."""

    def __init__(self, repository):
        self.process = subprocess.Popen(
            ["git", "-C", repository,
             "-c", f"core.bigFileThreshold={WHOLE_ABOVE_BYTES}",
             "fast-import", "--quiet", "--done"],
            stdin=subprocess.PIPE, bufsize=1 << 20)
        self.out = self.process.stdin

    def commit(self, branch, moment, message, parent=None):
        text = message.encode()
        stamp = f"{int(moment.timestamp())} +0800"
        self.out.write(f"commit refs/heads/{branch}\n"
                       f"author {AUTHOR} {stamp}\n"
                       f"committer {AUTHOR} {stamp}\n"
                       f"data {len(text)}\n".encode() + text + b"\n")
        if parent is not None:
            self.out.write(f"from {parent}\n".encode())

    def file(self, path, text):
        data = text.encode()
        self.out.write(f"M 100644 inline {path}\ndata {len(data)}\n".encode()
                       + data + b"\n")

    def close(self):
        self.out.write(b"done\n")
        self.out.close()
        if self.process.wait() != 0:
            raise SystemExit("git fast-import failed")


def local(moment):
    """The platform's time, whatever the time zone of the machine."""
    zone = datetime.timezone(datetime.timedelta(hours=8))
    return moment.replace(tzinfo=zone)


def write_settings(importer):
    sites = city.sites()
    importer.file("sites/platform.yaml", city.PLATFORM)
    for site in sites:
        importer.file(f"sites/{site['id']}/site.yaml",
                      city.site_yaml(site, sites))
        for path, text in articles.defaults(site):
            importer.file(path, text)


def write_history(importer, rows):
    """The import, then the small commits; gives the versions at the end."""
    chance = random.Random(articles.SEED + 1)
    imported = len(rows) * IMPORT_PERCENT // 100
    commits = max(1, len(rows) // ARTICLES_A_COMMIT - 1)
    versions = {}

    importer.commit("main", local(rows[imported - 1].date), "迁移历史数据")
    write_settings(importer)
    for row in rows[:imported]:
        importer.file(row.path, articles.source(row))
    for number in range(commits):
        first = imported + (len(rows) - imported) * number // commits
        behind = imported + (len(rows) - imported) * (number + 1) // commits
        changed = chance.randrange(first)
        versions[changed] = versions.get(changed, 0) + 1
        importer.commit("main", local(rows[behind - 1].date),
                        f"发布{behind - first}篇，更正1篇")
        for row in rows[first:behind]:
            importer.file(row.path, articles.source(row))
        importer.file(rows[changed].path,
                      articles.source(rows[changed], versions[changed]))
    return versions


def git(repository, *arguments):
    subprocess.run(["git", "-C", repository, *arguments], check=True)


def generate(count, folder, with_hugo):
    repository = os.path.join(folder, "library.git")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", repository],
                   check=True)
    rows = articles.plan(count)
    importer = Importer(repository)
    versions = write_history(importer, rows)
    importer.close()
    git(repository, "gc", "--quiet")
    if with_hugo:
        hugo.write(os.path.join(folder, "hugo"), rows, versions)


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--no-hugo", dest="hugo", action="store_false")
    parser.add_argument("count", metavar="N", type=int)
    parser.add_argument("folder", metavar="FOLDER")
    return parser.parse_args()


if __name__ == "__main__":
    options = parse()
    generate(options.count, options.folder, options.hugo)
