// Everything can be reached and left by keyboard alone.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";

test("Tab goes through the page and is never caught", async (visit) => {
  const seen = [];
  // The page begins in a terminal; this begins at the top.
  await visit.page.locator("h1").click();
  for (let press = 0; press < 120; press++) {
    await visit.page.keyboard.press("Tab");
    const at = await visit.page.evaluate(() => {
      const { activeElement: at } = document;
      if (at === document.body) return "";
      const { outlineStyle, boxShadow } = getComputedStyle(at);
      const line = at.closest("[data-testid=line]");
      const shown = outlineStyle !== "none" || (line && getComputedStyle(line).boxShadow !== "none");
      const label = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
      const name = label.replace(/\s+/g, " ").trim().slice(0, 50);
      return `${at.getAttribute("role") ?? at.localName} ${name} ${shown ? "" : "NOT SHOWN"}`;
    });
    if (at === "") break;
    seen.push(at);
  }
  assert.ok(seen.length > 15 && seen.length < 120, `the end was reached: ${seen.length}`);
  assert.deepEqual(seen.filter((at) => at.includes("NOT SHOWN")), [], "each place shows that it has the focus");
  for (const wanted of [
    /^button 1 ?See what the server can do/,
    /^button Run/,
    /^button you/,
    /^region Output of you/,
    /^textarea Terminal you:/,
    /^region Picture of the account/,
  ]) {
    assert.ok(seen.some((at) => wanted.test(at)), `${wanted} is reached`);
  }
});

test("Escape and then Tab leaves a terminal with a half-typed line", async (visit) => {
  const terminal = visit.terminal("you");
  await terminal.type("nats kv g");
  await visit.page.keyboard.press("Escape");
  await visit.page.keyboard.press("Tab");
  const inside = await terminal.input.evaluate((field) => field === document.activeElement);
  assert.equal(inside, false);
});
