// From the second visit on the page needs no network, and a new version loses nothing.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DIST, test, testFiles } from "../harness.mjs";
import { notice } from "../parts.mjs";

const allowed = { serviceWorkers: "allow" };
const WORKER = join(DIST, "worker.js");

/** The page's files are kept. */
async function stored(visit) {
  await visit.page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === "activated");
  visit.loaded();
}

testFiles("the worker knows every file of the page", () => {
  const text = readFileSync(WORKER, "utf8");
  // Nobody needs the licences without a network.
  const others = ["worker.js", "index.html", "LICENSE", "licences.txt"];
  const files = readdirSync(DIST).filter((name) => !others.includes(name));
  for (const name of ["./", ...files]) assert.ok(text.includes(`"${name}",`), name);
  assert.match(text, /^const VERSION = "\d+";\n/);
});

test("the page opens without a network, as it was left", allowed, async (visit) => {
  await stored(visit);
  await visit.terminal("you").run("echo before");
  await visit.context.setOffline(true);
  await visit.page.reload();
  await visit.page.waitForSelector("html[data-ready]");
  assert.match(await visit.terminal("you").text(), /echo before\s+before/);
  await visit.terminal("you").run("echo after");
  await visit.page.reload();
  await visit.page.waitForSelector("html[data-ready]");
  assert.match(await visit.terminal("you").text(), /after/);
  await visit.page.waitForTimeout(500);
  // With a network again, only the worker itself is asked for.
  await visit.context.setOffline(false);
  visit.loaded();
  await visit.page.reload();
  await visit.page.waitForSelector("html[data-ready]");
  await visit.page.waitForTimeout(500);
  assert.deepEqual(visit.shared.asked.filter((url) => url !== "/worker.js"), []);
  visit.loaded();
});

test("a new version is told of, loses nothing and clears up after the old one", allowed, async (visit) => {
  await stored(visit);
  await visit.terminal("you").run("echo before");
  visit.shared.patched.set("/worker.js", (text) => text.replace(/VERSION = "\d+"/, 'VERSION = "next"'));
  try {
    await visit.page.reload();
    await visit.page.waitForSelector("html[data-ready]");
    await visit.terminal("you").run("echo between");
    const told = notice(visit.page, "A new version of this page is ready");
    await told.waitFor();
    await visit.assertAccessible();
    await visit.screenshot("offline-update");
    await Promise.all([visit.page.waitForEvent("load"), told.getByRole("button", { name: "Reload" }).click()]);
    await visit.page.waitForSelector("html[data-ready]");
    assert.match(await visit.terminal("you").text(), /before[^]*between/);
    assert.deepEqual(await visit.page.evaluate(() => caches.keys()), ["nats-kv-playground-next"]);
    await visit.page.waitForTimeout(500);
    assert.equal(await notice(visit.page).count(), 0);
    visit.loaded();
  } finally {
    visit.shared.patched.clear();
  }
});

test("it can be installed", allowed, async (visit) => {
  const session = await visit.context.newCDPSession(visit.page);
  const { errors, data } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const manifest = JSON.parse(data);
  assert.equal(manifest.display, "standalone");
  assert.equal((await fetch(new URL(manifest.icons[0].src, visit.page.url()))).status, 200);
  await stored(visit);
});

test("where no worker may be had, all works", allowed, async (visit) => {
  await visit.page.addInitScript(() => {
    Object.defineProperty(navigator, "serviceWorker", { get: () => { throw new DOMException("no", "SecurityError"); } });
  });
  await visit.goto("");
  await visit.terminal("you").run("echo works");
  assert.match(await visit.terminal("you").text(), /works/);
  await visit.page.waitForTimeout(300);
  visit.loaded();
});
