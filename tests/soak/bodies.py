"""Edits of existing articles that leave the plan as it is.

They are most of what a real library sees: a sentence, a link, a heading, an
attachment that is mentioned, a key that only the article's own page shows, a
title and what else lists say of it. None adds, moves or removes a file.
"""

import os
import re

import city as cities
from city import identifier, title

BROKEN = "[断链](no-such-{}.md)"
IS_BROKEN = re.compile(r"\[断链\]\([^)]*\)")
TARGET = re.compile(r"\(([^()]+)\)")
IS_LINK = re.compile(r"!?\[[^]]*\]\([^)]*\)")
OWN_ADDRESSES = ["/", "/index.html", "/sitemap.html", "/gzdt/", "/tzgg/",
                 "/gk/", "/gk/zcwj/index.html"]

# Keys that lists, links and columns know nothing of.
OWN_KEYS = {
    "editor": title,
    "kicker": title,
    "publisher": title,
    "correction": title,
    "image_rights": title,
    "index_no": lambda rng: f"示-{rng.randrange(1000)}",
    "disclosure": lambda rng: rng.choice(["主动公开", "依申请公开"]),
    "toc": lambda rng: rng.random() < 0.5,
    "extra": lambda rng: {"note": title(rng)},
}


# Keys that lists show, and that decide nothing; a title and a source must be.
WORDS_OF_LISTS = ["subtitle", "summary", "author"]


# --- which articles --------------------------------------------------------

def linked(city):
    """Articles that another one links to."""
    targets = {target if target.startswith("id:") else os.path.normpath(
                   os.path.join(os.path.dirname(path), target))
               for path, resource in city.resources.items()
               for target in TARGET.findall(resource.body)}
    return [path for path in sorted(city.resources)
            if path in targets or "id:" + identifier(path) in targets]


def copied(city):
    """Articles that the portal shows as a copy, as the city begins."""
    return [path for path, resource in sorted(city.resources.items())
            if "示范" in resource.front.get("keywords", [])
            and not path.startswith("szf/")]


def with_files(city):
    return [path for path, resource in sorted(city.resources.items())
            if resource.files]


def broken(city):
    return [path for path, resource in sorted(city.resources.items())
            if IS_BROKEN.search(resource.body)]


def choose(rng, city):
    """One article, more often one that others depend on."""
    kind = rng.choice([linked, copied, with_files, sorted, sorted])
    found = sorted(city.resources) if kind is sorted else kind(city)
    return rng.choice(found or sorted(city.resources))


# --- what happens to them --------------------------------------------------

def rewrite(rng, city, path):
    resource = city.resources[path]
    resource.body = cities.make_body(rng, city, path, resource.files)


def append(text):
    """An edit that adds a paragraph."""
    def edit(rng, city, path):
        city.resources[path].body += "\n" + text(rng, city, path) + "\n"
    return edit


def sentence(rng, city, path):
    del city, path
    return title(rng) + "。"


def heading(rng, city, path):
    del city, path
    return "## " + rng.choice(cities.WORDS)


def link(rng, city, path):
    return cities.link_to(rng, city, path)


def link_to_any(rng, city, path):
    """Also to what is not published, or not for long."""
    del path
    return f"[另见](id:{identifier(rng.choice(sorted(city.resources)))})"


def link_to_file_of_other(rng, city, path):
    others = [other for other in with_files(city)
              if cities.is_steady(city.resources[other])]
    if not others:
        return sentence(rng, city, path)
    other = rng.choice(others)
    name = rng.choice(sorted(city.resources[other].files))
    target = os.path.join(os.path.dirname(other), name)
    return f"[文件]({os.path.relpath(target, os.path.dirname(path))})"


def own_address(rng, city, path):
    del city, path
    return f"[本站]({rng.choice(OWN_ADDRESSES)})"


def outside(rng, city, path):
    del city, path
    return f"[外部](https://{rng.choice('abc')}.example.org/)"


def markup(rng, city, path):
    del city, path
    return rng.choice(["| 甲 | 乙 |\n| - | - |\n| 1 | 2 |",
                       "<div>段<b>落</b></div>", "正文[^1]。\n\n[^1]: 脚注。",
                       "- 一\n- 二", "> 引文", "**重点**"])


def take_links(rng, city, path):
    del rng
    resource = city.resources[path]
    resource.body = IS_LINK.sub("不再引用", resource.body)


def change_last_link(rng, city, path):
    """The link leads elsewhere, the text stays."""
    resource = city.resources[path]
    found = list(IS_LINK.finditer(resource.body))
    if found:
        start, end = found[-1].span()
        resource.body = (resource.body[:start] +
                         cities.link_to(rng, city, path) +
                         resource.body[end:])


def empty(rng, city, path):
    del rng
    city.resources[path].body = ""


def mention_files(rng, city, path):
    """Each file beside it is mentioned, or none."""
    resource = city.resources[path]
    body = IS_LINK.sub("附件", resource.body)
    if rng.random() < 0.6:
        body += "".join(f"\n[附件{name}]({name})\n"
                        for name in resource.files)
    resource.body = body


def own_key(rng, city, path):
    """Written first, it moves every other key."""
    front = city.resources[path].front
    key = rng.choice(sorted(OWN_KEYS))
    if front.pop(key, None) is not None and rng.random() < 0.4:
        return
    value = OWN_KEYS[key](rng)
    if rng.random() < 0.5:
        city.resources[path].front = {key: value, **front}
    else:
        front[key] = value


def words_of_lists(rng, city, path):
    front = city.resources[path].front
    key = rng.choice(["title", "title", "title", "source"] + WORDS_OF_LISTS)
    if key in WORDS_OF_LISTS and front.pop(key, None) is not None and \
            rng.random() < 0.4:
        return
    front[key] = title(rng) + rng.choice(["", "（更正）", " & <新>"])


def break_link(rng, city, path):
    city.resources[path].body += "\n" + \
        BROKEN.format(rng.randrange(10)) + "\n"


EDITS = [(8, rewrite), (8, append(sentence)), (4, append(heading)),
         (11, append(link)),
         (1, append(link_to_any)), (3, append(link_to_file_of_other)),
         (4, append(own_address)), (3, append(outside)), (4, append(markup)),
         (4, take_links), (4, change_last_link), (1, empty),
         (4, mention_files), (8, own_key), (16, words_of_lists), (1, break_link)]


def make(rng, city):
    """One or several articles are edited, or mended; what was done."""
    said = []
    hurt = broken(city)
    if hurt and rng.random() < 0.7:
        for path in hurt:
            resource = city.resources[path]
            resource.body = IS_BROKEN.sub("已经修好", resource.body)
            said.append("mend the body of " + path)
        return said
    for _ in range(rng.choice([1, 1, 1, 2, 3, 8])):
        path = choose(rng, city)
        rng.choices([edit for _, edit in EDITS],
                    [weight for weight, _ in EDITS])[0](rng, city, path)
        said.append("body of " + path)
    return said
