"""The cities of proof.py, a small one for each type: its column has two
resources, one that stays as it is and one that every change is made to; and the
changes of fields, from the rows that `jiyue schema` prints."""

import re

PLATFORM = """name: 示范平台
portal: www
page_size: 2
feed_size: 3
"""
SITE = """kind: {kind}
name: 示范市{name}
domain: {name}.example.cn
identity_code: "61990000{number}"
sponsor: 示范市{name}
phone: "0000-0000000"
icp: 示ICP备{number}号
police_record: 示公网安备{number}号
description: 网站说明
units: [{name}]
"""
COLUMN = """{indent}- id: {id}
{indent}  name: 栏目{id}
{indent}  class: other
{indent}  description: 栏目说明
{indent}  keywords: [栏目]
{indent}  owner_unit: 办公室
{indent}  editors: {{a: 甲岗, b: 乙岗}}
"""

BODY = """
## 一节

[外部](https://www.example.com/)、[另一处](https://www.example.org/)。[^1]

<iframe src="https://player.example.org/1"></iframe>

> [!NOTE]
> 提示。

- [x] 已办

| 甲 | 乙 |
| - | - |
| 1 | 2 |

[^1]: 脚注。
"""

HOLIDAYS = """basis: 通知
confidence: P
holidays: [{{name: 节, from: {}}}]
"""

# Fields whose own values the schema cannot know: what they lead to, what a rule
# compares them with.
NEWS = "jyj/news/b"
VALUES = {
    "type": ["profile", "news"],
    "id": ["jyj/proof/one", "jyj/proof/two"],
    "aliases": ["[/old/1.html]", "[/old/1.html, /old/2.html]"],
    "doc_no": ["示政发〔2024〕2号", "示政发〔2024〕3号"],
    "lang": ["en", "ja"],
    # a file of the library, which this city has none of
    "attachments": ["[]", "[]"],
    "channels": ["[{name: 在线填写, url: https://www.example.org/1}]",
                 "[{name: 在线填写, url: https://www.example.org/2}]"],
    "banner": [f"https://www.example.org/{name}.svg" for name in "ab"],
    "replaced_by": [NEWS, "https://www.example.org/new.html"],
    "interprets": ["[jyj/policy/a]", "[jyj/policy/a, jyj/policy/b]"],
    "translation_of": ["jyj/news/a", NEWS],
    "feedback_id": ["jyj/news/a", NEWS],
    "activities": ["[jyj/news/a]", f"[{NEWS}]"],
    "from_messages": ["[jyj/message/a]", "[jyj/message/b]"],
    "topic": ["科技、教育", "卫生、体育"],
    "status": ["withdrawn", "published"],
    "written_on": ["2024-01-02", "2024-01-03"],
    "approved_on": ["2026-02-20", "2026-02-21"],
    "opens_on": ["2026-03-02", "2026-03-03"],
    "seen_at": ["2026-03-02 10:00", "2026-03-02 11:00"],
    "asked_at": ["2026-03-02 10:15", "2026-03-02 11:15"],
    "sites_checked": ["13", "14"],
    "received": ["42", "43"],
    "items_total": ["320", "321"],
    "legal_days": ["20", "30"],
    "relations": [f"{{{kind}: [{NEWS}]}}" for kind in (
        "interprets", "interpreted_by", "basis", "replaces", "replaced_by",
        "amends", "translation_of", "feedback_of", "about_service")],
}
# Other types that are needed beside one.
NEIGHBOURS = {"interpretation": ["policy"], "qa": ["policy", "message"],
              "hot_response": ["policy"], "service": ["policy"]}
# More lines that make a variant right, beside those that the rules ask for.
BESIDE = {"pin_until": "pin: true\n"}
# What a value that stands in the way becomes.
FREE = {"offline_kind": "临时"}
# How a home page shows the column of a type.
HOME = {"news": "lead", "service": "services", "policy": "policies",
        "topic_site": "topics", "profile": "profile"}
ADDRESSES = ["https://www.example.org/1", "https://www.example.org/2"]

