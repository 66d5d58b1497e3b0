"""Serving the site, and the worker beside it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kith.config.with_parent import end_with_parent, name_the_parent
from kith.foundations.starting import start_django

THREADS = 8  # for each process: requests wait for PostgreSQL far more than they compute


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--processes", type=int, default=2, show_default=True)
@click.option("--worker/--no-worker", default=True, help="Also do background work here.", show_default=True)
def serve(host: str, port: int, processes: int, worker: bool) -> None:
    """Serve the site: database started, tables made, styles gathered. Ctrl-C stops all of it."""
    refuse_a_taken_port(host, port)
    start_django()
    prepare()
    click.echo(f"Kith is served at http://{host}:{port}/ (stop with Ctrl-C)")
    serve_site(host=host, port=port, processes=processes, worker=worker)


@click.command()
def worker() -> None:
    """Do background work until stopped: seal the audit, link, expire access.

    It ends itself after the job at hand, with exit code 75, when Kith's code has changed: start it again.
    """
    start_django()
    from kith.config.working import work

    end_with_parent()
    click.echo("Working. Stop with Ctrl-C.")
    sys.exit(work())


def prepare() -> None:
    """Tables made or brought up to date, and static files gathered. Raises ClickException where none were built."""
    from django.contrib.staticfiles import finders
    from django.core.management import call_command

    if finders.find("built/kith.css") is None:
        raise click.ClickException("The styles are not built yet: run `make assets`.")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    _finish_killed_loads()


def _finish_killed_loads() -> None:
    """The worker's next job, if it is not waiting already."""
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    from kith.linkage.tasks import FINISH_LOADS

    with contextlib.suppress(AlreadyEnqueued):
        app.configure_task(FINISH_LOADS, queueing_lock=FINISH_LOADS).defer(timestamp=0)


def serve_site(
    *,
    host: str,
    port: int,
    processes: int = 2,
    worker: bool = True,
    beside: contextlib.AbstractContextManager[object] | None = None,
) -> None:
    """Serve until told to stop; then stop the worker, and the embedded database if nobody else is using it.

    `beside` is entered as the serving begins, and left before the database is stopped.
    """
    from granian import Granian
    from granian.constants import Interfaces

    from kith.config.working import working_beside

    refuse_a_taken_port(host, port)
    name_the_parent()
    # Each starts afresh: polars' threads, if used here to load the demonstration, would stand still in a forked copy.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "kith.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        backpressure=THREADS * 32,
        workers_kill_timeout=10,
        log_enabled=bool(os.environ.get("KITH_SERVER_LOG")),
        respawn_failed_workers=True,
    )
    with _embedded_database_released(), working_beside(wanted=worker), beside or contextlib.nullcontext():
        server.serve()


def refuse_a_taken_port(host: str, port: int) -> None:
    """The server would share a port with whoever listens there, and each would get half of the visitors."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as taken:
            reason = taken.strerror or str(taken)
            raise click.ClickException(f"Cannot serve at {host}:{port}: {reason}. Choose another --port.") from taken


@contextlib.contextmanager
def _embedded_database_released() -> Iterator[None]:
    """Afterwards the embedded database is stopped, unless another process is using it or it is not ours."""
    from django.conf import settings

    from kith.foundations.database import EmbeddedServer

    try:
        yield
    finally:
        if not os.environ.get("DATABASE_URL") and not _others_are_using_it():
            EmbeddedServer(Path(settings.HOME) / "postgres").stop()


def _others_are_using_it() -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_stat_activity"
            " where backend_type = 'client backend' and pid <> pg_backend_pid())"
        )
        used = bool(cursor.fetchone()[0])
    connection.close()
    return used
