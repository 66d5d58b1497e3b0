"""Reads the tables of each format back, as a person or a program who got the file would."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

from bs4 import BeautifulSoup
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NumberObject

Rows = list[list[Any]]
NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?%?$")


def plain(words: str) -> Any:
    """A cell in words as the number it tells."""
    words = " ".join(words.split())
    if NUMBER.match(words):
        return float(words.replace(",", "").rstrip("%"))
    return words


def cells(rows: list[list[str]]) -> Rows:
    return [rows[0], *([plain(words) for words in row] for row in rows[1:])]


def of_html(content: bytes) -> list[Rows]:
    page = BeautifulSoup(content, "lxml")
    rows = [
        [[c.get_text() for c in row.find_all(["th", "td"])] for row in table.find_all("tr")]
        for table in page.find_all("table")
    ]
    return [cells(one) for one in rows]


def of_word(content: bytes) -> list[Rows]:
    return [
        cells([[cell.text for cell in row.cells] for row in table.rows])
        for table in Document(io.BytesIO(content)).tables
    ]


def of_xlsx(content: bytes) -> list[Rows]:
    book = load_workbook(io.BytesIO(content))
    return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets[2:]]


def of_csv(content: bytes) -> list[Rows]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = [name for name in archive.namelist() if name != "about.csv"]
    return [cells(list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))) for name in names]


def of_pdf(content: bytes) -> list[Rows]:
    """By the tags: the tables, rows and cells that a screen reader is given."""
    reader = PdfReader(io.BytesIO(content))
    words = {page.indirect_reference.idnum: marked_text(page) for page in reader.pages if page.indirect_reference}
    root: Any = reader.trailer["/Root"]
    return [cells(_rows(table, words)) for table in _tagged(root["/StructTreeRoot"], "/Table")]


def marked_text(page: Any) -> dict[int, str]:
    """The text of each marked piece of a page."""
    found: dict[int, str] = {}
    inside: list[int | None] = []

    def before(operator: bytes, operands: Any, *_: Any) -> None:
        if operator == b"BDC":
            given = operands[1]
            inside.append(int(given["/MCID"]) if isinstance(given, DictionaryObject) and "/MCID" in given else None)
        elif operator == b"BMC":
            inside.append(None)
        elif operator == b"EMC" and inside:
            inside.pop()

    def text(words: str, *_: Any) -> None:
        mark = next((one for one in reversed(inside) if one is not None), None)
        if mark is not None:
            found[mark] = found.get(mark, "") + words

    page.extract_text(visitor_operand_before=before, visitor_text=text)
    return found


def _tagged(node: Any, kind: str) -> list[Any]:
    node = node.get_object()
    if not isinstance(node, DictionaryObject):
        return []
    if node.get("/S") == kind:
        return [node]
    return [found for child in _children(node) for found in _tagged(child, kind)]


def _children(node: Any) -> list[Any]:
    inside = node.get("/K")
    if inside is None:
        return []
    inside = inside.get_object()
    return list(inside) if isinstance(inside, ArrayObject) else [inside]


def _rows(table: Any, words: dict[int, dict[int, str]]) -> list[list[str]]:
    found = []
    for row in _tagged(table, "/TR"):
        kids = [kid.get_object() for kid in _children(row)]
        found.append([_words(kid, words, None).strip() for kid in kids])
    return found


def _words(node: Any, words: dict[int, dict[int, str]], page: int | None) -> str:
    node = node.get_object()
    if isinstance(node, NumberObject):
        return words.get(page or 0, {}).get(int(node), "")
    if not isinstance(node, DictionaryObject):
        return ""
    page = node.raw_get("/Pg").idnum if "/Pg" in node else page
    if node.get("/Type") == "/MCR":
        return words.get(page or 0, {}).get(int(node["/MCID"]), "")
    return "".join(_words(child, words, page) for child in _children(node))
