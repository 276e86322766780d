// A counter for two: with put a visit is lost, with update none is.
import { connect } from "@nats-io/transport-node";
import { JetStreamApiCodes } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";

const servers = process.env.NATS_URL ?? "nats://127.0.0.1:4222";
const you = await connect({ servers }); // two clients, as in the lesson
const other = await connect({ servers });
const mine = await new Kvm(you).create("lesson-counter");
const theirs = await new Kvm(other).open("lesson-counter");
try {
  // Both read 0, and both put 1.
  await mine.put("visits", "0");
  let [a, b] = [await mine.get("visits"), await theirs.get("visits")];
  await mine.put("visits", plusOne(a));
  await theirs.put("visits", plusOne(b));
  console.log("put: 2 visits, the counter says", (await mine.get("visits")).string());

  // Both read again, and both update from the revision that they have read.
  [a, b] = [await mine.get("visits"), await theirs.get("visits")];
  const revision = await mine.update("visits", plusOne(a), a.revision);
  try {
    await theirs.update("visits", plusOne(b), b.revision);
  } catch (error) {
    if (!isMismatch(error)) throw error;
    console.log(`update: refused, the key is at revision ${revision}, not ${b.revision}`);
  }

  // Whoever was refused reads again and tries again. So both may count at once.
  await Promise.all([mine, theirs].map(async (kv) => {
    for (let i = 0; i < 10; i++) await count(kv);
  }));
  console.log("update: 20 visits more, the counter says", (await mine.get("visits")).string());
} finally {
  await mine.destroy();
  await Promise.all([you.close(), other.close()]);
}

// Adds one visit, however many others do so at the same moment.
async function count(kv) {
  for (;;) {
    const seen = await kv.get("visits");
    try {
      return await kv.update("visits", plusOne(seen), seen.revision);
    } catch (error) {
      if (!isMismatch(error)) throw error;
    }
  }
}

function plusOne(entry) {
  return String(Number(entry.string()) + 1);
}

// Whether a write was refused since the key has another revision by now.
function isMismatch({ code }) {
  return code === JetStreamApiCodes.StreamWrongLastSequence ||
    code === JetStreamApiCodes.StreamWrongLastSequenceUnknown; // a bucket with replicas may say so
}
