"""Random edits of a City: each changes it and says what it did.

An edit may be a mistake by itself (a link that leads nowhere now, a column
that a home page still names); then both builds must say the same of it.
"""

import json
import os

import bodies
import city as cities
from city import Resource, identifier, title

PARTIALS = ["footer", "header", "item", "item-short", "pagination",
            "neighbours", "brand", "article-meta", "stamp", "attachments",
            "policies", "leaves", "share", "topic-card", "siblings",
            "notice", "search", "not_found", "navigation"]


def pick(rng, city):
    return rng.choice(sorted(city.resources))


def pick_column(rng, city):
    """(site, list it stands in, place in it, path)"""
    site = rng.choice(sorted(city.sites))
    found = city.columns(site)
    return (site, *rng.choice(found)) if found else None


# --- resources -------------------------------------------------------------

def add(rng, city):
    _, _, unit = rng.choice(cities.SITES)
    kind = rng.choice(cities.TYPES[:5] if rng.random() < 0.9
                      else cities.TYPES)
    return "add " + cities.add_resource(rng, city, unit, kind)


def edit_body(rng, city):
    return "; ".join(bodies.make(rng, city))


FIELDS = {
    "title": lambda rng: title(rng),
    "date": cities.date,
    "keywords": lambda rng: rng.sample(cities.WORDS, rng.randint(0, 3)),
    "summary": lambda rng: "摘要" + title(rng),
    "subtitle": lambda rng: title(rng),
    "updated": cities.date,
    "publish_at": cities.date,
    "expires_on": lambda rng: cities.date(rng)[:10],
    "image": lambda rng: f"https://www.example.org/{rng.randrange(9)}.png",
    "slug": lambda rng: f"slug{rng.randrange(1000)}",
    "weight": lambda rng: rng.randrange(100),
    "toc": lambda rng: rng.random() < 0.5,
    "editor": lambda rng: title(rng),
    "source": lambda rng: title(rng),
    "topic": lambda rng: "科技、教育",
    "audience": lambda rng: [rng.choice(["自然人", "法人"])],
    "correction": lambda rng: title(rng),
    "disclosure": lambda rng: "主动公开",
    "validity": lambda rng: rng.choice(["有效", "已修改", "已废止"]),
    "valid_to": lambda rng: cities.date(rng)[:10],
    "valid_until": lambda rng: cities.date(rng)[:10],
    "doc_no": lambda rng: f"示政发〔2025〕{rng.randint(1, 99)}号",
    "aliases": lambda rng: [f"/old/{rng.randrange(1000)}.html"],
    "extra": lambda rng: {"note": title(rng)},
}
OF_TYPE = {"validity": ("policy",), "doc_no": ("policy", "notice"),
           "valid_to": ("notice",), "valid_until": ("policy",),
           "pin": ("news",)}


def edit_field(rng, city):
    key = rng.choice(sorted(FIELDS))
    kinds = OF_TYPE.get(key, cities.TYPES)
    paths = [path for path, resource in sorted(city.resources.items())
             if resource.front.get("type") in kinds]
    if not paths:
        return None
    path = rng.choice(paths)
    front = city.resources[path].front
    if key in front and key not in ("title", "date") and rng.random() < 0.3 \
            and key not in cities.REQUIRED[front["type"]]:
        del front[key]
        return f"take {key} from {path}"
    front[key] = FIELDS[key](rng)
    if key in ("date", "publish_at", "expires_on") and rng.random() < 0.8:
        let_go(city, path)
    return f"{key} of {path}"


def pin(rng, city):
    paths = [path for path, resource in sorted(city.resources.items())
             if resource.front.get("type") == "news"]
    if not paths:
        return None
    path = rng.choice(paths)
    city.resources[path].front["pin"] = True
    if rng.random() < 0.7:
        city.resources[path].front["pin_until"] = cities.date(rng)
    return "pin " + path


def edit_type(rng, city):
    path = pick(rng, city)
    old = city.resources[path]
    kind = rng.choice(cities.TYPES[:3])
    front = cities.make_front(rng, city, kind)
    city.resources[path] = Resource(front, old.body, old.files)
    cities.name_files(city.resources[path])
    return f"{path} becomes {kind}"


