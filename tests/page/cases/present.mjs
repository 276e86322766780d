// Shown to others, looked up, and asked for by the address.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { currentStep, doneSteps, pane, stepHeading, stepsDone } from "../parts.mjs";

test("presented with a clicker: large letters, the next thing by Page Down, Escape leaves", async (visit) => {
  const { page } = visit;
  const letters = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  const usual = await letters();
  await page.getByRole("button", { name: /^Present/ }).click();
  assert.ok((await letters()) >= usual * 1.25);
  assert.equal(await page.getByRole("group", { name: "Play the walkthrough" }).isVisible(), false);
  await page.keyboard.press("PageDown");
  assert.match(await visit.terminal("you").text(), /nats account info/);
  for (let press = 0; press < 8; press++) await page.keyboard.press("PageDown");
  assert.ok((await currentStep(page).getByTestId("lesson-text").count()) > 0);
  assert.ok((await doneSteps(page).count()) >= 3, "steps were done");
  assert.equal(await page.getByTestId("step").filter({ visible: true }).count(), 1, "no other step is in sight");
  await visit.assertAccessible();
  await visit.screenshot("present");
  // A list that is open is what Escape closes first.
  await visit.terminal("you").type("nats kv pu");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("listbox").getByRole("option").count(), 0);
  assert.equal(await page.getByRole("group", { name: "Play the walkthrough" }).isVisible(), false);
  await page.keyboard.press("Escape");
  assert.equal(await letters(), usual);
});

for (const [lang, button, words] of [["en", "Help", ["Ctrl-R", "kv", "2.15.1", "Escape and then Tab"]], ["de", "Hilfe", ["Strg-R", "kv", "2.15.1", "macht rückgängig"]]]) {
  for (const width of [1280, 320]) {
    test(`help, ${lang}, at ${width} pixels`, { path: `?lang=${lang}`, viewport: { width, height: 700 } }, async (visit) => {
      const { page } = visit;
      await page.getByRole("button", { name: button, exact: true }).click();
      const help = page.getByRole("dialog", { name: button });
      const text = await help.innerText();
      for (const word of words) assert.ok(text.includes(word), word);
      await visit.assertAccessible();
      await visit.screenshot(`help-${lang}-${width}`);
      await page.keyboard.press("Escape");
      await help.waitFor({ state: "hidden" });
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), button);
    });
  }
}

test("the address chooses language, colours, step and part", { path: "?lang=de&theme=dark&step=4&layout=terminal" }, async (visit) => {
  const { page } = visit;
  assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).colorScheme), "dark");
  assert.equal(await page.title(), "NATS Key/Value zum Ausprobieren");
  assert.equal(await pane(page, "lesson").isVisible(), false);
  assert.equal(await pane(page, "terminals").isVisible(), true);
  await visit.assertAccessible();
  await visit.terminal("you").run("nats kv ls");
  await visit.goto("?step=99&layout=nothing&theme=");
  assert.equal((await stepHeading(currentStep(page)).innerText()).match(/^\d+/)?.[0], "4", "what was opened is kept");
  assert.equal(await pane(page, "lesson").isVisible(), true);
});

test("a part that the address chose stays, whatever is run", { viewport: { width: 760, height: 420 }, path: "?layout=lesson" }, async (visit) => {
  await visit.page.getByRole("button", { name: "Run (you: nats account info)" }).click();
  await visit.page.getByRole("button", { name: "Next step" }).click();
  await visit.page.getByRole("button", { name: "Next command" }).click();
  assert.equal(await pane(visit.page, "lesson").isVisible(), true);
  assert.match(await stepsDone(visit.page).innerText(), /1 of/);
});

test("with high contrast, light and dark", async (visit) => {
  const { page } = visit;
  await page.getByRole("button", { name: "High contrast" }).click();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const [ground, text] = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.documentElement);
      return [backgroundColor, color];
    });
    const ends = ["rgb(255, 255, 255)", "rgb(0, 0, 0)"];
    assert.deepEqual([ground, text], colorScheme === "light" ? ends : ends.reverse());
    await visit.assertAccessible();
    await visit.screenshot(`contrast-${colorScheme}`);
    // A button under the pointer shows its icon.
    const close = page.getByRole("button", { name: "Close you" });
    await close.hover();
    const shades = await close.evaluate((button) => {
      const { backgroundColor, color } = getComputedStyle(button);
      const shade = (color) => color.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765;
      return [backgroundColor, color].map(shade);
    });
    assert.ok(Math.abs(shades[0] - shades[1]) > 0.5, shades.join(" and "));
  }
});

test("three in a long page take no focus and move nothing", async (visit) => {
  const address = visit.page.url();
  const frame = (step) => `<iframe src="${address}?step=${step}&layout=terminal" width="600" height="400"></iframe>`;
  const body = `<!doctype html><title>host</title>${[1, 2, 3].map((step) => `<div style="height:800px"></div>${frame(step)}`).join("")}`;
  await visit.page.route("**/host.html", (route) => route.fulfill({ contentType: "text/html", body }));
  await visit.page.goto(`${address}host.html`);
  for (let at = 0; at < 3; at++) {
    await visit.page.frameLocator("iframe").nth(at).locator("html[data-ready]").waitFor({ state: "attached" });
  }
  await visit.page.waitForTimeout(300);
  visit.loaded();
  assert.deepEqual(await visit.page.evaluate(() => [document.activeElement.tagName, scrollY]), ["BODY", 0]);
  const first = visit.page.frameLocator("iframe").first();
  await first.getByRole("textbox").first().scrollIntoViewIfNeeded();
  const before = await visit.page.evaluate(() => scrollY);
  await first.getByRole("button", { name: /^Run/ }).click();
  assert.equal(await visit.page.evaluate(() => scrollY), before, "a command inside moves nothing outside");
});
