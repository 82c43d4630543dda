#!/usr/bin/env python3
"""Reads the demonstration city through nginx, as many do at once, and prints a
table in Markdown.

The city is built and published, nginx has the configuration that `jiyue hosting
nginx --brotli` prints, but for its limits of requests, which one reader alone
would meet at once. wrk asks for a page over 32 connections for five seconds, on
loopback, and shares the processors with nginx.
"""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.append(os.path.join(os.path.dirname(HERE), "support"))
sys.dont_write_bytecode = True
os.environ.setdefault("JIYUE", os.path.join(ROOT, "build", "release", "jiyue"))

import nginx  # noqa: E402
import places  # noqa: E402

HOST = "www.shifan.gov.cn"
CONNECTIONS, SECONDS = 32, 5
PAGES = (("home page", "/"), ("list", "/gk/zcwj/"),
         ("search index", "/search/index.json"))
CODINGS = ("identity", "gzip", "br")
WRK = re.compile(r"Requests/sec:\s+([\d.]+)\s+Transfer/sec:\s+([\d.]+\w+)")
SLOWEST = re.compile(r"99%\s+(\S+)")
REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")


class Unlimited(nginx.Server):
    """For one reader who is many."""

    def configure(self, text):
        return super().configure(re.sub(r"^\s*limit_\w+ .*;\n", "", text,
                                        flags=re.MULTILINE))


def ask(server, path, coding):
    done = subprocess.run(
        ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{SECONDS}s",
         "--latency", "-H", f"Host: {HOST}", "-H",
         f"Accept-Encoding: {coding}",
         f"http://127.0.0.1:{server.port}{path}"],
        capture_output=True, text=True, check=True)
    found = WRK.search(done.stdout)
    if found is None or REFUSED.search(done.stdout):
        raise SystemExit(f"load: {path} was not answered\n{done.stdout}")
    return found[1], found[2], SLOWEST.search(done.stdout)[1]


def address(to, path):
    """A path of the city that is there: lists have names of their own."""
    whole = os.path.join(to, "live", HOST, path.lstrip("/"))
    return os.path.exists(whole)


def main():
    folder = places.fresh("load")
    out, to = (os.path.join(folder, name) for name in ("out", "www"))
    code, _, err = places.jiyue(ROOT, "build", "--out", out)
    if code == 2:
        raise SystemExit(err)
    nginx.publish(ROOT, out, to, "--pack")
    print("| page | coding | requests a second | bytes a second | 99 of 100 "
          "within |\n| --- | --- | ---: | ---: | ---: |")
    with Unlimited(folder, ROOT, to, "--brotli") as server:
        for name, path in PAGES:
            if not address(to, path):
                raise SystemExit(f"load: there is no {path}")
            for coding in CODINGS:
                requests, transfer, slowest = ask(server, path, coding)
                print(f"| {name} `{path}` | {coding} | {requests} | "
                      f"{transfer} | {slowest} |", flush=True)
    places.remove(folder)


if __name__ == "__main__":
    main()
