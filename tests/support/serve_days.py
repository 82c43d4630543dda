"""`jiyue serve` beyond one page of today: drafts and what is to come, other
days, what is said of one page, and a preview that others can reach."""

import os
import re
import select
import shutil
import socket
import time

import places
import serve

TOKEN = "a-word.of~16_letters-or-more"
TABS = 150
SLOW_LIMIT = 60  # seconds; what never comes is a failure
MOST, MORE = 512, 700  # connections: as many are taken, as many are tried
COOKIE = re.compile(r"(jiyue-\w+-\d+=[^;]*); Path=/; HttpOnly; SameSite=Lax$")


def article(title, more, body="正文"):
    return (f"---\ntitle: {title}\ntype: news\nsource: 示范市教育局\n{more}\n"
            f"---\n{body}\n")


def until(preview, host, path, status=200, **more):
    """The page, once it has that status."""
    end = time.monotonic() + places.TIME_LIMIT
    while True:
        answer, page = preview.ask(host, path, **more)
        if answer.status == status or time.monotonic() > end:
            return answer, page
        time.sleep(0.05)


def wrong_marks(preview):
    """Drafts are marked in lists and in themselves, published texts are
    not."""
    _, page = until(preview, "jyj.localhost", "/dt/202602/cao.html")
    if 'class="jiyue-preview-mark">draft · ' not in page:
        yield "a draft is not marked as one"
    _, page = preview.ask("jyj.localhost", "/dt/209901/jianglai.html")
    if 'class="jiyue-preview-mark">to come · ' not in page:
        yield "what is to come is not marked"
    _, page = preview.ask("jyj.localhost", "/dt/202602/kaixue.html")
    if '<div class="jiyue-preview-mark">' in page:
        yield "a published text is marked"
    _, page = preview.ask("jyj.localhost", "/dt/")
    if not re.search(r'data-jiyue-mark="draft" href="/dt/202602/cao.html"',
                     page):
        yield "a draft is not marked in a list"
    if re.search(r'data-jiyue-mark="[^"]*" href="/dt/202602/kaixue.html"',
                 page):
        yield "a published text is marked in a list"


def wrong_panels(preview):
    """A page tells what is wrong with it, not with another; what has no page
    stands on all of its site."""
    pages = {name: serve.PANEL.search(
                 preview.ask("jyj.localhost", f"/dt/202602/{name}.html")[1])[0]
             for name in ("cao", "kaixue")}
    if "content/jyj/cao.md" not in pages["cao"]:
        yield f"a page does not tell of itself: {pages['cao'][:400]}"
    if "content/jyj/cao.md" in pages["kaixue"]:
        yield "a page tells of another one"
    for name, page in pages.items():
        if "content/jyj/kaputt.md" not in page:
            yield f"{name} does not tell of what has no page"
    portal = serve.PANEL.search(preview.ask("www.localhost", "/")[1])[0]
    if "content/jyj" in portal:
        yield "a site tells of another one"
    answer, page = preview.ask("www.localhost", "/.jiyue/messages")
    if answer.status != 200 or "cao.md" not in page or \
            "kaputt.md" not in page:
        yield "not all messages stand on the page of all messages"


def wrong_bytes(out):
    """What the server puts into a page stands in no file."""
    for folder, _, names in os.walk(out):
        for name in names:
            if name.endswith(".html") and \
                    "jiyue-" in places.read(folder, name):
                yield f"{name} has marks of the preview"


def wrong_days(preview, library):
    """The 20th of January is before the article of February."""
    path = "/dt/202602/kaixue.html"
    wanted = "?as-of=2026-01-20"
    answer, page = until(preview, "jyj.localhost", "/dt/" + wanted)
    if answer.status != 200 or "as on 2026-01-20" not in page:
        yield f"{answer.status}: no page of another day"
    if "?as-of=2026-01-20" not in page:
        yield "links leave the day"
    answer, _ = preview.ask("www.localhost", "/yw" + wanted)
    if answer.headers["Location"] != "/yw/" + wanted:
        yield f"the folder leaves the day: {answer.headers['Location']}"
    if preview.ask("jyj.localhost", path)[0].status != 200:
        yield "today is another day, too"
    if until(preview, "jyj.localhost", path + "?as-of=2026-02-17")[0].status \
            != 200:
        yield "the day after it came it is not there"
    # several days at once: each page comes in the end
    for day in ("2026-01-20", "2026-03-01", "2026-01-20"):
        answer, page = until(preview, "jyj.localhost", f"/dt/?as-of={day}")
        if f"as on {day}" not in page:
            yield f"{day} is not shown after another day"
    # a saved file shows on that day as well
    serve.write(library, serve.ARTICLE, article("新的题目", "date: 2026-01-05"))
    answer, page = preview.ask("jyj.localhost", "/dt/?as-of=2026-01-20")
    end = time.monotonic() + places.TIME_LIMIT
    while "新的题目" not in page and time.monotonic() < end:
        time.sleep(0.05)
        answer, page = preview.ask("jyj.localhost", "/dt/?as-of=2026-01-20")
    if "新的题目" not in page:
        yield "a saved file does not show on another day"
    # the build of today may come behind it
    while "新的题目" not in preview.ask("jyj.localhost", "/dt/")[1] and \
            time.monotonic() < end:
        time.sleep(0.05)


