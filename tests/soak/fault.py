#!/usr/bin/env python3
"""A disk that says no: one call of a build fails, whichever it is.

The build ends with 2 and says why, or with 0 when the call does not matter;
the next build must give exactly the tree of a clean one.

    FAULTS=n (40) calls of each reason, spread over all of a build
"""

import errno
import os
import random
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]

import city as cities  # noqa: E402
import kept  # noqa: E402
import places  # noqa: E402

REASONS = [errno.ENOSPC, errno.EIO, errno.EMFILE]


def compile_library(folder):
    path = os.path.join(folder, "fault.so")
    code, _, err = places.run(
        ["cc", "-shared", "-fPIC", "-O1", "-o", path,
         os.path.join(HERE, "fault.c"), "-ldl"], folder)
    if code != 0:
        raise RuntimeError(err)
    return path


def main():
    wanted = int(os.environ.get("FAULTS") or 40)
    folder = places.fresh("soak", "fault")
    preload = compile_library(folder)
    library = kept.Library(folder)
    library.commit(cities.make_city(random.Random(1)).files(), None)
    out = os.path.join(folder, "kept")
    counted = os.path.join(folder, "count")
    options = ["--library", library.path, "--jobs", "1"]

    def broken(**more):
        return kept.build(folder, out, options, places.environment(
            LD_PRELOAD=preload, ASAN_OPTIONS="verify_asan_link_order=0",
            **more))

    broken(FAULT_COUNT=counted)
    calls = int(places.read(counted))
    tree = places.published(out)
    step = max(1, calls // wanted)
    print(f"fault: {calls} calls, every {step}th of them", flush=True)
    failed = 0
    for number in range(1, calls + 1, step):
        for reason in REASONS:
            shutil.rmtree(out, ignore_errors=True)
            code, words = broken(FAULT_AT=str(number), FAULT_ERRNO=str(reason))
            failed += code == 2
            what = f"call {number}, {os.strerror(reason)}: exit code {code}"
            if code not in (0, 2) or (code == 2 and not words) or \
                    (code == 0 and places.published(out) != tree):
                print("\n".join([what, *words]))
                return 1
            code, words = kept.build(folder, out, options)
            lines = places.differences(tree, places.published(out))
            if code != 0 or lines:
                print("\n".join([what, f"then {code}", *words, *lines]))
                return 1
    if failed == 0:
        print("no call mattered: nothing was tried")
        return 1
    print(f"fault: {failed} failed builds were repaired by the next")
    return 0


if __name__ == "__main__":
    sys.exit(main())
