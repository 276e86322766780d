// Terminals side by side, and what a shell user does in them.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { keptTexts } from "../kept.mjs";
import { activeTab, buckets, notice, tabNames, tabs, terminalNames, terminals } from "../parts.mjs";

test("those that were used last stand side by side", async (visit) => {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await visit.terminal("you").run("nats kv add B");
  assert.deepEqual(await terminalNames(visit.page), ["server", "you"]);
  await visit.page.getByRole("button", { name: "Open another terminal" }).click();
  const third = activeTab(visit.page);
  const name = (await third.innerText()).trim();
  await visit.terminal(name).run("nats kv watch B");
  await visit.terminal("you").select();
  await visit.terminal("you").run("nats kv put B k v");
  assert.deepEqual(await terminalNames(visit.page), ["you", name]);
  assert.match(await visit.terminal(name).text(), /PUT.*B > k: v/);
  assert.equal(await tabs(visit.page).filter({ hasText: name }).getByTestId("unread").count(), 0, "what is in sight is read");
  assert.equal(await tabs(visit.page).filter({ hasText: "server" }).getByTestId("unread").count(), 0, "it printed nothing since");
  await visit.page.getByRole("button", { name: "1 terminal" }).click();
  await visit.terminal("you").run("nats kv put B k w");
  assert.match(await tabs(visit.page).filter({ hasText: name }).getByTestId("unread").innerText(), /^1/);
  await visit.terminal(name).select();
  await visit.page.getByRole("button", { name: `Close ${name}` }).click();
  await visit.page.getByRole("button", { name: "End it and close" }).click();
  assert.equal(await tabs(visit.page).count(), 2);
});

test("completion is a list that is read out, and history comes back", async (visit) => {
  const you = visit.terminal("you");
  await you.type("nats kv pu");
  await you.press("Tab");
  const options = visit.page.getByRole("listbox").getByRole("option");
  assert.deepEqual((await options.allInnerTexts()).map((text) => text.split(/\s/)[0]).sort(), ["purge", "put"]);
  await you.press("Tab");
  const described = await you.input.getAttribute("aria-activedescendant");
  assert.equal(await visit.page.locator(`#${described}`).getAttribute("aria-selected"), "true");
  await visit.assertAccessible();
  await visit.screenshot("terminals-completion");
  await you.press("Escape");
  await you.press("Control+u");
  await you.run("nats kv ls");
  await you.press("ArrowUp");
  assert.equal(await you.input.inputValue(), "nats kv ls");
  await you.press("Control+c");
  await you.press("Control+r");
  await you.type("kv l");
  assert.match(await you.root.getByTestId("line").innerText(), /search:[\s\S]*nats kv ls/);
  await you.press("Enter");
});

test("a bucket is picked from a list, with arrows or by typing", async (visit) => {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  const you = visit.terminal("you");
  for (const name of ["apple", "banana", "cherry"]) await you.run(`nats kv add ${name}`);
  const line = you.root.getByTestId("line");
  await you.run("nats kv info");
  assert.match(await line.innerText(), /\? Select a Bucket .*\n> apple\n  banana\n  cherry/);
  await you.press("ArrowUp", "ArrowUp");
  assert.match(await line.innerText(), /\n  apple\n> banana\n  cherry/);
  await visit.assertAccessible();
  await visit.screenshot("terminals-picker");
  await you.press("Enter");
  assert.match(await you.last(), /^\? Select a Bucket banana\nInformation for Key-Value Store Bucket banana/);
  await you.run("nats kv info");
  await you.type("CH");
  assert.doesNotMatch(await line.innerText(), /apple|banana/);
  await you.type("x");
  await you.press("Enter");
  assert.match(await line.innerText(), /Select a Bucket CHx/);
  await you.press("Backspace", "Enter");
  assert.match(await you.last(), /Bucket cherry/);
  await you.run("nats kv rm apple");
  await you.type("perhaps");
  await you.press("Enter");
  assert.match(await line.innerText(), /"perhaps" is not a valid answer[^]*\? Delete bucket apple\? \(y\/N\)/);
  await you.press("Control+c");
  assert.match(await you.last(), /perhaps[^]*\? Delete bucket apple\? \(y\/N\)\s*\nnats: error: interrupt/);
  await you.run("nats pub subject");
  await you.type("typed");
  await you.press("Enter", "Control+d");
  assert.match(await you.last(), /Published 6 bytes to "subject"/);
});

