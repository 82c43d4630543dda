"""`jiyue domains`: the register, names that look alike, and a zone that a real
named-checkzone takes and a real nsd answers from, on loopback; the same zone
signed (DNSSEC) by ldns."""

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
TYPES = {"A": 1, "NS": 2, "SOA": 6, "AAAA": 28, "DNSKEY": 48, "CAA": 257}
RRSIG = 46
# name, type, how many answers
WANTED = (
    ("example.cn", "SOA", 1), ("example.cn", "NS", 2),
    ("example.cn", "CAA", 1), ("example.cn", "A", 2),
    ("www.example.cn", "A", 2), ("www.example.cn", "AAAA", 1),
    ("jyj.example.cn", "A", 2), ("jyj.example.cn", "AAAA", 1),
    ("nobody.example.cn", "A", 0),
)
CHINESE = "示范市教育局.政务"
# as IDNA has it; Python's own codec knows the older one, which is the same here
CHINESE_ZONE = CHINESE.encode("idna").decode()
WANTED_CHINESE = (
    (CHINESE_ZONE, "SOA", 1), (CHINESE_ZONE, "NS", 2),
    (CHINESE_ZONE, "CAA", 1), (CHINESE_ZONE, "A", 2),
    (CHINESE_ZONE, "AAAA", 1), ("jyj.example.cn", "A", None),
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


def one_away(label):
    """Every label that is one edit away: a letter less, more or another, two
    changed about."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    parts = [(label[:at], label[at:]) for at in range(len(label) + 1)]
    found = {head + tail[1:] for head, tail in parts}
    found |= {head + letter + tail for head, tail in parts
              for letter in letters}
    found |= {head + letter + tail[1:] for head, tail in parts if tail
              for letter in letters}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in parts
              if len(tail) > 1}
    return found - {label}


def wrong_lookalikes():
    library = prepare("lookalikes")
    rows = sheet(library, "lookalikes")
    names = [row["name"] for row in rows if row["site"] == "jyj"]
    for name in ("jyj.com", "jyj-example.cn", "jyjgov.cn", "gov-jyj.com",
                 "jy.cn", "jjyj.cn", "yjj.cn", "示范市教育局.中国"):
        if name not in names:
            yield f"{name} is not watched"
    for site, label in (("jyj", "jyj"), ("www", "example")):
        watched = {row["name"] for row in rows if row["site"] == site}
        missing = {name + ".cn" for name in one_away(label)} - watched
        if missing:
            yield f"one letter away, and not watched: {sorted(missing)[:5]}"
    if "exampne.com" not in {row["name"] for row in rows}:
        yield "what sounds alike is not watched"
    if any(not row["ascii"].isascii() for row in rows):
        yield "a code is none"
    if not any(row["how"] == "国际化域名混淆" and
               row["ascii"].startswith("xn--") for row in rows):
        yield "no letters of other scripts"
    if len(names) != len(set(names)) or len(names) > 1000:
        yield f"{len(names)} names, {len(set(names))} different ones"
    if {"jyj.example.cn", "www.example.cn", "example.cn"} & set(names):
        yield "one's own names are watched"
    if rows != sheet(library, "lookalikes", "--jobs", "4"):
        yield "another time it is another list"


# --- the zone -----------------------------------------------------------------

def question(name, kind, is_signed):
    """With EDNS and “DNSSEC OK” (RFC 3225), when signatures are wanted."""
    words = b"".join(bytes([len(part)]) + part.encode()
                     for part in name.split("."))
    extra = struct.pack(">BHHIH", 0, 41, 4096, 0x8000, 0) if is_signed else b""
    return (struct.pack(">6H", 7, 0, 1, 0, 0, bool(extra)) + words + b"\0" +
            struct.pack(">2H", TYPES[kind], 1) + extra)


def skip_name(answer, at):
    while answer[at] and answer[at] < 0xc0:
        at += answer[at] + 1
    return at + (2 if answer[at] else 1)


def kinds(answer):
    """The type of each answer."""
    at = skip_name(answer, 12) + 4
    for _ in range(struct.unpack(">6H", answer[:12])[3]):
        at = skip_name(answer, at)
        kind, length = struct.unpack(">H6xH", answer[at:at + 10])
        yield kind
        at += 10 + length


def ask(port, name, kind, is_signed=False):
    """How many answers a name server gives, and how many signatures; None:
    none at all, or a refusal."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(0.5)
        client.sendto(question(name, kind, is_signed), ("127.0.0.1", port))
        try:
            answer = client.recv(4096)
        except OSError:
            return None, None
    if answer[3] & 15 == 5:
        return None, None
    found = list(kinds(answer))
    return found.count(TYPES[kind]), found.count(RRSIG)


SETTINGS_NSD = """server:
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
  name: {name}
  zonefile: {zone}
"""


def free_port():
    """Of both kinds: a server of names listens on either."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as stream, \
                socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram:
            stream.bind(("127.0.0.1", 0))
            port = stream.getsockname()[1]
            try:
                datagram.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Nsd:
    """nsd with one zone; `ask` is for its port."""

    def __init__(self, folder, name, zone):
        self.port = free_port()
        settings = os.path.join(folder, "nsd.conf")
        cases.write(settings, SETTINGS_NSD.format(
            port=self.port, folder=folder, name=name, zone=zone))
        self.server = subprocess.Popen(
            [program("nsd"), "-d", "-c", settings], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        end = time.monotonic() + places.TIME_LIMIT
        while ask(self.port, name, "SOA")[0] is None and \
                self.server.poll() is None and time.monotonic() < end:
            time.sleep(0.1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait()


def wrong_answers(folder, name, zone, wanted, is_signed):
    with Nsd(folder, name, zone) as nsd:
        if nsd.server.poll() is not None:
            yield f"nsd ended: {nsd.server.stderr.read()}"
            return
        for host, kind, count in wanted:
            found, signatures = ask(nsd.port, host, kind, is_signed)
            if found != count:
                yield f"{host} {kind}: {found} answers, not {count}"
            if bool(count) and signatures != is_signed:
                yield f"{host} {kind}: {signatures} signatures"
        if is_signed and ask(nsd.port, name, "DNSKEY", True) != (2, 1):
            yield "no keys"


def run(folder, *arguments):
    done = subprocess.run(arguments, cwd=folder, capture_output=True,
                          text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def sign(folder, name, zone):
    """The zone, signed as an operator would, with a key for keys and one for
    the rest; it is verified, and a record that is changed later is found."""
    keys = [subprocess.run(
        ["ldns-keygen", "-a", "ECDSAP256SHA256", *more, name], cwd=folder,
        capture_output=True, text=True, check=True).stdout.strip()
        for more in (["-k"], [])]
    code, said = run(folder, "ldns-signzone", "-n", "-f", zone + ".signed",
                     zone, *keys)
    if code:
        raise RuntimeError(f"ldns-signzone: {said}")
    code, said = run(folder, "ldns-verify-zone", zone + ".signed")
    if code:
        raise RuntimeError(f"ldns-verify-zone: {said}")
    text = places.read(zone + ".signed")
    cases.write(zone + ".forged", text.replace("192.0.2.2", "192.0.2.3"))
    if run(folder, "ldns-verify-zone", zone + ".forged")[0] == 0:
        raise RuntimeError("a forged address is not found")
    return zone + ".signed"


def wrong_zone_of(library, name, wanted, *arguments):
    code, text, err = places.jiyue(library, "domains", *arguments)
    if code not in (0, 1) or not text:
        yield err
        return
    path = os.path.join(library, "example.zone")
    cases.write(path, text)
    if program("named-checkzone"):
        code, said = run(library, program("named-checkzone"), "-i", "local",
                         name, path)
        if code or "OK" not in said:
            yield f"named-checkzone: {said}"
    if not program("nsd"):
        return
    yield from wrong_answers(library, name, path, wanted, False)
    if program("ldns-signzone"):
        yield from wrong_answers(library, name, sign(library, name, path),
                                 wanted, True)


def wrong_zone():
    yield from wrong_zone_of(prepare("zone", SETTINGS), "example.cn", WANTED,
                             "zone")


def wrong_chinese_zone():
    library = prepare("chinese-zone", SETTINGS,
                      f"chinese_domain: {CHINESE}\n")
    yield from wrong_zone_of(library, CHINESE_ZONE, WANTED_CHINESE,
                             "chinese-zone", "--site", "jyj")
    code, out, err = places.jiyue(library, "domains", "chinese-zone")
    if code != 1 or out or "no Chinese domain" not in err:
        yield f"a site without one: {code} {out}{err}"


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
    ("zone", wrong_zone), ("chinese zone", wrong_chinese_zone),
    ("refusals", wrong_refusals))]
