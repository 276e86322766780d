"""What a recording leaves out: the parts of an output that differ from run to run.

Each such part is replaced by a token in angle brackets. `src/bin/play.rs` masks what the
simulated tools print by the same rules, so that the two texts can be compared byte for byte.
"""
import re

TIME = re.compile(r"\b\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
# A time that the terminal's edge cuts off.
CUT_TIME = re.compile(r"\b\d{4}-[\d :-]*(?= ≈$)")

# In this order, since some look for the tokens of those before them.
TOKENS = [(re.compile(pattern), token) for pattern, token in [
    (TIME.pattern, "<TIME>"),
    (r"\bN[A-Z0-9]{55}\b", "<SERVER-ID>"),
    (r"(RTT: )[\d.]+(ns|µs|ms|s)", r"\1<RTT>"),
    (r"(Client ID: )\d+", r"\1<CID>"),
    (r"(nats://|Address: )127\.0\.0\.1:\d+", r"\g<1>127.0.0.1:4222"),
    (r"(connections on 127\.0\.0\.1:)\d+", r"\g<1>4222"),
    (r"\[\d+\] <TIME>", "[<PID>] <TIME>"),
    (r"(\] )127\.0\.0\.1:\d+( - cid:)\d+", r"\g<1>127.0.0.1:<PORT>\2<CID>"),
    (r"(?m)^((?:[a-z0-9-]+\| )?(?:\^C)?)\d\d:\d\d:\d\d( |$)", r"\1<CLOCK>\2"),
    (r"_INBOX\.[\w.]+", "_INBOX.<ID>"),
    (r"(Last Seen: )[\d.]+[a-zµ]+", r"\1<AGO>"),
    (r"(Last (?:delivery|Ack): )[\d.a-zµ]+ ago", r"\1<AGO>"),
    (r"(?m)^\[\d\d:\d\d:\d\d\] subj:", "[<CLOCK>] subj:"),
    (r"(<TIME> \+0000 UTC \()[^)]+", r"\1<AGO>"),
    (r"(nats://127\.0\.0\.1:4222: )[\d.]+(ns|µs|ms|s)", r"\1<RTT>"),
    (r"(Received with rtt )[\d.]+(ns|µs|ms|s)", r"\1<RTT>"),
    (r"(Node:     )\S{8}", r"\1<NODE>"),
    (r"(Took )[\d.]+(µs|ms|s)", r"\1<TOOK>"),
    (r"(\[[\d.]+[KMB]? in )[\d.a-zµ]+(?:; [\d.]+[KMB]?/s)?\]", r"\1<TOOK>]"),
    (r"(Unpinned client )\w{22}", r"\1<ID>"),
    (r"(Restored .* messages for stream .* in )[\d.]+(µs|ms|s)", r"\1<TOOK>"),
    (r"(Max (?:Memory|Storage): +)[\d.]+ [KMGT]B", r"\1<BYTES>"),
    (r'(Store Directory: )"[^"]*"', r'\1"<DIR>"'),
    # A library that shows differences takes one space or the other, by chance.
    (r"(?m)^\xa0\xa0", "  "),
    (r"(?m)^([-+])\xa0", r"\1 "),
    (r"/[^\s\"]*/\.config/nats", "<HOME>/.config/nats"),
]]

# A message's headers come out of a Go map, in random order.
HEADER = re.compile(r"^(\S+\| |  |<CLOCK> |)(KV-Operation|Nats-[\w-]+): ")
AGE_CELL = re.compile(r"│ (?:\d+(?:\.\d+)?(?:ns|µs|ms|s|m|h|d|y))+ *(?=│)")


def masked(text):
    """`text` with its volatile parts replaced, headers sorted and trailing blanks removed."""
    lines = [mask_times_in_row(line) if line.startswith("│") else line for line in text.split("\n")]
    text = "\n".join(lines)
    for pattern, token in TOKENS:
        text = pattern.sub(token, text)
    out, table, headers = [], [], []

    def flush():
        out.extend(sorted(headers))
        out.extend(mask_ages(table))
        headers.clear()
        table.clear()

    for line in text.split("\n"):
        line = line.rstrip()
        if line[:1] in ("╭", "│", "├", "╰"):
            table.append(line)
        elif HEADER.match(line):
            headers.append(line)
        else:
            flush()
            out.append(line)
    flush()
    return "\n".join(out).strip("\n")


def mask_times_in_row(row):
    """A table's row keeps the widths of its columns."""
    row = TIME.sub(lambda time: "<TIME>".ljust(len(time[0])), row)
    return CUT_TIME.sub(lambda time: "<TIME>"[:len(time[0])].ljust(len(time[0])), row)


def mask_ages(table):
    """The widths of a table's columns say nothing when a cell in it is an age."""
    if not any(AGE_CELL.search(row) for row in table):
        return table
    rows = [AGE_CELL.sub("│ <AGO> ", row) for row in table]
    return [re.sub(r"─+", "─", re.sub(r" +", " ", row)) for row in rows]
