// Every order of a scenario: played, looked at step by step, stopped, and held by a link.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";

const openExplorer = async ({ page }) => {
  await page.getByRole("button", { name: "Lessons" }).click();
  await page.getByRole("button", { name: "Every order" }).click();
  return page.getByRole("dialog", { name: "Every order" });
};

const status = (dialog) => dialog.getByTestId("explorer-status");

test("explorer: the lost update is found, and looked at step by step", async (visit) => {
  const dialog = await openExplorer(visit);
  await dialog.getByRole("button", { name: "Play every order" }).click();
  await status(dialog).getByText("There are 6 orders", { exact: false }).waitFor();
  assert.match(await status(dialog).innerText(), /A rule breaks\.$/);
  const rules = await dialog.getByTestId("rule-findings").getByRole("listitem").allInnerTexts();
  assert.deepEqual(rules, [
    "no update lost counter visits breaks in 4 of 6",
    "at end value counter visits = 2 breaks in 4 of 6",
    "every client ends holds",
  ]);
  const sentence = dialog.getByTestId("order-sentence");
  assert.match(await sentence.innerText(), /^Step 4 of 5\. b: writes counter > visits: revision 3 over revision 2, which it had never read; breaks the rule/);
  const keys = dialog.getByTestId("order-keys").getByRole("row").nth(1);
  assert.equal((await keys.innerText()).replace(/\s+/g, " ").trim(), "counter > visits 1 3");
  await visit.assertAccessible();
  await visit.screenshot("explorer");
  // By keyboard: back to the first step, where the button ends.
  const back = dialog.getByRole("button", { name: "Step back" });
  await back.focus();
  for (let step = 3; step > 0; step -= 1) await visit.page.keyboard.press("Enter");
  await sentence.getByText("Step 1 of 5. a: reads counter > visits: revision 1", { exact: false }).waitFor();
  assert.equal(await back.isDisabled(), true);
  assert.equal((await keys.innerText()).replace(/\s+/g, " ").trim(), "counter > visits 0 1");
  // An order that ends otherwise.
  await dialog.getByTestId("outcomes").getByRole("button").nth(1).click();
  await sentence.getByText(/^Step \d of \d/).waitFor();
  assert.equal((await keys.innerText()).replace(/\s+/g, " ").trim(), "counter > visits 2 3");
});

test("explorer: the repair holds in every order, and a wrong line is named", async (visit) => {
  const dialog = await openExplorer(visit);
  await dialog.getByLabel("Ready scenarios").selectOption("The counter with update");
  await status(dialog).getByText("All rules hold.", { exact: false }).waitFor();
  const editor = dialog.getByTestId("scenario");
  await editor.fill((await editor.inputValue()).replace("every client ends", "every client sings"));
  await dialog.getByRole("button", { name: "Play every order" }).click();
  await status(dialog).getByText(/^Line 21: a rule is/).waitFor();
  assert.equal(await dialog.getByTestId("rule-findings").count(), 0, "what was found of another text stands there");
  // What was written is there at the next visit.
  await visit.page.keyboard.press("Escape");
  await visit.goto("");
  const again = await openExplorer(visit);
  assert.match(await again.getByTestId("scenario").inputValue(), /every client sings/);
});

test("explorer: a long search is stopped, and says so", async (visit) => {
  const dialog = await openExplorer(visit);
  const lines = (name) => Array.from({ length: 6 }, (_, n) => `${name}$ nats kv put b ${name}${n} v`).join("\n");
  const race = ["setup$ nats kv add b", lines("a"), lines("b"), lines("c"), lines("d")].join("\n");
  await dialog.getByTestId("scenario").fill(`\`\`\`race\n${race}\n\`\`\`\n\n\`\`\`rules\nevery client ends\n\`\`\`\n`);
  await dialog.getByRole("button", { name: "Play every order" }).click();
  await dialog.getByTestId("explorer-progress").getByText(/States found so far: \d{2,}/).waitFor();
  await dialog.getByRole("button", { name: "Stop" }).click();
  await status(dialog).getByText("Stopped:", { exact: false }).waitFor();
});

test("explorer: a link holds the scenario, and plays nothing by itself", { permissions: ["clipboard-read", "clipboard-write"] }, async (visit) => {
  const { page } = visit;
  const dialog = await openExplorer(visit);
  const text = "```race\na$ true\nb$ true\n```\n\n```rules\nevery client ends\n```\n";
  await dialog.getByTestId("scenario").fill(text);
  await dialog.getByRole("button", { name: "Copy link" }).click();
  await dialog.getByText("Copied.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /#race1=/);
  await visit.goto(link.slice(link.indexOf("#")));
  const linked = page.getByRole("dialog", { name: "Every order" });
  assert.equal(await linked.getByTestId("scenario").inputValue(), text);
  assert.equal(await status(linked).innerText(), "");
});

test("explorer: without a race in the terminals it says what to do", async (visit) => {
  const dialog = await openExplorer(visit);
  await dialog.getByRole("button", { name: "From the terminals" }).click();
  await dialog.getByText("Run commands in two terminals first", { exact: false }).waitFor();
});

test("explorer: the race at the end of a lesson is played by its button", { blank: true }, async (visit) => {
  const { page } = visit;
  await visit.goto("?lesson=counter&step=6");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.getByTestId("lesson-end").getByRole("button", { name: "Play every order" }).click();
  const dialog = page.getByRole("dialog", { name: "Every order" });
  await status(dialog).getByText("There are 6 orders", { exact: false }).waitFor();
});
