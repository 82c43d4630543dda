#!/bin/sh
# Formatting, lengths and translations. $1: the message template.
set -eu
cd "$(dirname "$0")/.."
pot=$1
bad=0
complain() {
	echo "style: $*"
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

# A file that is not taken in at a glance opens with what it does and why that
# way: a comment with two lines of text at least.
for file in $(git ls-files -co --exclude-standard 'generator/*.c'); do
	awk -v file="$file" '
	NR == 1 && $0 == "/*" { is_open = 1 }
	is_open && $0 == " */" { head = NR; is_open = 0 }
	END {
		if (NR > 150 && head < 4)
			print "style: " file ": " NR " lines, and no head " \
				"that says what it does and why that way"
	}' "$file"
done | tee build/headless
[ ! -s build/headless ] || bad=1

# A function begins at "{" in the first column and ends at "}" there. One that
# is a switch may be as long as what it tells apart.
for file in $(git ls-files -co --exclude-standard 'generator/*.c'); do
	awk -v file="$file" '
	/^{/ { start = NR; choices = 0 }
	/^\tswitch / { choices = 1 }
	/^}/ && start {
		if (NR - start - 1 > 45 && !choices)
			print "style: " file ":" start ": a function of " \
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

[ "$bad" = 0 ] && echo "style: clean"
exit $bad