def rename(rng, city):
    path = pick(rng, city)
    unit, kind, _ = path.split("/", 2)
    new = f"{unit}/{kind}/n{rng.randrange(10 ** 6):06}"
    new += "/index.md" if path.endswith("/index.md") else ".md"
    city.resources[new] = city.resources.pop(path)
    if rng.random() < 0.8:
        follow(city, path, new)
    return f"rename {path} to {new}"


def follow(city, old, new):
    """Every mention of the one becomes a mention of the other."""
    for path, resource in city.resources.items():
        here = os.path.dirname(path)
        resource.body = resource.body.replace(
            f"({os.path.relpath(old, here)})",
            f"({os.path.relpath(new, here)})").replace(
            f"(id:{identifier(old)})", f"(id:{identifier(new)})")
        resource.front = json.loads(json.dumps(resource.front).replace(
            json.dumps(identifier(old)), json.dumps(identifier(new))))


def let_go(city, gone):
    """Nothing mentions the resource any more."""
    for path, resource in city.resources.items():
        relative = os.path.relpath(gone, os.path.dirname(path))
        if f"({relative})" in resource.body or \
                f"(id:{identifier(gone)})" in resource.body:
            resource.body = "不再引用。\n"
        if identifier(gone) in resource.front.get("interprets", []):
            resource.front["type"] = "news"
            for key in ("interprets", *cities.REQUIRED["interpretation"]):
                resource.front.pop(key, None)


def delete(rng, city):
    path = pick(rng, city)
    del city.resources[path]
    if rng.random() < 0.8:
        let_go(city, path)
    return "delete " + path


def attach(rng, city):
    paths = [path for path in sorted(city.resources)
             if path.endswith("/index.md")]
    if not paths:
        return None
    path = rng.choice(paths)
    resource = city.resources[path]
    name = rng.choice(sorted(resource.files) + ["new.zip"])
    if name in resource.files and rng.random() < 0.3:
        del resource.files[name]
        if rng.random() < 0.8:
            resource.body = "附件已经撤下。\n"
            cities.name_files(resource)
        return f"take {name} from {path}"
    if rng.random() < 0.1:  # an error that costs this file alone
        resource.files[name] = b"<!doctype html><title>x</title>\n"
        return f"file {name} of {path} becomes a page"
    resource.files[name] = cities.make_bytes(rng, name)
    if rng.random() < 0.9:
        cities.name_files(resource)
    return f"file {name} of {path}"


def archive(rng, city):
    """Or another date of what is archived."""
    archived = [path for path, resource in sorted(city.resources.items())
                if "archived_on" in resource.front]
    path = rng.choice(archived) if archived and rng.random() < 0.6 \
        else pick(rng, city)
    day = cities.early_date(rng) if rng.random() < 0.5 else cities.date(rng)
    city.resources[path].front["archived_on"] = day[:10]
    if rng.random() < 0.5:
        city.resources[path].front["replaced_by"] = \
            identifier(pick(rng, city))
    return "archive " + path


def relate(rng, city):
    path, other = pick(rng, city), pick(rng, city)
    kind = rng.choice(["basis", "replaces", "replaced_by", "amends",
                       "about_service", "interprets", "interpreted_by",
                       "feedback_of"])
    city.resources[path].front["relations"] = {kind: [identifier(other)]}
    return f"{path} {kind} {other}"


def set_status(rng, city):
    path = pick(rng, city)
    status = rng.choice(["draft", "withdrawn", "published", "archived"])
    city.resources[path].front["status"] = status
    if rng.random() < 0.8:
        let_go(city, path)
    return f"{path} is {status}"


def edit_defaults(rng, city):
    folder = rng.choice(sorted(city.defaults) + ["jyj/news", "rsj/notice"])
    front = city.defaults.setdefault(folder, {})
    front[rng.choice(["source", "publisher", "editor", "author"])] = \
        title(rng)
    if folder.count("/") and rng.random() < 0.3:
        del city.defaults[folder]
    return f"defaults of {folder}"


# --- columns and sites -----------------------------------------------------

def rename_in_home(city, site, old, new):
    for block in city.sites[site].get("home", []):
        if block["column"] == old or block["column"].startswith(old + "/"):
            block["column"] = new + block["column"][len(old):]


def column_id(rng, city):
    found = pick_column(rng, city)
    if found is None:
        return None
    site, items, place, path = found
    items[place]["id"] = f"c{rng.randrange(1000)}"
    new = "/".join(path.split("/")[:-1] + [items[place]["id"]])
    if rng.random() < 0.9:
        rename_in_home(city, site, path, new)
    return f"column {site}:{path} becomes {new}"


