"""`jiyue hosting nginx` with a real nginx on loopback, over IPv4 and IPv6: old
addresses of a migration, every address of the demonstration city, and readers
while releases go live and are taken back."""

import functools
import gzip
import http.client
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.parse

import cases
import places

REDIRECTS = os.path.join(cases.FOLDER, "settings", "redirects")
LETTER_CASE = os.path.join(cases.FOLDER, "plan", "alias-case")
HOST = "jyj.example.cn"
AS_OF = "2026-06-01"
LOOPBACKS = ("127.0.0.1", "::1")
BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
CODINGS = {".gz": "gzip", ".br": "br"}  # of files that are packed
ROUNDS = 25  # publish and rollback, each time
LONG_ROUNDS = 100  # … in `make check-deep`

# request, status, Location
WANTED = (
    ("/dt/202602/kaixue.html", 200, None),
    ("/nothing.html", 404, None),
    ("/content.jsp?id=12", 301, "/dt/202602/kaixue.html"),
    ("/content.jsp?id=12&x=1", 404, None),
    ("/content.jsp?id=13", 301, "/dt/202602/kaixue.html"),
    ("/?p=7", 302, "/dt/202602/kaixue.html"),
    ("/?p=8", 200, None),
    ("/jiu/tongming.html", 301, "/dt/202603/lianjie.html"),
    ("/jiu/tongming.html?from=wx", 301, "/dt/202603/lianjie.html"),
    ("/Jiu/tongming.html", 301, "/dt/202603/lianjie.html"),
    ("/%e6%97%a7%20%E9%A1%B5.html", 301, "/dt/"),
    ("/list/", 301, "/dt/"),
    ("/list/index.html", 301, "/dt/"),
    ("/news/kaixue.html?a=b", 301, "/dt/202602/kaixue.html"),
    ("/news/%0d%0aX:%20y", 301, "/dt/202602/%0d%0aX:%20y"),
    ("/lsxw/2018/3.html", 307, "https://www.example.cn/yw/"),
    ("/tp/2018/3.html", 308, "https://tp.example.org/jyj/2018/3.html"),
    ("/gone/at/all.html", 410, None),
    ("/dt/202602/chehui.html", 410, None),
    ("/.jiyue/lock", 404, None),
    ("/.git/config", 404, None),
    ("/404.html", 404, None),
    ("/410/dt/202602/chehui.html", 404, None),
)

# Old addresses that differ from others, or from pages, in letter case alone.
WANTED_OF_CASES = (
    ("/", 200, None),
    ("/index.html", 200, None),
    ("/dt/", 200, None),
    ("/robots.txt", 200, None),
    ("/dt/202603/pages.html", 200, None),
    ("/dt/202603/UPPER.html", 200, None),
    ("/dt/202603/Fu/MingDan.txt", 200, None),
    ("/TZ.asp", 301, "/dt/"),
    ("/tz.asp", 301, "/dt/"),
    ("/Old/A.html", 301, "/dt/202603/Fu.html"),
    ("/old/a.html", 301, "/dt/202603/Fu.html"),
    ("/old/b/", 301, "/dt/202603/Fu.html"),
    ("/own/x.html", 301, "/dt/202603/same.html"),
    ("/Content.jsp?id=1", 301, "/dt/"),
    ("/LM/pages.html", 301, "/dt/202603/pages.html"),
)

TYPES = {"html": "text/html; charset=utf-8", "xml":
         "application/xml; charset=utf-8", "css": "text/css; charset=utf-8",
         "js": "text/javascript; charset=utf-8",
         "json": "application/json; charset=utf-8", "svg": "image/svg+xml",
         "txt": "text/plain", "csv": "text/csv",
         "pdf": "application/pdf"}


def free_port():
    """One that both loopbacks have."""
    while True:
        with socket.socket() as four, \
                socket.socket(socket.AF_INET6) as six:
            four.bind(("127.0.0.1", 0))
            port = four.getsockname()[1]
            try:
                six.bind(("::1", port))
            except OSError:
                continue
            return port