RECORD = "for the record of who answers for it"
REPORT = "for checks and reports"
ALONE = "only beside another field"
SEARCHED = "what columns select by, and this city's do not"
LATER_PAGE = "its type's page does not show it yet"
UNSEEN = {
    **dict.fromkeys(("news.consulted_units", "news.image_rights",
                     "news.reviews", "news.secrecy_review", "news.owner_site",
                     "foreign_page.checked_by",
                     "foreign_page.source_version"), RECORD),
    **dict.fromkeys(("news.imported", "news.review_by", "news.sharing",
                     "news.placements", "message.valid",
                     "policy.major"), REPORT),
    **dict.fromkeys(("news.pin_until", "leader.appointed_on",
                     "leader.left_on"), ALONE),
    **dict.fromkeys(("news.audience", "news.region"), SEARCHED),
    **dict.fromkeys(("news.withdrawn_on", "news.withdrawn_reason"),
                    "of texts that were taken down: histories/withdrawn.txt"),
    "news.publish_at": "that day has passed already",
    "news.body_form": "of official letters, which these texts are not",
    **dict.fromkeys(("platform.security_contact", "platform.addresses",
                     "platform.name_servers",
                     "platform.certificate_issuers"),
                    "for the configuration of servers"),
    **dict.fromkeys(("site.contact_changed_on", "site.contact_entered_on"),
                    "for the register of domains"),
    "news.extra": "for themes that ask for it",
    **dict.fromkeys(("news.genre", "news.weight",
                     "news.attachments", "leader.order",
                     "topic_site.home_slot"),
                    LATER_PAGE),
}


def resolve(schema, row):
    while "$ref" in row:
        row = schema["definitions"][row["$ref"].rsplit("/", 1)[-1]]
    return row


def types_of(schema):
    return {name.partition(".")[2]: row
            for name, row in schema["definitions"].items()
            if name.startswith("type.")}


# --- values ----------------------------------------------------------------

def scalars(key, value):
    """Two values of one kind, as YAML."""
    pattern = value.get("pattern", "")
    if "enum" in value:
        return [item for item in value["enum"] if isinstance(item, str)][:2]
    if "[ T]" in pattern:
        return ["2026-05-03 09:00", "2026-05-04 10:30"]
    if "{4}-" in pattern:
        return ["2026-05-03", "2026-05-04"]
    if value.get("type") == ["integer", "string"]:
        return ["3", "4"]
    if pattern.startswith("^\\S"):
        return ADDRESSES
    if pattern:  # of an id in a record
        return ["one", "two"]
    return [f"甲{key}", f"乙{key}"]


def record_text(parts, values):
    return "{" + ", ".join(f"{key}: {values[key]}" for key in parts) + "}"


def records(value):
    """All parts of one record, then each of them alone with another value."""
    rows = value["properties"]
    both = {part: kinds_of_value(part, resolve_any(row))
            for part, row in rows.items()}
    first = {part: two[0] for part, two in both.items()}
    found = [record_text(rows, first)]
    for part, two in both.items():
        found.append(record_text(rows, {**first, part: two[1]}))
    return found


def resolve_any(row):
    return row["anyOf"][0] if "anyOf" in row else row


def kinds_of_value(key, value):
    if "anyOf" in value:  # a text or a list of texts
        return [f"[{text}]" for text in scalars(key, value["anyOf"][0])]
    if value.get("type") == "array":
        return [f"[{text}]" for text in records(value["items"]["anyOf"][0])]
    if value.get("type") == "object":
        return records(value)
    if not value:
        return ["{note: 甲}", "{note: 乙}"]
    return scalars(key, value)


def variants(key, value):
    return VALUES.get(key) or kinds_of_value(key, value)


# --- the city --------------------------------------------------------------

def example(schema, row, key):
    field = resolve(schema, row["properties"][key])
    return VALUES.get(key, field.get("examples") or variants(
        key, resolve_any(field)))[0]


def rules_of(row):
    """What a value asks of other fields; that two keys are the same field is
    no such rule."""
    return [rule for rule in row["allOf"]
            if isinstance(rule, dict) and "if" in rule]


def needed(row, key, value):
    """The fields that the rules of a type ask for beside this value."""
    found = []
    for rule in rules_of(row):
        if "required" not in rule["then"]:
            continue
        wanted = rule["if"]["properties"].get(key)
        if wanted and value in wanted.get("enum", [value]):
            found += rule["then"]["required"]
    return found


def lines_of(schema, row, key, value):
    """The field with what it needs."""
    lines = f"{key}: {value}\n" + BESIDE.get(key, "")
    return lines + "".join(
        f"{other}: {example(schema, row, other)}\n"
        for other in needed(row, key, value))


def required(row):
    """The keys that a resource of the type must have; of those that are the
    same field the last, which is the type's own."""
    return row["required"] + [rule["anyOf"][-1]["required"][0]
                              for rule in row["allOf"]
                              if isinstance(rule, dict) and "anyOf" in rule]


def required_text(schema, row):
    """Lines of the fields that a resource of the type must have."""
    return "".join(lines_of(schema, row, key, example(schema, row, key))
                   for key in required(row)
                   if key not in ("title", "type", "date", "source"))


def resource_text(name, letter, more, day=1):
    return (f"---\ntitle: {name}{letter}\ntype: {name}\n"
            f"date: 2026-04-0{day} 09:00\nsource: 示范市\n{more}---\n"
            f"正文{letter}。\n" + BODY)