test("a pasted page of documentation is a list of commands, and nothing runs unasked", async (visit) => {
  const you = visit.terminal("you");
  await you.input.focus();
  const text = "First make a bucket:\n\n$ nats account info\nAccount Information\n$ nats kv ls\nNo Key-Value buckets found\n";
  await visit.page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  const list = visit.page.getByRole("region", { name: "Pasted commands" });
  assert.deepEqual(await list.getByRole("listitem").allInnerTexts(), ["nats account info", "nats kv ls"]);
  assert.equal(await you.blocks.count(), 0);
  await visit.assertAccessible();
  await visit.screenshot("terminals-paste");
  await list.getByRole("button", { name: "Run all" }).click();
  await you.blocks.nth(1).waitFor();
  assert.match(await you.text(), /Connected Server Version/);
});

test("Stop is a button, Ctrl-C copies what is selected", async (visit) => {
  const server = visit.terminal("server");
  await server.root.getByRole("button", { name: "Stop" }).click();
  assert.match(await server.text(), /Server Exiting/);
  assert.equal(await server.root.getAttribute("data-running"), "false");
  await visit.page.waitForFunction(() => document.activeElement.matches("textarea"));
  await visit.page.keyboard.type("nats-server -js\n");
  await visit.page.waitForFunction(() => document.querySelector("[data-testid=terminal][data-running=true]"));
  await server.press("Control+c");
  await server.type("nats server");
  await visit.page.keyboard.press("Shift+Home");
  await visit.page.keyboard.press("Control+c");
  assert.equal(await server.input.inputValue(), "nats server", "the line is not cancelled");
});

test("what was done is there again after a reload, and after a fall", async (visit) => {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await visit.terminal("you").run("nats kv add KEPT");
  await visit.terminal("you").run("nats kv put KEPT key value");
  const before = await visit.terminal("you").text();
  await visit.goto("");
  assert.equal(await visit.terminal("you").text(), before);
  assert.match(await buckets(visit.page).innerText(), /KEPT[\s\S]*key[\s\S]*value/);
  await visit.page.getByRole("button", { name: "Start over" }).click();
  assert.equal(await buckets(visit.page).count(), 0);
});

test("a line that is half typed is there again after a reload, in its terminal and sandbox", async (visit) => {
  await visit.terminal("you").run("echo mine");
  await visit.terminal("you").type("nats kv put 'half");
  await visit.terminal("server").type("later");
  await visit.goto("");
  assert.equal(await visit.terminal("you").input.inputValue(), "nats kv put 'half");
  assert.equal(await visit.terminal("server").input.inputValue(), "later");
  await visit.terminal("you").press("End", "'");
  assert.equal(await visit.terminal("you").input.inputValue(), "nats kv put 'half'");
  await visit.page.getByRole("button", { name: /^Sandboxes/ }).click();
  await visit.page.getByRole("dialog").getByRole("button", { name: "New sandbox" }).click();
  assert.equal(await visit.terminal("you").input.inputValue(), "");
  await visit.goto("");
  assert.match(await visit.terminal("you").text(), /mine/, "a sandbox without a command was not kept");
  assert.equal(await visit.terminal("you").input.inputValue(), "");
});

test("how many stand side by side is the same at the next visit", async (visit) => {
  await visit.page.getByRole("button", { name: "3 side by side" }).click();
  await visit.page.getByRole("button", { name: "Open another terminal" }).click();
  assert.equal(await terminals(visit.page).count(), 3);
  await visit.goto("");
  assert.equal(await terminals(visit.page).count(), 3);
  assert.equal(await visit.page.getByRole("button", { name: "3 side by side" }).getAttribute("aria-pressed"), "true");
});

