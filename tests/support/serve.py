"""`jiyue serve` as an editor uses it: pages of a work tree over IPv4 and IPv6,
saved files that show in open pages, mistakes at the foot of the page, and
requests that get nothing."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess

import cases
import places

BASE = os.path.join(cases.FOLDER, "_base", "city")
ARTICLE = os.path.join("content", "jyj", "kaixue.md")
FLOOD = 300  # files that are written at once
SAVES = 60  # of one file, one right after the other
PANEL = re.compile(r'<details class="jiyue-preview.*?</details>', re.DOTALL)

# host, method, path, status
WANTED = (
    ("www.localhost", "GET", "/", 200),
    ("WWW.localhost", "GET", "/", 200),
    ("www.localhost", "HEAD", "/", 200),
    ("www.localhost", "GET", "/sitemap.xml", 200),
    ("www.localhost", "GET", "/yw", 302),
    ("www.localhost", "GET", "/nothing.html", 404),
    ("www.localhost", "GET", "/.jiyue/lock", 404),
    ("www.localhost", "GET", "/.jiyue/preview.js", 200),
    ("www.localhost", "GET", "/../jyj.example.cn/index.html", 404),
    ("www.localhost", "GET", "/%2e%2e/jyj.example.cn/index.html", 404),
    ("www.localhost", "GET", "/..%2f..%2f..%2fetc/passwd", 404),
    ("www.localhost", "GET", "//etc/passwd", 404),
    ("www.localhost", "GET", "/" + "a" * 300, 404),
    ("www.localhost", "GET", "/link.html", 404),
    ("localhost", "GET", "/", 302),
    ("127.0.0.1", "GET", "/", 302),
    ("nobody.localhost", "GET", "/", 421),
    ("www.example.cn", "GET", "/", 421),
    ("evil.example.org", "GET", "/", 421),
    ("localhost.example.org", "GET", "/", 421),
    ("", "GET", "/", 421),
    ("www.localhost", "POST", "/", 405),
    ("www.localhost", "DELETE", "/index.html", 405),
    ("www.localhost", "OPTIONS", "/", 405),
)


class Preview:
    """A program that serves `library`."""

    def __init__(self, library, out, *options, env=None):
        self.program = subprocess.Popen(
            [places.PROGRAM, "serve", "--library", library, "--out", out,
             "--port", "0", *options], env=env or places.environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        self.first = self.program.stdout.readline()
        self.port = int(re.search(r":(\d+)/ ", self.first)[1])

    def ask(self, host, path, method="GET", address="127.0.0.1", headers=()):
        connection = http.client.HTTPConnection(address, self.port,
                                                timeout=places.TIME_LIMIT)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", f"{host}:{self.port}" if host else "")
        for name, value in dict(headers).items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer, body

    def events(self, host, seen):
        """Yields the builds that an open page is told of."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port,
                                                timeout=places.TIME_LIMIT)
        connection.request("GET", f"/.jiyue/events?seen={seen}",
                           headers={"Host": f"{host}:{self.port}"})
        for line in connection.getresponse():
            if line.startswith(b"data: "):
                yield int(line[6:])

    def end(self, how=signal.SIGTERM):
        self.program.send_signal(how)
        _, words = self.program.communicate(timeout=places.TIME_LIMIT)
        return self.program.returncode, words


