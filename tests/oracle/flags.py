"""Transcripts that try every flag of a command's group once, one file a command.

They are written from what the command says of itself (`nats --fisk-introspect`), so that none is forgotten:
`python3 tests/oracle flags --out FOLDER kv stream` writes them with what the real tools print, to be compared by `play check`.
"""
import json
import subprocess

# What a flag is given, by its name, where its kind does not say enough.
VALUES = {
    "storage": "memory", "ttl": "1h", "marker-ttl": "1m", "max-value-size": "1KB", "max-bucket-size": "1MB",
    "replicas": "1", "tags": "a", "tag": "a", "cluster": "C1", "metadata": "team:blue", "republish-source": ">",
    "republish-destination": "out.>", "mirror": "S", "mirror-domain": "hub", "source": "S", "revision": "2",
    "subjects": "t.>", "compression": "s2", "retention": "interest", "discard": "new", "max-age": "1h",
    "max-bytes": "1MB", "max-msg-size": "1KB", "dupe-window": "1m", "subject-del-markers-ttl": "1m",
    "transform-source": ">", "transform-destination": "in.>", "persist-mode": "async", "ack": None,
    "limit-consumer-inactive": "1m", "subject": "s.a", "sort": "name", "since": "1h", "created": "1ms", "idle": "1h",
    "last-for": "s.a", "filter": "s.a", "deliver": "new", "replay": "instant", "target": "push.x", "wait": "2s",
    "backoff": "linear", "backoff-min": "1s", "backoff-max": "1m", "heartbeat": "5s", "inactive-threshold": "1m",
    "pause": "1h", "pinned-groups": "g", "pinned-ttl": "1m", "overflow-groups": "g", "prioritized-groups": "g",
    "header": "A:b", "reply": "back", "sleep": "10ms", "send-on": "eof", "reply-timeout": "50ms",
    "queue": "q", "durable": "d", "dump": "-", "stream": "S", "ignore-subject": "s.b", "max-pull-expire": "1m",
    "jitter": "1ms", "output": "out.json", "description": "some text", "deliver-group": "q", "key": "k", "bucket": "B",
    "consumer": "c", "payload": "x", "headers": "A:b", "match-payload": "x", "match-headers": "A:b", "format": "text",
    "host": "h", "name": "n", "content": "1", "schedule-dest": "s.later", "schedule-after": "1h",
    "schedule-at": "2030-01-01T00:00:00Z", "schedule-cron": "0 0 * * * *", "schedule-every": "1h", "schedule-ttl": "1m",
    "schedule-source": "s.a", "leader": "n", "server-name": "n", "expression": "true", "id": "2", "select": None,
    "connect-warn": "1s", "connect-critical": "2s", "rtt-warn": "1s", "rtt-critical": "2s", "req-warn": "1s",
    "req-critical": "2s", "lag-critical": "5", "seen-critical": "1h", "peer-lag-critical": "5", "peer-seen-critical": "1h",
    "last-delivery-critical": "1h", "last-ack-critical": "1h", "age-warn": "1h", "age-critical": "2h",
    "response-critical": "1s", "response-warn": "500ms", "translate": "cat", "command": "echo hi", "config": "conf.json",
}
# The flags of which a value depends on the command.
SPECIAL = {("consumer add", "ack"): "all", ("consumer copy", "ack"): "all", ("consumer report", "leaders"): None}
# What is given beside a flag.
WITH = {"republish-source": "--republish-destination 'out.>'", "republish-destination": "--republish-source '>'",
        "republish-headers": "--republish-source '>' --republish-destination 'out.>'",
        "transform-source": "--transform-destination 'in.>'", "transform-destination": "--transform-source '>'",
        "backoff-steps": "--backoff linear", "backoff-min": "--backoff linear", "backoff-max": "--backoff linear",
        "pinned-ttl": "--pinned-groups g", "flow-control": "--target push.x --heartbeat 5s", "heartbeat": "--target push.x",
        "deliver-group": "--target push.x", "bps": "--target push.x", "mirror-domain": "--mirror S"}
