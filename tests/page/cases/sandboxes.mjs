// Several worlds are kept beside each other, and nothing of them is lost.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { eventually, isKept, keptTexts } from "../kept.mjs";
import { notice } from "../parts.mjs";
import { Terminal } from "../terminal.mjs";

const NAMES = (page) => page.getByRole("textbox", { name: "Name of the sandbox" }).evaluateAll((all) => all.map((one) => one.value));

async function sandboxes({ page }) {
  await page.getByRole("button", { name: "Sandboxes" }).click();
  return page.getByRole("dialog", { name: "Sandboxes" });
}

test("are made, named, changed between, copied, deleted and had back", async (visit) => {
  const { page } = visit;
  await visit.terminal("you").run("echo one");
  let dialog = await sandboxes(visit);
  const field = dialog.getByRole("textbox").first();
  assert.equal(await field.inputValue(), "Sandbox 1");
  await field.fill("My locks");
  await field.press("Enter");
  await visit.assertAccessible();
  await dialog.getByRole("button", { name: "New sandbox" }).click();
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.doesNotMatch(await visit.terminal("you").text(), /one/);
  await visit.terminal("you").run("echo two");
  dialog = await sandboxes(visit);
  assert.deepEqual(await NAMES(page), ["Sandbox 1", "My locks"]);
  await visit.screenshot("sandboxes");
  await dialog.getByRole("button", { name: "Duplicate (My locks)" }).click();
  await eventually(async () => assert.deepEqual((await NAMES(page)).sort(), ["My locks", "My locks (2)", "Sandbox 1"]));
  await dialog.getByRole("button", { name: "Delete (Sandbox 1)" }).click();
  await eventually(async () => assert.deepEqual((await NAMES(page)).sort(), ["My locks", "My locks (2)"]));
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.textContent), "Bring it back"));
  await dialog.getByRole("button", { name: "Bring it back" }).click();
  await eventually(async () => assert.deepEqual((await NAMES(page)).sort(), ["My locks", "My locks (2)", "Sandbox 1"]));
  await dialog.getByRole("button", { name: "Open (My locks)", exact: true }).click();
  await eventually(async () => assert.match(await visit.terminal("you").text(), /echo one\s+one/));
  await visit.goto("");
  assert.match(await visit.terminal("you").text(), /echo one\s+one/, "a reload stays there");
});

test("in two tabs do not write over each other", async (visit) => {
  await visit.terminal("you").run("echo first");
  await isKept(visit.page, "echo first");
  const second = await visit.context.newPage();
  await second.goto(visit.page.url());
  await second.waitForSelector("html[data-ready]");
  await new Terminal(second, "you").input.focus();
  await second.keyboard.type("echo second\n");
  await isKept(second, "echo second");
  await visit.terminal("you").run("echo third");
  await notice(visit.page, "changed in another tab").waitFor();
  await isKept(visit.page, "echo third");
  const worlds = await keptTexts(visit.page);
  assert.equal(worlds.length, 2);
  assert.ok(worlds.some((text) => / Sandbox 1\n/.test(text) && text.includes("second") && !text.includes("third")));
  assert.ok(worlds.some((text) => / Sandbox 1 \(2\)\n/.test(text) && text.includes("third") && !text.includes("second")));
  visit.loaded();
});