def wrong_requests_for_days(preview):
    for day in ("x", "2026-13-01", "2026-1-1", "2026-01-01T00:00",
                "..%2f..%2fetc", "2026-01-01" * 50):
        answer, _ = preview.ask("www.localhost", f"/?as-of={day}")
        if answer.status != 400:
            yield f"?as-of={day[:30]}: {answer.status}"
    stranger = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"}
    answer, _ = preview.ask("www.localhost", "/?as-of=2020-01-01",
                            headers=stranger)
    if answer.status != 403:
        yield f"a page on the net makes work: {answer.status}"


def wrong_tabs(preview, library):
    """As many open pages, each of which is told of a saved file."""
    streams = [preview.events("jyj.localhost", 0) for _ in range(TABS)]
    numbers = {next(stream) for stream in streams}
    serve.write(library, serve.ARTICLE, article("再改", "date: 2026-02-16"))
    told = {next(stream) for stream in streams}
    if len(numbers) != 1 or min(told) <= max(numbers):
        yield f"told of {numbers}, then of {told}"
    if preview.ask("www.localhost", "/")[0].status != 200:
        yield "nothing is shown beside many open pages"


def ends_in_time(preview, sent, more):
    """Does the server close a connection that sends `more` again and again?"""
    with socket.create_connection(("127.0.0.1", preview.port)) as client:
        client.settimeout(1)
        client.sendall(sent)
        end = time.monotonic() + SLOW_LIMIT
        while time.monotonic() < end:
            try:
                client.sendall(more)
                if client.recv(4096) == b"":
                    return True
            except TimeoutError:
                continue
            except OSError:
                return True
    return False


def wrong_limits(preview):
    if not ends_in_time(preview, b"GET / HTTP/1.1\r\nHost: www.localhost\r\n",
                        b"X: y\r\n"):
        yield "a head without end is read for ever"
    with socket.create_connection(("127.0.0.1", preview.port)) as client:
        try:
            client.sendall(b"GET / HTTP/1.1\r\nHost: www.localhost\r\nX: " +
                           b"a" * 200000 + b"\r\n\r\n")
            answer = client.recv(100)
        except OSError:
            answer = b""
    if answer and b" 4" not in answer and b" 5" not in answer:
        yield f"a head of 200 KB is answered: {answer}"
    if preview.ask("www.localhost", "/")[0].status != 200:
        yield "nothing is shown after it"


def is_answered(client):
    client.settimeout(2)
    try:
        client.sendall(b"GET /.jiyue/preview.js HTTP/1.1\r\n"
                       b"Host: www.localhost\r\n\r\n")
        return client.recv(100).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def still_open(clients):
    """How many the server has not closed: what asks nothing for a while is."""
    closed = select.POLLRDHUP | select.POLLHUP | select.POLLERR
    poll = select.poll()
    for client in clients:
        poll.register(client, select.POLLRDHUP)
    return len(clients) - sum(1 for _, what in poll.poll(0) if what & closed)


def wrong_crowd(preview):
    """So many connections at once and no more; then it goes on."""
    clients, answered, most = [], [], 0
    try:
        while len(clients) < MORE and len(clients) - len(answered) < 5:
            clients.append(socket.create_connection(
                ("127.0.0.1", preview.port)))
            if is_answered(clients[-1]):
                answered.append(clients[-1])
                most = max(most, still_open(answered))
    except OSError:
        pass
    finally:
        for client in clients:
            client.close()
    if len(answered) <= MOST // 2:
        yield f"{len(answered)} of {len(clients)} connections are answered"
    if most > MOST:
        yield f"{most} connections are answered at once"
    if until(preview, "www.localhost", "/")[0].status != 200:
        yield "nothing is shown after so many connections"


def drafts_and_days(report, folder):
    library = os.path.join(folder, "library-days")
    out = os.path.join(folder, "out-days")
    shutil.copytree(serve.BASE, library)
    serve.write(library, "content/jyj/cao.md", article(
        "草稿", "status: draft\ndate: 2026-02-17", "[没有](没有.md)"))
    serve.write(library, "content/jyj/jianglai.md",
                article("将来", "date: 2099-01-01"))
    serve.write(library, "content/jyj/kaputt.md", "---\ntitle: [\n---\n")
    places.commit_all(library)
    preview = serve.Preview(library, out, "--drafts")
    try:
        next(preview.events("www.localhost", 0))
        report.takes("serve/marks", list(wrong_marks(preview)))
        report.takes("serve/panels", list(wrong_panels(preview)))
        report.takes("serve/days", list(wrong_days(preview, library)))
        report.takes("serve/askers", list(wrong_requests_for_days(preview)))
        report.takes("serve/tabs", list(wrong_tabs(preview, library)))
        report.takes("serve/limits", list(wrong_limits(preview)))
        report.takes("serve/crowd", list(wrong_crowd(preview)))
        report.takes("serve/bytes", list(wrong_bytes(out)))
    finally:
        preview.end()