def program():
    path = shutil.which("nginx") or "/usr/sbin/nginx"
    return path if os.path.exists(path) else None


class Server:
    """nginx with the configuration that the program prints, in `folder`; only
    where it listens is another."""

    NAME = "nginx"
    program = staticmethod(program)

    def __init__(self, folder, library, to, *options):
        self.folder = folder
        self.port = free_port()
        code, text, err = places.jiyue(
            library, "hosting", self.NAME, "--to", to, *options)
        if code not in (0, 1) or not text:
            raise RuntimeError(err)
        self.call, self.runs = self.configure(text)

    @staticmethod
    def warns(words):
        return "warn" in words

    @staticmethod
    def has_brotli():
        return os.path.exists(BROTLI)

    def configure(self, text):
        """Writes the files; the calls that check them and that serve."""
        folder = self.folder
        modules = f"load_module {BROTLI};\n" if "brotli_static" in text else ""
        text = text.replace("listen 80", f"listen 127.0.0.1:{self.port}")
        text = text.replace("listen [::]:80", f"listen [::1]:{self.port}")
        cases.write(os.path.join(folder, "jiyue.conf"), text)
        paths = "".join(
            f"    {name}_temp_path {folder}/{name};\n" for name in
            ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        cases.write(os.path.join(folder, "nginx.conf"),
                    f"{modules}user {pwd.getpwuid(os.getuid()).pw_name};\n"
                    f"pid {folder}/nginx.pid;\nerror_log {folder}/error.log;"
                    "\nevents { worker_connections 256; }\nhttp {\n"
                    f"    access_log off;\n{paths}"
                    f"    include {folder}/jiyue.conf;\n}}\n")
        call = [self.program(), "-c", os.path.join(folder, "nginx.conf"),
                "-p", folder, "-e", os.path.join(folder, "error.log")]
        return [*call, "-t"], [*call, "-g", "daemon off;"]

    def __enter__(self):
        done = subprocess.run(self.call, capture_output=True, check=False)
        words = done.stderr.decode("utf-8", "replace")
        if done.returncode != 0 or self.warns(words):
            raise RuntimeError(words)
        self.process = subprocess.Popen(
            self.runs, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return self
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{self.NAME} ended: {self.process.returncode}")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def connect(self, address="127.0.0.1"):
        return http.client.HTTPConnection(address, self.port, timeout=places.TIME_LIMIT)

    def ask(self, host, path, method="GET", connection=None, **headers):
        own = connection or self.connect()
        status = 429
        while status == 429:  # more a second than one reader may ask
            own.request(method, path, headers={"Host": host, **{
                name.replace("_", "-"): value for name, value in
                headers.items()}})
            answer = own.getresponse()
            body = answer.read()
            status = answer.status
            time.sleep(0.1 if status == 429 else 0)
        if connection is None:
            own.close()
        return status, answer.headers, body


# --- old addresses ---------------------------------------------------------

def check_old(server, wanted):
    mistakes = []
    for path, status, location in wanted:
        found, headers, body = server.ask(HOST, path)
        if (found, headers["Location"]) != (status, location):
            mistakes.append(f"{path}: {found} {headers['Location']}, not "
                            f"{status} {location}")
        if status in (404, 410) and b"</html>" not in body:
            mistakes.append(f"{path}: not the site's own page")
    return mistakes


def publish(library, out, to, *more):
    code, _, err = places.jiyue(library, "publish", "--out", out, "--to", to,
                                *more)
    if code != 0:
        raise RuntimeError(err)


def prepare(name, case=REDIRECTS):
    """A folder, and the library of a case in it, built and live."""
    folder = places.fresh(name)
    library = os.path.join(folder, "library")
    cases.lay_out(case, library)
    places.commit_all(library)
    places.jiyue(library, "build", "--out", "out", "--as-of", AS_OF)
    publish(library, "out", os.path.join(folder, "www"))
    return folder, library, os.path.join(folder, "www")


def old_addresses(case, wanted, kind=Server):
    folder, library, to = prepare(
        f"{kind.NAME}-{os.path.basename(case)}", case)
    with kind(folder, library, to, "--as-of", AS_OF) as server:
        return check_old(server, wanted)


# --- the demonstration city ------------------------------------------------

def is_shown(path):
    """Not one of the pages that only tell why there is no other."""
    return not path.endswith("/404.html") and "/410/" not in path


def locations(tree, domain):
    """Paths of all <loc> of a site's sitemaps."""
    for name in sorted(tree):
        if name.startswith(domain + "/sitemap") and name.endswith(".xml"):
            for loc in re.findall(r"<loc>([^<]+)</loc>",
                                  tree[name].decode("utf-8")):
                yield urllib.parse.urlsplit(loc.replace("&amp;", "&"))


def wrong_headers(path, headers):
    policy = headers["Content-Security-Policy"] or ""
    name = path.rsplit("/", 1)[-1]
    kind = name.rsplit(".", 1)[-1] if "." in name else "html"
    wanted = TYPES.get(kind)
    if wanted and headers["Content-Type"] != wanted:
        yield f"{path}: type {headers['Content-Type']}"
    if "default-src 'none'" not in policy or \
            ("sandbox" if kind == "svg" else "form-action") not in policy or \
            (kind != "svg" and "unsafe" in policy):
        yield f"{path}: policy {policy}"
    for header, value in (("X-Content-Type-Options", "nosniff"),
                          ("X-Frame-Options", "DENY"),
                          ("Referrer-Policy",
                           "strict-origin-when-cross-origin")):
        if headers.get_all(header) != [value]:
            yield f"{path}: {header} {headers.get_all(header)}"
    if not headers["Permissions-Policy"] or not headers["Cache-Control"]:
        yield f"{path}: a header is missing"


def check_addresses(server, tree, domain):
    """Every address of the sitemaps, one after the other, in turn over IPv4
    and IPv6; and one file of each kind."""
    mistakes = []
    paths = []
    for loc in locations(tree, domain):
        if loc.netloc != domain:
            mistakes.append(f"{domain}: the sitemap has {loc.geturl()}")
        paths.append(loc.path)
    kinds = {name.rsplit(".", 1)[-1]: name for name in tree
             if name.startswith(domain + "/") and is_shown(name)}
    paths += [urllib.parse.quote(name[len(domain):])
              for name in kinds.values()]
    connections = [server.connect(address) for address in LOOPBACKS]
    for number, path in enumerate(paths):
        status, headers, body = server.ask(
            domain, path, connection=connections[number % 2])
        name = domain + urllib.parse.unquote(path)
        name += "index.html" if name.endswith("/") else ""
        if status != 200 or body != tree.get(name):
            mistakes.append(f"{domain}{path}: {status}, or other bytes")
        mistakes += wrong_headers(path, headers)
    return mistakes, len(paths)


def check_redirects(server, tree):
    """Each old address leads to its last place with one answer."""
    mistakes = []
    count = 0
    for site in json.loads(tree["redirects.json"])["sites"]:
        domain = site["domain"]
        for row in site["redirects"]:
            if row["from"].endswith("*"):
                continue
            count += 1
            status, headers, _ = server.ask(domain, row["from"])
            if (status, headers["Location"]) != (row["code"], row["to"]):
                mistakes.append(f"{domain}{row['from']}: {status} "
                                f"{headers['Location']}")
            elif row["to"].startswith("/") and \
                    server.ask(domain, row["to"])[0] != 200:
                mistakes.append(f"{domain}{row['to']}: not 200")
        for path in site["gone"]:
            count += 1
            status, headers, body = server.ask(domain, path)
            page = tree.get(f"{domain}/410{urllib.parse.unquote(path)}",
                            tree[f"{domain}/404.html"])
            if status != 410 or body != page:
                mistakes.append(f"{domain}{path}: {status}, or other bytes")
    return mistakes if count else ["no old address was tried"]


def comes_packed(server, domain, path, body):
    """A text is sent compressed to whoever takes that, and to nobody else."""
    _, headers, sent = server.ask(domain, path, Accept_Encoding="gzip")
    return (headers["Content-Encoding"] == "gzip" and
            "Accept-Encoding" in headers["Vary"] and
            len(sent) < len(body) and gzip.decompress(sent) == body and
            server.ask(domain, path)[1]["Content-Encoding"] is None)


def check_requests(server, tree, domain):
    """Conditions, ranges, HEAD, other methods, hosts that are not ours."""
    path = "/index.html"
    body = tree[domain + path]
    _, headers, _ = server.ask(domain, path)
    asset = next(name for name in sorted(tree)
                 if re.match(rf"{domain}/assets/style\..*css$", name))
    found = {
        "HEAD": server.ask(domain, path, "HEAD")[0::2] == (200, b""),
        "If-None-Match": server.ask(
            domain, path, If_None_Match=headers["ETag"])[0] == 304,
        "If-Modified-Since": server.ask(
            domain, path, If_Modified_Since=headers["Last-Modified"])[0]
        == 304,
        "another ETag": server.ask(
            domain, path, If_None_Match='"x"')[0] == 200,
        "Range": server.ask(domain, path, Range="bytes=5-9")[0::2]
        == (206, body[5:10]),
        "a range behind the end": server.ask(
            domain, path, Range="bytes=99999999-")[0] == 416,
        "POST": server.ask(domain, path, "POST")[0] == 405,
        "a page by gzip": comes_packed(server, domain, path, body),
        "the style by gzip": comes_packed(server, domain, asset[len(domain):],
                                          tree[asset]),
        "immutable": "immutable" in server.ask(
            domain, asset[len(domain):])[1]["Cache-Control"],
        "a folder without a slash": server.ask(domain, "/assets")[0] in
        (301, 308, 404),
        "no list of files": server.ask(domain, "/assets/")[0] in (403, 404),
        "no way up": server.ask(domain, "/../redirects.json")[0] in
        (400, 404),
        "version": "/" not in (headers["Server"] or ""),
    }
    try:
        found["another host"] = server.ask("www.example.org", "/") is None
    except http.client.RemoteDisconnected:
        found["another host"] = True
    return [f"wrong: {name}" for name, right in found.items() if not right]


def check_names(server):
    """Other names of a site lead to it."""
    mistakes = []
    for name in ("shifan.gov.cn",
                 "示范市人民政府.政务".encode("idna").decode("ascii")):
        status, headers, _ = server.ask(name, "/yw/?a=b")
        if (status, headers["Location"]) != \
                (301, "http://www.shifan.gov.cn/yw/?a=b"):
            mistakes.append(f"{name}: {status} {headers['Location']}")
    return mistakes


def check_packed(server, packed, codings):
    """Files that were packed when the release was made are sent as they are;
    who takes both codings gets the shorter one."""
    mistakes = [f"nothing is packed as {ending}" for ending in CODINGS
                if not any(name.endswith(ending) for name in packed)]
    names = [name for name in sorted(packed) if name[-3:] in codings and
             is_shown("/" + name[:-3].split("/", 1)[1])]
    for name in names[:40]:
        domain, path = name[:-3].split("/", 1)
        coding = codings[name[-3:]]
        wanted = f"{coding}, gzip" if coding == "br" else coding
        _, headers, sent = server.ask(domain, "/" + urllib.parse.quote(path),
                                      Accept_Encoding=wanted)
        if sent != packed[name] or headers["Content-Encoding"] != coding or \
                "Accept-Encoding" not in headers["Vary"]:
            mistakes.append(f"{name}: sent as {headers['Content-Encoding']}, "
                            f"{len(sent)} bytes")
    return mistakes


def check_verify(server, to):
    """`verify --url` finds what is served otherwise than published."""
    def said(host):
        code, out, err = places.jiyue(
            places.ROOT, "verify", "--rate", "10000", "--url",
            f"http://{host}:{server.port}", to)
        return code, out, err

    mistakes = [f"verify --url at {host}: {found}" for host, found in
                ((host, said(host)) for host in ("127.0.0.1", "[::1]"))
                if found[:2] != (0, "")]
    live = os.path.join(to, "live", "www.shifan.gov.cn")
    with open(os.path.join(live, "index.html"), "a", encoding="utf-8") as file:
        file.write(" ")
    for ending in CODINGS:
        os.remove(os.path.join(live, "index.html" + ending))
    os.remove(os.path.join(live, "robots.txt"))
    wanted = ("altered www.shifan.gov.cn/index.html\n"
              "missing www.shifan.gov.cn/robots.txt\n")
    found = said("127.0.0.1")
    if found[:2] != (1, wanted):
        mistakes.append(f"verify --url of what was changed: {found}")
    return mistakes


def city(kind=Server):
    folder = places.fresh(f"{kind.NAME}-city")
    out, to = (os.path.join(folder, name) for name in ("out", "www"))
    code, _, err = places.jiyue(places.ROOT, "build", "--out", out)
    if code == 2:
        raise RuntimeError(err)
    publish(places.ROOT, out, to, "--pack")
    tree = {path: places.read_bytes(to, "live", path)
            for path in places.files_below(os.path.join(to, "live"))}
    packed = {path: tree.pop(path) for path in list(tree)
              if path.endswith((".br", ".gz"))}
    mistakes = []
    codings, options = dict(CODINGS), ["--brotli"]
    if not kind.has_brotli():
        codings, options = {".gz": "gzip"}, []
    with kind(folder, places.ROOT, to, *options) as server:
        for domain in sorted({path.split("/")[0] for path in tree} -
                             {"redirects.json"}):
            found, count = check_addresses(server, tree, domain)
            mistakes += found if count else [f"{domain}: no address"]
        mistakes += check_redirects(server, tree)
        mistakes += check_requests(server, tree, "www.shifan.gov.cn")
        mistakes += check_names(server)
        mistakes += check_packed(server, packed, codings)
        mistakes += check_verify(server, to)
    return mistakes[:40]


# --- how much is asked for ---------------------------------------------------

RATE = 40  # requests a second that `verify` may make
FLOOD = 6000  # requests of one reader at once; more than the limits allow
A_CONNECTION = 1000


def keeps_rate():
    """`verify --url` makes no more requests a second than it may; without
    --rate it is gentle, too."""
    folder, library, to = prepare("nginx-rate")
    with Server(folder, library, to, "--as-of", AS_OF) as server:
        for options, rate in ((("--rate", str(RATE)), RATE), ((), 100)):
            start = time.monotonic()
            code, out, err = places.jiyue(
                library, "verify", *options, "--url",
                f"http://127.0.0.1:{server.port}", to)
            seconds = time.monotonic() - start
            files = int(re.search(r"files: (\d+)", err)[1])
            if code or out or files < RATE:
                yield f"verify: {code} {out}{err}"
            if seconds < (files - 1) / rate:
                yield (f"{options}: {files} requests in {seconds:.2f} s: more "
                       f"than {rate} a second")


def statuses(server, count):
    """Of so many requests over one connection, sent without waiting."""
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(f"HEAD /robots.txt HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
                       .encode() * (count - 1) +
                       f"HEAD /robots.txt HTTP/1.1\r\nHost: {HOST}\r\n"
                       "Connection: close\r\n\r\n".encode())
        with client.makefile("rb") as answers:
            return re.findall(rb"^HTTP/1.1 (\d+)", answers.read(), re.M)


def keeps_limits():
    """One reader gets what one can read, and no more; bodies are refused."""
    folder, library, to = prepare("nginx-limits")
    with Server(folder, library, to, "--as-of", AS_OF) as server:
        found = [status for _ in range(FLOOD // A_CONNECTION)
                 for status in statuses(server, A_CONNECTION)]
        if found.count(b"200") < 2000 or found.count(b"429") < 100 or \
                set(found) != {b"200", b"429"}:
            yield str({status: found.count(status) for status in set(found)})
        time.sleep(1)  # 500 more are due
        if server.ask(HOST, "/")[0] != 200:
            yield "nothing is answered afterwards"
        connection = server.connect()
        connection.request("POST", "/", b"x" * 2048, {"Host": HOST})
        status = connection.getresponse().status
        if status not in (405, 413):
            yield f"a body of 2 KiB: {status}"


# --- readers ---------------------------------------------------------------

class Readers:
    """Ask for everything while releases come and go. An answer must be that of
    a release that was live between the question and the answer."""

    def __init__(self, server, releases):
        self.server = server
        self.releases = releases  # by the order in which they go live
        self.begun = 0  # the last that may be live
        self.done = 0   # the last that certainly is
        self.stops = False
        self.answers = 0
        self.mistakes = []

    def read(self, number):
        paths = sorted({path for tree in self.releases[:2] for path in tree
                        if path.startswith(HOST) and
                        is_shown(path)})
        connection = self.server.connect(LOOPBACKS[number % 2])
        while not self.stops and not self.mistakes:
            for path in paths:
                first = self.done
                status, headers, body = self.server.ask(
                    HOST, urllib.parse.quote(path[len(HOST):]),
                    connection=connection)
                last = self.begun
                wanted = [self.releases[at].get(path)
                          for at in range(first, last + 1)]
                self.answers += 1
                if (body if status == 200 else None) not in wanted:
                    self.mistakes.append(
                        f"{path}: {status} {headers['Location']}, of none "
                        f"of the releases {first} to {last}")
                    return

    def run(self, steps):
        """Each step puts the next release live."""
        threads = [threading.Thread(target=self.read, args=(number,))
                   for number in range(2)]
        for thread in threads:
            thread.start()
        try:
            for step in steps:
                self.begun += 1
                step()
                self.done += 1
        finally:
            self.stops = True
            for thread in threads:
                thread.join()


def rollback(library, to):
    code, _, err = places.jiyue(library, "rollback", to)
    if code != 0:
        raise RuntimeError(err)


def reading(kind, rounds):
    folder, library, to = prepare(f"{kind.NAME}-readers")
    server = kind(folder, library, to, "--as-of", AS_OF)
    trees = [places.published(os.path.join(library, "out"))]
    path = os.path.join(library, "content")
    texts = sorted(name for name in places.files_below(path)
                   if name.startswith("jyj/") and name.endswith(".md"))
    for name in texts[::2]:
        with open(os.path.join(path, name), "a", encoding="utf-8") as file:
            file.write("\n改过的一段。\n")
    os.remove(os.path.join(path, texts[-1]))
    places.commit_all(library)
    places.jiyue(library, "build", "--out", "out2", "--as-of", AS_OF)
    trees.append(places.published(os.path.join(library, "out2")))
    steps = [functools.partial(publish, library, "out2", to),
             functools.partial(rollback, library, to)] * rounds
    with server:
        readers = Readers(server, trees * (rounds + 1))
        readers.run(steps)
    if readers.answers < rounds:
        readers.mistakes.append("nearly nothing was read")
    return readers.mistakes


def run_one(kind, name, check, report):
    if kind.program() is None:
        report.skips_test(name, f"there is no {kind.NAME}")
        return
    try:
        mistakes = check()
    except (OSError, RuntimeError, http.client.HTTPException) as error:
        mistakes = [f"{type(error).__name__}: {error}"]
    report.takes(name, mistakes)


def jobs(kind):
    """What every web server is tried with."""
    return [functools.partial(run_one, kind, f"{kind.NAME}: {name}", check)
            for name, check in (
                ("old addresses", functools.partial(
                    old_addresses, REDIRECTS, WANTED, kind)),
                ("letter case", functools.partial(
                    old_addresses, LETTER_CASE, WANTED_OF_CASES, kind)),
                ("the city", functools.partial(city, kind)),
                ("readers", functools.partial(reading, kind, ROUNDS)))]


def long_jobs(kind):
    """As many releases as an operator sees in a month."""
    return [functools.partial(
        run_one, kind, f"{kind.NAME}: readers of {2 * LONG_ROUNDS} releases",
        functools.partial(reading, kind, LONG_ROUNDS))]


JOBS = jobs(Server) + [
    functools.partial(run_one, Server, f"nginx: {name}",
                      lambda check=check: list(check()))
    for name, check in (("rate of verify", keeps_rate),
                        ("limits", keeps_limits))]
