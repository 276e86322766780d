// Links and files of others: they open, or are refused in time and with words, and what was there before is there after.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { memory } from "../memory.mjs";
import { test } from "../harness.mjs";
import { eventually, isKept, keptTexts } from "../kept.mjs";
import { notice } from "../parts.mjs";

const CORPUS = new URL("../../visits/corpus/", import.meta.url);
const links = readdirSync(CORPUS).sort().map((file) => [file.replace(".txt", ""), readFileSync(new URL(file, CORPUS), "utf8").trim()]);

/** Lines that ask too much, as links: they are refused by the line itself or with the link. */
const lines = readFileSync(new URL("../lines-too-much.txt", CORPUS), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
const ofLines = lines.map((line, index) => {
  const journal = `1 1795395723000\n0 $1 nats-server -js\n1 $2 ${line.replaceAll("\\", "\\\\")}\n`;
  return [`border-line-${index + 1}`, `#v1=${deflateRawSync(journal).toString("base64url")}`];
});
const corpus = [...links, ...ofLines];

const VISITS = Number(process.env.PAGE_VISITS ?? 300);
const SEED = Number(process.env.PAGE_VISITS_SEED ?? 1);

/** What is said of a link, by the begin of its name. */
const TOLD = {
  heavy: /^The link cannot be opened: it is too heavy \(more than/,
  opens: /^This is what the link holds\./,
  border: /^(The link cannot be opened: it is too heavy|This is what the link holds)/,
};

/** How long a world of somebody else may take until it is there or refused, in seconds; and as long again for a machine that is busy. */
const LONGEST = 2;

test("links that cost too much are refused within 2 s, change nothing, and do not come back", async (visit) => {
  const { page } = visit;
  await visit.terminal("you").run("echo mine");
  await isKept(page, "echo mine");
  const before = await keptTexts(page);
  console.log(`        ${"link".padEnd(34)}     ms    MB`);
  for (const [name, link] of corpus) {
    await page.goto("about:blank");
    const empty = await memory(page);
    await page.goto(visit.shared.address + link);
    await page.waitForSelector("html[data-ready]");
    const began = performance.now();
    const told = notice(page, TOLD[name.split("-")[0]]);
    await told.waitFor({ timeout: 20_000 });
    const took = performance.now() - began;
    const held = (await memory(page)) - empty;
    console.log(`        ${name.padEnd(34)} ${String(Math.round(took)).padStart(6)} ${String(Math.round(held / 1e6)).padStart(5)}  ${(await told.innerText()).match(/more than [^)]*/)?.[0] ?? ""}`);
    assert.ok(took < 2000 * LONGEST, `${name} took ${took} ms`);
    assert.ok(held < 256e6, `${name}: ${held} bytes`);
    if (!/too heavy/.test(await told.innerText())) continue;
    assert.equal(await page.evaluate(() => location.hash), "", "loading it again does not open it again");
    assert.deepEqual(await keptTexts(page), before, name);
  }
  await visit.goto("");
  assert.match(await visit.terminal("you").text(), /mine/);
});

/** Numbers from a seed: each call gives one from 0 up to `below`. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The text with some damage. */
function damaged(text, other, below) {
  for (let count = 1 + below(4); count > 0; count -= 1) {
    const at = below(text.length + 1);
    const end = at + below(40);
    const middle = [
      () => "",
      () => text.slice(at / 2, at / 2 + below(40)) + text.slice(at, end),
      () => other.slice(at, at + below(160)),
      () => String.fromCharCode(below(256)) + text.slice(at + 1, end),
      () => String(below(1e12)),
    ][below(5)]();
    text = text.slice(0, at) + middle + text.slice(end);
  }
  return text;
}

test(`${VISITS} damaged worlds from links and files: each opens or is refused, and the page lives`, async (visit) => {
  const { page } = visit;
  const below = random(SEED);
  const known = corpus.map(([, link]) => `nats-kv ${inflateRawSync(Buffer.from(link.slice("#v1=".length), "base64url"))}`).filter((text) => text.length < 10_000);
  await visit.terminal("you").run("echo mine");
  await isKept(page, "echo mine");
  const counts = { opened: 0, heavy: 0, unread: 0 };
  let longest = 0;
  for (let number = 0; number < VISITS; number += 1) {
    const [one, other] = [known[below(known.length)], known[below(known.length)]];
    const text = damaged(one, other, below);
    const began = performance.now();
    if (number % 10 === 0) {
      const link = deflateRawSync(text.replace(/^nats-kv /, "")).toString("base64url");
      await page.goto("about:blank");
      await page.goto(`${visit.shared.address}#v1=${link}`);
      await page.waitForSelector("html[data-ready]");
    } else {
      await page.evaluate((text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], "visit.natskv"));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
      }, text);
    }
    const told = notice(page, /^(The file is open|This is what the link holds|“visit.natskv” cannot be opened|The link cannot be opened)/);
    await told.waitFor({ timeout: 20_000 }).catch(async () => {
      throw new Error(`visit ${number} ends nowhere:\n${text}\n${await page.locator("body").innerText()}`);
    });
    longest = Math.max(longest, performance.now() - began);
    const words = await told.innerText();
    counts[/is too heavy/.test(words) ? "heavy" : /cannot be opened/.test(words) ? "unread" : "opened"] += 1;
    await told.getByRole("button", { name: "Dismiss" }).click();
    assert.equal(await page.getByRole("alertdialog").count(), 0, `visit ${number}: the page has fallen over\n${text}`);
  }
  console.log(`        ${JSON.stringify(counts)}, ${Math.round(longest)} ms at most, ${Math.round((await memory(page)) / 1e6)} MB at the end`);
  assert.ok(Object.values(counts).every((count) => count > VISITS / 50), "they are of all kinds");
  await eventually(async () => assert.ok((await keptTexts(page)).some((text) => text.includes("echo mine"))));
  visit.loaded();
});
