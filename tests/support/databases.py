"""Databases that tests copy, use for a while and drop."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, connections
from psycopg import sql


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
    with served() as server:
        server.execute(statement)


@contextmanager
def served() -> Iterator[psycopg.Connection[Any]]:
    """A connection to the server itself, each of whose statements stands at once."""
    given: dict[str, Any] = connection.settings_dict
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        address = {"host": given["HOST"], "port": given["PORT"] or None, "user": given["USER"] or None}
        with psycopg.connect(
            dbname="postgres", password=given["PASSWORD"] or None, autocommit=True, **address
        ) as server:
            yield server