test("that are damaged hinder no others, and can be saved", { acceptDownloads: true }, async (visit) => {
  await visit.terminal("you").run("echo whole");
  await isKept(visit.page, "echo whole");
  await visit.page.evaluate(() => localStorage.setItem("nats-kv-playground.sandbox.77", "???"));
  await visit.goto("");
  assert.match(await visit.terminal("you").text(), /whole/);
  const dialog = await sandboxes(visit);
  assert.match(await dialog.innerText(), /Damaged/);
  const [download] = await Promise.all([
    visit.page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Save as a file (77)" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "77.natskv");
  await dialog.getByRole("button", { name: "Delete (77)" }).click();
  assert.deepEqual(await NAMES(visit.page), ["Sandbox 1"]);
});

test("are saved as files and opened from them, by choosing and by dropping", { acceptDownloads: true }, async (visit) => {
  await visit.terminal("you").run("echo 'in the file'");
  await visit.page.getByRole("button", { name: "Share" }).click();
  const [download] = await Promise.all([
    visit.page.waitForEvent("download"),
    visit.page.getByRole("button", { name: "Save the sandbox" }).click(),
  ]);
  let text = "";
  for await (const chunk of await download.createReadStream()) text += chunk;
  assert.match(text, /^nats-kv \d+ \d+/);
  const other = await visit.another();
  await other.goto("");
  await other.terminal("you").run("echo own");
  const dialog = await sandboxes(other);
  const choose = async (name, content) => {
    const [chooser] = await Promise.all([other.page.waitForEvent("filechooser"), dialog.getByRole("button", { name: "Open a file" }).click()]);
    await chooser.setFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
  };
  await choose("picture.png", "\u0089PNG");
  await dialog.getByText(/“picture.png” cannot be opened: it is damaged/).waitFor();
  await choose("huge.natskv", "x".repeat(5 << 20));
  await dialog.getByText(/“huge.natskv” cannot be opened: it is longer/).waitFor();
  await choose("lesson.natskv", text);
  await notice(other.page, "The file is open as “lesson”").waitFor();
  assert.match(await other.terminal("you").text(), /in the file/);
  await other.page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "lesson.natskv"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, text);
  await notice(other.page, "The file is open as “lesson (2)”").waitFor();
  await sandboxes(other);
  assert.deepEqual((await NAMES(other.page)).sort(), ["Sandbox 1", "lesson", "lesson (2)"]);
});

test("that were begun again can be had back", async (visit) => {
  await visit.terminal("you").run("echo precious");
  await visit.page.getByRole("button", { name: "Start over" }).click();
  assert.doesNotMatch(await visit.terminal("you").text(), /precious/);
  await visit.page.getByRole("button", { name: "Take it back" }).click();
  assert.match(await visit.terminal("you").text(), /precious/);
});

test("cost one quiet line where storage is full", async (visit) => {
  await visit.page.evaluate(() => {
    const full = () => { throw new DOMException("full", "QuotaExceededError"); };
    Storage.prototype.setItem = IDBObjectStore.prototype.put = full;
  });
  await visit.terminal("you").run("echo one");
  await notice(visit.page, /Nothing of this sandbox is kept, since this browser has no more room for this page/).waitFor();
  await visit.page.getByRole("button", { name: "Dismiss" }).click();
  await visit.terminal("you").run("echo two");
  await visit.page.waitForTimeout(1500);
  assert.equal(await notice(visit.page).count(), 0);
});

test("at 320 pixels, dark and in German", { viewport: { width: 320, height: 640 }, hasTouch: true, colorScheme: "dark", locale: "de-DE" }, async (visit) => {
  await visit.page.getByRole("button", { name: "Sandkästen" }).tap();
  const dialog = visit.page.getByRole("dialog", { name: "Sandkästen" });
  await visit.assertAccessible();
  await visit.screenshot("sandboxes-320");
  const over = await dialog.evaluate((one) => one.scrollWidth - one.clientWidth);
  assert.ok(over <= 0, `nothing hangs over: ${over}`);
  const bar = await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(bar <= 0, `nor does the bar: ${bar}`);
});

for (const [name, options] of [
  ["light", {}],
  ["dark", { colorScheme: "dark" }],
  ["in forced colours", { forcedColors: "active" }],
  ["in forced colours, dark", { forcedColors: "active", colorScheme: "dark" }],
]) {
  test(`the dialog, ${name}`, options, async (visit) => {
    await visit.terminal("you").run("echo one");
    const dialog = await sandboxes(visit);
    await dialog.getByRole("button", { name: "Duplicate" }).click();
    await dialog.getByRole("button", { name: /^Delete/ }).last().click();
    await visit.assertAccessible();
    await visit.screenshot(`sandboxes-${name.replace(/\W+/g, "-")}`);
  });
}

test("one that takes its time is opened from the list, where the storage answers at once", async (visit) => {
  const { page } = visit;
  await page.addInitScript(() => Object.defineProperty(window, "indexedDB", { get: () => { throw new DOMException("no", "SecurityError"); } }));
  const journal = "nats-kv 1 1795395723000\n10 ^1\n10 $1 nats-server -js\n90 $2 nats kv add b\n10 $2 for i in $(seq 1 2000); do nats kv put b k$i $i; done\n600000 $2 nats kv ls b | tail -n 1\n5 >2\n";
  await page.evaluate((text) => localStorage.setItem("nats-kv-playground.sandbox.5", text), `sandbox 1 1795395723000 7 Long\n${journal}`);
  await visit.goto("?step=1");
  const dialog = await sandboxes(visit);
  await dialog.getByRole("button", { name: "Open (Long)" }).click();
  await eventually(async () => assert.match(await visit.terminal("you").text(), /k2000/));
  assert.equal(await notice(page, "stopped").count(), 0);
});
