// Delete, purge and markers: what each of them leaves behind.
import { connect } from "@nats-io/transport-node";
import { Kvm } from "@nats-io/kv";

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const kv = await new Kvm(nc).create("lesson-cart", { history: 5 });
try {
  await kv.put("apples", "2");
  await kv.put("apples", "3");
  const watcher = await kv.watch({ key: "apples", include: "updates" });
  const changes = watcher[Symbol.asyncIterator]();

  // A delete writes a marker. Whoever watches is told, and older values stay.
  await kv.delete("apples");
  console.log("the watcher is told:", operation((await changes.next()).value));
  // This client returns the marker, others say that there is no such key.
  if ((await kv.get("apples")).operation !== "PUT") console.log("get: not found");
  console.log("get revision 2:", (await kv.get("apples", { revision: 2 })).string());
  await show();

  // A purge writes a marker too, and removes all that came before it.
  await kv.purge("apples");
  console.log("the watcher is told:", operation((await changes.next()).value));
  if (await kv.get("apples", { revision: 2 }) === null) console.log("get revision 2: not found");
  watcher.stop();

  // A marker is no value, so the key can be created again.
  console.log("create: revision", await kv.create("apples", "9"));
  await show();

  // Sweep up: old values of deleted keys go, and so do markers older than 30 minutes.
  await kv.delete("apples");
  await kv.purgeDeletes();
  await show();
} finally {
  await kv.destroy();
  await nc.close();
}

async function show() {
  let line = "history:";
  for await (const entry of await kv.history({ key: "apples" })) {
    line += ` ${entry.revision} ${operation(entry)}`;
  }
  console.log(line);
}

function operation(entry) {
  return entry.operation === "DEL" ? "DELETE" : entry.operation;
}
