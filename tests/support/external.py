"""`check --external`: addresses outside the cluster, against servers here.

Loopback stands for the world: --external-private lets it be asked. Without
that, nothing may even be connected to.
"""

import http.server
import os
import re
import socket
import threading
import time

import cases
import places
import sandbox

PAGES = {
    "/good": 200, "/gone": 404, "/never": 410, "/login": 401, "/ill": 503,
    "/moved": 302, "/closed/a": 200,
}


class World(http.server.BaseHTTPRequestHandler):
    """Some pages, and a robots.txt; who asked for what is noted."""
    asked = []

    def do_GET(self):
        self.asked.append(self.path)
        if self.path == "/robots.txt":
            return self.answer(200, b"User-agent: *\nDisallow: /closed/\n")
        return self.answer(PAGES.get(self.path, 404), b"x" * 100_000)

    def answer(self, status, body):
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/good")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass  # a check reads no bodies

    def log_message(self, *_):
        pass


class World6(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


def library_with(links):
    library = places.fresh("external")
    cases.lay_out(os.path.join(cases.FOLDER, "_base", "city"), library)
    for site in ("www", "jyj"):  # the foot of pages leads into the world
        folder = os.path.join(library, "sites", site, "theme", "templates")
        os.makedirs(folder)
        cases.write(os.path.join(folder, "footer.html"),
                    "<footer></footer>\n")
    body = "".join(f"\n[第{number}处]({link})\n"
                   for number, link in enumerate(links))
    cases.write(os.path.join(library, "content/jyj/lianjie.md"),
                f"---\ntitle: 网址汇总\ndate: 2026-03-02\n---\n{body}")
    places.commit_all(library)
    return library


def check(library, *options):
    code, out, err = places.jiyue(
        library, "check", "--external", "--as-of", "2026-06-01", "--limit",
        "0", "--rate", "100", *options)
    if code == 2:
        raise RuntimeError(err)
    return out + err


def told(text, address):
    """The ids that are told of an address."""
    return re.findall(r"^\S+: \w+: [^\n]*" + re.escape(address) +
                      r"(?: |$)[^\n]*\[(outside-\w+)\]$", text, re.MULTILINE)


def expect(wrong, text, address, *ids):
    found = told(text, address)
    if found != list(ids):
        wrong.append(f"{address}: told {found}, not {list(ids)}\n{text}")


def asks(base, base6, report):
    links = [base + path for path in PAGES] + ["http://127.0.0.1:1/nobody"]
    if base6:
        links += [base6 + "/good", base6 + "/gone"]
    library = library_with(links)
    cache = os.path.join(library, "answers.tsv")
    wrong = []
    World.asked.clear()
    text = check(library, "--external-private", "--external-file", cache)
    for path in ("/good", "/login", "/ill", "/moved", "/closed/a"):
        expect(wrong, text, base + path)
    for path in ("/gone", "/never"):
        expect(wrong, text, base + path, "outside-gone")
    expect(wrong, text, "http://127.0.0.1:1/nobody", "outside-broken")
    if base6:
        expect(wrong, text, base6 + "/good")
        expect(wrong, text, base6 + "/gone", "outside-gone")
    if "/closed/a" in World.asked:
        wrong.append("robots.txt is not kept to")
    if f"addresses outside: {len(links)}, known from before: 0, " \
       "in trouble today: 1, not asked because of robots.txt: 1" not in text:
        wrong.append("the counts are not told:\n" + text)
    World.asked.clear()
    again = check(library, "--external-private", "--external-file", cache)
    if World.asked:
        wrong.append(f"asked again: {World.asked}")
    expect(wrong, again, base + "/gone", "outside-gone")
    report.takes("external: answers, robots.txt, the file of answers", wrong)


def asks_confined(base, report):
    """With --sandbox the answers are the same, and attachments are read."""
    if not sandbox.has_landlock():
        report.skips_test("external: --sandbox", "there is no Landlock")
        return
    library = library_with([base + "/good", base + "/gone"])
    cache = os.path.join(library, "answers", "all.tsv")
    os.makedirs(os.path.dirname(cache))
    text = check(library, "--external-private", "--sandbox", "--external-file",
                 cache)
    wrong = []
    expect(wrong, text, base + "/good")
    expect(wrong, text, base + "/gone", "outside-gone")
    if not os.path.exists(cache):
        wrong.append("the answers are not kept")
    report.takes("external: --sandbox", wrong)


def keeps_out(base, report):
    """Nothing of this machine is connected to, whatever an address says."""
    port = base.rsplit(":", 1)[1]
    links = [base + "/good", f"http://localhost:{port}/good",
             f"http://[::1]:{port}/good", f"http://0.0.0.0:{port}/good",
             f"http://[::ffff:127.0.0.1]:{port}/good",
             f"http://2130706433:{port}/good"]
    library = library_with(links)
    World.asked.clear()
    text = check(library)
    wrong = [f"asked: {World.asked}"] if World.asked else []
    for link in links:
        expect(wrong, text, link, "outside-private")
    report.takes("external: inner nets are not asked", wrong)


def keeps_pace(report):
    """Not more requests a second than was said."""
    times = []

    class Slow(World):
        def do_GET(self):
            times.append(time.monotonic())
            super().do_GET()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    here = f"http://127.0.0.1:{server.server_address[1]}"
    library = library_with([f"{here}/good?{i}" for i in range(4)])
    check(library, "--external-private", "--rate", "5")
    server.shutdown()
    thread.join()
    server.server_close()
    gaps = [b - a for a, b in zip(times, times[1:])]
    report.takes("external: pace", [] if len(times) == 5 and
                 min(gaps) > 0.15 else [f"gaps between requests: {gaps}"])


def run(report):
    servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), World)]
    if has_ipv6():
        servers.append(World6(("::1", 0), World))
    threads = [threading.Thread(target=server.serve_forever)
               for server in servers]
    for thread in threads:
        thread.start()
    base = f"http://127.0.0.1:{servers[0].server_address[1]}"
    base6 = (f"http://[::1]:{servers[1].server_address[1]}"
             if len(servers) > 1 else "")
    try:
        asks(base, base6, report)
        asks_confined(base, report)
        keeps_out(base, report)
        keeps_pace(report)
    finally:
        for server in servers:
            server.shutdown()
        for thread in threads:
            thread.join()
        for server in servers:
            server.server_close()
