#!/bin/sh
# Formatting, lengths, translations, clang-tidy. $1: the message template.
# A file that clang-tidy found clean is not looked at again while it, what it
# includes and the rules are the same: build/lint has a mark for each such state.
set -eu
cd "$(dirname "$0")/.."
pot=$1
bad=0
complain() {
	echo "lint: $*"
	bad=1
}

files=$(git ls-files -co --exclude-standard '*.c' '*.h')
unformatted=$(echo "$files" | xargs -P "$(nproc)" -n 16 \
	clang-format --dry-run 2>&1 |
	sed -n 's/^\([^ :]*\):[0-9].*/\1/p' | sort -u)
for file in $unformatted; do
	complain "$file: make format"
done
for file in $files; do
	lines=$(wc -l <"$file")
	[ "$lines" -le 800 ] || complain "$file: $lines lines, at most 800"
done

# A function begins at "{" in the first column and ends at "}" there. One that
# is a switch may be as long as what it tells apart.
for file in $(git ls-files -co --exclude-standard 'generator/*.c'); do
	awk -v file="$file" '
	/^{/ { start = NR; choices = 0 }
	/^\tswitch / { choices = 1 }
	/^}/ && start {
		if (NR - start - 1 > 45 && !choices)
			print "lint: " file ":" start ": a function of " \
				NR - start - 1 " lines, at most 45"
		start = 0
	}' "$file"
done | tee build/long-functions
[ ! -s build/long-functions ] || bad=1

# Every message has its Chinese.
msgmerge -q --no-fuzzy-matching -o build/merged.po \
	generator/po/zh_CN.po "$pot"
untranslated=$(msgattrib --untranslated --no-obsolete --no-wrap build/merged.po)
if [ -n "$untranslated" ]; then
	echo "$untranslated" | grep '^msgid "..*' || true
	complain "generator/po/zh_CN.po: these have no translation"
fi

# One file a run: clang-tidy 14 carries va_list states from one to the next.
flags=$(echo -std=c17 -Igenerator -include base/banned.h \
	-DJIYUE_VERSION='"x"' "$(pkg-config --cflags libcmark yaml-0.1 libgit2 \
		libxml-2.0 libqrencode libutf8proc libxxhash lmdb libcrypto libidn2)")
rules=$({ clang-tidy --version && cat .clang-tidy && echo "$flags"; } |
	sha256sum)
export flags rules
command -v clang-tidy >/dev/null || complain "clang-tidy is not installed"
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
