"""--sandbox: the program is taken over (escape.c) and can read, write and run
nothing outside; what it makes is the same as without; a kernel that cannot do
it is told. The rights themselves: tests/unit/system/test_sandbox.c."""

import ctypes
import os
import platform
import shutil
import signal
import struct
import subprocess

import cases
import places

CITY = os.path.join(cases.FOLDER, "_base", "city")
TRIES = ("read", "write", "change", "run", "send")
CREATE_RULESET = 444  # on every processor
NO_NEW_PRIVS, SECCOMP, FILTER = 38, 22, 2


def has_landlock():
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.syscall(CREATE_RULESET, None, 0, 1) >= 2


def without_landlock():
    """In a child, before the program: an old kernel has no such call."""
    steps = b"".join(struct.pack("=HBBI", *row) for row in (
        (0x20, 0, 0, 0), (0x15, 0, 1, CREATE_RULESET),
        (0x06, 0, 0, 0x00050000 | 38), (0x06, 0, 0, 0x7fff0000)))
    buffer = ctypes.create_string_buffer(steps, len(steps))
    program = struct.pack("@HP", 4, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None)
    libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(SECCOMP, FILTER, program, 0, 0)


def escape_library():
    path = os.path.join(places.BUILD, f"escape-{os.getpid()}.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", path,
                    os.path.join(places.TESTS, "support", "escape.c")],
                   check=True)
    return path


