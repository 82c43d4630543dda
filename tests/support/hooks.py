""".github/hooks/pre-commit: lets good commits through and says what is wrong
with others, in a small repository with what it looks at."""

import os
import shutil

import places

HOOKS = os.path.join(places.ROOT, ".github", "hooks")
GOOD = '/* A word. */\n#include "base/str.h"\n\nint word;\n'
BAD = {
    "layers": ("generator/base/word.c",
               '#include "render/view.h"\n', "make layers"),
    "lengths": ("generator/base/word.c", "/* */\n" * 801, "at most 800"),
    "machine paths": ("README.md", "Look at /home/" + "someone/city.\n",
                      "a path of one machine"),
    "conflicts": ("README.md", "<<<" + "<<<< main\n", "not resolved"),
    "translations": ("generator/base/word.c",
                     'const char *word = _("there is no such word");\n',
                     "lacks “there is no such word”"),
}


def repository():
    folder = places.fresh("hooks")
    for name in ("generator/layers.sh", "generator/LAYERS",
                 "generator/base/str.h", "generator/po/zh_CN.po",
                 ".clang-format"):
        target = os.path.join(folder, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy2(os.path.join(places.ROOT, name), target)
    places.commit_all(folder)
    places.git(folder, "config", "core.hooksPath", HOOKS)
    return folder


def commit(folder, path, text):
    """Exit code and words of a commit of one file, which is taken back."""
    full = os.path.join(folder, path)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)
    places.git(folder, "add", "-A")
    code, _, err = places.run(["git", "commit", "-q", "-m", "甲"], folder)
    places.git(folder, "reset", "-q", "--hard",
               "HEAD" if code else "HEAD~1")
    return code, err


def run(report):
    folder = repository()
    code, err = commit(folder, "generator/base/word.c", GOOD)
    report.takes("hook: a good commit", [] if code == 0 else [err])
    for name, (path, text, wanted) in BAD.items():
        code, err = commit(folder, path, text)
        report.takes(f"hook: {name}", [] if code == 1 and wanted in err else
                     [f"exit code {code}", err])
