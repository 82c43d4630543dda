"""Edits as an editor makes them: one file a commit, on a branch of its own.

Each edit builds on the one before, so that a build of the branch after each
edit sees one changed file. The articles are from the newest third of a folder
of news; each edit of a department takes another department.
"""

import re
import subprocess

import city

BRANCH = "edited"
FIRST_MOMENT = 1782781200  # 2026-06-30 09:00, after the newest article


class Editor:
    """Commits edits to the branch of one library."""

    def __init__(self, library):
        self.library = library
        self.number = 0  # of the edits so far, over all rounds

    def git(self, *arguments, data=None):
        return subprocess.run(["git", "-C", self.library, *arguments],
                              input=data, stdout=subprocess.PIPE,
                              check=True).stdout

    def begin(self):
        """The branch is the library without edits again."""
        self.git("update-ref", f"refs/heads/{BRANCH}", "refs/heads/main")

    def forget(self):
        self.git("update-ref", "-d", f"refs/heads/{BRANCH}")
        self.git("prune", "--expire=now")

    def department(self):
        """A folder of news; the next edit gets another one."""
        unit = city.DEPARTMENTS[self.number % len(city.DEPARTMENTS)][0]
        return f"content/{unit}/gzdt/"

    def articles(self, folder):
        """Paths, oldest first."""
        names = self.git("ls-tree", "-rz", "--name-only", BRANCH, folder)
        return [path for path in names.decode().split("\0")
                if path.endswith(".md")]

    def choose(self, folder):
        """An article in the middle of the newest third."""
        paths = self.articles(folder)
        return paths[len(paths) * 5 // 6]

    def read(self, path):
        return self.git("show", f"{BRANCH}:{path}").decode()

    def commit(self, files, message):
        """The text of each path, or None: the file goes."""
        note = message.encode()
        moment = FIRST_MOMENT + 60 * self.number
        lines = [f"commit refs/heads/{BRANCH}\n".encode(),
                 f"committer editor <editor@shifan.example> {moment} +0800\n"
                 .encode(),
                 f"data {len(note)}\n".encode(), note, b"\n",
                 f"from refs/heads/{BRANCH}^0\n".encode()]
        for path, text in files.items():
            if text is None:
                lines.append(f"D {path}\n".encode())
                continue
            data = text.encode()
            lines += [f"M 100644 inline {path}\ndata {len(data)}\n".encode(),
                      data, b"\n"]
        self.git("fast-import", "--quiet", data=b"".join(lines))
        self.number += 1

    def change(self, path, pattern, new, message):
        self.commit({path: re.sub(pattern, new, self.read(path), count=1,
                                  flags=re.M)}, message)

    def edit_body(self, folder):
        path = self.choose(folder)
        self.commit({path: self.read(path) + "\n本段为更正时补充的说明。\n"},
                    "更正一篇")

    def edit_title(self, folder):
        self.change(self.choose(folder), r"^(title: .*)$", r"\1（更正）",
                    "更正标题")

    def edit_date(self, folder):
        self.change(self.choose(folder), r"^date: \S+", "date: 2026-06-11",
                    "更正日期")

    def add_field(self, folder, field, message):
        self.change(self.choose(folder), r"^date: ", f"{field}\ndate: ",
                    message)

    def delete(self, folder):
        self.commit({self.choose(folder): None}, "删除一篇")

    def move(self, folder):
        """As `jiyue move` does: the old address leads to the new one."""
        path = self.choose(folder)
        stem = path[len("content/"):-len(".md")]
        old = self.read(path).replace(
            "---\n", f"---\naliases: [/old/{stem.split('/')[-1]}.html]\n", 1)
        self.commit({path: None, path[:-len(".md")] + "-moved.md": old},
                    "移动一篇")

    def new_article(self, folder, serial):
        """A copy of the folder's newest article, newer than all others."""
        text = self.read(self.articles(folder)[-1])
        for field, value in [
                ("title", f"工作人员现场办公第{serial}次"),
                ("date", "2026-06-30 08:30"), ("event_date", "2026-06-30"),
                ("index_no", f"6199{serial:08}/2026-99999")]:
            text = re.sub(rf"^{field}: .*$", f"{field}: {value}", text,
                          count=1, flags=re.M)
        return {f"{folder}2026/t20260630_{serial:06}.md": text}

    def add_articles(self, count):
        """Each on another department, as long as there are."""
        files = {}
        for i in range(count):
            unit = city.DEPARTMENTS[(self.number + i)
                                    % len(city.DEPARTMENTS)][0]
            files.update(self.new_article(f"content/{unit}/gzdt/",
                                          self.number * 2000 + i))
        self.commit(files, f"发布{count}篇")

    def edit_site(self, pattern, new, message):
        unit = city.DEPARTMENTS[self.number % len(city.DEPARTMENTS)][0]
        self.change(f"sites/{unit}/site.yaml", pattern, new, message)


# Name of the measured build, what is edited before it.
EDITS = [
    ("edit body", lambda editor: editor.edit_body(editor.department())),
    ("edit title", lambda editor: editor.edit_title(editor.department())),
    ("new article", lambda editor: editor.add_articles(1)),
    ("edit portal", lambda editor: editor.edit_body("content/szf/zwyw/")),
    ("edit date", lambda editor: editor.edit_date(editor.department())),
    ("delete", lambda editor: editor.delete(editor.department())),
    ("move", lambda editor: editor.move(editor.department())),
    ("draft", lambda editor: editor.add_field(
        editor.department(), "status: draft", "转为草稿")),
    ("archive", lambda editor: editor.add_field(
        editor.department(), "archived_on: 2026-06-30", "归档一篇")),
    ("withdraw", lambda editor: editor.add_field(
        editor.department(), "status: withdrawn\nwithdrawn_on: 2026-06-30\n"
        "withdrawn_reason: 内容有误", "撤下一篇")),
    ("ten articles", lambda editor: editor.add_articles(10)),
    ("1,000 articles", lambda editor: editor.add_articles(1000)),
    ("edit a column", lambda editor: editor.edit_site(
        r"^( +)name: 工作动态$", r"\1name: 工作动态和要闻", "栏目改名")),
    ("edit a site", lambda editor: editor.edit_site(
        r"^name: (.*)$", r"name: \1（新）", "网站改名")),
]
