// How much a first visit loads. The limit is the project's promise to people with slow lines.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { DIST, testFiles } from "../harness.mjs";

const LIMIT = 200_000;

testFiles("the page is under 200 kB with brotli", () => {
  let total = 0;
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath ?? entry.path, entry.name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const packed = brotliCompressSync(bytes, { params }).length;
    total += packed;
    console.log(`        ${String(packed).padStart(7)} of ${String(bytes.length).padStart(7)} bytes  ${entry.name}`);
  }
  console.log(`        ${String(total).padStart(7)} bytes with brotli in all, of ${LIMIT} allowed`);
  assert.ok(total < LIMIT, `${total} bytes`);
});
