// The whole walkthrough: its first steps with keys, the rest with the lesson's own button.

import assert from "node:assert/strict";
import { Key } from "selenium-webdriver";
import { steps } from "../../lesson.mjs";

const STEPS = steps();
const TYPED = 5;
const squeeze = (text) => text.replace(/\s+/g, "");
/** What a masked line says for certain, piece by piece. */
const certain = (line) => line.split(/<[A-Z-]+>/).map(squeeze).filter(Boolean);

const done = async (visit) => (await visit.marked("step", "[data-done=true]")).length;

async function act(visit, { terminal, kind, text, output }) {
  assert.ok(await visit.enter(terminal), `there is a terminal ${terminal}`);
  if (kind === "interrupt") await visit.control("c");
  else await visit.type(text, Key.ENTER);
  const printed = squeeze(await visit.answer(terminal));
  for (const piece of output.flatMap(certain)) assert.ok(printed.includes(piece), `${text}: ${piece}\nnot in\n${printed}`);
}

export default {
  async "its first steps by keys, the others by its button"(visit) {
    await visit.open();
    for (const [number, step] of STEPS.slice(0, TYPED).entries()) {
      for (const action of step.actions) await act(visit, action);
      await visit.until(`step ${number + 1} to be done: ${step.title}`, async () => (await done(visit)) > number);
      await visit.click("button", "Next step");
    }
    await visit.until("all steps to be done", async () => {
      if ((await done(visit)) === STEPS.length) return true;
      await visit.click("button", "Next command");
      await visit.idle();
      return false;
    }, 90_000);
    assert.match((await visit.texts("steps-done"))[0], new RegExp(`${STEPS.length} of ${STEPS.length}`));
    await visit.screenshot("walkthrough");
  },

  async "the lesson moves to the step that is opened"(visit) {
    await visit.open();
    await visit.run("you", STEPS[0].actions[0].text);
    await visit.click("button", "Next step");
    await visit.until("the heading of the step to be in sight", () =>
      visit.script(`
        const heading = document.querySelector("[data-testid=step][data-state=current] :is(h1, h2, h3, h4)").getBoundingClientRect();
        const lesson = document.querySelector("[data-testid=step]").parentElement.getBoundingClientRect();
        return heading.top >= lesson.top && heading.bottom <= lesson.bottom;`), 3000);
  },
};
