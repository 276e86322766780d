// A semaphore: a key for each place, and whoever creates it has the place.
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@nats-io/transport-node";
import { JetStreamApiCodes } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";

const places = ["slot.1", "slot.2"];

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const kv = await new Kvm(nc).create("lesson-slots", { ttl: 2000 });
try {
  const mine = await acquire("you");
  await acquire("other");
  if (await acquire("third") === null) console.log("third: all places are taken");

  // You give your place back, and third gets it.
  await release(mine);
  const third = await acquire("third");

  // Other crashes. Third renews its place in time, so that only that of other ends.
  await sleep(1200);
  await renew(third);
  await sleep(1200);
  await acquire("you");
} finally {
  await kv.destroy();
  await nc.close();
}

// Tries one place after the other. Null: all are taken.
async function acquire(holder) {
  for (const key of places) {
    try {
      const revision = await kv.create(key, holder);
      console.log(`${holder}: has ${key}`);
      return { key, holder, revision };
    } catch (error) {
      // Taken, or somebody was faster: try the next one.
      if (error.code !== JetStreamApiCodes.StreamWrongLastSequence) throw error;
    }
  }
  return null;
}

// Begins the time of the place anew, or fails if it has ended.
async function renew(place) {
  place.revision = await kv.update(place.key, place.holder, place.revision);
}

// Gives the place back, unless somebody else has it by now.
async function release(place) {
  console.log(`${place.holder}: gives ${place.key} back`);
  await kv.delete(place.key, { previousSeq: place.revision });
}
