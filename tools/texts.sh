#!/bin/sh
# Prints what stands in the page before its program does, in each language, as JavaScript: src/texts/*/early.ftl.
# Trunk calls this.
set -eu
echo 'const TEXTS = {'
for file in src/texts/*/early.ftl; do
  language=${file#src/texts/}
  echo "  \"${language%%/*}\": {"
  sed -n 's/\\/\\\\/g; s/"/\\"/g; s/^\([a-z_]*\) = \(.*\)$/    \1: "\2",/p' "$file"
  echo '  },'
done
echo '};'
