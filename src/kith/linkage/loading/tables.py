"""Frames into temporary tables by COPY, and SQL in sets from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.db.backends.utils import CursorWrapper


def put(cursor: CursorWrapper, name: str, columns: Mapping[str, str], frame: pl.DataFrame) -> None:
    """A temporary table `name` of these columns (name → SQL type) with the frame's rows."""
    make(cursor, name, columns)
    if frame.height:
        listed = ", ".join(f'"{column}"' for column in columns)
        text = frame.select(list(columns)).write_csv(include_header=False, null_value="").encode()
        with cursor.copy(f"copy {name} ({listed}) from stdin with (format csv, null '')") as copy:
            copy.write(text)
    cursor.execute(f"analyze {name}")


def make(cursor: CursorWrapper, name: str, columns: Mapping[str, str]) -> None:
    """An empty temporary table, in place of an earlier one of the name."""
    typed = ", ".join(f'"{column}" {type_}' for column, type_ in columns.items())
    cursor.execute(f"drop table if exists pg_temp.{name}")
    cursor.execute(f"create temp table {name} ({typed}) on commit drop")


def put_query(cursor: CursorWrapper, name: str, query: str, values: Mapping[str, Any] | None = None) -> int:
    """A temporary table of what a query gives; returns how many rows."""
    cursor.execute(f"drop table if exists pg_temp.{name}")
    cursor.execute(f"create temp table {name} on commit drop as {query}", values)
    rows: int = cursor.rowcount
    cursor.execute(f"analyze {name}")
    return rows
