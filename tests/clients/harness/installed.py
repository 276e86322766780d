"""What the suites need, installed where it is missing: into the cache folder, or node_modules."""
import functools
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nats-kv-playground"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").absolute()
CARGO_ENV = {"CARGO_TARGET_DIR": str(TARGET)}


def run(argv, **options):
    say(" ".join(map(str, argv)))
    if subprocess.run(argv, **options).returncode != 0:
        raise SystemExit(f"failed: {' '.join(map(str, argv))}")


def say(text):
    print(f"   {text}", file=sys.stderr, flush=True)


def program(name, where):
    if not shutil.which(name):
        raise SystemExit(f"{name} is missing: see {where}")
    return name


def cargo():
    return program("cargo", "https://rustup.rs")


def serve():
    """Our own server as a program, built."""
    run([cargo(), "build", "--quiet", "--locked", "--features", "serve", "--bin", "serve"],
        cwd=ROOT, env={**os.environ, **CARGO_ENV})
    return str(TARGET / "debug" / "serve")


def go_program(name, *build):
    """A Go program or test program of the module in `go`, built; the arguments follow `go`."""
    program("go", "https://go.dev/dl")
    out = TARGET / "clients" / name
    run(["go", *build[:1], "-o", str(out), *build[1:]], cwd=HERE / "go")
    return str(out)


def go_module(path):
    """Where a module that ours requires lies."""
    told = subprocess.run(["go", "list", "-m", "-f", "{{.Dir}}", path], cwd=HERE / "go", capture_output=True, text=True)
    return Path(told.stdout.strip())


def crate(name):
    """Where the source of a crate lies that our package in `rust` depends on."""
    told = subprocess.run([cargo(), "metadata", "--locked", "--format-version", "1"], cwd=HERE / "rust",
                          capture_output=True, text=True)
    if told.returncode != 0:
        raise SystemExit(told.stderr)
    return next(Path(p["manifest_path"]).parent for p in json.loads(told.stdout)["packages"] if p["name"] == name)


@functools.cache
def node():
    program("npm", "https://nodejs.org")
    folder = HERE / "node"
    lock, stamp = folder / "package-lock.json", folder / "node_modules" / ".installed"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=folder)
        stamp.write_bytes(lock.read_bytes())
    return program("node", "https://nodejs.org")


@functools.cache
def python():
    """A Python with the packages of requirements.txt."""
    wanted = (HERE / "python" / "requirements.txt").read_text()
    folder = CACHE / "python-clients"
    stamp = folder / "installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        run([sys.executable, "-m", "venv", "--clear", str(folder)])
        run([str(folder / "bin" / "pip"), "install", "-q", "--disable-pip-version-check", "-r",
             str(HERE / "python" / "requirements.txt")])
        stamp.write_text(wanted)
    return str(folder / "bin" / "python")


def source_package(name, version):
    """A Python source distribution, unpacked."""
    folder = CACHE / f"{name}-{version}"
    if not folder.exists():
        download = CACHE / "download"
        run([python(), "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--no-binary", ":all:",
             "-d", str(download), f"{name}=={version}"])
        (file,) = download.glob(f"*{version}.tar.gz")
        with tarfile.open(file) as archive:
            archive.extractall(download, filter="data")
        (unpacked,) = [path for path in download.iterdir() if path.is_dir()]
        unpacked.rename(folder)
        shutil.rmtree(download)
    return folder
