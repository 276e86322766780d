// Programs see how many columns of a terminal are in sight.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";

/** The longest line of a text that is broken where the terminal ends. */
async function longest(terminal) {
  await terminal.run("nats kv --help");
  const [text] = /The\s+JetStream\s+Key-Value\s.*?\n\n/s.exec(await terminal.last());
  return Math.max(...text.split("\n").map((line) => line.length));
}

/** How many letters have room in a line. */
const room = ({ root }) =>
  root.getByTestId("transcript").evaluate((inside) => {
    const line = document.createElement("pre");
    line.textContent = "0".repeat(10);
    line.style.width = "max-content";
    inside.append(line);
    const columns = Math.floor((inside.clientWidth / line.getBoundingClientRect().width) * 10);
    line.remove();
    return columns;
  });

test("as many as there are, side by side or alone, and after the window has changed", async (visit) => {
  const you = visit.terminal("you");
  const seen = [];
  const check = async () => {
    await visit.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    const [has, longestLine] = [await room(you), await longest(you)];
    assert.ok(longestLine <= has, `${longestLine} of ${has} columns`);
    assert.ok(longestLine > Math.min(has, 80) - 12, `${longestLine} of ${has} columns`);
    seen.push(has);
  };
  await check();
  await visit.page.getByRole("button", { name: "1 terminal" }).click();
  await check();
  await visit.page.setViewportSize({ width: 1900, height: 900 });
  await check();
  await visit.page.getByRole("button", { name: /^Present/ }).click();
  await check();
  assert.ok(seen[1] > seen[0] && seen[2] > seen[1] && seen[3] !== seen[2], seen.join(", "));
});

test("a world stays as it was made, on whatever screen it is opened", async (visit) => {
  const you = visit.terminal("you");
  await visit.page.getByRole("button", { name: "1 terminal" }).click();
  await visit.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  await you.run("nats kv add --help");
  const before = await you.text();
  await visit.page.setViewportSize({ width: 380, height: 700 });
  await visit.page.evaluate(() => dispatchEvent(new Event("pagehide")));
  await visit.goto("");
  await visit.page.getByRole("navigation").getByRole("button", { name: "Terminals" }).click();
  assert.equal(await you.text(), before);
  assert.ok((await longest(you)) <= (await room(you)));
  await visit.assertAccessible();
});
