// A command with a wrong word is followed by the one that may have been meant, beside the terminal's own text.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { announcement } from "../parts.mjs";

const spoken = ({ page }) => announcement(page);

for (const [width, scheme] of [[1280, "light"], [320, "dark"]]) {
  test(`taken with the keyboard, at ${width} pixels`, { viewport: { width, height: 800 }, colorScheme: scheme }, async (visit) => {
    if (width < 900) await visit.page.getByRole("navigation").getByRole("button", { name: "Terminals" }).click();
    const you = visit.terminal("you");
    await you.select();
    await you.run("nats kv gte my-kv Key1");
    const meant = you.root.getByTestId("correction");
    assert.equal(await meant.innerText(), "Did you mean nats kv get my-kv Key1?");
    assert.match(await spoken(visit), /Did you mean: nats kv get my-kv Key1\?/);
    assert.doesNotMatch(await you.text(), /Did you mean/, "the real tool does not say so");
    await visit.assertAccessible();
    await visit.screenshot(`meant-${width}-${scheme}`);
    await you.press("Shift+Tab", "Enter");
    await visit.page.waitForFunction(() => document.activeElement.matches("textarea"));
    assert.equal(await you.input.inputValue(), "nats kv get my-kv Key1");
    assert.equal(await meant.count(), 0);
  });
}

test("programs, flags and buckets that are there; in German", { locale: "de-DE" }, async (visit) => {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  const you = visit.terminal("you");
  await you.run("nats kv add stock");
  for (const [line, right] of [
    ["nast kv ls", "nats kv ls"],
    ["nats kv ls --verbsoe", "nats kv ls --verbose"],
    ["nats kv put stcok apples 'a lot'", "nats kv put stock apples 'a lot'"],
  ]) {
    await you.run(line);
    assert.equal(await you.root.getByTestId("correction").innerText(), `War das gemeint: ${right}?`);
  }
  await you.root.getByRole("button", { name: "nats kv put stock", exact: false }).last().click();
  await you.press("Enter");
  assert.match(await you.last(), /a lot/);
  assert.equal(await you.root.getByTestId("correction").count(), 0);
});
