// An hour of a learner's use, compressed: 10,000 acts in five sandboxes, watchers always on. Memory stays what it is.

import assert from "node:assert/strict";
import { memory } from "../memory.mjs";
import { test } from "../harness.mjs";
import { eventually } from "../kept.mjs";

const ACTS = 10_000;
const SANDBOXES = 5;
/** Acts in one sandbox before another one is opened. */
const STAY = 500;
const HOUR = 3_600_000;

/** What a learner types, over and over: each line has a number that is always another one. */
const LINES = [
  "nats kv put learn key# value#",
  "nats kv get learn key# --raw",
  "nats kv create learn new# 1",
  "nats kv update learn key# again# 1",
  "nats kv ls learn",
  "nats kv history learn key#",
  "nats kv del learn new# -f",
  "nats kv status learn",
  "nats pub learn.# hello",
  "echo $((# + 1))",
];

test(`an hour in ${ACTS} acts: memory at the end is within a tenth of the middle`, async (visit) => {
  const { page } = visit;
  await page.addInitScript(() => {
    const { now } = Date;
    let passed = 0;
    Date.now = () => now() + passed;
    window.pass = (millis) => (passed += millis);
  });
  await visit.goto("");
  const began = performance.now();
  for (let number = 0; number < SANDBOXES; number += 1) {
    if (number > 0) {
      await page.getByRole("button", { name: "Sandboxes" }).click();
      await page.getByRole("button", { name: "New sandbox" }).click();
    }
    await visit.terminal("server").select();
    await visit.terminal("server").press("Control+c");
    await visit.terminal("server").type("nats-server -js\n");
    await visit.terminal("you").select();
    await visit.terminal("you").run("nats kv add learn --history 5");
    await visit.terminal("you").run("nats kv watch learn >/dev/null &");
    await page.getByRole("button", { name: "Open another terminal" }).click();
    await page.keyboard.type("nats kv watch learn\n");
    await visit.terminal("you").select();
  }
  const sizes = [];
  let done = 0;
  while (done < ACTS) {
    await page.evaluate(act, { from: done, count: STAY, millis: HOUR / ACTS, lines: LINES });
    done += STAY;
    if (done % (ACTS / 10) === 0) sizes.push(await memory(page));
    const next = 1 + ((done / STAY) % SANDBOXES);
    await page.getByRole("button", { name: "Sandboxes" }).click();
    await page.getByRole("button", { name: `Open (Sandbox ${next})`, exact: true }).click();
    // It is open once the bar has its name.
    const open = page.getByRole("button", { name: "Sandboxes" });
    await eventually(async () => assert.equal((await open.innerText()).trim(), `Sandbox ${next}`));
    await visit.terminal("you").input.focus();
  }
  assert.match(await visit.terminal("you").run("nats kv get learn key0 --raw"), /^(value0|again0)\s*$/);
  const took = (performance.now() - began) / 1000;
  console.log(`        ${done} acts in ${took.toFixed(0)} s; memory after each tenth: ${sizes.map((size) => Math.round(size / 1e6)).join(", ")} MB`);
  const [middle, end] = [sizes[sizes.length / 2 - 1], sizes.at(-1)];
  assert.ok(end < middle * 1.1, `${middle} bytes in the middle, ${end} at the end`);
  visit.loaded();
});

/** In the page: types lines into the field that has the focus, and lets the page draw now and then. */
async function act({ from, count, millis, lines }) {
  const field = document.activeElement;
  for (let number = from; number < from + count; number += 1) {
    const line = lines[number % lines.length].replaceAll("#", number % 500);
    document.execCommand("insertText", false, line);
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    window.pass(millis);
    if (number % 20 === 0) await new Promise(requestAnimationFrame);
  }
}
