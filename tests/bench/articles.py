"""The articles: which there are, and the text of each.

`plan` gives small rows in the order of their dates; `front_matter` and `body`
make the text of one row. Each depends on the row alone, so that a later
version of an article can be written without the others.
"""

import datetime
import itertools
import random

import city
import words

SEED = 20240913
FIRST_DAY = datetime.datetime(2019, 1, 2, 9, 0)
LAST_DAY = datetime.datetime(2026, 6, 29, 17, 0)

# What an article of each kind may link to, and how often it does.
LINK_KINDS = ("policy", "notice", "news", "service")
LINK_SHARE = 0.45


class Row:
    """One article: its place in the library and in the city."""

    __slots__ = ("number", "site", "column", "column_path", "kind", "date",
                 "links", "target", "serial", "work", "title")

    @property
    def slug(self):
        date = self.date
        return f"t{date.year}{date.month:02}{date.day:02}_{self.number:06}"

    @property
    def id(self):
        return (f"{self.site['unit']}/{self.column['folder']}/"
                f"{self.date.year}/{self.slug}")

    @property
    def path(self):
        return f"content/{self.id}.md"


class Unit:
    """What one site has published so far."""

    def __init__(self, site):
        self.leaves = [(path, column)
                       for path, column in city.leaves(site["columns"])
                       if "folder" in column]
        self.shares = list(itertools.accumulate(
            column["share"] for _, column in self.leaves))
        self.seen = 0
        self.by_kind = {}

    def choose(self, chance):
        """A leaf; each gets one article before the shares count."""
        self.seen += 1
        if self.seen <= len(self.leaves):
            return self.leaves[self.seen - 1]
        return chance.choices(self.leaves, cum_weights=self.shares)[0]

    def add(self, row):
        self.by_kind.setdefault(row.kind, []).append(row)


def title(row, chance):
    """The title, which no version changes."""
    name = row.site["name"]
    work = row.work
    if row.kind == "news":
        place = words.pick(chance, words.PLACES)
        return words.pick(chance, (
            f"{name}部署{work}工作", f"{place}{work}见成效",
            f"全市{work}现场会在{place}召开", f"{name}赴{place}调研{work}",
            f"{work}惠及更多{words.pick(chance, words.GROUPS)}"))
    if row.kind == "notice":
        return (f"{name}关于做好{row.date.year}年{work}有关事项的"
                + words.pick(chance, ("通知", "公告", "公示")))
    if row.kind == "policy":
        return (f"{name}关于印发《示范市{work}"
                + words.pick(chance, ("管理办法", "实施方案", "若干措施"))
                + "》的通知")
    if row.kind == "interpretation":
        return f"{work}政策解读"
    if row.kind == "service":
        return f"{work}事项申请（{words.pick(chance, words.GROUPS)}）"
    if row.kind == "organ":
        return f"{name}机构职能"
    return f"{name}{row.column['name']}（{row.date.year}年）"


