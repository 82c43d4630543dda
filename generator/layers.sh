#!/bin/sh
# Compares every #include below generator/ with generator/LAYERS: a folder may
# include itself and folders of a lower rank, and a third-party header stands
# in one folder only.
set -eu
cd "$(dirname "$0")"
grep -rnE '^#include [<"]' --include='*.[ch]' . | awk '
BEGIN {
	while ((getline line < "LAYERS") > 0) {
		if (line ~ /^#/)
			continue
		n = split(line, word, " ")
		folder = word[2]
		sub(/:$/, "", folder)
		rank[folder] = word[1]
		for (i = 3; i <= n; i++) {
			header = word[i]
			sub(/\*$/, "", header)
			owner[header] = folder
		}
	}
}
{
	split($0, part, ":")
	file = substr(part[1], 3)
	if (file !~ /\//)
		next # main.c sees everything
	from = file
	sub(/\/.*/, "", from)
	target = $0
	sub(/^[^#]*#include [<"]/, "", target)
	sub(/[>"].*/, "", target)
	place = "generator/" file ":" part[2]
	if (!(from in rank)) {
		print place ": the folder " from " is not in LAYERS"
		bad++
	} else if ($0 ~ /#include "/) {
		to = target
		sub(/\/.*/, "", to)
		if (!(to in rank)) {
			print place ": the folder " to " is not in LAYERS"
			bad++
		} else if (to != from && rank[to] >= rank[from]) {
			print place ": " from " (rank " rank[from] \
				") may not include " target " (rank " \
				rank[to] ")"
			bad++
		}
		checked++
	} else
		for (header in owner)
			if (index(target, header) == 1 &&
			    owner[header] != from) {
				print place ": only " owner[header] \
					" may include <" target ">"
				bad++
			}
}
END {
	if (bad) {
		print bad " includes break the layers"
		exit 1
	}
	print "layers: " checked " includes keep to generator/LAYERS"
}'
