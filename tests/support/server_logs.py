"""`jiyue hosting nginx|caddy --log`: what the real servers write of requests
has nobody in it, GoAccess counts by it, and what GoAccess says counts as the
statistics of the site."""

import functools
import json
import os
import shutil
import time

import caddy
import nginx
import operation
import places

HOT = "/dt/202602/kaixue.html"
ASKED = ((HOT + "?name=zhangsan&phone=123", "127.0.0.1"), (HOT, "::1"),
         ("/dt/", "127.0.0.1"), ("/no/such%20page.html", "127.0.0.1"))
# What is sent, and must not be found.
SENT = {"User-Agent": "Mozilla/5.0 (secret)", "Referer":
        "http://secret.example.net/?q=secret", "Cookie": "id=secret",
        "X-Forwarded-For": "198.51.100.7"}
TELLS = ("zhangsan", "phone", "secret", "127.0.0.1", '"::1"', "::1 ",
         "198.51.100")
FORMATS = {"nginx": "COMBINED",
           "caddy": '{"ts":"%x.%^","request":{"remote_ip":"%h",'
                    '"proto":"%H","method":"%m","uri":"%U"},'
                    '"duration":"%T","size":"%b","status":"%s"}'}


def ask_all(server):
    for path, address in ASKED:
        connection = server.connect(address)
        connection.request("GET", path, headers={"Host": nginx.HOST, **SENT})
        connection.getresponse().read()
        connection.close()


def lines_of(path):
    """Servers write a moment behind their answer."""
    end = time.monotonic() + places.TIME_LIMIT
    while time.monotonic() < end:
        if os.path.exists(path):
            lines = places.read(path).splitlines()
            if len(lines) >= len(ASKED):
                return lines
        time.sleep(0.05)
    return []


def check_lines(lines):
    text = "\n".join(lines)
    mistakes = [f"the log tells {word}: {text}" for word in TELLS
                if word in text]
    if len(lines) != len(ASKED):
        mistakes.append(f"{len(lines)} lines: {text}")
    if text.count(HOT) != 2 or "127.0.0.0" not in text:
        mistakes.append(f"nobody could count by this: {text}")
    return mistakes


def counted(folder, path, kind):
    """The report of GoAccess, as an operator would make it."""
    report = os.path.join(folder, "report.json")
    call = ["goaccess", path, "--no-global-config", "-o", report]
    if kind.NAME == "caddy":
        call += ["--log-format", FORMATS["caddy"], "--date-format", "%s",
                 "--time-format", "%s"]
    else:
        call += ["--log-format", FORMATS["nginx"]]
    code, out, err = places.run(call, folder)
    if code or not os.path.exists(report):
        raise RuntimeError(f"goaccess: {out}{err}")
    return report


def check_report(path):
    rows = json.loads(places.read(path))["requests"]["data"]
    hits = {row["data"]: row["hits"]["count"] for row in rows}
    return [] if hits.get(HOT) == 2 else [f"GoAccess counts {hits}"]


def check_statistics(library, report):
    """They are read as a site's statistics, and nothing is said of them."""
    statistics = os.path.join(library, "sites", "jyj", "statistics")
    os.makedirs(statistics)
    shutil.copy(report, os.path.join(statistics, "2026-05.json"))
    code, _, err = places.jiyue(library, "build", "--worktree", "--out",
                                "out-hot", "--as-of", nginx.AS_OF)
    return [] if code == 0 and "warning" not in err else [f"a build: {err}"]


def prepare(name):
    """A library that is built and live."""
    folder = places.fresh(name)
    library, to, where = (os.path.join(folder, part)
                          for part in ("library", "www", "logs"))
    shutil.copytree(operation.CITY, library)
    places.commit_all(library)
    code, _, err = places.jiyue(library, "build", "--out", "out", "--as-of",
                                nginx.AS_OF)
    if code:
        raise RuntimeError(err)
    nginx.publish(library, "out", to)
    os.makedirs(where)
    return folder, library, to, where


def logs(kind):
    folder, library, to, where = prepare(f"{kind.NAME}-logs")
    with kind(folder, library, to, "--as-of", nginx.AS_OF, "--log",
              where) as server:
        ask_all(server)
        path = os.path.join(where, nginx.HOST + ".log")
        mistakes = check_lines(lines_of(path))
    report = counted(folder, path, kind)
    mistakes += check_report(report) + check_statistics(library, report)
    places.remove(folder)
    return mistakes


JOBS = [functools.partial(nginx.run_one, kind, f"{kind.NAME}: logs",
                          functools.partial(logs, kind))
        for kind in (nginx.Server, caddy.Server)]
