"""Random runs: what a handful of people might type at their terminals, good and bad.

A run is made from its seed alone. It leaves out what the real tools answer differently each time:
counts of consumers while watchers come and go, orders that come out of a Go map, two sources at once,
and anything that expires while commands run (expiry has scenes of its own, with time to spare).
"""
import random
import shlex

from transcript import Step

BUCKETS = ["b", "cfg", "B2", "m-kv", "_x"]
BAD_BUCKETS = ["a.b", "a b", "", "b*", "ä", "nope", "-b"]
KEYS = ["k", "j", "a.b", "a.c", "a.b.c", "x/y=z_1-2", "K", "0", "k2", "kk", "a.bb", "long/" + "key/" * 12 + "end"]
BAD_KEYS = ["", "a b", ".a", "a.", "a..b", "*", ">", "a.*", "k$", "ä", "-k", "a>"]
FILTERS = [">", "*", "a.*", "a.>", "*.b", "*.*", "k", "a*", "a.b", "none", "x/y=z_1-2", "a..b", "", "a.>.b", "k*", "k>",
           "a.b*", "*.b*", "a.b>", "*b", "k*.x"]
VALUES = ["1", "two", "a value", "", "żółć", "鍵 🔑", "-5", "--raw", "x" * 39, "x" * 40, "x" * 41, "0" * 119, "0" * 120,
          "0" * 121, '{"a":1}', "a'b", 'a"b', "$HOME", "%s", "back\\slash", " padded ", "true", "#no", "e" * 300,
          "שלום", "⚠️ hot", "日本語" * 9, "é", "{}", "tab\there", "~", "-", "@", "a@b", "\\n", "*"]
PIPED = [r"one\n", r"one\ntwo", "plain", "", r"\ttab", r"caf\303\251", "100%%", r"\033[31mred\033[0m", r"\200\377",
         r"a\000b", r"\n", r"a\fb", "%s", r"\007"]
DURATIONS = ["1h", "90s", "1d", "2w", "1h30m", "1M", "100s", "5m", "0", "1.5h", "1h-30m", "+2h", " 3h ", "1d5",
             "1y", "0.5d", "1h,5m", "2D", "1W", "36h", "100ms5m"]
BAD_DURATIONS = ["5", "x", "", "1x", "50ms", "-1h", "1.5", "h", "1 h", "1.5.5h", "1e3s", "99999y", "-1d"]
SIZES = ["100", "1K", "2KB", "1M", "3MiB", "1G", "60", "200", "0", "-1", "5GB", "2G", "1kib", "+1K", "1TB", "3kB",
         "-5K", "1023", "1025"]
BAD_SIZES = ["x", "1.5K", "1P", "99999999999999999999", "", " 1K", "1KiBs", "0x10", "1_000", "K", "1 K", "1e3"]
NUMBERS = ["0", "1", "2", "3", "5", "8", "20", "18446744073709551615", "0b11", "1_0", "+1", "007"]
BAD_NUMBERS = ["1e1", " 1", "0x", "1__0", "x", "-1", "1.5", "", "18446744073709551616", "0x1"]
# What any command takes; the environment in front of a command is the shell's.
GLOBAL_FLAGS = [["--no-context"], ["--timeout", "3s"], ["--timeout=2m"], ["--colors", "red"], ["--colors=double"],
                ["--connection-name", "me and you"], ["--inbox-prefix", "my.inbox"], ["--js-api-prefix", "$JS.API"],
                ["--no-trace"], ["--user", "u", "--password", "p"], ["--token=t"]]
BAD_GLOBAL_FLAGS = [["--timeout", "x"], ["--timeout=0"], ["--context", "nope"], ["--colors", "nope"], ["--creds", "none"],
                    ["--inbox-prefix", "my.>"], ["--nkey", "none"], ["--server", "127.0.0.1:1"], ["--js-domain"]]
