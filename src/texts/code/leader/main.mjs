// Electing a leader: create elects, a lease ends, and a watcher turns the end into a beginning.
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@nats-io/transport-node";
import { JetStreamApiCodes } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const kv = await new Kvm(nc).create("lesson-election", { ttl: 2000, markerTTL: 1000 });
try {
  // Both want to lead, and the server lets one.
  let mine = await campaign("anna");
  if (await campaign("ben") === null) console.log("ben stands by");
  const ben = await standBy("ben");

  // A leader who is well renews in time, from its own revision.
  await sleep(1000);
  mine = await kv.update("leader", "anna", mine);
  console.log("anna leads on, revision", mine);

  // It crashes: nobody renews, and two seconds later ben leads.
  const theirs = await ben.elected;
  if (await unlessLost(kv.update("leader", "anna", mine)) === null) {
    console.log("anna learns that she does not lead any more");
  }

  // A leader who stops on purpose deletes the key, if it is still its own: there is no gap.
  const anna = await standBy("anna");
  await kv.delete("leader", { previousSeq: theirs });
  await anna.elected;
} finally {
  await kv.destroy();
  await nc.close();
}

// Tries to become the leader. Returns the revision that proves it, or null.
async function campaign(name) {
  const revision = await unlessLost(kv.create("leader", name));
  if (revision !== null) console.log(`${name} leads, revision ${revision}`);
  return revision;
}

// Watches the key, and tries at the moment when it goes away.
async function standBy(name) {
  const watcher = await kv.watch({ key: "leader", include: "updates" });
  const elected = (async () => {
    for await (const entry of watcher) {
      if (entry.operation === "PUT") continue;
      const revision = await campaign(name);
      if (revision !== null) return revision;
    }
  })();
  return { elected };
}

// What a write returns, or null where another one was faster.
async function unlessLost(write) {
  try {
    return await write;
  } catch (error) {
    if (error.code === JetStreamApiCodes.StreamWrongLastSequence) return null;
    throw error;
  }
}
