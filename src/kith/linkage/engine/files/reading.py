"""Read a CSV (or Parquet) that somebody else wrote, as text, or say why it cannot be read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
DELIMITERS = ",;\t|"


class FileUnreadableError(ValueError):
    """The file cannot be read, with the reason in words."""


def read_file(path: Path | str) -> pa.Table:
    """Every column as text, names trimmed. Raises FileUnreadableError."""
    path = Path(path)
    if not path.is_file():
        raise FileUnreadableError(f"There is no file {path}.")
    if path.suffix.lower() == ".parquet":
        return _as_text(pq.read_table(path))
    return _read_csv(path, _decoded(path))


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    if b"\x00" in raw[:1000] and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise FileUnreadableError(f"{path} is not a text file. Save the sheet as CSV first.")
    for encoding in ENCODINGS:
        if encoding == "utf-16" and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadableError(f"{path} is in an encoding this program does not know. Save it as CSV UTF-8.")


def _read_csv(path: Path, text: str) -> pa.Table:
    if not text.strip():
        raise FileUnreadableError(f"{path} is empty.")
    first_line = text.lstrip().split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    header = [name.strip() for name in next(rows)]
    if len(set(header)) != len(header):
        raise FileUnreadableError(f"{path} has two columns of one name. Rename one.")
    width = len(header)
    body = [(row + [""] * width)[:width] for row in rows if any(cell.strip() for cell in row)]
    if not body:
        raise FileUnreadableError(f"{path} has a heading but no rows.")
    columns = zip(*body, strict=True)
    return pa.table(
        {
            name: pa.array([cell.strip() or None for cell in cells], pa.string())
            for name, cells in zip(header, columns, strict=True)
        }
    )


def _as_text(table: pa.Table) -> pa.Table:
    return pa.table({name: table[name].cast(pa.string()) for name in table.column_names})
