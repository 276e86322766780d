// The picture of the account: the same facts for eyes and ears, and quick while much happens.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { activeTab, buckets } from "../parts.mjs";

/** A server with JetStream and a bucket, whose pictures begin fresh. */
async function withBucket(visit, name) {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await visit.terminal("you").run(`nats kv add ${name}`);
}

/** Lets a client of the page around write from now on: `window.put([key, value]…)`, as the protocol has it. */
async function writing({ page }, bucket) {
  await page.evaluate(async (bucket) => {
    await window.natsPlayground.ready;
    const socket = window.natsPlayground.connect();
    await new Promise((open) => (socket.onopen = open));
    socket.send('CONNECT {"verbose":false,"name":"outside","headers":true}\r\n');
    window.put = (...pairs) =>
      socket.send(pairs.map(([key, value]) => `PUB $KV.${bucket}.${key} ${value.length}\r\n${value}\r\n`).join(""));
  }, bucket);
}

const fill = (count) => window.put(...Array.from({ length: count }, (_, at) => [`key.${at}`, `value ${at}`]));

/** Writes so many times a second for so long, and tells what the page's thread had to do meanwhile. */
const pour = async ({ perSecond, seconds }) => {
  const tasks = [];
  const seen = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
  seen.observe({ type: "longtask" });
  const frames = [];
  let last = performance.now();
  let going = true;
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    if (going) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const began = performance.now();
  let [sent, busy] = [0, 0];
  while (performance.now() - began < seconds * 1000) {
    const before = performance.now();
    for (const due = ((before - began) / 1000) * perSecond; sent < due; sent += 1) window.put([`key.${sent % 10000}`, `again ${sent}`]);
    busy += performance.now() - before;
    await new Promise((next) => setTimeout(next, 1));
  }
  going = false;
  const took = performance.now() - began;
  frames.sort((a, b) => a - b);
  return { sent, perEvent: busy / sent, took, tasks, frames: frames.length, frame95: frames[Math.floor(frames.length * 0.95)] };
};

