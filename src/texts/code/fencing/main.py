"""Why a lease is not enough: a sleeper does damage, until the store looks at a token."""
import asyncio
import json
import os

import nats
from nats.js.errors import KeyNotFoundError, KeyWrongLastSequenceError


class StaleToken(Exception):
    """A greater token was there before."""


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()
    locks = await js.create_key_value(bucket="lesson-locks", ttl=1)
    files = await js.create_key_value(bucket="lesson-files")
    try:
        # You take the lock and fall asleep, so other gets it. The revision is the token.
        yours = await locks.create("letter", b"you")
        await asyncio.sleep(1.8)
        theirs = await locks.create("letter", b"other")
        print(f"your token is {yours}, that of other is {theirs}")

        # A plain put: whoever wakes up late destroys the work of who holds the lock.
        await files.put("letter", b"by other")
        await files.put("letter", b"by you")
        print("without tokens the letter is", (await files.get("letter")).value.decode())
        await files.purge("letter")

        # A store that looks at the token refuses the older one.
        await save(files, "letter", theirs, "by other")
        try:
            await save(files, "letter", yours, "by you")
        except StaleToken:
            print(f"token {yours} is too old, {theirs} was here")
        print("with tokens the letter is", json.loads((await files.get("letter")).value)["text"])
    finally:
        await js.delete_key_value("lesson-locks")
        await js.delete_key_value("lesson-files")
        await nc.close()


async def save(files, key, token, text):
    """Writes a text with its token, unless a greater token was there before."""
    value = json.dumps({"token": token, "text": text}).encode()
    while True:
        try:
            try:
                entry = await files.get(key)
            except KeyNotFoundError:
                return await files.create(key, value)
            if token < json.loads(entry.value)["token"]:
                raise StaleToken
            return await files.update(key, value, last=entry.revision)
        except KeyWrongLastSequenceError:
            pass  # somebody came in between: look again


asyncio.run(main())
