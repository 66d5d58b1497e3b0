"""A real server over a real database for each journey.

The audit's tables refuse to be emptied, as they should, so no journey cleans up: each has a database of its own,
copied from the migrated test database in a moment, and dropped when it ends. Pages are served by threads of this
process over committed data, each request under row security in its own transaction, as in service.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from django.test.testcases import LiveServerThread
from psycopg import sql


class _NoStaticHandler:
    """Static files are served by the site itself, as in service."""

    def __new__(cls, application: WSGIHandler) -> WSGIHandler:  # type: ignore[misc]
        return application


def as_in_service(collected: Path) -> override_settings:
    """Styles and scripts packed and with their hash in the name, so that pages weigh what they weigh for people."""
    return override_settings(STATIC_ROOT=collected, WHITENOISE_USE_FINDERS=False)


def collect_static(collected: Path) -> None:
    with as_in_service(collected):
        call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def running_server(collected: Path) -> Iterator[str]:
    """The site on a free port of this machine; yields its address."""
    import_module(settings.ROOT_URLCONF)  # so that the first page waits for no import
    thread = LiveServerThread("127.0.0.1", static_handler=_NoStaticHandler)
    thread.daemon = True
    with as_in_service(collected):
        thread.start()
        thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()


@contextmanager
def migrated_database(name: str) -> Iterator[str]:
    """A database with every table and nothing in them, to copy from; nobody stays connected to it."""
    copy_database("template1", name)
    with using_database(name):
        call_command("migrate", verbosity=0)
    try:
        yield name
    finally:
        drop_database(name)


@contextmanager
def copied_database(template: str, name: str) -> Iterator[str]:
    """A database copied from `template`, used by every connection of this process while it lasts."""
    copy_database(template, name)
    with using_database(name):
        yield name
    drop_database(name)


@contextmanager
def using_database(name: str) -> Iterator[None]:
    """Every connection of this process, in every thread, goes to this database."""
    default = connections.databases["default"]
    before = default["NAME"]
    connections.close_all()
    default["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        default["NAME"] = connection.settings_dict["NAME"] = before


def copy_database(template: str, name: str) -> None:
    """Copy a database to which nobody is connected, replacing an older one of the name."""
    drop_database(name)
    _run(sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template)))


def drop_database(name: str) -> None:
    _run(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def name_for(purpose: str) -> str:
    """A name no other test process uses at the same time."""
    return f"kith_{purpose}_{os.getpid()}"


def _run(statement: sql.Composed) -> None:
    given: dict[str, Any] = connection.settings_dict
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        address = {"host": given["HOST"], "port": given["PORT"] or None, "user": given["USER"] or None}
        with psycopg.connect(
            dbname="postgres", password=given["PASSWORD"] or None, autocommit=True, **address
        ) as server:
            server.execute(statement)
