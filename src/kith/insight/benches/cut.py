"""Five million rows out of PostgreSQL into Parquet, ordered and hashed, beside ADBC's own in the same run.

The table is one of the database's own schema for the bench and is dropped afterwards.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from adbc_driver_postgresql import dbapi
from django.db import connection

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.row_security import SERVED_ROLE
from kith.foundations.database.address import url_of
from kith.insight.engine.cutting import one_look, take, write_table
from kith.insight.engine.star import Extract

TABLE = "bench_cut"
MAKE = f"""
create unlogged table {TABLE} as
  select n as event, 'code' || lpad((n * 7919 %% 240000)::text, 8, '0') as child, n %% 3 = 0 as is_child,
    (array['contact', 'referral', 'crime-victim', 'suspension', 'school-worry'])[1 + (n %% 5)::int] as kind,
    (array['Threats', 'abuse or neglect', '', 'police'])[1 + (n %% 4)::int] as what,
    date '2024-01-01' + (n %% 1000)::int as day, (n * 37 %% 1440)::int as minute,
    case when n %% 10 = 0 then null else 'place' || (n %% 60) end as place
  from generate_series(1, %s::bigint) n;
grant select on {TABLE} to {SERVED_ROLE};
analyze {TABLE};
"""
QUESTION = f"select * from {TABLE}"


def run(rows: int) -> dict[str, Any]:
    """The table, and what was done in words."""
    job, url = system_viewer("cuts"), url_of(connection.settings_dict)
    with connection.cursor() as cursor:
        cursor.execute(f"drop table if exists {TABLE}")
        cursor.execute(MAKE, [rows])
    try:
        with tempfile.TemporaryDirectory(prefix="kith-bench-") as home:
            theirs = _adbc(url, Path(home) / "theirs.parquet")
            ours = _ours(url, job.pk, Path(home) / "ours.parquet")
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"drop table {TABLE}")
    table = [
        {
            "work": f"{rows:,} rows, in order, hashed, as a named job",
            "seconds": round(ours, 1),
            "of ADBC": round(ours / theirs, 2),
        },
        {"work": "ADBC's columns written as Parquet as they come", "seconds": round(theirs, 1), "of ADBC": 1.0},
    ]
    return {"rows": table, "notes": ["Goal 1.1 times ADBC. Ours also puts the rows in order and hashes the file."]}


def _adbc(url: str, path: Path) -> float:
    started = time.perf_counter()
    with dbapi.connect(url) as there, there.cursor() as cursor:
        cursor.execute(QUESTION)
        pq.write_table(cursor.fetch_arrow_table(), path, compression="zstd")
    return time.perf_counter() - started


def _ours(url: str, viewer: int, path: Path) -> float:
    started = time.perf_counter()
    with one_look(url, viewer, SERVED_ROLE) as cursor:
        taken = take(cursor, {"bench": Extract(QUESTION, ("event",))})
    write_table(path, taken["bench"])
    return time.perf_counter() - started