def plan(count):
    """The rows of a library of `count` articles, oldest first."""
    chance = random.Random(SEED)
    sites = city.sites()
    weights = list(itertools.accumulate(site["weight"] for site in sites))
    units = {site["id"]: Unit(site) for site in sites}
    minutes = int((LAST_DAY - FIRST_DAY).total_seconds()) // 60
    first = [site for site in sites for _ in units[site["id"]].leaves]
    rows = []

    if count < len(first):
        raise SystemExit(f"at least {len(first)} articles: one a column")
    for number in range(count):
        row = Row()
        row.number = number
        row.site = first[number] if number < len(first) else \
            chance.choices(sites, cum_weights=weights)[0]
        unit = units[row.site["id"]]
        row.column_path, row.column = unit.choose(chance)
        row.kind = row.column["kind"]
        row.date = FIRST_DAY + datetime.timedelta(
            minutes=minutes * number // count)
        row.serial = unit.seen
        row.work = words.pick(chance, words.WORKS)
        row.title = title(row, chance)
        connect(row, unit.by_kind, units["www"].by_kind, chance)
        unit.add(row)
        rows.append(row)
    return rows


def connect(row, own, portal, chance):
    """Chooses what the article links to: rows that are older."""
    row.links = []
    row.target = None
    if row.kind == "interpretation":
        row.target = own["policy"][-1]
        row.links.append(row.target)
    if chance.random() < LINK_SHARE:
        pool = words.pick(chance, (own, own, portal))
        older = pool.get(words.pick(chance, LINK_KINDS))
        if older:
            row.links.append(older[-words.between(
                chance, 1, min(len(older), 200))])


def link_address(row, target):
    """The path from one article's file to another's."""
    if row.site is target.site:
        if row.column is target.column:
            return f"../{target.date.year}/{target.slug}.md"
        return (f"../../{target.column['folder']}/"
                f"{target.date.year}/{target.slug}.md")
    return (f"../../../{target.site['unit']}/{target.column['folder']}/"
            f"{target.date.year}/{target.slug}.md")


def body(row, version=0):
    """The Markdown below the front matter; versions add a sentence."""
    chance = random.Random(SEED + row.number)
    links = [(other.title, link_address(row, other)) for other in row.links]
    text = words.body(chance, row.kind, links)
    for number in range(version):
        text += "\n" + words.sentence(row.number + number + 1) + "\n"
    return text


def keywords(row):
    other = words.WORKS[row.number % len(words.WORKS)]
    return [row.column["name"], row.work,
            other if other != row.work else "便民服务"]


def summary(row):
    return words.sentence(row.number)


def front_matter(row):
    """The front matter with every field that its type needs."""
    day = row.date.date().isoformat()
    yield f"title: {row.title}"
    yield f"date: {day} {row.date.hour:02}:{row.date.minute:02}"
    yield (f"index_no: 619900{row.site['number']:04d}/"
           f"{row.date.year}-{row.serial:05d}")
    yield f"summary: {summary(row)}"
    yield f"keywords: [{', '.join(keywords(row))}]"
    yield f"topic: '{words.TOPICS[row.number % len(words.TOPICS)]}'"
    yield from KIND_FIELDS[row.kind](row, day)


def news_fields(_, day):
    yield f"event_date: {day}"


def notice_fields(row, day):
    yield "notice_kind: " + ("公示" if row.title.endswith("公示") else "通知")
    if row.title.endswith("公示"):
        end = row.date.date() + datetime.timedelta(days=7)
        yield f"valid_from: {day}"
        yield f"valid_to: {end}"
        yield "objection_channel: 公示期间可以到公示单位办公室当面或者书面反映"


def policy_fields(row, day):
    written = row.date.date() - datetime.timedelta(days=3)
    yield (f"doc_no: {row.site['word']}发〔{row.date.year}〕"
           f"{row.serial}号")
    yield f"written_on: {written}"
    yield f"effective_on: {day}"
    yield "validity: 有效"
    yield "policy_kind: 政策性文件"
    yield "major: false"


def interpretation_fields(row, _):
    yield f"interprets: {row.target.id}"
    yield "form: 文字"
    yield "product_kind: material"


def service_fields(row, _):
    legal = (10, 15, 20, 30)[row.number % 4]
    yield "service_kind: 公共服务"
    yield "legal_basis: 《示范市政务服务管理办法》第十二条、第十五条"
    yield f"conditions: 在本市居住或者经营，需要办理{row.work}的申请人。"
    yield "materials:"
    for number in range(row.number, row.number + 3):
        name = words.GOODS[number % len(words.GOODS)]
        yield (f"  - {{name: {name}, basis: 《示范市政务服务管理办法》, "
               "format: 电子表单, copies: 1, paper: 电子, "
               "notes: 在线填写，不需提交复印件。}")
    yield "steps:"
    yield "  - 申请人通过网上平台或者服务窗口提出申请。"
    yield f"  - 受理单位在{row.number % 5 + 1}个工作日内审核材料。"
    yield "  - 作出决定并送达结果。"
    yield f"legal_days: {legal}"
    yield f"promised_days: {legal // 2}"
    yield f"themes: [{row.work}]"
    yield "audience: [" + (row.column["audience"] or "自然人") + "]"
    yield "online: true"
    yield "online_level: 全程网办"
    yield f"online_url: https://zwfw.shifan.gov.cn/item/{row.number}"
    yield f"unit: {row.site['name']}"


def profile_fields(row, _):
    yield f"data_year: {row.date.year}"


def organ_fields(row, _):
    yield f"duties: 负责{row.site['name']}职责范围内的{words.WORKS[row.number % 40]}工作。"
    yield f"address: 示范市政务大道{row.site['number']}号"
    yield f'phone: "(0000) 1200 {row.site["number"]:04d}"'


KIND_FIELDS = {
    "news": news_fields, "notice": notice_fields, "policy": policy_fields,
    "interpretation": interpretation_fields, "service": service_fields,
    "profile": profile_fields, "organ": organ_fields,
}


def source(row, version=0):
    """The whole file as it stands in the library."""
    head = "\n".join(front_matter(row))
    return f"---\n{head}\n---\n{body(row, version)}"


def defaults(site):
    """(path, text) of the _defaults.yaml files of a unit."""
    unit, name, code = site["unit"], site["name"], f"{site['number']:04d}"
    own = {
        "notice": f'contact_unit: {name}办公室\n'
                  f'contact_phone: "(0000) 1200 {code}"\n',
        "policy": f"issuer: {name}\ngenre: 通知\n",
        "interpretation": f"interpreter_unit: {name}\n",
        "service": "places:\n  - 示范市便民路2号市政务服务中心二楼服务窗口\n"
                   "office_hours: 工作日9:00—12:00，13:30—17:00\n"
                   f'phones: "(0000) 1200 {code}"\nfees: 不收费\n',
    }
    yield f"content/{unit}/_defaults.yaml", (
        f"source: {name}\npublisher: {name}\neditor: 网站编辑岗\n"
        "origin: original\nlang: zh-CN\ndisclosure: 主动公开\n"
        "sharing: 无条件\n")
    for _, column in city.leaves(site["columns"]):
        if "folder" in column:
            kind = column["kind"]
            yield (f"content/{unit}/{column['folder']}/_defaults.yaml",
                   f"type: {kind}\n{own.get(kind, '')}")
