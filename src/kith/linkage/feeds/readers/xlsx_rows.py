"""Spreadsheets, row by row: never opened before their declared sizes are seen to be sane."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.header import LOOK_IN, Header, MissingColumnsError, column_notes, find_header, is_header_again
from kith.linkage.feeds.readers.source import FAULT, ROW, FileError, fit, frame_of

BIGGEST = 2 << 30  # bytes that all parts may come to when unpacked
BIGGEST_STRINGS = 256 << 20  # the shared strings are held in memory
MOST_TIMES = 300  # how much bigger a large part may be unpacked than packed
SMALL = 20 << 20  # a part smaller than this may be packed as tightly as it likes
MOST_ROWS = 1_048_576
MOST_COLUMNS = 1_000
BATCH = 5_000


class XlsxSource:
    """A sheet of a workbook opened as a feed.

    Raises FileError where it is no workbook, or one that would unpack into a flood, and MissingColumnsError where no
    sheet fits.
    """

    def __init__(self, path: Path, definition: Definition) -> None:
        self.path, self.broken_off = path, ""
        self.notes: list[str] = []
        self.workbook = open_workbook(path)
        self.sheet, self.header = self._find_sheet(definition)
        self.columns = self.header.names
        self.notes += self.header.notes + column_notes(definition, self.columns)

    def _find_sheet(self, definition: Definition) -> tuple[str, Header]:
        wanted = definition.format.sheet or "*"
        names = [name for name in self.workbook.sheetnames if fnmatchcase(name.lower(), wanted.lower())]
        if not names:
            sheets = ", ".join(self.workbook.sheetnames)
            raise FileError(f'There is no sheet named "{wanted}"; the sheets are: {sheets}.')
        nearest: MissingColumnsError | None = None
        for name in names:
            try:
                return name, find_header(first_rows(self.workbook[name]), definition)
            except MissingColumnsError as missing:
                nearest = missing if nearest is None or len(missing.missing) < len(nearest.missing) else nearest
        raise nearest or FileError("The workbook has no sheet.")

    def batches(self) -> Iterator[pl.DataFrame]:
        width, rows, numbers, faults, again = len(self.columns), [], [], [], []
        for number, cells in sheet_rows(self.workbook[self.sheet]):
            if number <= self.header.row or not any(cells):
                continue
            if number > MOST_ROWS:
                self.broken_off = f"The sheet has more than {MOST_ROWS:,} rows; the rest was not read."
                break
            if is_header_again(cells, self.columns):
                again.append(number)
                continue
            fitted, fault = fit([*cells, *[None] * (width - len(cells))], width)
            rows.append(fitted)
            numbers.append(number)
            faults.append(fault)
            if len(rows) == BATCH:
                yield frame_of(self.columns, rows, numbers, faults)
                rows, numbers, faults = [], [], []
        if again:
            self.notes.append(f"The header is there again in row {again[0]}; such rows were passed over.")
        if rows:
            yield frame_of(self.columns, rows, numbers, faults)
        self.workbook.close()


def open_workbook(path: Path) -> Any:
    """The workbook, to be read row by row. Raises FileError where it is none, or a bomb."""
    try:
        with zipfile.ZipFile(path) as packed:
            _refuse_floods(packed.infolist())
        return openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except FileError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise FileError(
            f"This is not a spreadsheet that can be read ({type(error).__name__}: {str(error)[:120]})."
        ) from error


def _refuse_floods(parts: Sequence[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if total > BIGGEST:
        raise FileError(
            f"Unpacked, this workbook would be {total / 1e9:.1f} GB; a workbook may be {BIGGEST / 1e9:.1f} GB."
        )
    for part in parts:
        if part.file_size > SMALL and part.file_size > MOST_TIMES * max(part.compress_size, 1):
            times = part.file_size // max(part.compress_size, 1)
            raise FileError(
                f"A part of this workbook unpacks to {times:,} times its size, as only a trap would; not opened."
            )
        if part.filename.endswith("sharedStrings.xml") and part.file_size > BIGGEST_STRINGS:
            raise FileError("The texts of this workbook alone would fill the memory; send it as CSV.")


def first_rows(sheet: Any) -> list[list[str]]:
    """The sheet's first rows, as text, with empty ones in their places."""
    rows: list[list[str]] = []
    for number, cells in sheet_rows(sheet):
        if number > LOOK_IN:
            break
        rows += [[] for _ in range(number - len(rows) - 1)]
        rows.append([cell or "" for cell in cells])
    return rows


def sheet_rows(sheet: Any) -> Iterator[tuple[int, list[str | None]]]:
    """Each row's number and cells as text. The declared size of the sheet is not believed."""
    if not hasattr(sheet, "iter_rows"):  # a sheet that is a chart
        return
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=None), start=1):
        yield number, [as_text(cell) for cell in cells[:MOST_COLUMNS]]


def as_text(cell: Any) -> str | None:
    """A cell as text: whole numbers without a point, dates as ISO, a formula as its formula."""
    match cell:
        case None:
            return None
        case bool():
            return "yes" if cell else "no"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime():
            return cell.strftime("%Y-%m-%d" if cell.time() == time() else "%Y-%m-%d %H:%M:%S")
        case date():
            return cell.isoformat()
        case time():
            return cell.strftime("%H:%M:%S")
        case timedelta():
            minutes = int(cell.total_seconds()) // 60
            return f"{minutes // 60:02d}:{minutes % 60:02d}:00"
        case _:
            return str(getattr(cell, "text", cell)).replace("\x00", "").replace("_x000D_", "")


__all__ = ["FAULT", "ROW", "XlsxSource", "open_workbook"]
