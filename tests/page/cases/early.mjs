// What one can do before the program is there, and that nothing of it is lost when it comes.

import assert from "node:assert/strict";
import { deflateRawSync } from "node:zlib";
import { test } from "../harness.mjs";
import { pane, terminals } from "../parts.mjs";

/** The fragment of an address that holds a journal. */
const pack = (journal) => `#v1=${deflateRawSync(journal.slice("nats-kv ".length)).toString("base64url")}`;

/** The one field that there is before the program comes. */
const input = (page) => terminals(page).getByRole("textbox", { includeHidden: true });

/** Opens the page, whose program comes when `come` is called. */
async function early(visit, path = "") {
  let come;
  const gate = new Promise((open) => (come = open));
  const page = visit.page;
  await page.addInitScript(() => {
    window.shifts = [];
    const note = (list) => list.getEntries().forEach(({ value }) => window.shifts.push(value));
    new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
  });
  await page.route(/_bg\.wasm$/, (route) => gate.then(() => route.continue()));
  await page.goto("about:blank");
  await page.goto(visit.shared.address + path, { waitUntil: "commit" });
  await page.locator("nav button").first().waitFor({ state: "attached" });
  await page.waitForFunction(() => document.documentElement.dataset.theme);
  return async () => {
    const field = await input(page).elementHandle();
    come();
    await page.waitForSelector("html[data-ready]");
    await page.waitForLoadState("networkidle");
    visit.loaded();
    return field;
  };
}

const state = (field) =>
  field.evaluate((it) => ({ text: it.value, caret: it.selectionStart, focused: it === document.activeElement, name: it.closest("[data-testid=terminal]")?.dataset.terminal }));

const shown = ({ page }) => terminals(page).and(page.locator("[data-active=true]")).getByTestId("transcript").innerText();

test("what is typed is seen at once, kept, and run in order; the field stays the same", async (visit) => {
  const { page } = visit;
  const come = await early(visit);
  await page.keyboard.type("nats kv ls");
  await page.keyboard.press("Enter");
  await page.keyboard.type("echo 'one");
  await page.keyboard.press("Enter");
  await page.keyboard.type("two'");
  await page.keyboard.press("Enter");
  await page.keyboard.type("echo on");
  await page.keyboard.press("ArrowLeft");
  assert.equal((await shown(visit)).replace(/\n+/g, "\n"), "you$ nats kv ls\nyou$ echo 'one\nyou$ two'");
  await visit.assertAccessible();
  await visit.screenshot("early");
  const field = await come();
  assert.deepEqual(await state(field), { text: "echo on", caret: 6, focused: true, name: "you" });
  const lines = (await shown(visit)).split("\n").filter((line) => line);
  assert.equal(lines[0], "you$ nats kv ls");
  assert.match(lines[1], /no responders/);
  assert.deepEqual(lines.slice(-4), ["you$ echo 'one", "two'", "one", "two"]);
  await page.keyboard.type("c");
  assert.equal(await field.inputValue(), "echo ocn");
});

test("Tab completes, once that can be done", async (visit) => {
  const come = await early(visit);
  await visit.page.keyboard.type("nats acc");
  await visit.page.keyboard.press("Tab");
  const field = await come();
  assert.deepEqual(await state(field), { text: "nats account ", caret: 13, focused: true, name: "you" });
});

test("what is typed into a link is done in the world that it brings", async (visit) => {
  const come = await early(visit, pack("nats-kv 1 1795395723000 7 120\n700 $2 echo brought\n"));
  await visit.page.keyboard.type("echo mine");
  await visit.page.keyboard.press("Enter");
  await visit.page.keyboard.type("ech");
  const field = await come();
  const lines = (await shown(visit)).split("\n").filter((line) => line);
  assert.deepEqual(lines, ["you$ echo brought", "brought", "you$ echo mine", "mine"]);
  assert.deepEqual(await state(field), { text: "ech", caret: 3, focused: true, name: "you" });
});

