// Where the program falls, the page says so and gives back what was there.

import assert from "node:assert/strict";
import { POLICY } from "../../../tools/serve.mjs";
import { test } from "../harness.mjs";
import { isKept } from "../kept.mjs";

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

test("where the memory is gone, a new sandbox is offered first, and what was kept stays", { mayComplain: true }, async (visit) => {
  await visit.terminal("you").run("echo mine");
  await isKept(visit.page, "echo mine");
  await visit.page.evaluate(() => {
    Date.now = () => { throw new RangeError("WebAssembly.Memory.grow(): Unable to grow instance memory"); };
  });
  await visit.terminal("you").input.pressSequentially("x\n");
  const notice = visit.page.getByRole("alertdialog", { name: "The playground has stopped" });
  await notice.getByText("There was no memory left.").waitFor();
  assert.match(await notice.getByRole("button", { name: "Start a new sandbox" }).getAttribute("class"), /\bbtn-main\b/);
  await notice.getByRole("button", { name: "Start a new sandbox" }).click();
  await visit.page.waitForSelector("html[data-ready]");
  assert.doesNotMatch(await visit.terminal("you").text(), /mine/);
  await isKept(visit.page, "echo mine");
  await visit.page.waitForLoadState("networkidle");
  visit.loaded();
});

test("where the policy forbids WebAssembly, that is what it says", { mayComplain: true, blank: true }, async (visit) => {
  await visit.page.route(visit.shared.address, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy": POLICY.replace(" 'wasm-unsafe-eval'", "") };
    await route.fulfill({ response, headers });
  });
  await visit.page.goto(visit.shared.address);
  const notice = visit.page.getByRole("alertdialog", { name: "The playground could not be loaded" });
  await notice.getByText("the policy of the page, does not let WebAssembly run").waitFor();
  visit.loaded();
});
