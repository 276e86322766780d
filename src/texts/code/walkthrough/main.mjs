// The walkthrough in code: put, get, delete, create, update and watch.
import { connect } from "@nats-io/transport-node";
import { JetStreamApiCodes } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const kv = await new Kvm(nc).create("lesson-my-kv");
try {
  // Put, get, delete.
  console.log("put Key1: revision", await kv.put("Key1", "Value1"));
  let entry = await kv.get("Key1");
  console.log(`get Key1: ${entry.string()}, revision ${entry.revision}`);
  await kv.delete("Key1");
  entry = await kv.get("Key1");
  // This client returns the marker; null is for a key that was never written.
  if (entry.operation === "DEL") {
    console.log("get Key1: not found, its delete is revision", entry.revision);
  }

  // Create: the first one wins. That is a lock.
  const revision = await kv.create("Semaphore1", "Value1");
  console.log("create Semaphore1: revision", revision);
  if (await isRefused(kv.create("Semaphore1", "Value1"))) {
    console.log("create Semaphore1: refused, it exists");
  }

  // Update: only if nobody was faster.
  console.log("update Semaphore1: revision", await kv.update("Semaphore1", "Value2", revision));
  if (await isRefused(kv.update("Semaphore1", "Value3", revision))) {
    console.log(`update Semaphore1: refused, ${revision} is not the newest`);
  }

  // Watch: first the newest entry of each key, then each change.
  const watcher = await kv.watch();
  let seen = 0;
  for await (const entry of watcher) {
    const what = entry.operation === "PUT" ? `= ${entry.string()}` : "deleted";
    console.log(`watch, ${seen < 2 ? "is so" : "changes"}: ${entry.key} ${what}`);
    seen += 1;
    if (seen === 2) await kv.put("Key1", "Value2");
    if (seen === 3) break; // this stops the watcher
  }
} finally {
  await kv.destroy();
  await nc.close();
}

// Whether a write was refused since somebody else was faster.
async function isRefused(write) {
  try {
    await write;
    return false;
  } catch (error) {
    if (error.code === JetStreamApiCodes.StreamWrongLastSequence) return true;
    throw error;
  }
}
