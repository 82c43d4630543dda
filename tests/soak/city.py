"""A small city as Python data, and as the files of its library.

A City is plain lists and dicts, so that an edit is one assignment and a copy
is a whole revision. files() writes it out as the library's files; JSON is
YAML, so settings and front matter are written as JSON, a line a key.
"""

import copy
import json
import os

import places

THEME = os.path.join(places.ROOT, "themes", "default")

# (id, kind, unit) of the sites; the name stands for both.
SITES = [("www", "portal", "szf"), ("jyj", "department", "jyj"),
         ("rsj", "department", "rsj"), ("dsjj", "department", "dsjj"),
         ("wlj", "department", "wlj"), ("sfx", "county", "sfx")]
WORDS = ["招生", "就业", "数据", "开放", "文化", "旅游", "社保", "防汛",
         "入学", "培训", "共享", "示范", "检查", "服务", "便民", "改革"]
TYPES = ["news", "notice", "policy", "interpretation", "service", "profile",
         "topic_site", "message"]

# What each type must have beside title, date and source.
REQUIRED = {
    "news": {},
    "notice": {"notice_kind": "公告"},
    "policy": {"issuer": ["示范市人民政府"], "doc_no": "示政发〔2024〕1号",
               "written_on": "2023-12-29", "validity": "有效",
               "policy_kind": "行政规范性文件", "major": False,
               "topic": "综合政务", "disclosure": "主动公开"},
    "interpretation": {"form": "文字", "product_kind": "material",
                       "interpreter_unit": "示范市政府办"},
    "service": {"service_kind": "公共服务", "legal_basis": ["《示范条例》"],
                "conditions": ["无"], "materials": ["申请表"],
                "places": ["窗口一"], "office_hours": "工作日",
                "phones": ["0000-0000000"], "steps": ["申请", "办结"],
                "legal_days": 20, "promised_days": 5, "fees": "不收费",
                "unit": "示范市某局", "online": False,
                "audience": ["自然人"], "themes": ["教育"]},
    "profile": {},
    "topic_site": {"opened_on": "2024-01-02",
                   "banner": "https://www.example.org/banner.svg"},
    "message": {"message_no": "2024010001", "message_kind": "咨询",
                "question": "如何办理？", "asked_at": "2024-01-02 09:00",
                "state": "待受理", "valid": True, "public": True},
}


def column(name, title, **more):
    found = {"id": name, "name": title, "class": "other",
             "description": title + "栏目", "keywords": [title],
             "owner_unit": "办公室", "editors": {"a": "甲岗", "b": "乙岗"}}
    found.update(more)
    return found


class Resource:
    """One Markdown file, and the files beside it when it is an index.md."""

    def __init__(self, front, body, files=None):
        self.front = front
        self.body = body
        self.files = files or {}

    def text(self):
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}"
                 for key, value in self.front.items()]
        return "---\n" + "\n".join(lines) + "\n---\n" + self.body


class City:
    def __init__(self):
        self.platform = {}
        self.sites = {}      # id: settings
        self.resources = {}  # path of the .md below content/: Resource
        self.defaults = {}   # folder below content/: front matter
        self.others = {}     # path: text, for themes and for mistakes
        self.reviews = []    # (role, mail, path) that the next commit says

    def copy(self):
        return copy.deepcopy(self)

    def files(self):
        """Path and bytes of every file of the library."""
        found = {"sites/platform.yaml": settings(self.platform)}
        for name, site in self.sites.items():
            found[f"sites/{name}/site.yaml"] = settings(site)
        for folder, front in self.defaults.items():
            found[f"content/{folder}/_defaults.yaml"] = settings(front)
        for path, resource in self.resources.items():
            found["content/" + path] = resource.text()
            for name, text in resource.files.items():
                found["content/" + os.path.dirname(path) + "/" + name] = text
        found.update(self.others)
        return {path: text if isinstance(text, bytes) else text.encode()
                for path, text in found.items()}

    def domains(self):
        return {name: site.get("domain", "")
                for name, site in self.sites.items()}

    def columns(self, site):
        """(list it stands in, place in it, path) of every column."""
        found = []

        def walk(items, above):
            for place, item in enumerate(items):
                path = above + str(item["id"])
                found.append((items, place, path))
                walk(item.get("columns", []), path + "/")

        walk(self.sites[site]["columns"], "")
        return found


