// While a command prints for long, the page draws, listens and lets it be ended, and what it shows comes again.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { isKept } from "../kept.mjs";

const KEYS = 30_000;

test("a long list lets somebody type and end it, and comes again as it was", async (visit) => {
  const { page } = visit;
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  const you = visit.terminal("you");
  await you.run("nats kv add B");
  await you.run(`nats pub '$KV.B.key{{Count}}' v --count ${KEYS} --quiet`);
  // Long enough to be caught at it, wherever this runs.
  await you.type("for i in 1 2 3 4 5 6 7 8 9; do nats kv ls B; done");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector('[data-terminal="you"][aria-busy="true"]')?.innerText.match(/key\d{4}/));
  await page.keyboard.type("echo typed");
  assert.equal(await you.input.inputValue(), "echo typed");
  assert.equal(await you.root.getAttribute("aria-busy"), "true", "it still goes on");
  await page.keyboard.press("Control+c");
  await you.root.getByText("exit status 130").waitFor();
  const before = await you.last();
  assert.match(before, /\^C\s*$/);
  await isKept(page, "^2\n");
  await visit.goto("");
  assert.equal(await you.last(), before);
});
