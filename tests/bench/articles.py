"""The articles: which there are, and the text of each.

`plan` gives small rows in the order of their dates; `front_matter` and `body`
make the text of one row. Each depends on the row's number alone, so that a
later version of an article can be written without the others.
"""

import datetime
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
                 "links", "target", "serial")

    @property
    def slug(self):
        return f"t{self.date:%Y%m%d}_{self.number:06d}"

    @property
    def id(self):
        return (f"{self.site['unit']}/{self.column['folder']}/"
                f"{self.date.year}/{self.slug}")

    @property
    def path(self):
        return f"content/{self.id}.md"

    @property
    def title(self):
        return title(self)


def title(row):
    """The title, which neither links nor versions change."""
    chance = random.Random(SEED * 7 + row.number)
    work = chance.choice(words.WORKS)
    name = row.site["name"]
    if row.kind == "news":
        return chance.choice([
            f"{name}部署{work}工作", f"{chance.choice(words.PLACES)}{work}见成效",
            f"全市{work}现场会在{chance.choice(words.PLACES)}召开",
            f"{name}赴{chance.choice(words.PLACES)}调研{work}",
            f"{work}惠及更多{chance.choice(words.GROUPS)}"])
    if row.kind == "notice":
        return f"{name}关于做好{row.date.year}年{work}有关事项的" + \
            chance.choice(["通知", "公告", "公示"])
    if row.kind == "policy":
        return f"{name}关于印发《示范市{work}" + \
            chance.choice(["管理办法", "实施方案", "若干措施"]) + "》的通知"
    if row.kind == "interpretation":
        return f"{work}政策解读"
    if row.kind == "service":
        return f"{work}事项申请（{chance.choice(words.GROUPS)}）"
    if row.kind == "organ":
        return f"{name}机构职能"
    return f"{name}{row.column['name']}（{row.date.year}年）"


def choose(chance, site, seen):
    """A leaf of the site; each gets one article before the shares count."""
    owned = [(path, column) for path, column in city.leaves(site["columns"])
             if "folder" in column]
    if seen < len(owned):
        return owned[seen]
    return chance.choices(owned, [c["share"] for _, c in owned])[0]


def plan(count):
    """The rows of a library of `count` articles, oldest first."""
    chance = random.Random(SEED)
    sites = city.sites()
    weights = [site["weight"] for site in sites]
    seen = {site["id"]: 0 for site in sites}
    known = {site["id"]: {} for site in sites}
    minutes = int((LAST_DAY - FIRST_DAY).total_seconds()) // 60
    least = sum(1 for site in sites for _, column
                in city.leaves(site["columns"]) if "folder" in column)
    rows = []

    if count < least:
        raise SystemExit(f"at least {least} articles: one a column")
    first = [site for site in sites for _, column
             in city.leaves(site["columns"]) if "folder" in column]
    for number in range(count):
        site = first[number] if number < least else \
            chance.choices(sites, weights)[0]
        row = Row()
        row.number = number
        row.site = site
        row.column_path, row.column = choose(chance, site, seen[site["id"]])
        row.kind = row.column["kind"]
        row.date = FIRST_DAY + datetime.timedelta(
            minutes=minutes * number // count)
        seen[site["id"]] += 1
        row.serial = seen[site["id"]]
        connect(row, known[site["id"]], known["www"], chance)
        known[site["id"]].setdefault(row.kind, []).append(row)
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
        pool = chance.choice((own, own, portal))
        older = pool.get(chance.choice(LINK_KINDS))
        if older:
            row.links.append(older[-1 - chance.randrange(
                min(len(older), 200))])


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
        chance = random.Random(SEED * 3 + row.number * 64 + number)
        text += "\n" + words.sentence(chance) + "\n"
    return text


def keywords(row):
    chance = random.Random(SEED * 11 + row.number)
    return [row.column["name"]] + chance.sample(words.WORKS, 2)


def summary(row):
    return words.sentence(random.Random(SEED * 13 + row.number))


def front_matter(row):
    """The front matter with every field that its type needs."""
    day = f"{row.date:%Y-%m-%d}"
    yield f"title: {row.title}"
    yield f"date: {row.date:%Y-%m-%d %H:%M}"
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
        end = row.date + datetime.timedelta(days=7)
        yield f"valid_from: {day}"
        yield f"valid_to: {end:%Y-%m-%d}"
        yield "objection_channel: 公示期间可以到公示单位办公室当面或者书面反映"


def policy_fields(row, day):
    written = row.date - datetime.timedelta(days=3)
    yield (f"doc_no: {row.site['word']}发〔{row.date.year}〕"
           f"{row.serial}号")
    yield f"written_on: {written:%Y-%m-%d}"
    yield f"effective_on: {day}"
    yield "validity: 有效"
    yield "policy_kind: 政策性文件"


def interpretation_fields(row, _):
    yield f"interprets: {row.target.id}"
    yield "form: 文字"
    yield "product_kind: material"


def service_fields(row, _):
    chance = random.Random(SEED * 17 + row.number)
    legal = chance.choice([10, 15, 20, 30])
    yield "service_kind: 公共服务"
    yield "legal_basis: 《示范市政务服务管理办法》第十二条、第十五条"
    yield f"conditions: 在本市居住或者经营，需要办理{chance.choice(words.WORKS)}的申请人。"
    yield "materials:"
    for name in chance.sample(words.GOODS, 3):
        yield (f"  - {{name: {name}, basis: 《示范市政务服务管理办法》, "
               "format: 电子表单, copies: 1, paper: 电子, "
               "notes: 在线填写，不需提交复印件。}")
    yield "steps:"
    yield "  - 申请人通过网上平台或者服务窗口提出申请。"
    yield f"  - 受理单位在{chance.randint(1, 5)}个工作日内审核材料。"
    yield "  - 作出决定并送达结果。"
    yield f"legal_days: {legal}"
    yield f"promised_days: {legal // 2}"
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
