// Where the program falls, the page says so and gives back what was there.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";

/** Makes the program's next look at the clock fail, as a fault of its own would. */
async function fell(visit) {
  await visit.page.evaluate(() => {
    Date.now = () => { throw new Error("made to fall"); };
  });
  await visit.terminal("you").input.pressSequentially("x\n");
}

test("the transcript has all lines, those out of sight too, and no others", { mayComplain: true }, async (visit) => {
  await visit.terminal("you").run("x='row\\n'; n=1; while [ $n -lt 400 ]; do x=$x$x; n=$((n * 2)); done; printf \"first\\n$x\"; echo last");
  await fell(visit);
  const notice = visit.page.getByRole("alertdialog", { name: "The playground has stopped" });
  await notice.waitFor();
  assert.match(await notice.getByRole("textbox").inputValue(), /first\n(row\n){512}last/);
});

test("a readable notice, the transcript and a new start", { mayComplain: true }, async (visit) => {
  const terminal = visit.terminal("server");
  const shown = (await terminal.text()).trim();
  await fell(visit);
  const notice = visit.page.getByRole("alertdialog", { name: "The playground has stopped" });
  await notice.waitFor();
  assert.match(await notice.innerText(), /our mistake/);
  const transcript = await notice.getByRole("textbox").inputValue();
  assert.ok(transcript.includes("## server") && transcript.includes(shown.split("\n")[0]), transcript);
  await visit.assertAccessible();
  await visit.screenshot("fallen");
  await notice.getByRole("button", { name: "Start again" }).click();
  await visit.page.waitForSelector("html[data-ready]");
  await visit.page.waitForLoadState("networkidle");
  visit.loaded();
  assert.equal(await visit.page.getByRole("alertdialog").count(), 0);
});
