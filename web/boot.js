// Starts the program, and stays behind it: where the program falls, this still stands. It says so in words, saves
// what the terminals showed, and offers a new start, so that nobody sits before a dead page.

let fallen = false;

/** In the language that the page speaks now. */
const texts = () => TEXTS[document.documentElement.lang] ?? TEXTS.en;

addEventListener("error", ({ error }) => error && fall(error));
addEventListener("unhandledrejection", ({ reason }) => fall(reason));

try {
  const program = document.getElementById("program");
  const exports = await import(program.href);
  await exports.default({ module_or_path: new URL(program.dataset.wasm, document.baseURI) });
  await exports.open_page();
  dispatchEvent(new CustomEvent("playground-ready", { detail: exports }));
  document.documentElement.dataset.ready = "";
} catch (error) {
  fall(error);
}

function fall(error) {
  if (fallen) return;
  fallen = true;
  // The program's own last words say more than the trap that followed them.
  const reason = document.documentElement.dataset.panic ?? String(error?.message ?? error);
  const text = transcript();
  const isReady = "ready" in document.documentElement.dataset;
  const isMemory = /memory|allocation/i.test(reason) || error instanceof RangeError;
  const title = isReady ? texts().fallen_stopped : texts().fallen_unloaded;
  const words = isMemory ? texts().fallen_memory_why : isReady ? texts().fallen_stopped_why : whyUnloaded(error);
  // What took all memory once would take it again.
  const [again, anew] = isMemory ? ["btn", "btn btn-main"] : ["btn btn-main", "btn"];
  const dialog = element("div", { class: "fallen", role: "alertdialog", "aria-labelledby": "fallen-title", tabindex: "-1" }, [
    element("h2", { class: "fallen-title", id: "fallen-title" }, [title]),
    element("p", {}, [words]),
    element("pre", { class: "fallen-reason" }, [reason]),
    element("textarea", { class: "fallen-transcript", readonly: "", rows: "10", "aria-label": texts().fallen_transcript }, [text]),
    element("p", { class: "fallen-buttons" }, [
      action(texts().fallen_again, again, () => location.reload()),
      action(texts().fallen_anew, anew, startAnew),
      action(texts().fallen_copy, "btn", copy),
    ]),
  ]);
  document.body.append(dialog);
  if (window.top === window) dialog.focus({ preventScroll: true });
}

/** Why the program is not there: the page around or the browser forbids it, or the network is gone. */
function whyUnloaded(error) {
  const isForbidden = !globalThis.WebAssembly || error instanceof WebAssembly.CompileError || /WebAssembly|unsafe-eval/.test(error?.message);
  return isForbidden ? texts().fallen_forbidden_why : texts().fallen_unloaded_why;
}

/** What each terminal shows, in the form of the project's transcripts. */
function transcript() {
  // What is out of sight would count as not there.
  for (const chunk of document.querySelectorAll("[data-testid=output] > *")) chunk.style.contentVisibility = "visible";
  const terminals = [...document.querySelectorAll("[data-terminal]")].map((terminal) => {
    const output = terminal.querySelector("[data-testid=transcript]")?.innerText.trim() ?? "";
    const typed = terminal.querySelector("textarea")?.value ?? "";
    return `## ${terminal.dataset.terminal}\n\n${[output, typed].filter(Boolean).join("\n")}\n`;
  });
  return terminals.join("\n") || texts().fallen_nothing;
}

/** Leaves what is kept where it is, in case that is what the program fell over. */
function startAnew() {
  location.hash = "new";
  location.reload();
}

async function copy(event) {
  const button = event.currentTarget;
  const field = document.querySelector(".fallen-transcript");
  field.select();
  // There is no clipboard outside of a secure context.
  const written = navigator.clipboard?.writeText(field.value) ?? Promise.reject();
  const copied = await written.then(() => true, () => document.execCommand("copy"));
  button.textContent = copied ? texts().fallen_copied : texts().fallen_selected;
}

function action(label, classes, listener) {
  const button = element("button", { type: "button", class: classes }, [label]);
  button.addEventListener("click", listener);
  return button;
}

function element(name, attributes, children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
