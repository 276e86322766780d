"""Electing a leader: create elects, a lease ends, and a watcher turns the end into a beginning."""
import asyncio
import os

import nats
from nats.js.errors import KeyWrongLastSequenceError


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()
    kv = await js.create_key_value(bucket="lesson-election", ttl=2, limit_marker_ttl=1)
    try:
        # Both want to lead, and the server lets one.
        mine = await campaign(kv, "anna")
        if await campaign(kv, "ben") is None:
            print("ben stands by")
        ben = await stand_by(kv, "ben")

        # A leader who is well renews in time, from its own revision.
        await asyncio.sleep(1)
        mine = await kv.update("leader", b"anna", last=mine)
        print("anna leads on, revision", mine)

        # It crashes: nobody renews, and two seconds later ben leads.
        theirs = await ben
        try:
            await kv.update("leader", b"anna", last=mine)
        except KeyWrongLastSequenceError:
            print("anna learns that she does not lead any more")

        # A leader who stops on purpose deletes the key, if it is still its own: there is no gap.
        anna = await stand_by(kv, "anna")
        await kv.delete("leader", last=theirs)
        await anna
    finally:
        await js.delete_key_value("lesson-election")
        await nc.close()


async def campaign(kv, name, marker=0):
    """Tries to become the leader. Returns the revision that proves it, or None."""
    try:
        # From 0 it is a create. (This client's own does not know the server's markers.)
        revision = await kv.update("leader", name.encode(), last=marker)
    except KeyWrongLastSequenceError:
        return None
    print(f"{name} leads, revision {revision}")
    return revision


async def stand_by(kv, name):
    """Watches the key, and tries at the moment when it goes away. The task returns the revision."""
    watcher = await kv.watch("leader")
    while await watcher.updates():
        pass  # what is so already, until None

    async def wait():
        async for entry in watcher:
            if entry.operation and (revision := await campaign(kv, name, entry.revision)):
                await watcher.stop()
                return revision

    return asyncio.create_task(wait())


asyncio.run(main())
