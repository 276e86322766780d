// Long lists: all rows are there to be scrolled to, and only those in sight are in the document.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { eventually } from "../kept.mjs";
import { buckets, pane } from "../parts.mjs";

/** The frame that scrolls the picture. */
const frame = ({ page }) => pane(page, "inspector").getByRole("region", { name: "Picture of the account" });

async function withBucket(visit, count) {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await visit.terminal("you").run("nats kv add B");
  await visit.terminal("you").run(`nats pub '$KV.B.key{{Count}}' 'value {{Count}}' --count ${count} --quiet`);
}

/** What is in sight of a frame, of the elements that `rows` finds. */
const inSight = (frame, rows) =>
  frame.evaluate((frame, rows) => {
    const outer = frame.getBoundingClientRect();
    const isSeen = ({ top, bottom }) => bottom > outer.top + 1 && top < outer.bottom - 1;
    return [...frame.querySelectorAll(rows)].filter((row) => isSeen(row.getBoundingClientRect())).map((row) => row.innerText);
  }, rows);

/** Scrolls with the wheel, a frame or two at a time, until `is` says so. */
async function wheel({ page }, frame, by, is) {
  const box = await frame.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let turns = 0; turns < 400; turns++) {
    if (await is()) return;
    await page.mouse.wheel(0, by);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }
  assert.fail("it never comes into sight");
}

test("10,000 keys are scrolled through, and each says where it stands", async (visit) => {
  const { page } = visit;
  await withBucket(visit, 10_000);
  const keys = buckets(page).getByTestId("key");
  const scroll = frame(visit);
  assert.match(await keys.first().innerText(), /^key10000\b/, "what changed last is the first");
  assert.equal(await keys.first().getAttribute("aria-posinset"), "1");
  assert.equal(await keys.first().getAttribute("aria-setsize"), "10000");
  // Row by row nothing is left out.
  const seen = new Set();
  await wheel(visit, scroll, 150, async () => {
    for (const text of await inSight(scroll, "[data-testid=key]")) seen.add(Number(/^key(\d+)/.exec(text)[1]));
    return seen.size > 300;
  });
  const found = [...seen].sort((a, b) => b - a);
  assert.deepEqual(found, Array.from(found, (_, at) => 10_000 - at));
  assert.ok((await keys.count()) < 150, `${await keys.count()} are drawn`);
  // As far as it goes at once.
  await scroll.evaluate((frame) => (frame.scrollTop = 1e9));
  await eventually(async () => assert.ok((await inSight(scroll, "[data-testid=key]")).some((text) => /^key1\b/.test(text))));
  assert.ok((await keys.count()) < 150);
  await visit.assertAccessible();
  await visit.screenshot("long-keys");
  // A row that has the focus and is scrolled away does not take the focus with it into nowhere.
  await keys.last().getByRole("button").first().focus();
  await scroll.evaluate((frame) => (frame.scrollTop = 0));
  await eventually(async () => assert.match(await keys.first().innerText(), /^key10000\b/));
  assert.ok(await scroll.evaluate((frame) => frame.contains(document.activeElement)));
});

test("what just changed is in sight, unless somebody looks at something else", async (visit) => {
  const { page } = visit;
  await withBucket(visit, 500);
  const scroll = frame(visit);
  await scroll.evaluate((frame) => (frame.scrollTop = 5000));
  await eventually(async () => assert.doesNotMatch((await inSight(scroll, "[data-testid=key]")).join(), /key500\b/));
  await visit.terminal("you").input.hover();
  await visit.terminal("you").run("nats kv put B key7 again");
  await eventually(async () => assert.match((await inSight(scroll, "[data-testid=key]")).join(), /key7\s+again/));
  await scroll.evaluate((frame) => (frame.scrollTop = 5000));
  await scroll.hover();
  await visit.terminal("you").run("nats kv put B key8 again");
  await page.waitForTimeout(300);
  assert.doesNotMatch((await inSight(scroll, "[data-testid=key]")).join(), /key8\s+again/);
});

