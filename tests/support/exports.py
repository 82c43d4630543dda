"""`jiyue export`: a WARC that a strict reader of its own accepts (ISO
28500:2017), and the release in an object store, carried there by Debian's
rclone with the recipe `jiyue hosting rclone`. The store is a small server that
speaks S3 and notes every request, so that the order can be looked at.

Both once more with what others made (tests/exports, by npm): the reader of
Webrecorder, and s3rver, an S3 server for tests."""

import base64
import contextlib
import fcntl
import hashlib
import http.client
import http.server
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
import urllib.parse
import xml.sax.saxutils

import cases
import places

CITY = os.path.join(cases.FOLDER, "_base", "city")
DAY = ("--as-of", "2026-06-01")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
RECORD = re.compile(r"<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-"
                    r"[89ab][0-9a-f]{3}-[0-9a-f]{12}>")


class Desk:
    def __init__(self, name):
        self.folder = places.fresh(name)
        self.work = os.path.join(self.folder, "work")
        self.to = os.path.join(self.folder, "www")
        shutil.copytree(CITY, self.work)
        self.write("content/jyj/中文名.md", "中文名称")
        self.write("content/jyj/weg.md", "要删除的")
        self.publish()

    def write(self, path, title):
        with open(os.path.join(self.work, path), "w",
                  encoding="utf-8") as file:
            file.write(f"---\ntitle: {title}\ndate: 2026-03-02\n---\n正文。\n")

    def publish(self):
        places.commit_all(self.work)
        for arguments in (("build", "--library", "work", "--out", "out", *DAY),
                          ("publish", "--out", "out", "--to", "www",
                           "--pack")):
            code, _, err = places.jiyue(self.folder, *arguments)
            if code:
                raise RuntimeError(err)

    def export(self, *arguments):
        code, _, err = places.run(
            ["sh", "-c", 'exec "$JIYUE" export "$@" >exported', "sh",
             *arguments], self.folder)
        return code, places.read_bytes(self.folder, "exported"), err

    def pages(self):
        """Path below live/ and bytes of what readers can ask for."""
        live = os.path.join(self.to, "live")
        return {path: data for path, data in places.published(live).items()
                if os.sep in path}


# --- WARC ---------------------------------------------------------------------

def records(data):
    """Fields and block of each; anything odd is an error."""
    at = 0
    while at < len(data):
        end = data.index(b"\r\n\r\n", at)
        first, *lines = data[at:end].decode("utf-8").split("\r\n")
        if first != "WARC/1.1":
            raise ValueError(f"at byte {at}: {first[:40]}")
        fields = dict(line.split(": ", 1) for line in lines)
        if len(fields) != len(lines):
            raise ValueError(f"at byte {at}: a field is there twice")
        start, size = end + 4, int(fields["Content-Length"])
        if data[start + size:start + size + 4] != b"\r\n\r\n":
            raise ValueError(f"at byte {at}: no end")
        yield fields, data[start:start + size]
        at = start + size + 4


def wrong_record(fields, block):
    digest = base64.b32encode(hashlib.sha256(block).digest()).decode()
    if fields["WARC-Block-Digest"] != f"sha256:{digest}":
        yield f"another digest: {fields}"
    if not DATE.fullmatch(fields["WARC-Date"]) or \
            not RECORD.fullmatch(fields["WARC-Record-ID"]):
        yield f"date or id: {fields}"


def address(path):
    path = path.removesuffix("index.html") if \
        os.path.basename(path) == "index.html" else path
    return "https://" + urllib.parse.quote(path)


