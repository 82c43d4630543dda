"""`jiyue sbom`: the shape that SPDX 2.3 asks for, and the truth of it beside
ldd, dpkg and the files themselves."""

import hashlib
import json
import os
import re
import shutil

import places

# Debian's modules are found by Debian's Python only.
PYTHON = "/usr/bin/python3"
SCHEMA = os.path.join(places.TESTS, "support", "spdx.schema.json")
THEME = os.path.join(places.ROOT, "themes", "default")
VALIDATE = ("import json, sys, jsonschema; "
            "schema, found = map(lambda path: json.load(open(path)), "
            "sys.argv[1:]); jsonschema.Draft7Validator.check_schema(schema); "
            "[print('/'.join(map(str, error.path)), error.message[:200]) "
            "for error in jsonschema.Draft7Validator(schema)"
            ".iter_errors(found)]")


def sums(path):
    data = places.read_bytes(path)
    return [{"algorithm": "SHA1", "checksumValue":
             hashlib.sha1(data, usedforsecurity=False).hexdigest()},
            {"algorithm": "SHA256",
             "checksumValue": hashlib.sha256(data).hexdigest()}]


def loaded(env):
    """Soname and path of what the loader brings."""
    _, out, _ = places.run(["ldd", places.PROGRAM], places.ROOT, env)
    return {os.path.basename(match[1]): match[1] for match in
            re.finditer(r"(?:=> |^\t)(/\S+) \(0x", out, re.M)}


def wrong_shape(folder, document):
    path = os.path.join(folder, "sbom.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)
    code, out, err = places.run([PYTHON, "-c", VALIDATE, SCHEMA, path], folder)
    return out.splitlines() + ([err] if code else [])


def wrong_links(document):
    """Every id is there once, and whatever is named is there."""
    own = [item["SPDXID"] for kind in ("packages", "files")
           for item in document[kind]] + [document["SPDXID"]]
    if len(own) != len(set(own)):
        yield "an id is there twice"
    named = {end for row in document["relationships"]
             for end in (row["spdxElementId"], row["relatedSpdxElement"])}
    named |= {name for package in document["packages"]
              for name in package.get("hasFiles", ())}
    yield from (f"{name} is nothing" for name in named - set(own))
    yield from (f"{name} belongs to nothing" for name in set(own) - named)


def version_of(path):
    """As dpkg has it, or None."""
    for name in (path, os.path.realpath(path),
                 os.path.realpath(path).removeprefix("/usr")):
        code, out, _ = places.run(["dpkg-query", "-S", name], places.ROOT)
        if code == 0:
            package = out.split(": ")[0]
            return places.run(["dpkg-query", "-W", "-f", "${Version}",
                               package], places.ROOT)[1]
    return None


def wrong_libraries(document, env):
    expected = loaded(env)
    found = {package["name"]: package for package in document["packages"]
             if package.get("primaryPackagePurpose") == "LIBRARY"}
    if set(found) != set(expected):
        yield f"libraries: {sorted(set(found) ^ set(expected))}"
        return
    for name, path in expected.items():
        if found[name]["checksums"] != sums(path):
            yield f"{name} has other digests"
    for name in ("libc.so.6", "libxml2.so.2", "libgit2.so.1.5"):
        version = version_of(expected[name]) if name in expected and \
            shutil.which("dpkg-query") else None
        if version and found[name]["versionInfo"] != version:
            yield f"{name}: {found[name]['versionInfo']}, not {version}"
    direct = {row["relatedSpdxElement"] for row in document["relationships"]
              if row["relationshipType"] == "DYNAMIC_LINK"}
    for package in found.values():
        if (package["SPDXID"] in direct and
                package["licenseDeclared"] == "NOASSERTION" and
                "san.so" not in package["name"]):
            yield f"no licence of {package['name']}, which we ask for"


def wrong_theme(document):
    found = {row["fileName"]: row["checksums"] for row in document["files"]}
    expected = {"./themes/default/" + path: sums(os.path.join(THEME, path))
                for path in places.files_below(THEME)}
    if found != expected:
        yield f"files: {sorted(set(found) ^ set(expected))[:5]} or digests"
    code = hashlib.sha1("".join(sorted(
        rows[0]["checksumValue"] for rows in expected.values())).encode(),
        usedforsecurity=False).hexdigest()
    theme = next(package for package in document["packages"]
                 if "hasFiles" in package)
    if theme["packageVerificationCode"]["packageVerificationCodeValue"] != \
            code:
        yield "the verification code is another"


def run(report):
    folder = places.fresh("sbom")
    env = places.environment(LD_PRELOAD="", SOURCE_DATE_EPOCH="1790000000")
    code, out, err = places.jiyue(folder, "sbom", env=env)
    again = places.jiyue(folder, "sbom", env={**env, "TZ": "Asia/Tokyo"})[1]
    if code or err:
        report.fails("sbom", f"exit code {code}\n{err}")
        return
    document = json.loads(out)
    mistakes = wrong_shape(folder, document) + list(wrong_links(document))
    mistakes += list(wrong_libraries(document, env))
    mistakes += list(wrong_theme(document))
    if out != again or \
            document["creationInfo"]["created"] != "2026-09-21T14:13:20Z":
        mistakes.append("it is not the same again")
    del document["packages"][0]["name"]
    if not wrong_shape(folder, document):
        mistakes.append("the schema allows anything")
    report.takes("sbom", mistakes)
