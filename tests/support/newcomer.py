"""What .github/CONTRIBUTING.md shows is done in a scratch copy, with the files as
they stand there: a type of resource for a platform, and one in the program.
Nothing else is changed but a column and a resource that use it."""

import os
import re
import shutil

import places
import properties

GUIDE = os.path.join(".github", "CONTRIBUTING.md")
COLUMN = """
  - id: hdyg
    name: 活动预告
    class: other
    description: 群众文化活动的时间和地点
    keywords: [活动]
    owner_unit: 办公室
    editors: {a: 编辑一岗, b: 编辑二岗}
    select: {type: activity}
"""
RESOURCE = """---
title: 周末音乐会
type: activity
date: 2026-05-06 09:00
source: 示范市文化馆
venue: 市文化馆一楼剧场
begins_at: 2026-05-16 14:30
fee_kind: 免费
---
演出时长约两小时。
"""
PAGE = "hdyg/202605/yinyuehui.html"
LIST = "hdyg/index.html"


def guide(name):
    """The block of the guide behind the name of the file."""
    text = places.read(places.ROOT, GUIDE)
    behind = text.split(f"`{name}`", 1)[1]
    return re.search(r"```\w+\n(.*?)```", behind, re.DOTALL).group(1)


def write(folder, path, text):
    full = os.path.join(folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)


def use(library):
    """A column and a resource of the type; returns the site's folder."""
    path = os.path.join("sites", "www", "site.yaml")
    settings = places.read(library, path)
    write(library, path, settings.rstrip("\n") + COLUMN)
    write(library, "content/szf/yinyuehui.md", RESOURCE)
    places.commit_all(library, "活动预告")
    return re.search(r"^domain: (\S+)", settings, re.MULTILINE).group(1)


def lacks(text, name, *wanted):
    return [f"{name} lacks: {line}" for line in wanted if line not in text]


def shows(program, library, domain):
    """What is wrong with page, list, check and schema."""
    out = os.path.join(os.path.dirname(library), "out")
    mistakes = []
    for arguments in (["build", "--out", out], ["check"]):
        code, _, err = places.run(
            [program, arguments[0], "--library", library, *arguments[1:]],
            library)
        if code != 0 or "activity" in err or "yinyuehui" in err:
            mistakes += [f"{arguments[0]}: exit code {code}", err[-2000:]]
    if mistakes:
        return mistakes
    mistakes += lacks(places.read(out, domain, PAGE), PAGE,
                      'id="activity-venue">市文化馆一楼剧场',
                      "<dt>费用</dt><dd>免费</dd>")
    mistakes += lacks(places.read(out, domain, LIST), LIST,
                      "周末音乐会", 'class="tiles is-full"')
    code, schema, _ = places.run(
        [program, "schema", "--library", library], library)
    return mistakes + lacks(schema, "schema", '"活动预告"', '"begins_at"')


def refuses(program, library):
    """A resource without a required field is a mistake at its place."""
    path = "content/szf/yinyuehui.md"
    write(library, path, RESOURCE.replace("fee_kind: 免费", "fee_kind: 收费"))
    places.commit_all(library, "漏填")
    code, _, err = places.run([program, "check", "--library", library],
                              library)
    if code == 1 and '"fee" (收费标准)' in err:
        return []
    return [f"check of a mistake: exit code {code}", err[-2000:]]


def platform():
    library = properties.export_head(places.fresh("newcomer", "platform"))
    write(library, "sites/types/activity.yaml",
          guide("generator/library/types/activity.yaml"))
    write(library, "themes/default/templates/article-activity.html",
          guide("themes/default/templates/article-activity.html"))
    domain = use(library)
    return shows(places.PROGRAM, library, domain) or \
        refuses(places.PROGRAM, library)


# --- in the program --------------------------------------------------------

LEFT_OUT = {"build", "public", ".git", "node_modules"}
PROFILE = os.path.basename(places.PROFILE)


def copy_source():
    """The source with what was made of it, so that little must be made anew."""
    top = os.path.join(places.fresh("newcomer", "program"), "source")
    shutil.copytree(places.ROOT, top, symlinks=True,
                    ignore=lambda at, names: [
                        name for name in names
                        if at == places.ROOT and name in LEFT_OUT])
    shutil.copytree(places.PROFILE, os.path.join(top, "build", PROFILE),
                    ignore=shutil.ignore_patterns("unit", "support", "*.a"))
    return top


def make(top):
    env = {**os.environ, "LC_ALL": "C"}
    env.pop("MAKEFLAGS", None)
    return places.run(["make", f"PROFILE={PROFILE}", "all"], top, env)


def helps(program, top):
    code, out, err = places.run([program, "help", "fields", "activity"], top)
    return [err] if code != 0 else lacks(out, "help fields", "活动预告",
                                         "begins_at")


def printed(top):
    """The reference page is written by the command that the guide names."""
    env = {key: value for key, value in os.environ.items()
           if key not in ("JIYUE", "CASE", "MAKEFLAGS")}
    env["PROFILE"] = PROFILE
    command = re.search(r"UPDATE=1 (CASE=reference) (tests/run)",
                        places.read(places.ROOT, GUIDE))
    case = dict([command.group(1).split("=")])
    for more in ({"UPDATE": "1"}, {}):
        code, out, err = places.run([command.group(2)], top,
                                    {**env, **case, **more})
        if code != 0:
            return [out[-2000:], err[-2000:]]
    return lacks(places.read(top, "generator/REFERENCE.md"), "the reference",
                 "activity")


def program():
    top = copy_source()
    path = "generator/library/types/activity.yaml"
    made = os.path.join(top, "build", PROFILE, "jiyue")
    write(top, path, guide(path).replace("kind: moment", "kind: momnt", 1))
    code, _, err = make(top)
    if code == 0 or "library/types/activity.yaml (built in):6:" not in err:
        return ["a wrong type of the program can be built", err[-2000:]]
    write(top, path, guide(path))
    template = "themes/default/templates/article-activity.html"
    write(top, template, guide(template))
    code, _, err = make(top)
    if code != 0:
        return [err[-2000:]]
    library = properties.export_head(os.path.dirname(top))
    shutil.copy(os.path.join(top, template), os.path.join(library, template))
    domain = use(library)
    return helps(made, top) + printed(top) + shows(made, library, domain)


def run_platform(report):
    report.takes("a type of the platform is one file and one template",
                 platform())


def run_program(report):
    report.takes("a type of the program is one file and one template",
                 program())


JOBS = [run_program, run_platform]
