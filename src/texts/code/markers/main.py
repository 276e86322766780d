"""Delete, purge and markers: what each of them leaves behind."""
import asyncio
import os

import nats
from nats.js.errors import KeyNotFoundError


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()
    kv = await js.create_key_value(bucket="lesson-cart", history=5)
    try:
        await kv.put("apples", b"2")
        await kv.put("apples", b"3")
        watcher = await kv.watch("apples")
        while await watcher.updates():
            pass  # what is so already, until None

        # A delete writes a marker. Whoever watches is told, and older values stay.
        await kv.delete("apples")
        print("the watcher is told:", operation(await watcher.updates()))
        try:
            await kv.get("apples")
        except KeyNotFoundError:
            print("get: not found")
        print("get revision 2:", (await kv.get("apples", revision=2)).value.decode())
        await show(kv)

        # A purge writes a marker too, and removes all that came before it.
        await kv.purge("apples")
        print("the watcher is told:", operation(await watcher.updates()))
        await watcher.stop()
        try:
            await kv.get("apples", revision=2)
        except KeyNotFoundError:
            print("get revision 2: not found")

        # A marker is no value, so the key can be created again.
        print("create: revision", await kv.create("apples", b"9"))
        await show(kv)

        # Sweep up: old values of deleted keys go, and so do markers older than 30 minutes.
        await kv.delete("apples")
        await kv.purge_deletes()
        await show(kv)
    finally:
        await js.delete_key_value("lesson-cart")
        await nc.close()


async def show(kv):
    entries = await kv.history("apples")
    print("history:", *(f"{entry.revision} {operation(entry)}" for entry in entries))


def operation(entry):
    return {None: "PUT", "DEL": "DELETE"}.get(entry.operation, entry.operation)


asyncio.run(main())
