"""Leases: values that end by themselves, unless somebody keeps them alive."""
import asyncio
import os

import nats
from nats.js.api import Header
from nats.js.errors import KeyWrongLastSequenceError


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()
    # A bucket that forgets: every value lives for two seconds after its last write.
    rooms = await js.create_key_value(bucket="lesson-rooms", ttl=2)
    # One whose keys may have a time of their own, and that has markers where they end.
    desks = await js.create_key_value(bucket="lesson-desks", limit_marker_ttl=10)
    try:
        revision = await rooms.create("red", b"anna")
        await asyncio.sleep(1.2)
        await rooms.update("red", b"anna", last=revision)  # two seconds more
        await asyncio.sleep(1.2)
        await take("room, renewed", rooms, "red")
        await asyncio.sleep(2)
        await take("room, not renewed", rooms, "red")

        # A desk for one second. Those who watch are told of its end.
        watcher = await desks.watchall()
        assert await watcher.updates() is None  # nothing is there yet
        await desks.create("window", b"anna", msg_ttl=1)
        print("desk:", (await watcher.updates()).value.decode())
        await ended(watcher)
        print("desk: ended, and the watcher was told")

        # The trap: an update writes another entry, and that one has no time.
        revision = await desks.create("corner", b"anna", msg_ttl=1)
        revision = await desks.update("corner", b"anna", last=revision)
        await asyncio.sleep(2)
        await take("desk, after an update", desks, "corner")

        # The cure: a write below the bucket, with the condition and the time in its headers.
        condition = {Header.EXPECTED_LAST_SUBJECT_SEQUENCE: str(revision)}
        await js.publish("$KV.lesson-desks.corner", b"anna", headers=condition, msg_ttl=1)
        marker = await ended(watcher)
        await take("desk, after an update with a time", desks, "corner", marker)
    finally:
        await js.delete_key_value("lesson-rooms")
        await js.delete_key_value("lesson-desks")
        await nc.close()


async def ended(watcher):
    """Waits until something ends. Returns the revision of the marker that the server leaves."""
    async for entry in watcher:
        if entry.operation == "PURGE":
            return entry.revision


async def take(what, kv, key, marker=0):
    """Tells whether ben gets what anna has had."""
    try:
        # From 0 it is a create. (This client's own does not know the server's markers.)
        await kv.update(key, b"ben", last=marker)
        print(f"{what}: ben has it")
    except KeyWrongLastSequenceError:
        print(f"{what}: still anna's")


asyncio.run(main())
