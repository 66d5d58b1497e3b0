"""Run before all tests: their own server need not outlive a power cut, so none of its statements waits for the disk.

Only for the server of `scripts/test.sh`, which nothing but tests uses: `python -m tests.support.losable FOLDER`.
Those that tests kill keep the settings of the service. After a power cut `make clean` makes another.
"""

from __future__ import annotations

import sys
from pathlib import Path

import psycopg

from kith.foundations.database import EmbeddedServer

WAITED_FOR = ("fsync", "synchronous_commit", "full_page_writes", "wal_compression")


def make_losable(server: EmbeddedServer) -> None:
    """Start the server where it does not run, and let it lose what it holds if the machine goes down."""
    server.ensure()
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        for name in WAITED_FOR:
            connection.execute(f"alter system set {name} = off")
        connection.execute("select pg_reload_conf()")


if __name__ == "__main__":
    make_losable(EmbeddedServer(Path(sys.argv[1]).resolve()))
