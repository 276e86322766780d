// Lessons of an author's own, and what a lesson asks before a command is run.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { currentStep, pane, stepsDone } from "../parts.mjs";

const OWN = `# Mine

\`\`\`console setup
server$ nats-server -js
\`\`\`

## Part

### First {#first}

\`\`\`predict
Which revision?

- [ ] \`2\`
- [x] \`1\`

<b>The first</b> write of the bucket.
\`\`\`

\`\`\`console
you$ nats kv add b
\`\`\`

\`\`\`console solution
you$ nats kv put b k v
\`\`\`

\`\`\`goal
value b k = v
\`\`\`

\`\`\`hint
Put it.
\`\`\`
`;

const openLessons = ({ page }) => page.getByRole("button", { name: "Lessons" }).click();

test("lesson: a question is answered by what happens", { path: "?lesson=history&step=2" }, async (visit) => {
  const { page } = visit;
  const question = page.getByTestId("question");
  await question.getByLabel("2", { exact: true }).check();
  await page.getByText("Now run it, and see.").waitFor();
  assert.equal(await question.getByText("one count", { exact: false }).count(), 0, "the answer is shown too early");
  const button = page.getByRole("button", { name: "Next command" });
  for (let left = 4; left > 0; left -= 1) await button.click();
  await question.getByText("It was otherwise than you expected.").waitFor();
  await question.getByText("count for the whole bucket").waitFor();
  assert.equal(await question.getByRole("radio").first().isDisabled(), true);
});

test("lesson: one is written, checked, begun and kept", async (visit) => {
  const { page } = visit;
  await openLessons(visit);
  await page.getByRole("button", { name: "Write a lesson" }).click();
  const dialog = page.getByRole("dialog", { name: "Write a lesson" });
  const editor = dialog.getByTestId("lesson-editor");
  assert.match(await editor.inputValue(), /^# One lock for two/);
  await editor.fill("# Mine\n\n## Part\n\n### First\n");
  await dialog.getByText("line 5: a step's heading ends with its id: ### HEADING {#id}").waitFor();
  assert.equal(await dialog.getByRole("button", { name: "Begin" }).isDisabled(), true);
  await editor.fill(OWN);
  await dialog.getByRole("button", { name: "Check it" }).click();
  await dialog.getByText("Nothing is wrong with it.").waitFor();
  await dialog.getByRole("button", { name: "Begin" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await page.getByTestId("lesson-title").innerText(), "Mine");
  await page.getByTestId("lesson-origin").waitFor();
  // The solution is kept back until somebody asks for it behind the hint.
  assert.equal(await page.getByTestId("lesson-command").count(), 1);
  await currentStep(page).locator("summary").click();
  await page.getByRole("button", { name: "Show the solution" }).click();
  assert.equal(await page.getByTestId("lesson-command").count(), 2);
  const button = page.getByRole("button", { name: "Next command" });
  await button.click();
  await button.click();
  await page.getByText("<b>The first</b> write of the bucket.").waitFor();
  assert.match(await stepsDone(page).innerText(), /^1 of 1/);
  await page.reload();
  await page.getByTestId("lesson-origin").waitFor();
  visit.loaded();
  assert.equal(await page.getByTestId("lesson-title").innerText(), "Mine");
  assert.match(await stepsDone(page).innerText(), /^1 of 1/);
});

test("lesson: a file of one begins, and one that is none says why", async (visit) => {
  const { page } = visit;
  const choose = async (name, text) => {
    await openLessons(visit);
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Open a lesson’s file" }).click();
    await (await chooser).setFiles({ name, mimeType: "text/markdown", buffer: Buffer.from(text) });
  };
  await choose("notes.md", "# Notes\n");
  await page.getByText("“notes.md” is no lesson yet. One thing is wrong, first: line 1: the lesson has no steps").first().waitFor();
  await page.keyboard.press("Escape");
  await choose("mine.md", OWN);
  await page.getByTestId("lesson-origin").waitFor();
  assert.equal(await page.getByTestId("lesson-title").innerText(), "Mine");
  assert.equal(await pane(page, "lesson").locator("b").count(), 0, "text became markup");
});
