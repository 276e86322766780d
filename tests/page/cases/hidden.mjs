// A page that nobody sees: the browser gives it no frame, while its program goes on.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { buckets } from "../parts.mjs";

/** Holds frames back while `window.isHidden`, as a browser does in a tab behind another one; `window.showFrames()` then gives them all. */
const holdFrames = () => {
  const request = window.requestAnimationFrame.bind(window);
  let waiting = [];
  window.requestAnimationFrame = (frame) => (window.isHidden ? waiting.push(frame) : request(frame));
  window.showFrames = () => {
    window.isHidden = false;
    const frames = waiting;
    waiting = [];
    for (const frame of frames) frame(performance.now());
  };
};

test("what comes and goes meanwhile leaves nothing behind that would fall over itself", { blank: true }, async (visit) => {
  const { page } = visit;
  await page.addInitScript(holdFrames);
  await visit.goto("");
  const you = visit.terminal("you");
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await you.run("nats kv add B");
  await you.run("nats kv put B a 1");
  await buckets(page).first().waitFor();
  await page.evaluate(() => (window.isHidden = true));
  for (const line of [...Array.from({ length: 20 }, (_, at) => `nats kv put B a ${at}`), "nats kv get B missing", "nats kv rm -f B"]) {
    await you.type(line);
    await you.press("Enter");
    await page.waitForTimeout(60);
    // A key draws at once what has come of the line.
    await you.type(" ");
    await you.press("Backspace");
  }
  assert.equal(await buckets(page).count(), 0);
  await page.evaluate(() => window.showFrames());
  await page.waitForTimeout(100);
  assert.equal(await page.getByRole("alertdialog").count(), 0);
  assert.match(await you.run("echo alive"), /alive/);
});
