// The whole Key/Value API of @nats-io/kv.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Kvm, KvWatchInclude } from "@nats-io/kv";
import { connect, eventually, history, listed, pause, refused, SOON, watched, withBucket, written } from "./helper.mjs";

test("create with every option", async () => {
  const { kvm } = await connect();
  const options = {
    description: "what it is for", replicas: 1, history: 7, max_bytes: 100_000, maxValueSize: 1000, ttl: 3_600_000,
    markerTTL: 60_000, storage: "memory", placement: { cluster: "here", tags: ["a", "b"] },
    republish: { src: ">", dest: "every.>", headers_only: true }, compression: true, metadata: { team: "blue" },
  };
  const kv = await kvm.create("every_option", { ...options });
  await kv.put("a", "1");
  await kv.put("a", "2");
  const status = await kv.status();
  for (const [name, value] of Object.entries(options)) {
    if (name !== "metadata") assert.deepEqual(status[name], value, name);
  }
  assert.equal(status.metadata.team, "blue");
  assert.deepEqual([status.bucket, status.values, status.size], ["every_option", 2, 2 * ("$KV.every_option.a".length + 17)]);
  assert.deepEqual(status.streamInfo.config.subjects, ["$KV.every_option.>"]);
  await kvm.create("every_option", { ...options }); // the same once more is no error
  assert.equal((await (await kvm.open("every_option")).get("a")).string(), "2");
});

test("refused buckets", async () => {
  const { kvm } = await connect();
  await assert.rejects(kvm.create("not.a.name"), /invalid bucket name/);
  await refused(kvm.create("refused", { ttl: 1 }), 10052, "max age needs to be >= 100ms");
  await refused(kvm.create("refused", { replicas: 3 }), 10074, "replicas > 1 not supported in non-clustered mode");
  await refused(kvm.create("refused", { markerTTL: 1 }), 10052, "subject delete marker TTL must be at least 1 second");
});

test("buckets are listed and destroyed", async () => {
  const { kvm, jsm } = await connect();
  for (const name of ["listed-a", "listed-b", "listed-c"]) await (await kvm.create(name, { description: name })).put("a", "1");
  await jsm.streams.add({ name: "no_bucket", subjects: ["no_bucket"] });
  const names = async () => (await listed(kvm.list())).map((s) => s.bucket).filter((n) => /^(listed|no_)/.test(n)).sort();
  assert.deepEqual(await names(), ["listed-a", "listed-b", "listed-c"]);
  assert.equal(await (await kvm.open("listed-b")).destroy(), true);
  assert.deepEqual(await names(), ["listed-a", "listed-c"]);
  const status = (await listed(kvm.list())).find((s) => s.bucket === "listed-c");
  assert.deepEqual([status.values, status.description, status.history], [1, "listed-c", 1]);
});

withBucket("put and get", {}, async (kv) => {
  assert.equal(await kv.get("a"), null);
  assert.equal(await kv.put("a", "1"), 1);
  assert.equal(await kv.put("b.c-d_e/f=", new Uint8Array([0, 255, 13, 10])), 2);
  assert.equal(await kv.put("a", ""), 3);
  assert.equal(await kv.put("a", "4", { previousSeq: 3 }), 4);
  const entry = await kv.get("b.c-d_e/f=");
  assert.deepEqual([...entry.value], [0, 255, 13, 10]);
  assert.deepEqual([entry.bucket, entry.key, entry.revision, entry.operation, entry.length],
    ["put_and_get", "b.c-d_e/f=", 2, "PUT", 4]);
  assert.ok(Math.abs(Date.now() - entry.created) < 60_000);
  for (const key of ["", ".a", "a.", "a b", "a*", "a>"]) await assert.rejects(kv.put(key, "1"), /key/);
});

withBucket("get revision", { history: 3 }, async (kv) => {
  for (const value of ["0", "1", "2", "3"]) await kv.put("a", value);
  await kv.put("b", "5");
  assert.equal(written(await kv.get("a", { revision: 2 })), "2 PUT a=1");
  for (const revision of [1, 5, 6]) assert.equal(await kv.get("a", { revision }), null);
});

