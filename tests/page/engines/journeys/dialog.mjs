// A dialog is closed by a click beside it, and by Escape.

import assert from "node:assert/strict";
import { Key } from "selenium-webdriver";

const isOpen = async (visit) => (await visit.script("return document.querySelector('dialog[open]')")) !== null;

async function assertCloses(visit, close) {
  await visit.open();
  await visit.click("button", /^Share/);
  await visit.find("dialog", "Share");
  await close();
  await visit.until("the dialog to close", async () => !(await isOpen(visit)), 2000);
  await visit.until("the focus to be where it was", () => visit.script("return document.activeElement.textContent.includes('Share')"), 2000);
  await visit.click("button", /^Share/);
  await visit.find("dialog", "Share");
}

export default {
  async "a click beside a dialog closes it"(visit) {
    await assertCloses(visit, async () => {
      const [x, y] = await visit.script("return [10, innerHeight - 10]");
      await visit.driver.actions().move({ x, y, origin: "viewport" }).click().perform();
    });
  },

  async "Escape closes a dialog"(visit) {
    await assertCloses(visit, () => visit.type(Key.ESCAPE));
  },
};
