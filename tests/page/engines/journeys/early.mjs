// What is typed before the program is there is seen at once, and done when it comes.

import assert from "node:assert/strict";
import { Key } from "selenium-webdriver";

const FIELD = `
  const { value, selectionStart, selectionEnd } = document.activeElement;
  return { tag: document.activeElement.tagName, value, selectionStart, selectionEnd };`;

export default {
  async "one can type before the program is there"(visit) {
    const release = visit.site.hold();
    await visit.goto();
    await visit.type("nats account info", Key.ENTER, "echo on", Key.ARROW_LEFT);
    const typed = { tag: "TEXTAREA", value: "echo on", selectionStart: 6, selectionEnd: 6 };
    assert.deepEqual(await visit.script(FIELD), typed);
    assert.match((await visit.screens()).at(-1), /nats account info/);
    assert.equal(await visit.script("return 'ready' in document.documentElement.dataset"), false);
    release();
    await visit.ready();
    assert.deepEqual(await visit.script(FIELD), typed);
    assert.match(await visit.answer("you"), /Account Information/);
    await visit.type("c", Key.END, "e", Key.ENTER);
    assert.equal((await visit.answer("you")).trim(), "ocne");
  },
};
