"""Homes with a database of their own that has every table: `kith setup` makes one for each run, the others copy it.

A home is what a test may kill, so each has its own server; only the tables, which nobody kills, are made once. The
processes of one run share the copy; whoever needs it first makes it while the others wait.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
from pathlib import Path

import pytest

from kith.foundations.database import EmbeddedServer
from tests.support.served import Served

MADE, DONE = "home-with-tables", "done"
SOCKETS = "unix_socket_directories"


def copy_of_a_home(folder: Path, temporary: pytest.TempPathFactory) -> Served:
    """A site in `folder`, which must not be there yet: its database has every table and nothing in them, and stands
    still until it is asked for.
    """
    subprocess.run(["cp", "--archive", str(_made_once(_of_the_run(temporary))), str(folder)], check=True)
    copied = Served(folder)
    _find_its_own_socket(copied.database)
    return copied


def _made_once(shared: Path) -> Path:
    home = shared / MADE
    with open(shared / f"{MADE}.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not (shared / f"{MADE}.{DONE}").exists():
            _make(home)
            (shared / f"{MADE}.{DONE}").touch()
    return home


def _make(home: Path) -> None:
    home.mkdir()
    made = Served(home)
    try:
        made.kith("setup")
    finally:
        made.stop()


def _of_the_run(temporary: pytest.TempPathFactory) -> Path:
    """A folder that every process of this run sees, and no other run."""
    own = temporary.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _find_its_own_socket(server: EmbeddedServer) -> None:
    """Where a server listens follows from where it lies, and a copy lies elsewhere."""
    file = server.data / "postgresql.conf"
    lines = file.read_text().splitlines(keepends=True)
    told = [line for line in lines if line.startswith(SOCKETS)]
    assert len(told) == 1, told
    file.write_text("".join(f"{SOCKETS} = '{server.socket}'\n" if line in told else line for line in lines))
