"""Files that `jiyue hosting` prints and that call the program: pushes to a real
bare repository with the hook, units as systemd reads them, the steps of the
pipelines in a clone."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import threading
import time

import yaml

import nginx
import places

CITY = os.path.join(places.TESTS, "cases", "_base", "city")
MISTAKE = "---\ntitle: 甲\ndate: 2026-13-45\n---\n正文。\n"
PAGE = "live/jyj.example.cn/dt/202602/kaixue.html"
PATH = f"{os.path.dirname(places.PROGRAM)}:{os.environ['PATH']}"
PROGRAM = places.program_of("release")  # where it is looked how long it takes


def hosting(*arguments):
    code, out, err = places.run([places.PROGRAM, "--lang", "en", "hosting",
                                 *arguments], places.ROOT)
    if code != 0 or err:
        raise RuntimeError(f"hosting {arguments}: exit code {code}\n{err}")
    return out


def write(folder, path, text):
    full = os.path.join(folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)


def article(text):
    return f"---\ntitle: 春季学期开学\ndate: 2026-02-16\n---\n{text}\n"


class Desk:
    """A bare repository with the hook, and an editor's clone."""

    name, path = "operation", PATH

    def __init__(self):
        self.server = None
        self.folder = places.fresh(self.name)
        self.bare = os.path.join(self.folder, "city.git")
        self.out = os.path.join(self.folder, "state", "public")
        self.to = os.path.join(self.folder, "www")
        self.work = os.path.join(self.folder, "work")
        self.make_work()
        places.git(self.folder, "init", "-q", "--bare", self.bare)
        self.hook = os.path.join(self.bare, "hooks", "post-receive")
        write(self.bare, "hooks/post-receive", hosting(
            "hook", "--library", self.bare, "--out", self.out, "--to",
            self.to))
        os.chmod(self.hook, 0o755)
        self.git("remote", "add", "origin", self.bare)

    def make_work(self):
        shutil.copytree(CITY, self.work)
        places.commit_all(self.work)
        self.git("branch", "-M", "main")

    def git(self, *arguments, folder=None):
        return places.git(folder or self.work, *arguments)

    def commit(self, text, path="content/jyj/kaixue.md"):
        write(self.work, path, text)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "改")

    def push(self, *arguments, folder=None):
        """Seconds, and what the editor is told."""
        start = time.monotonic()
        code, _, err = places.run(
            ["git", "push", *arguments], folder or self.work,
            env=places.environment(PATH=self.path))
        if code:
            raise RuntimeError(f"git push {arguments}: {err}")
        return time.monotonic() - start, err

    def live(self):
        """What readers get; from the disk when there is no server."""
        if self.server:
            return self.server.ask("jyj.example.cn", PAGE.split(
                "jyj.example.cn")[1])[2].decode("utf-8")
        try:
            return places.read(os.path.join(self.to, PAGE))
        except FileNotFoundError:
            return ""


class CityDesk(Desk):
    """With what is committed here, by the program as people run it."""

    name = "operation-city"
    path = f"{os.path.dirname(PROGRAM)}:{os.environ['PATH']}"

    def make_work(self):
        places.git(self.folder, "clone", "-q", places.ROOT, self.work)
        self.git("remote", "remove", "origin")
        self.git("checkout", "-q", "-B", "main")


def push_and_see(desk):
    wrong = []
    desk.commit(article("第一次修改。"))
    seconds, told = desk.push("origin", "main")
    if "第一次修改" not in desk.live() or "已发布" not in told:
        wrong.append(f"a push is not live: {told}")
    before = desk.live()
    desk.commit(MISTAKE, "content/jyj/cuo.md")
    _, told = desk.push("origin", "main")
    if (desk.live() != before or "content/jyj/cuo.md:3:7" not in told or
            "没有发布" not in told):
        wrong.append(f"a push with a mistake: {told}")
    desk.git("checkout", "-q", "-b", "draft")
    desk.commit(article("草稿分支。"))
    _, told = desk.push("origin", "draft")
    if desk.live() != before or "发布" in told:
        wrong.append(f"a push to another branch: {told}")
    desk.git("checkout", "-q", "main")
    desk.git("reset", "-q", "--hard", "HEAD~1")
    desk.commit(article("强制推送。"))
    desk.push("-f", "origin", "main")
    if "强制推送" not in desk.live():
        wrong.append("a forced push is not live")
    return wrong, seconds


