#!/bin/sh
# Builds the demonstration city from HEAD and looks at its pages in Chromium.
#
#	run.sh [--plain] [--all] [--screenshots DIR] [--only TEXT]
#
# --plain: in the theme themes/plain; its pages, and not how they behave.
# Debian packages: nodejs npm chromium default-jre-headless fonts-noto-cjk
set -eu
cd "$(dirname "$0")/../.."

tests=tests/browser
installed=$tests/node_modules/.package-lock.json
public=build/browser/public
library=.
from=--rev=HEAD

if [ ! -e "$installed" ] || [ "$tests/package-lock.json" -nt "$installed" ]
then
	(cd "$tests" && npm ci --no-audit --no-fund) >&2
fi
if [ "${1:-}" = --plain ]
then
	shift
	public=build/browser/plain
	library=build/browser/library
	rm -rf "$library"
	mkdir -p "$library"
	git archive HEAD content sites themes | tar -x -C "$library"
	rm -rf "$library"/sites/*/theme
	find "$library/sites" -name '*.yaml' -exec \
		sed -i 's/^theme: default$/theme: plain/' {} +
	set -- --pages "$@"
	from=--worktree
fi
rm -rf "$public"
${JIYUE:-build/debug/jiyue} build --library "$library" "$from" --out "$public" >&2
exec node "$tests/run.mjs" "$@" "$public"
