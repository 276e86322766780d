r"""What a server does as a program: scripts of flags, signals, pages and connections, with all that came of them.

A file in the folder `program` holds cases, each a heading and steps. A step is a line; below it stands what came of it:

    # Heading
    @write NAME                 the lines after it that begin with `| ` are written to a file
    $ FLAGS                     the program starts, in a folder of its own: `< ` is what it prints
    $2 FLAGS                    one more, `2< `; {port}, {http}, {ws} and {pid} are the first one's
    a> PING                     a line on a connection of the name `a`, opened when it is named first: `a< ` is what it hears
    a> \                        nothing, `a> (close)`: it goes away
    GET /varz                   a page of its monitor: `= ` is its status, its kind and its body; `GET /varz | sort` sorts
                                its lines, where the real one gives them in any order
    @signal TERM                the first program gets a signal
    @cat FILE, @ls, @mv A B     `= ` is what stands in a file, or which files there are
    @wait MILLIS                time passes

`(status 1)` among the lines of a program is its end. What differs each time is masked, see MASKS. A connection says
CONNECT by itself where the case does not. `UPDATE=1` writes what the real server does into the files.
"""
import difflib
import itertools
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import installed
from .results import Outcome

FOLDER = installed.HERE / "program"
PATIENCE = 8  # seconds for what is expected
QUIET = 1.2  # seconds without anything new, when a case is recorded
AFTER = 0.25  # seconds for what is not expected, after the last step
AT_ONCE = 6  # cases

# Keys of pages whose values differ each time, or from one machine to the next.
LOOSE = ("server_id|server_name|now|start|uptime|port|http_port|rtt|last_activity|stop|idle|mem|cores|gomaxprocs|cpu|"
         "config_load_time|created|update_time|first_ts|last_ts|leader|"
         "num_matches|num_cache|cache_hit_rate|max_fanout|avg_fanout")
