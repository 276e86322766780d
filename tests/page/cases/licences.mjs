// What the page is made of goes out with its licences.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { DIST, testFiles } from "../harness.mjs";

testFiles("the built folder has the licence of the playground and those of its libraries", async () => {
  const [own, others] = await Promise.all(["LICENSE", "licences.txt"].map((file) => readFile(DIST + file, "utf8")));
  assert.match(own, /Apache License\s+Version 2\.0/);
  for (const words of ["leptos ", "serde_json ", "MIT License, for", "Unicode License v3, for"]) assert.ok(others.includes(words), words);
});