def wrong_warc(data, expected):
    """`expected`: bytes by path of what should be in it."""
    (info, text), *rest = records(data)
    if info["WARC-Type"] != "warcinfo" or \
            info["Content-Type"] != "application/warc-fields" or \
            b"format: WARC File Format 1.1\r\n" not in text:
        yield f"no warcinfo: {info} {text}"
    for fields, block in [(info, text), *rest]:
        yield from wrong_record(fields, block)
    ids = {fields["WARC-Record-ID"] for fields, _ in rest}
    if len(ids) != len(rest) or info["WARC-Record-ID"] in ids:
        yield "two records of one name"
    if {fields["WARC-Type"] for fields, _ in rest} != {"resource"}:
        yield "other kinds of records"
    found = {fields["WARC-Target-URI"]: block for fields, block in rest}
    wanted = {address(path): block for path, block in expected.items()
              if not path.endswith((".br", ".gz"))}
    if found != wanted:
        yield f"addresses: {sorted(set(found) ^ set(wanted))[:5]} or bytes"
    home = next(fields for fields, _ in rest
                if fields["WARC-Target-URI"].count("/") == 3 and
                fields["WARC-Target-URI"].endswith("/"))
    if home["Content-Type"] != "text/html; charset=utf-8":
        yield f"type of a page: {home}"


def look_at_warc(report):
    desk = Desk("exports-warc")
    code, data, err = desk.export("warc", "www")
    mistakes = [err] if code else list(wrong_warc(data, desk.pages()))
    if desk.export("warc", "www")[1] != data:
        mistakes.append("it is not the same again")
    code, data, err = desk.export("warc", "www", "--domain", "jyj.example.cn")
    mistakes += [err] if code else wrong_warc(data, {
        path: block for path, block in desk.pages().items()
        if path.startswith("jyj.example.cn/")})
    code, _, err = desk.export("warc", "www", "--domain", "no.example.cn")
    if code != 2 or "[release-site]" not in err:
        mistakes.append(f"a domain that is none: {code} {err}")
    page = os.path.join(desk.to, "live", "jyj.example.cn", "index.html")
    data = places.read_bytes(page)
    with open(page, "wb") as file:
        file.write(data[:-1] + b"!")
    code, _, err = desk.export("warc", "www")
    if code != 2 or "not as published" not in err:
        mistakes.append(f"a page that somebody changed: {code} {err}")
    report.takes("exports: WARC", mistakes)


# --- an object store ----------------------------------------------------------

class Store(http.server.BaseHTTPRequestHandler):
    """One bucket; no signature is looked at. `server.objects`: bytes and
    headers by key; `server.log`: method and key of what changes something."""

    protocol_version = "HTTP/1.1"
    HEADERS = ("Content-Type", "Cache-Control", "Content-Encoding")

    def log_message(self, *_):
        pass

    def key(self):
        path = urllib.parse.urlsplit(self.path).path
        return urllib.parse.unquote(path).partition("/b")[2].lstrip("/")

    def answer(self, code, body=b"", **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        key = self.key()
        kept = {name: self.headers[name] for name in self.headers
                if name in self.HEADERS or name.startswith("X-Amz-Meta")}
        self.server.objects[key] = (body, kept)
        self.server.log.append(("PUT", key))
        self.answer(200, ETag=f'"{hashlib.md5(body).hexdigest()}"')

    def do_HEAD(self):
        key = self.key()
        if not key:
            self.answer(200)
        elif key not in self.server.objects:
            self.answer(404)
        else:
            body, kept = self.server.objects[key]
            self.answer(200, Content_Length=str(len(body)),
                        ETag=f'"{hashlib.md5(body).hexdigest()}"',
                        Last_Modified="Mon, 01 Jun 2026 00:00:00 GMT", **kept)

    def do_GET(self):
        rows = "".join(
            f"<Contents><Key>{xml.sax.saxutils.escape(key)}</Key><Size>"
            f"{len(body)}</Size><LastModified>2026-06-01T00:00:00.000Z"
            f"</LastModified><ETag>&quot;{hashlib.md5(body).hexdigest()}"
            "&quot;</ETag></Contents>"
            for key, (body, _) in sorted(self.server.objects.items()))
        self.answer(200, ("<ListBucketResult><Name>b</Name><IsTruncated>false"
                          f"</IsTruncated>{rows}</ListBucketResult>").encode())

    def do_DELETE(self):
        self.server.objects.pop(self.key(), None)
        self.server.log.append(("DELETE", self.key()))
        self.answer(204)


@contextlib.contextmanager
def store():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Store)
    server.objects, server.log = {}, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def carry(desk, port, key="key", word="word"):
    env = places.environment(
        PATH=f"{os.path.dirname(places.PROGRAM)}:{os.environ['PATH']}",
        RCLONE_CONFIG=os.path.join(desk.folder, "rclone.conf"),
        RCLONE_CONFIG_S_TYPE="s3", RCLONE_CONFIG_S_PROVIDER="Other",
        RCLONE_CONFIG_S_ENDPOINT=f"http://127.0.0.1:{port}",
        RCLONE_CONFIG_S_ACCESS_KEY_ID=key,
        RCLONE_CONFIG_S_SECRET_ACCESS_KEY=word,
        RCLONE_CONFIG_S_NO_CHECK_BUCKET="true")
    code, out, err = places.run(["sh", os.path.join(desk.folder, "carry"),
                                 desk.to, "s:b"], desk.folder, env)
    if code:
        raise RuntimeError(f"exit code {code}: {out}{err[-2000:]}")


