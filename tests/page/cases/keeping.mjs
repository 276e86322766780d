// What was done is there at the next visit: pages that are gone at any moment, storage that fails, is full or forbidden.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { eventually, isKept, keptTexts } from "../kept.mjs";
import { notice } from "../parts.mjs";
import { Terminal } from "../terminal.mjs";

const ROUNDS = 24;

/** Numbers from a seed, from 0 up to 1. */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The numbers that the commands of these tests have, as they stand in a text. */
const numbers = (text) => [...text.matchAll(/\$\d* ?echo act(\d+)\b/g)].map(([, number]) => Number(number));

async function shown(page) {
  return numbers(await new Terminal(page, "you").text());
}

async function open(visit) {
  const page = await visit.context.newPage();
  await page.goto(visit.shared.address);
  await page.waitForSelector("html[data-ready]");
  return page;
}

async function type(page, number) {
  await new Terminal(page, "you").input.focus();
  await page.keyboard.type(`echo act${number}\n`);
}

/** Ways in which a page ends. Those that are `told` of it lose nothing at all. */
const ENDS = [
  { told: false, async end(page) {
    const debug = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    debug.send("Page.crash").catch(() => {});
    await crashed;
    await page.close();
  } },
  { told: false, end: (page) => page.close() },
  { told: true, end: (page) => page.goto("about:blank").then(() => page.close()) },
  { told: true, end: (page) => page.reload().then(() => page.close()) },
];

test("pages that are gone at any moment lose nothing that was kept", async (visit) => {
  const next = random(7);
  const watching = visit.page;
  let number = 0;
  let done = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await open(visit);
    assert.deepEqual(await shown(page), done, `round ${round}`);
    for (let count = 1 + Math.floor(next() * 4); count > 0; count -= 1) {
      await type(page, number);
      done.push(number);
      number += 1;
      await page.waitForTimeout(next() * 400);
    }
    const kept = (await keptTexts(watching)).map(numbers).sort((one, other) => other.length - one.length)[0] ?? [];
    const { told, end } = ENDS[Math.floor(next() * ENDS.length)];
    await end(page);
    const after = await open(visit);
    const there = await shown(after);
    assert.deepEqual(there, done.slice(0, there.length), `round ${round}: in order, once`);
    assert.ok(there.length >= (told ? done.length : kept.length), `round ${round}: ${there} of ${done}, ${kept} were kept`);
    done = there;
    await after.close();
  }
  assert.ok(done.length > ROUNDS, `${done.length} of ${number} are there`);
  visit.loaded();
});

test("storage that throws now and then keeps everything in the end", async (visit) => {
  await visit.page.addInitScript(() => {
    let count = 0;
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...values) {
      count += 1;
      if (window.failing && count % 3 === 0) throw new DOMException("full", "QuotaExceededError");
      if (window.failing && count % 5 === 0) this.transaction.abort();
      return put.apply(this, values);
    };
    window.failing = true;
  });
  await visit.goto("");
  const want = [];
  for (let number = 0; number < 20; number += 1) {
    want.push(number);
    await type(visit.page, number);
    await visit.page.waitForTimeout(200);
  }
  await visit.page.evaluate(() => (window.failing = false));
  await isKept(visit.page, "act19");
  const all = await keptTexts(visit.page);
  assert.deepEqual(all.map(numbers), [want], all.join("\n\n"));
  await visit.goto("");
  assert.deepEqual(await shown(visit.page), want);
});

test("a storage that is full keeps what it has, and says how much that is, more than once", { acceptDownloads: true }, async (visit) => {
  await type(visit.page, 0);
  await isKept(visit.page, "act0");
  await visit.page.evaluate(() => {
    IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
  });
  await type(visit.page, 1);
  const told = notice(visit.page, /The first \d acts are kept, the 1 after them are not/);
  await told.waitFor();
  assert.deepEqual(numbers((await saved(visit.page, told.getByRole("button", { name: "Save the sandbox" }))).text), [0, 1]);
  for (let number = 2; number < 28; number += 1) await type(visit.page, number);
  const again = notice(visit.page, /The first \d acts are kept, the 2\d after them are not/);
  await again.waitFor();
  assert.deepEqual(numbers((await saved(visit.page, again.getByRole("button", { name: "Save the sandbox" }))).text).length, 28);
});

