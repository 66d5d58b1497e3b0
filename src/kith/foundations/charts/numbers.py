"""Numbers as a picture and its table tell them, and a number that is not told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?%?$")


@dataclass(frozen=True)
class Hidden:
    """A number that stands but is not shown; `words` say why, as they appear in tables and files."""

    words: str = "not shown: small number"

    def __str__(self) -> str:
        return self.words


NOT_SHOWN = Hidden()
Value = int | float | Hidden | None
Cell = str | Value


Shape = Literal["", "signed", "percent", "signed percent"]


def told(cell: Cell, unit: str = "", shape: Shape = "") -> str:
    """A cell in words: "1,385", "+17", "-4.3%", "3 days", "not shown: small number"; empty where nothing is known."""
    if cell is None:
        return ""
    if isinstance(cell, (str, Hidden)):
        return str(cell)
    if shape:
        return _shaped(cell, shape)
    number = f"{cell:,}" if isinstance(cell, int) else f"{cell:,.1f}".removesuffix(".0")
    if not unit:
        return number
    return number + unit if unit == "%" else f"{number} {unit}"


def _shaped(number: float, shape: Shape) -> str:
    sign = "+" if shape.startswith("signed") and number > 0 else ""
    if shape.endswith("percent"):
        return f"{sign}{number:,.1f}%"
    return sign + told(number)


def written(cell: Cell) -> str:
    """A cell for a file that is read by a machine: no commas in thousands, every digit of a fraction."""
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, (str, Hidden, int)) else repr(float(cell))


def guarded(text: str) -> str:
    """Text that no spreadsheet will take for a formula; a number keeps its sign."""
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not NUMBER.match(text):
        return "'" + text
    return text


def shown(values: list[Value]) -> list[float]:
    """The numbers among `values`."""
    return [float(value) for value in values if isinstance(value, (int, float))]