def changes_of(desk, server):
    """Runs the recipe; the changes that it made in the store, in order."""
    server.log.clear()
    carry(desk, server.server_port)
    return list(server.log)


def turn(change):
    method, key = change
    plain = re.sub(r"[.](br|gz)$", "", key)
    return (3 if method == "DELETE" else 0 if "/assets/" in key
            else 2 if plain.endswith(".html") else 1)


def wrong_store(desk, server):
    """What is there beside what is live, with the headers of the list."""
    bodies = {key: body for key, (body, _) in server.objects.items()}
    yield from places.differences(desk.pages(), bodies, ("live", "store"))
    listed = desk.export("list", "www")[1].decode("utf-8").splitlines()
    for line in listed:
        what, key, *words = line.split("\t")
        if what != "put" or key not in server.objects:
            continue
        kept = server.objects[key][1]
        found = [kept.get("Content-Type"), kept.get("Content-Encoding", "-"),
                 kept.get("Cache-Control")]
        if found != words[:3]:
            yield f"{key}: {found}, not {words[:3]}"


def wrong_order(changes):
    turns = [turn(change) for change in changes]
    if turns != sorted(turns):
        yield f"an order that readers notice: {changes[:20]}"


def store_desk(name):
    """With the recipe in it, and what was said of that."""
    desk = Desk(name)
    code, out, err = places.jiyue(desk.folder, "hosting", "rclone")
    with open(os.path.join(desk.folder, "carry"), "w",
              encoding="utf-8") as file:
        file.write(out)
    return desk, [err] if code else []


def look_at_store(report):
    if shutil.which("rclone") is None:
        report.skips_test("exports: rclone", "there is no rclone")
        return
    desk, mistakes = store_desk("exports-store")
    with store() as server:
        changes = changes_of(desk, server)
        mistakes += [*wrong_order(changes), *wrong_store(desk, server)]
        mistakes += [f"{change} again" for change in changes_of(desk, server)]
        os.remove(os.path.join(desk.work, "content/jyj/weg.md"))
        desk.write("content/jyj/xin.md", "新的")
        desk.publish()
        changes = changes_of(desk, server)
        mistakes += [*wrong_order(changes), *wrong_store(desk, server)]
        if ("DELETE", "jyj.example.cn/dt/202603/weg.html") not in changes:
            mistakes.append(f"nothing is deleted: {changes}")
        if len(changes) > len(server.objects) / 2:
            mistakes.append(f"{len(changes)} changes for one text")
    report.takes("exports: rclone", mistakes)


# --- what others made ---------------------------------------------------------

OTHERS = os.path.join(places.TESTS, "exports")


