// Leases: values that end by themselves, unless somebody keeps them alive.
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@nats-io/transport-node";
import { jetstream, JetStreamApiCodes } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const kvm = new Kvm(nc);
// A bucket that forgets: every value lives for two seconds after its last write.
const rooms = await kvm.create("lesson-rooms", { ttl: 2000 });
// One whose keys may have a time of their own, and that has markers where they end.
const desks = await kvm.create("lesson-desks", { markerTTL: 10_000 });
try {
  let revision = await rooms.create("red", "anna");
  await sleep(1200);
  await rooms.update("red", "anna", revision); // two seconds more
  await sleep(1200);
  await take("room, renewed", rooms, "red");
  await sleep(2000);
  await take("room, not renewed", rooms, "red");

  // A desk for one second. Those who watch are told of its end.
  const watcher = await desks.watch({ include: "updates" });
  await desks.create("window", "anna", "1s");
  for await (const entry of watcher) {
    if (entry.operation === "PUT") {
      console.log("desk:", entry.string());
    } else {
      console.log("desk: ended, and the watcher was told");
      break;
    }
  }

  // The trap: an update writes another entry, and that one has no time.
  revision = await desks.create("corner", "anna", "1s");
  revision = await desks.update("corner", "anna", revision);
  await sleep(2000);
  await take("desk, after an update", desks, "corner");

  // The cure: a write below the bucket, with the condition and the time in its headers.
  await jetstream(nc).publish("$KV.lesson-desks.corner", "anna", {
    expect: { lastSubjectSequence: revision },
    ttl: "1s",
  });
  await sleep(2000);
  await take("desk, after an update with a time", desks, "corner");
} finally {
  await rooms.destroy();
  await desks.destroy();
  await nc.close();
}

// Tells whether ben gets what anna has had.
async function take(what, kv, key) {
  try {
    await kv.create(key, "ben");
    console.log(`${what}: ben has it`);
  } catch (error) {
    if (error.code !== JetStreamApiCodes.StreamWrongLastSequence) throw error;
    console.log(`${what}: still anna's`);
  }
}
