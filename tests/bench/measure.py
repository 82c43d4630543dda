"""What one process costs, as the kernel tells it."""

import os
import subprocess
import time

MIB = 1 << 20
WATCH_SECONDS = 0.01


class Sample:
    """What one process cost."""

    def __init__(self, seconds, usage, talk, anonymous_mib):
        self.seconds = seconds
        self.user = usage.ru_utime
        self.system = usage.ru_stime
        self.mib = usage.ru_maxrss * 1024 / MIB
        self.talk = talk
        self.anonymous_mib = anonymous_mib  # None if it was not watched


def fail(text):
    raise SystemExit("bench: " + text)


def anonymous_kib(process_id):
    """Memory that no file backs, now; 0 when the process has ended."""
    with open(f"/proc/{process_id}/status", encoding="ascii") as file:
        for line in file:
            if line.startswith("RssAnon:"):
                return int(line.split()[1])
    return 0


def wait_watching(process_id):
    """Waits for the end; gives the most anonymous memory seen, too."""
    most = 0
    while True:
        ended, status, usage = os.wait4(process_id, os.WNOHANG)
        if ended:
            return status, usage, most / 1024
        most = max(most, anonymous_kib(process_id))
        time.sleep(WATCH_SECONDS)


def wait(process_id):
    _, status, usage = os.wait4(process_id, 0)
    return status, usage, None


def measure(command, log, watch=False):
    """Runs a command to its end; any exit code but 0 stops the benchmark."""
    with open(log, "w+b") as talk:
        os.sync()
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                   stdout=talk, stderr=talk)
        status, usage, anonymous = (wait_watching if watch else wait)(
            process.pid)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        talk.seek(0)
        text = talk.read().decode(errors="replace").strip()
    if process.returncode != 0:
        fail(f"{' '.join(command)}: exit {process.returncode}\n{text}")
    return Sample(seconds, usage, text, anonymous)
