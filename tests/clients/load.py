"""Many connections, many subscriptions and large messages on one server: nothing is lost, its memory stays flat, and who
does not read is cut off as the real server does it. Prints lines like a test runner, and what it measured.

    load.py SERVER      a program that takes nats-server's flags
"""
import resource
import selectors
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from harness.servers import Server

CONNECTIONS, SUBSCRIPTIONS = 1000, 10  # of each connection
ROUNDS, READERS, LARGE = 4, 20, 1 << 20
PATIENCE = 40  # seconds for one thing

HELLO = b'CONNECT {"verbose":false,"headers":true}\r\n'


class Client:
    """A connection that counts the messages it gets, by their subject."""

    def __init__(self, port, room=None):
        self.socket = socket.socket()
        if room:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.waiting, self.out, self.left = bytearray(), bytearray(HELLO), 0
        self.got, self.sizes, self.pongs = [], [], 0

    def say(self, data):
        self.out += data

    def write(self):
        while self.out:
            try:
                sent = self.socket.send(memoryview(self.out)[:1 << 18])
            except BlockingIOError:
                return
            del self.out[:sent]

    def read(self):
        """Takes in what has come; False once the other side has closed."""
        try:
            data = self.socket.recv(1 << 20)
        except BlockingIOError:
            return True
        except ConnectionResetError:
            return False
        is_open = bool(data)
        if self.left:
            passed = min(self.left, len(data))
            self.left, data = self.left - passed, data[passed:]
        self.waiting += data
        while (end := self.waiting.find(b"\r\n")) >= 0:
            words = bytes(self.waiting[:end]).split()
            del self.waiting[:end + 2]
            if words and words[0] == b"MSG":
                size = int(words[-1])
                self.got.append(words[1])
                self.sizes.append(size)
                passed = min(size + 2, len(self.waiting))
                del self.waiting[:passed]
                self.left = size + 2 - passed
            elif words and words[0] == b"PONG":
                self.pongs += 1
            elif words and words[0] == b"-ERR":
                raise AssertionError(words)
        return is_open


class Crowd:
    """All connections, served by turns."""

    def __init__(self):
        self.selector = selectors.DefaultSelector()

    def add(self, client):
        self.selector.register(client.socket, selectors.EVENT_READ, client)
        return client

    def until(self, done, what):
        late = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < late, f"{what} takes too long"
            for key in list(self.selector.get_map().values()):
                if key.data.out:
                    key.data.write()
            for key, _ in self.selector.select(0.01):
                assert key.data.read(), "a connection was closed"


def memory(server):
    """Bytes that the server holds in memory."""
    text = Path(f"/proc/{server.process.pid}/statm").read_text()
    return int(text.split()[1]) * resource.getpagesize()


def port(server):
    return int(server.url.rsplit(":", 1)[1])


def nothing_is_lost_and_memory_stays_flat(program):
    begin, sizes = time.monotonic(), []
    with Server(program) as server:
        crowd = Crowd()
        clients = [crowd.add(Client(port(server))) for _ in range(CONNECTIONS)]
        for number, client in enumerate(clients):
            for sub in range(SUBSCRIPTIONS):
                client.say(b"SUB own.%d.%d %d\r\n" % (number, sub, sub + 1))
            client.say(b"SUB all 90\r\n" + (b"SUB large 91\r\n" if number < READERS else b"") + b"PING\r\n")
        crowd.until(lambda: all(client.pongs for client in clients), "to subscribe")
        for round in range(ROUNDS):
            for number, client in enumerate(clients):
                neighbour = (number + 1) % CONNECTIONS
                for sub in range(SUBSCRIPTIONS):
                    client.say(b"PUB own.%d.%d 5\r\n%05d\r\n" % (neighbour, sub, round))
            clients[-1].say(b"PUB all 2\r\nhi\r\n")
            for writer in clients[-2:]:
                writer.say(b"PUB large %d\r\n%s\r\n" % (LARGE, b"x" * LARGE))
            want = [SUBSCRIPTIONS + 1 + (2 if number < READERS else 0) for number in range(CONNECTIONS)]
            crowd.until(lambda: all(len(client.got) >= most for client, most in zip(clients, want)), "to deliver")
            for number, client in enumerate(clients):
                own = sorted(subject for subject in client.got if subject.startswith(b"own."))
                assert own == sorted(b"own.%d.%d" % (number, sub) for sub in range(SUBSCRIPTIONS)), (number, own)
                assert client.got.count(b"all") == 1 and client.got.count(b"large") == (2 if number < READERS else 0)
                assert all(size == LARGE for subject, size in zip(client.got, client.sizes) if subject == b"large")
                client.got, client.sizes = [], []
            sizes.append(memory(server))
        took = time.monotonic() - begin
    count = ROUNDS * (CONNECTIONS * (SUBSCRIPTIONS + 1) + 2 * READERS)
    shown = ", ".join(f"{size / 1e6:.0f}" for size in sizes)
    print(f"  {CONNECTIONS} connections, {CONNECTIONS * SUBSCRIPTIONS} subscriptions, {count} messages delivered, "
          f"{ROUNDS * 2 * READERS} of them of 1 MiB, in {took:.1f} s; memory after each round {shown} MB")
    # The first round finds out how much room there has to be.
    assert sizes[-1] < sizes[0] * 1.3 + 16e6, f"memory grows: {shown} MB"


