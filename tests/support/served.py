"""`kith serve` as somebody runs it, and ways to kill it: a process that answers, their parent, the database."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from kith.foundations.database import EmbeddedServer

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 180  # seconds, on a busy machine
ENDS_WITHIN = 15


class Served:
    """The site on a free port, over an embedded database of its own, with its background worker.

    `how` are the words after `kith` that serve it: `serve`, or `demo serve` with a size and a day.
    """

    def __init__(self, home: Path, *how: str, within: float = STARTS_WITHIN) -> None:
        self.home, self.port, self.how, self.within = home, free_port(), how or ("serve",), within
        self.site = f"http://127.0.0.1:{self.port}"
        self.database = EmbeddedServer(home / "postgres")
        known = {name: value for name, value in os.environ.items() if not name.startswith(("KITH_", "DATABASE_"))}
        self.environment = known | {"KITH_HOME": str(home), "KITH_TESTING": "1", "KITH_DEMO": "1",
                                    "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *words: str) -> str:
        """Any Python of ours in this home, to its end."""
        done = subprocess.run(
            [sys.executable, *words], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    def kith(self, *words: str) -> str:
        return self.run("-m", "kith.config.cli", *words)

    def start(self) -> None:
        """As a service manager does: started, and started again where it ends, until it answers."""
        deadline = time.monotonic() + self.within
        while not self._answers():
            if self.process is None or self.process.poll() is not None:
                self.process = self._begin()
            assert time.monotonic() < deadline, (self.home / "served.log").read_text()[-3000:]
            time.sleep(0.1)

    def _begin(self) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "kith.config.cli", *self.how, "--port", str(self.port)]
        with open(self.home / "served.log", "ab") as log:
            return subprocess.Popen(words, env=self.environment, stdout=log, stderr=log, start_new_session=True)

    def _answers(self) -> bool:
        if self.process is None or self.process.poll() is not None or not self.answering():
            return False
        try:
            with urllib.request.urlopen(f"{self.site}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)
        self.database.stop()

    def answering(self) -> list[int]:
        """The processes that answer requests."""
        return [pid for pid in children_of(self.parent) if words_of(pid).startswith(b"granian")]

    def kill_one_that_answers(self, turn: int) -> None:
        """The parent starts another."""
        answering = self.answering()
        os.kill(answering[turn % len(answering)], signal.SIGKILL)

    def kill_the_background_worker(self) -> None:
        """Nothing that people send depends on it."""
        for pid in children_of(self.parent):
            if b"cli\0worker" in words_of(pid):
                os.kill(pid, signal.SIGKILL)

    def kill_the_parent(self) -> None:
        """What it started must end too: it would hold the port, and answer beside those started next."""
        assert self.process is not None
        started = children_of(self.parent)
        self.process.kill()
        self.process.wait(timeout=30)
        deadline = time.monotonic() + ENDS_WITHIN
        while left := [pid for pid in started if words_of(pid)]:
            assert time.monotonic() < deadline, f"left behind: {[words_of(pid) for pid in left]}"
            time.sleep(0.05)

    def kill_the_database(self) -> None:
        os.kill(int((self.database.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    @property
    def parent(self) -> int:
        assert self.process is not None
        return self.process.pid


def children_of(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return []  # it has ended


def words_of(pid: int) -> bytes:
    """How a process was called; nothing where it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
