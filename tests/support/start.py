"""What a start costs: the program itself adds less than two milliseconds to
what the loader takes for its libraries, which a program that does nothing
with the same ones shows. Types of resources are data, and reading them must not
be what people wait for whenever a hook or an editor calls the program."""

import os
import re
import subprocess

import places

MOST = 0.002  # seconds of a processor, where the loader takes six
SHARE = 0.3   # of the loader's, on a slower one
TIMES = 40    # the least of them is what no other process disturbed
STARTS = [["--version"], ["help", "fields", "notice"]]


def beside(program, folder):
    """A program that is linked with the same libraries and does nothing."""
    path = os.path.join(folder, "nothing")
    with open(path + ".c", "w", encoding="ascii") as file:
        file.write("int main(void) { return 0; }\n")
    _, words, _ = places.run(["readelf", "-d", program], folder)
    libraries = re.findall(r"NEEDED.*\[(.*)\]", words)
    subprocess.run(["cc", "-o", path, path + ".c", "-Wl,--no-as-needed",
                    *("-l:" + name for name in libraries)], check=True)
    return path


def time_of(command, env):
    """Of a processor, and of no other child than this one."""
    out = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawn(command[0], command, env, file_actions=out)
    _, status, used = os.wait4(child, 0)
    if status != 0:
        raise RuntimeError(f"{command} ends with {status}")
    return used.ru_utime + used.ru_stime


def run(report):
    program = places.program_of("release")
    folder = places.fresh("start")
    env = {name: value for name, value in places.environment().items()
           if name != "LD_PRELOAD"}
    nothing = [beside(program, folder)]
    commands = [nothing, *([program, *start] for start in STARTS)]
    # in turn, so that what slows one down slows the others down, too
    rounds = [[time_of(command, env) for command in commands]
              for _ in range(TIMES)]
    floor, *least = (min(column) for column in zip(*rounds))
    most = max(MOST, SHARE * floor)
    for start, seconds in zip(STARTS, least):
        added = seconds - floor
        report.takes("start: jiyue " + " ".join(start), [] if added < most else
                     [f"takes {1000 * added:.1f} ms beside the loader's "
                      f"{1000 * floor:.1f} ms"])