def cut(program, config, said):
    """One client does not read; it is cut off without a word, the log says why, and the others go on."""
    with Server(program, config) as server:
        slow, crowd = Client(port(server), room=4096), Crowd()
        slow.socket.setblocking(True)
        slow.socket.sendall(HELLO + b"SUB x 1\r\nPING\r\n")
        while not slow.pongs:
            slow.read()
        quick, writer = crowd.add(Client(port(server))), crowd.add(Client(port(server)))
        quick.say(b"SUB x 1\r\nPING\r\n")
        crowd.until(lambda: quick.pongs, "to subscribe")
        for _ in range(300):
            writer.say(b"PUB x 65536\r\n%s\r\n" % (b"y" * 65536))
        writer.say(b"PING\r\n")
        crowd.until(lambda: writer.pongs and len(quick.got) == 300, "to deliver")
        log, late = server.folder / "log", time.monotonic() + 10
        while said not in log.read_text():
            assert time.monotonic() < late, log.read_text()
            time.sleep(0.05)
        slow.socket.settimeout(10)
        heard, last = 0, b""
        while data := receive(slow.socket):
            heard, last = heard + len(data), (last + data)[-100:]
        assert b"-ERR" not in last, last
        assert heard < 300 * 65536, "it was not cut off"
        print(f"  cut off after {heard / 1e6:.1f} of {300 * 65536 / 1e6:.1f} MB")


def receive(from_socket):
    try:
        return from_socket.recv(1 << 20)
    except ConnectionResetError:
        return b""


def who_lets_too_much_wait_is_cut_off(program):
    cut(program, "max_pending: 1048576\n", "Slow Consumer Detected: MaxPending of 1048576 Exceeded")


def who_reads_too_late_is_cut_off(program):
    cut(program, 'write_deadline: "1s"\n', "Slow Consumer Detected: WriteDeadline of 1s exceeded with ")


def a_long_message_takes_no_memory(program):
    """Over WebSocket, where a message is one frame of 60 MB, and over TCP, where it is a PUB of that size, or a line."""
    size = 60 << 20
    websocket = b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" \
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    frame = b"\x82\xff" + size.to_bytes(8, "big") + bytes(4)
    with Server(program) as server:
        at_first, most = memory(server), 0
        for url, begin in [(server.websocket, websocket + frame), (server.url, HELLO + b"PUB x %d\r\n" % size), (server.url, HELLO)]:
            client = socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1])), timeout=PATIENCE)
            sent = 0
            try:
                client.sendall(begin)
                while sent < size:
                    client.sendall(b"x" * (1 << 16))
                    sent += 1 << 16
                    most = max(most, memory(server) - at_first)
            except (BrokenPipeError, ConnectionResetError):
                pass
            assert sent < size, f"all was taken over {url}"
            client.close()
    print(f"  {most / 1e6:.1f} MB more at most")
    assert most < 24e6, most


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    tests = [nothing_is_lost_and_memory_stays_flat, who_lets_too_much_wait_is_cut_off, who_reads_too_late_is_cut_off,
             a_long_message_takes_no_memory]
    failed = 0
    for number, test in enumerate(tests, 1):
        try:
            test(sys.argv[1])
            print(f"ok {number} - {test.__name__}", flush=True)
        except AssertionError as why:
            failed += 1
            print(f"not ok {number} - {test.__name__}\n  {why}", flush=True)
    sys.exit(1 if failed else 0)
