#!/bin/sh
# The style, and clang-tidy. $1: the message template.
# Nearly all of its time goes into the analyzer's walk over paths, 5 s a file, so
# what it found clean is not looked at again: build/lint has a mark for each
# state of a file, of what the compiler sees of its headers, and of the rules.
set -eu
cd "$(dirname "$0")/.."
bad=0
generator/style.sh "$1" || bad=1

# One file a run: clang-tidy 14 carries va_list states from one to the next.
flags=$(echo -std=c17 -Igenerator -include base/banned.h \
	-DJIYUE_VERSION='"x"' "$(pkg-config --cflags libcmark yaml-0.1 libgit2 \
		libxml-2.0 libqrencode libutf8proc libxxhash lmdb libcrypto libidn2 \
		freetype2)")
rules=$({ clang-tidy --version && cat .clang-tidy && echo "$flags"; } |
	sha256sum)
export flags rules
if ! command -v clang-tidy >/dev/null; then
	echo "lint: clang-tidy is not installed"
	exit 1
fi
# QUICK: the walk stays inside functions, a tenth of the time.
quick=
[ -z "${QUICK:-}" ] ||
	quick="-Xclang -analyzer-config -Xclang mode=shallow"
export quick
mkdir -p build/lint
: >build/tidy.log
# shellcheck disable=SC2016
git ls-files -co --exclude-standard 'generator/*.c' |
	xargs -P "$(nproc)" -n 1 sh -c '
	mark=build/lint/$({ echo "$rules$quick $1" && cat "$1" &&
		${CC:-cc} $flags -E -P "$1" 2>&1; } | sha256sum | cut -c1-40)
	[ -e "$mark" ] && exit 0
	if told=$(clang-tidy --quiet "$1" -- $flags $quick 2>>build/tidy.log) &&
		[ -z "$told" ]; then
		: >"$mark"
	else
		echo "$told"
		[ -n "$told" ] || echo "$1: error: clang-tidy failed"
	fi' tidy >build/tidy || true
find build/lint -type f -mtime +30 -delete
! grep -aE 'warning:|error:' build/tidy || bad=1
[ "$bad" = 0 ] && echo "lint: clean"
exit $bad