test("of what is pasted as several lines, nothing runs", async (visit) => {
  const { page } = visit;
  const come = await early(visit);
  await page.keyboard.insertText("echo one\necho two");
  await page.keyboard.press("Enter");
  await page.keyboard.type("x");
  const field = await come();
  assert.equal((await state(field)).text, "x");
  assert.deepEqual(await page.getByRole("region", { name: "Pasted commands" }).getByRole("listitem").allInnerTexts(), ["echo one", "echo two"]);
  assert.equal(await shown(visit), "");
});

test("an input method goes on with its word", async (visit) => {
  const { page } = visit;
  const come = await early(visit);
  const debug = await visit.context.newCDPSession(page);
  await page.keyboard.type("echo ");
  await debug.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  const field = await come();
  await debug.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  await debug.send("Input.insertText", { text: "日本" });
  assert.equal((await state(field)).text, "echo 日本");
});

for (const [name, options, path] of [
  ["wide", {}, ""],
  ["in German", {}, "?lang=de"],
  ["narrow", { viewport: { width: 380, height: 740 }, hasTouch: true }, ""],
  ["a terminal alone", { viewport: { width: 600, height: 400 } }, "?layout=terminal&theme=dark"],
]) {
  test(`nothing jumps when the program comes: ${name}`, options, async (visit) => {
    const come = await early(visit, path);
    const words = () => visit.page.locator("h1, [data-testid=lesson-title], nav button").evaluateAll((all) => all.map((it) => it.firstChild.data));
    const before = await words();
    await visit.assertAccessible();
    await visit.screenshot(`early-${name}`);
    await come();
    assert.deepEqual(await words(), before);
    const moved = (await visit.page.evaluate(() => window.shifts)).reduce((sum, value) => sum + value, 0);
    assert.ok(moved < 0.005, `layout shift ${moved}`);
  });
}

test("on a narrow screen, the part that was turned to stays", { viewport: { width: 380, height: 740 } }, async (visit) => {
  const come = await early(visit);
  await visit.page.getByRole("button", { name: "Terminals" }).click();
  await input(visit.page).fill("echo one");
  const field = await come();
  assert.ok(await pane(visit.page, "terminals").isVisible());
  assert.equal((await state(field)).text, "echo one");
});

test("in a sandbox that is kept, it goes to the terminal that was active", async (visit) => {
  await visit.page.getByRole("button", { name: "Open another terminal" }).click();
  await visit.page.keyboard.type("echo kept");
  await visit.page.keyboard.press("Enter");
  await visit.page.keyboard.type("half");
  const come = await early(visit);
  const prompt = await input(visit.page).evaluate((field) => field.labels[0].innerText);
  await visit.page.keyboard.type("echo early");
  await visit.page.keyboard.press("Enter");
  await visit.page.keyboard.type(" typed");
  const field = await come();
  const { text, name, focused } = await state(field);
  assert.deepEqual({ text, focused }, { text: "half typed", focused: true });
  assert.equal(prompt.split(/\s/).at(-1), `${name}$`);
  assert.deepEqual((await shown(visit)).split("\n").filter((line) => line), [`${name}$ echo kept`, "kept", `${name}$ echo early`, "early"]);
});

test("where the program cannot be loaded, that is said, and what was typed is there", { mayComplain: true }, async (visit) => {
  const { page } = visit;
  await page.route(/_bg\.wasm$/, (route) => new Promise((go) => setTimeout(go, 500)).then(() => route.abort()));
  await page.goto("about:blank");
  await page.goto(visit.shared.address, { waitUntil: "commit" });
  await page.waitForFunction(() => document.activeElement?.matches("textarea"));
  await page.keyboard.type("echo one");
  await page.keyboard.press("Enter");
  await page.keyboard.type("echo two");
  const notice = page.getByRole("alertdialog", { name: "The playground could not be loaded" });
  await notice.waitFor();
  assert.match(await notice.getByRole("textbox").inputValue(), /you\$ echo one\necho two/);
  await visit.assertAccessible();
  visit.loaded();
});

test("without JavaScript, that is said", { javaScriptEnabled: false, mayComplain: true, blank: true }, async (visit) => {
  await visit.page.goto(visit.shared.address);
  assert.ok(await visit.page.locator("noscript > p").isVisible());
  assert.ok(!(await input(visit.page).isVisible()));
  visit.loaded();
});
