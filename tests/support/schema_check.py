"""The JSON Schemas that `jiyue schema` prints, judged by a validator that knows
nothing of jiyue: python3-jsonschema of Debian, so it runs with Debian's own
Python. Prints what is wrong, a line each.

    schema_check.py FOLDER LIBRARY     FOLDER has file, defaults and whole.json
"""

import json
import os
import sys

import jsonschema
import yaml

LINES = 20


class Loader(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it: dates are texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows
            if tag.rsplit(":", 1)[-1] in ("null", "int", "float", "bool")]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_constructor("tag:yaml.org,2002:bool", lambda loader, node: (
    node.value.lower() == "true" if node.value.lower() in ("true", "false")
    else node.value))

# What a build refuses and the schema of a file must refuse too.
WRONG = [
    {"titel": "错字"}, {"date": "2024-1-2"}, {"date": "2024-01-02 9:00"},
    {"type": "nwes"}, {"weight": -1}, {"weight": "十"}, {"toc": "是"},
    {"toc": 1}, {"keywords": {"甲": "乙"}}, {"reviews": "终审"},
    {"reviews": [{"step": "final", "account": "a"}]},
    {"relations": {"basis": "甲", "grund": "乙"}}, {"aliases": ["old.html"]},
    {"slug": "甲/乙"}, {"lang": "中文"}, {"status": "archived "},
    {"type": "news", "status": "draft", "archived_on": "2024-01-02"},
    {"type": "news", "doc_no": "示政发〔2024〕1号"},
    {"type": "policy"}, {"type": "policy", "doc_no": ""},
    {"type": "policy", "doc_no": "示政发[2024]1号"},
]
RIGHT = [
    {}, {"title": 2024}, {"summary": None}, {"toc": "true"}, {"weight": "7"},
    {"keywords": "甲"}, {"date": "2024-01-02T09:00:00+08:00"},
    {"extra": {"任意": [1]}}, {"attachments": ["附件1.pdf"]},
    {"type": "policy", "doc_no": "示政发〔2024〕1号"},
]


def front_matter(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if path.endswith(".md"):
        text = text.split("\n---\n", 1)[0].removeprefix("---\n")
    return yaml.load(text, Loader) or {}


def fields_of(schema, name):
    """The fields of a type, or of any where there is no such type."""
    types = schema["definitions"].get("type." + name)
    return set((types or schema)["properties"])


def inherited(library, path):
    """What _defaults.yaml files above give, the nearest first."""
    found = {}
    folder = os.path.dirname(path)
    while folder != library:
        name = os.path.join(folder, "_defaults.yaml")
        if os.path.exists(name):
            found = {**front_matter(name), **found}
        folder = os.path.dirname(folder)
    return found


def whole(schema, library, path, own):
    """A resource with what it inherits. A default that only other types know
    is left out, as a build does: one file serves a folder of several types."""
    defaults = inherited(library, path)
    known = fields_of(schema, own.get("type", defaults.get("type", "")))
    return {**{key: value for key, value in defaults.items() if key in known},
            **own}


def mistakes(validator, where, value):
    return [f"{where}: {'/'.join(map(str, error.absolute_path))}: "
            f"{error.message[:200]}" for error in validator.iter_errors(value)]


def check_library(schemas, library):
    found, count = [], 0
    for at, _, names in os.walk(os.path.join(library, "content")):
        for name in sorted(names):
            path = os.path.join(at, name)
            where = os.path.relpath(path, library)
            if name == "_defaults.yaml":
                found += mistakes(schemas["defaults"], where,
                                  front_matter(path))
            elif name.endswith(".md") and name != "README.md":
                own = front_matter(path)
                found += mistakes(schemas["file"], where, own)
                found += mistakes(schemas["whole"], where + " in whole",
                                  whole(schemas["whole"].schema, library,
                                        path, own))
                count += 1
    return found + ([] if count > 100 else [f"only {count} resources"])


def main(folder, library):
    schemas = {}
    for name in ("file", "defaults", "whole"):
        with open(os.path.join(folder, name + ".json"),
                  encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft7Validator.check_schema(schema)
        schemas[name] = jsonschema.Draft7Validator(schema)
    found = check_library(schemas, library)
    found += [f"taken, and wrong: {value}" for value in WRONG
              if schemas["file"].is_valid(value)]
    for value in RIGHT:
        found += mistakes(schemas["file"], f"refused, and right: {value}",
                          value)
    if schemas["defaults"].is_valid({"id": "甲"}):
        found.append("an id for a whole folder is taken")
    if schemas["whole"].is_valid({"title": "甲"}):
        found.append("a resource without date, source and type is taken")
    topic = {"title": "甲", "type": "topic_site", "date": "2024-01-02",
             "source": "甲", "intro": "甲", "opened_on": "2024-01-02",
             "sections": [{"name": "甲"}]}
    for key in ("banner", "image"):
        found += mistakes(schemas["whole"], f"a topic with {key}",
                          {**topic, key: "a.svg"})
    if schemas["whole"].is_valid(topic):
        found.append("a topic without a picture is taken")
    print("\n".join(found[:LINES]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
