"""Writes the same articles as one Hugo site, for comparison.

The folders and bodies are those of the library, so that links between
articles resolve in the same way. Each of the 60 sites is a top section; each
column is a section of it with list pages, RSS and a JSON feed. The templates
are in hugo-theme/.
"""

import json
import os
import shutil

import articles
import city

HERE = os.path.dirname(os.path.abspath(__file__))
ASSETS = os.path.join(HERE, "../../themes/default/assets")


def write_file(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def matter(**fields):
    """Front matter in JSON, which YAML contains and Hugo reads."""
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"


def article_text(row, version):
    return matter(
        title=row.title, date=f"{row.date:%Y-%m-%dT%H:%M:00+08:00}",
        url=(f"/{row.site['unit']}/{row.column_path}/{row.date:%Y%m}/"
             f"{row.slug}.html"),
        summary=articles.summary(row), words=articles.keywords(row),
        kind=row.kind, group=row.site["kind"], unit=row.site["unit"],
        column=row.column_path, source=row.site["name"],
    ) + "\n" + articles.body(row, version)


def column_text(unit, path, column):
    fields = {"title": column["name"], "url": f"/{unit}/{path}/",
              "column": path, "unit": unit}
    if "columns" in column:
        fields["layout"] = "parent"
        fields["children"] = [
            child.get("folder", child["id"]) for child in column["columns"]]
    elif "gathers" in column:
        fields["layout"] = "gathering"
        fields["gathers"] = column["gathers"]
        fields["kind"] = column["kind"]
    return matter(**fields)


def write_columns(root, site, columns, under=""):
    for column in columns:
        path = under + column["id"]
        folder = column.get("folder", column["id"])
        write_file(f"{root}/content/{site['unit']}/{folder}/_index.md",
                   column_text(site["unit"], path, column))
        write_columns(root, site, column.get("columns", []), path + "/")


def navigation(columns, unit, under=""):
    return [{"name": column["name"], "url": f"/{unit}/{under}{column['id']}/",
             "id": column["id"],
             "columns": navigation(column.get("columns", []), unit,
                                   f"{under}{column['id']}/")}
            for column in columns]


def site_facts(site):
    return {"name": site["name"], "domain": site["domain"],
            "kind": site["kind"], "code": f"619900{site['number']:04d}",
            "number": site["number"], "unit": site["unit"],
            "columns": navigation(site["columns"], site["unit"])}


def home_sections(site):
    """The folders of the columns that the site's home page shows."""
    by_path = dict(city.leaves(site["columns"]))
    return [by_path[path].get("folder", by_path[path]["id"])
            for path, _, _ in city.home_blocks(site)]


# The pages that every site has beside its articles and columns.
PLAIN_PAGES = [("search", "站内搜索"), ("archive", "归档内容"),
               ("sitemap", "网站地图"), ("404", "没有找到这个网页")]


def write_plain_pages(root, site):
    for name, title in PLAIN_PAGES:
        write_file(f"{root}/content/{site['unit']}/{name}.md", matter(
            title=title, layout="plain", unit=site["unit"],
            url=f"/{site['unit']}/{name}.html"))


def write(root, rows, versions):
    sites = city.sites()
    shutil.copytree(os.path.join(HERE, "hugo-theme"), root)
    shutil.copytree(ASSETS, f"{root}/static/assets")
    write_file(f"{root}/data/sites.json", json.dumps(
        {site["unit"]: site_facts(site) for site in sites},
        ensure_ascii=False))
    for site in sites:
        write_file(f"{root}/content/{site['unit']}/_index.md", matter(
            title=site["name"], layout="site", unit=site["unit"],
            outputs=["HTML"], blocks=home_sections(site)))
        write_plain_pages(root, site)
        write_columns(root, site, site["columns"])
    for row in rows:
        write_file(f"{root}/{row.path}",
                   article_text(row, versions.get(row.number, 0)))
