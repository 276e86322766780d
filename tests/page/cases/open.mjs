// The page opens under its policy, for everybody: at any width, in any colours, by any means.

import assert from "node:assert/strict";
import { POLICY } from "../../../tools/serve.mjs";
import { test } from "../harness.mjs";
import { pane, stepsDone } from "../parts.mjs";

const PARTS = ["Lesson", "Terminals", "Picture"];

async function assertNothingHangsOver({ page }) {
  const [right, below] = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [scrollWidth - innerWidth, scrollHeight - innerHeight];
  });
  assert.ok(right <= 0 && below <= 0, `nothing hangs over: ${right} pixels at the side, ${below} below`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [[1280, 800], [1800, 1000]]) {
    test(`at ${width} pixels, ${colorScheme}`, { viewport: { width, height }, colorScheme }, async (visit) => {
      assert.equal(await visit.page.locator("h1").innerText(), "NATS Key/Value playground");
      await assertNothingHangsOver(visit);
      await visit.assertAccessible();
      await visit.screenshot(`open-${width}-${colorScheme}`);
    });
  }
  for (const width of [380, 320]) {
    const options = { viewport: { width, height: 760 }, colorScheme, hasTouch: true };
    test(`at ${width} pixels, ${colorScheme}, each part by itself`, options, async (visit) => {
      for (const part of PARTS) {
        await visit.page.getByRole("navigation").getByRole("button", { name: part }).click();
        await assertNothingHangsOver(visit);
        await visit.assertAccessible();
        await visit.screenshot(`open-${width}-${colorScheme}-${part.toLowerCase()}`);
      }
    });
  }
}

for (const language of ["en", "de", "fr"]) {
  test(`at any width the bar has room for its title and buttons (${language})`, { path: `?lang=${language}` }, async (visit) => {
    for (let width = 360; width <= 1400; width += 20) {
      await visit.page.setViewportSize({ width, height: 600 });
      await assertNothingHangsOver(visit);
      const { height } = await visit.page.locator("h1").boundingBox();
      assert.ok(height < 45, `at ${width} pixels the title takes two lines at most: ${height} pixels`);
    }
  });
}

test("in forced colours and with more contrast", { forcedColors: "active", contrast: "more" }, async (visit) => {
  await visit.assertAccessible();
  await visit.screenshot("open-forced-colours");
});

test("at twice the size of letters", { viewport: { width: 640, height: 400 } }, async (visit) => {
  await assertNothingHangsOver(visit);
  await visit.assertAccessible();
});

for (const value of ["constructor", "__proto__", "toString", "%00", "<b>", "‮en", "9".repeat(400), "-1", ""]) {
  const asked = ["lang", "theme", "layout", "step"].map((name) => `${name}=${encodeURIComponent(value)}`).join("&");
  test(`an address that asks for “${value.slice(0, 20)}” opens the page as it is`, { path: `?${asked}` }, async (visit) => {
    const { page } = visit;
    assert.equal(await page.locator("h1").innerText(), "NATS Key/Value playground");
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "auto");
    for (const name of ["lesson", "terminals", "inspector"]) assert.ok(await pane(page, name).isVisible(), name);
    assert.match(await visit.terminal("you").run("echo $((6 * 7))"), /42/);
  });
}

test("the colours that were chosen are there again after a reload", async (visit) => {
  const theme = () => visit.page.evaluate(() => getComputedStyle(document.body).colorScheme);
  await visit.page.getByRole("button", { name: "Dark colours" }).click();
  assert.equal(await theme(), "dark");
  await visit.goto("");
  assert.equal(await theme(), "dark");
  assert.equal(await visit.page.getByRole("button", { name: "Dark colours" }).getAttribute("aria-pressed"), "true");
});

test("a browser that translates the page leaves commands and output alone, and what changes is shown", async ({ page }) => {
  // As Chrome does it: an element of its own takes the place of each text that may be translated.
  await page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) texts.push(walk.currentNode);
    for (const text of texts.filter((text) => text.parentElement.translate)) {
      const font = document.createElement("font");
      text.replaceWith(font);
      font.append(`<${text.data}>`);
    }
  });
  assert.match(await stepsDone(page).innerText(), /^<0 of/);
  await page.getByRole("button", { name: /Next command/ }).click();
  await page.getByText(/^1 of \d+ steps done/).waitFor();
  await page.getByRole("button", { name: /Run/ }).first().click();
  for (const id of ["output", "command", "lesson-command-text"]) {
    assert.equal(await page.getByTestId(id).locator("font").count(), 0, `${id} is not translated`);
  }
  assert.match(await page.getByTestId("command").last().innerText(), /^you\$ nats account info$/);
});

test("where storage is forbidden, all works but keeping", async (visit) => {
  await visit.page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
  });
  await visit.goto("");
  await visit.page.getByRole("button", { name: "Dark colours" }).click();
  assert.equal(await visit.page.evaluate(() => getComputedStyle(document.body).colorScheme), "dark");
});

test("in a frame it takes no focus and moves nothing", async (visit) => {
  const address = visit.page.url();
  await visit.page.route("**/host.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><title>host</title><div style="height:3000px"></div><iframe src="${address}" width="600" height="400"></iframe>`,
    }),
  );
  await visit.page.goto(`${address}host.html`);
  const frame = visit.page.frameLocator("iframe");
  await frame.locator("html[data-ready]").waitFor({ state: "attached" });
  await visit.page.waitForTimeout(300);
  visit.loaded();
  assert.equal(await visit.page.evaluate(() => document.activeElement.tagName), "BODY");
  assert.equal(await visit.page.evaluate(() => scrollY), 0);
});

test("on a host that sends no policy, the page has the same one", async (visit) => {
  const policy = visit.page.locator("meta[http-equiv=Content-Security-Policy]");
  assert.equal(await policy.getAttribute("content"), POLICY);
});
