"""What the benchmark tells: a page of Markdown, and the medians as JSON."""

import json
import os
import platform
import statistics
import subprocess

import edits
import search_figures
from measure import MIB, WATCH_SECONDS

# design.md, section 8
TARGET_COUNT = 100_000
TARGET_TAR = 1.5
TARGET_HUGO = 10
TARGET_MIB = 256
TARGET_EDIT_SECONDS = 0.3
TARGET_SAME_SECONDS = 0.15

# For ten times the resources, beyond TARGET_COUNT.
TARGET_GROWTH = 10
TARGET_CLEAN_GROWTH = 10.5
TARGET_EDIT_GROWTH = 3

VALUES = ("seconds", "user", "system", "mib")

LABELS = [
    ("clean", "clean build, all processors"),
    ("jobs 2", "clean build, --jobs 2"),
    ("jobs 1", "clean build, --jobs 1"),
    ("tar", "tar xf of that output"),
    ("hugo", "hugo, clean build"),
    ("same", "nothing changed"),
    ("edit body", "one edited body, department"),
    ("edit title", "one edited title, department"),
    ("new article", "one new article, department"),
    ("edit portal", "one edited body, portal"),
]


# --- medians --------------------------------------------------------------

def medians(samples):
    return {name: {value: statistics.median(getattr(sample, value)
                                            for sample in mine)
                   for value in VALUES}
            for name, mine in samples.items()}


def save(path, count, found):
    with open(path, "w", encoding="ascii") as file:
        json.dump({"count": count, "medians": found}, file, indent=1)
        file.write("\n")


def load(folder, count):
    """What a run over fewer resources saved, if there is one."""
    try:
        with open(os.path.join(folder, "medians.json"),
                  encoding="ascii") as file:
            saved = json.load(file)
    except FileNotFoundError:
        return None
    return saved if saved["count"] < count else None


def ratio(found, name, other):
    if name not in found or other not in found:
        return None
    return found[name]["seconds"] / found[other]["seconds"]


# --- tables ---------------------------------------------------------------

def number(value, form=".2f"):
    return "–" if value is None else format(value, form)


def cost_rows(samples, found):
    yield ("| what | wall s | from – to | user s | sys s | peak MiB "
           "| of tar | of hugo | of clean |")
    yield "| --- |" + " ---: |" * 8
    for name, label in LABELS:
        if name not in samples:
            continue
        mine = found[name]
        walls = [sample.seconds for sample in samples[name]]
        ratios = " | ".join(number(ratio(found, name, other), ".3f")
                            for other in ("tar", "hugo", "clean"))
        yield (f"| {label} | {mine['seconds']:.3f} "
               f"| {min(walls):.3f} – {max(walls):.3f} "
               f"| {mine['user']:.2f} | {mine['system']:.2f} "
               f"| {mine['mib']:.0f} | {ratios} |")


def seconds(found, name):
    return found[name]["seconds"]


def targets(count, found, anonymous_mib):
    """(what, value, at most, at least); no bounds: for information."""
    small = count <= TARGET_COUNT
    edit = TARGET_EDIT_SECONDS if small else None
    yield "clean ÷ `tar xf`", ratio(found, "clean", "tar"), TARGET_TAR, None
    yield "hugo ÷ clean", ratio(found, "hugo", "clean"), None, TARGET_HUGO
    yield "one edited body, department, s", seconds(found, "edit body"), \
        edit, None
    yield "one edited body, portal, s", seconds(found, "edit portal"), \
        edit, None
    yield "nothing changed, s", seconds(found, "same"), \
        TARGET_SAME_SECONDS if small else None, None
    yield "clean, peak MiB of the resident set", found["clean"]["mib"], \
        max(TARGET_MIB, count / 1024), None
    yield "clean, peak MiB of anonymous memory", anonymous_mib, None, None
    yield "one edited body, department ÷ clean", \
        ratio(found, "edit body", "clean"), None, None
    yield "nothing changed ÷ clean", ratio(found, "same", "clean"), None, None
    yield "1 thread ÷ 2 threads", ratio(found, "jobs 1", "jobs 2"), None, None


