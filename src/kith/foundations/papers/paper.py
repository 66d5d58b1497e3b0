"""What a document says, before it has a format."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import datetime

from kith.foundations.charts import Cell, Hidden, Picture, Table


@dataclass(frozen=True)
class Heading:
    """`level` 1 to 3, under the document's title."""

    words: str
    level: int = 1

    @property
    def key(self) -> str:
        """What an address calls it, within one page."""
        return "part-" + re.sub(r"[^a-z0-9]+", "-", self.words.lower()).strip("-")


@dataclass(frozen=True)
class Words:
    """One paragraph."""

    words: str


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    """A picture, its sentence, and with `with_table` the table of all it shows."""

    picture: Picture
    with_table: bool = True


@dataclass(frozen=True)
class PageBreak:
    """A new page, where there are pages."""


Part = Heading | Words | Bullets | Table | Drawing | PageBreak


@dataclass(frozen=True)
class Paper:
    """`marking` stands on every page ("OFFICIAL-SENSITIVE"), `about` says what it is, from when and by whom as (name,
    words); `made_at` is the time that its files carry: the same paper is always the same bytes."""

    title: str
    marking: str
    about: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    made_at: datetime
    made_by: str = ""

    def tables(self) -> list[Table]:
        """Every table, those of pictures too, in order; numbers as they are shown, to a tenth."""
        found = []
        for part in self.parts:
            if isinstance(part, Table):
                found.append(settled(part))
            elif isinstance(part, Drawing) and part.with_table:
                found.append(settled(part.picture.table()))
        return found

    def contents(self) -> list[Heading]:
        """Its sections, for whoever looks for one."""
        return [part for part in self.parts if isinstance(part, Heading) and part.level == 1]

    def checksum(self) -> str:
        """SHA-256 over all tables: the same in every format that this paper is written to."""
        return checksum_of([[list(table.columns), *map(list, table.rows)] for table in self.tables()])

    def facts(self) -> list[tuple[str, str]]:
        """`about`, and the checksum of the numbers."""
        return [*self.about, ("Checksum of the numbers", self.checksum())]


def settled(table: Table) -> Table:
    """The table with its numbers to a tenth, so that no file holds more than is shown."""
    return replace(table, rows=tuple(tuple(_settled(cell) for cell in row) for row in table.rows))


def _settled(cell: Cell) -> Cell:
    return round(cell, 1) + 0.0 if isinstance(cell, float) else cell


def checksum_of(tables: list[list[list[Cell]]]) -> str:
    """SHA-256 over tables read from anywhere: columns, then rows; a number as its shortest form."""
    plain = [[[canonical(cell) for cell in row] for row in table] for table in tables]
    return hashlib.sha256(json.dumps(plain, separators=(",", ":")).encode()).hexdigest()


def canonical(cell: Cell) -> str:
    """A cell that is written the same whichever format it came from: "17", "-4.3", "" for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, (str, Hidden)):
        return " ".join(str(cell).split())
    return f"{cell:.1f}".removesuffix(".0").replace("-0", "0") if abs(cell) < 1 else f"{cell:.1f}".removesuffix(".0")


def parts_of(text: str) -> list[Part]:
    """What somebody typed: paragraphs apart by an empty line; lines that begin with "- " or "* " are a list."""
    found: list[Part] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        plain = [line for line in lines if line[:2] not in ("- ", "* ", "• ")]
        if lines and not plain:
            found.append(Bullets(tuple(line[2:].strip() for line in lines)))
        elif lines:
            found += _mixed(lines)
    return found


def _mixed(lines: list[str]) -> list[Part]:
    """A paragraph that leads to a list, in their order."""
    found: list[Part] = []
    items: list[str] = []
    words: list[str] = []
    for line in [*lines, ""]:
        if line[:2] in ("- ", "* ", "• "):
            found += [Words(" ".join(words))] if words else []
            words = []
            items.append(line[2:].strip())
        else:
            found += [Bullets(tuple(items))] if items else []
            items = []
            words += [line] if line else []
    return [*found, *([Words(" ".join(words))] if words else [])]
