"""A paper as a spreadsheet: a sheet about it, a sheet of its words, and a real table on a sheet of its own for each."""

from __future__ import annotations

import io
import re
from datetime import UTC
from typing import Any

import xlsxwriter

from kith.foundations.charts import Shape, Table
from kith.foundations.charts.canvas import NOT_XML
from kith.foundations.papers.packing import repacked
from kith.foundations.papers.page import captioned
from kith.foundations.papers.paper import Bullets, Drawing, Heading, Paper, Words

NUMBERS: dict[Shape, str] = {
    "": "#,##0.#",
    "signed": "+#,##0.#;-#,##0.#;0",
    "percent": '#,##0.0"%"',
    "signed percent": '+#,##0.0"%";-#,##0.0"%";0.0"%"',
}
WHOLE: dict[Shape, str] = NUMBERS | {"": "#,##0", "signed": "+#,##0;-#,##0;0"}
LONGEST_NAME = 31
NO_COMMANDS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def write(paper: Paper) -> bytes:
    """The workbook. No text in it is a formula or a link."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, NO_COMMANDS)
    made = paper.made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties(
        {"title": _(paper.title), "author": _(paper.made_by), "subject": _(paper.marking), "created": made}
    )
    tables = paper.tables()
    names = sheet_names([table.caption for table in tables])
    _about(book, paper, list(zip(names, tables, strict=True)))
    _words(book, paper)
    for number, (name, table) in enumerate(zip(names, tables, strict=True), 1):
        _table(book, paper, name, table, number)
    book.close()
    return repacked(out.getvalue())


def _(text: str) -> str:
    return NOT_XML.sub("", text)


def sheet_names(captions: list[str]) -> list[str]:
    """A sheet's name for each caption: within 31 letters, without the signs that are refused, none twice."""
    found: list[str] = []
    for number, caption in enumerate(captions, 1):
        plain = re.sub(r"[\[\]:*?/\\']+", " ", _(caption)).strip()[: LONGEST_NAME - 4].strip() or "Table"
        found.append(f"{number} {plain}"[:LONGEST_NAME])
    return found


def _about(book: Any, paper: Paper, tables: list[tuple[str, Table]]) -> None:
    sheet = book.add_worksheet("About")
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    lines = [("Title", paper.title), ("Marking", paper.marking), *paper.facts()]
    for name, table in tables:
        lines += [(f"Sheet “{name}”", captioned(table)), *(("Note", note) for note in table.notes)]
    for row, (name, words) in enumerate(lines):
        sheet.write_string(row, 0, _(name), bold)
        sheet.write_string(row, 1, _(words), wrapped)
    sheet.set_header(f"&L&B{_header(paper.marking)}")


def _words(book: Any, paper: Paper) -> None:
    """Headings and paragraphs, so that the numbers are not read without what was said about them."""
    sheet = book.add_worksheet("Words")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 110)
    for row, (words, is_heading) in enumerate(_said(paper)):
        sheet.write_string(row, 0, _(words), bold if is_heading else wrapped)


def _said(paper: Paper) -> list[tuple[str, bool]]:
    said: list[tuple[str, bool]] = []
    for part in paper.parts:
        if isinstance(part, Heading):
            said.append((part.words, True))
        elif isinstance(part, Words):
            said.append((part.words, False))
        elif isinstance(part, Bullets):
            said += [(f"• {item}", False) for item in part.items]
        elif isinstance(part, Drawing):
            said += [(part.picture.title, True), (part.picture.sentence, False)]
    return said or [("There are no words in this document.", False)]


def _table(book: Any, paper: Paper, name: str, table: Table, number: int) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_header(f"&L&B{_header(paper.marking)}")
    sheet.freeze_panes(1, 1)
    columns = [{"header": head} for head in _heads(table)]
    last = max(1, len(table.rows))
    sheet.add_table(0, 0, last, len(columns) - 1, {"columns": columns, "name": f"Table{number}", "autofilter": False})
    for row, cells in enumerate(table.rows, 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, (int, float)):
                formats = WHOLE if float(cell).is_integer() else NUMBERS
                sheet.write_number(row, column, cell, book.add_format({"num_format": formats[table.shape(column)]}))
            elif cell is not None:
                sheet.write_string(row, column, _(str(cell)))
    for column, head in enumerate(table.columns):
        longest = max([len(head), *(len(row[column]) for row in table.told())])
        sheet.set_column(column, column, min(70, longest + 3))


def _heads(table: Table) -> list[str]:
    """Column names, each once and none empty, as a spreadsheet's table asks."""
    found: list[str] = []
    for name in table.columns:
        words, number = _(name) or " ", 2
        while words.lower() in (one.lower() for one in found):
            words, number = f"{_(name)} {number}", number + 1
        found.append(words)
    return found


def _header(marking: str) -> str:
    return _(marking).replace("&", "&&")[:200]