MASKS = [(re.compile(pattern), mask) for pattern, mask in [
    (r"^\[\d+\] \d{4}/\d\d/\d\d \d\d:\d\d:\d\d\.\d{6} \[", "["),
    (r"^\[\d+\] \[", "[pid] ["),
    (r"(\[INF\]   Node:     )\w{8}$", r"\1~"),
    (r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d ", "date "),
    (r"[\w-]+_\d+\.ports", "~.ports"),
    (r"\b[NXA][A-Z2-7]{55}\b", "~"),
    (r'("max_(memory|storage)": )\d{11,}', r"\1~"),
    (r"\b(127\.0\.0\.1|0\.0\.0\.0|localhost|\[::1?\]):(?!4222\b)\d{4,5}\b", r"\1:~"),
    (r"(Took|took|in) \d[\d.]*(ns|µs|ms|s)\b", r"\1 ~"),
    (r"(Max (Memory|Storage): +)\d+\.\d+ [GT]B", r"\1~"),
    (r"\d+\.\d+ [GT]B (memory|disk)", r"~ \1"),
    (rf'^(\s*"({LOOSE})": )("[^"]*"|-?[\d.e+]+)(,?)$', r"\1~\4"),
    (r'"(server_id|server_name|xkey|port|client_id|go)":("[^"]*"|\d+)', r'"\1":~'),
    (r"(for stream '[^']*') in \S+$", r"\1 in ~"),
    (r"\bgo1\.[\d.]+", "go~"),
    (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "~"),
]]

# Lines that nearly each log begins with, as patterns, and what stands for them.
BLOCKS = {
    "(begins)": [r"Starting nats-server", r"  Version:  \S+", r"  Git:      \[\w+\]", r"  Name:     ~", r"  ID:       ~"],
    "(banner)": [r"Starting JetStream", *[r".*"] * 7, r"-+ JETSTREAM -+", r"  Strict:          true"],
}


def program(server, only=()):
    """flags, log, signals, configuration and monitoring pages, as they were recorded from the real server"""
    update = "UPDATE" in os.environ
    if update:
        sys.path.insert(0, str(installed.ROOT / "tests" / "oracle"))
        import tools
        server = tools.install().server
    files = {file: read(file.read_text()) for file in sorted(FOLDER.glob("*.txt"))}
    titles = [title for cases in files.values() for title, _ in cases]
    if len(set(titles)) < len(titles):
        twice = {title for title in titles if titles.count(title) > 1}
        raise SystemExit(f"cases are called the same: {', '.join(twice)}")
    wanted = [(file, case) for file, cases in files.items() for case in cases if not only or case[0] in only]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        played = list(pool.map(lambda each: play(server, each[1], update), wanted))
    if update:
        told = {case[0]: text for (_, case), text in zip(wanted, played)}
        for file, cases in files.items():
            file.write_text("\n".join(told.get(title, write(title, steps)) for title, steps in cases))
    outcomes = []
    for (_, (title, steps)), text in zip(wanted, played):
        before = write(title, steps).splitlines()
        diff = difflib.unified_diff(before, text.splitlines(), "recorded", "now", lineterm="")
        outcomes.append(Outcome(title, update or before == text.splitlines(), "\n".join(diff)))
    return outcomes


def read(text):
    """Cases: a title, and steps with the lines that came of each."""
    cases = []
    for line in text.splitlines():
        if line.startswith("# "):
            cases.append((line[2:], []))
        elif re.match(r"(\w?<|=)( |$)", line) or re.match(r"\d?\(status", line):
            cases[-1][1][-1][1].append(line)
        elif line.strip():
            cases[-1][1].append((line, []))
    return cases


def write(title, steps):
    lines = [f"# {title}"]
    for step, told in steps:
        lines += [step, *told]
    return "\n".join(lines) + "\n"


def play(server, case, update=False):
    """Do a case's steps, and say what came of them in the form of the case."""
    title, steps = case
    done = []
    with tempfile.TemporaryDirectory(prefix="program-") as folder:
        world = World(server, folder, any("CONNECT" in step for step, _ in steps))
        try:
            for step, wanted in steps:
                patience = time.monotonic() + QUIET
                told = world.do(step)
                # What a file is to hold may be written a little later.
                while step.startswith("@cat") and not update and told != wanted and time.monotonic() < patience:
                    time.sleep(0.05)
                    told = world.do(step)
                if world.programs:
                    told += world.hear(None if update else wanted)
                done.append((step, told))
            if not update:
                time.sleep(AFTER)
                done[-1][1].extend(world.take())
            return write(title, done)
        except (OSError, RuntimeError) as why:
            if update:
                raise SystemExit(f"{title}: {why}") from why
            return write(title, [*done, (f"! {why}", [])])
        finally:
            world.end()


class World:
    def __init__(self, server, folder, says_connect):
        self.server, self.folder, self.says_connect = server, Path(folder), says_connect
        self.programs, self.connections, self.file = {}, {}, None

    def do(self, step):
        """Do one step. What it returns came at once."""
        step = self.filled(step)
        if step.startswith("| "):
            with open(self.file, "a") as file:
                file.write(step[2:] + "\n")
        elif named := re.match(r"\$(\d?) ?(.*)$", step):
            words = shlex.split(named[2])
            program = self.programs[named[1]] = Program(named[1], [self.server, *words], self.folder)
            if "-l" in words and not named[1]:
                program.is_ready()  # it says nothing by itself when it listens
        elif named := re.match(r"(\w)> (.*)$", step):
            self.say(named[1], named[2])
        elif named := re.match(r"GET (\S+)( \| sort)?$", step):
            lines = self.page(named[1])
            return sorted(line.rstrip(",") for line in lines) if named[2] else lines
        else:
            return getattr(self, step[1:].split()[0])(*step.split()[1:]) or []
        return []

    def filled(self, step):
        main = self.programs.get("")
        return re.sub(r"\{(port|http|ws|pid)\}", lambda name: str(getattr(main, name[1])), step) if main else step

    def hear(self, wanted):
        """What came from everyone, when all that is wanted is there or nothing more comes."""
        begin = last = time.monotonic()
        before = None
        while True:
            lines = self.peek()
            now = time.monotonic()
            if lines != before:
                before, last = lines, now
            is_quiet = now - last > QUIET
            if wanted is None:
                enough = is_quiet
            else:
                # The pages and files of a step came at once.
                heard = [line for line in wanted if not line.startswith("=")]
                enough = lines == heard or len(lines) >= len(heard) and is_quiet or now - begin > PATIENCE
            if enough:
                return self.take()
            time.sleep(0.01)

    def peek(self):
        return [line for each in self.everyone() for line in each.lines()]

    def take(self):
        return [line for each in self.everyone() for line in each.lines(take=True)]

    def everyone(self):
        return [*self.programs.values(), *self.connections.values()]

    def say(self, name, text):
        """Send a line, or nothing, or go away."""
        if name not in self.connections:
            self.connections[name] = Connection(name, self.programs[""].port)
            if not self.says_connect:
                self.connections[name].send("CONNECT {\"verbose\":false}")
        if text == "(close)":
            self.connections[name].close()
        elif text != "\\":
            self.connections[name].send(text)

    def page(self, path):
        with socket.create_connection(("127.0.0.1", self.programs[""].http), 5) as stream:
            stream.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda: stream.recv(65536), b"")).decode()
        head, _, body = answer.partition("\r\n\r\n")
        if "chunked" in head:
            body = re.sub(r"(^|\r\n)[0-9a-f]+\r\n", "", body).removesuffix("\r\n")
        kind = re.search(r"(?i)content-type: (.*?)\r?$", head, re.M)
        lines = body.splitlines()
        if "html" in (kind or " ")[1]:
            # Of what is made for people only where it leads is of interest.
            lines = re.findall(r"<a href=\./[\w/]*z\b", body)
        return [f"= {head.split(' ')[1]} {kind[1] if kind else ''}", *map(shown, lines)]

    def signal(self, name):
        self.programs[""].process.send_signal(getattr(signal, f"SIG{name}"))

    def cat(self, path):
        found = sorted(self.folder.glob(path))
        return [f"= {line}".rstrip() for file in found for line in said(file.read_text().splitlines())] or ["= (no such file)"]

    def ls(self):
        return [shown(file.name) for file in sorted(self.folder.iterdir()) if file.name[0] != "."]

    def mv(self, old, new):
        (self.folder / old).rename(self.folder / new)

    def rm(self, path):
        (self.folder / path).unlink()

    def wait(self, millis):
        time.sleep(int(millis) / 1000)

    def write(self, name):
        self.file = self.folder / name
        self.file.write_text("")

    def end(self):
        for each in self.everyone():
            each.end()