def settings(values):
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
                   for key, value in values.items())


def identifier(path):
    """The id of the resource at this path."""
    return path[:-len("/index.md" if path.endswith("/index.md") else ".md")]


def theme_text(name):
    return places.read(THEME, name)


# --- the city that every history begins with -------------------------------

def make_site(name, kind, unit, rows=None):
    title = "示范" + name
    columns = [
        column("gzdt", "工作动态", **{"class": "news"},
               select={"unit": unit, "type": "news"}),
        column("tzgg", "通知公告", **{"class": "notice"},
               select={"unit": unit, "type": "notice"}),
        column("gk", "政务公开", columns=[
            column("zcwj", "政策文件", **{"class": "policy"},
                   select={"unit": unit, "type": "policy"}),
            column("zcjd", "政策解读", **{"class": "interpretation"},
                   select={"unit": unit, "type": "interpretation"}),
            column("gaikuang", "概况", layout="page",
                   select={"unit": unit, "type": "profile"})]),
        column("bsfw", "办事服务", **{"class": "service"}, layout="services",
               select={"unit": unit, "type": "service"}),
        column("ly", "留言", **{"class": "message"}, statistics=True,
               facets=True, select={"unit": unit, "type": "message"}),
        column("zt", "专题", **{"class": "topic"}, layout="topics",
               select={"unit": unit, "type": "topic_site"})]
    if kind == "portal":
        others = [other for _, _, other in rows or SITES if other != unit]
        columns.append(column("bmdt", "部门动态",
                              select={"unit": others, "type": "news"}))
        columns.append(column("zhuanzai", "转载", show="copy",
                              select={"unit": others, "keyword": "示范"}))
    return {
        "kind": kind, "name": title, "short_name": name.upper(),
        "domain": name + ".example.cn", "identity_code": "6199000001",
        "state": "live", "units": [unit], "sponsor": title,
        "phone": "0000-0000000", "icp": "示ICP备00000001号",
        "police_record": "示公网安备00000001号", "description": title,
        "links": [{"name": "外部", "url": "https://www.example.org/"}],
        "home": [{"column": "gzdt", "as": "lead", "limit": 3},
                 {"column": "gk/zcwj", "as": "policies", "limit": 3},
                 {"column": "bsfw", "as": "services", "limit": 4},
                 {"column": "zt", "as": "topics", "limit": 2}],
        "columns": columns}


def title(rng):
    return "".join(rng.sample(WORDS, 3)) + str(rng.randrange(100))


def date(rng, first=2024, last=2025):
    return (f"{rng.randint(first, last)}-{rng.randint(1, 12):02}-"
            f"{rng.randint(1, 28):02} {rng.randint(0, 23):02}:00")


def early_date(rng):
    """Before every --as-of of a history but a few."""
    return f"2024-0{rng.randint(1, 3)}-{rng.randint(1, 28):02} 09:00"


def is_steady(resource):
    """Is it there on every date, so that a link to it is no mistake?"""
    return resource.front.get("date", "") < "2024-04" and not \
        {"status", "publish_at", "expires_on"} & set(resource.front)


def answer(rng, front):
    """Answers the message at some time, or asks another time."""
    asked = f"2023-{rng.randint(6, 12):02}-{rng.randint(1, 28):02}"
    front["asked_at"] = asked + " 09:00"
    front["state"] = "已答复"
    front["answered_at"] = f"2024-01-{rng.randint(1, 28):02} 10:00"
    front["answer_unit"] = "示范" + rng.choice(WORDS)
    front["answer"] = "可以。"


def make_front(rng, city, kind):
    day = early_date(rng) if rng.random() < 0.8 else date(rng)
    front = {"title": title(rng), "type": kind, "date": day,
             "keywords": rng.sample(WORDS, 2)}
    front.update(copy.deepcopy(REQUIRED[kind]))
    if kind == "policy":
        front["doc_no"] = f"示政发〔2024〕{rng.randint(1, 99)}号"
    if kind == "interpretation":
        policies = [path for path, other in sorted(city.resources.items())
                    if other.front.get("type") == "policy"]
        front["interprets"] = [identifier(rng.choice(policies))]
    if kind == "topic_site":
        front["sections"] = [{"name": word, "keyword": word}
                             for word in rng.sample(WORDS, 2)]
        front["intro"] = "专题说明。"
    if kind == "message" and rng.random() < 0.6:
        answer(rng, front)
    if rng.random() < 0.3:
        front["summary"] = "摘要" + title(rng)
    if kind in ("news", "notice") and day < "2024-04" and rng.random() < 0.2:
        front["expires_on"] = date(rng)[:10].replace("2024-0", "2025-0")
    return front


