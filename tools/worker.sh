#!/bin/sh
# Writes the service worker of a page that was just built: its files and a sum of all of them, then web/worker.js.
# Trunk calls this, and puts the rest into place afterwards.
set -eu
cd "$TRUNK_STAGING_DIR"
rm -f worker.js
# Nobody needs the licences without a network.
files=$(find . -type f ! -name LICENSE ! -name licences.txt | sed 's|^\./||; s|^index\.html$|./|' | sort | sed 's/.*/  "&",/')
version=$(find . -type f | sort | xargs cat | cksum | cut -d ' ' -f 1)
{
  printf 'const VERSION = "%s";\nconst FILES = [\n%s\n];\n\n' "$version" "$files"
  cat "$TRUNK_SOURCE_DIR/web/worker.js"
} > worker.js