VARIABLES = ["NATS_TIMEOUT=3s", "NATS_COLOR=green", "NATS_USER=u", "NATS_INBOX_PREFIX=my", "NATS_CONTEXT=", "COLUMNS=100"]
BAD_VARIABLES = ["NATS_TIMEOUT=x", "NATS_URL=127.0.0.1:1", "NATS_COLOR=pink", "NATS_CONTEXT=nope", "NATS_CREDS=x"]
ANSWERS = ["y", "n", "", "yes", "No", "Y", "N", "YES"]
ERRORS = ["10071", "10058", "10059", "10037", "10077", "10054", "10165", "10166", "1", "x"]
VERBS = ["add", "edit", "put", "get", "create", "update", "del", "purge", "history", "revert", "info", "watch", "ls",
         "compact", "new", "rm", "view", "status", "list"]
PEOPLE = ["ann", "bob", "cy"]
WATCHERS = ["w1", "w2", "w3"]


def run(seed, length):
    """About `length` steps."""
    author = Author(random.Random(seed))
    author.open()
    while len(author.steps) < length:
        author.act()
    return author.steps


class Author:
    def __init__(self, rng):
        self.rng, self.steps = rng, []
        self.keys = rng.sample(KEYS, 3)
        self.revisions = {}  # of each bucket, about; what was made by a command that should have worked
        self.copies = False  # whose consumers stay for a while when they are gone
        self.watching = {}  # terminal to what it runs
        # Watchers leave consumers behind for some seconds, so a run has them or counts them.
        self.watches = rng.random() < 0.6
        self.scenes = [(20, self.put), (10, self.get), (8, self.create), (8, self.update), (8, self.delete),
                       (4, self.purge), (7, self.history), (5, self.revert), (6, self.list_keys), (4, self.info),
                       (3, self.add), (5, self.edit), (2, self.compact), (3, self.remove_bucket), (3, self.list_buckets),
                       (3, self.publish), (2, self.message), (2, self.grammar), (1, self.help), (1, self.neighbours),
                       (2, self.request), (1, self.answering), (0.3, self.expiring_bucket), (0.4, self.expiring_key),
                       (0.3, self.mirror), (0.3, self.source), (1, self.purge_stream), (0.5, self.remove_stream)]
        self.scenes += [(8, self.watch), (3, self.interrupt)] if self.watches else [(3, self.stream), (0.5, self.view)]
        if rng.random() < 0.15:
            self.scenes.append((0.8, self.restart))
            self.steps.append(Step("server", "$", "nats-server -js"))

    # -- words -------------------------------------------------------------------------------

    def chance(self, probability):
        return self.rng.random() < probability

    def pick(self, good, bad=(), badness=0.06):
        return self.rng.choice(bad if bad and self.chance(badness) else good)

    def bucket(self):
        return self.pick(sorted(self.revisions) or BUCKETS, BAD_BUCKETS + BUCKETS)

    def key(self):
        return self.pick(self.keys, BAD_KEYS + KEYS, 0.15)

    def revision(self, bucket):
        newest = self.revisions.get(bucket, 0)
        near = [str(max(0, newest - back)) for back in (0, 0, 0, 1, 1, 2, 3, 4)]
        return self.pick(near + [str(newest + 1)], NUMBERS + BAD_NUMBERS, 0.12)

    def flag(self, name, value=None):
        if value is None:
            return [f"--{name}"]
        return [f"--{name}={value}"] if self.chance(0.4) or value.startswith("-") else [f"--{name}", value]

    def maybe(self, probability, name, good=(None,), bad=()):
        return [self.flag(name, self.pick(good, bad))] if self.chance(probability) else []

    def words(self, verb, arguments, flags=()):
        """The words of a command with its flags among the arguments."""
        parts = [[argument] for argument in arguments]
        if any(argument.startswith("-") for argument in arguments) and self.chance(0.7):
            parts = [word for flag in flags for word in [flag]] + [["--"]] + parts
        else:
            for flag in flags:
                parts.insert(self.rng.randint(0, len(parts)), flag)
        return verb.split() + [word for part in parts for word in part]

    # -- steps -------------------------------------------------------------------------------

    def nats(self, words, terminal=None, pipe=None):
        command = shlex.join(["nats", *words])
        if pipe is None and terminal is None and self.chance(0.02):
            command = f"{self.pick(VARIABLES, BAD_VARIABLES, 0.3)} {command}"
        if pipe is not None:
            command = f"printf {shlex.quote(pipe)} | {command}"
        self.steps.append(Step(terminal or self.rng.choice(PEOPLE), "$", command))
        return self.steps[-1].terminal

    def kv(self, verb, arguments, flags=(), **options):
        flags = [*flags, self.pick(GLOBAL_FLAGS, BAD_GLOBAL_FLAGS, 0.2)] if self.chance(0.06) else flags
        return self.nats(self.words(f"kv {verb}", arguments, flags), **options)

    def answer(self, terminal, text):
        self.steps.append(Step(terminal, "<", text))

    def stop(self, terminal):
        self.watching.pop(terminal, None)
        self.steps.append(Step(terminal, "^", ""))

    def wait(self, seconds):
        self.steps.append(Step("", "@", f"@wait {seconds}s"))

    def confirm(self, terminal):
        """Answer what was asked; nothing happens where nothing asks."""
        command = self.steps[-1].text
        if "''" in command or self.chance(0.12):
            self.stop(terminal)  # which leaves a list of buckets, too
        else:
            # On a terminal wider than it knows, the real tool erases too much of a long question, more each time.
            for _ in range(1 if "compact" in command or "long/" in command else 3):
                if self.chance(0.1):
                    self.answer(terminal, self.pick(["foo", "yy", "ye", "0", "ja nein", "y n"]))
            self.answer(terminal, self.pick(ANSWERS))

    def wrote(self, bucket):
        if bucket in self.revisions:
            self.revisions[bucket] += 1

    # -- scenes ------------------------------------------------------------------------------

    def open(self):
        for _ in range(self.rng.randint(1, 2)):
            self.add()

    def act(self):
        if not self.revisions:
            self.add()
        weights, scenes = zip(*self.scenes)
        self.rng.choices(scenes, weights)[0]()

    def limits(self):
        flags = self.maybe(0.5, "history", ["2", "3", "5", "10", "64", "1"], ["0", "65", "x", "-1", ""])
        flags += self.maybe(0.1, "ttl", DURATIONS, BAD_DURATIONS)
        flags += self.maybe(0.15, "marker-ttl", ["1h", "5m", "1d", "90s"], BAD_DURATIONS)
        flags += self.maybe(0.08, "max-value-size", SIZES, BAD_SIZES)
        flags += self.maybe(0.12, "max-bucket-size", SIZES, BAD_SIZES)
        flags += self.maybe(0.08, self.pick(["compress", "no-compress"]))
        flags += self.maybe(0.1, "metadata", ["a=1", "team:blue", "k=", "a=b=c"], ["x"])
        flags += self.maybe(0.05, "republish-destination", ["copy.>"], ["$KV.b.>", "x"])
        flags += self.maybe(0.03, "republish-source", ["$KV.*.k", ">", "$KV.b.a.>"], ["x..y", ""])
        flags += self.maybe(0.03, "republish-headers") + self.maybe(0.04, "description", ["what for", "", "żółć"])
        flags += self.maybe(0.04, "replicas", ["1", "0"], ["3", "6", "x"])
        flags += self.maybe(0.04, "tags", ["t"]) + self.maybe(0.04, "cluster", ["c"])
        return flags

    def add(self):
        name = self.pick(BUCKETS, BAD_BUCKETS)
        flags = self.limits() + self.maybe(0.2, "storage", ["file", "memory", "m", "f"], ["tape"])
        self.kv(self.pick(["add", "add", "new"]), [name], flags)
        if name in BUCKETS:
            self.revisions.setdefault(name, 0)

    def edit(self):
        flags = self.maybe(0.04, "source", BUCKETS, BAD_BUCKETS) + self.maybe(0.04, self.pick(["no-mirror", "no-no-mirror"]))
        self.copies |= any("source" in flag[0] for flag in flags)
        self.kv("edit", [self.bucket()], flags + self.limits())

    def put(self):
        bucket = self.bucket()
        arguments = [bucket, self.key()]
        if self.chance(0.12):
            self.kv("put", arguments + self.pick([[], [], [""], ["given"]]), pipe=self.pick(PIPED))
        else:
            self.kv("put", arguments + [self.pick(VALUES)])
        self.wrote(bucket)

    def create(self):
        bucket = self.bucket()
        flags = self.maybe(0.2, "ttl", ["1h", "5m", "90s", "0"], ["5", "x", "500ms", "-5s"])
        self.kv("create", [bucket, self.key(), self.pick(VALUES)], flags)
        self.wrote(bucket)

    def update(self):
        bucket = self.bucket()
        self.kv("update", [bucket, self.key(), self.pick(VALUES), self.revision(bucket)])
        self.wrote(bucket)

    def get(self):
        bucket = self.bucket()
        flags = self.maybe(0.3, "raw")
        if self.chance(0.35):
            flags.append(self.flag("revision", self.revision(bucket)))
        self.kv("get", [bucket, self.key()], flags)

    def forced(self, verb, arguments, flags=()):
        """A command that asks unless told not to."""
        if self.chance(0.7):
            self.kv(verb, arguments, [*flags, self.pick([["-f"], ["--force"]])])
        else:
            self.confirm(self.kv(verb, arguments, flags))

    def delete(self):
        bucket = self.bucket()
        self.forced(self.pick(["del", "rm"]), [bucket, self.key()])
        self.wrote(bucket)

    def purge(self):
        bucket = self.bucket()
        self.forced("purge", [bucket, self.key()], self.maybe(0.15, "ttl", ["1h", "90s"], ["5", "x"]))
        self.wrote(bucket)

    def remove_bucket(self):
        bucket = self.bucket()
        self.forced(self.pick(["del", "rm"]), [bucket])
        self.revisions.pop(bucket, None)

    def compact(self):
        self.forced("compact", [self.bucket()])

    def history(self):
        self.kv("history", [self.bucket(), self.pick(self.keys, FILTERS, 0.3)])

    def revert(self):
        bucket = self.bucket()
        arguments = [bucket, self.key(), self.revision(bucket)]
        if self.chance(0.7):
            self.kv("revert", arguments, [["--force"]])
        else:
            self.confirm(self.kv("revert", arguments, self.maybe(0.1, "no-force")))
        self.wrote(bucket)

    def list_keys(self):
        flags = self.maybe(0.1, "names") + ([["-n"]] if self.chance(0.1) else [])
        if self.chance(0.4):
            flags += [self.pick([["-v"], ["--verbose"]])] + self.maybe(0.5, "display-value")
        arguments = [self.bucket()] + ([self.pick(FILTERS)] if self.chance(0.35) else [])
        self.kv(self.pick(["ls", "list"]), arguments, flags)

    def list_buckets(self):
        self.kv(self.pick(["ls", "list"]), [], self.maybe(0.4, "names"))

    def info(self):
        bucket = self.bucket()
        terminal = self.kv(self.pick(["info", "status", "view"]), [bucket] if self.chance(0.95) else [])
        if self.steps[-1].text.split()[-1] in ("info", "status", "view", "''"):
            self.stop(terminal)  # leaves the list of buckets, where there is one

    def watch(self):
        free = [name for name in WATCHERS if name not in self.watching]
        if not free:
            return self.interrupt()
        bucket = self.bucket()
        flags = self.maybe(0.3, "history") + self.maybe(0.15, "updates") + self.maybe(0.15, "no-deletes")
        if self.chance(0.2):
            flags.append(self.flag("revision", self.revision(bucket)))
        words = self.words("kv watch", [bucket] + ([self.pick(FILTERS)] if self.chance(0.4) else []), flags)
        if self.chance(0.15):
            words = ["sub", self.pick(["$KV.>", f"$KV.{bucket}.>", "$KV.*.k", "copy.>", "a.*"])]
        self.watching[free[0]] = words
        return self.nats(words, terminal=free[0])

    def interrupt(self):
        if self.watching:
            self.stop(self.rng.choice(sorted(self.watching)))

    def publish(self):
        bucket = self.bucket() or "b"
        subject = self.pick([f"$KV.{bucket}.{self.pick(self.keys)}", f"$KV.{bucket}.raw~1", "a.b", "nobody"])
        headers = ["KV-Operation:DEL", "KV-Operation:PURGE", "Nats-Rollup:sub", "Nats-Expected-Last-Subject-Sequence:0",
                   "My-Header: text", "Nats-TTL:1h", "Nats-TTL:never", "Nats-TTL:0", "Nats-TTL:1d", "Nats-Msg-Id:m",
                   f"Nats-Expected-Stream:KV_{bucket}", "Nats-Expected-Stream:other", "Nats-Expected-Last-Sequence:2",
                   "Nats-Expected-Last-Msg-Id:m", "Nats-Rollup:all", "Nats-Rollup:none", "Nats-Incr:1"]
        flags = self.maybe(0.4, "header", headers, ["nocolon"])
        self.nats(self.words(self.pick(["pub", "publish"]), [subject, self.pick(["text", "", "two words"])], flags))
        self.wrote(bucket)

    def request(self):
        bucket = self.bucket() or "b"
        stream = f"KV_{bucket}"
        number = self.pick(["1", "2", "3", "0"])
        subject, body = self.pick([
            (f"$KV.{bucket}.k", "value"), (f"$KV.{bucket}.a.b", ""), ("$JS.API.STREAM.NAMES", ""),
            (f"$JS.API.STREAM.MSG.GET.{stream}", f'{{"seq":{number}}}'),
            (f"$JS.API.STREAM.MSG.GET.{stream}", f'{{"last_by_subj":"$KV.{bucket}.k"}}'),
            (f"$JS.API.DIRECT.GET.{stream}", f'{{"seq":{number}}}'), (f"$JS.API.DIRECT.GET.{stream}.$KV.{bucket}.k", ""),
            (f"$JS.API.STREAM.PURGE.{stream}", f'{{"filter":"$KV.{bucket}.k","keep":1}}'),
            (f"$JS.API.STREAM.MSG.DELETE.{stream}", f'{{"seq":{number}}}'), ("nobody.there", "x"),
            (f"$JS.API.STREAM.PURGE.{stream}", f'{{"seq":{number},"keep":1}}'),
            (f"$JS.API.STREAM.PURGE.{stream}", f'{{"seq":{number}}}'),
            (f"$JS.API.STREAM.MSG.GET.{stream}", f'{{"seq":{number},"next_by_subj":"$KV.{bucket}.>"}}'),
            (f"$JS.API.STREAM.MSG.GET.{stream}", f'{{"seq":{number},"last_by_subj":"$KV.{bucket}.k"}}'),
            (f"$JS.API.DIRECT.GET.{stream}", f'{{"seq":{number},"next_by_subj":"$KV.{bucket}.*"}}'),
            (f"$JS.API.DIRECT.GET.{stream}", f'{{"last_by_subj":"$KV.{bucket}.a.b"}}'),
            (f"$JS.API.CONSUMER.INFO.{stream}.none", ""), (f"$JS.API.CONSUMER.DELETE.{stream}.none", ""),
            (f"$JS.API.CONSUMER.CREATE.{stream}", '{"stream_name":"other"}'),
            (f"$JS.API.STREAM.CREATE.{stream}", self.pick(['{"name":"other"}', "x", "", '{"bogus":1}', '{"name":1}'])),
            (f"$JS.API.STREAM.UPDATE.{stream}", f'{{"name":"{stream}","storage":"memory","max_consumers":7}}'),
            (f"$JS.API.STREAM.DELETE.{stream}", '{"force":true}')])
        self.nats(self.words("request", [subject, body], [["--raw"]]))
        self.wrote(bucket)

    def message(self):
        bucket = self.bucket() or "b"
        what = self.pick([[self.revision(bucket)], ["--last-for", f"$KV.{bucket}.{self.pick(self.keys)}"]])
        self.nats(["stream", "get", f"KV_{bucket}", *what])

    def stream(self):
        stream = f"KV_{self.bucket()}"
        words = self.pick([["info", stream], ["state", stream], ["subjects", stream, "--sort", "name"],
                           ["subjects", stream, "--names", "--sort", "name"], ["ls"], ["ls", "-n"]])
        self.nats(["stream", *words])
        if self.chance(0.3) and not self.copies:
            self.nats(["account", "info"])

    def purge_stream(self):
        bucket = self.bucket()
        flags = self.maybe(0.3, "keep", ["1", "2"]) + self.maybe(0.2, "seq", ["2", "4"], ["x"])
        flags += self.maybe(0.4, "subject", [f"$KV.{bucket}.{self.pick(self.keys)}"]) + ([["-f"]] if self.chance(0.7) else [])
        terminal = self.nats(self.words("stream purge", [f"KV_{bucket}"], flags))
        for _ in range(2 if ["-f"] not in flags else 1):
            self.answer(terminal, self.pick(ANSWERS))

    def remove_stream(self):
        bucket = self.bucket()
        if self.chance(0.7):
            self.nats(["stream", self.pick(["rm", "del"]), f"KV_{bucket}", "-f"])
        else:
            self.answer(self.nats(["stream", "rm", f"KV_{bucket}"]), self.pick(ANSWERS))
        self.revisions.pop(bucket, None)

    def view(self):
        terminal = self.nats(self.words("stream view", [f"KV_{self.bucket()}", self.pick(["2", "3", "25"])],
                                        self.maybe(0.4, "raw") + self.maybe(0.2, "id", ["2"])))
        for _ in range(3):
            self.answer(terminal, self.pick(["", "y", "n"]))
        self.stop(terminal)
        self.wait("6")  # for the consumer that may be left to go

    def answering(self):
        """A service, and somebody who asks it."""
        if "w2" in self.watching:
            return
        subject = self.pick(["svc", "help.me"])
        flags = self.maybe(0.2, "echo") + self.maybe(0.2, "count", ["2"]) + self.maybe(0.2, "queue", ["q"])
        self.nats(self.words("reply", [subject] + self.pick([["answer"], ["no {{Count}}"]]), flags), terminal="w2")
        for _ in range(self.rng.randint(1, 3)):
            verb = self.pick([["request"], ["req", "--raw"], ["pub"]])
            self.nats(self.words(" ".join(verb), [subject, self.pick(["ask", "", "two words"])],
                                 self.maybe(0.2, "header", ["A:b"])))
        self.stop("w2")

    def mirror(self):
        self.copies = True
        name, bucket = "mir" + str(len(self.steps)), self.bucket()
        self.kv("add", [name], [["--mirror", bucket]])
        self.wait("3")
        for _ in range(self.rng.randint(1, 4)):
            self.pick([lambda: self.kv("put", [name, self.key(), "by mirror"]), lambda: self.kv("get", [name, self.key()]),
                       lambda: self.kv("create", [name, self.key(), "by mirror"]), lambda: self.kv("ls", [name]),
                       lambda: self.kv("del", [name, self.key()], [["-f"]]), lambda: self.kv("history", [name, "k"])])()
            self.wrote(bucket)
        self.wait("1.5")
        self.kv("info", [name])
        self.kv("rm", [name], [["-f"]])

    def source(self):
        self.copies = True
        name, bucket = "src" + str(len(self.steps)), self.bucket()
        self.kv("add", [name], [["--source", bucket], *self.maybe(0.6, "history", ["3", "10"])])
        self.wait("3")
        self.kv("put", [bucket, self.key(), "later"])
        self.kv(self.pick(["del", "purge"]), [bucket, self.key()], [["-f"]])
        self.revisions[bucket] = self.revisions.get(bucket, 0) + 2
        self.wait("1.5")
        self.kv("history", [name, ">"])
        self.kv("put", [name, self.key(), "own"])
        self.kv("ls", [name])
        self.kv("rm", [name], [["-f"]])

    def restart(self):
        """The server stops and starts again; nobody watches meanwhile, since a client that reconnects
        takes its time."""
        for terminal in sorted(self.watching):
            self.stop(terminal)
        self.stop("server")
        if self.chance(0.5):
            self.kv(self.pick(["get", "ls"]), [self.bucket()])
        self.steps.append(Step("server", "$", "nats-server -js"))

    def grammar(self):
        """A command line that cannot be right."""
        verb = self.pick(VERBS)
        arguments = [self.bucket() or "b", "k", "v", "1"][:self.rng.randint(0, 4)]
        flags = [self.pick([["--nope"], ["-x"], ["--raw"], ["--force"], ["--ttl"], ["--revision"], ["--history"],
                            ["--no-deletes"], ["--history=2"], ["-f", "-f"], ["-vn"], ["--names=true"], ["--", "-z"]])]
        terminal = self.kv(verb, arguments, flags)
        self.stop(terminal)  # in case it was right after all, and runs or asks

    def help(self):
        verb = self.pick(VERBS + ["", "bogus"])
        self.nats(self.pick([["help", "kv", *verb.split()], ["kv", *verb.split(), "--help"], ["kv", "-h"], ["kv", "nope"],
                             ["kv"], ["nope"], ["stream", "--help"], ["pub", "--help"], ["--version"], ["cheat", "kv"]]))

    def neighbours(self):
        self.nats(self.pick([["errors", "lookup", self.pick(ERRORS)], ["errors", "ls", "sequence"], ["rtt"],
                             ["stream", "ls", "-n"], ["cheat", "--list"], ["request", "nobody", "x"]]))

    def expiring_bucket(self):
        """A bucket of its own whose values expire while everybody waits."""
        name = "ttl" + str(len(self.steps))
        self.kv("add", [name], [["--ttl", "2s"], *self.maybe(0.5, "history", ["3"]), *self.maybe(0.5, "marker-ttl", ["1s"])])
        for value in ("1", "2")[:self.rng.randint(1, 2)]:
            self.kv("put", [name, "k", value])
        if self.chance(0.5):
            self.kv("del", [name, self.pick(["k", "j"])], [["-f"]])
        if self.watches and "w3" not in self.watching:
            self.nats(["kv", "watch", name], terminal="w3")
            self.watching["w3"] = ["kv", "watch", name]
        self.wait("6.5")
        self.kv("history", [name, "k"])
        self.kv("ls", [name])
        self.kv("rm", [name], [["-f"]])

    def expiring_key(self):
        """A key of its own that expires while everybody waits."""
        name = "key" + str(len(self.steps))
        self.kv("add", [name], [["--marker-ttl", self.pick(["1s", "2s", "30s"])], *self.maybe(0.6, "history", ["3"])])
        if self.chance(0.5):
            self.kv("put", [name, "k", "old"])
            self.kv(self.pick(["del", "purge"]), [name, "k"], [["-f"]])
        if self.watches and "w3" not in self.watching:
            self.nats(["kv", "watch", name], terminal="w3")
            self.watching["w3"] = ["kv", "watch", name]
        self.kv("create", [name, "k", "v"], [["--ttl", "2s"]])
        if self.chance(0.3):
            self.kv("update", [name, "k", "renewed", self.pick(["1", "3"])])
        self.wait("6.5")
        self.kv("get", [name, "k"])
        self.kv("history", [name, "k"])
        self.kv("create", [name, "k", "again"])
        self.kv("history", [name, "k"])
