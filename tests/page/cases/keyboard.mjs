// A whole chapter of the walkthrough with nothing but a keyboard: no mouse, no touch, and no focus but what Tab gives.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { step } from "../parts.mjs";

/** What has the focus, as somebody hears it: its role or tag, and its name. */
const focused = ({ page }) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
    return `${element.getAttribute("role") ?? element.localName} ${label.replace(/\s+/g, " ").trim().slice(0, 50)}`;
  });

/** Presses Tab, or Shift and Tab, until `wanted` has the focus. */
async function tabTo(visit, wanted, key = "Tab") {
  const seen = [];
  for (let presses = 0; presses < 80; presses++) {
    await visit.page.keyboard.press(key);
    seen.push(await focused(visit));
    if (wanted.test(seen.at(-1))) return seen;
  }
  assert.fail(`${key} never reaches ${wanted}:\n${seen.join("\n")}`);
}

async function press({ page }, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

const isDone = ({ page }, number) =>
  step(page, number).and(page.locator("[data-done=true]")).waitFor({ timeout: 5000, state: "attached" });

for (const width of [1280, 380]) {
  test(`from loading to the end of a chapter, at ${width} pixels`, { viewport: { width, height: 800 } }, async (visit) => {
    const { page } = visit;
    const narrow = width < 900;
    const toLesson = async () => narrow && (await tabTo(visit, /^button Lesson$/, "Shift+Tab"), await press(visit, "Enter"));
    if (!narrow) assert.match(await focused(visit), /^textarea Terminal you: you\$$/, "ready to type");

    // Help is opened, read and closed, and the focus is where it was.
    await tabTo(visit, /^button Help$/, narrow ? "Tab" : "Shift+Tab");
    await press(visit, "Enter");
    const dialog = page.getByRole("dialog", { name: "Help" });
    await dialog.waitFor();
    await tabTo(visit, /^(summary|button|a) /);
    await press(visit, "PageDown", "End");
    await press(visit, "Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await focused(visit), "button Help");

    // The first step by the lesson's button.
    await tabTo(visit, /^button Run \(you: nats account info\)$/);
    await press(visit, "Enter");
    await isDone(visit, 0);
    await toLesson();
    await tabTo(visit, /^button Next step$/);
    await press(visit, "Enter");
    await step(page, 1).getByTestId("lesson-command").first().waitFor();
    assert.match(await focused(visit), /^button 2 ?Restart it with JetStream$/, "the focus goes on with the lesson");

    // The second one in the terminal: Tab leaves it, arrows bring back what was typed.
    await tabTo(visit, narrow ? /^button Terminals/ : /^button server/);
    await press(visit, "Enter");
    if (narrow) await tabTo(visit, /^button server/), await press(visit, "Enter");
    await page.waitForFunction(() => document.activeElement.closest("[data-testid=terminal]")?.dataset.terminal === "server" || matchMedia("(max-width: 56.24rem)").matches);
    if (!/^textarea/.test(await focused(visit))) await tabTo(visit, /^textarea Terminal server:/);
    await press(visit, "Control+c");
    await page.keyboard.type("nats-ser");
    await press(visit, "Tab");
    await page.keyboard.type(" -js");
    await press(visit, "Enter");
    await isDone(visit, 1);
    await press(visit, "Escape");
    await tabTo(visit, /^button you/, "Shift+Tab");
    await press(visit, "Enter");
    if (!/^textarea/.test(await focused(visit))) await tabTo(visit, /^textarea Terminal you:/);
    await press(visit, "ArrowUp");
    assert.equal(await visit.terminal("you").input.inputValue(), "nats account info");
    await press(visit, "Escape");
    await toLesson();
    await tabTo(visit, /^button Next step$/, narrow ? "Tab" : "Shift+Tab");
    await press(visit, "Enter");

    // The last one was seen before its turn came; it is asked for again by the line that still stands there.
    await step(page, 2).getByTestId("lesson-command").waitFor();
    if (narrow) await tabTo(visit, /^button Terminals/, "Shift+Tab"), await press(visit, "Enter");
    await tabTo(visit, /^textarea Terminal you:/);
    await press(visit, "Enter");
    await isDone(visit, 2);
    assert.match(await step(page, 2).getByTestId("checks").textContent(), /This step is done/);
    await visit.assertAccessible();
    await visit.screenshot(`keyboard-${width}`);
  });
}

test("a name that was given and a terminal that was closed lead back to the line", async (visit) => {
  const { page } = visit;
  await page.getByRole("button", { name: "Rename or move you" }).click();
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  const field = page.getByRole("textbox", { name: "New name of you" });
  await field.fill("me");
  await field.press("Enter");
  assert.match(await focused(visit), /^textarea Terminal me:/);
  await page.getByRole("button", { name: "Open another terminal" }).click();
  await page.getByRole("button", { name: /^Close (?!me)/ }).press("Enter");
  await page.waitForFunction(() => document.activeElement.localName === "textarea");
  assert.match(await focused(visit), /^textarea Terminal (me|server):/);
});

test("the next thing is done by one button that keeps the focus", { viewport: { width: 380, height: 740 } }, async (visit) => {
  const { page } = visit;
  await page.getByRole("button", { name: /^Terminals/ }).click();
  const coach = page.getByRole("complementary");
  await coach.getByRole("button", { name: "Run" }).focus();
  await page.keyboard.press("Enter");
  await coach.getByRole("button", { name: "Next step" }).waitFor();
  assert.equal(await focused(visit), "button Next step");
  await page.keyboard.press("Enter");
  await coach.getByRole("button", { name: /^(Press Ctrl-C|Run)/ }).waitFor();
  assert.match(await focused(visit), /^button (Press Ctrl-C|Run)/);
});
