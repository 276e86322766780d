// One person's visit to the page in a browser of any engine: finds things by role and name, clicks and types.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { By, Key, error } from "selenium-webdriver";

const LIBRARY = readFileSync(createRequire(import.meta.url).resolve("@testing-library/dom/dist/@testing-library/dom.umd.min.js"), "utf8");
/** Finds by role and name; made where the library is, whose patterns have to be of its own world. */
const EQUIPMENT = `${LIBRARY};
  const library = globalThis.TestingLibraryDom;
  window.allByRole = (within, role, pattern) => {
    const name = new RegExp(pattern);
    return library.queryAllByRole(within ?? document.body, role, { name });
  };`;
/** What can pass, while the page draws: an element that was just replaced, or another in front of it. */
const PASSING = [error.StaleElementReferenceError, error.ElementClickInterceptedError, error.ElementNotInteractableError, error.JavascriptError, error.NoSuchElementError, error.NoSuchWindowError, error.NoSuchFrameError];

export class Visit {
  constructor(browser, site, shots) {
    Object.assign(this, { browser, site, shots });
  }

  get driver() {
    return this.browser.driver;
  }

  /** The value of a JavaScript function body in the page. */
  script(body, ...values) {
    return this.driver.executeScript(body, ...values);
  }

  /** Waits for a truthy value of `probe`, and gives it. */
  async until(what, probe, patience = 10_000) {
    let last = "";
    const attempt = async () => {
      try {
        return await probe();
      } catch (failure) {
        if (!PASSING.some((kind) => failure instanceof kind)) throw failure;
        last = `; at last: ${failure.message}`;
        return false;
      }
    };
    return this.driver.wait(attempt, patience, () => `${what}, in vain${last}`, 20);
  }

  /** Goes to an address of the site, and waits until its terminal can be typed into. */
  async goto(path = "") {
    await this.leave(() => this.driver.get(this.site.address + path));
  }

  async reload() {
    await this.leave(() => this.driver.navigate().refresh());
  }

  /** The document has to be another one, with a field in it. */
  async leave(go) {
    await this.script("window.isLeft = true");
    await go();
    await this.until("a field to type into", () =>
      this.script("return !window.isLeft && document.documentElement.dataset.theme !== undefined && document.querySelector('textarea') !== null"));
  }

  /** Waits until the program is there. */
  async ready() {
    await this.until("the program", () => this.script("return 'ready' in document.documentElement.dataset"), 30_000);
    await this.equip();
  }

  /** Brings into the document what finds things by role and name. */
  async equip() {
    await this.script(EQUIPMENT);
  }

  async open(path) {
    await this.goto(path);
    await this.ready();
  }

  /** All that have a role and a name, a text or a regular expression, within an element if one is given. */
  async all(role, name = /(?:)/, within = null) {
    const pattern = name instanceof RegExp ? name.source : `^${name.replace(/\W/g, "\\$&")}$`;
    return this.script("return window.allByRole?.(...arguments)", within, role, pattern);
  }

  async find(role, name, within) {
    const [first] = await this.until(`${role} ${name}`, async () => {
      const found = await this.all(role, name, within);
      return found?.length > 0 && found;
    });
    return first;
  }

  /** Clicks what has this role and name. */
  async click(role, name, within) {
    await this.until(`to click ${role} ${name}`, async () => {
      const element = await this.find(role, name, within);
      // A driver does not wait for a part that scrolls smoothly.
      await this.script("arguments[0].scrollIntoView({ block: 'nearest', behavior: 'instant' })", element);
      await element.click();
      return true;
    });
  }

  /** All with this `data-testid`, and what else a selector says of them. */
  marked(id, more = "") {
    return this.driver.findElements(By.css(`[data-testid="${id}"]${more}`));
  }

  /** The text in them, with blanks as they come. */
  texts(id, more = "") {
    return this.script(`return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)`, `[data-testid="${id}"]${more}`);
  }

  /** Types text with keys, where the focus is. */
  async type(...keys) {
    await this.driver.actions().sendKeys(...keys).perform();
  }

  async control(key) {
    await this.driver.actions().keyDown(Key.CONTROL).sendKeys(key).keyUp(Key.CONTROL).perform();
  }

  /** Brings a terminal to the front, which gives it the focus; false if there is none of this name. */
  async enter(terminal) {
    const place = (await this.texts("tab-name")).findIndex((name) => name.trim().split(/\s/)[0] === terminal);
    if (place < 0) return false;
    const isEntered = () =>
      this.script("return document.activeElement.closest('[data-testid=terminal]')?.dataset.terminal === arguments[0]", terminal);
    if (await isEntered()) return true;
    // Once: a second click soon after would begin to rename it.
    await this.until(`to click the tab ${terminal}`, async () => (await this.marked("tab-name"))[place].click().then(() => true));
    await this.until(`the focus in the terminal ${terminal}`, isEntered);
    return true;
  }

  /** Types a command into a terminal, and gives what it printed once it has ended or waits. */
  async run(terminal, command) {
    assert.ok(await this.enter(terminal), `there is a terminal ${terminal}`);
    await this.type(command, Key.ENTER);
    return this.answer(terminal);
  }

  /** Switches JetStream on, and makes a bucket B with a key. */
  async makeBucket() {
    await this.enter("server");
    await this.control("c");
    await this.run("server", "nats-server -js");
    await this.run("you", "nats kv add B --ttl 30s");
    await this.run("you", "nats kv put B key 'a value'");
  }

  /** Waits until no command is at work. */
  async idle() {
    await this.until("the end of the command", async () => (await this.marked("terminal", '[aria-busy="true"]')).length === 0);
  }

  async answer(terminal) {
    await this.idle();
    return (await this.texts("output", `:is([data-terminal="${terminal}"] *)`)).at(-1) ?? "";
  }

  /** What all terminals show. */
  screens() {
    return this.texts("transcript");
  }

  async screenshot(name) {
    await this.shots.keep(`${this.browser.engine.name}-${name}`, await this.driver.takeScreenshot());
  }

  /** The program has not fallen, and the console had no error. */
  async assertQuiet() {
    assert.deepEqual(await this.script("return [...document.querySelectorAll('[role=alertdialog]')].map((one) => one.innerText)"), []);
    assert.deepEqual(this.browser.errors, [], "the console is empty");
  }
}
