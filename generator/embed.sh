#!/bin/sh
# Writes C that holds every file of the folder $1 in the table builtin_$2, so
# that the program needs no files beside it. The table ends with a row without
# path.
set -eu
folder=$1
table=builtin_$2
number=0
rows=
printf '#include "base/builtin.h"\n\n'
for file in $(cd "$folder" && find . -type f | LC_ALL=C sort); do
	path=${file#./}
	name=${table}_$number
	printf '__asm__(".section .rodata\\n"\n'
	printf '\t".global %s\\n%s:\\n"\n' "$name" "$name"
	printf '\t".incbin \\"%s/%s\\"\\n"\n' "$folder" "$path"
	printf '\t".global %s_end\\n%s_end:\\n"\n' "$name" "$name"
	printf '\t".byte 0\\n.previous\\n");\n'
	printf 'extern const char %s[];\n' "$name"
	printf 'extern const char %s_end[];\n\n' "$name"
	rows="$rows$(printf '\n\t{ "%s", %s, %s_end },' \
		"$path" "$name" "$name")"
	number=$((number + 1))
done
printf 'const struct builtin_file %s[] = {%s\n\t{ 0, 0, 0 },\n};\n' \
	"$table" "$rows"
