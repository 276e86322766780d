// Locks and races in the picture, and the exercise about them.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { currentStep, stepsDone } from "../parts.mjs";

const next = ({ page }) => page.getByRole("button", { name: "Next command" });
const lock = ({ page }) => page.getByRole("region", { name: "Locks" }).getByRole("article");

test("a lock tells who holds it, how long still, and who was refused", async (visit) => {
  await visit.goto("?step=15");
  for (let left = 2; left > 0; left -= 1) await next(visit).click();
  await lock(visit).getByText(/Held by you since \d\d:\d\d:\d\d, now with revision 1/).waitFor();
  const timer = lock(visit).getByRole("timer");
  assert.match(await timer.innerText(), /30 s left/);
  assert.match(await lock(visit).getByRole("list", { name: "Refused" }).innerText(), /other wanted to create it: refused, it has a value since revision 1/);
  const said = await visit.page.getByTestId("announcement").textContent();
  await visit.page.getByRole("button", { name: "+10 s" }).click();
  await timer.getByText("20 s left").waitFor();
  assert.equal(await visit.page.getByTestId("announcement").textContent(), said, "nobody has to hear the seconds");
  await visit.assertAccessible();
  await visit.screenshot("contention-lock");
  await visit.page.getByRole("button", { name: "To next expiry" }).click();
  await lock(visit).getByText(/Free\. It expired at .*: you did not renew it in time/).waitFor();
});

test("an exercise is chosen, and shows a lost update and one that is tried again", async (visit) => {
  const { page } = visit;
  await page.getByRole("button", { name: "Lessons" }).click();
  const dialog = page.getByRole("dialog", { name: "Lessons" });
  assert.match(await dialog.innerText(), /Key\/Value walkthrough[^]*Open now\.[^]*A counter for two/);
  await visit.assertAccessible();
  await dialog.getByRole("button", { name: "Begin (A counter for two)" }).click();
  await page.getByRole("heading", { name: "A counter for two" }).waitFor();
  const story = page.getByRole("list", { name: "Who read and wrote what" });
  const play = async (title) => {
    while (!(await currentStep(page).getByRole("heading").innerText()).includes(title)) await next(visit).click();
  };
  await play("Both read, with the revision");
  await story.getByText(/other put revision 3 over 2, which it had not read: what that said is lost/).waitFor();
  await visit.assertAccessible();
  await visit.screenshot("contention-lost");
  await play("Read again, and try again");
  await story.getByText(/other wanted to update from 3: refused, the newest is 4/).waitFor();
  for (let left = 2; left > 0; left -= 1) await next(visit).click();
  assert.equal(await stepsDone(page).innerText(), "6 of 6 steps done");
  await story.getByText(/other updated from 4: revision 5/).waitFor();
  await visit.screenshot("contention-retried");
  // It is the same lesson when one comes again.
  await visit.goto("");
  await page.getByRole("heading", { name: "A counter for two" }).waitFor();
  assert.equal(await stepsDone(page).innerText(), "6 of 6 steps done");
});

test("the end of the walkthrough leads on to the exercise", async (visit) => {
  const { page } = visit;
  await visit.goto("?step=22");
  for (let left = 2; left > 0; left -= 1) await next(visit).click();
  await page.getByTestId("lesson-end").getByRole("button", { name: "Next: A counter for two" }).click();
  await page.getByRole("heading", { name: "A counter for two" }).waitFor();
  await visit.assertTold(/begins in a sandbox of its own/);
  await page.getByRole("button", { name: "To my sandbox" }).click();
  await page.getByRole("heading", { name: "Key/Value walkthrough" }).waitFor();
});

test("a lesson is opened by its address, at a step too", { path: "?lesson=counter&step=5" }, async (visit) => {
  assert.match(await currentStep(visit.page).innerText(), /Both update/);
  for (let left = 2; left > 0; left -= 1) await next(visit).click();
  assert.equal(await stepsDone(visit.page).innerText(), "5 of 6 steps done");
});

for (const [width, height, colorScheme] of [[380, 800, "dark"], [320, 700, "light"]]) {
  test(`a lock and a lost update, at ${width} pixels`, { viewport: { width, height }, colorScheme }, async (visit) => {
    const { page } = visit;
    await visit.goto("?lesson=counter&step=4&layout=picture");
    await page.getByRole("list", { name: "Who read and wrote what" }).waitFor();
    await visit.screenshot(`contention-${width}`);
    await visit.assertAccessible();
    const over = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `nothing hangs over: ${over}`);
  });
}
