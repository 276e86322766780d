// What is kept, as it stands in the browser's storage.

import assert from "node:assert/strict";

/** All sandboxes that are kept, each as its head and then the lines of its journal. */
export const keptTexts = (page) => page.evaluate(readAll);

/** Waits until some sandbox has this text. */
export const isKept = (page, text) =>
  eventually(async () => {
    const all = await keptTexts(page);
    assert.ok(all.some((one) => one.includes(text)), `${text} is not in ${all.join("\n")}`);
  });

/** Waits until what is asserted holds. */
export async function eventually(check) {
  const end = Date.now() + 20_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((go) => setTimeout(go, 50));
    }
  }
}

async function readAll() {
  const done = (request) =>
    new Promise((go, fail) => {
      request.onsuccess = () => go(request.result);
      request.onerror = () => fail(request.error);
    });
  const database = await done(indexedDB.open("nats-kv-playground"));
  if (!database.objectStoreNames.contains("parts")) return [];
  const transaction = database.transaction(["sandboxes", "parts"]);
  const [sandboxes, parts] = ["sandboxes", "parts"].map((name) => transaction.objectStore(name));
  const reads = [sandboxes.getAllKeys(), sandboxes.getAll(), parts.getAllKeys(), parts.getAll()];
  const [ids, heads, keys, texts] = await Promise.all(reads.map(done));
  database.close();
  return ids.map((id, at) => heads[at] + texts.filter((_, part) => keys[part][0] === id).join(""));
}
