// The official client for browsers, unchanged from npm, as one more client of the page's world.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { bundle } from "../client/packages.mjs";
import { test, testFiles } from "../harness.mjs";
import { activeTab, buckets, clients } from "../parts.mjs";

const picture = ({ page }) => page.getByRole("region", { name: "Picture of the account" });

/** Runs in the page: the whole Key/Value API, and what came of each call. */
async function everything() {
  const { wsconnect, Kvm, jetstreamManager } = await import("/client.js");
  await window.natsPlayground.ready;
  const nc = await wsconnect({ servers: "ws://playground", name: "shop", wsFactory: window.natsPlayground.wsFactory });
  window.shop = nc;
  const said = {};
  const written = (e) => e && `${e.revision} ${e.operation} ${e.key}=${e.string()}`;
  const all = async (list) => {
    const found = [];
    for await (const one of await list) found.push(one);
    return found;
  };
  const refused = (promise) => promise.then(() => "no error", (error) => error.message);

  const kvm = new Kvm(nc);
  const kv = await kvm.open("SHARED");
  said.missing = await refused(kvm.open("NONE").then((none) => none.status()));
  const watcher = await kv.watch({ key: "a.*" });
  const heard = [];
  const hearing = (async () => {
    for await (const e of watcher) heard.push(written(e) + (e.isUpdate ? "*" : ""));
  })();

  said.put = [await kv.put("a.x", "1"), await kv.put("a.y", new Uint8Array([0, 255])), await kv.put("b", "é")];
  said.get = [written(await kv.get("a.x")), written(await kv.get("b")), await kv.get("none")];
  said.bytes = [...(await kv.get("a.y")).value];
  said.create = await kv.create("c", "new");
  said.exists = await refused(kv.create("c", "again"));
  said.update = await kv.update("a.x", "2", 1);
  said.conflict = await refused(kv.update("a.x", "3", 1));
  said.revision = written(await kv.get("a.x", { revision: 1 }));
  await kv.delete("a.x");
  said.deleted = written(await kv.get("a.x"));
  said.reborn = await kv.create("a.x", "3");
  said.history = (await all(kv.history({ key: "a.x" }))).map(written);
  await kv.purge("a.x");
  said.purged = (await all(kv.history({ key: "a.x" }))).map(written);
  said.keys = await all(kv.keys());
  said.filtered = await all(kv.keys("a.*"));
  const status = await kv.status();
  said.status = [status.bucket, status.values, status.history, status.streamInfo.config.storage];

  const own = await kvm.create("OWN", { history: 2, markerTTL: 60_000, ttl: 3_600_000, storage: "memory", max_bytes: 100 });
  said.own = [(await own.status()).markerTTL, (await own.status()).ttl, await own.put("k", "v")];
  said.full = await refused(own.put("k2", "v".repeat(200)));
  said.buckets = (await all(kvm.list())).map((s) => s.bucket).sort();
  said.streams = (await (await jetstreamManager(nc)).getAccountInfo()).streams;
  said.destroyed = await own.destroy();

  await new Promise((done) => setTimeout(done, 100));
  watcher.stop();
  await hearing;
  return { ...said, heard };
}

test("does the whole Key/Value API, and is a client like any other", async (visit) => {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await visit.terminal("you").run("nats kv add SHARED --history 5");
  await visit.terminal("server").select();
  await visit.page.getByRole("button", { name: "Open another terminal" }).click();
  const name = (await activeTab(visit.page).innerText()).trim();
  await visit.terminal(name).run("nats kv watch SHARED");

  await visit.offer("client.js", await bundle());
  const said = await visit.page.evaluate(everything);
  assert.deepEqual(said, {
    missing: "stream not found",
    put: [1, 2, 3],
    get: ["1 PUT a.x=1", "3 PUT b=é", null],
    bytes: [0, 255],
    create: 4,
    exists: "wrong last sequence: 4",
    update: 5,
    conflict: "wrong last sequence: 5",
    revision: "1 PUT a.x=1",
    deleted: "6 DEL a.x=",
    reborn: 7,
    history: ["1 PUT a.x=1", "5 PUT a.x=2", "6 DEL a.x=", "7 PUT a.x=3"],
    purged: ["8 PURGE a.x="],
    keys: ["a.y", "b", "c"],
    filtered: ["a.y"],
    status: ["SHARED", 4, 5, "file"],
    own: [60_000, 3_600_000, 1],
    full: "maximum bytes exceeded",
    buckets: ["OWN", "SHARED"],
    streams: 2,
    destroyed: true,
    heard: ["1 PUT a.x=1*", "2 PUT a.y=\0\ufffd*", "5 PUT a.x=2*", "6 DEL a.x=*", "7 PUT a.x=3*", "8 PURGE a.x=*"],
  });

  const watched = (await visit.terminal(name).last()).split("\n").map((line) => line.replace(/^\[.*?\] /, ""));
  assert.deepEqual(watched.filter((line) => line && !line.includes("a.y")), [
    "PUT SHARED > a.x: 1", "PUT SHARED > b: é", "PUT SHARED > c: new", "PUT SHARED > a.x: 2", "DELETE SHARED > a.x",
    "PUT SHARED > a.x: 3", "PURGE SHARED > a.x",
  ], "the terminal hears of all of it");
  const client = clients(visit.page).filter({ hasText: "shop" });
  await client.waitFor();
  assert.equal(await client.count(), 1, "the picture shows it by its name");
  await visit.screenshot("client");
  await visit.page.evaluate(async () => {
    const { Kvm } = await import("/client.js");
    window.watching = await (await new Kvm(window.shop).open("SHARED")).watch({ key: "b" });
  });
  const watcher = visit.page.getByTestId("watcher").filter({ hasText: "shop" });
  await watcher.waitFor();
  assert.match(await watcher.innerText(), /^shop\s*watches/, "and its watcher too");
  await visit.page.evaluate(() => window.watching.stop());
  await visit.terminal("you").select();
  await visit.terminal("you").run("nats kv put SHARED b from-the-terminal");
  const got = await visit.page.evaluate(async () => {
    const { Kvm } = await import("/client.js");
    return (await (await new Kvm(window.shop).open("SHARED")).get("b")).string();
  });
  assert.equal(got, "from-the-terminal");
  await visit.page.evaluate(() => window.shop.close());
  await client.waitFor({ state: "detached" });
});

