// What a screen reader is told without being asked, and how somebody reads who does not see.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { announcement } from "../parts.mjs";

const spoken = ({ page }) => announcement(page);

async function withJetStream(visit) {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
}

test("a sentence for each command: put, get, an error, much output", async (visit) => {
  const you = visit.terminal("you");
  await withJetStream(visit);
  await you.run("nats kv add B");
  assert.match(await spoken(visit), /^you: Information for Key-Value Store Bucket B created [^…]* … \d+ lines of output, Alt and Up to read them\./);
  await you.run("nats kv put B k hello");
  assert.equal(await spoken(visit), "you: hello");
  await you.run("nats kv get B k --raw");
  assert.equal(await spoken(visit), "you: hello");
  await you.run("nats kv get B nothing");
  assert.match(await spoken(visit), /^you: nats: error: .*not found/);
  await you.run("true");
  assert.equal(await spoken(visit), "you: done.");
  await you.run("false");
  assert.equal(await spoken(visit), "you: failed.");
  await visit.page.getByRole("button", { name: "DE", exact: false }).first().click();
  await you.run("true");
  assert.equal(await spoken(visit), "you: fertig.");
});

test("the same sentence twice is two sentences", async (visit) => {
  const you = visit.terminal("you");
  const said = () => visit.page.getByTestId("announcement").textContent();
  await you.run("echo same");
  const first = await said();
  await you.run("echo same");
  assert.notEqual(await said(), first);
  assert.equal((await said()).trim(), first.trim());
});

test("of a watcher it is only said now and then how much came", async (visit) => {
  await visit.page.clock.install();
  await visit.goto("");
  await withJetStream(visit);
  const you = visit.terminal("you");
  await you.run("nats kv add B");
  await you.run("nats kv watch B &");
  const heard = new Set();
  for (let second = 0; second < 12; second++) {
    await you.run(`nats kv put B k ${second} >/dev/null`);
    await visit.page.clock.runFor(1000);
    const sentence = await spoken(visit);
    if (sentence.startsWith("New lines")) heard.add(`${second}: ${sentence}`);
  }
  assert.ok(heard.size <= 5, [...heard].join("; "));
});

test("Alt with Up and Down goes through the commands, and back to the line", async (visit) => {
  const you = visit.terminal("you");
  await you.run("echo one");
  await you.run("echo two");
  const at = () => visit.page.evaluate(() => document.activeElement.innerText ?? "");
  await visit.page.keyboard.press("Alt+ArrowUp");
  assert.match(await at(), /echo two/);
  await visit.page.keyboard.press("Alt+ArrowUp");
  assert.match(await at(), /echo one/);
  await visit.page.keyboard.press("Alt+ArrowDown");
  await visit.page.keyboard.press("Alt+ArrowDown");
  assert.ok(await you.input.evaluate((field) => field === document.activeElement));
});

test("how much is said is chosen, and is the same at the next visit", async (visit) => {
  const you = visit.terminal("you");
  const choose = async (name) => {
    await visit.page.getByRole("button", { name: "Help" }).click();
    const dialog = visit.page.getByRole("dialog", { name: "Help" });
    await dialog.getByRole("button", { name, exact: true }).click();
    assert.equal(await dialog.getByRole("button", { name, exact: true }).getAttribute("aria-pressed"), "true");
    await visit.assertAccessible();
    await visit.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  };
  await you.run("seq 7");
  assert.equal(await spoken(visit), "you: 1 2 … 7 lines of output, Alt and Up to read them.");
  await choose("All output");
  await you.run("seq 8");
  assert.equal(await spoken(visit), "you: 1 2 3 4 5 6 7 8");
  await visit.goto("");
  await you.run("seq 9");
  assert.equal(await spoken(visit), "you: 1 2 3 4 5 6 7 8 9");
  await choose("No output");
  await you.run("seq 3");
  assert.equal(await spoken(visit), "you: 1 2 3 4 5 6 7 8 9");
});

test("a question is spoken, and a list of suggestions", async (visit) => {
  const you = visit.terminal("you");
  await withJetStream(visit);
  await you.run("nats kv add B");
  await you.run("nats kv put B k v");
  await you.run("nats kv del B k");
  assert.equal(await spoken(visit), "you asks: ? Delete key B > k? (y/N)");
  await you.run("n");
  await you.type("nats kv pu");
  await you.press("Tab");
  assert.equal(await spoken(visit), "2 suggestions; Tab goes through them.");
});

test("a reload does not read out what was said before", async (visit) => {
  await visit.terminal("you").run("echo past");
  assert.equal(await spoken(visit), "you: past");
  await visit.goto("");
  assert.match(await visit.terminal("you").text(), /past/);
  assert.doesNotMatch(await spoken(visit), /past|server/);
  await visit.terminal("you").run("echo present");
  assert.equal(await spoken(visit), "you: present");
});

test("a notice is read out by itself, without its buttons and what was said before", async (visit) => {
  await visit.terminal("server").select();
  await visit.page.getByRole("button", { name: "Close server" }).click();
  const region = visit.page.getByRole("status").filter({ hasText: "Closing it ends that" });
  await region.waitFor();
  assert.equal(await region.getByRole("button").count(), 0);
  assert.equal(await region.getByTestId("announcement").count(), 0);
});
