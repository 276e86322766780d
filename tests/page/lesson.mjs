// The walkthrough's own file, read for what it has a person do and for what the terminals answer.

import { readFileSync } from "node:fs";

const FILE = new URL("../../src/texts/en/lessons/01-walkthrough.md", import.meta.url);

/** Its steps in order: `{ title, actions: [{ terminal, kind, text, output }] }`; `output` are the lines printed. */
export function steps() {
  const all = [];
  let fence = null;
  for (const line of readFileSync(FILE, "utf8").split("\n")) {
    if (fence !== null && line === "```") fence = null;
    else if (fence === null && line.startsWith("```")) fence = line.slice(3).trim();
    else if (fence === null && line.startsWith("### ")) all.push({ title: line.slice(4).replace(/ \{.*/, ""), actions: [] });
    else if (fence === "console") read(line, all.at(-1).actions);
  }
  return all;
}

function read(line, actions) {
  const wait = line.match(/^@wait (\d+)s$/);
  const typed = line.match(/^([a-z][a-z0-9-]*)([$<]) (.*)$/);
  const interrupted = line.match(/^([a-z][a-z0-9-]*)\^C$/);
  if (wait) actions.push({ kind: "wait", seconds: Number(wait[1]), output: [] });
  else if (typed) actions.push({ terminal: typed[1], kind: typed[2] === "$" ? "type" : "answer", text: typed[3], output: [] });
  else if (interrupted) actions.push({ terminal: interrupted[1], kind: "interrupt", output: [] });
  else if (!/^[a-z][a-z0-9-]*[|?] /.test(line)) actions.at(-1)?.output.push(line);
}
