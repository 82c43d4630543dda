"""Reviews that are signed, and hooks that look at them: real keys, made here, and
real pushes into a bare repository, as a file and through a server of SSH on
loopback. What the hooks cost is counted in calls, not in time."""

import os
import shutil
import socket
import subprocess
import time

import cases
import places
import review_lines

CITY = os.path.join(cases.FOLDER, "_base", "city")
TEXT = "content/jyj/kaixue.md"
ROLES = """\
steps: [final, publisher]
people:
  - {name: 终审岗, mail: zhongshen@example.cn, roles: [final]}
  - {name: 发布岗, mail: fabu@example.cn, roles: [publisher]}
  - {name: 值班岗, mail: zhiban@example.cn, roles: [final, publisher]}
"""
MAILS = ("zhongshen@example.cn", "fabu@example.cn", "zhiban@example.cn")
OTHER = "bieren@example.cn"
PAGE = "out/jyj.example.cn/dt/202602/kaixue.html"


class City:
    """A library with a site that asks for reviews, and keys of its people."""

    def __init__(self, name, policy, gpg=False):
        self.folder = places.fresh("reviews", name, "library")
        self.home = places.fresh("reviews", name, "home")
        self.minute = 0
        self.mistakes = []
        shutil.copytree(CITY, self.folder, dirs_exist_ok=True)
        self.replace("sites/jyj/site.yaml", "kind: department",
                     f"kind: department\nreview: {policy}")
        self.write("sites/jyj/roles.yaml", ROLES)
        for mail in (*MAILS, OTHER):
            self.make_key(mail, gpg)
        if policy == "signed":
            self.write_signers(gpg)
        self.commit("第一次提交")

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        cases.write(self.path(name), text)

    def replace(self, name, old, new):
        text = places.read(self.path(name))
        if old not in text:
            raise ValueError(f"{name} has no “{old}”")
        self.write(name, text.replace(old, new))

    def key(self, mail):
        return os.path.join(self.home, mail)

    def make_key(self, mail, gpg):
        if gpg:
            self.run("gpg", "--batch", "--quiet", "--passphrase", "",
                     "--quick-gen-key", f"<{mail}>", "ed25519", "sign",
                     "never")
        else:
            self.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", mail,
                     "-f", self.key(mail))

    def write_signers(self, gpg):
        for mail in MAILS:
            if not gpg:
                break
            os.makedirs(self.path("sites/jyj/signers"), exist_ok=True)
            self.run("gpg", "--batch", "--quiet", "--output",
                     self.path(f"sites/jyj/signers/{mail}.gpg"), "--export",
                     f"<{mail}>")
        if not gpg:
            self.write("sites/jyj/allowed_signers", "".join(
                f"{mail} {places.read(self.key(mail) + '.pub')}"
                for mail in MAILS))

    def environment(self, mail, **more):
        self.minute += 1
        date = f"2026-05-01T10:{self.minute % 60:02}:00+08:00"
        return places.environment(
            GIT_AUTHOR_EMAIL=mail, GIT_COMMITTER_EMAIL=mail,
            GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date, HOME=self.home,
            GNUPGHOME=self.home, **more)

    def run(self, *arguments, mail=OTHER, **more):
        code, out, err = places.run(list(arguments), self.folder,
                                    self.environment(mail, **more))
        if code != 0:
            raise RuntimeError(f"{' '.join(arguments)}: {out}{err}")
        return out

    def commit(self, message, mail=OTHER):
        if not os.path.exists(self.path(".git")):
            self.run("git", "-c", "init.defaultBranch=main", "init", "-q")
            self.write(".git/info/exclude", "/out*/\n")
        self.run("git", "add", "-A", mail=mail)
        self.run("git", "commit", "-q", "--allow-empty", "-m", message,
                 mail=mail)

    def review(self, line, signer=None, gpg=False):
        """A commit of review_lines.py, signed by `signer`; None: by nobody."""
        author, text = review_lines.message(self.folder, line)
        options = []
        if signer is not None and not gpg:
            options = ["-c", "gpg.format=ssh", "-c",
                       f"user.signingkey={self.key(signer)}", "commit", "-S"]
        elif signer is not None:
            options = ["commit", f"--gpg-sign=<{signer}>"]
        self.run("git", *(options or ["commit"]), "-q", "--allow-empty", "-m",
                 text, mail=author)

    def build(self, **more):
        return places.run([places.PROGRAM, "build", "--out", "out", "--as-of",
                           "2026-06-01"], self.folder,
                          places.environment(**more))

    def shows(self, words):
        path = self.path(PAGE)
        return os.path.exists(path) and words in places.read(path)

    def expect(self, what, holds):
        if not holds:
            self.mistakes.append(what)


