"""Writers: a table in one agency's shape becomes one file, byte for byte the same each time."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from kith.demo.feed import Shape
from kith.demo.writers.plain import write_delimited, write_fixed, write_json_lines, write_parts
from kith.demo.writers.sheets import write_sheet
from kith.demo.writers.xml import write_xml

WRITERS: dict[str, Callable[[pl.DataFrame, Shape, Path], None]] = {
    "csv": write_delimited,
    "fixed": write_fixed,
    "jsonl": write_json_lines,
    "parts": write_parts,
    "xlsx": write_sheet,
    "xml": write_xml,
}


def write(frame: pl.DataFrame, shape: Shape, path: Path) -> None:
    """Write the table in its shape."""
    path.parent.mkdir(parents=True, exist_ok=True)
    WRITERS[shape.kind](frame, shape, path)
