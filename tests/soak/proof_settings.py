"""The changes of proof.py to settings and themes. Settings are those of the tables
in generator/site/, so that a new row is tried, or asks for a value here."""

import os
import re
import struct
import zlib

import places
import proof_city

THEME = os.path.join(places.ROOT, "themes", "default")
TABLE = re.compile(r"struct setting (\w+)_rows\[\] = \{(.*?)^\};",
                   re.MULTILINE | re.DOTALL)
ROW = re.compile(r"\{ \"([a-z_]+)\",\s+SETTING_([A-Z]+)")
SITE = "sites/jyj/site.yaml"
PLATFORM = "sites/platform.yaml"
COLUMN = "- id: news\n"

VALUES = {
    "platform.portal": [],      # of another site: "platform.portal, jyj"
    "platform.time_zone": ['"+00:00"', '"-02:30"'],
    "platform.language": ["en"],
    "platform.theme": ["own"],
    "platform.leave_exempt": ["[www.example.org]", "[b.example.org]"],
    "platform.frames": ["[player.example.org]"],
    "platform.name_servers": ["[ns1.example.cn]"],
    "platform.certificate_issuers": ["[ca.example.org]"],
    "platform.severity": ["{link-dead: warning}", "{markdown-image-alt: error}"],
    "platform.attachments": ["[dwg]", "[dwg, xml]"],
    "platform.cards": ["sites", "columns", "texts"],
    "platform.picture_widths": ["[320]", "[320, 640]", "[]"],
    "site.kind": ["county", "zone"],
    "site.state": ["closed", "temporarily_offline"],
    "site.chinese_domain": ["示范市教育局.政务", "示范教育.政务"],
    "site.identity_code": ['"6199000077"', '"6199000078"'],
    "site.domain": ["other.example.cn", "third.example.cn"],
    "site.theme": ["own"],
    "site.language": ["en"],
    "site.units": ["[jyj, other]"],
    "site.archived_on": ["2026-05-01"],
    "site.links": [f"[{{name: {name}, url: https://{host}.example.org/}}]"
                   for name, host in (("甲", "a"), ("乙", "a"), ("乙", "b"))],
    "site.hot": [f"[{{name: {name}, url: https://{host}.example.org/}}]"
                 for name, host in (("甲", "a"), ("乙", "a"), ("乙", "b"))],
    "site.home": [f"[{{column: {column}, as: {kind}, limit: {limit}}}]"
                  for column, kind, limit in (
                      ("news", "list", 1), ("policy", "list", 1),
                      ("policy", "policies", 1), ("policy", "policies", 2))],
    "site.columns": [],         # the columns' own rows
    "site.review": [],          # of commits: tests/histories/reviews.txt
    "site.review_since": [],
    "column.id": ["news2", "news3"],
    "column.editors": ["{a: 丙岗, b: 乙岗}", "{a: 丙岗, b: 丁岗}"],
    "column.select": [f"{{unit: jyj, type: news, {more}}}" for more in (
        "topic: 卫生", "keyword: 甲", "audience: 自然人",
        "since: 2026-04-02", "until: 2026-04-01", "limit: 1",
        "in: jyj/policy", "exclude: {keyword: 公告}", "exclude: [jyj/news]",
        "sort: oldest", "sort: title")] + ["{unit: jyj, type: policy}",
                                           "{unit: other}"],
    "column.columns": ["[{id: sub, name: 子栏目, class: news, "
                       "description: 说明, keywords: [子], owner_unit: 办公室, "
                       "editors: {a: 甲岗, b: 乙岗}, "
                       "select: {unit: jyj, type: policy}}]"],
    "column.class": ["news", "policy"],
    "column.show": ["copy"],
    "column.layout": ["services", "leaders", "organs", "topics", "page"],
    "column.archived_on": ["2026-05-01"],
    "column.replaced_by": ["jyj/news/b", "https://www.example.org/"],
}
BY_KIND = {
    "TEXT": ["甲文字", "乙文字"], "TEXTS": ["[甲词]", "[甲词, 乙词]"],
    "NUMBER": ["1", "4"], "TRUTH": ["true"], "DAYS": ["14d", "1y"],
    "DATE": ["2026-05-01", "2026-05-02"], "LANGUAGE": ["en", "ja"],
    "URL": ["https://www.example.org/1", "https://www.example.org/2"],
}
# What a value needs beside it.
BESIDE = {
    "site.moved_to": "state: moved\n", "site.state_note": "state: closed\n",
    "site.archived_on": "state: archived\n",
    "column.replaced_by": "archived_on: 2026-05-01\n",
}


def picture(width, height):
    """A PNG with so much grain that smaller ones are made of it."""
    state, rows = 1, bytearray()
    for _ in range(height):
        rows.append(0)
        for _ in range(width):
            state = state * 1103515245 + 12345 & 0x7fffffff
            rows.append(state >> 16 & 255)

    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) +
            chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))


# Files beside the settings without which nobody sees a value.
FILES = {
    "platform.picture_widths": {
        "content/jyj/news/tu/index.md":
            ("---\ntitle: 图\ntype: news\ndate: 2026-04-04\n"
             "source: 示范市\n---\n![图](tu.png)\n").encode(),
        "content/jyj/news/tu/tu.png": picture(700, 200),
    },
}
# Parts of settings that stand in another row, and files beside the settings:
# reviews and hits have histories of their own (tests/histories).
PARTS = ("link", "block", "editor", "query", "year", "day", "file", "person",
         "hits")

