// The page in the three engines, by WebDriver, from dist/: a person's journeys, one after the other.
//   node tests/page/engines/run.mjs                 all of them
//   node tests/page/engines/run.mjs Firefox frame   those with all of these words
// Screenshots go to a temporary folder, whose name is printed.

import { mkdtempSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Browser, screen } from "./browser.mjs";
import { ENGINES } from "./engines.mjs";
import { FAULTS } from "./faults.mjs";
import { Site } from "./site.mjs";
import { Visit } from "./visit.mjs";

const shots = {
  keep(name, base64) {
    this.folder ??= process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), "playground-engines-"));
    writeFileSync(join(this.folder, `${name}.png`), base64, "base64");
  },
};
/** They stay until the browser ends: a service worker may still be fetching its files. */
const sites = [];
const times = {};
let [passed, failed] = [0, 0];

async function journeys() {
  const folder = new URL("journeys/", import.meta.url);
  const files = (await readdir(folder)).sort();
  const all = await Promise.all(files.map(async (file) => {
    const { default: named } = await import(new URL(file, folder));
    return Object.entries(named).map(([name, body]) => ({ name: `${file.replace(/\.mjs$/, "")}: ${name}`, body }));
  }));
  return all.flat();
}

/** What went wrong on a journey; nothing if all was well. */
async function travel(browser, { name, body }) {
  const site = await Site.open();
  sites.push(site);
  const visit = new Visit(browser, site, shots);
  visit.note = (found) => {
    times[browser.engine.name] = Object.fromEntries(Object.entries(found).map(([what, value]) => [what, `${Math.round(value)} ms`]));
  };
  try {
    if (!browser.driver) await browser.begin();
    await browser.resize(1280, 800);
    await body(visit);
    await visit.assertQuiet();
  } catch (error) {
    await visit.screenshot(`failed-${name.replace(/\W+/g, "-")}`).catch(() => {});
    await browser.leave().catch(() => {});
    return error;
  }
}

async function run(browser, journey) {
  const begin = performance.now();
  const error = await travel(browser, journey);
  const fault = FAULTS[journey.name];
  if (Boolean(error) === Boolean(fault)) {
    passed += 1;
    console.log(`${fault ? `known   ${journey.name}: ${fault}` : `ok      ${journey.name}`} (${Math.round(performance.now() - begin)} ms)`);
  } else {
    failed += 1;
    const why = error?.stack ?? error ?? "This works now: strike it off tests/page/engines/faults.mjs.";
    console.log(`FAILED  ${journey.name}\n${String(why).replace(/^/gm, "        ")}`);
  }
}

const words = process.argv.slice(2);
const all = await journeys();
const { display, end } = await screen();
try {
  for (const engine of ENGINES) {
    const chosen = all.map(({ name, body }) => ({ name: `${engine.name}: ${name}`, body })).filter(({ name }) => words.every((word) => name.includes(word)));
    if (chosen.length === 0) continue;
    const browser = await Browser.start(engine, display);
    try {
      for (const journey of chosen) await run(browser, journey);
    } finally {
      await browser.end();
      for (const site of sites.splice(0)) site.close();
    }
  }
} finally {
  end();
}
if (shots.folder) console.log(`\nscreenshots are in ${shots.folder}`);
if (Object.keys(times).length > 0) console.table(times);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
