// The simulated clock: moved by buttons and by an amount that is typed, and held.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";

const clock = ({ page }) => page.getByRole("group", { name: "Simulated clock" });

/** The time of day that it shows, in seconds. */
async function shown(visit) {
  const [hours, minutes, seconds] = (await clock(visit).locator("time").innerText()).match(/\d\d(?=:)|(?<=:)\d\d/g);
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

const DAY = 24 * 3600;

test("it is moved by what is typed, and tells what it cannot read", async (visit) => {
  await clock(visit).getByRole("button", { name: "Hold" }).click();
  const before = await shown(visit);
  const passed = async () => ((await shown(visit)) - before + DAY) % DAY;
  await clock(visit).getByRole("button", { name: "+1 h" }).click();
  assert.equal(await passed(), 3600);
  const field = clock(visit).getByRole("textbox", { name: /^Move the clock by/ });
  await field.fill("1h30m");
  await visit.page.keyboard.press("Enter");
  assert.equal(await passed(), 3600 + 5400);
  assert.equal(await field.inputValue(), "");
  for (const [text, told] of [["soon", /with its unit, such as 90s/], ["-5s", /goes on only/], ["9999h", /At most a year/]]) {
    await field.fill(text);
    await clock(visit).getByRole("button", { name: "Move the clock" }).click();
    await clock(visit).getByRole("alert").filter({ hasText: told }).waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.equal(await field.inputValue(), text, "nothing is lost");
  }
  await visit.assertAccessible();
  await visit.screenshot("clock-wrong");
  await field.fill("90s");
  assert.equal(await clock(visit).getByRole("alert").count(), 0);
  await visit.page.keyboard.press("Enter");
  assert.equal(await passed(), 3600 + 5400 + 90);
});

test("a sleep before a held clock says what it waits for, and how to go on", async (visit) => {
  await clock(visit).getByRole("button", { name: "Hold" }).click();
  const you = visit.terminal("you");
  await you.type("sleep 1; echo over");
  await you.press("Enter");
  await you.root.getByText("The simulated clock stands still, and what runs here waits for it.").waitFor();
  await visit.assertAccessible();
  await visit.screenshot("clock-sleep");
  await you.root.getByRole("button", { name: "Let it run" }).click();
  await you.root.getByTestId("output").getByText("over").waitFor();
});

test("what Ctrl-C has ended and Ctrl-Z has stopped has not failed", async (visit) => {
  const you = visit.terminal("you");
  await you.type("sleep 1000");
  await you.press("Enter", "Control+z");
  await you.root.getByText(/Stopped +sleep 1000/).waitFor();
  assert.equal(await you.blocks.last().getAttribute("data-failed"), "false");
  await you.type("fg");
  await you.press("Enter", "Control+c");
  await you.root.getByText("ended with Ctrl-C (exit status 130)").waitFor();
  assert.equal(await you.blocks.last().getAttribute("data-failed"), "false");
  await you.run("false");
  assert.equal(await you.blocks.last().getAttribute("data-failed"), "true");
});
