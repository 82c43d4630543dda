"""What sites export as JSON, judged by the schemas beside generator/render/ and a
validator that knows nothing of jiyue: python3-jsonschema of Debian, so it runs
with Debian's own Python. Prints what is wrong, a line each.

    export_check.py OUT SCHEMAS     OUT has a folder a site
"""

import glob
import json
import os
import sys

import jsonschema

NAMES = ("policies", "qa", "services")


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    out, schemas = sys.argv[1:3]
    bad = False
    for name in NAMES:
        schema = read(os.path.join(schemas, name + ".schema.json"))
        jsonschema.Draft7Validator.check_schema(schema)
        validator = jsonschema.Draft7Validator(schema)
        found = glob.glob(os.path.join(out, "*", name + "*.json"))
        if not found:
            print(f"no site has {name}.json")
            bad = True
        if validator.is_valid({"version": 1, "name": name}):
            print(f"{name}.schema.json allows anything")
            bad = True
        for path in found:
            for mistake in validator.iter_errors(read(path)):
                print(f"{path}: {mistake.message[:200]}")
                bad = True
    return bad


if __name__ == "__main__":
    sys.exit(main())
