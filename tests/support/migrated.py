"""The migrated, empty database that every test database is copied from: migrated once for each state of the migrations.

Its name holds a hash of all that migrations are made of, so a changed migration, or anything that one imports, makes
another. Processes that want the same one at once wait for whoever makes it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection

from tests.support.databases import copy_database, drop_database, served, using_database

OURS = Path(__file__).resolve().parents[2] / "src" / "kith"
ONE_AT_A_TIME = 7_416_101  # an advisory lock's number
KEPT = 3  # of earlier states, the newest: another run may be using one
NAMED = "kith_migrated_"
THEIRS = ("django", "django-allauth", "procrastinate")  # whose migrations there are too
IMPORTED = re.compile(r"^(?:from|import) (kith[\w.]*)", re.MULTILINE)


def migrated_database() -> str:
    """The name of the database to copy from, made where there is none. Nobody stays connected to it."""
    name = f"{NAMED}{_state()[:16]}"
    with _alone() as server:
        rows = server.execute("select datname from pg_database where datname like %s order by oid desc", [f"{NAMED}%"])
        known = [row[0] for row in rows.fetchall()]
        if name not in known:
            _make(name)
            for old in known[KEPT:]:
                drop_database(old)
    return name


def _make(name: str) -> None:
    """Under another name until it is whole, so that a killed run leaves no half of one."""
    making = f"making_{name}"
    copy_database("template1", making)
    with using_database(making):
        call_command("migrate", verbosity=0)
    with served() as server:
        server.execute(f'alter database "{making}" rename to "{name}"')


@contextmanager
def _alone() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with served() as server:
        server.execute("select pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        yield server  # the lock goes with the connection


def _state() -> str:
    """A hash of every migration of ours, of every module of ours that they import, and of whose theirs are."""
    told = hashlib.sha256(repr([(name, metadata.version(name)) for name in THEIRS]).encode())
    told.update(repr(connection.settings_dict["USER"]).encode())
    for file in sorted(_reached(OURS.glob("**/migrations/*.py"))):
        told.update(file.relative_to(OURS).as_posix().encode() + file.read_bytes())
    return told.hexdigest()


def _reached(begun: Iterator[Path]) -> set[Path]:
    found, waiting = set(), list(begun)
    while waiting:
        if (file := waiting.pop()) not in found:
            found.add(file)
            waiting += [path for name in IMPORTED.findall(file.read_text()) if (path := _file_of(name))]
    return found


def _file_of(module: str) -> Path | None:
    spec = find_spec(module)
    return Path(spec.origin) if spec and spec.origin else None
