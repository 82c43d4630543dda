"""`jiyue hosting nginx|caddy --tls` with the real servers on loopback and an
authority of our own: every file of a release comes over TLS under its site's
name, HTTP leads there, and a certificate of another authority counts for
nothing."""

import functools
import os
import socket
import ssl

import caddy
import cases
import nginx
import places

DAYS = "30"
HSTS = "max-age=31536000"
NOBODY = "nobody.example.net"


def openssl(folder, *words):
    code, _, err = places.run(["openssl", *words], folder)
    if code:
        raise RuntimeError(err)


def make_key(folder, name):
    openssl(folder, "genpkey", "-algorithm", "EC", "-pkeyopt",
            "ec_paramgen_curve:P-256", "-out", name)


def make_authority(folder):
    make_key(folder, "authority.key")
    openssl(folder, "req", "-x509", "-new", "-key", "authority.key", "-out",
            "authority.pem", "-days", DAYS, "-subj", "/CN=test authority")


def make_certificate(folder, authority, domain):
    """folder/tls/<domain>/, as the settings of the servers name it."""
    where = os.path.join(folder, "tls", domain)
    os.makedirs(where)
    make_key(where, "privkey.pem")
    cases.write(os.path.join(where, "names"), f"subjectAltName=DNS:{domain}\n")
    openssl(where, "req", "-new", "-key", "privkey.pem", "-out", "request",
            "-subj", "/CN=site")
    openssl(where, "x509", "-req", "-in", "request", "-CA",
            os.path.join(authority, "authority.pem"), "-CAkey",
            os.path.join(authority, "authority.key"), "-CAcreateserial",
            "-days", DAYS, "-extfile", "names", "-out", "fullchain.pem")


class Nginx(nginx.Server):
    def configure(self, text):
        self.secure_port = nginx.free_port()
        text = text.replace("listen 443", f"listen 127.0.0.1:{self.secure_port}")
        text = text.replace("listen [::]:443",
                            f"listen [::1]:{self.secure_port}")
        return super().configure(text)


# What Caddy says of a certificate without OCSP, and of plain HTTP beside TLS.
EXPECTED = ("no OCSP stapling", "redirects are disabled",
            "only on the HTTP port")


class Caddy(caddy.Server):
    @staticmethod
    def warns(words):
        return any('"warn"' in line and not any(part in line
                                                for part in EXPECTED)
                   for line in words.splitlines())

    def configure(self, text):
        self.secure_port = nginx.free_port()
        calls = super().configure(text)
        path = os.path.join(self.folder, "Caddyfile")
        settings = places.read(path)
        cases.write(path, settings.replace(
            "auto_https off", "auto_https disable_redirects\n"
            f"\thttps_port {self.secure_port}", 1))
        return calls


def greet(server, authority, domain):
    """The protocol that a reader of the domain gets, or why there is none."""
    context = ssl.create_default_context(
        cafile=os.path.join(authority, "authority.pem"))
    context.set_alpn_protocols(["h2", "http/1.1"])
    try:
        with socket.create_connection(
                ("127.0.0.1", server.secure_port),
                timeout=places.TIME_LIMIT) as plain, context.wrap_socket(
                    plain, server_hostname=domain) as secure:
            return secure.selected_alpn_protocol()
    except OSError as error:
        return f"refused: {type(error).__name__}"


def check_plain(server, domain):
    """Who comes by HTTP is led to the same address over TLS."""
    status, headers, _ = server.ask(domain, "/dt/?a=b")
    found = status, headers["Location"]
    wanted = 301, f"https://{domain}/dt/?a=b"
    return [] if found == wanted else \
        [f"http://{domain}/dt/?a=b: {found}, not {wanted}"]


def check_secure(server, authority, domain):
    mistakes = []
    found = greet(server, authority, domain)
    if found != "h2":
        mistakes.append(f"{domain} speaks {found}, not HTTP/2")
    found = greet(server, authority, NOBODY)
    if not found.startswith("refused: SSL"):
        mistakes.append(f"a host that is none of ours: {found}")
    context = ssl.create_default_context(
        cafile=os.path.join(authority, "authority.pem"))
    with socket.create_connection(
            ("::1", server.secure_port), timeout=places.TIME_LIMIT) as plain, \
            context.wrap_socket(plain, server_hostname=domain) as secure:
        secure.sendall(f"GET / HTTP/1.1\r\nHost: {domain}\r\n"
                       "Connection: close\r\n\r\n".encode())
        with secure.makefile("rb") as answer:
            head = answer.read().split(b"\r\n\r\n", 1)[0].decode().lower()
    if " 200 " not in head or f"strict-transport-security: {HSTS}" not in head:
        mistakes.append(f"{domain} over IPv6: {head}")
    return mistakes


def verify(server, to, *options):
    return places.jiyue(
        places.ROOT, "verify", "--rate", "10000", *options, "--url",
        f"https://127.0.0.1:{server.secure_port}", to)


def check_verify(server, to, authority, other):
    mistakes = []
    found = verify(server, to, "--ca", os.path.join(authority,
                                                    "authority.pem"))
    if found[:2] != (0, "") or "files: " not in found[2]:
        mistakes.append(f"verify --ca: {found}")
    for options in (), ("--ca", os.path.join(other, "authority.pem")):
        found = verify(server, to, *options)
        if found[0] != 2 or "release-unreachable" not in found[2]:
            mistakes.append(f"verify {' '.join(options)}: {found}")
    found = verify(server, to, "--ca", os.path.join(authority, "nothing"))
    if found[0] != 2:
        mistakes.append(f"verify --ca of no file: {found}")
    return mistakes


def run_server(kind):
    folder, library, to = nginx.prepare(f"{kind.NAME}-tls")
    other = os.path.join(folder, "other")
    os.makedirs(other)
    make_authority(folder)
    make_authority(other)
    domains = sorted(name for name in os.listdir(os.path.join(to, "live"))
                     if not name.endswith(".json"))
    for domain in domains:
        make_certificate(folder, folder, domain)
    mistakes = []
    with kind(folder, library, to, "--as-of", nginx.AS_OF, "--tls",
              os.path.join(folder, "tls"), "--hsts", "365") as server:
        for domain in domains:
            mistakes += check_plain(server, domain)
            mistakes += check_secure(server, folder, domain)
        mistakes += check_verify(server, to, folder, other)
    places.remove(folder)
    return mistakes


JOBS = [functools.partial(nginx.run_one, kind, f"{kind.NAME}: TLS",
                          functools.partial(run_server, kind))
        for kind in (Nginx, Caddy)]
