// Watching in four ways: what each of them gets first, and what it misses.
import { connect } from "@nats-io/transport-node";
import { Kvm, KvWatchInclude } from "@nats-io/kv";

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const kv = await new Kvm(nc).create("lesson-room", { history: 5 });
try {
  await kv.put("temp", "19");
  await kv.put("temp", "20");
  await kv.put("light", "off");

  // From what is so now: the newest entry of each key, then each change.
  let watcher = await watch();
  await show("newest", watcher, 2);
  await kv.put("temp", "21");
  await show("a change", watcher, 1);
  await watcher.return();
  await kv.put("temp", "22"); // nobody watches

  // Only what is new: the 22 is not shown, and will never be.
  watcher = await watch({ include: KvWatchInclude.UpdatesOnly });
  await kv.put("light", "on");
  await show("updates only", watcher, 1);
  await watcher.return();

  // Resume: 6 was the last revision that was seen, so begin with 7.
  await kv.put("temp", "23");
  await kv.put("light", "off");
  watcher = await watch({ resumeFromRevision: 7 });
  await show("from revision 7", watcher, 2);
  await watcher.return();

  // All that is kept, of one key.
  watcher = await watch({ key: "light", include: KvWatchInclude.AllHistory });
  await show("history of light", watcher, 3);
  await watcher.return();

  // Away for too long: the bucket keeps five entries of a key.
  for (const t of ["24", "25", "26", "27", "28"]) await kv.put("temp", t);
  watcher = await watch({ key: "temp", resumeFromRevision: 1 });
  await show("from revision 1", watcher, 5);
  await watcher.return();
} finally {
  await kv.destroy();
  await nc.close();
}

// A watcher whose entries can be taken one by one. Its `return` stops it.
async function watch(options) {
  return (await kv.watch(options))[Symbol.asyncIterator]();
}

async function show(what, watcher, count) {
  let line = `${what}:`;
  for (let i = 0; i < count; i++) {
    const { value: entry } = await watcher.next();
    line += ` ${entry.key}=${entry.string()}`;
  }
  console.log(line);
}
