"""How long it takes from a save until the preview shows it.

    preview.py LIBRARY OUT SITE FILE ADDRESS    (as `jiyue serve` has them)

saves FILE of the work tree LIBRARY twenty times, as editors do: a new file is
renamed over the old one. Each time it waits until the page at ADDRESS of the
site has the new words. OUT is where the preview is written; the first build is
not measured.
"""

import os
import statistics
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(os.path.dirname(HERE), "support"))
sys.dont_write_bytecode = True

ROUNDS = 20


def latencies(library, out, site, path, address):
    """Milliseconds of each save."""
    import places  # settings of the tests are read when they are imported
    import serve
    places.PRELOAD, places.FREED = "", 0  # as people run it
    host = f"{site}.localhost"
    with open(os.path.join(library, path), encoding="utf-8") as file:
        text = file.read()
    found = []
    preview = serve.Preview(library, out)
    try:
        events = preview.events(host, 0)
        next(events)
        for number in range(ROUNDS):
            words = f"第{number}次保存。"
            start = time.monotonic()
            serve.write(library, path, f"{text}\n\n{words}\n")
            while words not in preview.ask(host, address)[1]:
                next(events)
            found.append((time.monotonic() - start) * 1000)
    finally:
        preview.end()
        serve.write(library, path, text)
    return found


def line(found):
    return (f"A saved article was shown after {statistics.median(found):.0f} "
            f"ms (median of {len(found)}; at most {max(found):.0f} ms).")


if __name__ == "__main__":
    print(line(latencies(*sys.argv[1:6])))
