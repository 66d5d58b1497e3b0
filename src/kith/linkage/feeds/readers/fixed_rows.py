"""Fixed width: each line is a row, each column a stretch of characters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl

from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.encoding import choose_encoding
from kith.linkage.feeds.header import needed_columns
from kith.linkage.feeds.keeping import TextFacts
from kith.linkage.feeds.readers.source import BATCH_ROWS, FAULT, LONGEST_CELL, ROW

LINE = "line"


class FixedSource:
    """A fixed width file opened as a feed."""

    def __init__(self, path: Path, definition: Definition, text: TextFacts) -> None:
        self.path, self.broken_off = path, ""
        self.skip = definition.format.header_row
        self.encoding, self.notes = choose_encoding(definition.format.encoding, text)
        self.spans = dict.fromkeys(span for column in definition.columns for span in column.spans)
        self.shortest = max((last for c in needed_columns(definition) for _, last in c.spans[-1:]), default=0)
        self.columns = (LINE, *(f"{first}-{last}" for first, last in self.spans))

    def batches(self) -> Iterator[pl.DataFrame]:
        with open(self.path, encoding=self.encoding, errors="replace", newline=None) as handle:
            number = len(list(islice(handle, self.skip)))
            while lines := [line.rstrip("\n") for line in islice(handle, BATCH_ROWS)]:
                numbers = range(number + 1, number + len(lines) + 1)
                number += len(lines)
                frame = self._frame(lines, numbers)
                if frame.height:
                    yield frame

    def _frame(self, lines: list[str], numbers: range) -> pl.DataFrame:
        whole = pl.DataFrame(
            {LINE: [line.replace("\x00", "")[:LONGEST_CELL] for line in lines], ROW: list(numbers)},
            schema={LINE: pl.String, ROW: pl.Int64},
        ).filter(pl.col(LINE).str.strip_chars() != "")
        length = pl.col(LINE).str.strip_chars_end().str.len_chars()
        words = pl.format(
            "This line has {} characters; the columns that must be there reach to {}.", length, self.shortest
        )
        return whole.select(
            LINE,
            *[
                pl.col(LINE).str.slice(first - 1, last - first + 1).alias(f"{first}-{last}")
                for first, last in self.spans
            ],
            ROW,
            pl.when(length < self.shortest * 0.5).then(words).alias(FAULT),
        )
