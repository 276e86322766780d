// Copies: a mirror is read as a stream, sources come together in a bucket.
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@nats-io/transport-node";
import { jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const jsm = await jetstreamManager(nc);
const kvm = new Kvm(nc);
try {
  const orders = await kvm.create("lesson-orders");
  await orders.put("a1", "paid");

  // A mirror keeps the subjects of its original: look for them in the stream.
  const copy = await kvm.create("lesson-copy", { mirror: { name: "lesson-orders" } });
  const original = { last_by_subj: "$KV.lesson-orders.a1" };
  await eventually("paid", () => jsm.streams.getMessage("KV_lesson-copy", original));
  console.log("mirror, as a stream: a1 = paid");
  if (await copy.get("a1") === null) console.log("mirror, as a bucket: a1 not found");
  // A mirror takes in nothing else. With this client, write to the original yourself.
  await orders.put("a2", "new");
  await becomes(orders, "lesson-orders", "a2", "new");

  // Sources get the subjects of the new bucket, so their keys are found.
  const returns = await kvm.create("lesson-returns");
  await returns.put("r7", "broken");
  const sources = [{ name: "lesson-orders" }, { name: "lesson-returns" }];
  const all = await kvm.create("lesson-all", { sources });
  await becomes(all, "lesson-all", "a1", "paid");
  await becomes(all, "lesson-all", "r7", "broken");

  // Two writers for one key: whatever comes last wins, without a word.
  await all.put("a1", "lost");
  await orders.put("a1", "shipped");
  await becomes(all, "lesson-all", "a1", "shipped");

  // The original goes, what was taken in stays.
  await orders.destroy();
  await becomes(all, "lesson-all", "a1", "shipped");
} finally {
  for await (const { bucket } of kvm.list()) {
    if (/^lesson-(orders|copy|returns|all)$/.test(bucket)) await (await kvm.open(bucket)).destroy();
  }
  await nc.close();
}

// Waits until a key has a value: copies are a little late.
async function becomes(kv, bucket, key, value) {
  await eventually(value, () => kv.get(key));
  console.log(`${bucket}: ${key} = ${value}`);
}

async function eventually(want, read) {
  for (let tries = 0; tries < 500; tries++) {
    if ((await read())?.string() === want) return;
    await sleep(20);
  }
  throw new Error(`not there within ten seconds: ${want}`);
}
