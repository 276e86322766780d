// In the picture, what puts a command into the terminal looks like a link.

import assert from "node:assert/strict";

export default {
  async "links in the picture are underlined"(visit) {
    await visit.open();
    await visit.makeBucket();
    const [bucket] = await visit.until("the bucket", () => visit.marked("bucket"));
    for (const name of ["B", "key"]) {
      const link = await visit.find("button", name, bucket);
      assert.equal(await visit.script("return getComputedStyle(arguments[0]).textDecorationLine", link), "underline", name);
    }
    await visit.click("button", "key", bucket);
    await visit.until("the command in the terminal", () =>
      visit.script("return document.querySelector('[data-terminal=you] textarea').value === 'nats kv get B key'"));
  },
};