test("what it writes comes back with the page, and with a link", async (visit) => {
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await visit.offer("client.js", await bundle());
  await visit.page.evaluate(async () => {
    const { wsconnect, Kvm } = await import("/client.js");
    window.shop = await wsconnect({ servers: "ws://playground", name: "shop", wsFactory: window.natsPlayground.wsFactory });
    const kv = await new Kvm(window.shop).create("SHARED", { history: 3 });
    await kv.put("bytes", new Uint8Array([0, 255, 10, 13, 92]));
    await kv.put("words", "grüße");
  });
  await buckets(visit.page).filter({ hasText: "grüße" }).waitFor();
  const [shown] = /SHARED[^]*grüße/.exec(await picture(visit).innerText());
  await visit.page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await visit.page.getByRole("dialog").getByRole("textbox").and(visit.page.locator("[value^=http]")).inputValue();
  assert.ok(link.length < 4000, `${link.length} characters`);
  for (const path of ["", link.slice(link.indexOf("#"))]) {
    const other = path ? await visit.another() : visit;
    await other.goto(path);
    const again = await picture(other).innerText();
    assert.ok(again.includes(shown), again);
    assert.equal(await clients(other.page).filter({ hasText: "shop" }).count(), 0, "it is not connected any more");
    await other.terminal("you").run("nats kv get SHARED words --raw");
    assert.match(await other.terminal("you").last(), /^grüße/);
  }
});

test("is told when another sandbox is opened, and connects to that", async (visit) => {
  await visit.offer("client.js", await bundle());
  await visit.page.evaluate(async () => {
    const { wsconnect } = await import("/client.js");
    window.shop = await wsconnect({ servers: "ws://playground", name: "shop", wsFactory: window.natsPlayground.wsFactory, reconnectTimeWait: 50 });
  });
  await visit.terminal("you").run("echo mine");
  await visit.page.getByRole("button", { name: "Start over" }).click();
  await clients(visit.page).filter({ hasText: "shop" }).waitFor();
  assert.equal(await visit.page.evaluate(() => window.shop.flush().then(() => window.shop.isClosed())), false);
});

test("hears that the server ends, and cannot connect while none runs", async (visit) => {
  await visit.offer("client.js", await bundle());
  await visit.page.evaluate(async () => {
    const { wsconnect } = await import("/client.js");
    window.options = { servers: "ws://playground", wsFactory: window.natsPlayground.wsFactory, reconnect: false };
    window.shop = await wsconnect(window.options);
  });
  await visit.terminal("server").press("Control+c");
  const said = await visit.page.evaluate(async () => {
    const { wsconnect } = await import("/client.js");
    await window.shop.closed();
    return wsconnect(window.options).then(() => "connected", (error) => error.name);
  });
  assert.equal(said, "ConnectionError");
});

testFiles("the types of window.natsPlayground suit those of the client", () => {
  const file = fileURLToPath(new URL("../client/types.ts", import.meta.url));
  const program = ts.createProgram([file], {
    strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"], types: [],
  });
  const wrong = ts.getPreEmitDiagnostics(program);
  assert.equal(ts.formatDiagnostics(wrong, { getCurrentDirectory: () => "", getCanonicalFileName: (f) => f, getNewLine: () => "\n" }), "");
});
