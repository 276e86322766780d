// What a terminal shows can be used: pointed at, or reached by keys.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";

async function begin(visit, narrow) {
  if (narrow) await visit.page.getByRole("navigation").getByRole("button", { name: "Terminals" }).click();
  await visit.terminal("server").select();
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  const you = visit.terminal("you");
  await you.select();
  await you.run("nats kv add my-kv --history 3");
  for (const value of ["Value1", "Value2"]) await you.run(`nats kv put my-kv Key1 ${value}`);
  return you;
}

/** Points at a word in the last output of a terminal. */
async function point(visit, terminal, word, how = "click") {
  const place = await terminal.root.getByTestId("output").last().evaluate((output, word) => {
    const walker = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const at = text.data.indexOf(word);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + word.length);
      const box = range.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }
  }, word);
  assert.ok(place, `${word} is shown`);
  if (how === "tap") await visit.page.touchscreen.tap(...place);
  else await visit.page.mouse.click(...place);
}

const menu = (terminal) => terminal.root.getByRole("region", { name: "Use keys, values, revisions and files" });
const uses = (terminal) => menu(terminal).getByTestId("uses").getByRole("button").allInnerTexts();

test("a revision of a history is pointed at, and updated from", async (visit) => {
  const you = await begin(visit);
  await visit.page.getByRole("button", { name: "1 terminal" }).click();
  await you.run("nats kv history my-kv Key1");
  await point(visit, you, "Value1");
  const all = ["Get this", "Get revision 1", "History", "Update from revision 1", "Copy Key1", "Copy Value1", "Copy 1", "Dismiss"];
  assert.deepEqual(await uses(you), all);
  await visit.assertAccessible();
  await visit.screenshot("things-1280");
  await menu(you).getByRole("button", { name: "Update from revision 1" }).click();
  assert.equal(await you.input.inputValue(), "nats kv update my-kv Key1 Value1 1", "it is put there, and does not run");
  await point(visit, you, "Length");
  assert.match(await menu(you).innerText(), /revision 1/, "what names nothing changes nothing");
  await menu(you).getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await menu(you).count(), 0);
});

test("a watcher's line, a header and the name of a bucket", async (visit) => {
  const you = await begin(visit);
  await point(visit, you, "Value2");
  assert.deepEqual((await uses(you)).slice(0, 3), ["Get this", "History", "Update from revision 2"]);
  await you.run("nats kv get my-kv Key1");
  await point(visit, you, "Key1");
  assert.match(await menu(you).innerText(), /my-kv > Key1, revision 2/);
  await you.run("nats kv ls");
  await point(visit, you, "my-kv");
  await menu(you).getByRole("button", { name: "List its keys" }).click();
  await you.press("Enter");
  await point(visit, you, "Key1");
  await menu(you).getByRole("button", { name: "Get this" }).click();
  assert.equal(await you.input.inputValue(), "nats kv get my-kv Key1");
  await you.press("Control+c");
  await you.type("nats kv watch my-kv");
  await you.press("Enter");
  await point(visit, you, "Value2");
  assert.match(await menu(you).innerText(), /my-kv > Key1/);
});

for (const [width, colorScheme] of [[380, "dark"], [320, "light"]]) {
  test(`by keys and by touch, at ${width} pixels, ${colorScheme}`, { viewport: { width, height: 740 }, colorScheme, hasTouch: true }, async (visit) => {
    const you = await begin(visit, true);
    await you.run("nats kv history my-kv Key1");
    const open = you.blocks.last().getByRole("button", { name: "Use keys, values, revisions and files" });
    await open.focus();
    await visit.page.keyboard.press("Enter");
    assert.equal(await open.getAttribute("aria-expanded"), "true");
    const names = menu(you).getByRole("button", { name: /^my-kv > Key1/ });
    assert.deepEqual(await names.allInnerTexts(), ["my-kv > Key1, revision 1", "my-kv > Key1, revision 2"]);
    assert.equal(await names.last().getAttribute("aria-pressed"), "true");
    await names.first().focus();
    await visit.page.keyboard.press("Enter");
    assert.ok((await uses(you)).includes("Update from revision 1"));
    const over = await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `nothing hangs over the side: ${over} pixels`);
    await visit.assertAccessible();
    await visit.screenshot(`things-${width}-${colorScheme}`);
    await open.focus();
    await visit.page.keyboard.press("Enter");
    assert.equal(await menu(you).count(), 0);
    await you.run("nats kv get my-kv Key1");
    await point(visit, you, "Value2", "tap");
    await visit.screenshot(`things-tapped-${width}-${colorScheme}`);
    assert.ok((await uses(you)).includes("Copy Value2"));
  });
}

test("a value is copied", { permissions: ["clipboard-read", "clipboard-write"] }, async (visit) => {
  const you = await begin(visit);
  await point(visit, you, "Value2");
  await menu(you).getByRole("button", { name: "Copy Value2" }).click();
  await visit.page.getByText("Copied.").waitFor();
  assert.equal(await visit.page.evaluate(() => navigator.clipboard.readText()), "Value2");
});
