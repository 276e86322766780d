// Revisions and history: one count for all keys, and the last entries of each.
import { connect } from "@nats-io/transport-node";
import { Kvm } from "@nats-io/kv";

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const kv = await new Kvm(nc).create("lesson-books", { history: 3 });
try {
  // The revision counts the writes of the bucket, not those of the key.
  await kv.put("dune", "new");
  await kv.put("emma", "new");
  console.log("the second write of dune is revision", await kv.put("dune", "lent"));

  // Of each key, the last three entries are kept.
  await kv.put("dune", "back");
  const last = await kv.put("dune", "torn");
  if (await kv.get("dune", { revision: 1 }) === null) console.log("revision 1 is no longer kept");
  await show();

  // To go back is to write the old value once more.
  const old = await kv.get("dune", { revision: 4 });
  await kv.update("dune", old.value, last);
  await show();

  // A dot divides a key into parts, and then one can ask for some of them.
  await kv.put("shelf.top.ulysses", "new");
  await kv.put("shelf.low.walden", "new");
  const keys = [];
  for await (const key of await kv.keys("shelf.>")) keys.push(key);
  for (const key of keys.sort()) console.log("on the shelf:", key);
} finally {
  await kv.destroy();
  await nc.close();
}

async function show() {
  let line = "dune:";
  for await (const entry of await kv.history({ key: "dune" })) {
    line += ` ${entry.revision} ${entry.string()}`;
  }
  console.log(line);
}
