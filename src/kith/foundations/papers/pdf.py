"""A paper as PDF/UA-1: tagged, titled, in British English, with alternative text; and pictures as PNG, by Typst."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from kith.foundations.charts import Picture, Table
from kith.foundations.papers.page import captioned
from kith.foundations.papers.paper import Bullets, Drawing, Heading, PageBreak, Paper, Part, Words, settled

TEMPLATE = Path(__file__).with_name("paper.typ")
PICTURE = b'#set page(width: auto, height: auto, margin: 4pt)\n#image(bytes(sys.inputs.svg), format: "svg")\n'
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
STRANGE = re.compile(r"[^\u0000-\u052f\u1e00-\u206f\u20a0-\u20bf\u2190-\u21ff\u2200-\u22ff\ufb00-\ufb06]")
VERY_STRANGE = re.compile(r"[^\u0020-\u017f\u2010-\u2026\u20ac]")
SHORT_WORDS = 12  # letters; where a cell has more, columns share the page and words wrap


def write(paper: Paper) -> bytes:
    """The PDF. A sign that no font of ours has is named in words instead, in brackets."""
    given = _given(paper)
    for strange in (None, STRANGE, VERY_STRANGE):
        try:
            return _compiled(_readable(given, strange), paper)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error) or strange is VERY_STRANGE:
                raise
    raise AssertionError("the last try returns or raises")


def png(picture: Picture, *, ppi: int = 192) -> bytes:
    """The wide drawing as PNG, for documents that take no SVG."""
    inputs = {"svg": _named(picture.svg(standalone=True), None)}
    return typst.compile(PICTURE, format="png", ppi=ppi, font_paths=fonts(), sys_inputs=inputs)


@cache
def fonts() -> typst.Fonts:
    """Ours and those inside the wheel; none of the machine's, so that a file is the same everywhere."""
    found = find_spec("font_source_sans_pro")
    folders = [str(Path(place) / "files") for place in (found and found.submodule_search_locations) or []]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def _compiled(given: dict[str, Any], paper: Paper) -> bytes:
    inputs = {"paper": json.dumps(given, ensure_ascii=False)}
    made = int(paper.made_at.timestamp())
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards="ua-1",
        font_paths=fonts(),
        sys_inputs=inputs,
        timestamp=made,
    )


def _given(paper: Paper) -> dict[str, Any]:
    parts = [given for part in paper.parts for given in _parts(part)]
    facts = [list(fact) for fact in paper.facts()]
    return {
        "title": paper.title,
        "marking": paper.marking,
        "made_by": paper.made_by,
        "parts": _level(parts),
        "facts": facts,
    }


def _level(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Headings without a leap, which PDF/UA refuses."""
    above = 0
    for part in parts:
        if part["kind"] == "heading":
            above = part["level"] = min(part["level"], above + 1)
        elif part["kind"] == "drawing":
            part["level"] = above + 1
    return parts


def _parts(part: Part) -> list[dict[str, Any]]:
    if isinstance(part, Heading):
        return [{"kind": "heading", "level": part.level, "words": part.words}]
    if isinstance(part, Words):
        return [{"kind": "words", "words": part.words}]
    if isinstance(part, Bullets):
        return [{"kind": "bullets", "items": list(part.items)}]
    if isinstance(part, PageBreak):
        return [{"kind": "break"}]
    if isinstance(part, Table):
        return [_table(settled(part))]
    return _drawing(part)


def _table(table: Table) -> dict[str, Any]:
    rows = table.told()
    longest = max((len(words) for row in rows for words in row[1:]), default=0)
    return {
        "kind": "table",
        "caption": captioned(table),
        "columns": list(table.columns),
        "rows": rows,
        "numbers": [table.is_of_numbers(column) for column in range(len(table.columns))],
        "long": longest > SHORT_WORDS,
        "notes": list(table.notes),
    }


def _drawing(part: Drawing) -> list[dict[str, Any]]:
    canvas = part.picture.drawn(narrow=False)
    drawing = {
        "kind": "drawing",
        "title": part.picture.title,
        "sentence": part.picture.sentence,
        "svg": canvas.svg(standalone=True),
        "alt": canvas.description or part.picture.title,
        "share": min(1.0, canvas.width / 680),
    }
    return [drawing, *([_table(settled(part.picture.table()))] if part.with_table else [])]


def _readable(given: Any, strange: re.Pattern[str] | None) -> Any:
    """The same with every text cleaned."""
    if isinstance(given, str):
        return _named(given, strange)
    if isinstance(given, list):
        return [_readable(one, strange) for one in given]
    if isinstance(given, dict):
        return {name: _readable(one, strange) for name, one in given.items()}
    return given


def _named(text: str, strange: re.Pattern[str] | None) -> str:
    text = CONTROLS.sub("", text)
    if strange is None:
        return text
    return strange.sub(lambda found: f"[{unicodedata.name(found.group(), 'sign').lower()}]", text)
