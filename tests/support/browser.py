"""The sample of tests/browser, in both themes: each of its lines counts as a
test."""

import subprocess

from places import ROOT


def run(report):
    look(report)
    look(report, "--plain")


def look(report, *options):
    command = subprocess.run([f"{ROOT}/tests/browser/run.sh", *options], cwd=ROOT,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             text=True, check=False)
    detail = []
    seen = 0
    for line in command.stdout.splitlines() + ["ok"]:
        if line.startswith(("ok", "not ok")):
            if detail and detail[0].startswith("not ok"):
                report.fails("browser " + detail[0], "\n".join(detail))
            detail = []
        if line.startswith("ok "):
            report.passes(line)
            seen += 1
        elif line.startswith("not ok"):
            detail = [line]
            seen += 1
        elif detail:
            detail.append(line)
    if seen == 0 or (command.returncode != 0 and not report.failures):
        report.fails("browser", command.stdout[-4000:])