def column_setting(rng, city):
    found = pick_column(rng, city)
    if found is None:
        return None
    site, items, place, path = found
    key, value = rng.choice([
        ("name", title(rng)), ("description", title(rng)),
        ("keywords", [title(rng)]), ("owner_unit", title(rng)),
        ("editors", {"a": title(rng), "b": "乙岗"}),
        ("show", rng.choice(["link", "copy"])),
        ("layout", rng.choice(["list", "services", "topics", "page",
                               "organs", "leaders"])),
        ("class", rng.choice(["news", "notice", "policy", "other"])),
        ("archived_on", cities.date(rng)[:10]),
        ("facets", rng.random() < 0.5), ("statistics", rng.random() < 0.5),
        ("replaced_by", identifier(pick(rng, city)))])
    items[place][key] = value
    return f"{key} of column {site}:{path}"


def move_column(rng, city):
    found = pick_column(rng, city)
    if found is None:
        return None
    site, items, place, path = found
    moved = items.pop(place)
    targets = [city.sites[site]["columns"]] + [
        where[at].setdefault("columns", [])
        for where, at, _ in city.columns(site)]
    rng.choice(targets).append(moved)
    for _, other in enumerate(city.columns(site)):
        where, at, new = other
        if where[at] is moved:
            rename_in_home(city, site, path, new)
    tidy(city.sites[site]["columns"])
    return f"move column {site}:{path}"


def tidy(items):
    for item in items:
        if item.get("columns") == []:
            del item["columns"]
        tidy(item.get("columns", []))


def reorder_columns(rng, city):
    site = rng.choice(sorted(city.sites))
    rng.shuffle(city.sites[site]["columns"])
    return f"order of columns of {site}"


def add_column(rng, city):
    site = rng.choice(sorted(city.sites))
    name = f"c{rng.randrange(1000)}"
    unit = rng.choice([unit for _, _, unit in cities.SITES])
    found = cities.column(
        name, title(rng), select=select(rng, unit),
        show=rng.choice(["link", "link", "copy"]))
    city.sites[site]["columns"].insert(
        rng.randint(0, len(city.sites[site]["columns"])), found)
    if rng.random() < 0.5:
        city.sites[site].setdefault("home", []).append(
            {"column": name, "as": "list", "limit": 3})
    return f"add column {site}:{name}"


def select(rng, unit):
    found = {"unit": unit}
    if rng.random() < 0.6:
        found["type"] = rng.choice(cities.TYPES)
    if rng.random() < 0.4:
        found["keyword"] = rng.choice(cities.WORDS)
    if rng.random() < 0.2:
        found["since"] = cities.date(rng)[:10]
    if rng.random() < 0.2:
        found["limit"] = rng.randint(1, 5)
    if rng.random() < 0.3:
        found["sort"] = rng.choice(["newest", "oldest", "order", "title"])
    return found


def change_select(rng, city):
    found = pick_column(rng, city)
    if found is None:
        return None
    site, items, place, path = found
    unit = rng.choice([unit for _, _, unit in cities.SITES])
    items[place]["select"] = select(rng, unit)
    return f"select of {site}:{path}"


def remove_column(rng, city):
    found = pick_column(rng, city)
    if found is None or len(city.columns(found[0])) < 4:
        return None
    site, items, place, path = found
    del items[place]
    home = city.sites[site].get("home", [])
    city.sites[site]["home"] = [block for block in home
                                if block["column"] != path and
                                not block["column"].startswith(path + "/")]
    tidy(city.sites[site]["columns"])
    return f"remove column {site}:{path}"


def change_home(rng, city):
    site = rng.choice(sorted(city.sites))
    home = city.sites[site].setdefault("home", [])
    rng.shuffle(home)
    if home:
        home[0]["as"] = rng.choice(["lead", "list", "services", "policies",
                                    "topics", "profile"])
        home[0]["limit"] = rng.randint(1, 6)
    return "home of " + site


