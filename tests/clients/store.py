"""What is in files outlives a server, whether it hears that it is to end or not. Prints lines like a test runner.

    store.py SERVER     a program that takes nats-server's flags
"""
import json
import resource
import signal
import socket
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from harness.servers import Server

BUCKET = {"name": "KV_B", "subjects": ["$KV.B.>"], "storage": "file", "max_msgs_per_subject": 2, "allow_direct": True,
          "allow_rollup_hdrs": True, "deny_delete": True, "discard": "new", "num_replicas": 1}

# Those that live in memory do not come back, named by the client or not.
CONSUMERS = {
    "durable": {"durable_name": "durable"},
    "named": {"name": "named", "inactive_threshold": 30 * 10**9},
    "push": {"name": "push", "deliver_subject": "to", "ack_policy": "none", "flow_control": True, "idle_heartbeat": 10**9},
    "memory": {"durable_name": "memory", "mem_storage": True},
    "named-memory": {"name": "named-memory", "mem_storage": True, "inactive_threshold": 30 * 10**9},
}
KEPT = ["durable", "named", "push"]


class Client:
    """A connection with one request at a time."""

    def __init__(self, server):
        self.socket = socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1])), timeout=10)
        self.heard = self.socket.makefile("rb")
        self.socket.sendall(b'CONNECT {"verbose":false,"headers":true}\r\nSUB answer 1\r\n')

    def request(self, subject, body=b""):
        self.socket.sendall(b"PUB %s answer %d\r\n%s\r\n" % (subject.encode(), len(body), body))
        while True:
            words = self.heard.readline().split()
            if words[0] in (b"MSG", b"HMSG"):
                body = self.heard.read(int(words[-1]) + 2)[:-2]
                return body[int(words[-2]):] if words[0] == b"HMSG" else body

    def api(self, subject, **request):
        answer = json.loads(self.request(f"$JS.API.{subject}", json.dumps(request).encode() if request else b""))
        assert "error" not in answer, answer["error"]
        return answer

    def close(self):
        self.heard.close()
        self.socket.close()


def outlives(program, number):
    with Server(program) as server:
        client = Client(server)
        client.api("STREAM.CREATE.KV_B", **BUCKET)
        for name, config in CONSUMERS.items():
            config = {"deliver_policy": "all", "ack_policy": "explicit", **config}
            client.api(f"CONSUMER.CREATE.KV_B.{name}", stream_name="KV_B", config=config)
        for key, value in [("a", b"1"), ("b", b"2"), ("a", b"3")]:
            assert b'"seq":' in client.request(f"$KV.B.{key}", value)
        # The consumers are asked about, so that the server has done with them.
        assert client.api("CONSUMER.NAMES.KV_B")["consumers"] == sorted(CONSUMERS)
        client.close()
        server.restart(number)
        client = Client(server)
        state = client.api("STREAM.INFO.KV_B")["state"]
        assert (state["messages"], state["last_seq"]) == (3, 3), state
        for key, value in [("a", b"3"), ("b", b"2")]:
            assert client.request(f"$JS.API.DIRECT.GET.KV_B.$KV.B.{key}") == value
        names = client.api("CONSUMER.NAMES.KV_B")["consumers"]
        assert names == KEPT, names
        assert b'"seq":4' in client.request("$KV.B.a", b"4")
        client.close()


def all_is_there(program):
    """What was acknowledged is there, however much came at once before the server was killed."""
    with Server(program) as server:
        client = Client(server)
        client.api("STREAM.CREATE.KV_B", **BUCKET)
        client.api("STREAM.CREATE.GONE", name="GONE", subjects=["gone"])
        for number in range(3000):
            answer = client.request(f"$KV.B.{number % 1000}", b"%d %s" % (number, bytes(1000)))
            assert b'"seq":%d' % (number + 1) in answer, answer
        client.api("STREAM.DELETE.GONE")
        client.api("STREAM.CREATE.NEW", name="NEW", subjects=["new"])
        client.api("CONSUMER.DURABLE.CREATE.NEW.c", stream_name="NEW", config={"durable_name": "c", "ack_policy": "explicit"})
        client.request("$KV.B.7", b"last")
        client.close()
        server.restart(signal.SIGKILL)
        client = Client(server)
        state = client.api("STREAM.INFO.KV_B")["state"]
        assert (state["messages"], state["last_seq"]) == (2000, 3001), state
        assert client.request("$JS.API.DIRECT.GET.KV_B.$KV.B.7") == b"last"
        assert client.request("$JS.API.DIRECT.GET.KV_B.$KV.B.999").startswith(b"2999 ")
        assert client.api("STREAM.NAMES")["streams"] == ["KV_B", "NEW"]
        assert client.api("CONSUMER.NAMES.NEW")["consumers"] == ["c"]
        client.close()


def survives_full_disk(program):
    """What was acknowledged while the disk was full is there if it could be written later."""
    with Server(program) as server:
        client = Client(server)
        client.api("STREAM.CREATE.KV_B", **BUCKET)
        for number in range(300):
            client.request(f"$KV.B.{number}", bytes(1000))
        snapshot = server.folder / "store" / "jetstream" / "simulated.disk"
        if not snapshot.exists():
            return  # the real server has other files
        log = snapshot.with_suffix(".disk.more")
        limit = (log.stat().st_size if log.exists() else 0) + 500  # half a message
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        for number in range(300, 305):
            client.request(f"$KV.B.{number}", bytes(1000))
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        client.request("$KV.B.305", b"last")
        client.close()
        server.restart(signal.SIGKILL)
        client = Client(server)
        state = client.api("STREAM.INFO.KV_B")["state"]
        assert (state["messages"], state["last_seq"]) == (306, 306), state
        assert client.request("$JS.API.DIRECT.GET.KV_B.$KV.B.305") == b"last"
        client.close()


TESTS = {
    "a server that is told to end": lambda program: outlives(program, signal.SIGTERM),
    "a server that is killed": lambda program: outlives(program, signal.SIGKILL),
    "a server that is killed amid much work": all_is_there,
    "a server whose disk was full for a while": survives_full_disk,
}

for count, (name, test) in enumerate(TESTS.items(), 1):
    try:
        test(sys.argv[1])
        print(f"ok {count} - {name}")
    except Exception:
        print(f"not ok {count} - {name}")
        print("\n".join(f"  {line}" for line in traceback.format_exc().splitlines()))