withBucket("create", { history: 5 }, async (kv) => {
  assert.equal(await kv.create("a", "1"), 1);
  await refused(kv.create("a", "2"), 10071, "wrong last sequence: 1");
  await kv.delete("a");
  assert.equal(await kv.create("a", "3"), 3);
  await kv.purge("a");
  assert.equal(await kv.create("a", "5"), 5);
  assert.deepEqual(await history(kv), ["4 PURGE a=", "5 PUT a=5"]);
});

withBucket("update", {}, async (kv) => {
  await kv.put("a", "1");
  assert.equal(await kv.update("a", "2", 1), 2);
  for (const revision of [1, 3]) await refused(kv.update("a", "no", revision), 10071, "wrong last sequence: 2");
  await refused(kv.update("none", "no", 7), 10071, "wrong last sequence: 0");
  assert.equal(await kv.put("a", "3"), 3); // what is refused uses no revision
});

withBucket("delete", { history: 10 }, async (kv) => {
  await kv.put("a", "1");
  await kv.delete("a");
  assert.equal(written(await kv.get("a")), "2 DEL a=");
  await kv.put("a", "3");
  await refused(kv.delete("a", { previousSeq: 2 }), 10071, "wrong last sequence: 3");
  await kv.delete("a", { previousSeq: 3 });
  await kv.delete("never");
  assert.deepEqual(await history(kv, "a"), ["1 PUT a=1", "2 DEL a=", "3 PUT a=3", "4 DEL a="]);
  assert.deepEqual(await history(kv, "never"), ["5 DEL never="]);
});

withBucket("purge", { history: 10 }, async (kv) => {
  for (const key of ["a", "a", "b", "c.x", "c.y"]) await kv.put(key, "v");
  await refused(kv.purge("a", { previousSeq: 1 }), 10071, "wrong last sequence: 2");
  await kv.purge("a", { previousSeq: 2 });
  await kv.purge("c.*"); // every key that matches
  assert.deepEqual(await history(kv), ["3 PUT b=v", "6 PURGE a=", "7 PURGE c.x=", "8 PURGE c.y="]);
  assert.equal((await kv.purgeBucket()).purged, 4);
  assert.equal((await kv.status()).values, 0);
});

withBucket("purge deletes", { history: 10 }, async (kv) => {
  for (const key of ["a", "b", "c"]) await kv.put(key, "1");
  await kv.delete("a");
  await kv.purge("b");
  await kv.purgeDeletes(); // markers younger than half an hour stay
  assert.deepEqual(await history(kv), ["3 PUT c=1", "4 DEL a=", "5 PURGE b="]);
  await kv.purgeDeletes(0);
  assert.deepEqual(await history(kv), ["3 PUT c=1"]);
});

withBucket("history", { history: 3 }, async (kv) => {
  for (const value of ["0", "1", "2", "3"]) for (const key of ["a.x", "b"]) await kv.put(key, value);
  assert.deepEqual(await history(kv, "a.x"), ["3 PUT a.x=1", "5 PUT a.x=2", "7 PUT a.x=3"]);
  assert.deepEqual(await history(kv, ["a.*", "none"]), ["3 PUT a.x=1", "5 PUT a.x=2", "7 PUT a.x=3"]);
  assert.equal((await history(kv)).length, 6);
  assert.deepEqual(await history(kv, "none"), []);
});

withBucket("keys", {}, async (kv) => {
  assert.deepEqual(await listed(kv.keys()), []);
  for (const key of ["b", "a.x", "a.y.z", "c", "b"]) await kv.put(key, "1");
  await kv.delete("c");
  assert.deepEqual(await listed(kv.keys()), ["a.x", "a.y.z", "b"]); // by revision, not by name
  assert.deepEqual(await listed(kv.keys("a.*")), ["a.x"]);
  assert.deepEqual(await listed(kv.keys("a.>")), ["a.x", "a.y.z"]);
  assert.deepEqual(await listed(kv.keys(["b", "a.y.*"])), ["a.y.z", "b"]);
  assert.deepEqual(await listed(kv.keys("none")), []);
});

