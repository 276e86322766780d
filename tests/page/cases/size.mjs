// How much a first visit loads. It is no goal: what counts is how soon one can type, which `speed` measures.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { DIST, testFiles } from "../harness.mjs";

testFiles("what the page's files take, with brotli", () => {
  let total = 0;
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath ?? entry.path, entry.name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const packed = brotliCompressSync(bytes, { params }).length;
    total += packed;
    console.log(`        ${String(packed).padStart(7)} of ${String(bytes.length).padStart(7)} bytes  ${entry.name}`);
  }
  console.log(`        ${String(total).padStart(7)} bytes with brotli in all`);
});
