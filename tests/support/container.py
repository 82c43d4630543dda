"""The container file that `jiyue hosting container` prints, built by buildah in
both its stages and used as it is meant: the program in it, which runs as a user
of its own, builds the demonstration city from a folder that it can only read,
to the bytes that the program here writes.

Debian's image is made by mmdebstrap, of the packages that it has itself, so
that nothing is fetched but packages. Takes minutes: `make check-container`."""

import os
import shutil

import places

IMAGE = "localhost/jiyue-check"
DEBIAN = "docker.io/library/debian:12-slim"  # as the file names it
AS_OF = "2026-11-29"
NEEDED = ("buildah", "mmdebstrap")


class Desk:
    """Images and containers in a folder of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = dict(
            places.environment(LD_PRELOAD=""), STORAGE_DRIVER="vfs",
            BUILDAH_ISOLATION="chroot")

    def run(self, *words):
        code, out, err = places.run(list(words), self.folder, self.environment)
        if code:
            raise RuntimeError(f"{' '.join(words)[:200]}: {out[-3000:]}"
                               f"{err[-3000:]}")
        return out.strip()

    def buildah(self, command, *words):
        return self.run("buildah", "--root", os.path.join(self.folder, "root"),
                        "--runroot", os.path.join(self.folder, "run"), command,
                        *words)

    def make_debian(self):
        self.run("mmdebstrap", "--quiet", "--variant=minbase", "bookworm",
                 "debian.tar")
        empty = self.buildah("from", "scratch")
        self.buildah("add", "--quiet", empty, "debian.tar", "/")
        self.buildah("commit", "--quiet", "--rm", empty, DEBIAN)


def source(folder):
    """What is committed, as an operator has it."""
    path = os.path.join(folder, "source")
    places.git(folder, "clone", "-q", places.ROOT, path)
    return path


def look_inside(desk, source_folder):
    """The container is only read but for /out."""
    out = os.path.join(desk.folder, "out")
    os.makedirs(out)
    os.chmod(out, 0o777)
    name = desk.buildah("from", "--pull-never", IMAGE)

    def run(*words):
        return desk.buildah("run", "-v", f"{source_folder}:/library:ro", "-v",
                            f"{out}:/out", name, "--", *words)

    if run("id", "-u") == "0":
        yield "the program runs as root"
    for tool in "gcc", "make":
        if run("sh", "-c", f"command -v {tool} || true"):
            yield f"{tool} is left in the image"
    run("jiyue", "build", "--library", "/library", "--out", "/out/public",
        "--as-of", AS_OF)
    run("jiyue", "check", "--as-of", AS_OF)
    code, _, err = places.jiyue(source_folder, "build", "--out",
                                os.path.join(desk.folder, "here"), "--as-of",
                                AS_OF)
    if code:
        yield f"the program here: {err[-2000:]}"
    if places.published(os.path.join(out, "public")) != \
            places.published(os.path.join(desk.folder, "here")):
        yield "it writes other bytes than the program here"


# A runtime's --read-only: nothing of the image can be written, not even /tmp.
READ_ONLY = """set -eu
root=$1 library=$2 out=$3
mkdir -p "$root/out" "$root/library"
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount --bind "$library" "$root/library"
mount -o remount,bind,ro "$root/library"
mount --bind "$out" "$root/out"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
if chroot --userspec=jiyue "$root" sh -c 'echo >/tmp/a' 2>/dev/null
then
	echo "the root can be written" >&2
	exit 1
fi
exec chroot --userspec=jiyue "$root" jiyue build --library /library \
	--out /out/public --as-of "$4"
"""


def look_at_read_only_root(desk, source_folder):
    """Mounted by root alone: of others the part before this tells."""
    if os.geteuid():
        return
    out = os.path.join(desk.folder, "read-only-out")
    os.makedirs(out)
    os.chmod(out, 0o777)
    root = desk.buildah("mount", desk.buildah("from", "--pull-never", IMAGE))
    try:
        desk.run("unshare", "--mount", "sh", "-c", READ_ONLY, "sh", root,
                 source_folder, out, AS_OF)
    finally:
        desk.buildah("umount", "--all")
    if places.published(os.path.join(out, "public")) != \
            places.published(os.path.join(desk.folder, "here")):
        yield "with a read-only root it writes other bytes"


def build_and_use(report):
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        report.skips_test("container", f"there is no {missing[0]}")
        return
    desk = Desk(places.fresh("container"))
    try:
        path = source(desk.folder)
        desk.make_debian()
        with open(os.path.join(desk.folder, "Containerfile"), "w",
                  encoding="utf-8") as file:
            file.write(places.jiyue(path, "hosting", "container")[1])
        desk.buildah("bud", "--quiet", "--network", "host", "--pull-never",
                     "-t", IMAGE, "-f", "Containerfile", path)
        mistakes = [*look_inside(desk, path),
                    *look_at_read_only_root(desk, path)]
    except (OSError, RuntimeError) as error:
        mistakes = [f"{type(error).__name__}: {error}"]
    report.takes("container", mistakes)
    places.remove(desk.folder)