def counted(city, name):
    """A folder with a program that notes each call and then is the real one."""
    folder = places.fresh("reviews", "counted", os.path.basename(
        os.path.dirname(city.folder)))
    calls = os.path.join(folder, "calls")
    cases.write(os.path.join(folder, name),
                f"#!/bin/sh\necho . >>'{calls}'\n"
                f"exec '{shutil.which(name)}' \"$@\"\n")
    os.chmod(os.path.join(folder, name), 0o755)
    return folder, calls


def calls_in(calls):
    return len(places.read(calls)) // 2 if os.path.exists(calls) else 0


def signed(report):
    city = City("signed", "signed")
    final, publisher = "zhongshen@example.cn", "fabu@example.cn"
    city.review(f"final {final} {TEXT}")
    city.review(f"final {final} {TEXT}", signer=publisher)
    _, _, err = city.build()
    city.expect("without a signature, and with another's, it does not count",
                not city.shows("春季") and "is not signed by a key" in err)
    city.review(f"final {final} {TEXT}", signer=final)
    city.review(f"publisher {publisher} {TEXT}", signer=publisher)
    folder, calls = counted(city, "ssh-keygen")
    path = f"{folder}:{os.environ['PATH']}"
    shutil.rmtree(city.path("out"))
    city.build(PATH=path)
    city.expect("signed by both it counts", city.shows("春季"))
    first = calls_in(calls)
    city.expect(f"one call a commit that could count, not {first}", first == 3)
    city.replace(TEXT, "春季", "秋季")
    city.commit("改")
    city.review(f"final {final} {TEXT}", signer=final)
    city.build(PATH=path)
    city.expect("what waits is not shown", city.shows("春季"))
    city.expect(f"one more call for one more commit: {calls_in(calls)}",
                calls_in(calls) == first + 1)
    appoints_himself(city)
    # a key that is taken away counts for what it signed before, not after
    signers = places.read(city.path("sites/jyj/allowed_signers"))
    city.write("sites/jyj/allowed_signers", "".join(
        line + "\n" for line in signers.splitlines()
        if not line.startswith(publisher)))
    city.commit("取消密钥")
    city.review(f"publisher {publisher} {TEXT}", signer=publisher)
    city.build()
    city.expect("a key that is gone signs nothing",
                city.shows("春季") and not city.shows("秋季"))
    city.expect("and nobody is asked again", calls_in(calls) == first + 1)
    shutil.rmtree(city.path("out"))
    code, _, err = city.build(PATH="/nowhere")
    city.expect("without the program nothing is known",
                code == 2 and "review-program" in err)
    report.takes("reviews: signed by SSH", city.mistakes)


def appoints_himself(city):
    """A key and its use in one commit."""
    signers = places.read(city.path("sites/jyj/allowed_signers"))
    city.write("sites/jyj/allowed_signers", signers + f"fabu@example.cn "
               f"{places.read(city.key(OTHER) + '.pub')}")
    city.run("git", "add", "-A")
    city.review(f"publisher fabu@example.cn {TEXT}", signer=OTHER)
    city.build()
    city.expect("who brings his key signs nothing in that commit",
                city.shows("春季") and not city.shows("秋季"))
    city.write("sites/jyj/allowed_signers", signers)
    city.commit("改回")


