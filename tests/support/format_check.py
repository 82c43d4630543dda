"""Reads what `jiyue check --format` printed: json, sarif, junit, github and
gitlab in FOLDER. Prints what is wrong, a line each.

    format_check.py FOLDER SCHEMA

SARIF is validated by its own schema where JIYUE_SPEC has it
(schemas/sarif-schema-2.1.0.json), and by what that asks for of our members.
"""

import json
import os
import re
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree

import jsonschema

LINE = re.compile(r"^::(error|warning) ((?:\w+=[^,:]*,)*\w+=[^,:]*)::(.*)$")
TEXT = {"type": "object", "required": ["text"],
        "properties": {"text": {"type": "string"}},
        "additionalProperties": False}
NUMBER = {"type": "integer", "minimum": 1}
# The parts of SARIF 2.1.0 that we write.
SARIF = {
    "type": "object", "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": {
            "type": "object", "required": ["tool"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object", "required": ["driver"],
                    "additionalProperties": False,
                    "properties": {"driver": {
                        "type": "object", "required": ["name"],
                        "additionalProperties": False,
                        "properties": {
                            "name": {"type": "string"},
                            "version": {"type": "string"},
                            "rules": {
                                "type": "array", "uniqueItems": True,
                                "items": {
                                    "type": "object", "required": ["id"],
                                    "additionalProperties": False,
                                    "properties": {
                                        "id": {"type": "string"},
                                        "shortDescription": TEXT}}}}}}},
                "invocations": {"type": "array", "items": {
                    "type": "object", "required": ["executionSuccessful"],
                    "additionalProperties": False,
                    "properties": {
                        "executionSuccessful": {"type": "boolean"},
                        "exitCode": {"type": "integer"}}}},
                "columnKind": {"enum": ["utf16CodeUnits",
                                        "unicodeCodePoints"]},
                "results": {"type": "array", "items": {
                    "type": "object", "required": ["message"],
                    "additionalProperties": False,
                    "properties": {
                        "ruleId": {"type": "string"},
                        "ruleIndex": {"type": "integer", "minimum": 0},
                        "level": {"enum": ["none", "note", "warning",
                                           "error"]},
                        "message": TEXT,
                        "locations": {"type": "array"},
                        "partialFingerprints": {
                            "type": "object",
                            "additionalProperties": {"type": "string"}}}}},
            }}}}}
REGION = {"type": "object", "additionalProperties": False,
          "required": ["startLine"],
          "properties": {name: NUMBER for name in (
              "startLine", "startColumn", "endLine", "endColumn")}}


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


def from_json(text, schema):
    found = json.loads(text)
    jsonschema.Draft202012Validator(schema).validate(found)
    counts = found["counts"]
    levels = [message["severity"] for message in found["messages"]]
    assert counts["warnings"] == levels.count("warning"), counts
    assert counts["errors"] == len(levels) - levels.count("warning"), counts
    return [(message["path"], message["line"], message["column"],
             message["id"], message["severity"] == "warning")
            for message in found["messages"]]


def sarif_place(result):
    if not result["locations"]:
        return None, None, None
    place = result["locations"][0]["physicalLocation"]
    address = place["artifactLocation"]["uri"]
    assert re.fullmatch(r"(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+",
                        address, re.ASCII), address
    region = place.get("region")
    if region is not None:
        jsonschema.validate(region, REGION)
    region = region or {}
    return (urllib.parse.unquote(address), region.get("startLine"),
            region.get("startColumn"))


def from_sarif(text):
    found = json.loads(text)
    jsonschema.validate(found, SARIF)
    path = os.path.join(os.environ.get("JIYUE_SPEC", ""), "schemas",
                        "sarif-schema-2.1.0.json")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            jsonschema.validate(found, json.load(file))
    run = found["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"], result
        assert re.sub(r"\{\{|\}\}", "", result["message"]["text"]).count(
            "{") == 0, result
    return [(*sarif_place(result), result["ruleId"],
             result["level"] == "warning") for result in run["results"]]


def from_junit(text):
    root = ElementTree.fromstring(text.encode())
    rows = []
    for suite in root:
        assert int(suite.get("tests")) == len(suite), suite.get("name")
        assert int(suite.get("failures")) == len(
            suite.findall("testcase/failure")), suite.get("name")
        for test in suite:
            kind, _, place = test.get("name").partition(" ")
            line, _, column = place.partition(":")
            path = test.get("classname")
            rows.append((None if path == "jiyue" else path,
                         int(line) if line else None,
                         int(column) if column else None, kind,
                         test[0].tag == "system-out"))
    assert int(root.get("tests")) == len(rows)
    return rows


def from_github(text):
    rows = []
    for line in text.splitlines():
        match = LINE.match(line)
        assert match, line
        values = dict(pair.split("=", 1) for pair in match[2].split(","))
        path = values.get("file")
        rows.append((path and urllib.parse.unquote(path),
                     int(values["line"]) if "line" in values else None,
                     int(values["col"]) if "col" in values else None,
                     values["title"], match[1] == "warning"))
    return rows


def from_gitlab(text):
    found = json.loads(text)
    known = {issue["fingerprint"] for issue in found}
    assert len(known) == len(found), "fingerprints are not all different"
    for issue in found:
        assert issue["severity"] in ("info", "minor", "major", "critical",
                                     "blocker"), issue
        assert issue["location"]["lines"]["begin"] >= 1, issue
    return [(issue["location"]["path"], issue["location"]["lines"]["begin"],
             issue["check_name"], issue["severity"] == "minor")
            for issue in found]


def main():
    folder, schema = sys.argv[1:]
    wanted = from_json(read(folder, "json"), json.loads(read("", schema)))
    short = [(path or ".", line or 1, kind, is_warning)
             for path, line, _, kind, is_warning in wanted]
    mistakes = [f"{name}: other messages than in JSON" for name, same in (
        ("sarif", from_sarif(read(folder, "sarif")) == wanted),
        ("junit", from_junit(read(folder, "junit")) == wanted),
        ("github", from_github(read(folder, "github")) == wanted),
        ("gitlab", from_gitlab(read(folder, "gitlab")) == short)) if not same]
    print("\n".join(mistakes))
    return 1 if mistakes else 0


sys.exit(main())