def growth(count, found, before):
    """As `targets`: this run by one over fewer resources."""
    small, times = before["count"], count / before["count"]
    bound = small == TARGET_COUNT and times == TARGET_GROWTH
    for name, most in [("clean", TARGET_CLEAN_GROWTH),
                       ("same", None), ("edit body", TARGET_EDIT_GROWTH),
                       ("edit title", None), ("new article", None),
                       ("edit portal", TARGET_EDIT_GROWTH)]:
        yield (f"{dict(LABELS)[name]}: {count} ÷ {small}",
               seconds(found, name) / seconds(before["medians"], name),
               most if bound else None, None)


def verdict(value, most, least):
    if value is None:
        return "not measured"
    if most is None and least is None:
        return "–"
    met = value <= most if least is None else value >= least
    return "met" if met else "missed"


def target_rows(rows):
    yield "| target (design.md 8) | wanted | measured | |"
    yield "| --- | ---: | ---: | --- |"
    for what, value, most, least in rows:
        wanted = (f"≤ {most:.4g}" if most is not None else
                  f"≥ {least:.4g}" if least is not None else "–")
        yield (f"| {what} | {wanted} | {number(value, '.3f')} "
               f"| {verdict(value, most, least)} |")


def size_row(label, folder):
    files = pages = size = 0
    for here, _, names in os.walk(folder):
        if here.endswith(".jiyue"):
            continue
        files += len(names)
        pages += sum(name.endswith(".html") for name in names)
        size += sum(os.lstat(os.path.join(here, name)).st_size
                    for name in names)
    return f"| {label} | {files} | {pages} | {size / MIB:.0f} |"


# --- the machine ----------------------------------------------------------

def first_line(command):
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, text=True,
                              check=True).stdout.splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "not installed"


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def file_system(folder):
    return first_line(["findmnt", "-no", "FSTYPE,OPTIONS", "-T", folder])


def memory_mib():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MIB


def fact_rows(program, folder, load_before):
    yield "| machine | |"
    yield "| --- | --- |"
    yield f"| processor | {processor()} |"
    yield f"| processors usable | {len(os.sched_getaffinity(0))} |"
    yield f"| memory | {memory_mib()} MiB |"
    yield f"| file system | {file_system(folder)} |"
    yield f"| system | {platform.system()} {platform.release()} |"
    yield f"| program | {first_line([program, '--version'])} |"
    yield f"| git | {first_line(['git', '--version'])} |"
    yield f"| tar | {first_line(['tar', '--version'])} |"
    yield f"| hugo | {first_line(['hugo', 'version'])} |"
    yield (f"| load before, after | {load_before:.2f}, "
           f"{os.getloadavg()[0]:.2f} (of the last minute) |")


# --- the page -------------------------------------------------------------

METHOD = f"""\
Medians of whole processes. Before each, everything was synced and what it
reads was read into the page cache. Every clean build wrote into a new folder;
every edit was built on an output that was up to date before it. Peak memory is
the resident set with mapped files, and not less than that of this script;
anonymous memory, which no file backs, was looked at every
{WATCH_SECONDS * 1000:.0f} ms during one clean build."""


def page(bench, found, load_before, before):
    """The lines of the report; `before` is what `load` gave."""
    samples, account, count = bench.samples, bench.account, bench.place.count
    commits = bench.editor.git("rev-list", "--count", "main").decode().strip()
    rows = list(targets(count, found, account.anonymous_mib))
    rows += [(what, value, most if count == TARGET_COUNT else None, None)
             for what, value, most in search_figures.rows(
                 bench.newest["jiyue"], bench.index_written)]
    if before is not None:
        rows += growth(count, found, before)

    yield f"# Benchmark: {count} resources, 60 sites, {commits} commits"
    yield from ["", METHOD, "", *bench.notes, ""]
    yield from fact_rows(bench.program, bench.place.folder, load_before)
    yield ""
    yield from cost_rows(samples, found)
    yield ""
    if count < TARGET_COUNT:
        yield from [f"The targets are for {TARGET_COUNT} resources.", ""]
    yield from target_rows(rows)
    yield from ["", "| output | files | pages | MiB |",
                "| --- | ---: | ---: | ---: |"]
    for program, folder in bench.newest.items():
        yield size_row(program, folder)
    yield from ["", "What the program told in the last round:", ""]
    for name in ["clean", "same"] + [name for name, _ in edits.EDITS]:
        yield f"    {name}: {samples[name][-1].talk.splitlines()[0]}"
    yield from ["", "Phases of a clean build:", ""]
    yield from ("    " + line for line in account.talk.splitlines())
