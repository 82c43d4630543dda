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
    report.takes("exports of the demonstration city",
                 export_mistakes(folder, library))