def site_setting(rng, city):
    site = rng.choice(sorted(city.sites))
    key, value = rng.choice([
        ("name", title(rng)), ("short_name", title(rng)),
        ("sponsor", title(rng)), ("phone", "0000-0000001"),
        ("icp", title(rng)), ("description", title(rng)),
        ("keywords", [title(rng)]), ("chinese_domain", title(rng)),
        ("language", rng.choice(["zh-CN", "zh-CN", "en", "ar"])),
        ("kind", rng.choice(["department", "county", "zone"])),
        ("ipv6", rng.random() < 0.5), ("conac", "619900000000000012"),
        ("no_services", True),
        ("links", [{"name": title(rng), "url": "https://b.example.org/"}]),
        ("state", rng.choice(["live", "live", "closed", "archived", "moved",
                              "temporarily_offline"])),
        ("state_note", title(rng)), ("archived_on", cities.date(rng)[:10]),
        ("moved_to", "https://new.example.org/")])
    if key == "kind" and site == "www":
        return None
    city.sites[site][key] = value
    return f"{key} of site {site}"


def site_domain(rng, city):
    site = rng.choice(sorted(city.sites))
    city.sites[site]["domain"] = f"{site}{rng.randrange(9)}.example.cn"
    return "domain of " + site


def swap_domains(rng, city):
    one, two = rng.sample(sorted(city.sites), 2)
    first, second = city.sites[one], city.sites[two]
    first["domain"], second["domain"] = second["domain"], first["domain"]
    return f"domains of {one} and {two} change places"


def remove_site(rng, city):
    if len(city.sites) < 4:
        return None
    site = rng.choice(sorted(set(city.sites) - {"www"}))
    del city.sites[site]
    for path in [path for path in city.others
                 if path.startswith(f"sites/{site}/")]:
        del city.others[path]
    return "remove site " + site


def add_site(rng, city):
    missing = [row for row in cities.SITES if row[0] not in city.sites]
    if not missing:
        return None
    row = rng.choice(missing)
    city.sites[row[0]] = cities.make_site(*row)
    return "add site " + row[0]


def platform_setting(rng, city):
    key, value = rng.choice([
        ("name", title(rng)), ("archive_stamp", title(rng)),
        ("notice", title(rng)), ("page_size", rng.randint(1, 12)),
        ("feed_size", rng.randint(1, 12)),
        ("attachments", rng.sample(["dwg", "xml", "kml"], 2)),
        ("leave_exempt", [rng.choice([".gov.cn", ".example.org"])]),
        ("time_zone", rng.choice(["+08:00", "+08:00", "+00:00"])),
        ("portal", rng.choice(["www", "www", "sfx"]))])
    city.platform[key] = value
    return f"platform's {key}"


# --- themes ----------------------------------------------------------------

def theme_folder(rng, city):
    site = rng.choice(sorted(city.sites))
    return rng.choice(["themes/default/", f"sites/{site}/theme/"])


def theme_template(rng, city):
    name = f"templates/{rng.choice(PARTIALS)}.html"
    path = theme_folder(rng, city) + name
    if path in city.others and rng.random() < 0.5:
        del city.others[path]
        return "take " + path
    city.others[path] = (cities.theme_text(name) +
                         f"<!-- {rng.randrange(1000)} -->\n")
    return path


def theme_strings(rng, city):
    name = "strings.zh-CN.yaml"
    path = theme_folder(rng, city) + name
    city.others[path] = f"home: 首页{rng.randrange(100)}\n"
    if path.startswith("themes/"):
        city.others[path] = cities.theme_text(name).replace(
            "home: 首页", f"home: 首页{rng.randrange(100)}")
    return path


def theme_tokens(rng, city):
    path = theme_folder(rng, city) + "theme.yaml"
    city.others[path] = cities.theme_text("theme.yaml").replace(
        "#14508f", f"#{rng.randrange(16 ** 6):06x}")
    return path


def theme_asset(rng, city):
    name = rng.choice(["style.css", "extra.css", "app.js"])
    path = theme_folder(rng, city) + "assets/" + name
    if path in city.others and rng.random() < 0.4:
        del city.others[path]
        return "take " + path
    city.others[path] = f"/* {rng.randrange(1000)} */\n"
    return path


# --- what people write down beside a site ---

RECORDS = {
    "criticism": lambda rng: f"{{date: {cities.date(rng)[:10]}, subject: 甲}}",
    "corrections": lambda rng: f"{{date: {cities.date(rng)[:10]}, subject: 乙}}",
    "probes": lambda rng: (f"{{date: {cities.date(rng)[:10]}, probes: 24, "
                           f"failed: {rng.randint(0, 9)}}}"),
    "domains": lambda rng: (f"{{domain: a{rng.randrange(9)}.example.cn, "
                            f"given_up_on: {cities.date(rng)[:10]}}}"),
}


