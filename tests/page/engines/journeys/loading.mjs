// How long it takes until the page can be used, and how often the program is fetched for that.

import assert from "node:assert/strict";
import { Key } from "selenium-webdriver";

/** Notes, in milliseconds since the visit began, when the program was there and when it had answered. */
const WATCH = `
  const times = (window.times = {});
  const look = () => {
    if ("ready" in document.documentElement.dataset) times.ready ??= performance.now();
    const output = document.querySelector("[data-terminal=you] [data-testid=output]");
    if (/Account Information/.test(output?.textContent)) times.answered ??= performance.now();
    if (!times.answered) requestAnimationFrame(look);
  };
  look();`;

async function come(visit) {
  await visit.goto();
  await visit.script(WATCH);
  await visit.type("nats account info", Key.ENTER);
  await visit.until("the answer", () => visit.script("return window.times.answered"), 30_000);
  return visit.script("return window.times");
}

export default {
  async "the program is there, answers, and is there sooner the second time"(visit) {
    const first = await come(visit);
    await visit.until("the service worker", () => visit.script("return navigator.serviceWorker.controller?.state === 'activated'"));
    const asked = visit.site.asked.length;
    const second = await come(visit);
    visit.note({ ready: first.ready, "first Enter answered": first.answered, "ready at the second visit": second.ready });
    assert.deepEqual(visit.site.asked.slice(asked).filter((url) => url !== "/worker.js"), [], "the second visit needs no network");
  },

  async "the program is fetched once"(visit) {
    const end = await visit.browser.ordinarily(visit.site.address);
    try {
      await visit.until("the service worker to fetch its files", () => visit.site.asked.includes("/manifest.webmanifest"), 30_000);
      await visit.driver.sleep(500);
      assert.equal(visit.site.fetches, 1);
    } finally {
      await end();
    }
  },
};