def put(folder, path, text, mode=0o644):
    full = os.path.join(folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(full, mode)


class Desk:
    def __init__(self, name):
        self.folder = places.fresh(name)
        self.outside = os.path.join(self.folder, "outside")
        put(self.outside, "secret", "secret\n")
        put(self.outside, "run", "#!/bin/sh\nexit 0\n", 0o755)
        shutil.copytree(CITY, os.path.join(self.folder, "library"))
        places.commit_all(os.path.join(self.folder, "library"))
        self.escape = escape_library()

    def run(self, *arguments, taken=True, before=None):
        """Exit code and words of the program, which somebody takes over."""
        env = places.environment()
        if taken:
            env = places.environment(
                ESCAPE=self.outside,
                LD_PRELOAD=f"{places.PRELOAD}:{self.escape}")
        done = subprocess.run(
            [places.PROGRAM, *arguments], cwd=self.folder, env=env,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=places.TIME_LIMIT,
            preexec_fn=before, check=False)
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def serve(self, *arguments, before=None):
        """The words of a preview that ends when it has shown something."""
        env = places.environment(
            ESCAPE=self.outside, LD_PRELOAD=f"{places.PRELOAD}:{self.escape}")
        with subprocess.Popen(
                [places.PROGRAM, "serve", "--library", "library", "--out",
                 "preview", "--port", "0", *arguments], cwd=self.folder,
                env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True,
                preexec_fn=before) as program:
            words = ""
            for line in program.stdout:
                words += line
                if line.startswith("shown after"):
                    program.send_signal(signal.SIGTERM)
            return program.wait(), words

    def end(self):
        os.remove(self.escape)


def wrong_tries(name, words, verdict):
    for what in TRIES:
        if f"escape: {what}: {verdict}\n" not in words:
            yield f"{name}: {what} is not {verdict}: {words}"


def commands(folder):
    """Each with what it is called with; those later need what comes before."""
    return (
        ("build", ("build", "--library", "library", "--out", "out")),
        ("check", ("check", "--library", "library")),
        ("check beside an output", ("check", "--library", "library", "--out",
                                    "out")),
        ("publish", ("publish", "--out", "out", "--to", "www", "--sign",
                     os.path.join(folder, "key"), "--pack")),
    )


def look_at_commands(desk):
    for name, arguments in commands(desk.folder):
        code, words = desk.run(*arguments, "--sandbox")
        if code != 0:
            yield f"{name}: exit code {code}: {words}"
        yield from wrong_tries(name, words, "refused")
    if os.path.exists(os.path.join(desk.outside, "planted")):
        yield "a file is planted"
    if places.read(desk.outside, "secret") != "secret\n":
        yield "the secret is changed"
    code, words = desk.run("verify", "www", "--signers", "signers",
                           taken=False)
    if code != 0:
        yield f"the signed release is not right: {words}"


def look_at_difference(desk):
    """The very taking over that is refused works without --sandbox, and what
    is made is the same."""
    code, words = desk.run("build", "--library", "library", "--out", "free")
    if code != 0:
        yield f"exit code {code}: {words}"
    yield from wrong_tries("without", words, "done")
    yield from places.differences(
        places.published(os.path.join(desk.folder, "free")),
        places.published(os.path.join(desk.folder, "out")))


def look_at_serve(desk):
    code, words = desk.serve()
    if code != 0:
        yield f"serve: exit code {code}: {words}"
    yield from wrong_tries("serve", words, "refused")
    code, words = desk.serve("--no-sandbox")
    if "warning: not confined" in words:
        yield f"a warning with --no-sandbox: {words}"
    yield from wrong_tries("serve --no-sandbox", words, "done")


def look_at_libraries(desk):
    """A linked work tree, and a clone that borrows its objects: both have
    files beside their folder."""
    library = os.path.join(desk.folder, "library")
    places.git(library, "worktree", "add", "-q", "-b", "zweig",
               os.path.join(desk.folder, "linked"))
    places.git(desk.folder, "clone", "-q", "--shared", "library", "borrowed")
    for name in ("linked", "borrowed"):
        for more in ((), ("--worktree",)):
            code, words = desk.run("check", "--library", name, "--sandbox",
                                   *more, taken=False)
            if code != 0:
                yield f"{name} {more}: exit code {code}: {words}"


def pdf(text):
    """A page with these words."""
    content = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    out, places_ = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places_.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    rows = "".join(f"{at:010} 00000 n \n" for at in places_)
    return (f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
            f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
            f"startxref\n{len(out)}\n%%EOF\n")


def look_at_attachments(desk):
    """The program that reads PDF runs inside, and nothing else is lost."""
    if shutil.which("pdftotext") is None:
        return
    library = os.path.join(desk.folder, "papers")
    shutil.copytree(CITY, library)
    put(library, "content/jyj/tzs/index.md",
        "---\ntitle: 通知\ndate: 2026-03-02\n---\n见[附件](tongzhi.pdf)。\n")
    put(library, "content/jyj/tzs/tongzhi.pdf", pdf("tel 19900001234"))
    places.commit_all(library)
    words = [desk.run("check", "--library", "papers", "--as-of", "2026-06-01",
                      *more, taken=False)[1] for more in ((), ("--sandbox",))]
    if "tongzhi.pdf:1:1" not in words[0] or "private-phone" not in words[0]:
        yield f"nothing is read: {words[0]}"
    if words[0] != words[1]:
        yield f"inside it is another: {words[1]}"


def look_at_old_kernel(desk):
    code, words = desk.run("build", "--library", "library", "--out", "old",
                           "--sandbox", taken=False, before=without_landlock)
    if code != 2 or "there is no Landlock" not in words or \
            os.path.exists(os.path.join(desk.folder, "old", ".jiyue")):
        yield f"build goes on: {code} {words}"
    code, words = desk.serve(before=without_landlock)
    if code != 0 or "warning: not confined" not in words:
        yield f"serve: {code} {words}"
    code, words = desk.run("serve", "--library", "library", "--sandbox",
                           "--port", "0", taken=False, before=without_landlock)
    if code != 2 or "there is no Landlock" not in words:
        yield f"serve --sandbox: {code} {words}"


def make_key(desk):
    key = os.path.join(desk.folder, "key")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "",
                    "-f", key], check=True)
    put(desk.folder, "signers", f"fabu {places.read(key + '.pub')}")


def run(report):
    if platform.system() != "Linux" or not has_landlock():
        report.skips_test("sandbox", "this kernel has no Landlock")
        return
    desk = Desk("sandbox")
    make_key(desk)
    try:
        for name, look in (("commands", look_at_commands),
                           ("difference", look_at_difference),
                           ("serve", look_at_serve),
                           ("libraries", look_at_libraries),
                           ("attachments", look_at_attachments),
                           ("old kernel", look_at_old_kernel)):
            report.takes(f"sandbox: {name}", list(look(desk)))
    finally:
        desk.end()
