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

    def commit(self, path, text, message):
        data, note = text.encode(), message.encode()
        moment = FIRST_MOMENT + 60 * self.number
        self.git("fast-import", "--quiet", data=b"".join([
            f"commit refs/heads/{BRANCH}\n".encode(),
            f"committer editor <editor@shifan.example> {moment} +0800\n"
            .encode(),
            f"data {len(note)}\n".encode(), note, b"\n",
            f"from refs/heads/{BRANCH}^0\n".encode(),
            f"M 100644 inline {path}\ndata {len(data)}\n".encode(), data,
            b"\n"]))
        self.number += 1

    def edit_body(self, folder):
        path = self.choose(folder)
        self.commit(path, self.read(path) + "\n本段为更正时补充的说明。\n",
                    "更正一篇")

    def edit_title(self, folder):
        path = self.choose(folder)
        self.commit(path, re.sub(r"^(title: .*)$", r"\1（更正）",
                                 self.read(path), count=1, flags=re.M),
                    "更正标题")

    def add_article(self, folder):
        """A copy of the folder's newest article, newer than all others."""
        text = self.read(self.articles(folder)[-1])
        for field, value in [
                ("title", f"工作人员现场办公第{self.number}次"),
                ("date", "2026-06-30 08:30"), ("event_date", "2026-06-30"),
                ("index_no", f"619900{self.number:04}/2026-99999")]:
            text = re.sub(rf"^{field}: .*$", f"{field}: {value}", text,
                          count=1, flags=re.M)
        self.commit(f"{folder}2026/t20260630_{self.number:06}.md", text,
                    "发布一篇")


# Name of the measured build, what is edited before it.
EDITS = [
    ("edit body", lambda editor: editor.edit_body(editor.department())),
    ("edit title", lambda editor: editor.edit_title(editor.department())),
    ("new article", lambda editor: editor.add_article(editor.department())),
    ("edit portal", lambda editor: editor.edit_body("content/szf/zwyw/")),
]
