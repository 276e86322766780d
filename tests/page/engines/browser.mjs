// A browser that is driven by WebDriver: its driver, its session, the size of its window and what its console said.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Builder } from "selenium-webdriver";
import BrowsingContext from "selenium-webdriver/bidi/browsingContext.js";
import LogInspector from "selenium-webdriver/bidi/logInspector.js";
import { DriverService } from "selenium-webdriver/remote/index.js";

/** A screen in memory, for browsers that want one; `end` takes it away. */
export async function screen() {
  const server = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const [number] = await Promise.race([once(server.stdout, "data"), once(server, "exit").then(() => ["none"])]);
  if (server.exitCode !== null) throw new Error("Xvfb does not start");
  process.once("exit", () => server.kill());
  // Without this, what was started would stay when the run is ended from outside.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  return { display: `:${String(number).trim()}`, end: () => server.kill() };
}

export class Browser {
  /** Starts the driver of an engine, on a screen such as ":1". */
  static async start(engine, display) {
    const browser = new Browser();
    Object.assign(browser, { engine, display });
    const service = new DriverService.Builder(engine.driver).setLoopback(true);
    browser.service = service.setEnvironment({ ...process.env, DISPLAY: display }).build();
    browser.address = await browser.service.start();
    return browser;
  }

  /** Begins a session in a profile of its own, and ends the one before. */
  async begin() {
    await this.leave();
    const builder = new Builder().disableEnvironmentOverrides().usingServer(this.address);
    // One can type before a page has loaded, so no command waits for that.
    this.driver = await builder.withCapabilities({ ...this.engine.capabilities, pageLoadStrategy: "none" }).build();
    await this.resize(1280, 800);
    /** What the console complained of; in WebKit it cannot be read. */
    this.errors = [];
    if (!this.engine.capabilities.webSocketUrl) return;
    const note = ({ level, text }) => level === "error" && this.errors.push(text);
    const log = await LogInspector(this.driver);
    await log.onConsoleEntry(note);
    await log.onJavascriptLog(note);
  }

  /** Gives the page this size, in pixels. */
  async resize(width, height) {
    if (this.engine.capabilities.webSocketUrl) {
      const context = await BrowsingContext(this.driver, { browsingContextId: await this.driver.getWindowHandle() });
      await context.setViewport(width, height);
    } else {
      const bars = await this.driver.executeScript("return outerHeight - innerHeight");
      await this.driver.manage().window().setRect({ width, height: height + bars });
    }
  }

  /** Opens an address in a profile that has a cache, and gives what ends that. */
  async ordinarily(address) {
    if (!this.engine.undriven) {
      await this.driver.get(address);
      return () => {};
    }
    const home = mkdtempSync(join(tmpdir(), "profile-"));
    process.once("exit", () => {
      // A helper of the browser may still write there; then the folder is left to the machine.
      try {
        rmSync(home, { recursive: true, force: true, maxRetries: 5 });
      } catch ({ code }) {
        assert.equal(code, "ENOTEMPTY");
      }
    });
    const folders = { HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
    const env = { ...process.env, ...folders, DISPLAY: this.display };
    const program = spawn(this.engine.undriven, [address], { env, stdio: "ignore" });
    return async () => {
      program.kill();
      await once(program, "exit");
    };
  }

  /** Ends the session; otherwise its browser would outlive the driver. */
  async leave() {
    await this.driver?.quit();
    this.driver = null;
  }

  async end() {
    await this.leave().finally(() => this.service.kill());
  }
}