withBucket("limits", { maxValueSize: 10 }, async (kv, { kvm, nc }) => {
  await kv.put("a", new Uint8Array(10));
  await refused(kv.put("a", new Uint8Array(11)), 10054, "message size exceeds maximum allowed");
  await refused(kv.delete("a"), 10054, "message size exceeds maximum allowed"); // headers count too
  const full = await kvm.create("small", { max_bytes: 200 });
  await full.put("a", new Uint8Array(100));
  await refused(full.put("b", new Uint8Array(100)), 10077, "maximum bytes exceeded");
  const big = await kvm.create("big", { storage: "memory" });
  await big.put("a", new Uint8Array(nc.info.max_payload).fill(7));
  assert.deepEqual(await big.get("a").then((e) => [e.length, e.value.at(-1)]), [nc.info.max_payload, 7]);
});

withBucket("buckets without direct reads", { allow_direct: false, history: 2 }, async (kv) => {
  assert.equal(await kv.get("a"), null);
  await kv.put("a", "1");
  await kv.put("a", "2");
  assert.equal(written(await kv.get("a")), "2 PUT a=2");
  assert.equal(written(await kv.get("a", { revision: 1 })), "1 PUT a=1");
});

// a=1, b=2, a=3, b deleted
async function write1to4(kv) {
  await kv.put("a", "1");
  await kv.put("b", "2");
  await kv.put("a", "3");
  await kv.delete("b");
}

withBucket("watch", { history: 5 }, async (kv) => {
  await write1to4(kv);
  const one = await kv.watch({ key: "a" });
  const everything = await kv.watch();
  await watched(one, "3 PUT a=3*");
  await watched(everything, "3 PUT a=3", "4 DEL b=*");
  await kv.put("a", "5");
  await kv.put("b", "6");
  await watched(one, "5 PUT a=5*"); // before the purge, which may be faster than a delivery
  await watched(everything, "5 PUT a=5*", "6 PUT b=6*");
  await kv.purge("a");
  await watched(one, "7 PURGE a=*");
  await watched(everything, "7 PURGE a=*");
  one.stop();
  await kv.put("a", "8");
  await watched(everything, "8 PUT a=8*");
  await watched(one);
});

withBucket("watch options", { history: 5 }, async (kv) => {
  await write1to4(kv);
  const all = await kv.watch({ include: KvWatchInclude.AllHistory });
  const living = await kv.watch({ ignoreDeletes: true });
  const fresh = await kv.watch({ include: KvWatchInclude.UpdatesOnly });
  const resumed = await kv.watch({ resumeFromRevision: 3 });
  const bare = await kv.watch({ headers_only: true });
  const several = await kv.watch({ key: ["a", "c.>"] });
  await watched(all, "1 PUT a=1", "2 PUT b=2", "3 PUT a=3", "4 DEL b=*");
  await watched(living, "3 PUT a=3");
  await watched(fresh);
  await watched(resumed, "3 PUT a=3", "4 DEL b=*");
  await watched(bare, "3 PUT a=", "4 DEL b=*");
  await watched(several, "3 PUT a=3*");
  await kv.put("c.d", "5");
  await kv.delete("c.d");
  await watched(all, "5 PUT c.d=5*", "6 DEL c.d=*");
  await watched(living, "5 PUT c.d=5*");
  await watched(fresh, "5 PUT c.d=5*", "6 DEL c.d=*");
  await watched(resumed, "5 PUT c.d=5*", "6 DEL c.d=*");
  await watched(bare, "5 PUT c.d=*", "6 DEL c.d=*");
  await watched(several, "5 PUT c.d=5*", "6 DEL c.d=*");
});

withBucket("many watchers", { history: 10 }, async (kv) => {
  const watchers = [];
  for (let i = 0; i < 20; i++) {
    const theirs = await new Kvm((await connect()).nc).open("many_watchers");
    watchers.push(await theirs.watch({ key: `${i % 2}.>` }));
  }
  for (let i = 0; i < 10; i++) await kv.put(`${i % 2}.k`, `${i}`);
  for (const [i, watcher] of watchers.entries()) {
    const n = [0, 2, 4, 6, 8].map((n) => n + (i % 2));
    await watched(watcher, ...n.map((n) => `${n + 1} PUT ${i % 2}.k=${n}*`));
  }
});

