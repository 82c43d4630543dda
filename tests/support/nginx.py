"""README.md's settings for nginx, and its program that makes maps of
redirects.json, with a real nginx on loopback, when there is one."""

import http.client
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

import cases
import places

REDIRECTS = os.path.join(cases.FOLDER, "settings", "redirects")
LETTER_CASE = os.path.join(cases.FOLDER, "plan", "alias-case")
HOST = "jyj.example.cn"

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
    ("/%e6%97%a7%20%E9%A1%B5.html", 301, "/dt/"),
    ("/list/", 301, "/dt/"),
    ("/list/index.html", 301, "/dt/"),
    ("/news/kaixue.html?a=b", 301, "/dt/202602/kaixue.html"),
    ("/news/%0d%0aX:%20y", 301, "/dt/202602/%0d%0aX:%20y"),
    ("/lsxw/2018/3.html", 307, "https://www.example.cn/yw/"),
    ("/tp/2018/3.html", 308, "https://tp.example.org/jyj/2018/3.html"),
    ("/gone/at/all.html", 410, None),
    ("/dt/202602/chehui.html", 410, None),
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


def block(language):
    text = places.read(places.ROOT, "README.md")
    return re.search(rf"^```{language}\n(.*?)^```$", text,
                     re.MULTILINE | re.DOTALL)[1]


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def write_settings(folder, out, port):
    script = os.path.join(folder, "redirects.py")
    cases.write(script, block("python"))
    code, maps, err = places.run(
        [sys.executable, script,
         os.path.join(out, ".jiyue", "redirects.json")], folder)
    if code != 0:
        raise RuntimeError(err)
    cases.write(os.path.join(folder, "redirects.conf"), maps)
    server = re.sub(r"^ *listen \[::\]:80;\n", "", block("nginx"),
                    flags=re.MULTILINE)
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};")
    server = re.sub(r"server_name .*;", f"server_name {HOST};", server)
    server = re.sub(r"root .*;", f"root {os.path.join(out, HOST)};", server)
    paths = "".join(
        f"    {name}_temp_path {folder}/{name};\n" for name in
        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    cases.write(os.path.join(folder, "nginx.conf"),
                f"user {pwd.getpwuid(os.getuid()).pw_name};\n"
                f"pid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
                "events { worker_connections 64; }\nhttp {\n"
                f"    access_log off;\n    absolute_redirect off;\n{paths}"
                "    types { text/html html; }\n"
                f"    include {folder}/redirects.conf;\n{server}}}\n")


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Host": HOST})
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, answer.getheader("Location"), body


def wait_for(port, process):
    while process.poll() is None:
        try:
            return ask(port, "/")
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nginx ended: " + str(process.returncode))


def check_answers(port, wanted):
    mistakes = []
    for path, status, location in wanted:
        found = ask(port, path)
        if found[:2] != (status, location):
            mistakes.append(f"{path}: {found[0]} {found[1]}, not "
                            f"{status} {location}")
        if status in (404, 410) and "</html>" not in found[2]:
            mistakes.append(f"{path}: not the site's own page")
    return mistakes


def run_server(program, folder, wanted):
    port = free_port()
    out = os.path.join(folder, "library", "out")
    write_settings(folder, out, port)
    process = subprocess.Popen(
        [program, "-c", os.path.join(folder, "nginx.conf"), "-p", folder,
         "-e", os.path.join(folder, "error.log"), "-g", "daemon off;"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        return check_answers(port, wanted)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def try_library(program, case, wanted):
    folder = places.fresh("nginx")
    library = os.path.join(folder, "library")
    try:
        cases.lay_out(case, library)
        places.commit_all(library)
        places.jiyue(library, "build", "--out", "out", "--as-of",
                     "2026-06-01")
        return run_server(program, folder, wanted)
    except (OSError, RuntimeError) as error:
        return [f"{type(error).__name__}: {error}"]


def run(report):
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not os.path.exists(program):
        report.skips_test("README.md with nginx", "there is no nginx")
        return
    report.takes("README.md with nginx",
                 try_library(program, REDIRECTS, WANTED))
    report.takes("README.md with nginx: letter case",
                 try_library(program, LETTER_CASE, WANTED_OF_CASES))
