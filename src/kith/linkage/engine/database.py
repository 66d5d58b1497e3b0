"""The engine's own DuckDB connections."""

from __future__ import annotations

from pathlib import Path

import duckdb


def connect(path: Path | str = ":memory:") -> duckdb.DuckDBPyConnection:
    """A connection that keeps quiet: progress is told in our own words, or not at all."""
    con = duckdb.connect(str(path))
    con.execute("set enable_progress_bar = false")
    return con
