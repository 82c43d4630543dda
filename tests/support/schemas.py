"""`jiyue schema`: its JSON Schemas are valid, and so is the demonstration city
against them; front matter that a build refuses is refused."""

import os

import places
import properties

# Debian's modules are found by Debian's Python only.
PYTHON = "/usr/bin/python3"
MODES = {"file": [], "defaults": ["--defaults"], "whole": ["--whole"]}


def export_mistakes(folder, library):
    """services.json and the like of all sites, against their schemas."""
    built = os.path.join(folder, "out")
    code, _, err = places.jiyue(folder, "build", "--library", library,
                                "--out", built, "--as-of", "2026-11-29")
    if code == 2:
        return [err]
    code, out, err = places.run(
        [PYTHON, "-B", os.path.join(places.TESTS, "support",
                                    "export_check.py"), built,
         os.path.join(places.ROOT, "generator", "render")], folder)
    return [out, err[-2000:]] if code != 0 else []


def report_mistakes(folder, library):
    """What `jiyue report --format json` prints, against its schema."""
    mistakes = []
    for kind in ("inspection", "annual", "monthly", "registers"):
        code, out, err = places.jiyue(folder, "report", kind, "--library",
                                      library, "--as-of", "2026-11-28",
                                      "--rev", "HEAD",
                                      "--format", "json")
        with open(os.path.join(folder, "report.json"), "w",
                  encoding="utf-8") as file:
            file.write(out)
        mistakes += [err] if code != 0 else []
        code, out, err = places.run(
            [PYTHON, "-c", "import json, sys, jsonschema; "
             "jsonschema.validate(*map(lambda path: json.load(open(path)), "
             "sys.argv[1:]))", os.path.join(folder, "report.json"),
             os.path.join(places.ROOT, "generator", "report",
                          "sheet.schema.json")], folder)
        mistakes += [out, err[-2000:]] if code != 0 else []
    return mistakes


def run(report):
    folder = places.fresh("schemas")
    library = properties.export_head(folder)
    mistakes = []
    for name, options in MODES.items():
        code, out, err = places.jiyue(folder, "schema", "--library", library,
                                      *options)
        mistakes += [err] if code != 0 else []
        with open(os.path.join(folder, name + ".json"), "w",
                  encoding="utf-8") as file:
            file.write(out)
    if not mistakes:
        code, out, err = places.run(
            [PYTHON, "-B", os.path.join(places.TESTS, "support",
                                        "schema_check.py"), folder, library],
            folder)
        mistakes += [out, err[-2000:]] if code != 0 else []
    report.takes("JSON Schemas of the demonstration city", mistakes)
    report.takes("reports of the demonstration city",
                 report_mistakes(folder, library))
    report.takes("exports of the demonstration city",
                 export_mistakes(folder, library))
