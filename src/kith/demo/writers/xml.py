"""XML as agencies' systems export it: a record element, and inside it the rows."""

from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import polars as pl

from kith.demo.feed import Shape


def write_xml(frame: pl.DataFrame, shape: Shape, path: Path) -> None:
    """Columns named `A` belong to the record; columns named `rows/…/A` repeat inside it for each row."""
    prefix = f"{shape.rows}/" if shape.rows else "//"
    outer = [name for name in frame.columns if not name.startswith(prefix)]
    inner = [name for name in frame.columns if name.startswith(prefix)]
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<{shape.root}>\n')
        for _, rows in groupby(frame.iter_rows(named=True), key=lambda row: row[frame.columns[0]]):
            out.write(_record(list(rows), outer, inner, shape))
        out.write(f"</{shape.root}>\n")


def _record(rows: list[dict[str, str | None]], outer: list[str], inner: list[str], shape: Shape) -> str:
    body = _elements(rows[0], outer, "    ")
    if inner:
        wrapper, item = shape.rows.split("/")
        items = "".join(f"      <{item}>\n{_elements(row, inner, '        ')}      </{item}>\n" for row in rows)
        body += f"    <{wrapper}>\n{items}    </{wrapper}>\n"
    return f"  <{shape.record}>\n{body}  </{shape.record}>\n"


def _elements(row: dict[str, str | None], names: list[str], indent: str) -> str:
    filled = [(name.split("/")[-1], row[name]) for name in names if row[name] not in (None, "")]
    return "".join(f"{indent}<{name}>{escape(str(value))}</{name}>\n" for name, value in filled)
