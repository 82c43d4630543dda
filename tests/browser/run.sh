#!/bin/sh
# Builds the demonstration city from HEAD and looks at its pages in Chromium.
#
#	run.sh [--all] [--screenshots DIR] [--only TEXT]
#
# Debian packages: nodejs npm chromium default-jre-headless fonts-noto-cjk
set -eu
cd "$(dirname "$0")/../.."

tests=tests/browser
installed=$tests/node_modules/.package-lock.json
public=build/browser/public

if [ ! -e "$installed" ] || [ "$tests/package-lock.json" -nt "$installed" ]
then
	(cd "$tests" && npm ci --no-audit --no-fund) >&2
fi
rm -rf "$public"
build/debug/jiyue build --library . --out "$public" >&2
exec node "$tests/run.mjs" "$@" "$public"
