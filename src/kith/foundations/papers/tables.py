"""Every table as a CSV file, zipped, with a file that says what they are."""

from __future__ import annotations

import csv
import io
import re

from kith.foundations.charts import guarded
from kith.foundations.papers.packing import packed
from kith.foundations.papers.paper import Paper


def write(paper: Paper) -> bytes:
    """`01-missing-children.csv` and so on, each with a mark of its encoding, and `about.csv`."""
    tables = paper.tables()
    files = {name_of(number, table.caption): _marked(table.csv()) for number, table in enumerate(tables, 1)}
    return packed({"about.csv": _marked(_about(paper, list(files))), **files})


def name_of(number: int, caption: str) -> str:
    """The file's name, from its table's."""
    words = re.sub(r"[^a-z0-9]+", "-", caption.lower()).strip("-")[:60].strip("-")
    return f"{number:02}-{words or 'table'}.csv"


def _about(paper: Paper, names: list[str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    lines = [("Title", paper.title), ("Marking", paper.marking), *paper.facts()]
    for number, table in enumerate(paper.tables()):
        lines += [(names[number], table.caption), *(("Note", note) for note in table.notes)]
    writer.writerows([[guarded(name), guarded(words)] for name, words in lines])
    return text.getvalue()


def _marked(text: str) -> bytes:
    return ("\ufeff" + text).encode(errors="replace")
