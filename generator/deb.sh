#!/bin/sh
# A Debian package of the program that was built, in build/: the program, its
# messages, manuals, completions. What it depends on is read from the program
# itself (dpkg-shlibdeps). The same commit and build give the same bytes.
#
#	generator/deb.sh VERSION
set -eu
version=$1-1
architecture=$(dpkg --print-architecture)
top=$(cd "$(dirname "$0")/.." && pwd)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$top" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
doc=$root/usr/share/doc/jiyue
umask 022

make -s -C "$top" install-files DESTDIR="$root" PREFIX=/usr
strip --strip-unneeded --remove-section=.comment --remove-section=.note \
	"$root/usr/bin/jiyue"
find "$root/usr/share/man" -type f -exec gzip -9n {} +

mkdir -p "$doc"
cat >"$doc/copyright" <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: jiyue

Files: *
Copyright: 2026 the jiyue authors
License: Expat
$(sed -n '5,$p' "$top/LICENSE" | sed 's/^$/./; s/^/ /')
END
gzip -9nc "$top/.github/CHANGELOG.md" >"$doc/changelog.gz"
cat <<END | gzip -9n >"$doc/changelog.Debian.gz"
jiyue ($version) stable; urgency=medium

  * Package of commit $(git -C "$top" rev-parse --short=12 HEAD).

 -- the jiyue authors <jiyue@example.org>  $(date -uRd "@$SOURCE_DATE_EPOCH")
END

mkdir -p "$root/usr/share/lintian/overrides"
cat >"$root/usr/share/lintian/overrides/jiyue" <<END
# Nobody files a bug of Debian's for a package of one's own.
jiyue: initial-upload-closes-no-bugs
# "jiyue sbom" only reads it, and may start no other program.
jiyue: uses-dpkg-database-directly *usr/bin/jiyue*
END

mkdir -p "$work/debian" "$root/DEBIAN"
printf 'Source: jiyue\n\nPackage: jiyue\nArchitecture: any\n' \
	>"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O root/usr/bin/jiyue 2>/dev/null |
	sed -n 's/^shlibs:Depends=//p')
cat >"$root/DEBIAN/control" <<END
Package: jiyue
Version: $version
Architecture: $architecture
Maintainer: the jiyue authors <jiyue@example.org>
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f 1)
Depends: $depends
Recommends: git, openssh-client
Suggests: nginx | caddy, rclone
Section: web
Priority: optional
Description: static site generator for a city's government websites
 One library of Markdown in a Git repository becomes the portal of a city and
 the sites of its departments, as plain files for any web server. What is
 published is checked against the rules for such sites before, goes live whole,
 and can be verified against a signed manifest.
END
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum) \
	>"$root/DEBIAN/md5sums"

dpkg-deb --root-owner-group -Zxz --build "$root" \
	"$top/build/jiyue_${version}_$architecture.deb" >/dev/null
echo "build/jiyue_${version}_$architecture.deb"
