"""The man page and the completions of shells say what --help says, and
`make install` puts them where man, bash and zsh look."""

import os
import re
import shutil

import places

OPTION = re.compile(r"^  --([\w-]+)(?: (\S+))? ", re.MULTILINE)
COMMAND = re.compile(r"^  (\w+) +\S", re.MULTILINE)
INSTALLED = ("bin/jiyue", "share/man/man1/jiyue.1",
             "share/man/zh_CN/man1/jiyue.1",
             "share/bash-completion/completions/jiyue",
             "share/zsh/vendor-completions/_jiyue",
             "share/locale/zh_CN/LC_MESSAGES/jiyue.mo")


def jiyue(*arguments):
    code, out, err = places.run([places.PROGRAM, "--lang", "en", *arguments],
                                places.ROOT)
    if code != 0 or err:
        raise RuntimeError(f"{arguments}: exit code {code}\n{err}")
    return out


def helped():
    """{command: {option: its argument, or ""}}, as --help has them."""
    names = COMMAND.findall(jiyue("--help").split("Commands:")[1])
    return {name: dict(OPTION.findall(jiyue(name, "--help")))
            for name in names if name != "help"}


def offered(script, words, shell="bash"):
    """What bash offers for the last of the words."""
    line = " ".join(f"'{word}'" for word in words)
    code, out, err = places.run(
        [shell, "--norc", "-c", f"source {script}; COMP_WORDS=({line}); "
         f"COMP_CWORD={len(words) - 1}; _jiyue; "
         'printf "%s\\n" "${COMPREPLY[@]}"'], places.ROOT)
    if code != 0 or err:
        raise RuntimeError(f"{words}: exit code {code}\n{err}")
    return set(out.split())


def differing(what, found, wanted):
    return [f"{what}: lacks {sorted(wanted - found)}, has "
            f"{sorted(found - wanted)}"] if found != wanted else []


def look_at_bash(folder, commands):
    script = os.path.join(folder, "jiyue.bash")
    with open(script, "w", encoding="utf-8") as file:
        file.write(jiyue("help", "bash"))
    wrong = differing("commands", offered(script, ["jiyue", ""]),
                      set(commands) | {"help", "--help", "--lang",
                                       "--version"})
    for name, options in commands.items():
        wrong += differing(name, offered(script, ["jiyue", name, "--"]),
                           {"--" + option for option in options})
    os.makedirs(os.path.join(folder, "library"))
    wrong += differing("folders", offered(
        script, ["jiyue", "build", "--library", folder + "/lib"]),
        {folder + "/library"})
    wrong += differing("words", offered(
        script, ["jiyue", "build", "--dates", "f"]), {"front-matter"})
    wrong += differing("language", offered(
        script, ["jiyue", "--lang", "zh_CN", "publ"]), {"publish"})
    wrong += differing("topics", offered(script, ["jiyue", "help", "field"]),
                       {"fields"})
    return wrong


def look_at_zsh(folder, commands):
    script = os.path.join(folder, "_jiyue")
    text = jiyue("help", "zsh")
    with open(script, "w", encoding="utf-8") as file:
        file.write(text)
    wrong = []
    if shutil.which("zsh"):
        code, _, err = places.run(["zsh", "-f", "-n", script], places.ROOT)
        wrong += [err] if code else []
    blocks = dict(re.findall(r"^\t(\w+)\)\n\t\t_arguments(.*?)\n\t\t;;",
                             text, re.MULTILINE | re.DOTALL))
    for name, options in commands.items():
        wrong += differing("zsh " + name, set(re.findall(
            r"^\t\t\t'--([\w-]+)\[", blocks.get(name, ""), re.MULTILINE)),
            set(options))
    return wrong


def look_at_man(folder, commands):
    page = os.path.join(folder, "jiyue.1")
    with open(page, "w", encoding="utf-8") as file:
        file.write(jiyue("help", "man"))
    if not shutil.which("groff"):
        return []
    code, out, err = places.run(
        ["groff", "-k", "-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=400n",
         page], places.ROOT)
    if code or err:
        return [f"groff: {err}"]
    wrong = []
    blocks = dict(re.findall(r"^   jiyue (\w+)(.*?)(?=^   jiyue |^EXIT)", out,
                             re.MULTILINE | re.DOTALL))
    wrong += differing("man", set(blocks), set(commands) | {"help"})
    for name, options in commands.items():
        wrong += differing("man " + name, set(re.findall(
            r"^ {7}--([\w-]+)", blocks.get(name, ""), re.MULTILINE)),
            set(options))
    return wrong


def look_at_install(folder):
    """The recipe itself, with the program under test in the place of a new
    one."""
    makefile = places.read(os.path.join(places.ROOT, "Makefile"))
    recipe = makefile.split("\ninstall-files:\n")[1].split("\n\n")[0]
    target = os.path.join(folder, "root")
    with open(os.path.join(folder, "Makefile"), "w",
              encoding="utf-8") as file:
        file.write("install:\n" + recipe + "\n")
    os.makedirs(os.path.join(folder, "build"))
    os.symlink(os.path.dirname(places.PROGRAM),
               os.path.join(folder, "build", "release"))
    code, out, err = places.run(
        ["make", "install", f"DESTDIR={target}", "PREFIX=/usr"], folder)
    if code:
        return [f"make install: {out}{err}"]
    return [f"make install: no {name}" for name in INSTALLED
            if not os.path.getsize(os.path.join(target, "usr", name))]


def run(report):
    folder = places.fresh("completion")
    commands = helped()
    for name, wrong in (("bash", look_at_bash(folder, commands)),
                        ("zsh", look_at_zsh(folder, commands)),
                        ("man", look_at_man(folder, commands)),
                        ("install", look_at_install(folder))):
        if wrong:
            report.fails(f"completion: {name}", "\n".join(wrong))
        else:
            report.passes(f"completion: {name}")
