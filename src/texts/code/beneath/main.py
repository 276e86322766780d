"""What lies beneath: the bucket read and written as the stream that it is."""
import asyncio
import os

import nats
from nats.js.api import Header
from nats.js.errors import APIError


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()
    kv = await js.create_key_value(bucket="lesson-books", history=3, direct=True)
    try:
        # The rules of the bucket are settings of a stream.
        config = (await js.stream_info("KV_lesson-books")).config
        history = config.max_msgs_per_subject
        print(f"stream {config.name}, subjects {config.subjects[0]}, {history} per subject")

        # A key is a subject: a plain message is a put.
        await js.publish("$KV.lesson-books.emma", b"lent")
        entry = await kv.get("emma")
        print(f"key emma: {entry.value.decode()}, revision {entry.revision}")

        # A revision is the number of a message.
        await kv.put("dune", b"new")
        message = await js.get_msg("KV_lesson-books", seq=2)
        print(f"message 2: {message.data.decode()} on {message.subject}")

        # A get is a request, and its answer has all in its headers.
        answer = await nc.request("$JS.API.DIRECT.GET.KV_lesson-books.$KV.lesson-books.emma")
        print(f"direct get: {answer.data.decode()}, Nats-Sequence {answer.header['Nats-Sequence']}")

        # A delete is a message too.
        await kv.delete("dune")
        message = await js.get_msg("KV_lesson-books", seq=3)
        length = len(message.data or b"")
        print(f"message 3: {length} bytes, KV-Operation {message.header['KV-Operation']}")

        # An update is a message with a condition.
        for revision in (2, 1):
            condition = {Header.EXPECTED_LAST_SUBJECT_SEQUENCE: str(revision)}
            try:
                ack = await js.publish("$KV.lesson-books.emma", b"back", headers=condition)
                print(f"expected {revision}: stored as {ack.seq}")
            except APIError as error:
                print(f"expected {revision}: error {error.err_code}")
    finally:
        await js.delete_key_value("lesson-books")
        await nc.close()


asyncio.run(main())
