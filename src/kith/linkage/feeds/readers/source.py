"""What every reader gives: the rows of a file as text, batch by batch, never the whole file at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import polars as pl

ROW = "_row"  # the row's number as the agency would count it in the file
FAULT = "_fault"  # why the row cannot be read at all, in words; null where it can
BATCH_ROWS = 20_000
LONGEST_CELL = 100_000  # characters


class FileError(ValueError):
    """The file cannot be read at all; the message says why in words for the agency."""


class Source(Protocol):
    """A file opened as one feed. `notes` and `broken_off` are complete once the batches have been read."""

    columns: tuple[str, ...]
    notes: list[str]
    broken_off: str

    def batches(self) -> Iterator[pl.DataFrame]:
        """Frames of the file's columns as text, with ROW and FAULT."""
        ...


def frame_of(
    columns: Sequence[str], rows: Sequence[Sequence[str | None]], numbers: Sequence[int], faults: Sequence[str | None]
) -> pl.DataFrame:
    """Rows of cells as a frame; every row must have as many cells as there are columns."""
    cells: list[Sequence[str | None]] = list(zip(*rows, strict=True)) if rows else [() for _ in columns]
    data: dict[str, object] = {name: list(column) for name, column in zip(columns, cells, strict=True)}
    schema = dict.fromkeys(columns, pl.String) | {ROW: pl.Int64, FAULT: pl.String}
    return pl.DataFrame(data | {ROW: list(numbers), FAULT: list(faults)}, schema=schema)


def fit(cells: Sequence[str | None], width: int) -> tuple[list[str | None], str | None]:
    """A row of just `width` cells, and what was wrong with it: too few, too many, or a giant among them."""
    fault = None
    more = [cell for cell in cells[width:] if cell and cell.strip()]
    if len(cells) < width:
        fault = f"This row has {len(cells)} cells where the header has {width}; it may be cut off."
    elif more:
        fault = f"This row has {len(cells)} cells where the header has {width}; a separator may stand inside a text."
    fitted = [*cells[:width], *([None] * (width - len(cells)))]
    for place, cell in enumerate(fitted):
        if cell is not None and len(cell) > LONGEST_CELL:
            fault = f"Cell {place + 1} has {len(cell):,} characters; a cell may have {LONGEST_CELL:,}."
            fitted[place] = cell[:1000]
    return fitted, fault
