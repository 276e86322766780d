// How much a first visit loads. The goal is the project's promise to people with slow lines. It is not reached yet:
// the ceiling, which is what was reached and a little room, only comes down.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { DIST, testFiles } from "../harness.mjs";

const GOAL = 200_000;
const CEILING = 445_600;

testFiles("the page has not grown, with brotli", () => {
  let total = 0;
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath ?? entry.path, entry.name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const packed = brotliCompressSync(bytes, { params }).length;
    total += packed;
    console.log(`        ${String(packed).padStart(7)} of ${String(bytes.length).padStart(7)} bytes  ${entry.name}`);
  }
  console.log(`        ${String(total).padStart(7)} bytes with brotli in all, the goal is ${GOAL}, the ceiling ${CEILING}`);
  assert.ok(total < CEILING, `${total} bytes`);
});