# How a command is called: its arguments, and the flags it always gets. {n} is another number each time.
CALLS = {
    "kv add": "N{n}", "kv edit": "B --history 5", "kv put": "B k v", "kv get": "B k", "kv create": "B new{n} v",
    "kv del": "B k", "kv purge": "B k -f", "kv revert": "B k 1", "kv watch": "B", "kv ls": "B", "kv compact": "B",
    "kv info": "B", "kv history": "B k",
    "stream add": "N{n} --defaults --subjects n{n}", "stream edit": "S --max-age 2h -f", "stream copy": "S N{n} --subjects n{n}",
    "stream rm": "GONE{n}", "stream purge": "S", "stream rmm": "S 2", "stream get": "S 2",
    "consumer add": "S n{n} --pull --defaults", "consumer edit": "S c --description new -f", "consumer copy": "S c n{n}",
    "consumer rm": "S gone{n}", "consumer pause": "S c 1h", "consumer reset": "S c", "consumer next": "S c",
    "publish": "s.a body", "request": "'$JS.API.INFO' ''", "reply": "r.x hi", "subscribe": "s.a --count 1",
    "context add": "n{n}", "context copy": "x n{n}", "context rm": "gone{n}", "context info": "x", "rtt": "2",
    "server check kv": "--bucket B", "server check stream": "--stream S", "server check consumer": "--stream S --consumer c",
    "server check message": "--stream S --subject s.a", "server check request": "--subject '$JS.API.INFO'",
    "errors lookup": "10071", "stream find": "", "stream ls": "", "stream subjects": "S", "consumer info": "S c",
    "consumer state": "S c", "consumer unpin": "S c",
}
SETUP = """\
nats kv add B --history 5 > log
nats kv put B k one > log
nats kv put B k two > log
nats kv put B other three > log
nats stream add S --subjects 's.>' --defaults > log
nats pub s.a 1 -q
nats pub s.a 2 -q -H A:b
nats pub s.b 3 -q
nats consumer add S c --pull --defaults > log
nats context add x --description some > log
"""


def transcripts(nats, groups):
    """Pairs of a command and its transcript, for all commands of the groups."""
    whole = json.loads(subprocess.run([nats, "--fisk-introspect"], capture_output=True, check=True).stdout)
    for path, command in leaves(whole, []):
        if any((path + " ").startswith(group + " ") for group in groups):
            yield path, "\n".join([f"# Flags of {path}", "```console", *lines(path, command), "```", ""])


def leaves(command, path):
    for inner in command.get("commands") or []:
        deeper = [*path, inner["name"]]
        yield from leaves(inner, deeper)
        if not inner.get("commands"):
            yield " ".join(deeper), inner


def lines(path, command):
    yield from (f"you$ {line}" for line in SETUP.splitlines())
    arguments = CALLS.get(path, " ".join(sample(argument["name"]) for argument in command.get("args") or []))
    for number, flag in enumerate([None, *(command.get("flags") or [])]):
        if "GONE" in arguments:
            yield f"you$ nats stream add GONE{number} --subjects gone{number} --defaults > log"
        if "gone" in arguments and path.startswith("consumer"):
            yield f"you$ nats consumer add S gone{number} --pull --defaults > log"
        if "gone" in arguments and path.startswith("context"):
            yield f"you$ nats context add gone{number} > log"
        more = given(path, flag) if flag else ""
        if "--since" in more or path == "kv del":
            yield "you$ nats kv put B k again > log"
        yield f"you$ nats {path} {arguments.format(n=number)} {more}".rstrip()
        if path in ("subscribe", "reply", "kv watch"):
            yield "other$ nats pub s.a from-other -q; nats kv put B k from-other > log; nats req r.x q > log 2>&1"
            yield "you^C"


def sample(name):
    return {"bucket": "B", "stream": "S", "consumer": "c", "key": "k", "name": "x", "subject": "s.a"}.get(name, "")


def given(path, flag):
    """The flag with a value, and what it needs beside it."""
    name = flag["name"]
    beside = WITH.get(name, "")
    if flag.get("boolean"):
        return f"--{name} {beside}".strip()
    value = SPECIAL.get((path, name)) or VALUES.get(name) or "3"
    return f"--{name} '{value}' {beside}".strip()