def install_others():
    """Once: two of the jobs ask for it at the same time."""
    wanted = os.path.join(OTHERS, "package-lock.json")
    installed = os.path.join(OTHERS, "node_modules", ".package-lock.json")
    with open(wanted, encoding="utf-8") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if os.path.exists(installed) and \
                os.path.getmtime(installed) >= os.path.getmtime(wanted):
            return
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=OTHERS,
                       check=True, capture_output=True)


def look_at_reader(report):
    """Webrecorder's reader finds every address with its bytes, and its index
    of the archive leads to each."""
    install_others()
    desk = Desk("exports-reader")
    code, data, err = desk.export("warc", "www")
    path = os.path.join(desk.folder, "city.warc")
    with open(path, "wb") as file:
        file.write(data)
    mistakes = [err] if code else []
    code, out, err = places.run(
        ["node", os.path.join(OTHERS, "read_warc.mjs"), path], desk.folder)
    rows = [json.loads(line) for line in out.splitlines()]
    if code or not rows or rows[0]["type"] != "warcinfo":
        mistakes.append(f"the reader: {code} {out[:200]}{err}")
    found = {row["address"]: row["sha256"] for row in rows[1:]}
    wanted = {address(name): hashlib.sha256(block).hexdigest()
              for name, block in desk.pages().items()
              if not name.endswith((".br", ".gz"))}
    if found != wanted or len(rows) != len(wanted) + 1:
        mistakes.append(f"{sorted(set(found.items()) ^ set(wanted.items()))[:5]}")
    mistakes += [f"{row['address']}: {row}" for row in rows
                 if int(row["length"]) != row["size"]]
    code, out, err = places.run(
        ["node", os.path.join(OTHERS, "node_modules/warcio/dist/cli.js"),
         "index", path], desk.folder)
    if code or len(out.splitlines()) != len(rows):
        mistakes.append(f"the index: {code} {out[:200]}{err}")
    report.takes("exports: a reader of web archives", mistakes)


@contextlib.contextmanager
def s3rver(folder):
    """Its port; one bucket."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(
            ["node", os.path.join(OTHERS, "node_modules/.bin/s3rver"), "-s",
             "-d", os.path.join(folder, "store"), "-a", "127.0.0.1", "-p",
             str(port), "--configure-bucket", "b"], cwd=folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL) as server:
        end = time.monotonic() + places.TIME_LIMIT
        while server.poll() is None and time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        try:
            yield port
        finally:
            server.terminate()


def wrong_objects(desk, port):
    """What readers of the store get beside the list."""
    pages = desk.pages()
    listed = desk.export("list", "www")[1].decode("utf-8").splitlines()
    connection = http.client.HTTPConnection("127.0.0.1", port,
                                            timeout=places.TIME_LIMIT)
    for line in listed:
        what, key, *words = line.split("\t")
        connection.request("GET", "/b/" + urllib.parse.quote(key))
        answer = connection.getresponse()
        body = answer.read()
        if what == "delete":
            if answer.status != 404:
                yield f"{key}: {answer.status}, and is gone"
            continue
        found = [answer.headers["Content-Type"],
                 answer.headers.get("Content-Encoding", "-"),
                 answer.headers["Cache-Control"]]
        if answer.status != 200 or body != pages[key] or found != words[:3]:
            yield f"{key}: {answer.status}, {found}, not {words[:3]}"
    connection.close()


def look_at_s3(report):
    if shutil.which("rclone") is None:
        report.skips_test("exports: s3rver", "there is no rclone")
        return
    install_others()
    desk, mistakes = store_desk("exports-s3")
    with s3rver(desk.folder) as port:
        carry(desk, port, "S3RVER", "S3RVER")
        mistakes += wrong_objects(desk, port)
        os.remove(os.path.join(desk.work, "content/jyj/weg.md"))
        desk.write("content/jyj/xin.md", "新的")
        desk.publish()
        carry(desk, port, "S3RVER", "S3RVER")
        mistakes += wrong_objects(desk, port)
    report.takes("exports: s3rver", mistakes)


OTHERS_JOBS = [look_at_store, look_at_reader, look_at_s3]
