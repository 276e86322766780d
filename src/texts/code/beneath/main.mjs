// What lies beneath: the bucket read and written as the stream that it is.
import { connect } from "@nats-io/transport-node";
import { jetstream, JetStreamApiError, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";

const nc = await connect({ servers: process.env.NATS_URL ?? "nats://127.0.0.1:4222" });
const [js, jsm] = [jetstream(nc), await jetstreamManager(nc)];
const kv = await new Kvm(nc).create("lesson-books", { history: 3 });
try {
  // The rules of the bucket are settings of a stream.
  const { config } = await jsm.streams.info("KV_lesson-books");
  const { name, subjects, max_msgs_per_subject: history } = config;
  console.log(`stream ${name}, subjects ${subjects[0]}, ${history} per subject`);

  // A key is a subject: a plain message is a put.
  await js.publish("$KV.lesson-books.emma", "lent");
  const entry = await kv.get("emma");
  console.log(`key emma: ${entry.string()}, revision ${entry.revision}`);

  // A revision is the number of a message.
  await kv.put("dune", "new");
  let message = await jsm.streams.getMessage("KV_lesson-books", { seq: 2 });
  console.log(`message 2: ${message.string()} on ${message.subject}`);

  // A get is a request, and its answer has all in its headers.
  const answer = await nc.request("$JS.API.DIRECT.GET.KV_lesson-books.$KV.lesson-books.emma");
  const number = answer.headers.get("Nats-Sequence");
  console.log(`direct get: ${answer.string()}, Nats-Sequence ${number}`);

  // A delete is a message too.
  await kv.delete("dune");
  message = await jsm.streams.getMessage("KV_lesson-books", { seq: 3 });
  const operation = message.header.get("KV-Operation");
  console.log(`message 3: ${message.data.length} bytes, KV-Operation ${operation}`);

  // An update is a message with a condition.
  for (const lastSubjectSequence of [2, 1]) {
    try {
      const condition = { expect: { lastSubjectSequence } };
      const ack = await js.publish("$KV.lesson-books.emma", "back", condition);
      console.log(`expected ${lastSubjectSequence}: stored as ${ack.seq}`);
    } catch (error) {
      if (!(error instanceof JetStreamApiError)) throw error;
      console.log(`expected ${lastSubjectSequence}: error ${error.code}`);
    }
  }
} finally {
  await kv.destroy();
  await nc.close();
}
