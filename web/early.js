// Before the program is there: the page's colours, language and layout, and a terminal's field that can be typed into.
// The program takes over that very field, and what was typed and entered there (src/ui/browser/early.rs). TEXTS are what
// stands in src/texts/*/early.ftl, by language and name.

{
  /** What is kept in the browser. Asking for the storage may already throw, as in a page embedded elsewhere. */
  const stored = (act) => {
    try {
      return act(localStorage);
    } catch {
      // Then nothing is kept, and nobody is bothered.
    }
  };
  const load = (name) => stored((storage) => storage.getItem(`nats-kv-playground.${name}`));

  const root = document.documentElement;
  const mark = (name, value) => root.setAttribute(name, value);
  const early = (name) => document.getElementById(`early-${name}`);
  // Found now, since the program may have taken them from the page before it takes over what was typed.
  const [page, terminal, other, field, typed, prompt, promptText, transcript, count, status] =
    ["page", "terminal", "other", "field", "typed", "prompt", "prompt-text", "transcript", "count", "status"].map(early);

  const asked = new URLSearchParams(location.search);
  const [language] = (asked.get("lang") ?? load("language") ?? navigator.language ?? "").split("-");
  mark("lang", Object.hasOwn(TEXTS, language) ? language : "en");
  mark("data-theme", asked.get("theme") ?? load("theme") ?? "auto");
  document.title = TEXTS[root.lang].title;
  for (const element of page.querySelectorAll("[data-text]")) element.textContent = TEXTS[root.lang][element.dataset.text];

  const PANES = { lesson: "lesson", terminal: "terminals", picture: "inspector" };
  const alone = asked.get("layout");
  if (Object.hasOwn(PANES, alone)) {
    mark("data-layout", PANES[alone]);
    page.dataset.pane = PANES[alone];
  }

  try {
    if (!location.hash) recall(JSON.parse(load("terminals") ?? "[]"));
  } catch {
    // Somebody else has written it.
  }

  /** The terminals as they stood side by side last (`src/ui/current.rs`): name, badge, and whether it is the active one. */
  function recall(last) {
    if (!last.some(([, , active]) => active)) return;
    early("tabs").replaceChildren();
    other.remove();
    for (const [name, badge, active] of last) {
      const shown = active ? terminal : other.cloneNode(true);
      if (!active) shown.removeAttribute("id");
      shown.querySelector("[data-early=shape]").replaceChildren();
      shown.querySelector("[data-early=name]").textContent = name;
      terminal.parentElement.append(shown);
      if (!active) continue;
      prompt.dataset.badge = badge;
      promptText.textContent = `${name}$`;
    }
  }

  // Not where a finger would call up a keyboard that nobody asked for.
  if (window.top === window && !matchMedia("(pointer: coarse)").matches) field.focus({ preventScroll: true });

  const over = new AbortController();
  const listen = (target, type, listener) => target.addEventListener(type, listener, { signal: over.signal });
  /** Lines that were entered, and one that is to be completed. */
  const entered = [];
  let completed;

  const show = () => (typed.textContent = field.value);

  function enter() {
    entered.push(field.value);
    const [line, label] = ["li", "span"].map((name) => document.createElement(name));
    line.className = "term-block term-command";
    label.className = prompt.className;
    label.dataset.badge = prompt.dataset.badge;
    label.append(promptText.textContent);
    line.append(label, " ", field.value);
    transcript.append(line);
    field.value = "";
    show();
  }

  listen(field, "input", show);
  listen(field, "keydown", (event) => {
    const { key, ctrlKey, altKey, metaKey, shiftKey } = event;
    // An input method is at work, or the key is a shortcut of the browser's.
    if (event.isComposing || event.keyCode === 229 || ctrlKey || altKey || metaKey || shiftKey) return;
    if (key === "Enter") enter();
    else if (key === "Tab" && field.value) completed = field.value;
    else return;
    event.preventDefault();
  });

  // Where one pane is shown at a time.
  listen(page, "click", ({ target }) => {
    if (!target.dataset.pane) return;
    page.dataset.pane = target.dataset.pane;
    page.querySelector("[aria-current]").removeAttribute("aria-current");
    target.setAttribute("aria-current", "true");
  });

  // Who waits for long is told so, and by the program that it is there.
  let told = false;
  const wait = setTimeout(() => {
    told = true;
    status.textContent = count.textContent;
  }, 1500);

  globalThis.playgroundEarly = {
    pane: () => page.dataset.pane,
    has_told: () => told,

    take_typed() {
      over.abort();
      clearTimeout(wait);
      transcript.replaceChildren();
      const { value, selectionStart: at } = field;
      return { entered, before: value.slice(0, at), after: value.slice(at), completes: value !== "" && completed === value };
    },
  };
}
