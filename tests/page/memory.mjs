// How much memory the pages of the browser hold, and how long they have worked, as the system counts it.

import { readFileSync } from "node:fs";
import { browser } from "./harness.mjs";

const PAGE = 4096;

/** Seconds that all processes that draw pages have worked. */
export async function worked() {
  const debug = await (await browser()).newBrowserCDPSession();
  const { processInfo } = await debug.send("SystemInfo.getProcessInfo");
  await debug.detach();
  return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** Bytes that all processes that draw pages hold, after what is garbage in this page was collected. */
export async function memory(page) {
  const inPage = await page.context().newCDPSession(page);
  await inPage.send("HeapProfiler.collectGarbage");
  await inPage.detach();
  const debug = await (await browser()).newBrowserCDPSession();
  const { processInfo } = await debug.send("SystemInfo.getProcessInfo");
  await debug.detach();
  const held = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => {
    try {
      return Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]) * PAGE;
    } catch {
      // It has ended meanwhile.
      return 0;
    }
  });
  return held.reduce((sum, one) => sum + one, 0);
}
