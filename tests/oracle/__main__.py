"""The real `nats` CLI and `nats-server`, as the judges of ours.

    python3 tests/oracle install             install the real tools, say where they are
    python3 tests/oracle record [FILE.md…]   play transcripts on them, write what changed, show it
    python3 tests/oracle check [FILE.md…]    the same without writing
    python3 tests/oracle print FILE.md…      print the transcripts with what they answer today
    python3 tests/oracle flags GROUP…        write transcripts that try each flag of the commands of a group
    python3 tests/oracle random              play random runs on them and on ours (target/debug/play), compare

Without files, all of tests/transcripts. Status 1 if anything differs. With --server PROGRAM, the real
CLI is played against that program, which takes nats-server's flags.
"""
import argparse
import dataclasses
import difflib
import os
import secrets
import sys
from pathlib import Path

import tools

# A machine's load is chance: only what differs every time has changed.
TRIES = 3
ROOT = Path(__file__).resolve().parent.parent.parent
TRANSCRIPTS = ROOT / "tests" / "transcripts"


def main():
    parser = argparse.ArgumentParser(prog="oracle", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("install")
    for name in ("record", "check", "print"):
        command = commands.add_parser(name)
        command.add_argument("--server", metavar="PROGRAM", help="a program to start in place of nats-server")
        command.add_argument("files", nargs="*", type=Path)
        command.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1), help="files at a time")
    flags = commands.add_parser("flags")
    flags.add_argument("groups", nargs="+", help="beginnings of commands, such as `kv` or `stream add`")
    flags.add_argument("--out", type=Path, required=True, help="the folder for the files")
    flags.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1), help="files at a time")
    random = commands.add_parser("random")
    random.add_argument("--seed", type=int, default=secrets.randbelow(10**9), help="of the first run; fresh unless given")
    random.add_argument("--commands", type=int, default=2000, help="how many to compare")
    random.add_argument("--jobs", type=int, default=4 * (os.cpu_count() or 1), help="runs at a time")
    random.add_argument("--shrink", type=int, default=5, help="how many differing runs to shrink")
    random.add_argument("--share", type=float, default=1, help="of the steps has to be equal, for status 0")
    random.add_argument("--play", default=str(ROOT / "target" / "debug" / "play"), help="our program")
    random.add_argument("--real", action="store_true", help="compare the real tools with themselves")
    wanted = parser.parse_args()

    tools.ensure_python()
    found = tools.install()
    if wanted.command == "install":
        print(found.nats, found.server, sep="\n")
        return 0
    if wanted.command == "flags":
        from flags import transcripts

        wanted.out.mkdir(parents=True, exist_ok=True)
        found_all = list(transcripts(found.nats, wanted.groups))
        played = play_all(found, [text for _, text in found_all], wanted.jobs)
        for (path, _), text in zip(found_all, played):
            (wanted.out / f"{path.replace(' ', '-')}.md").write_text(text)
        return 0
    if wanted.command == "random":
        from compare import Ours, compare, real_again

        ours = real_again if wanted.real else Ours(wanted.play)
        return compare(found, ours, wanted.seed, wanted.commands, wanted.jobs, wanted.shrink, wanted.share)
    if wanted.server:
        found = dataclasses.replace(found, server=wanted.server)
    files = wanted.files or sorted(TRANSCRIPTS.glob("*.md"))
    return play_files(wanted.command, found, files, wanted.jobs)


def play_files(command, found, files, jobs):
    """Play each file, then do with the result what the command says. Returns the exit status."""
    texts = [file.read_text() for file in files]
    played = play_all(found, texts, jobs)
    if command == "print":
        print("\n".join(played))
        return 0
    for _ in range(TRIES - 1):
        differing = [i for i, text in enumerate(texts) if played[i] != text]
        # One after another, since a busy machine may have been the reason.
        for i, again in zip(differing, play_all(found, [texts[i] for i in differing], 1)):
            played[i] = again
            if again == texts[i]:
                print(f"{files[i].name} came out otherwise at first, and as recorded when it was played again alone")
    changed = 0
    for file, before, after in zip(files, texts, played):
        if after != before:
            changed += 1
            sys.stdout.writelines(difference(file, before, after))
            if command == "record":
                file.write_text(after)
    print(f"{len(files) - changed} unchanged, {changed} changed")
    return 1 if changed and command == "check" else 0


def play_all(found, texts, jobs):
    """What the transcripts are today, played so many at a time."""
    from players import crew, play  # needs what ensure_python has brought

    if not texts:
        return []
    with crew(min(jobs, len(texts))) as players:
        return [result.result() for result in [players.submit(play, found, text) for text in texts]]


def difference(file, before, after):
    return difflib.unified_diff(before.splitlines(True), after.splitlines(True), str(file), "the real tools")


if __name__ == "__main__":
    sys.exit(main())
