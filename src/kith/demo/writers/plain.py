"""Delimited text, fixed width and JSON lines."""

import json
from io import StringIO
from pathlib import Path

import polars as pl

from kith.demo.feed import Shape


def write_delimited(frame: pl.DataFrame, shape: Shape, path: Path) -> None:
    """CSV and its cousins, with the agency's own separator, encoding, line ends and title lines."""
    text = StringIO()
    frame.write_csv(text, separator=shape.delimiter, quote_style=shape.quotes, line_terminator=shape.line_end)  # type: ignore[call-overload]
    title = "".join(line + shape.line_end for line in shape.title)
    body = (title + text.getvalue()).encode(shape.encoding, errors="replace")
    path.write_bytes((b"\xef\xbb\xbf" if shape.bom else b"") + body)


def write_fixed(frame: pl.DataFrame, shape: Shape, path: Path) -> None:
    """Fixed width: each column padded or cut to its width, no header."""
    columns = [
        pl.col(name).fill_null("").str.slice(0, width).str.pad_end(width)
        for name, width in zip(frame.columns, shape.widths, strict=True)
    ]
    lines = frame.select(pl.concat_str(columns))[:, 0].to_list()
    path.write_bytes("".join(line + shape.line_end for line in lines).encode(shape.encoding, errors="replace"))


def write_json_lines(frame: pl.DataFrame, shape: Shape, path: Path) -> None:
    """One JSON object a line, empty values left out as this kind of system does."""
    names = frame.columns
    with path.open("w", encoding="utf-8", newline="") as out:
        for row in frame.iter_rows():
            filled = {name: value for name, value in zip(names, row, strict=True) if value is not None}
            out.write(json.dumps(filled, ensure_ascii=False) + "\n")


def write_parts(frame: pl.DataFrame, shape: Shape, path: Path) -> None:
    """A document made of ready pieces: the title lines, a piece for each row, and the end."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("".join(line + "\n" for line in shape.title))
        out.writelines(piece + "\n" for piece in frame[:, 0])
        out.write(shape.root)
