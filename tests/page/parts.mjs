// Where things are on the page: by their roles and names in the cases themselves, and here by `data-testid`, what has none.

/** The tabs of the terminals, as they stand. */
export const tabs = (page) => page.getByTestId("tab");

/** The tab of the terminal in front. */
export const activeTab = (page) => tabs(page).filter({ has: page.locator("[aria-current=true]") });

/** What brings the terminal called `name` to the front. */
export const tabName = (page, name) => page.getByTestId("tab-name").filter({ hasText: new RegExp(`^${name}\\b`) });

/** The names of all terminals, as their tabs stand. */
export const tabNames = (page) =>
  page.getByTestId("tab-name").evaluateAll((all) => all.map((tab) => tab.innerText.trim().split(/\s/)[0]));

/** Each tab's text, and whether its terminal is in front. */
export const tabStates = (page) =>
  tabs(page).evaluateAll((all) => all.map((tab) => `${tab.innerText.trim()} ${tab.querySelector("[aria-current=true]") !== null}`));

/** The terminals that stand side by side. */
export const terminals = (page) => page.getByTestId("terminal");

/** Their names. */
export const terminalNames = (page) => terminals(page).evaluateAll((all) => all.map((one) => one.dataset.terminal));

/** The step of the lesson that is the `number`th, from 0 on. */
export const step = (page, number) => page.getByTestId("step").nth(number);

export const doneSteps = (page) => page.locator("[data-testid=step][data-done=true]");

/** The step that is to be done now. */
export const currentStep = (page) => page.locator("[data-testid=step][data-state=current]");

/** What opens a step and closes it. */
export const stepHeading = (step) => step.getByRole("heading").getByRole("button");

/** How many steps are done, in words. */
export const stepsDone = (page) => page.getByTestId("steps-done");

/** A pane: "lesson", "terminals" or "inspector". */
export const pane = (page, name) => page.getByTestId(`pane-${name}`);

/** The line at the edge that says something to everybody, with these words if some are given. */
export const notice = (page, words) => page.getByTestId("notice").filter({ hasText: words ?? "" });

/** What a screen reader is told last. */
export const announcement = (page) => page.getByTestId("announcement").textContent().then((text) => text.trim());

export const buckets = (page) => page.getByTestId("bucket");

export const clients = (page) => page.getByTestId("client");
