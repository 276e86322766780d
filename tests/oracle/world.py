"""One real server's storage and any number of terminals on it: plays a session, returns its lines."""
import os
import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass

import transcript
from mask import masked
from terminal import Terminal

# Unquoted, these need a shell; a lone `nats` command is started without one.
SHELL_SYNTAX = re.compile(r"""^(?:[^'"\\|&;<>]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")*[|&;<>]""")
# What a CLI's output would depend on.
MEDDLING = ("NATS_", "CLAUDECODE", "LLMFORMAT", "TESTING", "COLUMNS", "NO_COLOR", "CI")
ENDLESS = re.compile(r"^nats .*\b(watch|sub|subscribe|reply)\b")


@dataclass(frozen=True)
class Pace:
    """How long to look before saying that nothing more comes, in seconds."""
    command: float  # a command that neither ends nor prints is left running after this
    endless: float  # the same for those that do not end by themselves
    interrupt: float
    others: float  # for the news to reach the other terminals
    settle: float  # and that each of them is silent
    until_prompt: bool  # a question ends the waiting


# The careful pace makes the recordings; the quick one is for random runs, which are played
# again carefully where they differ.
CAREFUL = Pace(command=0.8, endless=0.8, interrupt=1.5, others=0.3, settle=0.06, until_prompt=False)
QUICK = Pace(command=0.8, endless=0.3, interrupt=1.5, others=0.04, settle=0.03, until_prompt=True)


class World:
    """Use it in a `with`: it removes what it made."""

    def __init__(self, tools, port, pace=CAREFUL):
        self.tools, self.port, self.pace = tools, port, pace
        self.directory = tempfile.mkdtemp(prefix="oracle-")
        self.terminals, self.background = {}, None
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(MEDDLING)}
        self.env.update(HOME=self.directory, XDG_CONFIG_HOME=self.directory + "/.config", TERM="xterm-256color",
                        TZ="UTC", PATH=f"{os.path.dirname(tools.nats)}:{self.env['PATH']}")
        if port != 4222:
            self.env["NATS_URL"] = f"nats://127.0.0.1:{port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for terminal in self.terminals.values():
            terminal.stop()
        if self.background:
            self.background.terminate()
            self.background.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    def serve(self):
        """A server with JetStream that no terminal shows."""
        with open(self.directory + "/server.log", "ab") as log:
            self.background = subprocess.Popen(self.server_argv(["-js"]), stdout=log, stderr=log)
        self.wait_for_server()

    def server_argv(self, flags):
        return [self.tools.server, "-a", "127.0.0.1", "-p", str(self.port), "-sd", self.directory + "/js", *flags]

    def wait_for_server(self):
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                return
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the real server does not answer")

    def argv(self, command):
        program, _, rest = command.partition(" ")
        if program not in ("nats", "nats-server") or SHELL_SYNTAX.match(command):
            return ["/bin/sh", "-c", command]
        words = shlex.split(rest)
        return [self.tools.nats, *words] if program == "nats" else self.server_argv(words)

    def play(self, lines, columns=transcript.COLUMNS):
        """The session's lines as they are today, on terminals of so many columns."""
        self.columns = columns
        out = []
        for step in transcript.steps(lines):
            act = {"@": self.wait, "$": self.command, "<": self.answer, "^": self.interrupt}[step.kind]
            act(step, out)
            self.gather(out, step.terminal)
        return masked("\n".join(out)).split("\n")

    def wait(self, step, out):
        time.sleep(float(transcript.WAIT.match(step.text)[1]))
        out.append(str(step))

    def command(self, step, out):
        terminal = self.terminals.setdefault(step.terminal, Terminal(self.env, self.directory))
        out.append(str(step))
        terminal.start(self.argv(step.text), self.columns)
        quiet = self.pace.endless if ENDLESS.match(step.text) else self.pace.command
        status = terminal.read(quiet, until_prompt=self.pace.until_prompt)
        if step.text.startswith("nats-server") and terminal.running:
            self.wait_for_server()
        self.report(step, terminal, status, out)

    def answer(self, step, out):
        terminal = self.terminals.get(step.terminal)
        if not terminal or not terminal.running:
            return  # nothing asks any more
        terminal.reopen_last_line()
        if out and transcript.is_output(out[-1]):
            out.pop()  # the prompt's line is printed again, answered
        out.append(str(step))
        terminal.type(step.text.encode() + b"\r")
        status = terminal.read(self.pace.command)
        self.report(step, terminal, status, out)

    def interrupt(self, step, out):
        out.append(str(step))
        terminal = self.terminals.get(step.terminal)
        if not terminal or not terminal.running:
            return
        terminal.type(b"\x03")
        terminal.read(self.pace.interrupt)
        out.extend(f"{step.terminal}| {line}" for line in terminal.fresh() if line.strip() not in ("^C", ""))

    @staticmethod
    def report(step, terminal, status, out):
        out.extend(terminal.fresh())
        if status:
            out.append(f"{step.terminal}? {status}")

    def gather(self, out, but):
        """What the other terminals have printed meanwhile."""
        others = [(name, terminal) for name, terminal in self.terminals.items()
                  if name != but and terminal.running]
        if others:
            time.sleep(self.pace.others)
        for name, terminal in others:
            terminal.read(self.pace.settle)
            out.extend(f"{name}| {line}" for line in terminal.fresh() if line)
