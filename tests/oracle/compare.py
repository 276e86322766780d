"""Random runs, played by the real tools and by ours, compared step by step and shrunk where they differ."""
import difflib
import subprocess
import sys
import tempfile
import time
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass
from pathlib import Path

import runs
import transcript
from mask import masked
from players import crew, play
from world import CAREFUL, QUICK

RUN_LENGTH = 40
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Verdict:
    """What came of one run."""
    seed: int
    commands: int
    real: str
    ours: str
    fickle: bool = False  # the real tools do not agree with themselves

    @property
    def same(self):
        return self.real == self.ours

    def steps(self):
        """How many steps there were, and how many of them came out equal."""
        real, ours = ([(str(step), *lines) for step, lines in transcript.outcomes(text)] for text in (self.real, self.ours))
        blocks = difflib.SequenceMatcher(None, real, ours, autojunk=False).get_matching_blocks()
        return len(real), sum(block.size for block in blocks)


class Ours:
    """The simulated tools: `play show` prints a transcript with today's outputs."""

    def __init__(self, program):
        self.program = program

    def __call__(self, tools, markdown):
        with tempfile.NamedTemporaryFile("w", suffix=".md") as file:
            file.write(markdown)
            file.flush()
            shown = subprocess.run([self.program, "show", file.name], capture_output=True, text=True, timeout=120)
        if shown.returncode != 0:
            return markdown.replace("```\n", f"{shown.stderr}\n```\n", 1)
        parts = [masked("\n".join(lines)).split("\n") if session else lines
                 for session, lines in transcript.pieces(shown.stdout)]
        return "\n".join("\n".join(lines) for lines in parts)


def real_again(tools, markdown):
    """The real tools once more: what a comparison says of a perfect simulation."""
    return play(tools, markdown, CAREFUL)


def judge(tools, ours, seed, steps):
    """Play a run on both. What differs in haste is played again with care before it is believed."""
    markdown = transcript.of_steps(f"Seed {seed}", steps)
    theirs, other = play(tools, markdown, QUICK), ours(tools, markdown)
    fickle = False
    if theirs != other:
        quick, theirs = theirs, play(tools, markdown, CAREFUL)
        if theirs != other and quick != theirs:
            fickle = theirs != play(tools, markdown, CAREFUL)
    return Verdict(seed, sum(step.kind == "$" for step in steps), theirs, other, fickle)


def first_difference(verdict):
    """The step at which the two first differ."""
    real, ours = transcript.outcomes(verdict.real), transcript.outcomes(verdict.ours)
    same = next((number for number, (a, b) in enumerate(zip(real, ours)) if a != b), min(len(real), len(ours)))
    return min(same, len(real) - 1)


def shrink(tools, ours, verdict, patience):
    """The shortest run found in `patience` seconds that still differs at the same step."""
    deadline = time.monotonic() + patience
    steps = [step for step, _ in transcript.outcomes(verdict.real)][:first_difference(verdict) + 1]
    best, chunk = judge(tools, ours, verdict.seed, steps), max(1, len(steps) // 2)
    if best.same:
        return verdict
    while chunk and time.monotonic() < deadline:
        at = 0
        while at < len(steps) - 1 and time.monotonic() < deadline:
            fewer = steps[:at] + steps[min(at + chunk, len(steps) - 1):]
            smaller = judge(tools, ours, verdict.seed, fewer)
            if not smaller.same and first_difference(smaller) == len(fewer) - 1:
                steps, best = fewer, smaller
            else:
                at += chunk
        chunk //= 2
    return best


def compare(tools, ours, seed, commands, jobs, shrinks, share, patience=60):
    """Compare about that many commands. Returns the exit status: 1 where less than that share of steps is equal."""
    began, done, verdicts, number = time.monotonic(), 0, [], 0
    print(f"seed {seed}", flush=True)
    with crew(jobs) as players:
        waiting = set()
        while done < commands or waiting:
            while done + len(waiting) * RUN_LENGTH * 3 // 4 < commands and len(waiting) < 2 * jobs:
                waiting.add(players.submit(judge, tools, ours, seed + number, runs.run(seed + number, RUN_LENGTH)))
                number += 1
            finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            verdicts += [future.result() for future in finished]
            done = sum(verdict.commands for verdict in verdicts)
        reached = report(verdicts, time.monotonic() - began)
        bad = sorted((verdict for verdict in verdicts if not verdict.same and not verdict.fickle), key=first_difference)
        smallest = [players.submit(shrink, tools, ours, verdict, patience) for verdict in bad[:shrinks]]
        for future in smallest:
            show(future.result())
    for verdict in bad[shrinks:]:
        print(f"seed {verdict.seed} differs too, first at: {culprit(verdict)}")
    return 1 if reached < share else 0


def report(verdicts, seconds):
    """Say how many steps came out equal, and return their share."""
    steps, equal = map(sum, zip(*(verdict.steps() for verdict in verdicts)))
    fickle = [v.seed for v in verdicts if v.fickle]
    print(f"{sum(v.commands for v in verdicts)} commands in {len(verdicts)} runs, {seconds:.0f} s: "
          f"{equal} of {steps} steps equal, {sum(not v.same for v in verdicts)} runs differ")
    if fickle:
        print(f"the real tools disagree with themselves on seeds {fickle}")
    return equal / steps


def culprit(verdict):
    return str(transcript.outcomes(verdict.real)[first_difference(verdict)][0])


def show(verdict):
    """The run, and at its step that differs what each says."""
    pairs = list(zip(transcript.outcomes(verdict.real), transcript.outcomes(verdict.ours)))
    at = first_difference(verdict)
    print(f"\nseed {verdict.seed}, again with: python3 tests/oracle random --seed {verdict.seed} --commands 1\n")
    for (step, _), _ in pairs[:at + 1]:
        print(f"    {step}")
    (step, real), (other, ours) = pairs[min(at, len(pairs) - 1)]
    if step != other:
        print(f"    ours has instead: {other}")
    print(*[f"    -{line}" for line in real], *[f"    +{line}" for line in ours], sep="\n")
    sys.stdout.flush()