// More than a megabyte makes the server ask for flow control.
withBucket("watch a large bucket", { storage: "memory" }, async (kv) => {
  const keys = 600;
  const size = 10_000;
  for (let i = 0; i < keys; i++) await kv.put(`key.${i}`, new Uint8Array(size));
  const watcher = await kv.watch();
  let i = 0;
  for await (const e of watcher) {
    i++;
    assert.deepEqual([e.revision, e.delta, e.length, e.isUpdate], [i, keys - i, size, i === keys]);
    if (i === keys) break;
  }
  assert.equal((await listed(kv.keys())).length, keys);
});

withBucket("bucket ttl", { ttl: 300 }, async (kv) => {
  await kv.put("a", "1");
  const watcher = await kv.watch();
  await watched(watcher, "1 PUT a=1*");
  await eventually("a is gone", async () => (await kv.get("a")) === null);
  await watched(watcher); // it went silently
  assert.equal(await kv.put("a", "2"), 2);
});

withBucket("key ttl", { markerTTL: 1000 }, async (kv) => {
  const watcher = await kv.watch();
  await kv.create("a", "1", "1s");
  await kv.put("b", "2");
  await watched(watcher, "1 PUT a=1*", "2 PUT b=2*");
  await assert.rejects(kv.create("a", "no", "1s"));
  await pause(1000);
  await eventually("the server's marker", () => watcher.heard.length > 0);
  assert.match(watcher.heard.shift(), /^3 \w+ a=\*$/);
  assert.equal(written(await kv.get("b")), "2 PUT b=2");
  await eventually("the marker is gone", async () => (await kv.status()).values === 1);
});

withBucket("purge ttl", { markerTTL: 1000 }, async (kv) => {
  await kv.put("a", "1");
  await kv.purge("a", { ttl: "1s" });
  assert.deepEqual(await history(kv), ["2 PURGE a="]);
  await eventually("the marker is gone", async () => (await kv.status()).values === 0);
});

test("mirror", async () => {
  const { kvm, jsm } = await connect();
  const origin = await kvm.create("origin");
  await origin.put("a", "1");
  const mirror = await kvm.create("mirror", { mirror: { name: "origin" } });
  const values = async () => (await mirror.status()).values;
  await eventually("the mirror has caught up", async () => (await values()) === 1);
  await origin.put("b", "2"); // this client cannot write through a mirror in the same account
  await eventually("what is new comes too", async () => (await values()) === 2);
  const info = await jsm.streams.info("KV_mirror");
  assert.deepEqual([info.mirror.name, info.mirror.lag], ["KV_origin", 0]);
  assert.equal((await jsm.streams.getMessage("KV_mirror", { seq: 2 })).subject, "$KV.origin.b");
});

test("sources", async () => {
  const { kvm } = await connect();
  for (const name of ["north", "south"]) await (await kvm.create(name, { history: 3 })).put(name, "1");
  const both = await kvm.create("both", { history: 2, sources: [{ name: "north" }, { name: "south" }] });
  await eventually("both have come", async () => (await both.status()).values === 2);
  assert.deepEqual((await listed(both.keys())).sort(), ["north", "south"]);
  const south = await kvm.open("south");
  const watcher = await both.watch({ key: "south", include: KvWatchInclude.UpdatesOnly });
  await south.put("south", "2");
  await south.delete("south");
  await watched(watcher, "3 PUT south=2*", "4 DEL south=*");
  await both.put("own", "5");
  assert.equal(await south.get("own"), null);
});

test("republish", async () => {
  const { nc, kvm } = await connect();
  const kv = await kvm.create("republished", { republish: { src: ">", dest: "news.>" } });
  const news = nc.subscribe("news.>", { max: 2, timeout: SOON });
  await kv.put("a", "1");
  await kv.put("a", "2");
  const [, second] = await listed(news);
  assert.deepEqual([second.subject, second.string()], ["news.$KV.republished.a", "2"]);
  const header = (name) => second.headers.get(name);
  assert.deepEqual(["Nats-Stream", "Nats-Subject", "Nats-Sequence", "Nats-Last-Sequence"].map(header),
    ["KV_republished", "$KV.republished.a", "2", "1"]);
});