test("the tab of the terminal that is turned to is in sight", { viewport: { width: 380, height: 740 }, hasTouch: true }, async (visit) => {
  await visit.page.getByRole("navigation").getByRole("button", { name: "Terminals" }).click();
  const inSight = () =>
    activeTab(visit.page).evaluate((tab) => {
      const [inner, outer] = [tab.getBoundingClientRect(), tab.closest("ul").getBoundingClientRect()];
      return inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
    });
  for (let count = 0; count < 5; count++) {
    await visit.page.getByRole("button", { name: "Open another terminal" }).click();
    assert.ok(await inSight(), `the new one, ${count}`);
  }
  await visit.screenshot("tabs-380");
  await visit.page.getByRole("navigation").getByRole("button", { name: "Lesson" }).click();
  await visit.page.getByRole("button", { name: /^Run \(you/ }).first().click();
  assert.ok(await inSight(), "that of a button of the lesson");
  assert.equal(await visit.page.evaluate(() => scrollX + scrollY), 0);
});

test("what is kept and cannot be read gives a new playground and a quiet line", async (visit) => {
  await visit.terminal("you").run("echo mine");
  const broken = "sandbox 1 1 1 Broken one\nnats-kv 1 0\n…";
  await visit.page.evaluate(async (text) => {
    sessionStorage.clear();
    localStorage.clear();
    await new Promise((go) => (indexedDB.deleteDatabase("nats-kv-playground").onsuccess = go));
    localStorage.setItem("nats-kv-playground.sandbox.5", text);
    // What is kept when a page is left must not hide it.
    Storage.prototype.setItem = IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); };
  }, broken);
  await visit.goto("");
  await visit.assertTold(/“Broken one” cannot be opened: it is damaged in line 2/);
  await visit.terminal("you").run("echo anew");
  assert.ok((await keptTexts(visit.page)).includes(broken), "it is left as it is");
  await visit.page.getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await notice(visit.page).count(), 0);
});

test("closing a terminal in which something runs asks first", async (visit) => {
  const { page } = visit;
  const close = page.getByRole("button", { name: "Close server" });
  await visit.terminal("server").select();
  await close.click();
  assert.equal(await tabs(page).count(), 2, "it is still there");
  await visit.assertTold(/Something runs in server\. Closing it ends that/);
  await visit.assertAccessible();
  await page.getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await visit.terminal("server").root.getAttribute("data-running"), "true");
  await close.click();
  await page.getByRole("button", { name: "End it and close" }).click();
  assert.equal(await tabs(page).count(), 1);
  await visit.assertTold(/Terminal server is closed/);
  // What runs in the background counts; where nothing runs, nothing is asked.
  await page.getByRole("button", { name: "Open another terminal" }).click();
  const other = (await activeTab(page).innerText()).trim();
  await visit.terminal(other).run("sleep 100 &");
  await page.getByRole("button", { name: `Close ${other}` }).click();
  await visit.assertTold(/Something runs in/);
  await page.getByRole("button", { name: `Close ${other}` }).click();
  assert.equal(await tabs(page).count(), 1, "a second time is an answer");
  await page.getByRole("button", { name: "Open another terminal" }).click();
  await page.getByRole("button", { name: /^Close (?!you)/ }).click();
  assert.equal(await tabs(page).count(), 1);
});

test("a closed terminal comes back where it was, and its author is known meanwhile", async (visit) => {
  const { page } = visit;
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  const you = visit.terminal("you");
  await you.run("nats kv add B --history 3");
  await you.run("nats kv put B k v");
  await page.getByRole("button", { name: "Open another terminal" }).click();
  const third = (await activeTab(page).innerText()).trim();
  await you.select();
  const names = await tabNames(page);
  const before = await you.text();
  await page.getByRole("button", { name: "Close you" }).click();
  await page.getByRole("status").filter({ hasText: "Terminal you is closed." }).waitFor();
  await page.waitForFunction(() => document.activeElement.localName === "textarea");
  await visit.assertAccessible();
  assert.match(await buckets(page).innerText(), /\bk\b[^]*\byou\b/, "the picture knows who wrote");
  await visit.screenshot("terminals-closed");
  await notice(page).getByRole("button", { name: "Take it back" }).click();
  assert.deepEqual(await tabNames(page), names);
  assert.equal(await you.text(), before);
  await page.waitForFunction(() => document.activeElement.closest("[data-terminal]")?.dataset.terminal === "you");
  await you.press("ArrowUp");
  assert.equal(await you.input.inputValue(), "nats kv put B k v");
  assert.equal(await notice(page).count(), 0);
  // It is taken back in what is kept as well.
  await visit.goto("");
  assert.equal(await you.text(), before);
  // A notice is gone soon; the menu still has it, after a reload too.
  await visit.terminal(third).select();
  await page.getByRole("button", { name: `Close ${third}` }).click();
  await visit.goto("");
  assert.equal((await tabNames(page)).includes(third), false);
  await page.getByRole("button", { name: /^Rename or move/ }).click();
  await page.getByRole("button", { name: `Take back ${third}` }).click();
  assert.deepEqual(await tabNames(page), names);
});
