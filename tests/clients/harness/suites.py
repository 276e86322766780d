"""The suites: each is told the program that is the server under test, and returns outcomes."""
import os
import re
import signal
import subprocess
import sys
import threading

from . import installed, results
from .installed import HERE, ROOT, TARGET
from .lessons import lessons
from .program import program
from .results import Outcome
from .servers import Server

LONGEST = 600  # seconds for one suite, not counting what is built for it

RUNNING, OVER = set(), threading.Event()


def stop(*_):
    """End what runs, and begin nothing more: the suites then end as they always do, and so do their servers."""
    OVER.set()
    for group in list(RUNNING):
        os.killpg(group, signal.SIGKILL)


def go(server, only=()):
    """our own tests with nats.go's jetstream package"""
    program = installed.go_program("go-kv", "test", "-c", "./kv")
    with Server(server) as at:
        return tell("go", results.go, [program, "-test.v", "-test.parallel=30", *go_only(only)], NATS_URL=at.url)


def rust(server, only=()):
    """our own tests with async-nats"""
    with Server(server) as at:
        return cargo_test("rust", "kv", only, NATS_URL=at.url)


def node(server, only=()):
    """our own tests with @nats-io/kv over TCP"""
    with Server(server) as at:
        return node_tests("node", at.url, only)


def node_websocket(server, only=()):
    """the same over WebSocket"""
    with Server(server) as at:
        return node_tests("node-websocket", at.websocket, only)


def python(server, only=()):
    """our own tests with nats-py"""
    with Server(server) as at:
        return tell("python", results.tap, [installed.python(), "-B", HERE / "python" / "run.py", HERE / "python" / "kv.py",
                                              *python_only(only)], NATS_URL=at.url)


def nats_go(server, only=()):
    """nats.go's KV tests of its jetstream package, unmodified"""
    # One of those left out wants two servers and a leaf node, the other accounts that export to each other.
    return nats_go_tests("nats.go", "jetstream/test", 32, server, only)


def nats_go_legacy(server, only=()):
    """nats.go's KV tests of its older API, unmodified"""
    return nats_go_tests("nats.go-legacy", "test", 26, server, only)


def async_nats(server, only=()):
    """async-nats' KV tests, unmodified (without the one that its authors ignore)"""
    source = installed.crate("async-nats")
    return counted(len(only) or 34, cargo_test("async-nats", "upstream", only, NATS_SERVER=server, ASYNC_NATS=str(source),
                                  ASYNC_NATS_TESTS=str(source / "tests" / "kv_tests.rs")))


def nats_py(server, only=()):
    """nats-py's KV tests, unmodified (of 2.14.0, the last that was published with them)"""
    tests = installed.source_package("nats-py", "2.14.0") / "tests" / "test_js.py"
    # The hooks stand for the module tests.utils, which is not published. Left out is a test that fails on the
    # real server too: it wants no `allow_direct` in a bucket's configuration, and 2.15.1 says that it is false.
    argv = [installed.python(), "-B", HERE / "python" / "run.py", tests, "KVTest", "-test_kv_basic", *python_only(only)]
    return counted(len(only) or 21, tell("nats.py", results.tap, argv, NATS_SERVER=server,
                                         PYTHONPATH=str(HERE / "python" / "hooks")))


def wire(server, only=()):
    """what a server says on a raw connection, as it was recorded from the real one"""
    argv = [installed.cargo(), "test", "--locked", "--manifest-path", ROOT / "Cargo.toml", "--test", "wire"]
    env = {**installed.CARGO_ENV, "RUST_BACKTRACE": "0"}
    installed.run([*argv, "--quiet", "--no-run"], env={**os.environ, **env})
    return tell("wire", results.cargo, argv, WIRE_SERVER=server, **env)


def load(server, only=()):
    """1,000 connections, 10,000 subscriptions, messages of 1 MiB, and clients that do not read"""
    outcomes = counted(4, tell("load", results.tap, [sys.executable, "-B", HERE / "load.py", server]))
    figures = [line for line in (TARGET / "clients" / "load.log").read_text().splitlines() if line.startswith("  ")]
    print("\n".join(["load:", *figures]), flush=True)
    return outcomes


def store(server, only=()):
    """what is in files outlives a server that ends, or is killed, also amid much work"""
    return counted(4, tell("store", results.tap, [sys.executable, "-B", HERE / "store.py", server]))