def record(rng, city):
    site, name = rng.choice(sorted(city.sites)), rng.choice(sorted(RECORDS))
    path = f"sites/{site}/records/{name}.yaml"
    if path in city.others and rng.random() < 0.3:
        del city.others[path]
        return "take " + path
    rows = [RECORDS[name](rng) for _ in range(rng.randint(1, 8))]
    city.others[path] = f"{name}:\n" + "".join(f"  - {row}\n" for row in rows)
    return path


# --- files that are not the library's ---

def foreign_file(rng, city):
    path = rng.choice(["README.md", "docs/手册.md", ".gitattributes"])
    if path in city.others and rng.random() < 0.3:
        del city.others[path]
        return "take " + path
    city.others[path] = f"# {rng.randrange(1000)}\n"
    return path


OWN_TYPE = "sites/types/zyxw.yaml"


def own_type(rng, city):
    """A type of the platform's, a text that is of it and a column for it."""
    paths = [path for path, resource in sorted(city.resources.items())
             if resource.front.get("type") == "news"]
    if not paths:
        return None
    path = rng.choice(paths)
    city.others[OWN_TYPE] = f"label: 自有{title(rng)}\nlike: news\n"
    city.resources[path].front["type"] = "zyxw"
    for site in city.sites.values():
        for column in site["columns"]:
            if column.get("select", {}).get("type") == "news":
                column["select"]["type"] = ["news", "zyxw"]
    return f"{path} is of a type of its own"


# --- mistakes --------------------------------------------------------------

ENDLESS = "{{#navigation}}" * 9 + "{{> brand}}" + "{{/navigation}}" * 9 + "\n"
BROKEN = [
    ("sites/{site}/theme/templates/not_found.html", ENDLESS),
    ("sites/{site}/theme/templates/article.html",
     "{{<layout}}{{$main}}{{$fcats}}{{/fcats}}{{/main}}{{/layout}}\n"),
    ("themes/default/templates/sitemap.html", "{{> article-meta}}\n"),
    ("sites/{site}/redirects.csv", "\"/a.html,/b.html\n"),
    ("sites/vocabulary/synonyms.yaml", "学校: 学堂\n"),
    ("sites/{site}/statistics/2024-01.json", "{\"requests\": [\n"),
    (OWN_TYPE, "label: [\n"),
]


def broken_file(rng, city, site):
    """A file of settings or a theme is wrong; or one of a type is gone."""
    if OWN_TYPE in city.others and rng.random() < 0.3:
        del city.others[OWN_TYPE]
        return OWN_TYPE + " is gone"
    path, text = rng.choice(BROKEN)
    path = path.format(site=site)
    city.others[path] = text
    return "mistake in " + path


def mistake(rng, city):
    path = pick(rng, city)
    resource = city.resources[path]
    site = rng.choice(sorted(city.sites))
    kind = rng.randrange(16)
    if kind > 10:
        return broken_file(rng, city, site)
    if kind == 0:
        resource.front["titel"] = "错字"
    elif kind == 1:
        resource.front["date"] = "2024-13-01"
    elif kind == 2:
        resource.body += "[断链](no-such.md)\n"
    elif kind == 3:
        city.others[f"sites/{site}/site.yaml"] = "kind: [\n"
    elif kind == 4:
        city.sites[site].setdefault("home", []).append(
            {"column": "no-such", "as": "list", "limit": 3})
    elif kind == 5:
        resource.front["id"] = identifier(pick(rng, city))
    elif kind == 6:
        city.others[f"sites/{site}/theme/templates/footer.html"] = \
            "{{no_such}}\n"
    elif kind == 7:
        resource.front.pop("title", None)
    elif kind == 8:
        city.defaults[path.split("/")[0]] = {"sourse": "错字"}
    elif kind == 9:
        city.platform["page_size"] = "多"
    else:  # the proof of the columns finds it
        city.others[f"sites/{site}/theme/templates/navigation.html"] = \
            "<nav></nav>\n"
    return f"mistake {kind} in {path} or {site}"


# --- reviews ---------------------------------------------------------------

STEPS = ("final", "publisher")


