"""Watching in four ways: what each of them gets first, and what it misses."""
import asyncio
import os

import nats
from nats.js.api import ConsumerConfig, DeliverPolicy


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()
    kv = await js.create_key_value(bucket="lesson-room", history=5)

    async def watch(key, **config):
        # This client's own watch begins with the newest entries, or with all that are kept.
        # For the other ways, do what it does: an ordered consumer on the stream beneath.
        config = ConsumerConfig(**config)
        return await js.subscribe(f"$KV.lesson-room.{key}", ordered_consumer=True, config=config)

    try:
        await kv.put("temp", b"19")
        await kv.put("temp", b"20")
        await kv.put("light", b"off")

        # From what is so now: the newest entry of each key, then None, then each change.
        watcher = await kv.watchall()
        print("newest:", *[shown(await watcher.updates()) for _ in range(2)])
        assert await watcher.updates() is None
        await kv.put("temp", b"21")
        print("a change:", shown(await watcher.updates()))
        await watcher.stop()
        await kv.put("temp", b"22")  # nobody watches

        # Only what is new: the 22 is not shown, and will never be.
        messages = await watch(">", deliver_policy=DeliverPolicy.NEW)
        await kv.put("light", b"on")
        await show("updates only", messages, 1)

        # Resume: 6 was the last revision that was seen, so begin with 7.
        await kv.put("temp", b"23")
        await kv.put("light", b"off")
        by_number = DeliverPolicy.BY_START_SEQUENCE
        messages = await watch(">", deliver_policy=by_number, opt_start_seq=7)
        await show("from revision 7", messages, 2)

        # All that is kept, of one key.
        watcher = await kv.watch("light", include_history=True)
        print("history of light:", *[shown(await watcher.updates()) for _ in range(3)])
        await watcher.stop()

        # Away for too long: the bucket keeps five entries of a key.
        for t in (b"24", b"25", b"26", b"27", b"28"):
            await kv.put("temp", t)
        messages = await watch("temp", deliver_policy=by_number, opt_start_seq=1)
        await show("from revision 1", messages, 5)
    finally:
        await js.delete_key_value("lesson-room")
        await nc.close()


def shown(entry):
    return f"{entry.key}={entry.value.decode()}"


async def show(what, messages, count):
    """Prints the next messages as entries, and ends the subscription."""
    print(f"{what}:", end="")
    for _ in range(count):
        msg = await messages.next_msg()
        print(f" {msg.subject.removeprefix('$KV.lesson-room.')}={msg.data.decode()}", end="")
    print()
    await messages.unsubscribe()


asyncio.run(main())
