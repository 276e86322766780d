// One's own sandbox opens however long it is: in slices, with progress, and within the goals that are printed.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { worked } from "../memory.mjs";
import { Terminal } from "../terminal.mjs";

const HEAD = "nats-kv 1 1795395723000\n10 ^1\n10 $1 nats-server -js\n90 $2 nats kv add b\n";
const HOUR = 3_600_000;

/** Journals that a person may leave behind, and within how many seconds they are to open. */
const STORIES = [
  {
    name: "30,000 puts",
    goal: 5,
    expected: /k30000\s+Values Stored: 30,000/,
    journal: `${HEAD}10 $2 for i in $(seq 1 30000); do nats kv put b k$i $i; done\n600000 $2 nats kv ls b | tail -n 1; nats kv status b | grep Values\n5 >2\n`,
  },
  {
    name: "a week with three watchers",
    goal: 5,
    expected: /Values Stored: 0/,
    journal: `${HEAD}10 +one\n10 $3 nats kv watch b\n10 +two\n10 $4 nats kv watch b\n10 $2 nats kv watch b\n${7 * 24 * HOUR} ^2\n10 $2 nats kv ls b | tail -n 1; nats kv status b | grep Values\n5 >2\n`,
  },
  {
    name: "a day of a one-second loop",
    goal: 15,
    expected: /hb\s+Values Stored: 1\b/,
    journal: `${HEAD}10 $2 while true; do nats kv put b hb alive; sleep 1; done\n${24 * HOUR} ^2\n10 $2 nats kv ls b | tail -n 1; nats kv status b | grep Values\n5 >2\n`,
  },
];

for (const { name, goal, expected, journal } of STORIES) {
  test(`${name} within ${goal} s, and the page lives meanwhile`, async (visit) => {
    const { page, shared } = visit;
    await page.evaluate((text) => localStorage.setItem("nats-kv-playground.sandbox.5", text), `sandbox 1 1795395723000 7 Long\n${journal}`);
    await page.goto("about:blank");
    // How long the page could neither draw nor listen, at most.
    await page.addInitScript(() => {
      let last = performance.now();
      window.longest = 0;
      const look = () => {
        const now = performance.now();
        if (document.querySelector("html[data-ready]")) window.longest = Math.max(window.longest, now - last);
        last = now;
        setTimeout(look, 0);
      };
      look();
    });
    await page.goto(shared.address);
    await page.waitForSelector("html[data-ready]");
    const [began, workedBefore] = [performance.now(), await worked()];
    await page.getByRole("progressbar", { name: /“Long”/ }).waitFor({ timeout: 3000 });
    await page.getByRole("dialog").waitFor({ state: "detached", timeout: 20_000 * goal });
    const took = (performance.now() - began) / 1000;
    const work = (await worked()) - workedBefore;
    const [longest, memory] = await page.evaluate(() => [window.longest, performance.memory?.usedJSHeapSize ?? 0]);
    console.log(`        ${name}: ${took.toFixed(1)} s, of which the page worked ${work.toFixed(1)} s; it stood still for ${Math.round(longest)} ms at most, ${Math.round(memory / 1e6)} MB of script`);
    visit.loaded();
    assert.match(await new Terminal(page, "you").last(), expected);
    // This machine may be slow, or busy otherwise.
    assert.ok(work < 2 * goal, `it took ${work} s`);
  });
}
