"""What nats-py's tests take from their own `tests.utils`, which is not published: a server for each test.

The server is the program in NATS_SERVER. The tests connect to nats-py's default address, so that is
what is changed while one runs.
"""
import asyncio
import functools
import os
import sys
import unittest
from pathlib import Path

import nats

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from harness.servers import Server

__all__ = ["SingleJetStreamServerTestCase", "SingleJetStreamServerLimitsTestCase", "async_test", "async_long_test"]


class SingleJetStreamServerTestCase(unittest.TestCase):
    def setUp(self):
        server = Server(os.environ["NATS_SERVER"])
        self.addCleanup(server.stop)
        nats.connect.__defaults__ = (server.url,)


class SingleJetStreamServerLimitsTestCase(unittest.TestCase):
    def setUp(self):
        self.skipTest("needs accounts with limits")


def async_test(test, timeout=30):
    @functools.wraps(test)
    def run(*args, **kwargs):
        asyncio.run(asyncio.wait_for(test(*args, **kwargs), timeout))
    return run


def async_long_test(test):
    return async_test(test, 90)