def push_at_once(desk):
    """Both are told that something is live; the last revision is."""
    wrong = []
    other = os.path.join(desk.folder, "other")
    places.git(desk.folder, "clone", "-q", "-b", "main", desk.bare, other)
    for key, value in (("user.name", "a"), ("user.email", "a@example.cn")):
        places.git(other, "config", key, value)
    write(other, "content/szf/xin.md", article("另一位编辑。"))
    places.git(other, "add", "-A")
    places.git(other, "commit", "-q", "-m", "另一位")
    desk.commit(article("两人同时。"))

    def late():
        for _ in range(20):
            places.git(other, "pull", "-q", "--rebase", "origin", "main")
            try:
                desk.push("origin", "main", folder=other)
                return
            except RuntimeError:
                continue
        wrong.append("the second push never came through")

    thread = threading.Thread(target=late)
    thread.start()
    for _ in range(20):
        try:
            desk.push("origin", "main")
            break
        except RuntimeError:
            desk.git("pull", "-q", "--rebase", "origin", "main")
    thread.join()
    tip = places.git(desk.bare, "rev-parse", "main").strip()
    code, out, err = places.run([places.PROGRAM, "releases", desk.to],
                                desk.folder)
    if code or tip[:10] not in out.splitlines()[-1] + out.splitlines()[1]:
        wrong.append(f"{tip} is not live: {out}{err}")
    if "两人同时" not in desk.live():
        wrong.append("the first of two pushes is not live")
    return wrong


SLOWLY = """#!/bin/sh
if [ "$1 $2 $3" = "--lang zh_CN publish" ]; then
	: >"$MARK"
	while [ -e "$MARK" ]; do sleep 0.05; done
fi
exec "$PROGRAM" "$@"
"""


def push_while_publishing(desk):
    """A push that comes while another one is being published waits, and is
    live behind it."""
    slow = os.path.join(desk.folder, "slow")
    mark = os.path.join(desk.folder, "mark")
    write(slow, "jiyue", SLOWLY)
    os.chmod(os.path.join(slow, "jiyue"), 0o755)
    desk.git("pull", "-q", "--rebase", "origin", "main")
    told = {}

    def push(name, commit, path=PATH, **more):
        told[name] = places.run(
            ["git", "push", "origin", f"{commit}:main"], desk.work,
            env=places.environment(PATH=path, **more))

    commits = []
    for number in range(2):
        desk.commit(article(f"发布期间第{number}次推送。"))
        commits.append(desk.git("rev-parse", "HEAD").strip())
    first = threading.Thread(target=push, args=("first", commits[0]), kwargs={
        "path": f"{slow}:{PATH}", "MARK": mark, "PROGRAM": places.PROGRAM})
    second = threading.Thread(target=push, args=("second", commits[1]))
    first.start()
    while not os.path.exists(mark) and first.is_alive():
        time.sleep(0.05)
    second.start()
    second.join(1)
    wrong = [] if second.is_alive() else ["the second push does not wait"]
    os.remove(mark)
    first.join()
    second.join()
    wrong += [f"{name}: {code} {err}" for name, (code, _, err) in told.items()
              if code or "已发布" not in err]
    if "发布期间第1次推送" not in desk.live():
        wrong.append("the second push is not live")
    code, out, err = places.run([places.PROGRAM, "verify", desk.to],
                                desk.folder)
    return wrong + ([f"verify: {out}{err}"] if code else [])