/** How long the page's thread was busy so far, by kind of work, in seconds. */
async function metrics(debug) {
  const { metrics } = await debug.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

test("10,000 keys, and 1,000 watch events a second", async (visit) => {
  await withBucket(visit, "many");
  await visit.page.getByRole("button", { name: "Open another terminal" }).click();
  const eye = (await activeTab(visit.page).innerText()).trim();
  await writing(visit, "many");
  await visit.page.evaluate(fill, 10_000);
  const bucket = buckets(visit.page);
  await bucket.getByText("10000 keys; the one that changed last is the first").waitFor();
  assert.ok((await bucket.getByTestId("key").count()) <= 100, "only what is in sight is drawn");
  await visit.terminal(eye).type("nats kv watch many 'key.>' --updates");
  await visit.terminal(eye).press("Enter");
  const debug = await visit.context.newCDPSession(visit.page);
  await debug.send("Performance.enable");
  const before = await metrics(debug);
  const told = await visit.page.evaluate(pour, { perSecond: 1000, seconds: 4 });
  const after = await metrics(debug);
  const [script, task] = ["ScriptDuration", "TaskDuration"].map((name) => (after[name] - before[name]) * 1000);
  const longest = Math.max(0, ...told.tasks);
  console.log(
    `        ${told.sent} events in ${Math.round(told.took)} ms, ${told.perEvent.toFixed(2)} ms each; ${told.frames} frames, ` +
      `95 % within ${Math.round(told.frame95)} ms; scripts took ${Math.round(script)} of ${Math.round(task)} ms of work; ` +
      `${told.tasks.length} long tasks, the longest ${Math.round(longest)} ms`,
  );
  assert.match(await visit.terminal(eye).text(), new RegExp(`again ${told.sent - 1}`));
  assert.match(await bucket.innerText(), new RegExp(`again ${told.sent - 1}`), "the picture has come to the end too");
  assert.ok(told.sent > 1000, "the writer gets its turn");
  // Drawing without a graphics card takes what it takes; our own part is what we can keep small.
  assert.ok(script < told.took / 2, `our own work takes less than half of the time: ${Math.round(script)} ms`);
  assert.ok(longest < 2000, `nothing holds the page up, even on a busy machine: ${Math.round(longest)} ms`);

  await bucket.getByRole("searchbox").fill("key.123");
  await bucket.getByText("11 of 10000 keys").waitFor();
  await visit.screenshot("picture-many");
  assert.equal(await bucket.getByTestId("key").count(), 11);
  await bucket.getByRole("searchbox").fill("");
  await bucket.getByText("10000 keys;").waitFor();
  await visit.assertAccessible();
});

/** The walkthrough's bucket with a history, a marker, a time to live, a watcher and an outside client. */
async function furnished(visit) {
  for (const name of ["server", "you"]) {
    await visit.terminal(name).select();
    if (name === "server") {
      await visit.terminal(name).press("Control+c");
      await visit.terminal(name).run("nats-server -js");
    }
  }
  const you = visit.terminal("you");
  await you.run("nats kv add my-kv --history 5 --ttl 1h");
  await visit.page.getByRole("button", { name: "Open another terminal" }).click();
  const eye = visit.terminal((await activeTab(visit.page).innerText()).trim());
  await eye.type("nats kv watch my-kv");
  await eye.press("Enter");
  await you.select();
  await you.run("nats kv put my-kv Key1 Value1; nats kv put my-kv Key2 'a longer value, so that a line has to wrap somewhere'");
  await you.run("nats kv put my-kv Key1 Value2; nats kv del my-kv Key2 -f");
  return you;
}

test("where there is nothing, the picture says what will be there", async (visit) => {
  const { page } = visit;
  const picture = page.getByRole("region", { name: "Picture of the account" });
  await picture.getByText("Nothing is here yet.").waitFor();
  await picture.getByText("Buckets need a server that runs with JetStream.").waitFor();
  assert.equal(await picture.getByText("Nobody").filter({ visible: true }).count(), 0);
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await visit.terminal("you").select();
  await visit.assertAccessible();
  await visit.screenshot("picture-empty");
  await picture.getByRole("button", { name: "nats kv add my-kv" }).click();
  await visit.terminal("you").press("Enter");
  await buckets(page).waitFor();
  assert.equal(await picture.getByText("Nothing is here yet.").count(), 0);
});

const SIZES = [[1280, 900, "light"], [1280, 900, "dark"], [380, 800, "dark"], [320, 700, "light"]];

async function openPicture(visit, width) {
  if (width < 900) await visit.page.getByRole("navigation").getByRole("button", { name: "Picture" }).click();
}

for (const [width, height, colorScheme] of SIZES) {
  test(`the stream beneath, at ${width} pixels, ${colorScheme}`, { viewport: { width, height }, colorScheme }, async (visit) => {
    if (width < 900) await visit.page.getByRole("navigation").getByRole("button", { name: "Terminals" }).click();
    const you = await furnished(visit);
    await openPicture(visit, width);
    const stream = visit.page.getByRole("button", { name: "Stream KV_my-kv" });
    await stream.focus();
    await visit.page.keyboard.press("Enter");
    assert.equal(await stream.getAttribute("aria-expanded"), "true");
    const messages = visit.page.getByRole("list", { name: "Messages, newest first" }).locator(":scope > li");
    assert.match(await messages.first().innerText(), /^4\s*del\s*\$KV\.my-kv\.Key2[\s\S]*KV-Operation: DEL/);
    await visit.screenshot(`picture-${width}-${colorScheme}`);
    await messages.first().scrollIntoViewIfNeeded();
    await visit.screenshot(`picture-stream-${width}-${colorScheme}`);
    await assertFits(visit);
    await visit.assertAccessible();
    const shown = [["Key1", "nats kv get my-kv Key1"], ["my-kv", "nats kv info my-kv"], ["$KV.my-kv.Key2", "nats stream get KV_my-kv 4"]];
    for (const [name, command] of shown) {
      await openPicture(visit, width);
      await buckets(visit.page).getByRole("button", { name, exact: true }).first().click();
      assert.equal(await you.input.inputValue(), command);
    }
    await openPicture(visit, width);
    await visit.page.getByTestId("key").filter({ hasText: "Key1" }).getByRole("list", { name: "Revisions" }).getByRole("button").first().click();
    assert.equal(await you.input.inputValue(), "nats kv get my-kv Key1 --revision 1");
  });

  test(`the wire, at ${width} pixels, ${colorScheme}`, { viewport: { width, height }, colorScheme }, async (visit) => {
    await openPicture(visit, width);
    await visit.page.getByRole("button", { name: "Wire" }).click();
    if (width < 900) await visit.page.getByRole("navigation").getByRole("button", { name: "Terminals" }).click();
    await furnished(visit);
    await visit.terminal("you").run("nats kv update my-kv Key1 Value3 1");
    await openPicture(visit, width);
    const rows = visit.page.getByRole("list", { name: "Wire" }).getByRole("listitem");
    const put = rows.filter({ hasText: "becomes revision 1" });
    assert.match(await put.innerText(), /you\s+←\s+from the server\s+MSG\s+put my-kv Key1 Value1\s+becomes revision 1/);
    await rows.filter({ hasText: "wrong last sequence: 3" }).locator("summary").click();
    assert.match(await rows.filter({ hasText: "wrong last sequence: 3" }).locator("pre").innerText(), /err_code/);
    await assertFits(visit);
    await visit.assertAccessible();
    await visit.screenshot(`wire-${width}-${colorScheme}`);
    await visit.page.getByRole("button", { name: "JetStream API" }).click();
    assert.equal(await rows.filter({ hasText: "stream info" }).count(), 0);
    await visit.page.getByRole("group", { name: "Clients" }).getByRole("button", { name: "client1" }).click();
    assert.equal(await rows.filter({ hasText: "you" }).count(), 0);
    assert.equal(await rows.filter({ hasText: /client1.*put my-kv Key1 Value2\s*revision 3/ }).count(), 1);
    await visit.page.getByRole("button", { name: "Clear" }).click();
    assert.equal(await rows.count(), 0);
  });
}

async function assertFits({ page }) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `nothing hangs over the side: ${over} pixels`);
}

