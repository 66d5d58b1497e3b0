"""Frames into temporary tables by COPY, and SQL in sets from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.db.backends.utils import CursorWrapper

ENOUGH_TO_PLAN = 500  # rows above which the planner should know how many there are


def put(cursor: CursorWrapper, name: str, columns: Mapping[str, str], frame: pl.DataFrame) -> None:
    """A temporary table `name` of these columns (name → SQL type) with the frame's rows."""
    make(cursor, name, columns)
    copy(cursor, name, columns, frame)
    if frame.height > ENOUGH_TO_PLAN:
        cursor.execute(f"analyze {name}")


def copy(cursor: CursorWrapper, name: str, columns: Mapping[str, str], frame: pl.DataFrame) -> None:
    """The frame's rows into a table that is there."""
    if not frame.height:
        return
    listed = ", ".join(f'"{column}"' for column in columns)
    text = frame.select(list(columns)).write_csv(include_header=False, null_value="").encode()
    with cursor.copy(f"copy {name} ({listed}) from stdin with (format csv, null '')") as copying:
        copying.write(text)


def make(cursor: CursorWrapper, name: str, columns: Mapping[str, str]) -> None:
    """An empty temporary table, in place of an earlier one of the name."""
    typed = ", ".join(f'"{column}" {type_}' for column, type_ in columns.items())
    cursor.execute(f"drop table if exists pg_temp.{name}; create temp table {name} ({typed}) on commit drop")


def put_query(cursor: CursorWrapper, name: str, query: str, values: Mapping[str, Any] | None = None) -> int:
    """A temporary table of what a query gives; returns how many rows."""
    cursor.execute(f"drop table if exists pg_temp.{name}; create temp table {name} on commit drop as {query}", values)
    rows: int = cursor.rowcount
    if rows > ENOUGH_TO_PLAN:
        cursor.execute(f"analyze {name}")
    return rows
