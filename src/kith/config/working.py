"""How the worker works: when its tables are up to date, losing no job, and no longer than its code stands."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, overload

import click
from procrastinate.contrib.django import procrastinate_app
from procrastinate.tasks import Task

import kith
from kith.config.health import what_is_wrong
from kith.config.tasks import NOT_KNOWN

START_AGAIN = 75  # the worker's exit code when its code has changed: whoever supervises it starts the new one
LOOKS_EVERY = float(os.environ.get("KITH_LOOKS_EVERY", "15"))  # seconds
LONGEST_PAUSE = 30.0  # seconds before a worker that keeps failing is started again
TO_END = 15  # seconds for the job at hand
AnyTask = Task[Any, Any, Any]


def work() -> int:
    """Do background work until told to stop, or until the code has changed. Answers the exit code."""
    from django.core.management import call_command  # noqa: PLC0415 - Django has been started by now

    watch = Watch(code_now, every=LOOKS_EVERY)
    threading.Thread(target=watch.until_changed, args=(_end_after_this_job,), daemon=True).start()
    _wait_for_tables()
    keep_what_is_not_known()
    call_command("procrastinate", "worker", "--delete-jobs", "successful")
    return START_AGAIN if watch.has_changed else 0


def _wait_for_tables() -> None:
    """An upgrade may not have come to them yet, and jobs would fail."""
    told = ""
    while wrong := what_is_wrong():
        if wrong != told:
            click.echo(f"Waiting. {wrong}", err=True)
        told = wrong
        time.sleep(LOOKS_EVERY)


def code_now() -> str:
    """A hash of which files Kith's code is, their sizes and times: another as soon as one of them is another."""
    seen = hashlib.sha256()
    for folder, inside, names in os.walk(Path(kith.__file__).parent):
        inside[:] = sorted(one for one in inside if one != "__pycache__")
        for name in sorted(names):
            known = os.stat(os.path.join(folder, name))
            seen.update(f"{folder}/{name} {known.st_size} {known.st_mtime_ns}\n".encode())
    return seen.hexdigest()


class Watch:
    """Looks until something is another than it was, and has stood still for one look: an upgrade takes a while."""

    def __init__(self, look: Callable[[], str], *, every: float) -> None:
        self.look, self.every = look, every
        self.has_changed = False

    def until_changed(self, then: Callable[[], None]) -> None:
        """Returns when it has changed and `then` was called."""
        first = before = self._seen()
        while not self.has_changed:
            time.sleep(self.every)
            now = self._seen()
            self.has_changed = now not in ("", first) and now == before
            before = now
        then()

    def _seen(self) -> str:
        try:
            return self.look()
        except OSError:
            return ""  # a file went while they were counted: nothing to go by


def _end_after_this_job() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


class KnownJobs(dict[str, AnyTask]):
    """The jobs of this code. A job that it does not know is put back for a worker that does, not failed."""

    @overload
    def get(self, name: str, default: None = None, /) -> AnyTask | None: ...
    @overload
    def get(self, name: str, default: Any, /) -> Any: ...
    def get(self, name: str, default: Any = None, /) -> Any:
        return super().get(name) or super().get(NOT_KNOWN, default)


def keep_what_is_not_known() -> None:
    """From now on this process puts jobs back that it does not know."""
    procrastinate_app.current_app.tasks = KnownJobs(procrastinate_app.current_app.tasks)


@contextmanager
def working_beside(*, wanted: bool) -> Iterator[None]:
    """A `kith worker` process as long as the block lasts, started again whenever it ends."""
    if not wanted:
        yield
        return
    keeper = _Keeper([sys.executable, "-m", "kith.config.cli", "worker"])
    try:
        yield
    finally:
        keeper.stop()


class _Keeper:
    """Keeps one process going. One that ends at once is started again after longer and longer pauses."""

    def __init__(self, words: list[str]) -> None:
        self.words, self.over, self.changing = words, threading.Event(), threading.Lock()
        self.process = self._begun(words)
        self.thread = threading.Thread(target=self._keep, daemon=True)
        self.thread.start()

    @staticmethod
    def _begun(words: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(words, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    def _keep(self) -> None:
        pause = 1.0
        while True:
            started = time.monotonic()
            self.process.wait()
            lasted = time.monotonic() - started
            pause = 1.0 if lasted > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            self.over.wait(pause)
            with self.changing:
                if self.over.is_set():
                    return
                self.process = self._begun(self.words)

    def stop(self) -> None:
        """Afterwards nothing is started any more, and the process has ended."""
        with self.changing:
            self.over.set()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.thread.join(timeout=TO_END)
