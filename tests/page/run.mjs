// Runs the tests of the built page (dist/) in a real Chromium, and those of its files.
//   node tests/page/run.mjs            all of them
//   node tests/page/run.mjs size key   those whose file or name has one of these words
// Screenshots go to a temporary folder, whose name is printed.

import { readdir } from "node:fs/promises";
import { close, run, tests } from "./harness.mjs";

const cases = new URL("cases/", import.meta.url);
for (const file of (await readdir(cases)).sort()) {
  const before = tests.length;
  await import(new URL(file, cases));
  if (tests.length === before) throw new Error(`${file} declares no test`);
  for (const test of tests.slice(before)) test.name = `${file.replace(/\.mjs$/, "")}: ${test.name}`;
}

const words = process.argv.slice(2);
const chosen = tests.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
let failed = chosen.length === 0 ? 1 : 0;
for (const test of chosen) {
  const begin = performance.now();
  try {
    await run(test);
    console.log(`ok      ${test.name} (${Math.round(performance.now() - begin)} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${test.name}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
  }
}
await close();
console.log(`\n${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