def cli(server, only=()):
    """the real nats CLI: every transcript again"""
    files = [file for file in sorted((ROOT / "tests" / "transcripts").glob("*.md")) if not only or file.name in only]

    def read(text):
        for told in re.findall(r"^.* played again alone$", text, re.M):
            installed.say(told)
        changed = dict.fromkeys(re.findall(r"^--- .*?([^/\n]+\.md)$", text, re.M), "")
        for part in re.split(r"^(?=--- )", text, flags=re.M):
            if named := re.match(r"--- .*?([^/\n]+\.md)\n", part):
                changed[named[1]] += part
        if not re.search(r"^\d+ unchanged, \d+ changed$", text, re.M):
            return []
        return [Outcome(file.name, file.name not in changed, changed.get(file.name, "")) for file in files]

    return tell("cli", read, [sys.executable, ROOT / "tests" / "oracle", "check", "--jobs", "10", "--server", server,
                             *files])


# In the order in which they are shown.
SUITES = {"nats.go": nats_go, "nats.go-legacy": nats_go_legacy, "async-nats": async_nats, "nats.py": nats_py,
          "go": go, "rust": rust, "node": node, "node-websocket": node_websocket, "python": python,
          "lessons": lessons, "wire": wire, "program": program, "load": load, "store": store, "cli": cli}


def nats_go_tests(name, package, count, server, only):
    program = installed.go_program(name, "test", "-c", "-tags=internal_testing", "-vet=off",
                                   f"github.com/nats-io/nats.go/{package}")
    tester = subprocess.Popen([installed.go_program("tester", "build", "./tester"), server],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        url = tester.stdout.readline().strip()
        if not url:
            return [Outcome("tester", False, "the tester service did not start\n", is_test=False)]
        return counted(len(only) or count, tell(
            name, results.go, [program, "-test.v", "-test.run", "KeyValue|ListKeys", "-test.skip",
                               "MirrorCrossDomains|CrossAccounts", *go_only(only)],
            cwd=installed.go_module("github.com/nats-io/nats.go") / package, TESTER_NATS_URL=url))
    finally:
        tester.stdin.close()  # it stops with all its servers
        tester.wait()


def go_only(tests):
    """Of a flag that is given twice, Go takes the second."""
    return ["-test.run", f"^({'|'.join(tests)})$", "-test.parallel=1"] if tests else []


def python_only(tests):
    return [f"+{test.rsplit('.', 1)[-1]}" for test in tests]


def cargo_test(name, target, only, **env):
    # Compiled first, so that the time for the tests is theirs; `upstream` needs its environment for it.
    env = {**installed.CARGO_ENV, "RUST_BACKTRACE": "0", **env}
    argv = [installed.cargo(), "test", "--quiet", "--locked", "--manifest-path", HERE / "rust" / "Cargo.toml", "--test", target]
    installed.run([*argv, "--no-run"], env={**os.environ, **env})
    argv.remove("--quiet")
    chosen = ["--exact", "--test-threads=1", *only] if only else ["--test-threads=8"]
    return tell(name, results.cargo, [*argv, "--", *chosen], **env)


def node_tests(name, url, only):
    chosen = [f"--test-name-pattern=^({'|'.join(map(re.escape, only))})$"] if only else []
    return tell(name, results.tap, [installed.node(), "--test-reporter=tap", *chosen, HERE / "node" / "kv.mjs"], NATS_URL=url)


def tell(name, read, argv, cwd=None, **env):
    """Run a test program and return what `read` finds in its output, which is kept in a file."""
    if OVER.is_set():
        raise SystemExit("interrupted")
    log = TARGET / "clients" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w+", errors="replace") as out:
        process = subprocess.Popen([str(word) for word in argv], cwd=cwd, env={**os.environ, **env}, stdin=subprocess.DEVNULL,
                                   stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        RUNNING.add(process.pid)
        try:
            status = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            status = f"none within {LONGEST} s"
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        finally:
            RUNNING.remove(process.pid)
        out.seek(0)
        text = out.read()
    outcomes = read(text)
    if not outcomes or (status != 0 and all(outcome.passed for outcome in outcomes)):
        tail = "\n".join(text.splitlines()[-40:])
        said = f"status {status}, {len(outcomes)} tests; {log} ends:\n{tail}\n"
        outcomes.append(Outcome("the run itself", False, said, is_test=False))
    return outcomes


def counted(want, outcomes):
    """A published suite has a known size: a test that was not run has not passed."""
    if len(outcomes) != want:
        outcomes.append(Outcome("all tests ran", False, f"{want} were to run, {len(outcomes)} did\n", is_test=False))
    return outcomes
