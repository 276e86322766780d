// What was done is there again after a reload, with the line that is half typed.

import assert from "node:assert/strict";
import { Key } from "selenium-webdriver";

export default {
  async "a reload keeps the world"(visit) {
    await visit.open();
    await visit.makeBucket();
    await visit.type("nats kv get B key");
    const before = await visit.screens();
    await visit.reload();
    await visit.ready();
    assert.deepEqual(await visit.screens(), before);
    await visit.type(" --raw", Key.ENTER);
    assert.equal((await visit.answer("you")).trim(), "a value");
  },
};
