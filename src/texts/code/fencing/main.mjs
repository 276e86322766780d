// Why a lease is not enough: a sleeper does damage, until the store looks at a token.
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@nats-io/transport-node";
import { JetStreamApiCodes } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";

class StaleToken extends Error {}

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const kvm = new Kvm(nc);
const locks = await kvm.create("lesson-locks", { ttl: 1000 });
const files = await kvm.create("lesson-files");
try {
  // You take the lock and fall asleep, so other gets it. The revision is the token.
  const yours = await locks.create("letter", "you");
  await sleep(1800);
  const theirs = await locks.create("letter", "other");
  console.log(`your token is ${yours}, that of other is ${theirs}`);

  // A plain put: whoever wakes up late destroys the work of who holds the lock.
  await files.put("letter", "by other");
  await files.put("letter", "by you");
  console.log("without tokens the letter is", (await files.get("letter")).string());
  await files.purge("letter");

  // A store that looks at the token refuses the older one.
  await save("letter", theirs, "by other");
  try {
    await save("letter", yours, "by you");
  } catch (error) {
    if (!(error instanceof StaleToken)) throw error;
    console.log(`token ${yours} is too old, ${theirs} was here`);
  }
  console.log("with tokens the letter is", (await files.get("letter")).json().text);
} finally {
  await locks.destroy();
  await files.destroy();
  await nc.close();
}

// Writes a text with its token, unless a greater token was there before.
async function save(key, token, text) {
  const value = JSON.stringify({ token, text });
  for (;;) {
    const entry = await files.get(key);
    const isThere = entry?.operation === "PUT";
    if (isThere && token < entry.json().token) throw new StaleToken();
    try {
      return await (isThere ? files.update(key, value, entry.revision) : files.create(key, value));
    } catch (error) {
      // Somebody came in between: look again.
      if (error.code !== JetStreamApiCodes.StreamWrongLastSequence) throw error;
    }
  }
}