def link_to(rng, city, path):
    """A link from the resource at `path` to another, by path or by id."""
    steady = [other for other, resource in sorted(city.resources.items())
              if is_steady(resource)]
    other = rng.choice(steady or sorted(city.resources))
    if rng.random() < 0.5:
        return f"[另见](id:{identifier(other)})"
    return f"[另见]({os.path.relpath(other, os.path.dirname(path))})"


def make_body(rng, city, path, files):
    parts = [title(rng) + "。" for _ in range(rng.randint(1, 4))]
    if city.resources and rng.random() < 0.25:
        parts.append(link_to(rng, city, path))
    if rng.random() < 0.1:
        parts.append("[地图](/sitemap.html)")
    if rng.random() < 0.2:
        parts.append("## " + title(rng) + "\n\n| 甲 | 乙 |\n| - | - |\n"
                     "| 1 | 2 |")
    for name in files:
        mark = "!" if name.endswith((".png", ".svg")) else ""
        parts.append(f"{mark}[附件{name}]({name})")
    return "\n\n".join(parts) + "\n"


# How the bytes of each kind begin (generator/markup/file_kind.c).
HEADS = {".pdf": b"%PDF-1.4\n", ".png": b"\x89PNG\r\n\x1a\n",
         ".xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".zip": b"PK\x03\x04"}


def make_bytes(rng, name):
    """A small file of the kind that its name says."""
    count = rng.randint(1, 3000)
    ending = os.path.splitext(name)[1]
    if ending == ".csv":
        return "".join(f"{rng.choice(WORDS)},{rng.randrange(10 ** 6)}\n"
                       for _ in range(count // 16 + 1)).encode()
    if ending == ".svg":
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
                f'<title>{title(rng)}</title>'
                f'<path d="M0 0h{count}v9z"/></svg>\n').encode()
    return HEADS[ending] + rng.randbytes(count)


def make_files(rng):
    names = rng.sample(["a.csv", "b.pdf", "c.png", "表.xls", "图.svg"],
                       rng.randint(1, 3))
    return {name: make_bytes(rng, name) for name in names}


def name_files(resource):
    """So that each is in use, whatever becomes of the body."""
    resource.front.pop("attachments", None)
    if resource.files:
        resource.front["attachments"] = [
            {"title": "附件" + name, "file": name}
            for name in sorted(resource.files)]


def add_resource(rng, city, unit, kind):
    """Adds a resource and gives its path."""
    stem = f"{unit}/{kind}/r{rng.randrange(10 ** 6):06}"
    files = make_files(rng) if rng.random() < 0.15 else {}
    path = stem + ("/index.md" if files else ".md")
    front = make_front(rng, city, kind)
    if rng.random() < 0.1:
        front["aliases"] = [f"/old/{stem.replace('/', '-')}.html"]
    city.resources[path] = Resource(front, make_body(rng, city, path, files),
                                    files)
    if rng.random() < 0.9:
        name_files(city.resources[path])
    return path


def make_city(rng, rows=None):
    """`rows` of SITES, or all of them."""
    city = City()
    city.platform = {"name": "示范平台", "portal": "www",
                     "time_zone": "+08:00", "archive_stamp": "内容已保存",
                     "notice": "演示", "leave_exempt": [".gov.cn"],
                     "page_size": 5, "feed_size": 5}
    for name, kind, unit in rows or SITES:
        city.sites[name] = make_site(name, kind, unit, rows)
        city.defaults[unit] = {"source": "示范" + unit}
        for resource_type in TYPES:
            few = resource_type in ("profile", "topic_site")
            for _ in range(1 if few else rng.randint(2, 4)):
                add_resource(rng, city, unit, resource_type)
    city.others["sites/jyj/theme/assets/extra.css"] = ".own { color: red }\n"
    return city
