"""A semaphore: a key for each place, and whoever creates it has the place."""
import asyncio
import os
from dataclasses import dataclass

import nats
from nats.js.errors import KeyWrongLastSequenceError
from nats.js.kv import KeyValue

PLACES = ["slot.1", "slot.2"]


@dataclass
class Place:
    """One that its holder has to renew."""

    kv: KeyValue
    key: str
    holder: str
    revision: int

    async def renew(self):
        """Begins its time anew, or fails if it has ended."""
        self.revision = await self.kv.update(self.key, self.holder.encode(), last=self.revision)

    async def release(self):
        """Gives it back, unless somebody else has it by now."""
        print(f"{self.holder}: gives {self.key} back")
        await self.kv.delete(self.key, last=self.revision)


async def acquire(kv, holder):
    """Tries one place after the other. None: all are taken."""
    for key in PLACES:
        try:
            revision = await kv.create(key, holder.encode())
        except KeyWrongLastSequenceError:
            continue  # taken, or somebody was faster
        print(f"{holder}: has {key}")
        return Place(kv, key, holder, revision)
    return None


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()
    kv = await js.create_key_value(bucket="lesson-slots", ttl=2)
    try:
        mine = await acquire(kv, "you")
        await acquire(kv, "other")
        if await acquire(kv, "third") is None:
            print("third: all places are taken")

        # You give your place back, and third gets it.
        await mine.release()
        third = await acquire(kv, "third")

        # Other crashes. Third renews its place in time, so that only that of other ends.
        await asyncio.sleep(1.2)
        await third.renew()
        await asyncio.sleep(1.2)
        await acquire(kv, "you")
    finally:
        await js.delete_key_value("lesson-slots")
        await nc.close()


asyncio.run(main())
