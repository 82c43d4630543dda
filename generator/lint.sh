#!/bin/sh
# Formatting, lengths, translations, clang-tidy. $1: the message template.
set -eu
cd "$(dirname "$0")/.."
pot=$1
bad=0
complain() {
	echo "lint: $*"
	bad=1
}

for file in $(git ls-files -co --exclude-standard '*.c' '*.h'); do
	clang-format --dry-run --Werror "$file" 2>/dev/null ||
		complain "$file: make format"
	lines=$(wc -l <"$file")
	[ "$lines" -le 800 ] || complain "$file: $lines lines, at most 800"
done

# A function begins at "{" in the first column and ends at "}" there.
for file in $(git ls-files -co --exclude-standard 'generator/*.c'); do
	awk -v file="$file" '
	/^{/ { start = NR }
	/^}/ && start {
		if (NR - start - 1 > 45)
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
export flags
command -v clang-tidy >/dev/null || complain "clang-tidy is not installed"
# shellcheck disable=SC2016
git ls-files -co --exclude-standard 'generator/*.c' |
	xargs -P "$(nproc)" -n 1 sh -c 'clang-tidy --quiet "$1" -- $flags' \
		tidy >build/tidy 2>build/tidy.log || true
! grep -E 'warning:|error:' build/tidy || bad=1
[ "$bad" = 0 ] && echo "lint: clean"
exit $bad
