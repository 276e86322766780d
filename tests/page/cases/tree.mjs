// What a screen reader finds: roles and names of everything on the page, as the browser gives them to it.
// `UPDATE=1` writes tests/page/tree.yml anew.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "../harness.mjs";
import { pane } from "../parts.mjs";

const FILE = new URL("../tree.yml", import.meta.url);

/** Times, numbers of processes and the like differ each time; a line is not longer than somebody reads. */
const steady = (tree) =>
  tree
    .replace(/#v1=[\w-]+/g, "#v1=<LINK>")
    .replace(/127\.0\.0\.1:(?!4222)\d+/g, "<HERE>")
    .replace(/\d+ characters/, "<N> characters")
    .replace(/(?<=Used ).*$/gm, "<TIME>")
    .replace(/\b[A-Z0-9]{56}\b/g, "<ID>")
    .replace(/\b\d{4}[-/]\d\d[-/]\d\d\b/g, "<DATE>")
    .replace(/\b\d\d:\d\d:\d\d(\.\d+)?\b/g, "<TIME>")
    .replace(/\[\d+\] (?=<DATE>)/g, "[<PID>] ")
    .replace(/^.{150}.*$/gm, (line) => `${line.slice(0, 150)}…`);

test("every part has a role and a name", async (visit) => {
  const { page } = visit;
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  const you = visit.terminal("you");
  await you.run("nats kv add stock --history 3");
  await you.run("nats kv put stock apples 10");
  await you.run("nats kv watch stock &");
  await you.run("nats kv gte stock apples");
  const parts = {
    banner: page.getByRole("banner").first(),
    player: page.getByRole("group", { name: "Play the walkthrough" }),
    terminals: pane(page, "terminals"),
    inspector: pane(page, "inspector"),
    status: page.getByTestId("announcement"),
  };
  const trees = [];
  for (const [name, part] of Object.entries(parts)) trees.push(`# ${name}\n${await part.ariaSnapshot()}\n`);
  for (const name of ["Share", "Sandboxes"]) {
    await page.getByRole("button", { name }).click();
    trees.push(`# ${name}\n${await page.getByRole("dialog").ariaSnapshot()}\n`);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  }
  await page.setViewportSize({ width: 380, height: 740 });
  trees.push(`# nav, on a narrow screen\n${await page.getByRole("navigation").ariaSnapshot()}\n`);
  const tree = steady(trees.join("\n"));
  if (process.env.UPDATE) writeFileSync(FILE, tree);
  assert.equal(tree, readFileSync(FILE, "utf8"));
});
