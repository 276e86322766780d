// Configuration with a watcher: follow it, check it, and have a default for what is deleted.
import { connect } from "@nats-io/transport-node";
import { Kvm } from "@nats-io/kv";

const defaults = { port: 80, theme: "plain" };
const now = { ...defaults };

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const kv = await new Kvm(nc).create("lesson-config", { history: 5 });
try {
  await kv.put("web.port", "8080");
  await kv.put("web.theme", "light");
  await kv.put("mail.host", "mx1");

  // The watcher gives all that is so now, then each change.
  const watcher = (await kv.watch({ key: "web.>" }))[Symbol.asyncIterator]();
  const next = async (what) => {
    const { value: entry } = await watcher.next();
    apply(entry);
    if (what !== undefined) console.log(`${what}: port ${now.port}, theme ${now.theme}`);
  };
  await next();
  await next("begin");

  await kv.put("web.theme", "dark");
  await kv.put("mail.host", "mx2"); // not our business
  await next("changed");
  const broken = await kv.put("web.port", "80x80");
  await next("broken");
  // Back to the last good value, as far as the history goes.
  const good = await kv.get("web.port", { revision: 1 });
  await kv.update("web.port", good.value, broken);
  await next("back");
  await kv.delete("web.theme");
  await next("deleted");
  await watcher.return();
} finally {
  await kv.destroy();
  await nc.close();
}

// Takes one entry over, unless it makes no sense.
function apply(entry) {
  const isDeleted = entry.operation !== "PUT";
  switch (entry.key) {
    case "web.port": {
      const port = isDeleted ? defaults.port : Number(entry.string());
      if (Number.isInteger(port)) now.port = port;
      else console.log(`${entry.string()} is no port`);
      break;
    }
    case "web.theme":
      now.theme = isDeleted ? defaults.theme : entry.string();
  }
}
