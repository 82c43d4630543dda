"""`jiyue domains`: the register, names that look alike, and a zone that a real
named-checkzone takes and a real nsd answers from, on loopback."""

import functools
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import time

import cases
import places

BASE = os.path.join(cases.FOLDER, "_base", "city")
SETTINGS = """addresses: [192.0.2.1, 192.0.2.2, "2001:db8::1"]
name_servers: [ns1.example.net, ns2.example.org]
certificate_issuers: [ca.example.org]
"""
TYPES = {"A": 1, "NS": 2, "SOA": 6, "AAAA": 28, "CAA": 257}
# name, type, how many answers
WANTED = (
    ("example.cn", "SOA", 1), ("example.cn", "NS", 2),
    ("example.cn", "CAA", 1), ("example.cn", "A", 2),
    ("www.example.cn", "A", 2), ("www.example.cn", "AAAA", 1),
    ("jyj.example.cn", "A", 2), ("jyj.example.cn", "AAAA", 1),
    ("nobody.example.cn", "A", 0),
)


def program(name):
    path = shutil.which(name) or f"/usr/sbin/{name}"
    return path if os.path.exists(path) else None


def prepare(name, platform="", site=""):
    library = places.fresh(f"domains-{name}")
    shutil.copytree(BASE, library, dirs_exist_ok=True)
    for path, text in (("platform.yaml", platform), ("jyj/site.yaml", site)):
        with open(os.path.join(library, "sites", path), "a+",
                  encoding="utf-8") as file:
            file.seek(0)
            before = file.read()
            file.truncate(0)
            file.write(text + before)
    places.commit_all(library)
    return library


def sheet(library, what, *options):
    code, out, err = places.jiyue(library, "domains", what, "--format", "json",
                                  *options)
    if code not in (0, 1):
        raise RuntimeError(err)
    return json.loads(out)["tables"][0]["rows"]


# changed, entered, the day: how it stands, and until when it is due; the
# calendar of the base knows weekends alone
CONTACTS = (
    ("2026-03-02", None, "2026-03-30", "待录入"),
    ("2026-03-02", None, "2026-03-31", "逾期未录入"),
    ("2026-03-02", "2026-03-30", "2026-06-01", "已录入"),
    ("2026-03-02", "2026-03-31", "2026-06-01", "逾期录入"),
    ("2026-03-02", "2026-02-01", "2026-03-05", "待录入"),
)


def wrong_register():
    library = prepare("register")
    rows = {row["site"]: row for row in
            sheet(library, "register", "--as-of", "2026-06-01")}
    if set(rows) != {"www", "jyj"} or \
            rows["jyj"]["domain"] != "jyj.example.cn" or \
            rows["jyj"]["domain_form"] != "不符合" or \
            rows["jyj"]["contact"] != "无变更":
        yield f"{rows}"
    for changed, entered, day, wanted in CONTACTS:
        text = f"contact_changed_on: {changed}\n"
        text += f"contact_entered_on: {entered}\n" if entered else ""
        row = sheet(prepare("contact", site=text), "register", "--site", "jyj",
                    "--as-of", day)
        if len(row) != 1 or (row[0]["contact"], row[0]["contact_due"]) != \
                (wanted, "2026-03-30"):
            yield f"{changed} {entered} {day}: {row}"


def wrong_lookalikes():
    library = prepare("lookalikes")
    rows = sheet(library, "lookalikes")
    names = [row["name"] for row in rows if row["site"] == "jyj"]
    for name in ("jyj.com", "jyj-example.cn", "jyjgov.cn", "gov-jyj.com",
                 "jy.cn", "jjyj.cn", "yjj.cn", "示范市教育局.中国"):
        if name not in names:
            yield f"{name} is not watched"
    if any(not row["ascii"].isascii() for row in rows):
        yield "a code is none"
    if not any(row["how"] == "国际化域名混淆" and
               row["ascii"].startswith("xn--") for row in rows):
        yield "no letters of other scripts"
    if len(names) != len(set(names)) or len(names) > 400:
        yield f"{len(names)} names, {len(set(names))} different ones"
    if {"jyj.example.cn", "www.example.cn", "example.cn"} & set(names):
        yield "one's own names are watched"
    if rows != sheet(library, "lookalikes", "--jobs", "4"):
        yield "another time it is another list"


# --- the zone -----------------------------------------------------------------

def ask(port, name, kind):
    """How many answers a name server gives."""
    words = b"".join(bytes([len(part)]) + part.encode()
                     for part in name.split("."))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(0.5)
        client.sendto(struct.pack(">6H", 7, 0, 1, 0, 0, 0) + words + b"\0" +
                      struct.pack(">2H", TYPES[kind], 1), ("127.0.0.1", port))
        try:
            return struct.unpack(">6H", client.recv(4096)[:12])[3]
        except OSError:
            return None


def wrong_answers(nsd, folder, zone):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = os.path.join(folder, "nsd.conf")
    cases.write(settings, f"""server:
  ip-address: 127.0.0.1@{port}
  username: ""
  chroot: ""
  zonesdir: "{folder}"
  database: ""
  pidfile: "{folder}/nsd.pid"
  xfrdfile: "{folder}/xfrd.state"
  zonelistfile: "{folder}/zone.list"
  xfrdir: "{folder}"
  server-count: 1
remote-control:
  control-enable: no
zone:
  name: example.cn
  zonefile: {zone}
""")
    server = subprocess.Popen([nsd, "-d", "-c", settings],
                              stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True)
    try:
        end = time.monotonic() + places.TIME_LIMIT
        while ask(port, "example.cn", "SOA") is None and \
                server.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        if server.poll() is not None:
            yield f"nsd ended: {server.stderr.read()}"
            return
        for name, kind, count in WANTED:
            found = ask(port, name, kind)
            if found != count:
                yield f"{name} {kind}: {found} answers, not {count}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def wrong_zone():
    library = prepare("zone", SETTINGS)
    code, text, err = places.jiyue(library, "domains", "zone")
    if code not in (0, 1):
        yield err
        return
    path = os.path.join(library, "example.zone")
    cases.write(path, text)
    checker, nsd = program("named-checkzone"), program("nsd")
    if checker:
        done = subprocess.run([checker, "-i", "local", "example.cn", path],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0 or "OK" not in done.stdout:
            yield f"named-checkzone: {done.stdout}{done.stderr}"
    if nsd:
        yield from wrong_answers(nsd, library, path)


def wrong_refusals():
    for text in ("", "addresses: [192.0.2.1]\n",
                 SETTINGS.replace("192.0.2.2", "192.0.2.256"),
                 SETTINGS.replace("192.0.2.2", '"192.0.2.2\\n@ IN A 1.1.1.1"'),
                 SETTINGS.replace("ns1.example.net", "ns1.example.cn"),
                 SETTINGS.replace("ca.example.org", '"a\\" b"')):
        code, out, err = places.jiyue(prepare("refused", text), "domains",
                                      "zone")
        if code != 1 or "example.cn. IN" in out:
            yield f"{text}: exit {code}: {out}{err}"


def run_one(name, check, report):
    try:
        report.takes(f"domains/{name}", list(check()))
    except (OSError, RuntimeError, ValueError) as error:
        report.takes(f"domains/{name}", [f"{type(error).__name__}: {error}"])


JOBS = [functools.partial(run_one, name, check) for name, check in (
    ("register", wrong_register), ("lookalikes", wrong_lookalikes),
    ("zone", wrong_zone), ("refusals", wrong_refusals))]
