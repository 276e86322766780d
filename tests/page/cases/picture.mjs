// The picture of the account: the same facts for eyes and ears, and quick while much happens.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";

/** A server with JetStream and a bucket, whose pictures begin fresh. */
async function withBucket(visit, name) {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await visit.terminal("you").run(`nats kv add ${name}`);
}

/** Lets a client of the page around write, as the protocol has it; `more` runs in the page with a function `put`. */
function writing({ page }, bucket, more, argument) {
  return page.evaluate(
    async ([bucket, more, argument]) => {
      await window.natsPlayground.ready;
      const socket = window.natsPlayground.connect();
      await new Promise((open) => (socket.onopen = open));
      socket.send('CONNECT {"verbose":false,"name":"outside","headers":true}\r\n');
      const put = (...pairs) =>
        socket.send(pairs.map(([key, value]) => `PUB $KV.${bucket}.${key} ${value.length}\r\n${value}\r\n`).join(""));
      const result = await new Function("put", "argument", `return (${more})(put, argument)`)(put, argument);
      socket.close();
      return result;
    },
    [bucket, String(more), argument],
  );
}

const fill = (put, count) => put(...Array.from({ length: count }, (_, at) => [`key.${at}`, `value ${at}`]));

/** Writes so many times a second for so long, and tells what the page's thread had to do meanwhile. */
const pour = async (put, { perSecond, seconds }) => {
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
    for (const due = ((before - began) / 1000) * perSecond; sent < due; sent += 1) put([`key.${sent % 10000}`, `again ${sent}`]);
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
  const eye = (await visit.page.locator(".tab[data-active=true]").innerText()).trim();
  await writing(visit, "many", fill, 10_000);
  const bucket = visit.page.locator(".bucket");
  await bucket.getByText("50 of 10000 keys").waitFor();
  assert.equal(await bucket.locator(".key").count(), 50, "only what is in sight is drawn");
  await visit.terminal(eye).type("nats kv watch many 'key.>' --updates");
  await visit.terminal(eye).press("Enter");
  const debug = await visit.context.newCDPSession(visit.page);
  await debug.send("Performance.enable");
  const before = await metrics(debug);
  const told = await writing(visit, "many", pour, { perSecond: 1000, seconds: 4 });
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
  assert.ok(told.sent > 3500, "the writer gets its turn");
  // Drawing without a graphics card takes what it takes; our own part is what we can keep small.
  assert.ok(script < told.took / 2, `our own work takes less than half of the time: ${Math.round(script)} ms`);
  assert.ok(longest < 500, `nothing holds the page up for half a second: ${Math.round(longest)} ms`);

  await bucket.getByRole("searchbox").fill("key.123");
  await bucket.getByText("11 of 10000 keys").waitFor();
  await visit.screenshot("picture-many");
  await bucket.getByRole("searchbox").fill("");
  await bucket.getByRole("button", { name: "Show more" }).click();
  await bucket.getByText("100 of 10000 keys").waitFor();
  await visit.assertAccessible();
});
