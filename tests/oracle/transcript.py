"""Transcripts: Markdown in which the blocks marked `console` are sessions at terminals.

    name$ command      typed in the terminal called `name`
    name> text         the command above goes on with this line
    name< text         an answer typed at a prompt there, then Enter
    name| line         a line which that terminal printed while another was being used
    name^C             interrupt
    name? 1            the last command there ended with this status
    @wait 1.5s         time passes
    anything else      what the command above printed

The programs have 80 columns, or as many as stand behind the fence's `console`; where these are fewer, they are told by
`COLUMNS` alone.
"""
import re
from dataclasses import dataclass, replace

LINE = re.compile(r"^([a-z][a-z0-9-]*)(?:([$|?>])(?: (.*))|(<)(?: (.*))?|(\^)C)$")
COLUMNS = 80
FENCE = re.compile(r"^```console ?(\d*)")
MORE = re.compile(r"^([a-z][a-z0-9-]*)> ?(.*)$")
WAIT = re.compile(r"^@wait ([\d.]+)s$")


@dataclass(frozen=True)
class Step:
    """What is typed at one terminal, or time that passes at none."""
    terminal: str
    kind: str  # one of "$", "<", "^" and "@"
    text: str

    def __str__(self):
        if self.kind == "@":
            return self.text
        if self.kind == "^":
            return f"{self.terminal}^C"
        return f"{self.terminal}{self.kind} {self.text}".rstrip().replace("\n", f"\n{self.terminal}> ")


def pieces(markdown):
    """The text in order, as pairs of "how many columns, if it is a session?" and its lines. Fences belong to the prose."""
    lines, session = [], 0
    for line in markdown.split("\n"):
        opens, closes = not session and line.startswith("```console"), session and line.startswith("```")
        if closes:
            yield session, lines
            lines, session = [], 0
        lines.append(line)
        if opens:
            yield 0, lines
            lines, session = [], int(FENCE.match(line)[1] or COLUMNS)
    yield session, lines


def step(line):
    """The step that a line of a session asks for, or None where it is output."""
    if WAIT.match(line):
        return Step("", "@", line)
    match = LINE.match(line)
    if not match:
        return None
    terminal, sign, text, answer, answer_text, interrupt = match.groups()
    if sign == "$":
        return Step(terminal, "$", text)
    if answer:
        return Step(terminal, "<", answer_text or "")
    return Step(terminal, "^", "") if interrupt else None


def steps(lines):
    """The steps of a session."""
    found = []
    for line in lines:
        asked, more = step(line), MORE.match(line)
        if asked:
            found.append(asked)
        elif more and found and found[-1].kind == "$" and found[-1].terminal == more[1]:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{more[2]}")
    return found


def is_output(line):
    """Whether the line is what the command above printed."""
    return step(line) is None and not LINE.match(line)


def outcomes(markdown):
    """Every step with the lines that followed it, for a comparison step by step."""
    found = []
    for session, lines in pieces(markdown):
        for line in lines if session else []:
            asked = step(line)
            if asked:
                found.append((asked, []))
            elif found:
                found[-1][1].append(line)
    return found


def starts_server(markdown):
    """Whether a terminal starts `nats-server` itself; a file begins with a running one otherwise."""
    return any(asked.kind == "$" and asked.text.startswith("nats-server") for asked, _ in outcomes(markdown))


def of_steps(title, wanted):
    """A transcript of commands alone."""
    return "\n".join([f"# {title}", "```console", *map(str, wanted), "```", ""])