def when_due(desk):
    """A text that comes tomorrow is waited for to the second."""
    desk.git("pull", "-q", "--rebase", "origin", "main")
    moment = time.time() + 86400
    desk.commit(article("明天。").replace(
        "2026-02-16", time.strftime("%Y-%m-%d %H:%M:%S +08:00",
                                    time.gmtime(moment + 8 * 3600))),
                "content/jyj/mingtian.md")
    desk.push("origin", "main")
    noted = int(places.read(desk.out + ".next"))
    wrong = ([f"it is due at {noted}, not {int(moment)}"]
             if abs(noted - moment) > 2 else [])
    environment = places.environment(PATH=PATH)
    code, _, err = places.run([desk.hook, "now"], desk.folder, env=environment)
    if code or err:
        wrong.append(f"nothing is due: {code} {err}")
    write(desk.folder, "state/public.next", "0\n")
    code, _, err = places.run([desk.hook, "now"], desk.folder, env=environment)
    if code or "已发布" not in err:
        wrong.append(f"it is due: {code} {err}")
    if int(places.read(desk.out + ".next")) != noted:
        wrong.append("what is due next is not noted")
    return wrong


def look_at_hook(report):
    desk = Desk()
    desk.push("origin", "main")
    if nginx.program() is None:
        report.skips_test("operation: pushes through nginx",
                          "there is no nginx")
        server = contextlib.nullcontext()
    else:
        os.mkdir(os.path.join(desk.folder, "nginx"))
        server = nginx.Server(os.path.join(desk.folder, "nginx"), desk.work,
                              desk.to)
    with server as desk.server:
        wrong, seconds = push_and_see(desk)
        wrong += (push_at_once(desk) + push_while_publishing(desk) +
                  when_due(desk))
    if wrong:
        report.fails("operation: post-receive", "\n".join(wrong))
    else:
        report.passes(f"operation: post-receive, live in {seconds:.1f} s")


# --- the demonstration city --------------------------------------------------

CITY_HOST, CITY_TEXT = "jyj.shifan.gov.cn", "content/jyj"
TURNS, AIM = 5, 1.0  # the best of so many pushes takes no longer; seconds


def busy():
    """How many others want each processor, at the least one."""
    return max(1.0, os.getloadavg()[0] / os.cpu_count())


def newest_page(desk):
    """Path and address of a text of the city, by what `explain` says."""
    for path in places.files_below(os.path.join(desk.work, CITY_TEXT)):
        if not path.endswith(".md"):
            continue
        code, out, _ = places.run(
            [PROGRAM, "explain", "--library", desk.bare, "--rev", "main",
             "--out", desk.out, f"{CITY_TEXT}/{path}"], desk.folder)
        found = re.search(rf"{CITY_HOST}(/\S+\.html)", out)
        if code == 0 and found:
            return f"{CITY_TEXT}/{path}", found[1]
    raise RuntimeError("no text has a page")


