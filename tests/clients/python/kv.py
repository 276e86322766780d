"""The whole Key/Value API of nats-py, against the server at NATS_URL. Every test has buckets of its own."""
import asyncio
import datetime
import os
import time
import unittest

import nats
from nats.js import api, errors

SOON = 5  # seconds that anything may take which must happen


class Case(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.nc, self.js = await self.connect()

    async def connect(self):
        """A further client."""
        nc = await nats.connect(os.environ["NATS_URL"])
        self.addAsyncCleanup(nc.close)
        return nc, nc.jetstream()

    async def bucket(self, **options):
        """One named as the test, unless told otherwise."""
        return await self.js.create_key_value(**{"bucket": self._testMethodName, **options})

    async def refused(self, call, code, text):
        """Wants an error of the JetStream API."""
        with self.assertRaises(errors.APIError) as raised:
            await call
        self.assertEqual((raised.exception.err_code, raised.exception.description), (code, text))

    async def eventually(self, what, ask):
        begin = time.monotonic()
        while not await ask():
            self.assertLess(time.monotonic() - begin, SOON, what)
            await asyncio.sleep(0.01)

    async def watched(self, watcher, *want):
        """Wants a watcher's next entries, and no more for a moment; "-" ends the initial values."""
        for i, line in enumerate(want):
            try:
                self.assertEqual(written(await watcher.updates(SOON)), line, f"after {want[:i]}")
            except nats.errors.TimeoutError:
                self.fail(f"nothing came, want {line} after {want[:i]}")
        with self.assertRaises(nats.errors.TimeoutError):
            self.fail(f"have {written(await watcher.updates(0.05))}, want nothing more")

    async def history(self, kv, key=">"):
        return [written(entry) for entry in await kv.history(key)]

    async def values(self, kv):
        return (await kv.status()).values


def written(entry):
    """An entry as one line: "3 PUT key=value"."""
    return "-" if entry is None else f"{entry.revision} {entry.operation or 'PUT'} {entry.key}={entry.value.decode()}"


class Buckets(Case):
    async def test_create_with_every_option(self):
        options = dict(
            bucket="every_option", description="what it is for", max_value_size=1000, history=7, ttl=3600, max_bytes=100_000,
            storage=api.StorageType.MEMORY, replicas=1, placement=api.Placement(cluster="here", tags=["a", "b"]),
            republish=api.RePublish(src=">", dest="every.>", headers_only=True), direct=True, limit_marker_ttl=60)
        kv = await self.js.create_key_value(**options)
        await kv.put("a", b"1")
        await kv.put("a", b"2")
        status = await kv.status()
        self.assertEqual((status.bucket, status.values, status.history, status.ttl, status.marker_ttl),
                         ("every_option", 2, 7, 3600, 60))
        config, state = status.stream_info.config, status.stream_info.state
        self.assertEqual((config.name, config.subjects, config.description, config.max_msg_size, config.max_bytes,
                          config.storage, config.num_replicas, config.republish, config.allow_direct, config.duplicate_window),
                         ("KV_every_option", ["$KV.every_option.>"], "what it is for", 1000, 100_000, "memory", 1,
                          options["republish"], True, 120))
        self.assertEqual((config.allow_rollup_hdrs, config.deny_delete, config.discard, config.max_msgs, config.max_consumers),
                         (True, True, "new", -1, -1))
        self.assertEqual((state.messages, state.first_seq, state.last_seq, state.bytes, state.consumer_count),
                         (2, 1, 2, 2 * (len("$KV.every_option.a") + 17), 0))
        await self.js.create_key_value(**options)  # the same once more is no error
        self.assertEqual((await (await self.js.key_value("every_option")).get("a")).value, b"2")

    async def test_refused_buckets(self):
        with self.assertRaises(errors.InvalidBucketNameError):
            await self.bucket(bucket="not.a.name")
        with self.assertRaises(errors.KeyHistoryTooLargeError):
            await self.bucket(history=65)
        await self.refused(self.bucket(ttl=0.001), 10052, "max age needs to be >= 100ms")
        await self.refused(self.bucket(replicas=3), 10074, "replicas > 1 not supported in non-clustered mode")
        await self.bucket()
        await self.refused(self.bucket(history=2), 10058, "stream name already in use with a different configuration")
        with self.assertRaises(errors.BucketNotFoundError):
            await self.js.key_value("nowhere")
        with self.assertRaises(errors.NotFoundError):
            await self.js.delete_key_value("nowhere")

    async def test_listed_and_deleted(self):
        for name in ("py-a", "py-b"):
            await (await self.bucket(bucket=name, description=name)).put("a", b"1")

        async def listed():
            found = await self.js.streams_info()
            return sorted((info.config.description, info.state.messages) for info in found
                          if info.config.name.startswith("KV_py-"))
        self.assertEqual(await listed(), [("py-a", 1), ("py-b", 1)])
        self.assertTrue(await self.js.delete_key_value("py-a"))
        self.assertEqual(await listed(), [("py-b", 1)])


class Values(Case):
    async def test_put_and_get(self):
        for direct in (None, True):  # read by message, and directly
            kv = await self.bucket(bucket=f"put_and_get_{direct}", direct=direct, history=3)
            with self.assertRaises(errors.KeyNotFoundError):
                await kv.get("a")
            self.assertEqual(await kv.put("a", b"1"), 1)
            self.assertEqual(await kv.put("b.c-d_e/f=", b"\0\xff\r\n"), 2)
            self.assertEqual(await kv.put("a", b""), 3)
            entry = await kv.get("b.c-d_e/f=")
            self.assertEqual((entry.bucket, entry.key, entry.value, entry.revision),
                             (f"put_and_get_{direct}", "b.c-d_e/f=", b"\0\xff\r\n", 2))
            self.assertEqual((await kv.get("a", revision=1)).value, b"1")
            for revision in (2, 4):
                with self.assertRaises(errors.KeyNotFoundError):
                    await kv.get("a", revision=revision)
            for key in ("", ".a", "a.", "a b", "a*", "a>"):
                with self.assertRaises(errors.InvalidKeyError):
                    await kv.put(key, b"1")

    async def test_create(self):
        kv = await self.bucket(history=5)
        self.assertEqual(await kv.create("a", b"1"), 1)
        with self.assertRaises(errors.KeyWrongLastSequenceError) as raised:
            await kv.create("a", b"2")
        self.assertEqual(raised.exception.description, "wrong last sequence: 1")
        await kv.delete("a")
        self.assertEqual(await kv.create("a", b"3"), 3)
        await kv.purge("a")
        self.assertEqual(await kv.create("a", b"5"), 5)
        self.assertEqual(await self.history(kv), ["4 PURGE a=", "5 PUT a=5"])

    async def test_update(self):
        kv = await self.bucket()
        self.assertEqual(await kv.update("a", b"1"), 1)
        self.assertEqual(await kv.update("a", b"2", last=1), 2)
        for revision in (0, 1, 3):
            with self.assertRaises(errors.KeyWrongLastSequenceError) as raised:
                await kv.update("a", b"no", last=revision)
            self.assertEqual(raised.exception.description, "wrong last sequence: 2")
        self.assertEqual(await kv.put("a", b"3"), 3)  # what is refused uses no revision

    async def test_delete(self):
        kv = await self.bucket(history=10)
        await kv.put("a", b"1")
        await kv.delete("a")
        with self.assertRaises(errors.KeyNotFoundError):
            await kv.get("a")
        await kv.put("a", b"3")
        await self.refused(kv.delete("a", last=2), 10071, "wrong last sequence: 3")
        await kv.delete("a", last=3)
        await kv.delete("never")
        self.assertEqual(await self.history(kv, "a"), ["1 PUT a=1", "2 DEL a=", "3 PUT a=3", "4 DEL a="])
        self.assertEqual(await self.history(kv, "never"), ["5 DEL never="])

    async def test_purge(self):
        kv = await self.bucket(history=10)
        for key in ("a", "a", "b"):
            await kv.put(key, b"v")
        await kv.purge("a")
        self.assertEqual(await self.history(kv), ["3 PUT b=v", "4 PURGE a="])
        self.assertEqual(await self.values(kv), 2)

    async def test_purge_deletes(self):
        kv = await self.bucket(history=10)
        for key in ("a", "b", "c"):
            await kv.put(key, b"1")
        await kv.delete("a")
        await kv.purge("b")
        await kv.purge_deletes()  # markers younger than half an hour stay
        self.assertEqual(await self.history(kv), ["3 PUT c=1", "4 DEL a=", "5 PURGE b="])
        await kv.purge_deletes(olderthan=0)
        self.assertEqual(await self.history(kv), ["3 PUT c=1"])

    async def test_history(self):
        kv = await self.bucket(history=3)
        for value in (b"0", b"1", b"2", b"3"):
            for key in ("a.x", "b"):
                await kv.put(key, value)
        self.assertEqual(await self.history(kv, "a.x"), ["3 PUT a.x=1", "5 PUT a.x=2", "7 PUT a.x=3"])
        entries = await kv.history("a.*")
        self.assertEqual([entry.delta for entry in entries], [2, 1, 0])
        self.assertLess(abs(datetime.datetime.now(datetime.timezone.utc) - entries[0].created), datetime.timedelta(minutes=1))
        with self.assertRaises(errors.NoKeysError):
            await kv.history("none")

    async def test_keys(self):
        kv = await self.bucket()
        with self.assertRaises(errors.NoKeysError):
            await kv.keys()
        for key in ("b", "a.x", "a.y.z", "c", "b"):
            await kv.put(key, b"1")
        await kv.delete("c")
        self.assertEqual(await kv.keys(), ["a.x", "a.y.z", "b"])  # by revision, not by name
        self.assertEqual(await kv.keys(filters=["a.y", "b"]), ["a.y.z", "b"])  # this client filters by itself

    async def test_limits(self):
        small = await self.bucket(bucket="small_values", max_value_size=10)
        await small.put("a", bytes(10))
        await self.refused(small.put("a", bytes(11)), 10054, "message size exceeds maximum allowed")
        full = await self.bucket(bucket="small", max_bytes=200)
        await full.put("a", bytes(100))
        await self.refused(full.put("b", bytes(100)), 10077, "maximum bytes exceeded")
        big = await self.bucket(bucket="big", storage=api.StorageType.MEMORY, direct=True)
        await big.put("a", b"7" * self.nc.max_payload)
        self.assertEqual((await big.get("a")).value, b"7" * self.nc.max_payload)


class Watchers(Case):
    async def write1to4(self, kv):
        await kv.put("a", b"1")
        await kv.put("b", b"2")
        await kv.put("a", b"3")
        await kv.delete("b")

    async def test_watch(self):
        kv = await self.bucket(history=5)
        empty = await kv.watchall()
        await self.watched(empty, "-")
        await self.write1to4(kv)
        one, everything = await kv.watch("a"), await kv.watchall()
        await self.watched(empty, "1 PUT a=1", "2 PUT b=2", "3 PUT a=3", "4 DEL b=")
        await self.watched(one, "3 PUT a=3", "-")
        await self.watched(everything, "3 PUT a=3", "4 DEL b=", "-")
        await kv.put("a", b"5")
        await kv.put("b", b"6")
        await self.watched(one, "5 PUT a=5")  # before the purge, which may be faster than a delivery
        await self.watched(everything, "5 PUT a=5", "6 PUT b=6")
        await kv.purge("a")
        await self.watched(one, "7 PURGE a=")
        await self.watched(everything, "7 PURGE a=")
        await one.stop()
        await kv.put("a", b"8")
        await self.watched(everything, "8 PUT a=8")

    async def test_watch_options(self):
        kv = await self.bucket(history=5)
        await self.write1to4(kv)
        all = await kv.watchall(include_history=True)
        living = await kv.watchall(ignore_deletes=True)
        bare = await kv.watchall(meta_only=True, inactive_threshold=10)
        await self.watched(all, "1 PUT a=1", "2 PUT b=2", "3 PUT a=3", "4 DEL b=", "-")
        await self.watched(living, "3 PUT a=3", "-")
        await self.watched(bare, "3 PUT a=", "4 DEL b=", "-")
        await kv.put("c", b"5")
        await kv.delete("c")
        await self.watched(all, "5 PUT c=5", "6 DEL c=")
        await self.watched(living, "5 PUT c=5")
        await self.watched(bare, "5 PUT c=", "6 DEL c=")

    async def test_many_watchers(self):
        kv = await self.bucket(history=10)
        watchers = []
        for i in range(20):
            _, js = await self.connect()
            watchers.append(await (await js.key_value("test_many_watchers")).watch(f"{i % 2}.>"))
        for i in range(10):
            await kv.put(f"{i % 2}.k", str(i).encode())
        for i, watcher in enumerate(watchers):
            await self.watched(watcher, "-", *(f"{n + 1} PUT {i % 2}.k={n}" for n in range(i % 2, 10, 2)))

    async def test_watch_a_large_bucket(self):
        """More than a megabyte makes the server ask for flow control."""
        kv = await self.bucket(storage=api.StorageType.MEMORY)
        keys, size = 600, 10_000
        for i in range(keys):
            await kv.put(f"key.{i}", bytes(size))
        watcher = await kv.watchall()
        for i in range(1, keys + 1):
            entry = await watcher.updates()
            self.assertEqual((entry.revision, entry.delta, len(entry.value)), (i, keys - i, size))
        await self.watched(watcher, "-")
        self.assertEqual(len(await kv.keys()), keys)


class Expiry(Case):
    async def test_bucket_ttl(self):
        kv = await self.bucket(ttl=0.3)
        await kv.put("a", b"1")
        watcher = await kv.watchall()
        await self.watched(watcher, "1 PUT a=1", "-")

        async def gone():
            return await self.values(kv) == 0
        await self.eventually("a is gone", gone)
        await self.watched(watcher)  # it went silently
        self.assertEqual(await kv.put("a", b"2"), 2)

    async def test_key_ttl(self):
        kv = await self.bucket(limit_marker_ttl=1)
        watcher = await kv.watchall()
        await kv.create("a", b"1", msg_ttl=1)
        await kv.put("b", b"2")
        await self.watched(watcher, "-", "1 PUT a=1", "2 PUT b=2")
        await asyncio.sleep(1)
        await self.watched(watcher, "3 PURGE a=")  # the server's marker
        self.assertEqual((await kv.get("b")).value, b"2")

        async def gone():
            return await self.values(kv) == 1
        await self.eventually("the marker is gone", gone)

    async def test_purge_ttl(self):
        kv = await self.bucket()
        await kv.put("a", b"1")
        await kv.purge("a", msg_ttl=1)
        self.assertEqual(await self.history(kv), ["2 PURGE a="])

        async def gone():
            return await self.values(kv) == 0
        await self.eventually("the marker is gone", gone)


class Copies(Case):
    async def test_mirror(self):
        origin = await self.bucket(bucket="origin")
        await origin.put("a", b"1")
        await self.js.add_stream(name="KV_mirror", mirror=api.StreamSource(name="KV_origin"), max_msgs_per_subject=1,
                                 allow_direct=True, mirror_direct=True)
        mirror = await self.js.key_value("mirror")

        async def caught_up(n=1):
            return await self.values(mirror) == n
        await self.eventually("the mirror has caught up", caught_up)
        await origin.put("b", b"2")
        await self.eventually("what is new comes too", lambda: caught_up(2))
        info = (await mirror.status()).stream_info
        self.assertEqual((info.mirror.name, info.mirror.lag), ("KV_origin", 0))
        self.assertEqual((await self.js.get_msg("KV_mirror", seq=2)).subject, "$KV.origin.b")

    async def test_sources(self):
        for name in ("north", "south"):
            await (await self.bucket(bucket=name, history=3)).put(name, b"1")
        sources = [api.StreamSource(name=f"KV_{name}", subject_transforms=[
            api.SubjectTransform(src=f"$KV.{name}.>", dest="$KV.both.>")]) for name in ("north", "south")]
        await self.js.add_stream(name="KV_both", subjects=["$KV.both.>"], sources=sources, max_msgs_per_subject=2,
                                 allow_direct=True, allow_rollup_hdrs=True)
        both = await self.js.key_value("both")

        async def come():
            return await self.values(both) == 2
        await self.eventually("both have come", come)
        watcher = await both.watch("south")
        await self.watched(watcher, f"{(await both.get('south')).revision} PUT south=1", "-")
        south = await self.js.key_value("south")
        await south.put("south", b"2")
        await south.delete("south")
        await self.watched(watcher, "3 PUT south=2", "4 DEL south=")

    async def test_republish(self):
        kv = await self.bucket(bucket="republished", republish=api.RePublish(src=">", dest="news.>"))
        news = await self.nc.subscribe("news.>")
        await kv.put("a", b"1")
        await kv.put("a", b"2")
        await news.next_msg(SOON)
        second = await news.next_msg(SOON)
        self.assertEqual((second.subject, second.data), ("news.$KV.republished.a", b"2"))
        self.assertEqual([second.headers[name] for name in ("Nats-Stream", "Nats-Subject", "Nats-Sequence", "Nats-Last-Sequence")],
                         ["KV_republished", "$KV.republished.a", "2", "1"])