def site_text(name, kind, number, columns, home=""):
    return (SITE.format(kind=kind, name=name, number=number) + home +
            "columns:\n" + "".join(columns))


def column_text(name, more="", indent="  "):
    return COLUMN.format(id=name.replace("_", "-"), indent=indent) + "".join(
        f"{indent}  {line}\n" for line in more.splitlines())


def home_text(blocks):
    return "home:\n" + "".join(f"  - {{column: {column}, as: {kind}}}\n"
                               for column, kind in blocks)


def files(schema, names):
    own = [column_text(name, f"select: {{unit: jyj, type: {name}}}")
           for name in names]
    shown = [column_text("copies", "select: {unit: jyj, type: " + names[0] +
                         "}\nshow: copy"),
             column_text("listed", "select: {unit: jyj}")]
    blocks = [(name.replace("_", "-"), HOME.get(name, "list"))
              for name in names]
    found = {
        "sites/platform.yaml": PLATFORM,
        "sites/www/site.yaml": site_text("www", "portal", "01", shown,
                                         home_text([("listed", "list")])),
        "sites/jyj/site.yaml": site_text("jyj", "department", "02", own,
                                         home_text(blocks)),
    }
    for name in names:
        more = required_text(schema, types_of(schema)[name])
        other = more.replace("〔2024〕2号", "〔2024〕9号")
        found[f"content/jyj/{name}/a.md"] = resource_text(name, "甲", more, 2)
        found[f"content/jyj/{name}/b.md"] = resource_text(name, "乙", other)
    return {path: text.encode() for path, text in found.items()}


def names_for(name):
    """The types of the city in which a type is tried."""
    return list(dict.fromkeys([name, "news", *NEIGHBOURS.get(name, [])]))


# --- changes ---------------------------------------------------------------

def with_field(text, key, lines):
    """The front matter with these lines for the key, in its place or new;
    what they give otherwise goes."""
    for given in re.findall(r"^(\w+):", lines, re.MULTILINE):
        if given != key:
            text = re.sub(rf"^{given}: .*\n", "", text, flags=re.MULTILINE)
    pattern = re.compile(rf"^{key}: .*\n", re.MULTILINE)
    if pattern.search(text):
        return pattern.sub(lambda _: lines, text, count=1)
    return text.replace("\n---\n", f"\n{lines}---\n", 1)


def excluded(row, key, value):
    """The fields that may not stand beside this value."""
    found = []
    for rule in rules_of(row):
        if "not" not in rule["then"]:
            continue
        wanted = rule["if"]["properties"].get(key)
        if wanted and value in wanted.get("enum", [value]):
            found += rule["then"]["not"]["required"]
    return found


def make_room(row, text, key):
    """Another value for what forbids the field that is to come: 永久 → 临时."""
    for rule in rules_of(row):
        if "not" not in rule["then"] or \
                key not in rule["then"]["not"]["required"]:
            continue
        for other, wanted in rule["if"]["properties"].items():
            row_of = FREE.get(other)
            if row_of and re.search(rf"^{other}: ({'|'.join(wanted['enum'])})$",
                                    text, re.MULTILINE):
                text = with_field(text, other, f"{other}: {row_of}\n")
    return text


def change_of(make, base, schema, name, key):
    row = types_of(schema)[name]
    path = f"content/jyj/{name}/a.md"
    text = make_room(row, base[path].decode(), key)
    steps = []
    for value in variants(key, resolve_any(resolve(
            schema, row["properties"][key]))):
        changed = with_field(text, key, lines_of(schema, row, key, value))
        for other in excluded(row, key, value):
            changed = re.sub(rf"^{other}: .*\n", "", changed,
                             flags=re.MULTILINE)
        if changed.encode() != base[path]:
            steps.append({**base, path: changed.encode()})
    return make(f"{name}.{key}", steps)


def field_changes(make, base, schema, name):
    """Of one type; those that all types have are tried on news."""
    types = types_of(schema)
    for key in types[name]["properties"]:
        if name == "news" or key not in types["news"]["properties"]:
            yield change_of(make, base, schema, name, key)
    if name == "news":
        for key in ("publish_at", "expires_on", "archived_on", "pin_until"):
            yield passing(make, base, name, key)
    if name == "message":
        yield make("message.holidays", [
            {**base, "sites/holidays/2026.yaml": HOLIDAYS.format(days).encode()}
            for days in ("2026-03-03", "2026-03-03, to: 2026-03-04")])
    if name == "policy":
        yield passing(make, base, name, "valid_until")


def passing(make, base, name, key):
    """A day that is ahead, and then behind."""
    path = f"content/jyj/{name}/a.md"
    text = with_field(base[path].decode(), key,
                      f"{key}: 2026-07-01\n" + BESIDE.get(key, ""))
    return make(f"a day: {key}", [{**base, path: text.encode()}], True)
