"""One pseudo-terminal, read as a person sees it: a program's screen, line by line."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

import pyte

import transcript

# Wide and high enough that nothing wraps or scrolls: lines are compared whole.
SCREEN = (400, 2000)
CURSOR_QUERY = b"\x1b[6n"
# A question listens only when it has had its answer about the cursor.
PROMPT_SETTLES = 0.1
PROMPT = re.compile(r"^(\[\S+\] )?\? .*(\([yY]/[nN]\)|\[Use arrows to move.*\])\s*$")


class Terminal:
    """Runs one program at a time."""

    def __init__(self, env, directory):
        self.env, self.directory = env, directory
        self.process, self.master = None, None
        self.clear()

    def clear(self):
        self.screen = pyte.Screen(*SCREEN)
        self.screen.set_mode(pyte.modes.LNM)
        self.stream = pyte.ByteStream(self.screen)
        self.reported = 0

    @property
    def running(self):
        return self.process is not None

    def start(self, argv, columns=transcript.COLUMNS):
        """Start a program on an empty screen, with so many columns in sight."""
        self.stop()
        self.clear()
        env = self.env if columns == transcript.COLUMNS else {**self.env, "COLUMNS": str(columns)}
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, max(columns, transcript.COLUMNS), 0, 0))
        self.process = subprocess.Popen(argv, stdin=slave, stdout=slave, stderr=slave, cwd=self.directory,
                                        env=env, start_new_session=True,
                                        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)

    def type(self, keys):
        os.write(self.master, keys)

    def read(self, quiet, limit=12.0, until_prompt=False):
        """Read until the program ends, prints nothing for `quiet` seconds, or (where wanted) asks.

        Returns the exit status, or None while the program runs.
        """
        end, last = time.monotonic() + limit, time.monotonic()
        while self.running and time.monotonic() < end:
            ready, _, _ = select.select([self.master], [], [], 0.02)
            if ready:
                data = self.receive()
                if not data:
                    return self.reap()
                self.show(data)
                last = time.monotonic()
                continue
            silent = time.monotonic() - last
            if silent > quiet or (until_prompt and silent > PROMPT_SETTLES and self.asks()):
                return None
        return None

    def receive(self):
        try:
            return os.read(self.master, 65536)
        except OSError:  # Linux's way to say that the program has closed the terminal
            return b""

    def show(self, data):
        self.stream.feed(data)
        if CURSOR_QUERY in data:
            row, column = self.screen.cursor.y + 1, self.screen.cursor.x + 1
            self.type(f"\x1b[{row};{column}R".encode())

    def asks(self):
        """Whether the last line on the screen is a question."""
        lines = self.lines()
        return any(PROMPT.match(line) for line in lines[-1:])

    def lines(self):
        """Everything on the screen, without blank ends."""
        buffer = self.screen.buffer
        lines = [text_of(buffer[row]) for row in range(max(buffer, default=-1) + 1)]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def fresh(self):
        """The lines not reported before."""
        lines = self.lines()
        new, self.reported = lines[self.reported:], len(lines)
        return new

    def reopen_last_line(self):
        """Report the last line again: an answered prompt is printed anew."""
        self.reported = max(0, self.reported - 1)

    def reap(self):
        status = self.process.wait()
        os.close(self.master)
        self.process, self.master = None, None
        return status

    def stop(self):
        if self.running:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.reap()


def text_of(row):
    return "".join(row[column].data for column in range(max(row, default=-1) + 1)).rstrip()