def signed_by_openpgp(report):
    if shutil.which("gpg") is None or shutil.which("gpgv") is None:
        report.skips_test("reviews: signed by OpenPGP", "gpg is not there")
        return
    city = City("openpgp", "signed", gpg=True)
    final, publisher = "zhongshen@example.cn", "fabu@example.cn"
    city.review(f"final {final} {TEXT}", signer=publisher, gpg=True)
    city.review(f"final {final} {TEXT}", signer=OTHER, gpg=True)
    city.build()
    city.expect("another's key does not count", not city.shows("春季"))
    city.review(f"final {final} {TEXT}", signer=final, gpg=True)
    city.review(f"publisher {publisher} {TEXT}", signer=publisher, gpg=True)
    _, _, err = city.build()
    city.expect("signed by both it counts: " + err, city.shows("春季"))
    places.run(["gpgconf", "--homedir", city.home, "--kill", "all"],
               city.folder)
    report.takes("reviews: signed by OpenPGP", city.mistakes)


def approved(report):
    """jiyue review approve signs as git does."""
    city = City("approved", "signed")
    for mail in MAILS[:2]:
        city.run("git", "config", "user.signingkey", city.key(mail))
        city.run(places.PROGRAM, "review", "approve", TEXT, mail=mail)
    city.build()
    city.expect("approved by both it counts", city.shows("春季"))
    city.run("git", "config", "--unset", "user.signingkey")
    city.replace(TEXT, "春季", "秋季")
    city.commit("改")
    code, _, err = places.run([places.PROGRAM, "review", "approve", TEXT],
                              city.folder, city.environment(MAILS[0]))
    city.expect("without a key it is refused",
                code == 1 and "you have no key" in err)
    report.takes("reviews: approved with a key", city.mistakes)


# --- hooks ---


class Bare:
    """What the city is pushed to, by a path or through SSH."""

    def __init__(self, city, name):
        self.city = city
        self.folder = os.path.join(places.fresh("reviews", name, "bare"),
                                   "city.git")
        city.run("git", "clone", "-q", "--bare", city.folder, self.folder)
        out = city.run(places.PROGRAM, "hooks", "install", "--library",
                       self.folder)
        city.expect("the hook is where it says", os.access(
            out.strip(), os.X_OK) and out.endswith("/pre-receive\n"))
        self.reach(self.folder)

    def reach(self, url, command=None):
        self.url, self.command = url, command

    def head(self):
        return places.git(self.folder, "rev-parse", "main").strip()

    def push(self, *refs, **more):
        """Whether it was let in, and what was said."""
        if self.command is not None:
            more["GIT_SSH_COMMAND"] = self.command
        code, _, err = places.run(
            ["git", "push", "-q", self.url, *(refs or ["main"])],
            self.city.folder, self.city.environment(OTHER, **more))
        return code == 0, err

    def refuses(self, what, wanted, *refs):
        """Nothing is changed there, and the city is as it is there again."""
        before = self.head()
        is_in, err = self.push(*refs)
        self.city.expect(f"{what}: refused with {wanted}: {err}",
                         not is_in and wanted in err)
        self.city.expect(f"{what}: the branch is as it was",
                         self.head() == before)
        self.city.run("git", "reset", "-q", "--hard", before)

    def takes(self, what, *refs, **more):
        is_in, err = self.push(*refs, **more)
        self.city.expect(f"{what}: let in: {err}", is_in)


def review_both(city, **more):
    city.review(f"final zhongshen@example.cn {TEXT}", **more)
    city.review(f"publisher fabu@example.cn {TEXT}", **more)


def change(city, number):
    text = places.read(city.path(TEXT))
    city.write(TEXT, f"{text}\n第{number}段。\n")
    city.commit(f"第{number}次修改")


def push_forgeries(city, bare):
    review_both(city)
    bare.takes("reviews by who has the roles")
    change(city, 1)
    city.review(f"final for zhongshen@example.cn {TEXT}")
    bare.refuses("another's name", "push-forged")
    city.review(f"final fabu@example.cn {TEXT}")
    bare.refuses("another's role", "push-forged")