def shown(line):
    return f"= {masked(line)}".rstrip()


def masked(line):
    for pattern, mask in MASKS:
        line = pattern.sub(mask, line)
    return line


def said(lines):
    """A log, without PINGs of the server's own, which come when they like, and with one line for what nearly each begins with."""
    lines = [masked(line) for line in lines if not re.search(r"Ping Timer$|->> \[PING\]$|\[TRC\] (SYSTEM|ACCOUNT) - ", line)]
    short = []
    for line in lines:
        short.append(line)
        for name, block in BLOCKS.items():
            if len(short) >= len(block) and all(
                    re.fullmatch(r"\[INF\] " + pattern, line) for pattern, line in zip(block, short[-len(block):])):
                short[-len(block):] = [name]
    # What ends at the same time is told in any order.
    at = next((at for at, line in enumerate(short) if re.search("Initiating Shutdown|Closing existing", line)), len(short))
    runs = itertools.groupby(short[at:], lambda line: "[DBG]" in line)
    return short[:at] + [line for is_debug, run in runs for line in (sorted(run) if is_debug else run)]


class Program:
    """A server that runs, and what it prints."""

    def __init__(self, name, argv, folder):
        self.name, self.folder = name, folder
        self.out = open(folder / f".out{name}", "w+b")
        env = {**os.environ, "TZ": "UTC"}
        self.process = subprocess.Popen(argv, cwd=folder, stdin=subprocess.DEVNULL, stdout=self.out, stderr=self.out, env=env)
        self.pid, self.taken = self.process.pid, 0

    def text(self):
        return (self.folder / f".out{self.name}").read_text(errors="replace")

    def lines(self, take=False):
        status = self.process.poll()
        text = self.text()
        lines = said(text[:text.rfind("\n") + 1].splitlines())
        lines = [f"{self.name}< {line}".rstrip() for line in lines]
        if status is not None:
            lines.append(f"{self.name}(status {status})")
        new = lines[self.taken:]
        if take:
            self.taken = len(lines)
        return new

    def is_ready(self):
        """Whether it listens, as soon as that is known."""
        try:
            return self.port > 0
        except RuntimeError:
            return False

    def listens(self, pattern):
        for _ in range(PATIENCE * 100):
            ended = self.process.poll() is not None
            logs = [file.read_text(errors="replace") for file in self.folder.glob("*.log")]
            if found := re.search(pattern, "\n".join([self.text(), *logs])):
                return int(found[1])
            if ended:
                break
            time.sleep(0.01)
        raise RuntimeError(f"{self.process.args} does not say where it listens:\n{self.text()}")

    port = property(lambda self: self.listens(r"Listening for client connections on \S+:(\d+)"))
    http = property(lambda self: self.listens(r"Starting https? monitor on \S+:(\d+)"))
    ws = property(lambda self: self.listens(r"Listening for websocket clients on \S+:(\d+)"))

    def end(self):
        self.process.kill()
        self.process.wait()
        self.out.close()


class Connection:
    """A raw connection, and what comes on it; the first INFO and PINGs of the server's own are left out."""

    def __init__(self, name, port):
        self.name, self.heard, self.taken = name, b"", 0
        self.stream = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.stream.settimeout(None)
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self):
        try:
            while more := self.stream.recv(65536):
                self.heard += more
        except OSError:
            pass
        self.heard += b"(closed)\r\n"

    def send(self, text):
        try:
            self.stream.sendall(text.replace("\\r\\n", "\r\n").encode() + b"\r\n")
        except OSError:
            pass

    def lines(self, take=False):
        text = self.heard.decode(errors="replace")
        lines = [line for line in text[:text.rfind("\r\n") + 2].split("\r\n")[:-1] if line != "PING"]
        lines = [f"{self.name}< {masked(line)}".rstrip() for line in lines
                 if not line.startswith("INFO ") or '"ldm"' in line or '"connect_info"' in line]
        new = lines[self.taken:]
        if take:
            self.taken = len(lines)
        return new

    def close(self):
        self.stream.shutdown(socket.SHUT_RDWR)

    def end(self):
        self.stream.close()
