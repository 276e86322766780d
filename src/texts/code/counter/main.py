"""A counter for two: with put a visit is lost, with update none is."""
import asyncio
import os

import nats
from nats.js.errors import KeyWrongLastSequenceError

URL = os.environ.get("NATS_URL", "nats://127.0.0.1:4222")


async def main():
    you, other = await nats.connect(URL), await nats.connect(URL)  # two clients, as in the lesson
    mine = await you.jetstream().create_key_value(bucket="lesson-counter")
    theirs = await other.jetstream().key_value("lesson-counter")
    try:
        # Both read 0, and both put 1.
        await mine.put("visits", b"0")
        a, b = await mine.get("visits"), await theirs.get("visits")
        await mine.put("visits", plus_one(a))
        await theirs.put("visits", plus_one(b))
        print("put: 2 visits, the counter says", (await mine.get("visits")).value.decode())

        # Both read again, and both update from the revision that they have read.
        a, b = await mine.get("visits"), await theirs.get("visits")
        revision = await mine.update("visits", plus_one(a), last=a.revision)
        try:
            await theirs.update("visits", plus_one(b), last=b.revision)
        except KeyWrongLastSequenceError:
            print(f"update: refused, the key is at revision {revision}, not {b.revision}")

        # Whoever was refused reads again and tries again. So both may count at once.
        await asyncio.gather(count(mine, 10), count(theirs, 10))
        print("update: 20 visits more, the counter says", (await mine.get("visits")).value.decode())
    finally:
        await you.jetstream().delete_key_value("lesson-counter")
        await you.close()
        await other.close()


async def count(kv, visits):
    """Adds visits one by one, however many others do so at the same moment."""
    while visits:
        seen = await kv.get("visits")
        try:
            await kv.update("visits", plus_one(seen), last=seen.revision)
            visits -= 1
        except KeyWrongLastSequenceError:
            pass  # somebody was faster


def plus_one(entry):
    return str(int(entry.value) + 1).encode()


asyncio.run(main())
