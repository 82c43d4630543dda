#!/bin/sh
# The style, and clang-tidy. $1: the message template.
# A file that clang-tidy found clean is not looked at again while it, what it
# includes and the rules are the same: build/lint has a mark for each such state.
set -eu
cd "$(dirname "$0")/.."
bad=0
generator/style.sh "$1" || bad=1

# One file a run: clang-tidy 14 carries va_list states from one to the next.
flags=$(echo -std=c17 -Igenerator -include base/banned.h \
	-DJIYUE_VERSION='"x"' "$(pkg-config --cflags libcmark yaml-0.1 libgit2 \
		libxml-2.0 libqrencode libutf8proc libxxhash lmdb libcrypto libidn2)")
rules=$({ clang-tidy --version && cat .clang-tidy && echo "$flags"; } |
	sha256sum)
export flags rules
if ! command -v clang-tidy >/dev/null; then
	echo "lint: clang-tidy is not installed"
	exit 1
fi
mkdir -p build/lint
: >build/tidy.log
# shellcheck disable=SC2016
git ls-files -co --exclude-standard 'generator/*.c' |
	xargs -P "$(nproc)" -n 1 sh -c '
	needs=$(${CC:-cc} $flags -MM -MT x "$1" 2>/dev/null |
		sed "s/^x://; s/\\\\$//") || needs=
	mark=build/lint/$({ echo "$rules $1" && cat "$1" $needs; } |
		sha256sum | cut -c1-40)
	[ -e "$mark" ] && exit 0
	if told=$(clang-tidy --quiet "$1" -- $flags 2>>build/tidy.log) &&
		[ -z "$told" ]; then
		[ -z "$needs" ] || : >"$mark"
	else
		echo "$told"
		[ -n "$told" ] || echo "$1: error: clang-tidy failed"
	fi' tidy >build/tidy || true
find build/lint -type f -mtime +30 -delete
! grep -aE 'warning:|error:' build/tidy || bad=1
[ "$bad" = 0 ] && echo "lint: clean"
exit $bad
