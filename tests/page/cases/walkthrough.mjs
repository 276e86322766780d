// The whole walkthrough in the real page: typed with real keys, then done by the page's own buttons, then played.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { buckets, currentStep, pane, step as stepAt, stepHeading, stepsDone } from "../parts.mjs";
import { steps } from "../lesson.mjs";

const STEPS = steps();

/** What a masked line says for certain, piece by piece. */
const certain = (line) => line.split(/<[A-Z-]+>/).map((piece) => piece.trim()).filter(Boolean);

async function open({ page }, number) {
  const heading = stepHeading(stepAt(page, number));
  if ((await heading.getAttribute("aria-expanded")) === "false") await heading.click();
  const body = stepAt(page, number);
  await body.getByTestId("lesson-text").or(body.getByTestId("lesson-command")).first().waitFor();
}

async function assertDone({ page }, number) {
  const step = stepAt(page, number);
  await step.and(page.locator("[data-done=true]")).waitFor({ timeout: 5000 }).catch(async () => {
    assert.fail(`step ${number + 1} is not done: ${await step.getByTestId("checks").innerText()}`);
  });
}

async function act(visit, step, action) {
  if (action.kind === "wait") {
    const button = visit.page.getByRole("button", { name: "+10 s" });
    for (let moved = 0; moved < action.seconds; moved += 10) await button.click();
    return;
  }
  const terminal = visit.terminal(action.terminal);
  if (!(await terminal.select())) {
    // It is not there yet: the lesson's button opens it and puts the command into it.
    await stepAt(visit.page, step).getByRole("button", { name: `Put into the terminal (${action.terminal}: ${action.text})` }).click();
    await terminal.press("Enter");
  } else if (action.kind === "interrupt") {
    await terminal.press("Control+c");
  } else {
    await terminal.type(action.text);
    await terminal.press("Enter");
  }
  const text = await terminal.last();
  for (const piece of action.output.flatMap(certain)) {
    assert.ok(text.replace(/\s+/g, " ").includes(piece.replace(/\s+/g, " ")), `${action.text}: ${piece}\nnot in\n${text}`);
  }
}

test("typed from its first step to its last", async (visit) => {
  assert.equal(await visit.page.getByTestId("step").count(), STEPS.length);
  for (const [number, step] of STEPS.entries()) {
    await open(visit, number);
    assert.equal(await stepHeading(currentStep(visit.page)).innerText().then((text) => text.includes(step.title)), true);
    for (const action of step.actions) await act(visit, number, action);
    await assertDone(visit, number);
    if (step.title === "Store a value") {
      const key = buckets(visit.page).filter({ hasText: "my-kv" }).getByTestId("key");
      assert.match((await key.innerText()).replace(/\s+/g, " "), /^Key1 Value1 1 put/);
    }
    if (step.title === "Change something") {
      const watcher = visit.page.getByTestId("watcher");
      assert.match((await watcher.innerText()).replace(/\s+/g, " "), /watcher ?watches ?my-kv.*put ?Key1/);
      await visit.assertAccessible();
      await visit.screenshot("walkthrough-watch");
    }
  }
  const names = await buckets(visit.page).getByRole("heading", { level: 4 }).allInnerTexts();
  assert.deepEqual(names.sort(), ["locks", "my-sem"]);
  assert.match(await stepsDone(visit.page).innerText(), new RegExp(`${STEPS.length} of ${STEPS.length}`));
  await visit.screenshot("walkthrough-end");
});

const phone = { viewport: { width: 380, height: 740 }, hasTouch: true, isMobile: true, colorScheme: "dark" };
test("done on a telephone with the buttons alone", phone, async (visit) => {
  const coach = visit.page.getByRole("complementary", { name: "Next in the walkthrough" });
  await visit.page.getByRole("button", { name: "Run (you: nats account info)" }).tap();
  await coach.waitFor();
  for (let taps = 0; taps < 100 && !(await coach.innerText()).includes("That was all"); taps++) {
    await coach.getByRole("button").tap();
  }
  await visit.screenshot("walkthrough-phone");
  await visit.page.getByRole("button", { name: "Lesson", exact: true }).tap();
  assert.match(await stepsDone(visit.page).innerText(), new RegExp(`${STEPS.length} of ${STEPS.length}`));
});

test("on a telephone what is played is seen where it happens", { viewport: { width: 380, height: 720 }, hasTouch: true }, async (visit) => {
  await visit.page.getByRole("button", { name: "Next command" }).tap();
  await visit.terminal("you").last();
  await visit.page.getByRole("button", { name: "Lesson", exact: true }).tap();
  await visit.page.getByRole("button", { name: "Play", exact: true }).tap();
  const coach = visit.page.getByRole("complementary");
  await coach.getByRole("button", { name: "Pause", exact: true }).tap();
  await coach.getByRole("button", { name: /^(Run|Press Ctrl-C)/ }).waitFor();
  assert.ok(await pane(visit.page, "terminals").isVisible());
});

test("played by itself, with a pause", async (visit) => {
  await visit.page.clock.install();
  await visit.goto("");
  await visit.page.getByRole("button", { name: "Play", exact: true }).click();
  await visit.page.clock.runFor(10_000);
  await visit.page.getByRole("button", { name: "Pause", exact: true }).click();
  const paused = await stepsDone(visit.page).innerText();
  await visit.page.clock.runFor(20_000);
  assert.equal(await stepsDone(visit.page).innerText(), paused);
  await visit.page.getByRole("button", { name: "Play", exact: true }).click();
  for (let minute = 0; minute < 10 && (await visit.page.getByRole("button", { name: "Pause", exact: true }).count()); minute++) {
    await visit.page.clock.runFor(60_000);
  }
  assert.match(await stepsDone(visit.page).innerText(), new RegExp(`${STEPS.length} of ${STEPS.length}`));
});
