"""One paper, five formats: the same numbers, the same checksum, the same bytes each time."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from kith.foundations.charts import NOT_SHOWN, Table
from kith.foundations.charts.examples import examples
from kith.foundations.papers import FORMATS, Bullets, Drawing, Heading, PageBreak, Paper, Words, parts_of, write
from kith.foundations.papers.keeping import kept, read_kept
from kith.foundations.papers.page import fragment, part_html
from kith.foundations.papers.paper import checksum_of
from kith.foundations.papers.tests import reading

MADE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SHAPES = ("", "", "", "signed", "signed percent")
LETTERS = Table(
    "Letters (12 month rolling)",
    ("Measure", "Current", "Previous", "Chg", "% Chg"),
    (
        ("Number of letters", 1475, 1521, -46, -3.0),
        ("Number of answers", 154, 137, 17, 12.40875912),
        ("Number of thanks", NOT_SHOWN, 18, NOT_SHOWN, NOT_SHOWN),
        ("Nothing known", None, 0, 0, None),
    ),
    shapes=SHAPES,
    notes=("A note under the table.",),
)
NASTY = '<b>bold</b> #emph[x] *y* $z$ \\ "q" & =1+1 \x07'
PAPER = Paper(
    title="A year of letters",
    marking="OFFICIAL-SENSITIVE",
    about=(("What it is", "An example"), ("From", "cut 2026-11-20")),
    parts=(
        Heading("Summary"),
        Words("Fewer letters came."),
        Bullets(("one", "two")),
        LETTERS,
        PageBreak(),
        Heading("Pictures"),
        *(Drawing(picture) for picture in examples()),
        Heading("Deep", 3),
        Words(NASTY),
        Table(NASTY, ("Name", NASTY, "Chg"), ((NASTY, 3, -2.5), ("-1+cmd", 4, 0.04))),
    ),
    made_at=MADE,
    made_by="A. Analyst",
)
READ: dict[str, Callable[[bytes], list[Any]]] = {
    "html": reading.of_html,
    "word": reading.of_word,
    "xlsx": reading.of_xlsx,
    "csv": reading.of_csv,
    "pdf": reading.of_pdf,
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {name: write(PAPER, name) for name in FORMATS}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_numbers_read_back_are_those_of_the_paper(name: str, files: dict[str, bytes]) -> None:
    assert set(READ) == set(FORMATS)
    tables = READ[name](files[name])
    assert len(tables) == len(PAPER.tables()) == 11
    ours = [[list(table.columns), *map(list, table.rows)] for table in PAPER.tables()]
    for read, own in zip(tables[:-1], ours[:-1], strict=True):
        assert checksum_of([read]) == checksum_of([own]), read[:4]
    assert [row[1:] for row in tables[-1][1:]] == [[3, -2.5], [4, 0]]  # its names hold what some formats take out


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_checksum_of_what_is_read_is_the_one_printed(name: str) -> None:
    clean = replace(PAPER, parts=PAPER.parts[:-1])
    content = write(clean, name)
    assert checksum_of(READ[name](content)) == clean.checksum()
    assert clean.checksum() in text_of(name, content)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_paper_is_the_same_bytes(name: str, files: dict[str, bytes]) -> None:
    assert write(replace(PAPER), name) == files[name]


def test_one_number_more_is_another_checksum() -> None:
    other = replace(LETTERS, rows=(("Number of letters", 1476, 1521, -46, -3.0), *LETTERS.rows[1:]))
    assert replace(PAPER, parts=(other,)).checksum() != replace(PAPER, parts=(LETTERS,)).checksum()


def test_no_file_holds_more_of_a_number_than_is_shown() -> None:
    paper = replace(PAPER, parts=(LETTERS,))
    for name in FORMATS:
        assert b"12.40875" not in write(paper, name)
    sheets = write(paper, "xlsx")
    assert reading.of_xlsx(sheets)[0][2][4] == 12.4
    assert b"12.40875" not in b"".join(
        zipfile.ZipFile(io.BytesIO(sheets)).read(n) for n in zipfile.ZipFile(io.BytesIO(sheets)).namelist()
    )


def text_of(name: str, content: bytes) -> str:
    if name == "html":
        return BeautifulSoup(content, "lxml").get_text()
    if name == "word":
        return "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)
    if name == "pdf":
        return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
    if name == "xlsx":
        return "\n".join(str(row[1]) for row in load_workbook(io.BytesIO(content))["About"].iter_rows(values_only=True))
    return zipfile.ZipFile(io.BytesIO(content)).read("about.csv").decode("utf-8-sig")


def test_a_pdf_is_tagged_titled_and_in_british_english(files: dict[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(files["pdf"]))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in files["pdf"]
    assert reader.metadata
    assert reader.metadata.title == PAPER.title
    figures = reading._tagged(root["/StructTreeRoot"], "/Figure")
    assert len(figures) == len(examples())
    assert all(len(one["/Alt"]) > 20 for one in figures)
    assert len(reading._tagged(root["/StructTreeRoot"], "/TH")) >= 5
    pages = [page.extract_text() for page in reader.pages]
    assert all("OFFICIAL-SENSITIVE" in words for words in pages)
    assert f"Page 1 of {len(pages)}" in pages[0]


def test_a_word_file_has_headings_repeated_headers_alternative_text_and_marking(files: dict[str, bytes]) -> None:
    document = Document(io.BytesIO(files["word"]))
    styles = [one.style.name for one in document.paragraphs if one.style]
    assert {"Title", "Heading 1", "Heading 2", "List Bullet", "Caption"} <= set(styles)
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    said = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(said) == len(examples())
    assert all(len(words) > 20 for words in said)
    assert document.sections[0].header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert "NUMPAGES" in document.sections[0].footer._element.xml
    assert document.core_properties.language == "en-GB"
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_a_spreadsheet_has_real_tables_and_no_formula(files: dict[str, bytes]) -> None:
    book = load_workbook(io.BytesIO(files["xlsx"]))
    assert book.sheetnames[:2] == ["About", "Words"]
    for sheet in book.worksheets[2:]:
        assert sheet.freeze_panes == "B2"
        assert len(sheet.tables) == 1
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert book.worksheets[2]["D2"].value == -46
    assert book.worksheets[2]["D2"].number_format.startswith("+")


def test_a_csv_holds_no_formula(files: dict[str, bytes]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(files["csv"]))
    for name in archive.namelist():
        for line in archive.read(name).decode("utf-8-sig").splitlines():
            assert not line.startswith(("=", "@", "-1+cmd"))
    assert "'-1+cmd" in archive.read(archive.namelist()[-1]).decode()


@pytest.mark.parametrize("name", ["html", "word", "pdf", "xlsx"])
def test_what_somebody_typed_is_text(name: str, files: dict[str, bytes]) -> None:
    if name == "xlsx":
        words = [str(row[0]) for row in load_workbook(io.BytesIO(files[name]))["Words"].iter_rows(values_only=True)]
        assert any("<b>bold</b> #emph[x] *y* $z$" in one for one in words)
    else:
        words = re.sub(r"\s+", "", text_of(name, files[name]))
        assert "<b>bold</b>#emph[x]*y*$z$\\" in words


@pytest.mark.parametrize("words", ["日本", "smile 😀 now", "\u202eabc", "\ud83d", "شكرا", "Żółć ŵ ✓ ⚠"])
def test_any_sign_can_be_written(words: str) -> None:
    paper = Paper(
        words or "x", words, (("a", words),), (Heading(words), Words(words), Table(words, (words,), ((words,),))), MADE
    )
    for name in FORMATS:
        assert write(paper, name)
    if words.startswith("smile"):
        assert "[grinning face]" in " ".join(
            page.extract_text() for page in PdfReader(io.BytesIO(write(paper, "pdf"))).pages
        )


def test_a_page_holds_nothing_that_a_strict_policy_refuses() -> None:
    page = BeautifulSoup(fragment(PAPER), "lxml")
    for element in page.find_all(True):
        assert element.name not in {"script", "style", "b"}
        assert "style" not in element.attrs
    levels = [int(one.name[1]) for one in page.find_all(re.compile("^h[1-6]$"))]
    assert levels[:3] == [2, 2, 3]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_a_paper_can_be_kept_as_data_and_read_again() -> None:
    again = read_kept(json.loads(json.dumps(kept(PAPER))))
    assert again == PAPER
    assert write(again, "csv") == write(PAPER, "csv")
    assert again.checksum() == PAPER.checksum()


def test_an_empty_paper_can_be_written() -> None:
    for name in FORMATS:
        assert write(Paper("Nothing", "OFFICIAL", (), (), MADE), name)
    alone = Table("None yet", ("Name", "Number"), ())
    for name in FORMATS:
        assert write(Paper("Nothing", "OFFICIAL", (), (alone,), MADE), name)


def test_what_was_typed_becomes_paragraphs_and_lists() -> None:
    assert parts_of("One.\nStill one.\n\nTwo:\n- a\n- b\n\n* c") == [
        Words("One. Still one."),
        Words("Two:"),
        Bullets(("a", "b")),
        Bullets(("c",)),
    ]
    assert parts_of(" \r\n\r\n ") == []


def test_a_page_folds_a_long_table_and_a_file_does_not() -> None:
    months = Table("Months", ("Month", "Events"), tuple((f"Month {n}", n) for n in range(1, 25)))
    assert "Months: 24 rows" in part_html(months)
    assert "<details" not in part_html(months, standalone=True)
    assert "<details" not in part_html(Table("Months", months.columns, months.rows[:12]))


def test_sections_can_be_reached_from_the_top_of_a_page() -> None:
    page = BeautifulSoup(fragment(PAPER), "lxml")
    assert PAPER.contents()
    assert [page.find(id=one.key).text for one in PAPER.contents()] == [one.words for one in PAPER.contents()]


def test_a_phone_is_told_what_each_number_is_where_columns_do_not_fit_it() -> None:
    columns = ("Group", "Counted", "Known here", "Share")
    wide = Table("By group", columns, (("White", 650, 14868, 75.9),))
    narrow = Table("By sex", columns[:3], (("Girls", 168, 900),))
    week = Table("Hours", tuple("abcdefghijkl"), (tuple("abcdefghijkl"),))
    assert 'data-label="Known here">14,868' in part_html(wide)
    assert all("data-label" not in part_html(one) for one in (narrow, week))
