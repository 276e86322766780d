// What the tests of the page stand on: a browser, the built page under its policy, and words to use it with.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { POLICY, serve } from "../../tools/serve.mjs";
import { notice } from "./parts.mjs";
import { Terminal } from "./terminal.mjs";

export const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat(
  "--disable-background-networking --disable-component-update --disable-sync".split(" "),
);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** All tests, in the order in which the files of `cases/` declare them. */
export const tests = [];

/**
 * Declares a test. `body` gets a `Visit`; `options` are Playwright's for a context, for instance
 * `{ viewport: { width: 380, height: 740 }, colorScheme: "dark" }`, and `path`, the address after the slash; `blank` leaves it to
 * the test to open the page. Motion is allowed unless `reducedMotion: "reduce"` is given.
 * A test fails as well when the console had an error (unless `mayComplain`), a request left the page's origin, or the
 * page's server was asked for something after loading. Where a service worker is allowed, what it fetches when it is
 * installed is part of loading; `cases/offline.mjs` waits for that.
 */
export function test(name, options, body) {
  tests.push({ name, options: body ? options : {}, body: body ?? options });
}

/** Declares a test that needs no browser. */
export function testFiles(name, body) {
  tests.push({ name, body, browser: false });
}

let shared;

export async function run({ options, body, browser }) {
  if (browser === false) return body();
  shared ??= await open();
  const { path = "", blank = false, mayComplain = false, ...context } = options;
  const visit = await Visit.begin(shared, context);
  try {
    if (!blank) await visit.goto(path);
    await body(visit);
    visit.assertQuiet(mayComplain);
  } finally {
    await visit.context.close();
  }
}

export async function close() {
  if (!shared) return;
  await shared.browser.close();
  shared.server.close();
  if (shared.shots) console.log(`\nscreenshots are in ${shared.shots}`);
}

async function open() {
  /** What a test makes of files that are served, by their paths. */
  const patched = new Map();
  const { server, address } = await serve(DIST, { patched });
  // What the server hears is what counts: a browser's cache and a service worker are on the visitor's side.
  const asked = [];
  server.on("request", ({ url }) => asked.push(url));
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return { server, address, asked, patched, browser: await chromium.launch({ executablePath, args: FLAGS, headless: true }) };
}

/** The browser that all tests share. */
export async function browser() {
  shared ??= await open();
  return shared.browser;
}

/** One person's visit to the page, in a browser profile of their own. */
export class Visit {
  static async begin(shared, options) {
    const visit = new Visit();
    visit.shared = shared;
    visit.context = await shared.browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: "block", ...options });
    visit.page = await visit.context.newPage();
    visit.errors = [];
    visit.requests = [];
    visit.page.on("console", (message) => message.type() === "error" && visit.errors.push(message.text()));
    visit.page.on("pageerror", (error) => visit.errors.push(String(error)));
    visit.page.on("request", (request) => visit.requests.push(request.url()));
    return visit;
  }

  /** Another person's visit at the same time; it ends with this one. */
  async another(options = {}) {
    const other = await Visit.begin(this.shared, options);
    this.context.once("close", () => other.context.close());
    return other;
  }

  /** Opens the page and waits until it can be used. */
  async goto(path) {
    // Where only the part after "#" changed, a browser would stay on the page.
    await this.page.goto("about:blank");
    await this.page.goto(this.shared.address + path);
    await this.page.waitForSelector("html[data-ready]");
    await this.page.waitForLoadState("networkidle");
    this.loaded();
  }

  /** From here on the page has loaded. */
  loaded() {
    this.shared.asked.length = 0;
  }

  /** Lets the page import a module that is no part of it, as from a file beside it. */
  async offer(name, module) {
    const answer = { body: module, contentType: "text/javascript", headers: { "content-security-policy": POLICY } };
    await this.page.route(`**/${name}`, (route) => route.fulfill(answer));
  }

  terminal(name) {
    return new Terminal(this.page, name);
  }

  /** Waits until the page says so to everybody, in the line at its edge. */
  async assertTold(words) {
    const told = notice(this.page, words);
    await told.waitFor({ timeout: 5000 }).catch(async () => assert.match(await notice(this.page).innerText(), words));
  }

  /** Nothing was complained of in the console, and nothing was asked of anybody but the page's own server at loading. */
  assertQuiet(mayComplain) {
    if (!mayComplain) assert.deepEqual(this.errors, [], "the console is empty");
    const local = (url) => url.startsWith(this.shared.address) || url.startsWith("data:") || url.startsWith("blob:");
    assert.deepEqual(this.requests.filter((url) => !local(url)), [], "no request leaves the origin");
    // A browser asks for the icon of a tab when it likes.
    const asked = this.shared.asked.filter((url) => !url.startsWith("/icon-"));
    assert.deepEqual(asked, [], "no request after loading");
  }

  /** The accessibility rules find nothing on the page as it is now. */
  async assertAccessible() {
    // The policy of the page forbids injected scripts; the debugger's own evaluation is not bound by it.
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), LEVELS);
    const text = found.violations.map(
      ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join("\n")}`,
    );
    assert.deepEqual(text, [], "axe finds nothing");
  }

  /** Keeps a picture of the window under this name. */
  async screenshot(name, options = {}) {
    this.shared.shots ??= process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), "playground-"));
    await this.page.screenshot({ path: join(this.shared.shots, `${name}.png`), ...options });
  }
}