def live_after(desk, path, address, number):
    """Seconds from `git push` until nginx answers with the new words."""
    words = f"第{number}次推送上线。"
    with open(os.path.join(desk.work, path), "a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")
    desk.git("commit", "-qam", "改")
    start = time.monotonic()
    with subprocess.Popen(
            ["git", "push", "-q", "origin", "main"], cwd=desk.work,
            env=places.environment(PATH=desk.path),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as push:
        seconds = None
        while seconds is None:
            is_over = push.poll() is not None
            if words in desk.server.ask(CITY_HOST, address)[2].decode():
                seconds = time.monotonic() - start
            elif is_over:
                raise RuntimeError("the push is over, and it is not live")
            else:
                time.sleep(0.02)
    return seconds


def look_at_city(report):
    """`git push` is live in nginx within a second."""
    if nginx.program() is None:
        report.skips_test("operation: a push of the city", "there is no nginx")
        return
    desk = CityDesk()
    desk.push("origin", "main")
    os.mkdir(os.path.join(desk.folder, "nginx"))
    with nginx.Server(os.path.join(desk.folder, "nginx"), desk.work,
                      desk.to) as desk.server:
        path, address = newest_page(desk)
        seconds = [live_after(desk, path, address, number)
                   for number in range(TURNS)]
    others = busy()
    report.says("operation: an edited text of the city is live behind git "
                f"push after {min(seconds):.2f} s, the slowest of {TURNS} "
                f"after {max(seconds):.2f} s; {others:.1f} wanted each "
                "processor")
    report.takes("operation: a push of the city", [
        f"live after {seconds} s"] if min(seconds) > AIM * others else [])
    places.remove(desk.folder)


def look_at_units(report):
    folder = places.fresh("operation-units")
    hook = os.path.join(folder, "city.git", "hooks", "post-receive")
    write(folder, "city.git/hooks/post-receive", "#!/bin/sh\n")
    os.chmod(hook, 0o755)
    paths = ("--library", os.path.join(folder, "city.git"), "--out",
             os.path.join(folder, "state", "public"), "--to",
             os.path.join(folder, "www"))
    write(folder, "jiyue-publish.service", hosting("service", *paths))
    write(folder, "jiyue-publish.timer", hosting("timer"))
    service = places.read(os.path.join(folder, "jiyue-publish.service"))
    wrong = [f"service: no {word}" for word in
             ("NoNewPrivileges=yes", "ProtectSystem=strict",
              "SystemCallFilter=@system-service\n",
              "SystemCallFilter=landlock_create_ruleset ",
              f"ExecStart={hook} now",
              f"ReadWritePaths={folder}/state {folder}/www")
             if word not in service]
    if shutil.which("systemd-analyze"):
        code, out, err = places.run(
            ["systemd-analyze", "verify",
             os.path.join(folder, "jiyue-publish.service"),
             os.path.join(folder, "jiyue-publish.timer")], folder)
        said = [line for line in (out + err).splitlines()
                if "jiyue-publish" in line]
        wrong += said
    if wrong:
        report.fails("operation: units", "\n".join(wrong))
    else:
        report.passes("operation: units")


def steps_of(name):
    """The shell lines of a pipeline, in their order."""
    if name == "jenkins":
        return re.findall(r"^ *sh '([^'\n]*)'$", hosting(name), re.M)
    pipeline = yaml.safe_load(hosting(name))
    if name == "woodpecker":
        return [line for step in pipeline["steps"].values()
                for line in step["commands"]]
    if name == "gitlab":
        return [line for job in ("check", "build")
                for line in pipeline[job]["script"]]
    return [step["run"] for step in pipeline["jobs"]["check"]["steps"]
            if "run" in step]


def run_steps(name, clone):
    """The code of the first step that fails, or 0."""
    for step in steps_of(name):
        code, out, _ = places.run(["sh", "-e", "-c", step], clone,
                                  env=places.environment(PATH=PATH))
        if code:
            return code, out
    return 0, ""


def look_at_pipelines(report):
    folder = places.fresh("operation-ci")
    work = os.path.join(folder, "work")
    shutil.copytree(CITY, work)
    places.commit_all(work)
    for name in ("gitlab", "github", "jenkins", "woodpecker"):
        clone = os.path.join(folder, name)
        places.git(folder, "clone", "-q", work, clone)
        code, out = run_steps(name, clone)
        wrong = [f"exit code {code}: {out}"] if code else []
        if not os.path.exists(os.path.join(clone, "public",
                                           "www.example.cn", "index.html")):
            wrong.append("nothing is built")
        write(clone, "content/jyj/cuo.md", MISTAKE)
        places.commit_all(clone)
        code, out = run_steps(name, clone)
        if code != 1:
            wrong.append(f"with a mistake: exit code {code}")
        if name == "github" and "::error file=content/jyj/cuo.md" not in out:
            wrong.append(f"no annotation: {out}")
        if name == "gitlab":
            found = json.loads(places.read(os.path.join(
                clone, "codequality.json")))
            if not any(row["location"]["path"] == "content/jyj/cuo.md"
                       for row in found):
                wrong.append("no finding in codequality.json")
        if wrong:
            report.fails(f"operation: {name}", "\n".join(wrong))
        else:
            report.passes(f"operation: {name}")


def look_at_container(report):
    """What cannot be run here: that it has the packages of the Makefile, and
    no user that may do anything."""
    text = hosting("container")
    makefile = places.read(os.path.join(places.ROOT, "Makefile"))
    packages = makefile.split("PACKAGES_BUILD := ")[1].split("\nPACKAGES")[0]
    wrong = [f"no package {name}" for name in
             packages.replace("\\\n", " ").split() if f" {name}" not in text]
    if text.count("\nFROM ") + text.startswith("FROM ") != 2:
        wrong.append("not two stages")
    if "\nUSER jiyue\n" not in text.split("FROM ")[-1]:
        wrong.append("the program would run as root")
    if wrong:
        report.fails("operation: container", "\n".join(wrong))
    else:
        report.passes("operation: container")


def certificate(folder, domain, days):
    where = os.path.join(folder, "tls", domain)
    os.makedirs(where)
    code, _, err = places.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:P-256", "-nodes", "-keyout", "privkey.pem",
         "-out", "fullchain.pem", "-days", str(days), "-subj",
         f"/CN={domain}"], where)
    if code:
        raise RuntimeError(err)