def push_history(city, bare):
    city.run("git", "commit", "-q", "--amend", "--allow-empty", "-m",
             "改写")
    bare.refuses("another history", "push-rewritten", "--force", "main")
    bare.refuses("no branch", "push-deleted", ":main")
    # a merge that puts the branch's own commits aside
    city.run("git", "checkout", "-q", "-b", "aside", "HEAD~2")
    change(city, 2)
    city.run("git", "merge", "-q", "-s", "ours", "-m", "合并", "main")
    bare.refuses("reviews put aside", "push-rewritten", "aside:main")
    city.run("git", "checkout", "-q", "main")
    change(city, 3)
    bare.takes("any other branch", "main:draft")
    city.run("git", "reset", "-q", "--hard", "HEAD~1")


def push_protection(city, bare):
    city.run("git", "rm", "-q", "sites/jyj/roles.yaml")
    city.commit("删除")
    bare.refuses("no roles", "push-roles")
    city.replace("sites/jyj/site.yaml", "review: trailers", "review: off")
    city.commit("关闭")
    bare.refuses("no reviews", "push-review")
    appoint(city)
    city.review(f"final {OTHER} {TEXT}")
    bare.refuses("an appointment with its review", "push-appoints")
    # and what is put back before the push ends
    appoint(city)
    city.review(f"final {OTHER} {TEXT}")
    city.write("sites/jyj/roles.yaml", ROLES)
    city.commit("改回")
    bare.refuses("an appointment for a while", "push-appoints")
    appoint(city)
    bare.refuses("an appointment by nobody, in a push by itself",
                 "push-appoints")
    city.replace("sites/jyj/site.yaml", "review: trailers",
                 f"review: trailers\nreview_since: {bare.head()}")
    city.commit("不再补审")
    bare.refuses("texts from before another commit", "push-review")
    city.replace("sites/jyj/site.yaml", "kind: department",
                 "kind: department\nunits: [jyj2]")
    city.commit("换单位")
    bare.refuses("a unit that is taken away", "push-review")
    city.write("sites/jyj/allowed_signers",
               f"{OTHER} {places.read(city.key(OTHER) + '.pub')}")
    city.commit("密钥")
    bare.refuses("a key that nobody has seen", "push-appoints")
    # one of two steps, and both
    city.write("sites/jyj/roles.yaml", APPOINTED)
    approve(city, "zhongshen@example.cn")
    city.commit("任命")
    bare.refuses("an appointment that one has seen", "push-appoints")
    city.write("sites/jyj/roles.yaml", APPOINTED)
    for mail in MAILS[:2]:
        approve(city, mail)
    city.write("sites/jyj/roles.yaml",
               APPOINTED.replace("roles: [final]", "roles: [publisher]"))
    city.commit("任命")
    bare.refuses("another appointment than they have seen", "push-appoints")
    city.write("sites/jyj/roles.yaml", APPOINTED)
    for mail in MAILS[:2]:
        approve(city, mail)
    city.commit("任命")
    bare.takes("an appointment by who has the roles")
    city.review(f"final {OTHER} {TEXT}")
    bare.takes("and then the review")
    # who was seen once is not seen for ever
    city.write("sites/jyj/roles.yaml", ROLES)
    city.commit("免去")
    bare.refuses("nor does anybody leave by himself", "push-appoints")


APPOINTED = ROLES + f"  - {{name: 新岗, mail: {OTHER}, roles: [final]}}\n"


def approve(city, mail):
    """A step for roles that are not committed yet."""
    city.run(places.PROGRAM, "review", "approve", "sites/jyj/roles.yaml",
             mail=mail)


def appoint(city):
    city.write("sites/jyj/roles.yaml", APPOINTED)
    city.commit("任命")


