"""The words a definition makes from a row's columns: "Reported missing from {missing_from|home}"."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

LIST_SEPARATOR = "\x1f"  # between the values of a column that holds a list; no agency's file has it
_SLOT = re.compile(r"\{([^{}]*)\}")
FORMS = ("date",)


class TemplateError(ValueError):
    """A template that is not written as it should be; the message says how."""


@dataclass(frozen=True)
class Slot:
    """A column's place in a template; `otherwise` stands there when the column is empty."""

    column: str
    otherwise: str | None = None
    form: str = ""


@dataclass(frozen=True)
class Template:
    """Words with slots."""

    source: str
    pieces: tuple[str | Slot, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Slot))

    @property
    def only_column(self) -> str | None:
        """The column's name where the template is nothing but one bare column."""
        if len(self.pieces) != 1 or not isinstance(self.pieces[0], Slot):
            return None
        slot = self.pieces[0]
        return slot.column if slot.otherwise is None and not slot.form else None


def parse_template(source: str) -> Template:
    """Raises TemplateError for stray braces or an unknown way of writing."""
    pieces: list[str | Slot] = []
    end = 0
    for found in _SLOT.finditer(source):
        pieces.append(source[end : found.start()])
        pieces.append(_parse_slot(found[1]))
        end = found.end()
    pieces.append(source[end:])
    if any(isinstance(piece, str) and ("{" in piece or "}" in piece) for piece in pieces):
        raise TemplateError(f'"{source}" has a brace without its pair.')
    return Template(source, tuple(piece for piece in pieces if piece != ""))


def _parse_slot(inside: str) -> Slot:
    name, bar, words = inside.partition("|")
    column, _, form = name.strip().partition(":")
    if not column.strip():
        raise TemplateError("{} names no column.")
    if form and form.strip() not in FORMS:
        raise TemplateError(f'"{form.strip()}" is not a way to write a column; there is: {", ".join(FORMS)}.')
    return Slot(column.strip(), words if bar else None, form.strip())


def text(template: Template) -> pl.Expr:
    """A sentence: empty columns leave nothing behind, and doubled spaces close up. Never null."""
    written = _joined([_slot(piece) if isinstance(piece, Slot) else pl.lit(piece) for piece in template.pieces])
    return written.str.replace_all(r"\s+", " ").str.strip_chars()


def value(template: Template) -> pl.Expr:
    """A fact: null where every column in it is empty."""
    if template.only_column:
        return pl.col(template.only_column)
    if not template.slots:
        return pl.lit(template.source or None, dtype=pl.String)
    found = text(template)
    return pl.when(found != "").then(found)


def key(template: Template) -> pl.Expr:
    """A key: null where any column in it is empty and no words stand in for it."""
    needed = [pl.col(slot.column).is_not_null() for slot in template.slots if slot.otherwise is None]
    found = text(template)
    whole = pl.when(pl.all_horizontal(needed)).then(found) if needed else found
    return pl.when(whole != "").then(whole)


def _slot(slot: Slot) -> pl.Expr:
    column = pl.col(slot.column).str.replace_all(LIST_SEPARATOR, ", ", literal=True)
    if slot.form == "date":
        column = column.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).dt.strftime("%-d %B %Y")
    return column.fill_null(slot.otherwise or "")


def _joined(parts: list[pl.Expr]) -> pl.Expr:
    return pl.concat_str(parts) if parts else pl.lit("")
