// In a page of another origin and another site: it takes nothing of that page's, and works.

import assert from "node:assert/strict";
import { Key } from "selenium-webdriver";

const around = (address) => `<!doctype html><title>around</title><link rel="icon" href="data:,">
<input aria-label="own"><div style="height: 3000px"></div><iframe src="${address}" title="playground" width="700" height="500"></iframe>
<script>document.querySelector("input").focus()</script>`;

export default {
  async "a frame of another origin takes no focus, scrolls nothing, and works"(visit) {
    await visit.driver.get(await visit.site.around(around(visit.site.address)));
    const frame = await visit.until("the frame", () => visit.script("return document.querySelector('iframe')"));
    await visit.until("the frame to ask for the program", () => visit.site.fetches > 0);
    // WebKit's driver types into nothing once it was in a frame, so this comes before.
    await visit.type("mine");
    await visit.until("the program in the frame", async () => {
      await visit.driver.switchTo().defaultContent();
      await visit.driver.switchTo().frame(frame);
      return visit.script("return 'ready' in document.documentElement.dataset");
    });
    await visit.driver.switchTo().defaultContent();
    const held = "return [document.activeElement.tagName, document.querySelector('input').value, scrollY]";
    assert.deepEqual(await visit.script(held), ["INPUT", "mine", 0]);
    await visit.script("arguments[0].scrollIntoView()", frame);
    await visit.driver.switchTo().frame(frame);
    await visit.equip();
    if ((await visit.all("button", /^Terminals/)).length > 0) await visit.click("button", /^Terminals/);
    await visit.enter("you");
    await visit.type("nats account info", Key.ENTER);
    assert.match(await visit.answer("you"), /Account Information/);
    await visit.driver.switchTo().defaultContent();
  },
};
