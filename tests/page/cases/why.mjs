// A failed command says why, if it is asked.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { activeTab } from "../parts.mjs";

/** Two terminals, one of which was faster than the other. */
async function beaten(visit) {
  await visit.terminal("server").select();
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  const you = visit.terminal("you");
  await you.select();
  await you.run("nats kv add stock");
  await you.run("nats kv put stock apples 10");
  await visit.page.getByRole("button", { name: "Open another terminal" }).click();
  const other = visit.terminal((await activeTab(visit.page).innerText()).trim());
  await other.run("nats kv put stock apples 9");
  await you.select();
  await you.run("nats kv update stock apples 8 1");
  return { you, other };
}

for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [380, "dark"], [320, "light"]]) {
  test(`who was faster, at ${width} pixels, ${colorScheme}`, { viewport: { width, height: 800 }, colorScheme }, async (visit) => {
    if (width < 900) await visit.page.getByRole("navigation").getByRole("button", { name: "Terminals" }).click();
    const { you, other } = await beaten(visit);
    const ask = you.root.getByRole("button", { name: "Why?" });
    assert.equal(await ask.getAttribute("aria-expanded"), "false");
    await ask.focus();
    await visit.page.keyboard.press("Enter");
    assert.equal(await ask.getAttribute("aria-expanded"), "true");
    const why = you.root.getByRole("region", { name: "Why?" });
    assert.match(await why.innerText(), /revision 1 of stock > apples, but the newest is 2/);
    const lane = await why.getByRole("list", { name: "What was written" }).getByRole("listitem").allInnerTexts();
    assert.match(lane[0], /^1\s*put\s*you\s*\d\d:\d\d:\d\d$/, "its value is gone: the bucket keeps one");
    assert.match(lane[1], new RegExp(`^2\\s*put\\s*9\\s*${other.name}\\s`));
    assert.match(lane[2], /this command\s+wanted to follow revision 1: refused/);
    assert.match(await why.getByRole("link").getAttribute("href"), /^https:\/\/docs\.nats\.io\/.*optimistic-locking$/);
    const over = await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `nothing hangs over the side: ${over} pixels`);
    await visit.assertAccessible();
    await visit.screenshot(`why-${width}-${colorScheme}`);
    await why.getByRole("button", { name: "nats kv get stock apples" }).click();
    assert.equal(await you.input.inputValue(), "nats kv get stock apples", "it is put there, and does not run");
    await why.getByRole("button", { name: "The page's command" }).click();
    assert.ok(await visit.page.getByRole("button", { name: "The page's command", expanded: true }).isVisible());
  });
}

test("in German and in forced colours", { forcedColors: "active", locale: "de-DE" }, async (visit) => {
  const you = visit.terminal("you");
  await you.run("nats kv ls");
  await you.root.getByRole("button", { name: "Warum?" }).click();
  assert.match(await you.root.getByRole("region", { name: "Warum?" }).innerText(), /ohne JetStream[\s\S]*In der Lektion/);
  await visit.assertAccessible();
  await visit.screenshot("why-forced-colours");
});
