#!/bin/sh
# Writes the licences of what the page is made of into a file, by cargo-about.
set -eu
cd "$(dirname "$0")/.."
cargo about generate --locked --offline --fail --no-default-features --features ui --output-file "$1" about.hbs