test("in forced colours, with the stream open, and the wire", { forcedColors: "active" }, async (visit) => {
  await furnished(visit);
  await visit.page.getByRole("button", { name: "Stream KV_my-kv" }).click();
  await visit.assertAccessible();
  await visit.screenshot("picture-forced-colours");
  await visit.page.getByRole("button", { name: "Wire" }).click();
  await visit.terminal("you").run("nats kv get my-kv Key1");
  await visit.assertAccessible();
  await visit.screenshot("wire-forced-colours");
});

test("what is left behind, kept or expired is said", async (visit) => {
  const { page } = visit;
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  const you = visit.terminal("you");
  await you.run("nats kv add B --ttl 1h");
  await you.run("nats kv put B k v");
  await you.type("nats kv watch B");
  await you.press("Enter");
  const watcher = page.getByTestId("watcher");
  assert.match((await watcher.innerText()).replace(/\s+/g, " "), /^you ?watches ?B ?> ?\(all keys\)/);
  await you.press("Control+c");
  await watcher.getByText(/Nobody listens any more: the server removes it in [1-6] s\./).waitFor();
  assert.match((await watcher.innerText()).replace(/\s+/g, " "), /^Left behind: ?a watcher of ?B/);
  await visit.assertAccessible();
  await visit.screenshot("picture-left-behind");
  for (let second = 0; second < 7; second++) await page.getByRole("button", { name: "+1 s on the simulated clock" }).click();
  await watcher.waitFor({ state: "detached" });
  assert.equal(await page.getByText("API errors").count(), 0);
  await visit.terminal("server").press("Control+c");
  const kept = page.getByTestId("kept");
  assert.match((await kept.innerText()).replace(/\s+/g, " "), /^B 1 value Kept in files\. The server is stopped/);
  assert.equal(await page.getByText("No bucket yet.").count(), 0);
  await visit.assertAccessible();
  await visit.screenshot("picture-kept");
  await visit.terminal("server").run("nats-server");
  await kept.getByText("The server runs without JetStream").waitFor();
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await kept.waitFor({ state: "detached" });
  for (let minute = 0; minute < 61; minute++) await page.getByRole("button", { name: "+1 min on the simulated clock" }).click();
  await buckets(page).getByText(/k expired at \d\d:\d\d:\d\d/).waitFor();
});

test("what is looked for among the keys still stands there after the protocol log was shown", async (visit) => {
  const { page } = visit;
  await withBucket(visit, "B");
  await writing(visit, "B");
  await page.evaluate(fill, 100);
  const field = page.getByRole("searchbox");
  await field.fill("key.7");
  await page.getByText("11 of 100 keys").waitFor();
  await page.getByRole("button", { name: "Wire" }).click();
  await page.getByRole("button", { name: "Account", exact: true }).click();
  assert.equal(await field.inputValue(), "key.7");
  await page.getByText("11 of 100 keys").waitFor();
});
