"""Revisions and history: one count for all keys, and the last entries of each."""
import asyncio
import os

import nats
from nats.js.errors import KeyNotFoundError


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()
    kv = await js.create_key_value(bucket="lesson-books", history=3)
    try:
        # The revision counts the writes of the bucket, not those of the key.
        await kv.put("dune", b"new")
        await kv.put("emma", b"new")
        print("the second write of dune is revision", await kv.put("dune", b"lent"))

        # Of each key, the last three entries are kept.
        await kv.put("dune", b"back")
        last = await kv.put("dune", b"torn")
        try:
            await kv.get("dune", revision=1)
        except KeyNotFoundError:
            print("revision 1 is no longer kept")
        await show(kv)

        # To go back is to write the old value once more.
        old = await kv.get("dune", revision=4)
        await kv.update("dune", old.value, last=last)
        await show(kv)

        # A dot divides a key into parts, and then one can ask for some of them.
        await kv.put("shelf.top.ulysses", b"new")
        await kv.put("shelf.low.walden", b"new")
        watcher = await kv.watch("shelf.>", ignore_deletes=True, meta_only=True)
        keys = []
        while entry := await watcher.updates():
            keys.append(entry.key)
        await watcher.stop()
        for key in sorted(keys):
            print("on the shelf:", key)
    finally:
        await js.delete_key_value("lesson-books")
        await nc.close()


async def show(kv):
    entries = await kv.history("dune")
    print("dune:", *(f"{entry.revision} {entry.value.decode()}" for entry in entries))


asyncio.run(main())