test("the messages of a stream, and those on the wire, down to the oldest", async (visit) => {
  const { page } = visit;
  await page.getByRole("button", { name: "Wire" }).click();
  await withBucket(visit, 1000);
  await page.getByRole("button", { name: "JetStream API" }).click();
  const scroll = frame(visit);
  const rows = page.getByRole("list", { name: "Wire" }).getByRole("listitem");
  await eventually(async () => assert.match((await inSight(scroll, "summary")).at(-1), /put B key1000 value 1000/));
  assert.ok((await rows.count()) <= 150);
  await rows.filter({ hasText: "key990 " }).locator("summary").click();
  const seen = new Set();
  await wheel(visit, scroll, -150, async () => {
    for (const text of await inSight(scroll, "summary")) seen.add(Number(/put B key(\d+)/.exec(text)?.[1] ?? 0));
    return seen.has(1);
  });
  for (let number = 1; number <= 990; number++) assert.ok(seen.has(number), `${number} was passed over`);
  assert.ok((await rows.count()) <= 150);
  await scroll.evaluate((frame) => (frame.scrollTop = 0));
  await rows.filter({ hasText: "key990 " }).waitFor();
  assert.ok(await rows.filter({ hasText: "key990 " }).locator("pre").isVisible(), "it stays opened");
  await page.getByRole("button", { name: "Account", exact: true }).click();
  await page.getByRole("button", { name: "Stream KV_B" }).scrollIntoViewIfNeeded();
  await page.getByRole("button", { name: "Stream KV_B" }).click();
  const messages = page.getByRole("list", { name: "Messages, newest first" }).getByRole("listitem");
  await scroll.evaluate((frame) => (frame.scrollTop = 1e9));
  await messages.filter({ hasText: "$KV.B.key1 " }).first().waitFor();
  assert.ok((await messages.count()) < 150);
});

test("100,000 lines are scrolled through, while more of them come", async (visit) => {
  const { page } = visit;
  const you = visit.terminal("you");
  await you.run("echo the very first");
  await you.run("seq 90000");
  const output = you.root.getByRole("region", { name: "Output of you" });
  const drawn = () => output.evaluate((output) => output.querySelectorAll("*").length);
  assert.ok((await drawn()) < 500, `${await drawn()} elements`);
  await page.evaluate(() => {
    window.tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  });
  // Line by line nothing is left out.
  const seen = new Set();
  const lines = () =>
    output.evaluate((output) => {
      const outer = output.getBoundingClientRect();
      const isSeen = ({ top, bottom }) => bottom > outer.top && top < outer.bottom;
      return [...output.querySelectorAll("pre")].filter((pre) => isSeen(pre.getBoundingClientRect())).flatMap((pre) => pre.innerText.trim().split("\n"));
    });
  await wheel(visit, output, -300, async () => {
    for (const line of await lines()) seen.add(Number(line));
    return seen.size > 2000;
  });
  const found = [...seen].sort((a, b) => b - a);
  assert.deepEqual(found, Array.from(found, (_, at) => 90_000 - at));
  await you.type("for i in 1 2 3 4 5 6 7 8 9 0; do seq 100; sleep 0.1; done &");
  await page.keyboard.press("Enter");
  await output.evaluate((output) => (output.scrollTop = -1e9));
  await eventually(async () => assert.equal((await lines())[0], "the very first"));
  assert.ok((await drawn()) < 500, `${await drawn()} elements`);
  const tasks = await page.evaluate(() => window.tasks);
  console.log(`        ${await drawn()} elements are drawn; ${tasks.length} long tasks, the longest ${Math.round(Math.max(0, ...tasks))} ms`);
  await visit.assertAccessible();
});

test("of hundreds of commands Alt and Up reaches the first", async (visit) => {
  const you = visit.terminal("you");
  for (let number = 0; number < 3; number++) await you.run(`echo command ${number}`);
  await visit.page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, Array.from({ length: 300 }, (_, at) => `$ echo pasted ${at}`).join("\n"));
  await visit.page.getByRole("button", { name: "Run all" }).click();
  await you.root.getByText("pasted 299").last().waitFor();
  assert.ok((await you.blocks.count()) <= 250, `${await you.blocks.count()} are drawn`);
  await you.input.focus();
  for (let back = 0; back < 303; back++) {
    await visit.page.keyboard.press("Alt+ArrowUp");
    await visit.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  }
  assert.match(await visit.page.evaluate(() => document.activeElement.innerText), /command 0/);
});
