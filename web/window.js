// What the program asks of the window around it, and of the storage. src/ui/window.rs and src/ui/storage.rs are the
// other side.

/** What `act` does with a storage. Asking for it may already throw, as in a page embedded elsewhere; it may be full. */
function stored(name, act) {
  try {
    return act(globalThis[name]);
  } catch {
    // Then nothing is kept, and nobody is bothered.
  }
}

/** Text into the clipboard by the old way. */
function copySelected(text) {
  const field = document.createElement("textarea");
  const { activeElement } = document;
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  activeElement?.focus();
}

globalThis.playgroundWindow = {
  is_embedded: () => window.top !== window,
  matches: (query) => matchMedia(query).matches,
  mark: (name, value) => document.documentElement.setAttribute(name, value),

  reveal(inner, around) {
    const item = document.querySelector(inner);
    const list = item?.closest(around);
    if (!list) return;
    const [{ top, bottom, left, right }, frame] = [item, list].map((element) => element.getBoundingClientRect());
    if (top < frame.top || bottom > frame.bottom) list.scrollTop += top - frame.top - 12;
    list.scrollLeft += Math.min(left - frame.left, 0) + Math.max(right - frame.right, 0);
  },

  focus_if_lost(selector) {
    const { activeElement, body } = document;
    if (window.top === window && (activeElement ?? body) === body) document.querySelector(selector)?.focus({ preventScroll: true });
  },

  focus: (id) => document.getElementById(id)?.focus({ preventScroll: true }),

  show_field(id, text, start, end) {
    const field = document.getElementById(id);
    if (!field) return;
    if (field.value !== text) field.value = text;
    if (field.selectionStart !== start || field.selectionEnd !== end) field.setSelectionRange(start, end);
  },

  selects_elsewhere(field) {
    const { isCollapsed, anchorNode } = getSelection();
    return !isCollapsed && !anchorNode?.contains(field);
  },

  begin_rename() {
    const field = document.getElementById("tab-field");
    field?.focus();
    field?.select();
  },

  spot(x, y) {
    if (!getSelection().isCollapsed) return;
    // The standard's way, and the older one.
    const caret = document.caretPositionFromPoint?.(x, y) ?? document.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? caret?.startContainer;
    const run = node?.nodeType === Node.TEXT_NODE && node.parentElement.closest("pre");
    if (!run) return;
    const range = document.createRange();
    range.setStart(run, 0);
    range.setEnd(node, caret.offset ?? caret.startOffset);
    const before = range.toString();
    const [after] = run.textContent.slice(before.length).split("\n");
    return `${before.slice(before.lastIndexOf("\n") + 1)}\n${after}`;
  },

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copySelected(text);
    }
  },

  load: (name) => stored("localStorage", (storage) => storage.getItem(KEPT + name)),
  remove: (name) => stored("localStorage", (storage) => storage.removeItem(KEPT + name)),
  save: (name, value) => stored("localStorage", (storage) => (storage.setItem(KEPT + name, value), true)) ?? false,
  load_here: (name) => stored("sessionStorage", (storage) => storage.getItem(KEPT + name)),
  save_here: (name, value) => stored("sessionStorage", (storage) => storage.setItem(KEPT + name, value)),
  names() {
    const all = stored("localStorage", Object.keys) ?? [];
    return all.flatMap((key) => (key.startsWith(KEPT) ? key.slice(KEPT.length) : [])).join("\n");
  },
};
