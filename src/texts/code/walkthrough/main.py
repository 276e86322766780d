"""The walkthrough in code: put, get, delete, create, update and watch."""
import asyncio
import os

import nats
from nats.js.errors import KeyNotFoundError, KeyWrongLastSequenceError


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()
    kv = await js.create_key_value(bucket="lesson-my-kv")
    try:
        # Put, get, delete.
        print("put Key1: revision", await kv.put("Key1", b"Value1"))
        entry = await kv.get("Key1")
        print(f"get Key1: {entry.value.decode()}, revision {entry.revision}")
        await kv.delete("Key1")
        try:
            await kv.get("Key1")
        except KeyNotFoundError as error:
            print("get Key1: not found, its delete is revision", error.entry.revision)

        # Create: the first one wins. That is a lock.
        revision = await kv.create("Semaphore1", b"Value1")
        print("create Semaphore1: revision", revision)
        try:
            await kv.create("Semaphore1", b"Value1")
        except KeyWrongLastSequenceError:
            print("create Semaphore1: refused, it exists")

        # Update: only if nobody was faster.
        newer = await kv.update("Semaphore1", b"Value2", last=revision)
        print("update Semaphore1: revision", newer)
        try:
            await kv.update("Semaphore1", b"Value3", last=revision)
        except KeyWrongLastSequenceError:
            print(f"update Semaphore1: refused, {revision} is not the newest")

        # Watch: first the newest entry of each key, then None, then each change.
        watcher = await kv.watchall()
        while entry := await watcher.updates():
            show("is so", entry)
        await kv.put("Key1", b"Value2")
        show("changes", await watcher.updates())
        await watcher.stop()
    finally:
        await js.delete_key_value("lesson-my-kv")
        await nc.close()


def show(when, entry):
    # A put has no operation of its own in this client.
    what = "deleted" if entry.operation else f"= {entry.value.decode()}"
    print(f"watch, {when}: {entry.key} {what}")


asyncio.run(main())
