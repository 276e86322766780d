// A link opens to the same bytes in another profile.

import assert from "node:assert/strict";

export default {
  async "a link opens to the same world in another session"(visit) {
    await visit.open();
    await visit.makeBucket();
    await visit.click("button", /\+10 s/);
    await visit.run("you", "nats kv get B key");
    const before = await visit.screens();
    await visit.click("button", /^Share/);
    const dialog = await visit.find("dialog", "Share");
    const link = await visit.until("the link", () =>
      visit.script("return [...arguments[0].querySelectorAll('input, textarea')].map((one) => one.value).find((text) => text.startsWith('http'))", dialog));
    assert.ok(link.startsWith(`${visit.site.address}#v1=`), link);
    await visit.browser.begin();
    await visit.open(link.slice(visit.site.address.length));
    assert.deepEqual(await visit.screens(), before);
    assert.equal((await visit.run("you", "nats kv get B key --raw")).trim(), "a value");
  },
};
