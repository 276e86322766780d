"""Limits and errors: each refusal of the server has a number, and programs look at that."""
import asyncio
import os

import nats
from nats.js.errors import APIError, InvalidKeyError, KeyWrongLastSequenceError


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()
    notes = await js.create_key_value(bucket="lesson-notes", max_value_size=20)
    small = await js.create_key_value(bucket="lesson-small", max_bytes=150)
    try:
        # What a bucket does not take.
        await show("a value too long", notes.put("long", b"call Ann, then Ben, then Carla"))
        await small.put("a", b"1234567890")
        await small.put("b", b"1234567890")
        await show("a bucket that is full", small.put("c", b"1234567890"))
        await show("a delete in it", small.delete("a"))

        # Make the bucket larger, and there is room for a delete.
        config = (await js.stream_info("KV_lesson-small")).config
        await js.update_stream(config, max_bytes=1024)
        await show("a delete in a larger one", small.delete("a"))

        # What a request does not get.
        await show("a name that is taken", js.create_key_value(bucket="lesson-small"))
        # js.key_value says BucketNotFoundError for that.
        await show("a bucket that is not there", js.stream_info("KV_lesson-nowhere"))
        await show("another revision", small.update("b", b"x", last=1))

        # Some things the client refuses, and the server never hears of them.
        await show("a key with a blank", small.put("a key", b""))
    finally:
        await js.delete_key_value("lesson-notes")
        await js.delete_key_value("lesson-small")
        await nc.close()


async def show(what, attempt):
    """Prints the number of the error, if it has one."""
    try:
        await attempt
        print(f"{what}: stored")
    except KeyWrongLastSequenceError:
        print(f"{what}: err_code 10071")  # the client has a class for this number
    except APIError as error:
        print(f"{what}: err_code {error.err_code}")
    except InvalidKeyError:
        print(f"{what}: refused by the client")


asyncio.run(main())
