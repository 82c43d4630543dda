"""Reviews that are signed, and hooks that look at them: real keys, made here, and
real pushes into a bare repository, as a file and through a server of SSH on
loopback. What the hooks cost is counted in calls, not in time."""

import os
import shutil

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


def jobs():
    return [signed, signed_by_openpgp, approved]


def run(report):
    report.do(jobs())
