// A link, a text or a file holds what was done, and gives it back.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { eventually } from "../kept.mjs";
import { tabStates } from "../parts.mjs";

export const screens = ({ page }) => page.getByTestId("transcript").allInnerTexts();
const tabs = ({ page }) => tabStates(page);

/** Lets another program's clipboard be ours, and reads it. */
const copied = ({ page }) => page.evaluate(() => navigator.clipboard.readText());
const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

async function share({ page }) {
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  await dialog.getByRole("textbox").and(page.locator("[value^=http]")).waitFor();
  return dialog;
}

async function work(visit) {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await visit.terminal("you").run("nats kv add B --ttl 30s");
  await visit.terminal("you").run("nats kv put B key 'a value'");
  await visit.page.getByRole("button", { name: "+10 s" }).click();
  await visit.page.getByRole("button", { name: "Open another terminal" }).click();
  await visit.terminal("client1").run("nats kv watch B");
  await visit.terminal("you").select();
}

test("a link opens to the same world, and leaves the own one alone", clipboard, async (visit) => {
  await work(visit);
  const before = { screens: await screens(visit), tabs: await tabs(visit) };
  const dialog = await share(visit);
  await dialog.getByRole("button", { name: "Copy link" }).click();
  const link = await copied(visit);
  assert.match(link, /^http:.*\/#v1=[\w-]+$/);
  assert.ok(link.length < 400, `${link.length} characters`);
  assert.match(await dialog.innerText(), new RegExp(`${link.length} characters`));
  await dialog.getByRole("button", { name: "Copy as Markdown" }).click();
  assert.equal(await copied(visit), `[NATS Key/Value playground: Sandbox 1](${link})`);

  // Somebody else, who has done other things.
  const other = await visit.another();
  await other.goto("");
  await other.terminal("you").run("echo mine");
  const mine = await screens(other);
  await other.goto(link.slice(link.indexOf("#")));
  assert.deepEqual({ screens: await screens(other), tabs: await tabs(other) }, before);
  await other.assertAccessible();
  await other.screenshot("share-opened");
  await other.terminal("you").run("nats kv get B key --raw");
  // What is done from here on is not what the link says.
  await other.page.waitForFunction(() => location.hash === "");
  await other.goto("");
  assert.match(await other.terminal("you").text(), /get B key --raw\s+a value/);
  await other.goto(link.slice(link.indexOf("#")));
  await other.page.getByRole("button", { name: "To my sandbox" }).click();
  await eventually(async () => assert.match(await other.terminal("you").text(), /get B key --raw\s+a value/));
  await other.page.getByRole("button", { name: "Sandboxes" }).click();
  const names = other.page.getByRole("textbox", { name: "Name of the sandbox" });
  await eventually(async () => {
    assert.deepEqual((await names.evaluateAll((all) => all.map((one) => one.value))).sort(), ["From a link 1", "Sandbox 1"]);
  });
  assert.ok(mine.join().includes("mine"));
});

test("a fresh world gives a short link", clipboard, async (visit) => {
  const dialog = await share(visit);
  await dialog.getByRole("button", { name: "Copy link" }).click();
  const link = await copied(visit);
  assert.ok(link.length < 100, link);
  const before = await screens(visit);
  const other = await visit.another();
  await other.goto(link.slice(link.indexOf("#")));
  assert.deepEqual(await screens(other), before);
  await other.assertTold(/a world that somebody has shared.*kept as “From a link 1”/);
  // What was said before has no place in a dialog.
  const dialogOfOther = await share(other);
  assert.equal((await dialogOfOther.getByRole("status").innerText()).trim(), "");
});

test("a frame for what is open is copied, and shows it in another page", clipboard, async (visit) => {
  await work(visit);
  const dialog = await share(visit);
  const frame = dialog.getByRole("textbox", { name: "Text of the frame" });
  assert.match(await frame.inputValue(), /^<iframe src="http:[^"?]*\/#v1=[\w-]+" title="NATS Key\/Value playground" [^>]*><\/iframe>$/);
  await dialog.getByRole("combobox", { name: "What it shows" }).selectOption("Step 1 of the lesson, set up");
  await dialog.getByRole("combobox", { name: "Parts of the page" }).selectOption("Terminals");
  await dialog.getByRole("combobox", { name: "Language" }).selectOption("Deutsch");
  await dialog.getByRole("combobox", { name: "Colours" }).selectOption("Dark colours");
  await dialog.getByRole("button", { name: "Copy the frame" }).click();
  const text = await copied(visit);
  assert.equal(text, await frame.inputValue());
  const asked = text.match(/src="[^"?]*(\?[^"]*)"/)[1].replaceAll("&amp;", "&");
  assert.equal(asked, "?lang=de&theme=dark&step=1&layout=terminal");
  await visit.assertAccessible();

  const other = await visit.another();
  await other.goto(asked);
  await other.page.getByRole("textbox", { name: "Terminal you: you$" }).waitFor();
  assert.equal(await other.page.getByTestId("pane-lesson").isVisible(), false);
});

test("a class finds the link as a QR code, unless it is too long", async (visit) => {
  await work(visit);
  let dialog = await share(visit);
  await dialog.getByText("QR code of the link").click();
  const code = dialog.getByRole("img", { name: "The link as a QR code" });
  const { width, height } = await code.boundingBox();
  assert.ok(width > 250 && Math.abs(width - height) < 2, `${width} by ${height}`);
  await visit.assertAccessible();
  await visit.screenshot("share-qr");
  await visit.page.keyboard.press("Escape");
  // What does not repeat cannot be made short.
  const noise = Array.from({ length: 60 }, (_, at) => Math.sin(at + 1).toString(36).slice(2)).join("");
  await visit.terminal("you").run(`echo ${noise}`);
  await visit.terminal("you").run(`echo ${[...noise].reverse().join("")}`);
  dialog = await share(visit);
  await dialog.getByText("QR code of the link").click();
  await dialog.getByText("The link is too long for a code that a phone can read.").waitFor();
  assert.equal(await code.count(), 0);
});

test("a session is copied and saved as text", { ...clipboard, acceptDownloads: true }, async (visit) => {
  await work(visit);
  const dialog = await share(visit);
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  const transcript = await copied(visit);
  assert.match(transcript, /^```console\nserver\$ nats-server\n[^]*you\$ nats kv put B key 'a value'\na value\n@wait/);
  assert.match(transcript, /client1\$ nats kv watch B\n/);
  await dialog.getByRole("button", { name: "client1" }).click();
  await dialog.getByRole("button", { name: "Plain text" }).click();
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  assert.match(await copied(visit), /^client1\$ nats kv watch B\n/);
  for (const [format, name, begin] of [["Film", "Sandbox 1.cast", '{"version":3,"term":'], ["Markdown", "Sandbox 1.md", "```console"]]) {
    await dialog.getByRole("button", { name: format }).last().click();
    const [download] = await Promise.all([visit.page.waitForEvent("download"), dialog.getByRole("button", { name: "Save as a file" }).click()]);
    assert.equal(download.suggestedFilename(), name);
    const stream = await download.createReadStream();
    let text = "";
    for await (const chunk of stream) text += chunk;
    assert.ok(text.startsWith(begin), text.slice(0, 100));
  }
});

for (const [name, fragment, says] of [
  ["cut", "#v1=K7Q0NTcwMjAyNDYyN", /damaged/],
  ["of a newer page", "#v2=abc", /newer/],
  ["of another page", "#v1=", /damaged/],
  ["of no alphabet", "#v1=%00<b>ü", /damaged/],
  ["huge", `#v1=${"A".repeat(600_000)}`, /longer than this page takes/],
]) {
  test(`a link that is ${name} gives a message and an empty playground`, async (visit) => {
    await visit.terminal("you").run("echo mine");
    await visit.goto(fragment);
    await visit.assertTold(says);
    assert.doesNotMatch(await visit.terminal("you").text(), /mine/);
    await visit.page.getByRole("button", { name: "To my sandbox" }).click();
    await eventually(async () => assert.match(await visit.terminal("you").text(), /mine/));
  });
}

test("where the clipboard refuses, the text is copied the old way, or it is said that it was not", clipboard, async (visit) => {
  await visit.page.addInitScript(() => {
    // An empty page has none.
    if (navigator.clipboard) navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await visit.goto("");
  let dialog = await share(visit);
  await dialog.getByRole("button", { name: "Copy link" }).click();
  await dialog.getByRole("status").filter({ hasText: "Copied." }).waitFor();
  assert.match(await copied(visit), /^http:.*\/#v1=[\w-]+$/);
  await visit.page.evaluate(() => (document.execCommand = () => false));
  await dialog.getByRole("button", { name: "Copy as Markdown" }).click();
  await dialog.getByRole("status").filter({ hasText: "The browser did not let this be copied." }).waitFor();
  assert.match(await copied(visit), /^http/);
});

test("Escape closes the dialog and gives the focus back", async (visit) => {
  await share(visit);
  await visit.page.keyboard.press("Escape");
  // The browser closes it at once, and tells the page a moment later.
  await visit.page.locator("dialog h2").waitFor({ state: "detached" });
  assert.equal(await visit.page.getByRole("dialog").count(), 0);
  assert.match(await visit.page.evaluate(() => document.activeElement.textContent), /Share/);
  await visit.page.keyboard.press("Enter");
  await visit.page.getByRole("dialog", { name: "Share" }).getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await visit.page.getByRole("dialog").count(), 0);
});

test("on a narrow screen, what the bar has no room for is behind a button", { viewport: { width: 320, height: 640 }, hasTouch: true }, async (visit) => {
  await visit.page.getByRole("button", { name: "More" }).tap();
  const dialog = visit.page.getByRole("dialog", { name: "More" });
  await dialog.getByRole("button", { name: "Dark colours" }).tap();
  await visit.assertAccessible();
  await visit.screenshot("share-more");
  await dialog.getByRole("button", { name: "Deutsch" }).tap();
  await visit.page.getByRole("dialog", { name: "Mehr" }).getByRole("button", { name: "Schließen" }).tap();
  assert.equal(await visit.page.getByRole("dialog").count(), 0);
});

for (const [name, options] of Object.entries({
  "at 320 pixels": { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
  "dark": { colorScheme: "dark" },
  "in forced colours": { forcedColors: "active" },
  "in German": { locale: "de-DE" },
})) {
  test(`the dialog, ${name}`, options, async (visit) => {
    await visit.page.getByRole("button", { name: /^(Share|Teilen)/ }).click();
    await visit.page.locator("dialog [value^=http]").waitFor();
    await visit.assertAccessible();
    await visit.screenshot(`share-${name.replaceAll(" ", "-")}`);
    const over = await visit.page.evaluate(() => document.querySelector("dialog").scrollWidth - document.querySelector("dialog").clientWidth);
    assert.ok(over <= 0, `nothing hangs over: ${over}`);
    if (!options.hasTouch) return;
    const small = await visit.page.locator("dialog button").evaluateAll((all) => all.filter((one) => one.offsetHeight < 44).map((one) => one.textContent));
    assert.deepEqual(small, [], "fingers find every button");
  });
}