def roles(rng):
    """Of four people; who has which role is not always the same."""
    people = [f"{name}@example.org" for name in ("jia", "yi", "bing", "ding")]
    rows = "".join(
        f"  - {{name: 岗, mail: {mail}, roles: [{rng.choice(STEPS)}]}}\n"
        for mail in people[2:])
    return (f"steps: [{', '.join(STEPS)}]\npeople:\n"
            f"  - {{name: 终审岗, mail: {people[0]}, roles: [final]}}\n"
            f"  - {{name: 发布岗, mail: {people[1]}, roles: [publisher]}}\n"
            + rows)


def ask_reviews(rng, city):
    """One site at a time: what nobody reviewed is not there any more."""
    site = rng.choice(sorted(city.sites))
    for name, other in city.sites.items():
        if other.pop("review", None) is not None:
            return "no reviews of " + name
    city.sites[site]["review"] = "trailers"
    city.others[f"sites/{site}/roles.yaml"] = roles(rng)
    return "reviews of " + site


def review(rng, city):
    """Steps of some texts of it, by those who have the roles, mostly."""
    asking = [site for site in city.sites if "review" in city.sites[site]]
    paths = [path for path in sorted(city.resources)
             if path.split("/")[0] in asking]
    if not paths:
        return None
    step = rng.choice(STEPS)
    mail = {"final": "jia", "publisher": "yi"}[
        step if rng.random() < 0.9 else rng.choice(STEPS)] + "@example.org"
    chosen = rng.sample(paths, min(len(paths), rng.choice([1, 2, 8, 20])))
    if rng.random() < 0.7:  # what was said of some is said of the same again
        chosen = paths[:len(chosen)]
    city.reviews = [(step, mail, "content/" + path) for path in chosen]
    return f"{step} of {len(chosen)} texts"


def edit_roles(rng, city):
    found = [path for path in city.others if path.endswith("/roles.yaml")]
    if not found:
        return None
    path = rng.choice(sorted(found))
    city.others[path] = roles(rng) if rng.random() < 0.8 else "people: 无\n"
    return "roles in " + path


EDITS = [(8, add), (8, edit_body), (14, edit_field), (3, pin),
         (3, edit_type), (6, rename), (6, delete), (4, attach),
         (7, archive), (4, relate), (4, set_status), (4, edit_defaults),
         (3, column_id), (6, column_setting), (3, move_column),
         (2, reorder_columns), (3, add_column), (3, change_select),
         (3, remove_column), (3, change_home), (5, site_setting),
         (2, site_domain), (1, swap_domains), (2, remove_site),
         (3, add_site), (4, platform_setting), (4, theme_template),
         (2, theme_strings), (2, theme_tokens), (3, theme_asset),
         (2, foreign_file), (2, record), (2, own_type), (2, mistake),
         (2, ask_reviews), (6, review), (1, edit_roles)]


def make(rng, city):
    """One to three edits; what they did."""
    count = rng.choice([1, 1, 1, 1, 2, 3])
    said = []
    while len(said) < count:
        edit = rng.choices([edit for _, edit in EDITS],
                           [weight for weight, _ in EDITS])[0]
        text = edit(rng, city)
        if text is not None:
            said.append(text)
    return said


# --- one city that has little in common with another -----------------------

def another(rng, city):
    """Other columns, titles and domains, fewer resources, two sites fewer."""
    found = city.copy()
    gone = [site for site in ("rsj", "wlj") if site in found.sites]
    for site in gone:
        del found.sites[site]
        del found.defaults[site]
    found.sites[sorted(found.sites)[-2]]["domain"] = "other.example.cn"
    found.platform["name"] = "另一平台"
    for site in found.sites.values():
        for column in site["columns"]:
            if column["id"] in ("tzgg", "zt"):
                column["id"] = "x" + column["id"]
            units = column["select"]["unit"] if "select" in column else ""
            if isinstance(units, list):
                column["select"]["unit"] = [unit for unit in units
                                            if unit not in gone]
        for block in site["home"]:
            if block["column"] == "zt":
                block["column"] = "xzt"
    for path in sorted(found.resources):
        found.resources[path].front["title"] += "改"
        if path.split("/")[0] in gone or rng.random() < 0.3:
            del found.resources[path]
            let_go(found, path)
    return found


def other_bodies(rng, city):
    """The same city, with other bodies of some articles."""
    found = city.copy()
    for _ in range(4):
        bodies.make(rng, found)
    while bodies.broken(found):
        bodies.make(rng, found)
    return found
