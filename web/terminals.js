// What hands do with terminals that a program need not know of, but for what comes of it: tabs are dragged to another
// place, Alt with Up and Down goes through the commands of a terminal, from the line that is typed into and back.

let playground;
let dragged;
addEventListener("playground-ready", ({ detail }) => (playground = detail), { once: true });

const around = ({ target }, selector) => target.closest?.(selector);

addEventListener("dragstart", (event) => {
  dragged = around(event, ".tab");
  // Firefox drags nothing that carries nothing.
  if (dragged) event.dataTransfer.setData("application/x-tab", "");
});
addEventListener("dragend", () => (dragged = undefined));
addEventListener("dragover", (event) => dragged && around(event, ".tab") && event.preventDefault());
addEventListener("drop", (event) => {
  const tab = around(event, ".tab");
  if (!dragged || !tab) return;
  event.preventDefault();
  playground?.terminal_moved(Number(dragged.dataset.terminal), [...tab.parentElement.children].indexOf(tab));
});

addEventListener("dblclick", (event) => {
  const tab = around(event, ".tab-name")?.closest(".tab");
  if (tab) playground?.rename_terminal(Number(tab.dataset.terminal));
});

addEventListener(
  "keydown",
  (event) => {
    const terminal = around(event, ".term");
    const up = event.key === "ArrowUp";
    if (!terminal || !event.altKey || event.ctrlKey || event.metaKey || !(up || event.key === "ArrowDown")) return;
    const blocks = [...terminal.querySelectorAll(".term-block")];
    const at = blocks.indexOf(around(event, ".term-block"));
    const field = terminal.querySelector(".term-input");
    const next = up ? blocks.at(at < 0 ? -1 : Math.max(at - 1, 0)) : at < 0 ? field : (blocks[at + 1] ?? field);
    event.preventDefault();
    event.stopPropagation();
    next?.focus({ preventScroll: true });
    if (next) reveal(next, terminal.querySelector(".term-scroll"));
  },
  true,
);

// A button that has done its work may be gone: then the next key goes to the line of its terminal, not nowhere.
addEventListener(
  "click",
  (event) => {
    const field = around(event, ".term")?.querySelector(".term-input");
    const lost = () => document.activeElement === document.body;
    if (event.pointerType !== "touch") requestAnimationFrame(() => lost() && field?.focus({ preventScroll: true }));
  },
  true,
);

// How many columns of a terminal are in sight. All are equally wide; each frame has the last word.
const canvas = document.createElement("canvas").getContext("2d");
let columns;
const sizes = new ResizeObserver((changes) => changes.forEach(({ target }) => measure(target)));

function measure(scroll) {
  const { font, paddingLeft, paddingRight } = getComputedStyle(scroll);
  const room = scroll.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
  if (room <= 0) return; // Another part of the page is shown.
  canvas.font = font;
  const fit = Math.floor(room / (canvas.measureText("0".repeat(100)).width / 100) + 0.01);
  if (fit !== columns) playground.terminals_fit((columns = fit));
}

addEventListener("playground-ready", () => {
  const terms = document.querySelector(".terms");
  const watch = () => {
    sizes.disconnect();
    for (const scroll of terms.querySelectorAll(".term-scroll")) sizes.observe(scroll);
  };
  new MutationObserver(watch).observe(terms, { childList: true });
  // A presentation has larger letters in the same room.
  new MutationObserver(watch).observe(document.documentElement, { attributeFilter: ["data-presenting"] });
  watch();
});

/** Scrolls within the terminal alone: the page, and one around it, stay where they are. */
function reveal(element, frame) {
  const [inner, outer] = [element.getBoundingClientRect(), frame.getBoundingClientRect()];
  if (inner.top < outer.top) frame.scrollTop += inner.top - outer.top;
  else if (inner.bottom > outer.bottom) frame.scrollTop += Math.min(inner.bottom - outer.bottom, inner.top - outer.top);
}
