// A terminal of the page, used as a person would: by keys, and by reading what it shows.

/** What an element shows, the pieces too that are not laid out because they are out of sight. */
async function whole(locator) {
  return locator.evaluate((element) => {
    const pieces = [...element.querySelectorAll(".term-chunk")];
    for (const { style } of pieces) style.contentVisibility = "visible";
    const text = element.innerText;
    for (const { style } of pieces) style.contentVisibility = "";
    return text;
  });
}

/** The terminal called `name`. */
export class Terminal {
  constructor(page, name) {
    this.page = page;
    this.name = name;
    this.root = page.locator(`.term[data-terminal="${name}"]`);
    this.input = this.root.locator(".term-input");
  }

  /** Brings it to the front; false if there is no terminal of this name. */
  async select() {
    const tab = this.page.locator(".tab-name").filter({ hasText: new RegExp(`^${this.name}\\b`) });
    if ((await tab.count()) === 0) return false;
    await tab.click();
    await this.input.waitFor();
    return true;
  }

  /** Types with real key events into the field. */
  async type(text) {
    await this.input.focus();
    await this.page.keyboard.type(text);
  }

  /** Presses keys such as "Enter" or "Control+c", one after the other. */
  async press(...keys) {
    await this.input.focus();
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types a command, and waits until it has ended, or asks, or waits for more. */
  async run(command) {
    await this.type(command);
    await this.press("Enter");
    await this.page.waitForSelector('.term[aria-busy="true"]', { state: "detached" });
    return this.last();
  }

  /** Everything that it shows. */
  async text() {
    return whole(this.root.locator(".term-transcript"));
  }

  /** What the last command printed. */
  async last() {
    return whole(this.root.locator(".term-block").last().locator(".term-output"));
  }
}
