#!/usr/bin/env python3
"""What a power cut may lose: the pages of a build are on the disk before its
record says that they are there.

order.c notes each file that is moved or removed, each wish to have all on the
disk, and each write to the record. Behind the last page there must be the disk,
and the record behind that; before the first page the record must say what is
about to change.
"""

import os
import random
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

import city as cities  # noqa: E402
import edits  # noqa: E402
import kept  # noqa: E402
import places  # noqa: E402

AS_OF = "2026-06-01"


def wrong_order(words):
    """What is wrong with the order of a build that changed pages."""
    if "file" not in words or "record" not in words:
        return "no page or no record was written: nothing was tried"
    first = words.index("file")
    behind = words[len(words) - words[::-1].index("file"):]
    if "record" not in words[:first]:
        return "pages move before the record knows of it"
    if "disk" not in behind:
        return "nothing brings the pages to the disk"
    if "record" not in behind[behind.index("disk"):]:
        return "the record is complete before the pages are on the disk"
    return None


def main():
    rng = random.Random(1)
    folder = places.fresh("soak", "order")
    library = kept.Library(folder)
    preload = kept.preload(folder, "order")
    city = cities.make_city(rng, cities.SITES[:3])
    commit = library.commit(city.files(), None)
    out = os.path.join(folder, "out")
    log = os.path.join(folder, "log")
    found = None
    for changed in (None, edits.other_bodies(rng, city),
                    edits.another(rng, city)):
        if changed is not None:
            commit = library.commit(changed.files(), commit)
        code, words = kept.build(
            folder, out, ["--library", library.path, "--as-of", AS_OF],
            kept.environment(ORDER_LOG=log, **preload))
        if code != 0:
            found = "\n".join([f"exit code {code}", *words])
        elif changed is not None:  # a new site has no page to lose
            found = found or wrong_order(places.read(log).split())
        if os.path.exists(log):
            os.remove(log)
    if found is None:
        shutil.rmtree(folder)
    print(found or "order: pages, the disk, the record")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