/** What a browser saves when this button is pressed. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  let text = "";
  for await (const chunk of await download.createReadStream()) text += chunk;
  return { name: download.suggestedFilename(), text };
}

test("one cut in the middle opens up to there, says so, and is offered as a file and as its commands", { acceptDownloads: true }, async (visit) => {
  for (let number = 0; number < 4; number += 1) {
    await type(visit.page, number);
    await isKept(visit.page, `act${number}`);
  }
  await visit.page.goto("about:blank");
  const other = await visit.context.newPage();
  await other.goto(`${visit.shared.address}manifest.webmanifest`);
  await other.evaluate(async () => {
    const done = (request) => new Promise((go) => (request.onsuccess = () => go(request.result)));
    const parts = (await done(indexedDB.open("nats-kv-playground"))).transaction("parts", "readwrite").objectStore("parts");
    const [keys, texts] = await Promise.all([done(parts.getAllKeys()), done(parts.getAll())]);
    await done(parts.put("nonsense", keys[texts.findIndex((text) => text.includes("act2"))]));
  });
  await visit.goto("");
  const told = notice(visit.page, /“Sandbox 1” is damaged\. This is what was done in it up to there \(\d acts\)/);
  await told.waitFor();
  assert.deepEqual(await shown(visit.page), [0, 1]);
  const file = await saved(visit.page, told.getByRole("button", { name: "Save as a file" }));
  assert.equal(file.name, "Sandbox 1.natskv");
  assert.deepEqual(numbers(file.text), [0, 1, 3]);
  const commands = await saved(visit.page, told.getByRole("button", { name: "Save its commands as text" }));
  assert.deepEqual([commands.name, commands.text], ["Sandbox 1.txt", "# terminal 2\necho act0\necho act1\necho act3\n"]);
  // What is done now is kept beside it.
  await type(visit.page, 9);
  await isKept(visit.page, "act9");
  assert.ok((await keptTexts(visit.page)).some((text) => text.includes("nonsense")), "the damaged one is left as it is");
  await visit.goto("");
  assert.deepEqual(await shown(visit.page), [0, 1, 9]);
});

test("one of a later version says so, is left as it is, and is offered as a file and as its commands", { acceptDownloads: true }, async (visit) => {
  const text = "sandbox 1 1795395723000 7 Of tomorrow\nnats-kv 99 1795395723000\n10 $2 echo act0\n20 §2 what is this\n500 >2\n";
  await visit.page.evaluate((text) => localStorage.setItem("nats-kv-playground.sandbox.5", text), text);
  await visit.goto("");
  const told = notice(visit.page, /“Of tomorrow” cannot be opened: it is from a newer version of this page; reload to get that\. It is left as it is/);
  await told.waitFor();
  assert.ok(text.endsWith((await saved(visit.page, told.getByRole("button", { name: "Save as a file" }))).text));
  assert.equal((await saved(visit.page, told.getByRole("button", { name: "Save its commands as text" }))).text, "# terminal 2\necho act0\n");
  await type(visit.page, 1);
  await isKept(visit.page, "act1");
  await visit.page.getByRole("button", { name: "Sandboxes" }).click();
  const item = visit.page.getByRole("listitem").filter({ has: visit.page.getByRole("button", { name: "Delete (Of tomorrow)" }) });
  assert.match(await item.innerText(), /cannot be opened, but saved as it is: it is from a newer version/);
  assert.equal((await saved(visit.page, item.getByRole("button", { name: "Save its commands as text (Of tomorrow)" }))).name, "Of tomorrow.txt");
  await visit.assertAccessible();
});

test("where IndexedDB is forbidden, localStorage keeps it; and it moves over once that is allowed", async (visit) => {
  const { page } = visit;
  const forbidden = await page.context().newPage();
  await forbidden.addInitScript(() => Object.defineProperty(window, "indexedDB", { get: () => { throw new DOMException("no", "SecurityError"); } }));
  await forbidden.goto(visit.shared.address);
  await forbidden.waitForSelector("html[data-ready]");
  await type(forbidden, 0);
  await type(forbidden, 1);
  await forbidden.waitForFunction(() => Object.values(localStorage).some((value) => value.includes("act1")));
  await forbidden.reload();
  await forbidden.waitForSelector("html[data-ready]");
  assert.deepEqual(await shown(forbidden), [0, 1]);
  await forbidden.close();
  await visit.goto("");
  assert.deepEqual(await shown(page), [0, 1]);
  assert.deepEqual((await keptTexts(page)).map(numbers), [[0, 1]]);
  assert.ok(!(await page.evaluate(() => Object.values(localStorage).some((value) => value.includes("act1")))), "it is there once");
});

test("where nothing can be kept, that is said, and all works", async (visit) => {
  await visit.page.addInitScript(() => {
    const no = { get: () => { throw new DOMException("no", "SecurityError"); } };
    for (const name of ["indexedDB", "localStorage", "sessionStorage"]) Object.defineProperty(window, name, no);
  });
  await visit.goto("");
  await type(visit.page, 0);
  await notice(visit.page, "keeps nothing").waitFor();
  await visit.page.getByRole("button", { name: "Sandboxes" }).click();
  await visit.page.getByRole("button", { name: "New sandbox" }).click();
  await type(visit.page, 1);
  await visit.page.getByRole("button", { name: "Sandboxes" }).click();
  await visit.page.getByRole("button", { name: /^Open \(Sandbox 1/ }).click();
  await eventually(async () => assert.deepEqual(await shown(visit.page), [0]));
});

test("what the page of before has kept moves over", async (visit) => {
  const text = "sandbox 1 1795395723000 7 Of before\nnats-kv 1 1795395723000\n10 $2 echo act0\n20 $2 echo act1\n500 >2\n";
  await visit.page.evaluate((text) => localStorage.setItem("nats-kv-playground.sandbox.5", text), text);
  await visit.goto("");
  assert.deepEqual(await shown(visit.page), [0, 1]);
  assert.ok((await keptTexts(visit.page)).includes(text), "to the letter");
  assert.equal(await visit.page.evaluate(() => localStorage.getItem("nats-kv-playground.sandbox.5")), null);
  await type(visit.page, 2);
  await isKept(visit.page, "act2");
  await visit.goto("");
  assert.deepEqual(await shown(visit.page), [0, 1, 2]);
});

test("what somebody else has put into the database hinders nothing that is kept", async (visit) => {
  await type(visit.page, 0);
  await isKept(visit.page, "act0");
  await visit.page.evaluate(async () => {
    const done = (request) => new Promise((go) => (request.onsuccess = () => go(request.result)));
    const database = await done(indexedDB.open("nats-kv-playground"));
    const transaction = database.transaction(["sandboxes", "parts"], "readwrite");
    const [sandboxes, parts] = ["sandboxes", "parts"].map((name) => transaction.objectStore(name));
    const [id] = await done(sandboxes.getAllKeys());
    [1, null, {}, [1, 2], new Uint8Array(9), ""].forEach((head, at) => sandboxes.put(head, 900 + at));
    for (const key of ["text", -1, 1e300, id + 0.5, [1, 2], new Date()]) sandboxes.put("nothing", key);
    for (const key of [[id, "text"], [id, 0.5], [id, 1e300], [id], 7, "text"]) parts.put(1, key);
    await new Promise((go) => (transaction.oncomplete = go));
    database.close();
  });
  await visit.goto("");
  assert.deepEqual(await shown(visit.page), [0]);
  await type(visit.page, 1);
  await isKept(visit.page, "act1");
  await visit.goto("");
  assert.deepEqual(await shown(visit.page), [0, 1]);
});
