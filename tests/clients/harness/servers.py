"""One server under test: a process of the given program, on free ports of the loopback."""
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

PATIENCE = 10  # seconds to say where it listens


class Server:
    """Use it in a `with`. Its addresses: `url` for TCP, `websocket` for WebSocket."""

    def __init__(self, program, config=""):
        self.folder = Path(tempfile.mkdtemp(prefix="clients-"))
        (self.folder / "server.conf").write_text(config or "websocket { host: 127.0.0.1, port: -1, no_tls: true }\n")
        self.program = program
        self.start()

    def start(self):
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(
                [self.program, "-a", "127.0.0.1", "-p", "-1", "-js", "-sd", str(self.folder / "store"),
                 "-c", str(self.folder / "server.conf"), "--ports_file_dir", str(self.folder)],
                stdout=log, stderr=log, restore_signals=False)  # a file that is too large is an error, no signal
        try:
            ports = self.ports()
        except BaseException:
            self.stop()
            raise
        self.url = ports["nats"][0]
        self.websocket = ports.get("websocket", [None])[0]

    def ports(self):
        for _ in range(PATIENCE * 100):
            for file in self.folder.glob("*.ports"):
                try:
                    return json.loads(file.read_text())
                except ValueError:
                    pass  # half written
            if self.process.poll() is not None:
                raise SystemExit(f"{self.process.args[0]} ended and said:\n{(self.folder / 'log').read_text()}")
            time.sleep(0.01)
        raise SystemExit(f"{self.process.args[0]} does not say where it listens")

    def restart(self, signal):
        """Ends the process by a signal and starts another one on what it left."""
        self.process.send_signal(signal)
        self.process.wait()
        for file in self.folder.glob("*.ports"):
            file.unlink()
        self.start()

    def stop(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
