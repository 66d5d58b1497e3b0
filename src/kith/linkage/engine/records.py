"""The input contract: what columns a table of records may have, and how it is read."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import duckdb
import pyarrow as pa

TEXT_FIELDS = (
    "first_name",
    "middle_names",
    "last_name",
    "known_as",
    "former_last_name",
    "sex",
    "nhs_number",
    "upn",
    "postcode",
    "address",
    "phone",
    "email",
)
FIELDS = (*TEXT_FIELDS, "date_of_birth")
Records: TypeAlias = pa.Table | Path | str


class RecordsUnusableError(ValueError):
    """The table cannot be linked, with the reason in words."""


def read_records(con: duckdb.DuckDBPyConnection, records: Records, into: str, *, first_number: int = 0) -> int:
    """Create table `into` with every contract column (missing ones null) and a row number `n`; returns the rows."""
    source = _as_relation(con, records, into)
    present = {name for name, *_ in con.execute(f"describe select * from {source}").fetchall()}
    if "record_id" not in present:
        raise RecordsUnusableError("The records have no column record_id.")
    columns = [_column_sql(name, name in present) for name in ("source", *FIELDS)]
    con.execute(f"""create or replace table {into} as
        select (row_number() over () - 1 + {first_number})::integer as n, record_id::varchar as record_id,
        {", ".join(columns)} from {source}""")
    return _checked_count(con, into)


def _as_relation(con: duckdb.DuckDBPyConnection, records: Records, into: str) -> str:
    if isinstance(records, pa.Table):
        con.register(f"{into}_given", records)
        return f"{into}_given"
    path = Path(records)
    if not path.exists():
        raise RecordsUnusableError(f"There is no file {path}.")
    return f"read_parquet('{str(path).replace(chr(39), chr(39) * 2)}')"


def _column_sql(name: str, present: bool) -> str:
    kind = "date" if name == "date_of_birth" else "varchar"
    if not present:
        return f"null::{kind} as {name}"
    return f"try_cast({name} as date) as {name}" if kind == "date" else f"{name}::varchar as {name}"


def _checked_count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    rows, ids, empty = con.execute(
        f"select count(*), approx_count_distinct(record_id), count(*) filter (record_id is null) from {table}"
    ).fetchall()[0]
    if empty:
        raise RecordsUnusableError(f"{empty} records have no record_id.")
    if ids < rows * 0.9 or rows < 100_000:
        twice = con.execute(f"select record_id from {table} group by 1 having count(*) > 1 limit 1").fetchall()
        if twice:
            raise RecordsUnusableError(f"The record_id {twice[0][0]!r} is used more than once.")
    return int(rows)
