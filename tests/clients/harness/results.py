"""What the test runners of four languages print, as outcomes."""
import re
from dataclasses import dataclass


@dataclass
class Outcome:
    name: str
    passed: bool
    said: str = ""  # what a failed test printed
    is_test: bool = True  # and could be run alone


def go(text):
    """`go test -v`: what a test prints comes before its end, below the last line that names it."""
    outcomes, said, current = [], {}, ""
    for line in text.splitlines():
        if named := re.match(r"=== (?:RUN|CONT|NAME) +(\S+)", line):
            current = named[1].split("/")[0]
        elif ended := re.match(r"--- (PASS|FAIL): (\S+)", line):
            outcomes.append(Outcome(ended[2], ended[1] == "PASS", "\n".join(said.get(ended[2], []))))
        elif not line.startswith("==="):
            said.setdefault(current, []).append(line)
    return outcomes


def cargo(text):
    """`cargo test`: results first, then a paragraph for each failure."""
    failures = dict(re.findall(r"^---- (\S+) stdout ----\n(.*?)(?=^----|^failures:)", text, re.M | re.S))
    return [Outcome(name, word == "ok", failures.get(name, "")) for name, word in
            re.findall(r"^test (\S+) \.\.\. (ok|FAILED)$", text, re.M)]


def tap(text):
    """Node's and our own Python runner's: `ok 1 - name`, below it what was said, indented."""
    outcomes = []
    for line in text.splitlines():
        if result := re.match(r"(not )?ok \d+ - (.*?)( # SKIP.*)?$", line):
            if not result[3]:
                outcomes.append(Outcome(result[2], not result[1]))
        elif outcomes and not outcomes[-1].passed and line.startswith(" "):
            outcomes[-1].said += line + "\n"
    return outcomes
