"""A paper as Word: real headings, tables whose header repeats, alternative text, marking and page numbers."""

from __future__ import annotations

import io
from datetime import UTC
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kith.foundations.charts import Table
from kith.foundations.charts.canvas import NOT_XML
from kith.foundations.papers.packing import repacked
from kith.foundations.papers.page import captioned
from kith.foundations.papers.paper import Bullets, Drawing, Heading, PageBreak, Paper, Part, Words, settled
from kith.foundations.papers.pdf import png

TEAL, QUIET = RGBColor(0x0B, 0x5C, 0x63), RGBColor(0x4C, 0x54, 0x56)
FONT = "Arial"
SIZES = {"Title": 22, "Heading 1": 16, "Heading 2": 14, "Heading 3": 12, "Heading 4": 11, "Normal": 11, "Caption": 11}
PAGE_WIDE = Cm(17)


def write(paper: Paper) -> bytes:
    """The document."""
    document = Document()
    _styles(document)
    _properties(document, paper)
    _edges(document, paper)
    document.add_heading(_(paper.title), level=0)
    above = 0
    for part in paper.parts:
        above = _part(document, part, above)
    document.add_heading("About this document", level=1)
    for name, words in paper.facts():
        line = document.add_paragraph()
        line.add_run(f"{_(name)}: ").bold = True
        line.add_run(_(words))
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _(text: str) -> str:
    return NOT_XML.sub("", text)


def _styles(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    for name, size in SIZES.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FONT)
        if name not in ("Normal", "Caption"):
            style.font.color.rgb, style.font.bold = TEAL, True
    caption: Any = document.styles["Caption"]
    caption.font.color.rgb, caption.font.bold, caption.paragraph_format.keep_with_next = None, True, True
    _language(document)


def _language(document: WordDocument) -> None:
    """British English for the spelling check and for those who hear it."""
    for marks in document.styles.element.iter(qn("w:lang")):
        marks.set(qn("w:val"), "en-GB")


def _properties(document: WordDocument, paper: Paper) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = _(paper.title), _(paper.made_by), "en-GB"
    properties.subject, properties.keywords = _(paper.marking), ""
    properties.comments, properties.last_modified_by = "", _(paper.made_by)
    properties.created = properties.modified = paper.made_at.astimezone(UTC).replace(tzinfo=None)
    properties.revision = 1


def _edges(document: WordDocument, paper: Paper) -> None:
    """The marking above and below every page, and "Page 2 of 7"."""
    section = document.sections[0]
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    above.add_run(_(paper.marking)).bold = True
    below.add_run(_(paper.marking)).bold = True
    below.add_run("\tPage ")
    _field(below, "PAGE")
    below.add_run(" of ")
    _field(below, "NUMPAGES")
    for line in (above, below):
        for run in line.runs:
            run.font.size, run.font.name = Pt(9), FONT


def _field(line: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
    line._p.append(field)


def _part(document: WordDocument, part: Part, above: int) -> int:
    """Writes one part; gives the level of heading that what follows stands under."""
    if isinstance(part, Heading):
        above = min(part.level, above + 1)
        document.add_heading(_(part.words), level=above)
    elif isinstance(part, Words):
        document.add_paragraph(_(part.words))
    elif isinstance(part, Bullets):
        for item in part.items:
            document.add_paragraph(_(item), style="List Bullet")
    elif isinstance(part, PageBreak):
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    elif isinstance(part, Table):
        _table(document, settled(part))
    else:
        _drawing(document, part, above)
    return above


def _drawing(document: WordDocument, part: Drawing, above: int) -> None:
    picture = part.picture
    document.add_heading(_(picture.title), level=min(above + 1, 4))
    if picture.sentence:
        document.add_paragraph(_(picture.sentence)).paragraph_format.keep_with_next = True
    canvas = picture.drawn(narrow=False)
    wide = min(PAGE_WIDE, int(PAGE_WIDE * canvas.width / 680))
    drawn = document.add_picture(io.BytesIO(png(picture)), width=wide)
    drawn._inline.docPr.set("descr", _(canvas.description))
    drawn._inline.docPr.set("title", _(picture.title))
    if part.with_table:
        _table(document, settled(picture.table()))


def _table(document: WordDocument, table: Table) -> None:
    document.add_paragraph(_(captioned(table)), style="Caption")
    drawn = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    drawn.alignment = WD_TABLE_ALIGNMENT.LEFT
    size = Pt(7 if len(table.columns) > 12 else 9 if len(table.columns) > 6 else 10)
    for number, name in enumerate(table.columns):
        _cell(drawn.rows[0].cells[number], name, size, bold=True, right=table.is_of_numbers(number))
    for row in table.told():
        cells = drawn.add_row().cells
        for number, words in enumerate(row):
            _cell(cells[number], words, size, bold=False, right=table.is_of_numbers(number))
    _accessible(drawn, table)
    for note in table.notes:
        line = document.add_paragraph(_(note))
        line.runs[0].font.size, line.runs[0].font.color.rgb = Pt(9), QUIET
    document.add_paragraph()


def _cell(cell: Any, words: str, size: Any, *, bold: bool, right: bool) -> None:
    line = cell.paragraphs[0]
    run = line.add_run(_(words))
    run.font.size, run.bold = size, bold
    line.paragraph_format.space_after = Pt(2)
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _accessible(drawn: Any, table: Table) -> None:
    """The header repeats on each page, rows stay whole, and the table has its name."""
    header = drawn.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))
    for row in drawn.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), _(table.caption))
    drawn._tbl.tblPr.append(named)
