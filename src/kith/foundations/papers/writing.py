"""The formats that a paper can be written to. Writers are brought in at need: a page needs none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from kith.foundations.papers.paper import Paper


@dataclass(frozen=True)
class Format:
    """`name` in addresses, `words` for people, and what the file is."""

    name: str
    words: str
    ending: str
    content_type: str
    writer: str


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OURS = (
    Format("word", "Word", "docx", WORD, "word"),
    Format("pdf", "PDF (accessible)", "pdf", "application/pdf", "pdf"),
    Format("xlsx", "Spreadsheet (XLSX)", "xlsx", SPREADSHEET, "spreadsheet"),
    Format("csv", "Tables as CSV (zipped)", "zip", "application/zip", "tables"),
    Format("html", "Web page (HTML)", "html", "text/html; charset=utf-8", "page"),
)
FORMATS = {one.name: one for one in _OURS}


def write(paper: Paper, name: str) -> bytes:
    """The paper as a file; the same bytes for the same paper. Raises KeyError for a format that there is not."""
    module = import_module(f"kith.foundations.papers.{FORMATS[name].writer}")
    return cast(Callable[[Paper], bytes], module.write)(paper)