def zone(days):
    """A signature as dnssec-signzone writes it, and what only looks so."""
    end = time.strftime("%Y%m%d%H%M%S", time.gmtime(time.time() +
                                                    days * 86400 + 60))
    return (f"; RRSIG A 8 2 60 20200101000000 in a comment\n"
            f"example.cn. 60 IN RRSIG SOA 8 2 60 (\n\t\t{end} "
            f"20260101000000 1 example.cn.\n\t\tAAAA )\n"
            f"example.cn. IN NSEC a.example.cn. A RRSIG NSEC\n")


def look_at_doctor(report):
    """Everything in order, and then each thing wrong by itself."""
    folder = places.fresh("operation-doctor")
    work = os.path.join(folder, "work")
    shutil.copytree(CITY, work)
    places.commit_all(work)
    for name in ("out", "www"):
        os.mkdir(os.path.join(folder, name), 0o755)
    write(folder, "key", "")
    os.chmod(os.path.join(folder, "key"), 0o600)
    certificate(folder, "jyj.example.cn", 90)
    certificate(folder, "www.example.cn", 90)
    write(folder, "zone", zone(30))

    def examine():
        code, out, err = places.run(
            [places.PROGRAM, "--lang", "en", "doctor", "--library", work,
             "--out", f"{folder}/out", "--to", f"{folder}/www", "--sign",
             f"{folder}/key", "--tls", f"{folder}/tls", "--zone",
             f"{folder}/zone"], folder)
        return code, [line for line in (out + err).splitlines()
                      if line.startswith(("WRONG", "jiyue: error"))]

    code, said = examine()
    wrong = [] if code == 0 and not said else [f"in order: {code} {said}"]

    def expect(words):
        code, said = examine()
        if code != 1 or len(said) != 1 or words not in said[0]:
            wrong.append(f"{words}: {code} {said}")

    os.chmod(os.path.join(folder, "out"), 0o777)
    expect("everybody may write to")
    os.chmod(os.path.join(folder, "out"), 0o755)
    os.chmod(os.path.join(folder, "key"), 0o640)
    expect("others than its owner may read")
    os.chmod(os.path.join(folder, "key"), 0o600)
    os.rmdir(os.path.join(folder, "www"))
    expect("www is no folder")
    os.mkdir(os.path.join(folder, "www"), 0o755)
    shutil.rmtree(os.path.join(folder, "tls", "jyj.example.cn"))
    expect("there is no certificate")
    certificate(folder, "jyj.example.cn", 10)
    expect("jyj.example.cn ends in")
    write(folder, "tls/jyj.example.cn/fullchain.pem", "nothing\n")
    expect("is no certificate")
    shutil.rmtree(os.path.join(folder, "tls", "jyj.example.cn"))
    certificate(folder, "jyj.example.cn", 90)
    write(folder, "zone", zone(30) + zone(3))
    expect("end in")
    write(folder, "zone", "example.cn. IN NSEC a.example.cn. A RRSIG NSEC\n")
    expect("has no signatures")
    os.remove(os.path.join(folder, "zone"))
    expect("cannot be read")
    write(folder, "zone", zone(30))
    places.git(work, "commit", "-q", "--allow-empty", "-m", "未来",
               env=places.environment(
                   GIT_COMMITTER_DATE="2099-01-01T00:00:00+08:00"))
    expect("the clock is before")
    if wrong:
        report.fails("operation: doctor", "\n".join(wrong))
    else:
        report.passes("operation: doctor")


JOBS = [look_at_doctor, look_at_hook, look_at_city, look_at_units, look_at_pipelines, look_at_container]
