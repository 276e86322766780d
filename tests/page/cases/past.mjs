// Going along what was done: back, onward and to any moment; what a deed has changed; branches; two moments compared.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { eventually, keptTexts } from "../kept.mjs";
import { buckets, notice } from "../parts.mjs";

const open = async ({ page }) => {
  await page.getByRole("button", { name: "Time travel" }).click();
  return page.getByRole("region", { name: "Time travel" });
};
const button = (strip, name) => strip.getByRole("button", { name, exact: true });
const moment = (strip) => strip.getByTestId("past-moment").innerText();
const changes = (strip) => strip.getByRole("list", { name: "What it has changed" }).innerText();

/** A server with JetStream, a bucket and two revisions of a key. */
async function withBucket(visit) {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  const you = visit.terminal("you");
  await you.run("nats kv add locks --history 5");
  await you.run("nats kv put locks job one");
  await you.run("nats kv put locks job two");
  return you;
}

test("a deed is undone and done again, in the terminals and in the picture", async (visit) => {
  const you = await withBucket(visit);
  const strip = await open(visit);
  await eventually(async () => assert.match(await moment(strip), /^5 of 5: nats kv put locks job two, in you$/));
  assert.equal(await changes(strip), "locks > job: revision 1, one → revision 2, two");
  assert.ok(await button(strip, "Redo").isDisabled());
  await button(strip, "Undo").click();
  await eventually(async () => assert.match(await moment(strip), /^4 of 5: nats kv put locks job one/));
  assert.doesNotMatch(await you.text(), /job two/);
  assert.match(await buckets(visit.page).innerText(), /one/);
  assert.doesNotMatch(await buckets(visit.page).innerText(), /two/);
  await visit.assertAccessible();
  await visit.screenshot("time-travel");
  await button(strip, "Undo").click();
  await button(strip, "Undo").click();
  await eventually(async () => assert.equal(await buckets(visit.page).count(), 0));
  await button(strip, "Redo").click();
  await eventually(async () => assert.match(await changes(strip), /Bucket locks: new/));
  await button(strip, "To the present").click();
  await eventually(async () => assert.match(await you.text(), /job two/));
  await button(strip, "Leave time travel, for the present").click();
  assert.equal(await strip.count(), 0);
  await you.run("nats kv get locks job --raw");
  assert.match(await you.last(), /two/);
});

test("the slider is used by keys, and says what was done", async (visit) => {
  const you = visit.terminal("you");
  for (const word of ["one", "two", "three"]) await you.run(`echo ${word}`);
  const strip = await open(visit);
  const slider = strip.getByRole("slider", { name: "Moment" });
  await slider.focus();
  await visit.page.keyboard.press("ArrowLeft");
  await eventually(async () => assert.equal(await slider.getAttribute("aria-valuetext"), "2 of 3: echo two, in you"));
  assert.doesNotMatch(await you.text(), /three/);
  await visit.page.keyboard.press("Home");
  await eventually(async () => assert.equal(await slider.getAttribute("aria-valuetext"), "0 of 3: the beginning"));
  assert.equal((await you.text()).trim(), "");
  await visit.page.keyboard.press("End");
  await eventually(async () => assert.match(await you.text(), /echo three\s+three/));
});

test("what is done in the past begins a branch, and the other one is kept", async (visit) => {
  const you = await withBucket(visit);
  const strip = await open(visit);
  await button(strip, "Undo").click();
  await eventually(async () => assert.match(await moment(strip), /^4 of 5/));
  await you.run("nats kv put locks job other");
  assert.equal((await you.last()).trim(), "other");
  assert.match(await you.text(), /job one/);
  await notice(visit.page, "What came after is kept in “Sandbox 1”").waitFor();
  await eventually(async () => {
    const kept = await keptTexts(visit.page);
    assert.ok(kept.some((text) => text.includes("job two") && !text.includes("job other")), "what came after");
    assert.ok(kept.some((text) => text.includes("job other") && !text.includes("job two")), "the branch");
  });
  await visit.page.getByRole("button", { name: "Sandboxes" }).click();
  const dialog = visit.page.getByRole("dialog", { name: "Sandboxes" });
  await dialog.getByRole("button", { name: "Open (Sandbox 1)", exact: true }).click();
  await eventually(async () => assert.match(await you.text(), /job two/));
  await eventually(async () => assert.match(await moment(strip), /^5 of 5/));
});

test("two moments are compared in a table", async (visit) => {
  const you = await withBucket(visit);
  await you.run("nats kv watch locks &");
  const strip = await open(visit);
  await button(strip, "Compare from here").click();
  const comparison = strip.getByRole("region", { name: "Comparison of two moments" });
  assert.match(await comparison.innerText(), /Go to another moment to compare it with moment 6/);
  for (let back = 0; back < 3; back++) await button(strip, "Undo").click();
  const rows = comparison.getByRole("row");
  await eventually(async () => assert.equal(await rows.count(), 3));
  const cells = await rows.evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
  assert.deepEqual(cells, [
    ["What", "Moment 3", "Moment 6"],
    ["locks > job", "not there", "revision 2, two"],
    ["Watcher of locks in you", "not there", "there"],
  ]);
  await visit.assertAccessible();
});

test("is found on a telephone as well", { viewport: { width: 360, height: 740 }, hasTouch: true }, async (visit) => {
  const you = visit.terminal("you");
  await visit.page.getByRole("button", { name: "Terminals" }).click();
  await you.run("echo one");
  await visit.page.getByRole("button", { name: "More" }).click();
  await visit.page.getByRole("dialog").getByRole("button", { name: "Time travel" }).click();
  const strip = visit.page.getByRole("region", { name: "Time travel" });
  await button(strip, "Undo").click();
  await eventually(async () => assert.equal((await you.text()).trim(), ""));
  const width = await visit.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${width} pixels wide`);
  await visit.screenshot("time-travel-telephone");
});
