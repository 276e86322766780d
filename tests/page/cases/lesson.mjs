// The lesson: the next thing to do is in sight, a step's world is set up, and nothing is dead without a word.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { currentStep, notice, pane, step, stepHeading, stepsDone } from "../parts.mjs";

const nextCommand = ({ page }) => page.getByTestId("lesson-command").and(page.locator("[aria-current=step]"));
const nextStep = ({ page }) => pane(page, "lesson").getByRole("button", { name: "Next step" });

/** Fails unless all of what comes next can be seen in the lesson. */
async function assertNextInSight(visit, what) {
  const next = nextCommand(visit).or(nextStep(visit));
  await next.first().waitFor();
  await visit.page.waitForTimeout(50); // It is scrolled once it is drawn.
  const seen = await next.first().evaluate((element) => {
    const [inner, outer] = [element, element.closest("ol.lesson-steps, .lesson-steps")].map((it) => it.getBoundingClientRect());
    return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  });
  assert.ok(seen, `${what}: what comes next is out of sight`);
}

for (const reducedMotion of ["no-preference", "reduce"]) {
  test(`lesson: what comes next is in sight, motion: ${reducedMotion}`, { reducedMotion }, async (visit) => {
    const button = visit.page.getByRole("button", { name: "Next command" });
    for (let clicks = 0; await button.isEnabled(); clicks++) {
      assert.ok(clicks < 100, "the lesson does not end");
      await assertNextInSight(visit, await currentStep(visit.page).innerText().then((text) => text.split("\n")[1]));
      await button.click();
    }
    assert.match(await stepsDone(visit.page).innerText(), /^(\d+) of \1 /);
  });
}

test("what comes next is in sight when a step is opened by its address, and after typing", { path: "?step=13", viewport: { width: 1280, height: 600 } }, async (visit) => {
  await assertNextInSight(visit, "opened");
  const you = visit.terminal("you");
  await you.select();
  await you.run("nats kv update my-sem Semaphore1 Value2 13");
  await assertNextInSight(visit, "typed");
  await visit.page.getByText("Stuck?").or(visit.page.locator("summary")).first().click();
  const hint = visit.page.locator("details[open]");
  const [inner, outer] = await Promise.all([hint.boundingBox(), visit.page.locator(".lesson-steps").boundingBox()]);
  assert.ok(inner.y + inner.height <= outer.y + outer.height + 1, "the hint is out of sight");
});

test("on a telephone what comes next is in sight again where one comes back to the lesson", { viewport: { width: 380, height: 700 }, hasTouch: true, path: "?step=11" }, async (visit) => {
  await visit.page.getByRole("button", { name: "Lesson", exact: true }).tap();
  await visit.page.getByRole("button", { name: "Next command" }).tap();
  await pane(visit.page, "terminals").waitFor();
  await visit.page.getByRole("button", { name: "Lesson", exact: true }).tap();
  await assertNextInSight(visit, "come back");
});

test("a step that the address names has its world", { path: "?step=13" }, async (visit) => {
  assert.match(await stepsDone(visit.page).innerText(), /^12 of/);
  assert.equal(await visit.terminal("you").blocks.count(), 0);
  const button = visit.page.getByRole("button", { name: "Next command" });
  for (let left = 4; left > 0; left -= 1) await button.click();
  assert.match(await visit.terminal("other").last(), /wrong last sequence: 14: nats: key revision mismatch/);
  for (let left = 2; left > 0; left -= 1) await button.click();
  await step(visit.page, 12).and(visit.page.locator("[data-done=true]")).waitFor();
});

test("a step that the address names leaves one's own sandbox alone, and a reload goes on in it", { blank: true }, async (visit) => {
  await visit.goto("");
  await visit.terminal("you").run("echo mine");
  await visit.goto("?step=4");
  await notice(visit.page, "A new sandbox, set up for step 4.").waitFor();
  await visit.terminal("you").run("nats kv add my-kv");
  await visit.goto("?step=4");
  assert.match(await visit.terminal("you").last(), /created/);
  await visit.goto("");
  assert.match(await visit.terminal("you").last(), /mine/);
});

test("a step can be set up again, and that taken back", async (visit) => {
  await visit.terminal("you").run("echo mine");
  await stepHeading(step(visit.page, 1)).click();
  await visit.page.getByRole("button", { name: "Set this step up again" }).click();
  await notice(visit.page, "A new sandbox, set up for step 2.").waitFor();
  assert.equal(await visit.terminal("you").blocks.count(), 0);
  await visit.page.getByRole("button", { name: "Take it back" }).click();
  assert.match(await visit.terminal("you").last(), /mine/);
});

