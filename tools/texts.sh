#!/bin/sh
# Prints what stands in the page before its program does, in each language, as JavaScript: src/texts/*/early.ftl.
# Trunk calls this. Each text there stands in one line and has no arguments; anything else is an error, so that nothing is left out.
set -eu
for file in src/texts/*/early.ftl; do
  if grep -vnE '^(#.*)?$|^[a-z_]+ = [^{]+$' "$file"; then
    echo "$file: this is no text in one line" >&2
    exit 1
  fi
done
echo 'const TEXTS = {'
for file in src/texts/*/early.ftl; do
  language=${file#src/texts/}
  echo "  \"${language%%/*}\": {"
  sed -n 's/\\/\\\\/g; s/"/\\"/g; s/^\([a-z_]*\) = \(.*\)$/    \1: "\2",/p' "$file"
  echo '  },'
done
echo '};'
