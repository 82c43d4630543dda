"""What a start costs: what the program itself does beside what the loader does
for its libraries, which a program that does nothing with the same ones shows.
Types of resources are data, and reading them must not be what people wait for
whenever a hook or an editor calls the program. Instructions are counted, so
that it is the same on every machine."""

import os
import re
import subprocess

import places

MOST = 6_000_000  # instructions: less than two milliseconds
STARTS = [["--version"], ["help", "fields", "notice"]]
COUNTED = re.compile(r"Collected : (\d+)")


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


def instructions(command, env):
    result = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
         *command], env=env, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, check=True)
    return int(COUNTED.search(result.stderr)[1])


def run(report):
    program = places.program_of("release")
    env = {name: value for name, value in places.environment().items()
           if name != "LD_PRELOAD"}
    floor = instructions([beside(program, places.fresh("start"))], env)
    for start in STARTS:
        added = instructions([program, *start], env) - floor
        report.takes("start: jiyue " + " ".join(start), [] if added < MOST else
                     [f"takes {added} instructions beside the loader's "
                      f"{floor}"])
