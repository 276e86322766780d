// What the tests share: clients of the server at NATS_URL (nats:// or ws://) and ways to say what is wanted.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { connect as tcp } from "@nats-io/transport-node";
import { wsconnect } from "@nats-io/nats-core";
import { WebSocket } from "ws";

globalThis.WebSocket ??= WebSocket; // Node has one of its own from version 22

export const SOON = 5000;
const open = [];
after(() => Promise.all(open.map((nc) => nc.close())));

export async function connect() {
  const servers = process.env.NATS_URL;
  const nc = await (servers.startsWith("ws") ? wsconnect : tcp)({ servers });
  open.push(nc);
  return { nc, kvm: new Kvm(nc), jsm: await jetstreamManager(nc) };
}

// A test with a bucket of that name, which also names the test.
export function withBucket(name, options, run) {
  test(name, async () => {
    const client = await connect();
    await run(await client.kvm.create(name.replaceAll(/\W+/g, "_"), options), client);
  });
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function eventually(what, ask) {
  for (const begin = Date.now(); Date.now() - begin < SOON; await pause(10)) if (await ask()) return;
  assert.fail(`not within ${SOON} ms: ${what}`);
}

// Wants an error of the JetStream API.
export const refused = (promise, code, text) =>
  assert.rejects(promise, (e) => {
    assert.deepEqual([e.apiError?.()?.err_code ?? e.code, e.message], [code, text]);
    return true;
  });

// An entry as one line: "3 PUT key=value".
export const written = (e) => e && `${e.revision} ${e.operation} ${e.key}=${e.string()}`;

export async function listed(iterator) {
  const found = [];
  for await (const item of await iterator) found.push(item);
  return found;
}

export const history = async (kv, key = ">") => (await listed(kv.history({ key }))).map(written);

// Wants a watcher's next entries, and no more for a moment. A watcher shows which are updates: those with "*".
export async function watched(watcher, ...want) {
  watcher.heard ??= hear(watcher);
  const wrong = (i) => `after ${JSON.stringify(want.slice(0, i))}`;
  for (let i = 0; i < want.length; i++) {
    await eventually(`${want[i]} ${wrong(i)}`, () => watcher.heard.length > 0);
    assert.equal(watcher.heard.shift(), want[i], wrong(i));
  }
  await pause(50);
  assert.deepEqual([...watcher.heard], [], "nothing more");
}

function hear(watcher) {
  const heard = [];
  (async () => {
    for await (const e of watcher) heard.push(written(e) + (e.isUpdate ? "*" : ""));
  })();
  return heard;
}