UNSEEN = {
    "column.editors": "who answers for it",
    "column.owner_unit": "who answers for it",
    "column.update_cycle": "for checks",
    "column.show": "the column shows the site's own resources alone",
    "platform.name": "for reports",
    "platform.severity": "says what is an error, not what is shown",
    "platform.attachments": "the city has no such files",
    "site.keywords": "for reports",
    "site.no_services": "for checks",
    "site.units": "the other unit has no resources",
}


def setting_rows():
    """{"column.id": "ID", …}"""
    found = {}
    folder = os.path.join(places.ROOT, "generator", "site")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".c"):
            for table, body in TABLE.findall(places.read(folder, name)):
                for key, kind in ROW.findall(body):
                    found[f"{table}.{key}"] = kind
    return found


def with_line(text, key, lines):
    """A key of the mapping at the left edge, with all that belongs to it."""
    pattern = re.compile(rf"^{key}:.*\n(?:[ -].*\n)*", re.MULTILINE)
    if pattern.search(text):
        return pattern.sub(lambda _: lines, text, count=1)
    return lines + text


def with_column_line(text, key, value):
    head, _, rest = text.partition(COLUMN)
    own = re.split(r"^  - ", COLUMN + rest, maxsplit=1, flags=re.MULTILINE)
    lines = [line for line in own[0].splitlines(True)
             if not re.match(rf"(- |    ){key}:", line)]
    if key == "id":
        lines.insert(0, f"- id: {value}\n")
    else:
        lines.append(f"    {key}: {value}\n")
    tail = "  - " + own[1] if len(own) > 1 else ""
    text = head + "".join(lines) + tail
    if key == "id":
        text = text.replace("{column: news, ", f"{{column: {value}, ")
    return text


def files(schema):
    """A city with something archived, and a theme to change to."""
    base = proof_city.files(schema, ["news", "policy", "service"])
    archived = base["content/jyj/news/b.md"].replace(
        b"\nsource:", b"\narchived_on: 2026-05-01\nsource:")
    return {**base, "content/jyj/news/c.md": archived,
            "themes/own/theme.yaml":
                b'title: own\ntokens: {main: "#010203"}\n'}


def changed(base, path, text):
    return {**base, path: text.encode()}


def setting_change(make, base, name, values):
    table, key = name.split(".")
    path = PLATFORM if table == "platform" else SITE
    text = base[path].decode()
    base = {**base, **FILES.get(name, {})}
    steps = []
    for value in values:
        if table == "column":
            new = with_column_line(text, key, value)
            for line in BESIDE.get(name, "").splitlines():
                new = with_column_line(new, *line.split(": "))
        else:
            new = with_line(text, key, f"{key}: {value}\n")
            for line in BESIDE.get(name, "").splitlines(True):
                new = with_line(new, line.partition(":")[0], line)
        steps.append(changed(base, path, new))
    return make(name, steps)


def setting_changes(make, base):
    for name, kind in setting_rows().items():
        values = VALUES.get(name, BY_KIND.get(kind))
        if name.split(".")[0] in PARTS or values == []:
            continue
        yield setting_change(make, base, name, values)


# --- themes ----------------------------------------------------------------

def own_file(make, base, name, path, text):
    return make(f"{name} {path}",
                [changed(base, f"sites/jyj/theme/{path}", text)])


def string_changes(make, base):
    group = None
    for line in places.read(THEME, "strings.zh-CN.yaml").splitlines():
        found = re.match(r"( *)([\w-]+):(.*)", line)
        if not found:
            continue
        indent, key, value = found.groups()
        if not indent:
            group = None if value.strip() else key
        if not value.strip():
            continue
        text = f"{group}:\n  {key}: 另一说法\n" if group and indent \
            else f"{key}: 另一说法\n"
        yield make(f"string {group or ''}.{key}", [changed(
            base, "sites/jyj/theme/strings.zh-CN.yaml", text)])


def token_changes(make, base):
    group = None
    for line in places.read(THEME, "theme.yaml").splitlines():
        found = re.match(r"( *)([\w-]+):(.*)", line)
        if not found:
            continue
        indent, key, value = found.groups()
        if not indent:
            group = key
        elif value.strip():
            new = '"#010203"' if "#" in value else '"1.25rem"'
            yield make(f"token {group}.{key}", [changed(
                base, "sites/jyj/theme/theme.yaml",
                f"{group}:\n  {key}: {new}\n")])


def template_changes(make, base):
    for name in sorted(os.listdir(os.path.join(THEME, "templates"))):
        text = places.read(THEME, "templates", name)
        yield own_file(make, base, "template", f"templates/{name}",
                       text + "<!-- 甲 -->\n")
    for name in ("style.css", "app.js", "own.css"):
        yield own_file(make, base, "asset", f"assets/{name}", "/* 甲 */\n")


def changes(make, base):
    """{name of a set: its changes}, each set for the same city."""
    return {"settings": list(setting_changes(make, base)),
            "strings": list(string_changes(make, base)),
            "tokens": list(token_changes(make, base)),
            "templates": list(template_changes(make, base))}
