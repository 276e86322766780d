// A terminal of the page, used as a person would: by keys, and by reading what it shows.

import { tabName, terminals } from "./parts.mjs";

/** What an element shows, the pieces too that are not laid out because they are out of sight. */
async function whole(locator) {
  return locator.evaluate((element) => {
    const isAuto = (piece) => getComputedStyle(piece).contentVisibility === "auto";
    const pieces = [...element.querySelectorAll("*")].filter(isAuto);
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
    this.root = terminals(page).and(page.locator(`[data-terminal="${name}"]`));
    this.input = this.root.getByRole("textbox", { includeHidden: true });
  }

  /** Brings it to the front; false if there is no terminal of this name. */
  async select() {
    const tab = tabName(this.page, this.name);
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
    await this.page.waitForSelector('[data-testid="terminal"][aria-busy="true"]', { state: "detached" });
    return this.last();
  }

  /** Each command with its output. */
  get blocks() {
    return this.root.getByTestId("block");
  }

  /** Everything that it shows. */
  async text() {
    return whole(this.root.getByTestId("transcript"));
  }

  /** What the last command printed. */
  async last() {
    return whole(this.blocks.last().getByTestId("output"));
  }
}
