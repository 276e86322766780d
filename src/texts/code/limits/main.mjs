// Limits and errors: each refusal of the server has a number, and programs look at that.
import { connect } from "@nats-io/transport-node";
import { JetStreamApiError, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const jsm = await jetstreamManager(nc);
const kvm = new Kvm(nc);
const notes = await kvm.create("lesson-notes", { maxValueSize: 20 });
const small = await kvm.create("lesson-small", { max_bytes: 150 });
try {
  // What a bucket does not take.
  await show("a value too long", () => notes.put("long", "call Ann, then Ben, then Carla"));
  await small.put("a", "1234567890");
  await small.put("b", "1234567890");
  await show("a bucket that is full", () => small.put("c", "1234567890"));
  await show("a delete in it", () => small.delete("a"));

  // Make the bucket larger, and there is room for a delete.
  await jsm.streams.update("KV_lesson-small", { max_bytes: 1024 });
  await show("a delete in a larger one", () => small.delete("a"));

  // What a request does not get. (`kvm.create` would open the bucket that is there.)
  const other = { name: "KV_lesson-small", subjects: ["$KV.lesson-small.>"] };
  await show("a name that is taken", () => jsm.streams.add(other));
  await show("a bucket that is not there", () => jsm.streams.info("KV_lesson-nowhere"));
  await show("another revision", () => small.update("b", "x", 1));

  // Some things the client refuses, and the server never hears of them.
  await show("a key with a blank", () => small.put("a key", ""));
} finally {
  await notes.destroy();
  await small.destroy();
  await nc.close();
}

// Does something, and prints the number of the error, if it has one.
async function show(what, attempt) {
  try {
    await attempt();
    console.log(`${what}: stored`);
  } catch (error) {
    const isRefused = error instanceof JetStreamApiError;
    console.log(isRefused ? `${what}: err_code ${error.code}` : `${what}: refused by the client`);
  }
}
