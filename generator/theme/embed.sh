#!/bin/sh
# Writes C that holds every file of the folder $1: the built-in theme, so that
# a library without themes/ builds. The table ends with a row without path.
set -eu
folder=$1
cd "$folder/../.."
number=0
rows=
printf '#include "theme/builtin.h"\n\n'
for file in $(cd "$folder" && find . -type f | LC_ALL=C sort); do
	path=${file#./}
	printf '__asm__(".section .rodata\\n"\n'
	printf '\t".global builtin_%d\\nbuiltin_%d:\\n"\n' $number $number
	printf '\t".incbin \\"%s/%s\\"\\n"\n' "$folder" "$path"
	printf '\t".global builtin_%d_end\\nbuiltin_%d_end:\\n"\n' \
		$number $number
	printf '\t".byte 0\\n.previous\\n");\n'
	printf 'extern const char builtin_%d[];\n' $number
	printf 'extern const char builtin_%d_end[];\n\n' $number
	rows="$rows$(printf '\n\t{ "%s", builtin_%d, builtin_%d_end },' \
		"$path" $number $number)"
	number=$((number + 1))
done
printf 'const struct builtin_file builtin_theme[] = {%s\n\t{ 0, 0, 0 },\n};\n' \
	"$rows"
