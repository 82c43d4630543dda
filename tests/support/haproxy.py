"""`jiyue hosting haproxy-maps` with a real HAProxy on loopback, in front of a
server that knows files and nothing of old addresses: what nginx answers there,
HAProxy answers too (nginx.py)."""

import functools
import http.server
import os
import shutil
import threading
import urllib.parse

import cases
import nginx
import places

HOSTS = (  # host, path, status, Location
    ("example.cn", "/yw/?a=b", 301, "http://www.example.cn/yw/?a=b"),
    ("EXAMPLE.cn", "/", 301, "http://www.example.cn/"),
    ("www.example.cn", "/", 200, None),
    ("www.example.cn:80", "/", 200, None),
    ("WWW.example.cn", "/", 200, None),
    ("evil.example.org", "/", 421, None),
    ("site:www.example.cn", "/", 421, None),
)


class Files(http.server.BaseHTTPRequestHandler):
    """Of a release: a folder for each host."""

    live = ""

    def do_GET(self):  # pylint: disable=invalid-name
        path = urllib.parse.unquote(self.path.partition("?")[0])
        root = os.path.join(self.live,
                            self.headers["Host"].partition(":")[0].lower())
        path = os.path.join(root, path.lstrip("/"))
        if os.path.isdir(path):
            path = os.path.join(path, "index.html")
        is_there = os.path.isfile(path) and "/." not in path
        with open(path if is_there else os.path.join(root, "404.html"),
                  "rb") as file:
            body = file.read()
        self.send_response(200 if is_there else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(nginx.Server):
    """HAProxy with the lines that stand at the head of the maps."""

    NAME = "haproxy"

    @staticmethod
    def program():
        path = shutil.which("haproxy") or "/usr/sbin/haproxy"
        return path if os.path.exists(path) else None

    def __init__(self, folder, library, to, *options):
        self.folder = folder
        self.port = nginx.free_port()
        texts = {}
        for name, file in (("haproxy-maps", "haproxy.map"),
                           ("haproxy-prefixes", "haproxy-prefixes.map")):
            code, texts[name], err = places.jiyue(
                library, "hosting", name, "--to", folder, *options)
            if code not in (0, 1) or not texts[name]:
                raise RuntimeError(err)
            cases.write(os.path.join(folder, file), texts[name])
        handler = type("Handler", (Files,), {"live": os.path.join(to, "live")})
        self.files = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.files.serve_forever, daemon=True).start()
        self.call, self.runs = self.configure(texts["haproxy-maps"])

    def configure(self, text):
        lines = "".join("   " + line[2:] + "\n" for line in text.splitlines()
                        if line.startswith("#\t"))
        path = os.path.join(self.folder, "haproxy.cfg")
        cases.write(path, "defaults\n    mode http\n    timeout connect 5s\n"
                    "    timeout client 30s\n    timeout server 30s\n"
                    f"frontend web\n    bind 127.0.0.1:{self.port}\n"
                    f"    bind [::1]:{self.port}\n{lines}"
                    "    default_backend files\nbackend files\n"
                    f"    server one 127.0.0.1:{self.files.server_port}\n")
        call = [self.program(), "-f", path]
        return [*call, "-c", "-dW"], [*call, "-db"]

    @staticmethod
    def warns(words):
        return "[WARNING]" in words

    def __exit__(self, *more):
        super().__exit__(*more)
        self.files.shutdown()
        self.files.server_close()


def is_of_proxy(path):
    """What is hidden is a matter of the server behind it."""
    return not path.startswith(("/.", "/404.html", "/410/"))


def old_addresses(case, wanted):
    folder, library, to = nginx.prepare(f"haproxy-{os.path.basename(case)}",
                                        case)
    with Server(folder, library, to, "--as-of", nginx.AS_OF) as server:
        mistakes = list(nginx.check_old(
            server, [row for row in wanted if is_of_proxy(row[0])]))
        for host, path, status, location in HOSTS:
            got, headers, _ = server.ask(host, path)
            if (got, headers["Location"]) != (status, location):
                mistakes.append(f"{host}{path}: {got} {headers['Location']}")
        return mistakes


JOBS = [functools.partial(
            nginx.run_one, Server, f"haproxy: {name}",
            functools.partial(old_addresses, case, wanted))
        for name, case, wanted in (
            ("old addresses", nginx.REDIRECTS, nginx.WANTED),
            ("letter case", nginx.LETTER_CASE, nginx.WANTED_OF_CASES))]
