"""The words a definition makes from a row's columns: "Reported missing from {missing_from|home}"."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
