// Up to eight terminals: named, arranged, and watched while others work.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { tabName, tabNames, tabs, terminalNames, terminals } from "../parts.mjs";

const names = ({ page }) => tabNames(page);

test("eight side by side, each in sight, and no ninth", async (visit) => {
  const add = visit.page.getByRole("button", { name: "Open another terminal" });
  for (let count = 3; count <= 9; count++) await add.click();
  assert.equal((await names(visit)).length, 8);
  await visit.page.getByRole("status").filter({ hasText: "8 terminals are the most" }).waitFor({ state: "attached" });
  await visit.page.getByRole("button", { name: "All side by side" }).click();
  assert.equal((await terminalNames(visit.page)).length, 8);
  const places = await terminals(visit.page).evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
  for (const { width, height } of places) assert.ok(width > 150 && height > 80, `${width} by ${height}`);
  const looks = await tabs(visit.page).evaluateAll((all) =>
    all.map((tab) => {
      const shape = tab.querySelector("svg");
      return `${shape.innerHTML} ${getComputedStyle(shape).color}`;
    }),
  );
  assert.equal(new Set(looks).size, 8, "no two look alike");
  const hidden = await tabs(visit.page).evaluateAll((all) => {
    const bar = all[0].parentElement.getBoundingClientRect();
    return all.filter((tab) => tab.getBoundingClientRect().right > bar.right + 1).length;
  });
  assert.equal(hidden, 0, "each tab is in sight");
  await visit.assertAccessible();
  await visit.screenshot("clients-eight");
});

test("a terminal is renamed in place, and a bad name is refused in words", async (visit) => {
  const { page } = visit;
  const field = page.getByRole("textbox", { name: "New name of" });
  await page.getByRole("button", { name: "Rename or move you" }).click();
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await visit.assertAccessible();
  await page.keyboard.type("alice");
  await page.keyboard.press("Enter");
  assert.deepEqual(await names(visit), ["server", "alice"]);
  await visit.terminal("alice").run("echo here");
  assert.match(await visit.terminal("alice").text(), /alice\$ echo here/);
  await tabName(page, "alice").dblclick();
  await field.fill("server");
  await page.keyboard.press("Enter");
  await visit.assertTold(/no two terminals have the same/);
  await tabName(page, "alice").dblclick();
  await field.fill("forgotten");
  await page.keyboard.press("Escape");
  assert.deepEqual(await names(visit), ["server", "alice"]);
  await visit.goto("");
  assert.deepEqual(await names(visit), ["server", "alice"], "it is kept");
});

test("tabs are moved by buttons and by dragging", async (visit) => {
  const { page } = visit;
  await page.getByRole("button", { name: "Open another terminal" }).click();
  assert.deepEqual(await names(visit), ["server", "you", "client1"]);
  await page.getByRole("button", { name: "Rename or move client1" }).click();
  await page.getByRole("button", { name: "Move left" }).click();
  assert.deepEqual(await names(visit), ["server", "client1", "you"]);
  await tabs(page).filter({ hasText: "you" }).dragTo(tabs(page).filter({ hasText: "server" }));
  assert.deepEqual(await names(visit), ["you", "server", "client1"]);
  await visit.goto("");
  assert.deepEqual(await names(visit), ["you", "server", "client1"], "it is kept");
});
