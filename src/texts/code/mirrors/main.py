"""Copies: a mirror is read as a stream, sources come together in a bucket."""
import asyncio
import os

import nats
from nats.js.api import DiscardPolicy, StreamSource, SubjectTransform
from nats.js.errors import KeyNotFoundError, NotFoundError


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()

    async def copy(bucket, **feed):
        # This client makes no such buckets, but it makes streams: those are their settings.
        config = dict(max_msgs_per_subject=1, allow_direct=True, allow_rollup_hdrs=True,
                      deny_delete=True, discard=DiscardPolicy.NEW)
        await js.add_stream(name=f"KV_{bucket}", **config, **feed)
        return await js.key_value(bucket)

    def source(bucket, into):
        # On the way, the subjects become those of the new bucket.
        renamed = SubjectTransform(src=f"$KV.{bucket}.>", dest=f"$KV.{into}.>")
        return StreamSource(name=f"KV_{bucket}", subject_transforms=[renamed])

    try:
        orders = await js.create_key_value(bucket="lesson-orders")
        await orders.put("a1", b"paid")

        # A mirror keeps the subjects of its original: look for them in the stream.
        mirror = await copy("lesson-copy", mirror=StreamSource(name="KV_lesson-orders"))
        await eventually(b"paid", lambda: js.get_last_msg("KV_lesson-copy", "$KV.lesson-orders.a1"))
        print("mirror, as a stream: a1 = paid")
        try:
            await mirror.get("a1")
        except KeyNotFoundError:
            print("mirror, as a bucket: a1 not found")
        # A mirror takes in nothing else. With this client, write to the original yourself.
        await orders.put("a2", b"new")
        await becomes(orders, "lesson-orders", "a2", "new")

        # Sources get the subjects of the new bucket, so their keys are found.
        returns = await js.create_key_value(bucket="lesson-returns")
        await returns.put("r7", b"broken")
        sources = [source(bucket, "lesson-all") for bucket in ("lesson-orders", "lesson-returns")]
        all = await copy("lesson-all", subjects=["$KV.lesson-all.>"], sources=sources)
        await becomes(all, "lesson-all", "a1", "paid")
        await becomes(all, "lesson-all", "r7", "broken")

        # Two writers for one key: whatever comes last wins, without a word.
        await all.put("a1", b"lost")
        await orders.put("a1", b"shipped")
        await becomes(all, "lesson-all", "a1", "shipped")

        # The original goes, what was taken in stays.
        await js.delete_key_value("lesson-orders")
        await becomes(all, "lesson-all", "a1", "shipped")
    finally:
        for bucket in ("lesson-orders", "lesson-copy", "lesson-returns", "lesson-all"):
            try:
                await js.delete_key_value(bucket)
            except NotFoundError:
                pass  # it is gone already
        await nc.close()


async def becomes(kv, bucket, key, value):
    """Waits until a key has a value: copies are a little late."""
    await eventually(value.encode(), lambda: kv.get(key), "value")
    print(f"{bucket}: {key} = {value}")


async def eventually(want, read, field="data"):
    for _ in range(500):
        try:
            if getattr(await read(), field) == want:
                return
        except NotFoundError:
            pass
        await asyncio.sleep(0.02)
    raise TimeoutError(f"not there within ten seconds: {want}")


asyncio.run(main())
