"""Configuration with a watcher: follow it, check it, and have a default for what is deleted."""
import asyncio
import os
from dataclasses import dataclass

import nats


@dataclass
class Settings:
    port: int = 80
    theme: str = "plain"

    def apply(self, entry):
        """Takes one entry over, unless it makes no sense. None stands for the default."""
        value = None if entry.operation else entry.value.decode()
        if entry.key == "web.port":
            try:
                self.port = Settings.port if value is None else int(value)
            except ValueError:
                print(f"{value} is no port")
        elif entry.key == "web.theme":
            self.theme = Settings.theme if value is None else value

    def show(self, what):
        print(f"{what}: port {self.port}, theme {self.theme}")


async def main():
    nc = await nats.connect(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    js = nc.jetstream()
    kv = await js.create_key_value(bucket="lesson-config", history=5)
    try:
        await kv.put("web.port", b"8080")
        await kv.put("web.theme", b"light")
        await kv.put("mail.host", b"mx1")

        # The watcher gives all that is so now, then None, then each change.
        watcher = await kv.watch("web.>")
        now = Settings()
        while entry := await watcher.updates():
            now.apply(entry)
        now.show("begin")

        async def follow(what):
            now.apply(await watcher.updates())
            now.show(what)

        await kv.put("web.theme", b"dark")
        await kv.put("mail.host", b"mx2")  # not our business
        await follow("changed")
        broken = await kv.put("web.port", b"80x80")
        await follow("broken")
        # Back to the last good value, as far as the history goes.
        good = await kv.get("web.port", revision=1)
        await kv.update("web.port", good.value, last=broken)
        await follow("back")
        await kv.delete("web.theme")
        await follow("deleted")
        await watcher.stop()
    finally:
        await js.delete_key_value("lesson-config")
        await nc.close()


asyncio.run(main())
