"""Spreadsheets as people make them: a title, a note, headings merged over groups of columns, real Excel dates."""

from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from kith.demo.feed import Shape

MADE = datetime(2020, 1, 1)  # noqa: DTZ001  (spreadsheets know no time zone) the file's own 'created' date, fixed so that the bytes are


def write_sheet(frame: pl.DataFrame, shape: Shape, path: Path) -> None:
    """One workbook with one filled sheet, and a notes sheet after it."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False})
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet(shape.sheet)
    bold = book.add_format({"bold": True})
    row = _title(sheet, shape, bold)
    row = _groups(book, sheet, shape, row)
    sheet.write_row(row, 0, frame.columns, bold)
    for number, values in enumerate(frame.iter_rows(), start=row + 1):
        _cells(book, sheet, number, values)
    book.add_worksheet("Notes").write(0, 0, "Please tell us if a row looks wrong.")
    book.close()


def _title(sheet: Any, shape: Shape, bold: Any) -> int:
    for number, line in enumerate(shape.title):
        sheet.write(number, 0, line, bold)
    return len(shape.title)


def _groups(book: Any, sheet: Any, shape: Shape, row: int) -> int:
    """A row of headings merged over the columns they group."""
    if not shape.groups:
        return row
    middle, column = book.add_format({"align": "center", "bold": True}), 0
    for name, members in groupby(shape.groups):
        width = len(list(members))
        if width > 1:
            sheet.merge_range(row, column, row, column + width - 1, name, middle)
        else:
            sheet.write(row, column, name, middle)
        column += width
    return row + 1


def _cells(book: Any, sheet: Any, row: int, values: tuple[object, ...]) -> None:
    for column, value in enumerate(values):
        if value is None:
            continue
        if isinstance(value, date | datetime):
            sheet.write_datetime(row, column, value)
        elif isinstance(value, str) and value.startswith("="):
            sheet.write_formula(row, column, value, None, "#NAME?")
        else:
            sheet.write(row, column, value)
