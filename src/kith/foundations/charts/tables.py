"""The table that stands beside every picture and holds all that it shows."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from kith.foundations.charts.numbers import Cell, Hidden, Shape, guarded, told, written

CARDS_FROM, CARDS_TO = 4, 11  # columns


@dataclass(frozen=True)
class Table:
    """`rows` have as many cells as there are `columns`; the first cell of a row is its name. `shapes` say of each
    column how its numbers are written ("signed percent"), `notes` stand under the table. Raises ValueError."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit: str = ""
    shapes: tuple[Shape, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        wrong = [number for number, row in enumerate(self.rows, 1) if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"Rows {wrong} of “{self.caption}” do not have {len(self.columns)} cells.")

    def shape(self, column: int) -> Shape:
        """How the numbers of a column (from 0) are written."""
        return self.shapes[column] if column < len(self.shapes) else ""

    def is_of_numbers(self, column: int) -> bool:
        """Whether a column (from 0) holds numbers, shown or not; else it holds words."""
        return column > 0 and any(isinstance(row[column], (int, float, Hidden)) for row in self.rows)

    def is_cards(self) -> bool:
        """Whether a phone shows each row as a card: too many columns to stand side by side, not so many as a week's
        hours, which are read across."""
        return CARDS_FROM <= len(self.columns) <= CARDS_TO

    def told(self) -> list[list[str]]:
        """All cells in words."""
        return [[told(cell, shape=self.shape(column)) for column, cell in enumerate(row)] for row in self.rows]

    def csv(self) -> str:
        """One line a row under the columns' names; no cell that a spreadsheet would take for a formula."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([guarded(name) for name in self.columns])
        writer.writerows([[guarded(written(cell)) for cell in row] for row in self.rows])
        return text.getvalue()