def push_mistakes(city, bare):
    good = places.read(city.path(TEXT))
    city.write(TEXT, good.replace("date: 2026-02-16", "date: 2026-13-16"))
    city.commit("写错")
    bare.refuses("a mistake", "date-invalid")
    city.write("content/jyj/_defaults.yaml", "sorce: 示范市教育局\n")
    city.commit("写错")
    bare.refuses("a mistake in what texts inherit", "_defaults.yaml")
    # what was wrong before keeps nobody from pushing
    os.rename(os.path.join(bare.folder, "hooks", "pre-receive"),
              os.path.join(bare.folder, "hooks", "off"))
    city.write("content/szf/cuo.md", "---\ntitle: 错\ndate: 错\n---\n")
    city.commit("绕过")
    bare.push()
    os.rename(os.path.join(bare.folder, "hooks", "off"),
              os.path.join(bare.folder, "hooks", "pre-receive"))
    change(city, 4)
    bare.takes("a mistake that was there before")


def pushed_by_path(report):
    city = City("path", "trailers")
    bare = Bare(city, "path")
    for step in (push_forgeries, push_history, push_protection, push_mistakes):
        step(city, bare)
    code, out, err = places.run(["git", "fsck", "--full"], bare.folder)
    city.expect(f"nothing is broken in the repository: {out}{err}", code == 0)
    report.takes("reviews: pushed to a path", city.mistakes)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def ssh_server(city, port):
    """On loopback, with keys of this test alone; None: it does not start."""
    host = os.path.join(city.home, "host")
    city.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host)
    settings = os.path.join(city.home, "sshd_config")
    cases.write(settings, f"""\
ListenAddress 127.0.0.1
Port {port}
HostKey {host}
AuthorizedKeysFile {city.key(OTHER)}.pub
StrictModes no
UsePAM no
PidFile none
PasswordAuthentication no
PermitRootLogin prohibit-password
""")
    if os.geteuid() == 0:
        os.makedirs("/run/sshd", exist_ok=True)
    server = subprocess.Popen(
        [shutil.which("sshd", path="/usr/sbin:/usr/bin"), "-D", "-f",
         settings], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        if server.poll() is not None:
            return None
        time.sleep(0.1)
    return server


def pushed_by_ssh(report):
    if shutil.which("sshd", path="/usr/sbin:/usr/bin") is None:
        report.skips_test("reviews: pushed through SSH", "no openssh-server")
        return
    city = City("ssh", "trailers")
    bare = Bare(city, "ssh")
    port = free_port()
    server = ssh_server(city, port)
    if server is None:
        report.skips_test("reviews: pushed through SSH", "it does not start")
        return
    try:
        bare.reach(f"ssh://127.0.0.1{bare.folder}",
                   f"ssh -p {port} -i {city.key(OTHER)} -F /dev/null "
                   "-o StrictHostKeyChecking=no -o BatchMode=yes "
                   f"-o UserKnownHostsFile={city.home}/known")
        push_forgeries(city, bare)
        push_history(city, bare)
    finally:
        server.terminate()
        server.wait()
    report.takes("reviews: pushed through SSH", city.mistakes)


def import_commits(city, count):
    """Commits that change texts, far faster than one after the other."""
    parent = "from " + city.run("git", "rev-parse", "HEAD")
    lines = []
    for number in range(count):
        text = f"---\ntitle: 第{number}条\ndate: 2026-04-01\n---\n正文。\n"
        lines.append(
            "commit refs/heads/main\n"
            f"committer 编辑 <{OTHER}> {1777600000 + number} +0800\n"
            f"data 3\n改\n{parent if number == 0 else ''}"
            f"M 100644 inline content/jyj/t{number % 50}.md\n"
            f"data {len(text.encode())}\n{text}\n")
    path = os.path.join(city.home, "commits")
    cases.write(path, "".join(lines))
    city.run("sh", "-c", f"git fast-import --quiet --force <'{path}'")
    city.run("git", "reset", "-q", "--hard", "main")


def pushed_at_once(report):
    """A thousand commits: as many calls as there are lines, and no more."""
    city = City("thousand", "signed")
    bare = Bare(city, "thousand")
    folder, calls = counted(city, "ssh-keygen")
    review_line = f"final zhongshen@example.cn {TEXT}"
    city.review(review_line, signer="zhongshen@example.cn")
    import_commits(city, 998)
    city.review(f"publisher fabu@example.cn {TEXT}", signer="fabu@example.cn")
    bare.takes("a thousand commits",
               PATH=f"{folder}:{os.environ['PATH']}")
    city.expect(f"one call a line: {calls_in(calls)}", calls_in(calls) == 2)
    city.expect("all of them are there", places.git(
        bare.folder, "rev-list", "--count", "main").strip() == "1001")
    os.remove(calls)
    change(city, 1)
    city.review(review_line, signer="zhongshen@example.cn")
    bare.takes("one more", PATH=f"{folder}:{os.environ['PATH']}")
    city.expect(f"one call for one more: {calls_in(calls)}",
                calls_in(calls) == 1)
    city.review(f"publisher fabu@example.cn {TEXT}", signer=OTHER)
    bare.refuses("another's signature", "push-forged")
    report.takes("reviews: a push of a thousand commits", city.mistakes)


def try_commit(city, *arguments):
    code, out, err = places.run(["git", "commit", "-q", "-m", "试", *arguments],
                                city.folder, city.environment(OTHER))
    return code == 0, out + err


def committed(report):
    """Before a commit: what is staged is read, and nothing else."""
    city = City("commit", "off")
    city.write("content/szf/cuo.md", "---\ntitle: 错\ndate: 错\n---\n")
    city.commit("早就错了")
    out = city.run(places.PROGRAM, "hooks", "install")
    city.expect("installed", out.endswith("/.git/hooks/pre-commit\n"))
    city.run(places.PROGRAM, "hooks", "install")
    good = places.read(city.path(TEXT))
    bad = good.replace("date: 2026-02-16", "date: 2026-13-16")
    city.write(TEXT, bad)
    city.run("git", "add", "-A")
    is_in, said = try_commit(city)
    city.expect(f"a mistake stops it, named with its place: {said}",
                not is_in and f"{TEXT}:3:7: " in said)
    city.expect(f"and no other mistake: {said}", "cuo.md" not in said)
    city.write(TEXT, good)
    is_in, _ = try_commit(city, "--allow-empty")
    city.expect("what is staged counts, not what stands there", not is_in)
    city.run("git", "reset", "-q")
    city.write(TEXT, bad)
    city.write("content/jyj/xin.md", good)
    city.run("git", "add", "content/jyj/xin.md")
    is_in, said = try_commit(city)
    city.expect(f"what is not staged does not count: {said}", is_in)
    is_in, said = try_commit(city, TEXT)
    city.expect(f"git commit FILE stages elsewhere: {said}",
                not is_in and TEXT in said)
    cases.write(out.strip(), "#!/bin/sh\n")
    code, _, err = places.jiyue(city.folder, "hooks", "install")
    city.expect("somebody's own hook stays", code == 1 and
                "hooks-install" in err and
                places.read(out.strip()) == "#!/bin/sh\n")
    report.takes("reviews: before a commit", city.mistakes)


def shallow(report):
    """A clone without its history says why nothing of the site is shown."""
    city = City("shallow", "trailers")
    review_both(city)
    change(city, 1)
    city.run("git", "revert", "--no-edit", "HEAD", mail=OTHER)
    clone = os.path.join(city.home, "clone")
    city.run("git", "clone", "-q", "--depth", "1", "file://" + city.folder,
             clone)
    build = "build", "--out", "out", "--as-of", "2026-06-01"
    code, _, err = places.jiyue(clone, *build)
    city.expect(f"it is refused: {err}",
                code == 2 and "git fetch --unshallow" in err)
    _, _, err = places.jiyue(clone, *build, "--dates", "front-matter")
    city.expect(f"why, and what helps: {err}",
                "readers see nothing of this" in err and
                "git fetch --unshallow" in err)
    city.run("git", "-C", clone, "fetch", "-q", "--unshallow")
    places.jiyue(clone, *build)
    city.expect("with its history it is shown", "春季" in places.read(
        clone, "out/jyj.example.cn/dt/202602/kaixue.html"))
    report.takes("reviews: a shallow clone", city.mistakes)


def jobs():
    return [signed, signed_by_openpgp, approved, committed, pushed_by_path,
            pushed_by_ssh, pushed_at_once, shallow]


def run(report):
    report.do(jobs())