def write(library, path, text):
    path = os.path.join(library, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new~", "w", encoding="utf-8") as file:
        file.write(text)
    os.rename(path + ".new~", path)  # as editors save


def wrong_answers(preview):
    for host, method, path, status in WANTED:
        for address in ("127.0.0.1", "::1"):
            answer, _ = preview.ask(host, path, method, address)
            if answer.status != status:
                yield (f"{method} {host}{path} at {address}: "
                       f"{answer.status}, not {status}")


def wrong_page(preview):
    answer, page = preview.ask("jyj.localhost", "/")
    if f'href="http://www.localhost:{preview.port}/' not in page:
        yield "the link to the portal leaves the preview"
    if 'href="https://www.example.cn' in page:
        yield "a link to the portal as published is left"
    if answer.headers["Cache-Control"] != "no-store":
        yield "browsers may keep the page"
    answer, page = preview.ask("www.localhost", "/nothing.html")
    if "jiyue-preview" not in page:
        yield "the page that is missing has no panel"


def wrong_connection(preview):
    """One connection does for all that a page needs; bodies are not read."""
    with socket.create_connection(("127.0.0.1", preview.port)) as client:
        client.settimeout(places.TIME_LIMIT)
        for method in ("GET", "HEAD", "GET"):
            client.sendall(f"{method} /.jiyue/preview.js HTTP/1.1\r\n"
                           "Host: www.localhost\r\n\r\n".encode())
            answer = http.client.HTTPResponse(client, method=method)
            answer.begin()
            if answer.status != 200 or answer.will_close:
                yield f"{method}: {answer.status}, and the connection ends"
            answer.read()
        client.sendall(b"GET / HTTP/1.1\r\nHost: www.localhost\r\n"
                       b"Content-Length: 5\r\n\r\nabcde")
        if b" 200 " in client.recv(100):
            yield "a request with a body is answered"


def panel(preview, host="jyj.localhost"):
    found = PANEL.search(preview.ask(host, "/")[1])
    return found[0] if found else ""


def wrong_steps(preview, library):
    """Each saved file is a build, which open pages are told of."""
    events = preview.events("jyj.localhost", 1)
    text = places.read(library, ARTICLE)
    write(library, ARTICLE, text.replace("title: ", "title: 改后的", 1))
    seen = next(events)
    if "改后的" not in preview.ask("jyj.localhost", "/")[1]:
        yield "a saved title is not shown"
    if "no mistakes" not in panel(preview):
        yield "mistakes are told where there are none"
    write(library, "content/jyj/xin/zhong/a.md",
          "---\ntitle: 新的\ndate: 2026-13-01\ntype: news\n---\n正文\n")
    seen = next(events)
    found = panel(preview)
    if "content/jyj/xin/zhong/a.md:3:7" not in found or \
            f'href="vscode://file{library}/content/jyj/xin/zhong/a.md:3:7"' \
            not in found or \
            not re.search(r" 3 \| date: 2026-13-01\n +\| +\^", found):
        yield f"the mistake is not told: {found[:400]}"
    write(library, "content/jyj/xin/zhong/a.md",
          "---\ntitle: <新>的\ndate: 2026-03-01\ntype: news\n"
          "source: 示范市教育局\n---\n正文\n")
    seen = next(events)
    if "&lt;新&gt;的" not in preview.ask("jyj.localhost", "/dt/")[1]:
        yield "a new article in a new folder is not shown"
    shutil.rmtree(os.path.join(library, "content", "jyj", "xin"))
    seen = next(events)
    if "&lt;新&gt;的" in preview.ask("jyj.localhost", "/dt/")[1]:
        yield "a deleted article is shown"
    if seen < 5:
        yield f"only {seen} builds"


def wait_for(preview, events, path, status, text=""):
    """Until a page is as it should be, whatever builds that takes."""
    found, page = preview.ask("jyj.localhost", path)
    while found.status != status or text not in page:
        next(events)
        found, page = preview.ask("jyj.localhost", path)


def wrong_floods(preview, library):
    """Very many files at once, branches, and a file of which a half is there.
    What never comes is a time-out."""
    events = preview.events("jyj.localhost", 0)
    places.commit_all(library)
    main = places.git(library, "branch", "--show-current").strip()
    places.git(library, "checkout", "-q", "-b", "duo")
    for number in range(FLOOD):
        write(library, f"content/jyj/duo/w{number}.md",
              f"---\ntitle: 第{number}篇\ntype: news\ndate: 2026-03-02\n"
              "source: 示范市教育局\n---\n正文\n")
    last = f"/dt/202603/w{FLOOD - 1}.html"
    wait_for(preview, events, last, 200)
    places.commit_all(library)
    places.git(library, "checkout", "-q", main)
    wait_for(preview, events, last, 404)
    places.git(library, "checkout", "-q", "duo")
    wait_for(preview, events, last, 200)
    text = places.read(library, f"content/jyj/duo/w{FLOOD - 1}.md")
    path = os.path.join(library, f"content/jyj/duo/w{FLOOD - 1}.md")
    with open(path, "w", encoding="utf-8") as file:  # in place, and a half
        file.write(text[:20])
    wait_for(preview, events, last, 200, f"w{FLOOD - 1}.md")
    if f"第{FLOOD - 1}篇" not in preview.ask("jyj.localhost", last)[1]:
        yield "of a half-written file no earlier version is shown"
    with open(path, "a", encoding="utf-8") as file:
        file.write(text[20:].replace("正文", "写完了"))
    wait_for(preview, events, last, 200, "写完了")
    places.git(library, "checkout", "-q", "-f", main)
    wait_for(preview, events, last, 404)


def wrong_saves(preview, library):
    """Saved again and again, by renaming and in place: the last one shows."""
    events = preview.events("jyj.localhost", 0)
    for number in range(SAVES):
        text = (f"---\ntitle: 第{number}稿\ntype: news\ndate: 2026-03-02\n"
                "source: 示范市教育局\n---\n正文\n")
        if number % 2:
            write(library, "content/jyj/gao.md", text)
        else:
            with open(os.path.join(library, "content/jyj/gao.md"), "w",
                      encoding="utf-8") as file:
                file.write(text)
    wait_for(preview, events, "/dt/202603/gao.html", 200, f"第{SAVES - 1}稿")
    if f"第{SAVES - 1}稿" not in preview.ask("jyj.localhost", "/dt/")[1]:
        yield "the list shows an earlier title"
    os.remove(os.path.join(library, "content/jyj/gao.md"))
    wait_for(preview, events, "/dt/202603/gao.html", 404)


def without_watches(folder, library):
    """Where the system has no watches left, files are looked at again and
    again."""
    path = os.path.join(folder, "no_watches.so")
    source = os.path.join(places.TESTS, "support", "no_watches.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", path, source],
                   check=True)
    preview = Preview(library, os.path.join(folder, "out-unwatched"),
                      env=places.environment(
                          LD_PRELOAD=f"{path}:{places.PRELOAD}"))
    try:
        events = preview.events("jyj.localhost", 0)
        next(events)
        write(library, "content/jyj/kan.md",
              "---\ntitle: 仍能看到\ntype: news\ndate: 2026-03-02\n"
              "source: 示范市教育局\n---\n正文\n")
        wait_for(preview, events, "/dt/202603/kan.html", 200, "仍能看到")
    finally:
        code, words = preview.end()
    os.remove(os.path.join(library, "content/jyj/kan.md"))
    return [] if code == 0 else [f"{code}: {words}"]