test("a lock holds while somebody reads", { blank: true }, async (visit) => {
  await visit.page.clock.install();
  await visit.goto("?step=15");
  const button = visit.page.getByRole("button", { name: "Next command" });
  await button.click();
  await visit.page.clock.runFor(120_000);
  await button.click();
  assert.match(await visit.terminal("other").last(), /wrong last sequence: 1: key exists/);
});

test("the lesson says why it cannot go on", { path: "?step=7" }, async (visit) => {
  const [next, play] = ["Next command", "Play"].map((name) => visit.page.getByRole("button", { name, exact: true }));
  await visit.terminal("you").select();
  await visit.terminal("you").type("nats kv watch my-kv");
  await visit.terminal("you").press("Enter");
  await visit.page.getByRole("group", { name: "Player" }).or(visit.page.locator(".player")).getByText("you is busy").waitFor();
  assert.deepEqual([await next.isDisabled(), await play.isDisabled()], [true, true]);
  await visit.terminal("you").press("Control+c");
  await next.and(visit.page.locator(":enabled")).waitFor();
});

test("a terminal that a step wants is opened by its name", { path: "?step=19" }, async (visit) => {
  await currentStep(visit.page).getByText("will be opened").waitFor();
  await visit.page.getByRole("button", { name: "Open another terminal" }).click();
  await visit.terminal("watcher").select();
  await currentStep(visit.page).getByText("will be opened").waitFor({ state: "detached" });
});

test("it plays as slowly as somebody wants, and says at its end how to go on", { blank: true }, async (visit) => {
  await visit.page.clock.install();
  await visit.goto("?step=22");
  await visit.page.getByRole("combobox", { name: "How quickly it plays" }).selectOption({ label: "Slowly" });
  await visit.page.getByRole("button", { name: "Play", exact: true }).click();
  await visit.page.clock.runFor(1000);
  assert.equal(await visit.page.getByTestId("lesson-end").count(), 0);
  await visit.page.clock.runFor(60_000);
  await visit.page.getByRole("heading", { name: "From here" }).waitFor();
  await visit.page.waitForTimeout(50);
  const [end, list] = await Promise.all([visit.page.getByTestId("lesson-end").boundingBox(), visit.page.locator(".lesson-steps").boundingBox()]);
  assert.ok(end.y < list.y + list.height - 40, "the end is out of sight");
  await visit.assertAccessible();
});

test("by keyboard the lesson and the terminal are one step away", async ({ page }) => {
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "To the terminal");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "lesson-title");
  await page.evaluate(() => document.activeElement.blur());
  await page.getByRole("button", { name: "To the terminal", exact: true }).focus();
  await page.keyboard.press("Enter");
  assert.match(await focused(), /^field-/);
});

test("a lesson ends with what it does in code, in the language of one's choice", { blank: true, permissions: ["clipboard-read", "clipboard-write"] }, async (visit) => {
  const { page } = visit;
  await visit.goto("?lesson=counter&step=6");
  const code = page.getByRole("region", { name: "In code" });
  assert.equal(await code.count(), 0, "code before the end");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await code.getByRole("heading", { name: "In code" }).waitFor();
  const listing = (name) => code.getByRole("region", { name }).textContent();
  assert.match(await listing("Program in Go"), /^\/\/ A counter for two[\s\S]*errors\.Is\(err, jetstream\.ErrKeyRevisionMismatch\)/);

  const languages = code.getByRole("group", { name: "Programming language" });
  await languages.getByRole("button", { name: "Python" }).click();
  const python = code.getByRole("region", { name: "Program in Python" });
  const program = await python.textContent();
  assert.match(program, /^"""A counter for two[\s\S]*except KeyWrongLastSequenceError/);
  assert.match(await listing("Commands that run the program"), /pip install nats-py==[\d.]+\npython main\.py/);
  assert.match(await listing("What the program prints"), /20 visits more, the counter says 22/);

  // Its long lines are reached by keyboard.
  await languages.getByRole("button", { name: "Python" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.ok(await python.evaluate((it) => it === document.activeElement), "the program has no focus");

  await code.getByRole("button", { name: "Copy" }).click();
  await page.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), program);
  await visit.assertAccessible();

  // The choice stays until the next visit.
  await visit.goto("?lesson=counter&step=6");
  await page.getByRole("region", { name: "Program in Python" }).waitFor();
});
