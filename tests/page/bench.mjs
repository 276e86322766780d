// What the speed of the page is measured with: our page and a bare xterm.js page, served alike and timed alike.

import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../../tools/serve.mjs";
import { DIST, browser } from "./harness.mjs";

const XTERM = fileURLToPath(new URL("node_modules/@xterm/xterm/", import.meta.url));

/** The nearest thing to no page at all that has a terminal: three files, one line of output, a prompt. */
function bareFolder() {
  const folder = mkdtempSync(join(tmpdir(), "bare-"));
  const [library, exported] = readFileSync(`${XTERM}lib/xterm.mjs`, "utf8").split(/export\{(\w+) as Terminal\};?/);
  const program = `
    const terminal = new ${exported}({ scrollback: 200_000 });
    terminal.open(document.getElementById("terminal"));
    terminal.focus();
    const line = (number) => \`[kv] put key.\${number} value-\${number * 7919} revision \${number}\\r\\n\`;
    const lines = (count) => Array.from({ length: count }, (_, number) => line(number)).join("");
    terminal.onData((data) => terminal.write(data === "\\r" ? \`\\r\\n\${lines(5)}$ \` : data));
    const filled = new Promise((done) => terminal.write(lines(Number(location.hash.slice(1))) + "$ ", done));
    filled.then(() => (document.documentElement.dataset.ready = ""));`;
  writeFileSync(join(folder, "page.js"), library + program);
  copyFileSync(`${XTERM}css/xterm.css`, join(folder, "xterm.css"));
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="xterm.css">` +
      `<div id="terminal"></div><script type="module" src="page.js"></script>`,
  );
  return folder;
}

let served;

/** The two pages, served packed. xterm.js writes styles into the page, so it gets no policy. */
export async function pages() {
  served ??= (async () => {
    const all = { ours: await serve(DIST), bare: await serve(bareFolder(), { policy: null }) };
    await Promise.all(Object.values(all).map(({ pack }) => pack()));
    // Nobody waits for them at the end of a run.
    for (const { server } of Object.values(all)) server.unref();
    return { ours: all.ours.address, bare: all.bare.address };
  })();
  return served;
}

/**
 * Runs in the page from its first moment on: notes when a key that went down in a text field was painted first, when
 * the program was there to answer Enter, and when what further keys did was painted.
 */
function watch() {
  window.speed = { keys: [] };
  // The task after the next frame's callbacks is the usual sign that it was painted.
  const painted = (then) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(performance.now());
      port2.postMessage(0);
    });
  const note = (name) => {
    let done;
    window.speed[name] = new Promise((resolve) => (done = resolve));
    return () => painted(done);
  };
  const [typed, answers] = [note("typed"), note("answers")];
  new MutationObserver((_, observer) => {
    if (!("ready" in document.documentElement.dataset)) return;
    observer.disconnect();
    answers();
  }).observe(document, { attributes: true, subtree: true });
  const down = ({ timeStamp, target }) => {
    if (target instanceof HTMLTextAreaElement) typed();
    painted((now) => window.speed.keys.push(now - timeStamp));
  };
  addEventListener("keydown", down, true);
}

/** Presses a key every few milliseconds, from before the page is there until what it did is painted. */
async function type(debug, typed) {
  const key = { key: "x", code: "KeyX", text: "x", windowsVirtualKeyCode: 88 };
  let done = false;
  typed.then(() => (done = true));
  while (!done) {
    for (const event of ["keyDown", "keyUp"]) await debug.send("Input.dispatchKeyEvent", { type: event, ...key });
    await new Promise((go) => setTimeout(go, 5));
  }
}

/**
 * A page in a fresh profile, once its program is there. `ready` says after how many milliseconds one can type (only if
 * somebody is `typing` from the first moment on) and when Enter is answered.
 */
export async function open(address, { network, typing = false } = {}) {
  const context = await (await browser()).newContext({ viewport: { width: 1200, height: 800 } });
  const page = await context.newPage();
  const debug = await context.newCDPSession(page);
  await page.addInitScript(watch);
  // Time that the thread itself worked, whatever else the machine does meanwhile.
  await debug.send("Performance.enable", { timeDomain: "threadTicks" });
  if (network) {
    await debug.send("Network.enable");
    await debug.send("Network.emulateNetworkConditions", { offline: false, uploadThroughput: -1, ...network });
  }
  // What waits for it must not disturb: Playwright's own way puts a third of a megabyte of script into the page.
  await page.goto(address, { waitUntil: "commit" });
  const noted = async (name) => {
    const found = await debug.send("Runtime.evaluate", { expression: `window.speed.${name}`, awaitPromise: true });
    return found.result.value;
  };
  const typed = noted("typed");
  if (typing) await type(debug, typed);
  const ready = { answers: await noted("answers"), typed: typing && (await typed) };
  const metric = async (wanted) =>
    (await debug.send("Performance.getMetrics")).metrics.find(({ name }) => name === wanted).value * 1000;
  return {
    page,
    ready,
    close: () => context.close(),
    /** Presses a key again and again, as a quick typist does; milliseconds to paint, and of the main thread each. */
    async press(key, times) {
      await page.evaluate(() => (window.speed.keys = []));
      const before = await metric("TaskDuration");
      for (let press = 0; press < times; press++) {
        await page.keyboard.press(key);
        await page.waitForTimeout(35 + ((press * 7) % 17));
      }
      const busy = ((await metric("TaskDuration")) - before) / times;
      return { busy, paint: await page.evaluate(() => window.speed.keys) };
    },
  };
}

export const median = (values) => at(values, 0.5);

/** The value that this share of the values does not exceed. */
export function at(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