# --- others -------------------------------------------------------------------

def cookie_of(answer):
    found = COOKIE.match(answer.headers["Set-Cookie"] or "")
    return found[1] if found else ""


def wrong_token(preview):
    at = {"address": "127.0.0.2"}
    for path in ("/", "/.jiyue/events", "/.jiyue/messages", "/assets/x.css",
                 "/?token=", "/?token=wrong-word-of-16-letters",
                 "/?as-of=2026-01-01", "/?site=jyj"):
        answer, page = preview.ask("127.0.0.2", path, **at)
        if answer.status != 401 or "示范" in page or \
                answer.headers["Set-Cookie"]:
            yield f"{path} without the token: {answer.status}"
    answer, _ = preview.ask("127.0.0.2", f"/yw/?a=b%26c&token={TOKEN}", **at)
    cookie = cookie_of(answer)
    if answer.status != 302 or answer.headers["Location"] != "/yw/?a=b%26c" \
            or not cookie or TOKEN in cookie:
        yield f"{answer.status} {answer.headers}"
    answer, _ = preview.ask("127.0.0.2", f"//evil.example/?token={TOKEN}",
                            **at)
    if not re.match("/[^/]", answer.headers["Location"] or ""):
        yield f"leads away: {answer.headers['Location']}"
    known = {"Cookie": cookie}
    answer, page = preview.ask("127.0.0.2", "/", headers=known, **at)
    if answer.status != 200 or TOKEN in page or \
            cookie.partition("=")[2] in page:
        yield f"{answer.status}, or the token is in the page"
    wrong = {"Cookie": cookie[:-1] + ("0" if cookie[-1] != "0" else "1")}
    if preview.ask("127.0.0.2", "/", headers=wrong, **at)[0].status != 401:
        yield "another cookie will do"


def wrong_sites(preview):
    """At the bare address sites are told apart by a cookie, under names by
    the name."""
    at = {"address": "127.0.0.2"}
    answer, _ = preview.ask("127.0.0.2", f"/?token={TOKEN}", **at)
    known = {"Cookie": cookie_of(answer)}
    _, page = preview.ask("jyj.preview.example", "/", headers=known, **at)
    if f'href="http://www.preview.example:{preview.port}/' not in page:
        yield "links leave the name of the preview"
    answer, _ = preview.ask("127.0.0.2", "/dt/?site=jyj", headers=known, **at)
    if answer.headers["Location"] != "/dt/":
        yield f"?site= leads to {answer.headers['Location']}"
    known["Cookie"] += "; " + cookie_of(answer)
    _, page = preview.ask("127.0.0.2", "/", headers=known, **at)
    if 'href="/?site=www"' not in page or "教育局" not in page:
        yield "the site of the cookie is not shown, or links leave it"


def refusals(folder, library):
    rows = (("0.0.0.0",), ("::",), ("192.0.2.1",), ("192.0.2.1", "short"),
            ("nonsense", TOKEN), ("127.0.0.1:80", TOKEN),
            ("192.0.2.1", TOKEN), ("127.0.0.1", TOKEN + "&"))
    for row in rows:
        options = ["--listen", row[0]]
        options += ["--token", row[1]] if len(row) > 1 else []
        code, _, words = places.jiyue(folder, "serve", "--library", library,
                                      "--out", "refused", *options)
        if code != 2 or not re.search("--listen|--token", words):
            yield f"{row}: exit {code}: {words}"
        if row == ("192.0.2.1", TOKEN) and "warning" not in words:
            yield f"no warning: {words}"


def others(report, folder):
    library = os.path.join(folder, "library-others")
    shutil.copytree(serve.BASE, library)
    places.commit_all(library)
    preview = serve.Preview(library, os.path.join(folder, "out-others"),
                            "--listen", "127.0.0.2", "--token", TOKEN)
    try:
        at = {"address": "127.0.0.2"}
        answer, _ = preview.ask("127.0.0.2", f"/?token={TOKEN}", **at)
        until(preview, "127.0.0.2", "/",
              headers={"Cookie": cookie_of(answer)}, **at)
        report.takes("serve/token", list(wrong_token(preview)))
        report.takes("serve/sites", list(wrong_sites(preview)))
    finally:
        preview.end()
    report.takes("serve/listen", list(refusals(folder, library)))


def run(report):
    folder = places.fresh("serve-days")
    drafts_and_days(report, folder)
    others(report, folder)
