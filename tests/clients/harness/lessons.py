"""The programs at the end of each lesson, in four languages: each runs on a fresh server, prints what its lesson says
that it prints, and leaves nothing behind."""
import difflib
import json
import os
import shutil
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from . import installed
from .installed import HERE, ROOT, TARGET
from .results import Outcome
from .servers import Server

FOLDER = ROOT / "src" / "texts" / "code"
AT_ONCE = 6  # programs: most of them mostly wait
LONGEST = 60  # seconds for one of them


def lessons(server, only=()):
    """the programs that lessons end with, in Go, JavaScript, Rust and Python"""
    names = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())
    wanted = {f"{name}, {language}": (name, language) for name in names for language in LANGUAGES}
    wanted = {title: each for title, each in wanted.items() if not only or title in only}
    prepared = {language: LANGUAGES[language]({name for name, other in wanted.values() if other == language})
                for language in LANGUAGES if any(other == language for _, other in wanted.values())}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda title: run(server, title, wanted[title][0],
                                               prepared[wanted[title][1]](wanted[title][0])), wanted))


def go(names):
    built = {name: installed.go_program(f"lessons/{name}", "build", str(FOLDER / name / "main.go")) for name in names}
    return lambda name: [built[name]]


def javascript(names):
    # Node looks for packages from where a program lies.
    folder = TARGET / "clients" / "lessons" / "node"
    folder.mkdir(parents=True, exist_ok=True)
    node, packages = installed.node(), folder / "node_modules"
    packages.unlink(missing_ok=True)
    packages.symlink_to(HERE / "node" / "node_modules")
    for name in names:
        shutil.copy(FOLDER / name / "main.mjs", folder / f"{name}.mjs")
    return lambda name: [node, str(folder / f"{name}.mjs")]


def rust(names):
    chosen = [word for name in sorted(names) for word in ("--example", name)]
    installed.run([installed.cargo(), "build", "--quiet", "--locked", "--manifest-path", HERE / "rust" / "Cargo.toml", *chosen],
                  env={**os.environ, **installed.CARGO_ENV})
    return lambda name: [str(TARGET / "debug" / "examples" / name)]


def python(_names):
    return lambda name: [installed.python(), "-B", str(FOLDER / name / "main.py")]


# What each of them needs before its programs run, and how one is started.
LANGUAGES = {"Go": go, "JavaScript": javascript, "Rust": rust, "Python": python}


def run(server, title, name, argv):
    """Run a program on a server of its own."""
    wanted = (FOLDER / name / "prints.txt").read_text()
    with Server(server) as at:
        try:
            done = subprocess.run(argv, env={**os.environ, "NATS_URL": at.url}, stdin=subprocess.DEVNULL, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=LONGEST)
        except subprocess.TimeoutExpired as late:
            return Outcome(title, False, f"none of its own within {LONGEST} s\n{late.stdout or ''}{late.stderr or ''}")
        left = streams(at.url)
    said = "\n".join(difflib.unified_diff(wanted.splitlines(), done.stdout.splitlines(), "prints.txt", "printed", lineterm=""))
    said += f"\n{done.stderr}\nstatus {done.returncode}, left behind: {', '.join(left) or 'nothing'}\n"
    return Outcome(title, done.stdout == wanted and done.returncode == 0 and not left, said)


def streams(url):
    """The names of all streams on a server."""
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port), 5) as connection, connection.makefile("rb") as heard:
        connection.sendall(b'CONNECT {"verbose":false}\r\nSUB names 1\r\nPUB $JS.API.STREAM.NAMES names 0\r\n\r\n')
        line = next(line for line in heard if line.startswith(b"MSG names "))
        return json.loads(heard.read(int(line.split()[-1])))["streams"] or []
