// What the program asks of the browser and a few lines here do: the address, files, the open dialog. src/ui/browser.rs is the
// other side.

/** What the program exports, once it runs. */
let page;
addEventListener("playground-ready", ({ detail }) => (page = detail), { once: true });

/** The dialog is open, as far as the program knows. */
let shown = false;

/** A new version of the page, which waits to take over. */
let waiting;

/** A timer would wait for longer and longer. */
const { port1: going, port2: soon } = new MessageChannel();
going.onmessage = () => page.go_on();

/** Bytes of a file that are read: more than any sandbox has. */
const LONGEST_FILE = 4 * 1024 * 1024 + 1;

async function take(file) {
  if (file) page.file_chosen(file.name, await file.slice(0, LONGEST_FILE).text());
}

globalThis.playgroundBrowser = {
  /** The fragment of the address that holds a world, or asks for an empty one. */
  linked: () => (/^#(v|new$)/.test(location.hash) ? location.hash : undefined),

  /** The address without its fragment. */
  address: () => location.href.split("#")[0],

  /** What the address held is kept elsewhere now. */
  forget_link() {
    if (location.hash) history.replaceState(null, "", location.href.split("#")[0]);
  },

  soon: () => soon.postMessage(0),

  /** Opens or closes the dialog. */
  show_dialog(open) {
    if (open === shown) return;
    shown = open;
    const dialog = document.querySelector("dialog");
    open ? dialog.showModal() : dialog.close();
  },

  save_file(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  },

  choose_file() {
    const field = document.createElement("input");
    field.type = "file";
    field.onchange = () => take(field.files[0]);
    field.click();
  },

  take_update() {
    navigator.serviceWorker.oncontrollerchange = () => location.reload();
    waiting.postMessage("take over");
  },
};

// Another link was put into the address of the page as it stands.
addEventListener("hashchange", () => /^#(v|new$)/.test(location.hash) && location.reload());
// The name of a sandbox.
addEventListener("change", ({ target }) => target.dataset.box !== undefined && page.renamed(target.dataset.box, target.value));
// A file may be dropped anywhere.
addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files[0]);
});
// Escape closes a dialog by itself, which the program hears of only now.
addEventListener("close", ({ target }) => target.open || ((shown = false), page.dialog_closed()), true);
// The last that is heard of a page, on a telephone or elsewhere.
addEventListener("pagehide", () => page?.keep());
addEventListener("visibilitychange", () => document.hidden && page?.keep());

// The page's files are kept for a visit without a network. Elsewhere than at an address of its own, and where storage is
// forbidden, there is none.
addEventListener("playground-ready", async () => {
  if (window.top !== window) return;
  // The first picture goes before.
  await new Promise((go) => setTimeout(go, 1000));
  try {
    const registration = await navigator.serviceWorker.register("worker.js");
    const tell = (worker) => {
      if (worker?.state !== "installed" || !navigator.serviceWorker.controller) return;
      waiting = worker;
      page.update_ready();
    };
    tell(registration.waiting);
    registration.onupdatefound = () => {
      const worker = registration.installing;
      worker.onstatechange = () => tell(worker);
    };
  } catch {
    // Then the page is loaded from the network each time.
  }
});
