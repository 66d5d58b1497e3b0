"""What `kith serve` starts ends with it, however it ended: a process left behind would hold the port and answer on."""

from __future__ import annotations

import os
import signal
import threading
import time

SERVED_BY = "KITH_SERVED_BY"  # set for the processes that `kith serve` starts: its own number
LOOKS_EVERY = 0.25  # seconds
TO_FINISH = 10  # seconds for requests under way


def name_the_parent() -> None:
    """Called by `kith serve` before it starts the others."""
    os.environ[SERVED_BY] = str(os.getpid())


def end_with_parent() -> None:
    """Called by each process that `kith serve` starts; elsewhere it does nothing."""
    parent = os.environ.get(SERVED_BY, "")
    if parent.isdigit():
        threading.Thread(target=_end_without, args=(int(parent),), daemon=True).start()


def _end_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOKS_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(TO_FINISH)
    os._exit(1)
