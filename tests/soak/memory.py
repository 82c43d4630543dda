#!/usr/bin/env python3
"""Memory follows metadata, never bodies: the peak of two builds is held.

One article has 100 links to one file of 60 MB: its size must come from the
header of its object, and it must be read once, to be copied. Another has 2,000
attachments. A site has 400 columns, and so 400 lists whose menus name them all.
"""

import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

import places  # noqa: E402

HEAD = ("---\ntitle: 附件\ntype: news\ndate: 2026-03-01\n"
        "source: 示范市人民政府\n---\n\n")
FILES = ("content", "szf", "files")
LARGE = 60 << 20
# The file as Git unpacks it and as it is written, and the program.
MOST_LARGE = 320 << 20
MOST_MANY = 64 << 20
# All lists of such a site at once would be four times this.
MOST_COLUMNS = 64 << 20
# Of settings that have mistakes, as long as they are being looked at.
MOST_CLAIMED = 64 << 20
MOST_BROKEN = 48 << 20


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def one_large_file(library):
    folder = os.path.join(library, *FILES)
    links = "\n\n".join(f"[第{i}份](large.pdf)" for i in range(100))
    write(os.path.join(folder, "index.md"), (HEAD + links + "\n").encode())
    path = os.path.join(folder, "large.pdf")
    write(path, b"%PDF-1.4\n")
    with open(path, "ab") as file:
        # in pieces: what this program itself ever held counts as the build's
        for _ in range(LARGE >> 20):
            file.write(os.urandom(1 << 20))
    return MOST_LARGE


def many_files(library):
    folder = os.path.join(library, *FILES)
    names = [f"file-{i}.pdf" for i in range(2000)]
    links = "\n\n".join(f"[附件]({name})" for name in names)
    write(os.path.join(folder, "index.md"), (HEAD + links + "\n").encode())
    for name in names:
        write(os.path.join(folder, name), b"%PDF-1.4\n" + os.urandom(20000))
    return MOST_MANY


def many_columns(library):
    site = os.path.join(library, "sites", "jyj", "site.yaml")
    with open(site, "a", encoding="utf-8") as file:
        for i in range(400):
            file.write(f"  - {{id: c{i}, name: 栏目{i}, class: news, "
                       "description: 教育动态栏目, keywords: [教育],\n"
                       "     owner_unit: 办公室, editors: {a: 甲岗, b: 乙岗}, "
                       "select: {unit: jyj}}\n")
    return MOST_COLUMNS


def add_site(library, name, more):
    write(os.path.join(library, "sites", name, "site.yaml"), (
        f"kind: department\nname: 示范{name}\ndomain: {name}.example.cn\n"
        'identity_code: "6199000012"\nsponsor: 示范市\nphone: 电话一\n'
        "icp: 示ICP备00000001号\npolice_record: 示公网安备00000000000001号\n"
        f"description: 示范\n{more}\ncolumns:\n"
        "  - {id: dt, name: 动态, class: news, description: 动态栏目, "
        "keywords: [动态], owner_unit: 办公室, editors: {a: 甲岗, b: 乙岗}, "
        f"select: {{unit: {name}}}}}\n").encode())


def claimed_units(library):
    """Each of many sites claims units that others claim, too."""
    for i in range(120):
        units = ", ".join(f"u{(i + k) % 120}" for k in range(60))
        add_site(library, f"s{i}", f"units: [{units}]")
    return MOST_CLAIMED


def broken_versions(library):
    """A site whose settings are long and have always had a mistake."""
    for i in range(20):
        links = ", ".join(f"{{name: 链接{k}, url: 'https://a.example/{i}'}}"
                          for k in range(3000))
        add_site(library, "s0", f"nmae: x\nlinks: [{links}]")
        places.commit_all(library)
    return MOST_BROKEN


def peak(library, out, jobs=2):
    """Exit code, and bytes that were in memory at most."""
    program = subprocess.Popen(
        [places.PROGRAM, "build", "--library", library, "--out", out,
         "--as-of", "2026-06-01", "--jobs", str(jobs)],
        env=places.environment(MALLOC_PERTURB_="0"), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    words = program.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    return program.returncode, usage.ru_maxrss * 1024, words


def main():
    top = places.fresh("soak", "memory")
    told = []
    for make in (one_large_file, many_files, many_columns, claimed_units,
                 broken_versions):
        library = os.path.join(top, make.__name__)
        shutil.copytree(os.path.join(places.TESTS, "cases", "_base", "city"),
                        library)
        most = make(library)
        places.commit_all(library)
        code, bytes_used, words = peak(library, os.path.join(top, "out"))
        told.append(f"{make.__name__}: {bytes_used >> 20} MiB")
        mistakes = make in (claimed_units, broken_versions)
        if code != int(mistakes) or bytes_used > most:
            print("\n".join([*told, f"exit code {code}, at most "
                             f"{most >> 20} MiB are allowed", words]))
            return 1
        shutil.rmtree(os.path.join(top, "out"))
    shutil.rmtree(top)
    print("memory: " + ", ".join(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