def wrong_links(library, out):
    """What somebody puts into the output folder is not followed."""
    os.symlink("/etc/passwd", os.path.join(out, "www.example.cn",
                                           "link.html"))


def run(report):
    folder = places.fresh("serve")
    library = os.path.join(folder, "library")
    out = os.path.join(folder, "out")
    shutil.copytree(BASE, library)
    places.commit_all(library)
    preview = Preview(library, out)
    try:
        next(preview.events("www.localhost", 0))
        wrong_links(library, out)
        report.takes("serve/answers", list(wrong_answers(preview)))
        report.takes("serve/page", list(wrong_page(preview)))
        report.takes("serve/connection", list(wrong_connection(preview)))
        report.takes("serve/changes", list(wrong_steps(preview, library)))
        report.takes("serve/floods", list(wrong_floods(preview, library)))
        report.takes("serve/saves", list(wrong_saves(preview, library)))
        code, _, words = places.jiyue(folder, "serve", "--library", library,
                                      "--out", out + "2", "--port",
                                      str(preview.port))
    finally:
        ended, said = preview.end()
    report.takes("serve/end", [] if ended == 0 else [f"exit {ended}", said])
    report.takes("serve/port", [] if code == 2 and "--port" in words
                 else [f"exit code {code}", words])
    report.takes("serve/no watches", without_watches(folder, library))
