"""A picture while it is drawn: marks with roles, written as SVG with classes for pages or attributes for files.

No identifiers, no style attribute, no script: it may stand many times in a page under a strict content policy.
"""

from __future__ import annotations

import re
import textwrap
from html import escape

from kith.foundations.charts.roles import ROLES, SMALL, TEXT

NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LETTER = 0.56  # of the size of type: how wide a letter is, on average
Marks = list[tuple[str, str, dict[str, str], str | None]]  # element, role, attributes, words inside


def letters(text: str) -> str:
    """Text as it may stand in XML."""
    return escape(NOT_XML.sub("", text), quote=True)


def wide(text: str, size: float = TEXT) -> float:
    """About how wide `text` will be, on the generous side."""
    return len(text) * size * LETTER


def number(value: float) -> str:
    """A coordinate to a tenth."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


class Canvas:
    """`width` and `height` are the picture's own units; one is a pixel where it is not scaled."""

    def __init__(self, width: float, height: float, *, title: str, description: str) -> None:
        self.width, self.height = width, height
        self.title, self.description = title, description
        self._marks: Marks = []

    def rect(self, role: str, x: float, y: float, width: float, height: float) -> None:
        sizes = {"x": number(x), "y": number(y), "width": number(max(width, 0)), "height": number(max(height, 0))}
        self._marks.append(("rect", role, sizes, None))

    def line(self, role: str, x1: float, y1: float, x2: float, y2: float) -> None:
        self._marks.append(("path", role, {"d": f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"}, None))

    def path(self, role: str, points: list[tuple[float, float]], *, closed: bool = False) -> None:
        steps = "L".join(f"{number(x)} {number(y)}" for x, y in points)
        self._marks.append(("path", role, {"d": f"M{steps}{'Z' if closed else ''}"}, None))

    def circle(self, role: str, x: float, y: float, radius: float) -> None:
        self._marks.append(("circle", role, {"cx": number(x), "cy": number(y), "r": number(radius)}, None))

    def text(self, role: str, x: float, y: float, words: str, *, anchor: str = "start") -> None:
        """`y` is the line that letters stand on; `anchor` is start, middle or end."""
        placed = {"x": number(x), "y": number(y)} | ({"text-anchor": anchor} if anchor != "start" else {})
        self._marks.append(("text", role, placed, words))

    def hidden(self, x: float, y: float, width: float, height: float) -> None:
        """The mark of a number that is not shown: an outlined box with slanting lines."""
        self.rect("hidden", x, y, width, height)
        at = x - height + 6
        while at < x + width:
            start = (max(at, x), y + height - max(0.0, x - at))
            end = (min(at + height, x + width), y + max(0.0, at + height - x - width))
            self.path("hatch", [start, end])
            at += 6

    def shape(self, role: str, x: float, y: float, size: float = 5) -> None:
        """The shape of a signal: a triangle for concern, a square for improvement, a diamond, or a small circle."""
        if role == "concern":
            points = [(x, y - size * 1.3), (x + size * 1.2, y + size), (x - size * 1.2, y + size)]
        elif role == "improvement":
            points = [(x - size, y - size), (x + size, y - size), (x + size, y + size), (x - size, y + size)]
        elif role == "neutral":
            points = [(x, y - size * 1.4), (x + size * 1.4, y), (x, y + size * 1.4), (x - size * 1.4, y)]
        else:
            return self.circle(role, x, y, size * 0.7)
        return self.path(role, points, closed=True)

    def svg(self, *, standalone: bool = False, narrow: bool = False) -> str:
        """The whole picture. `standalone` says its look in attributes; else classes of the pages' stylesheet do."""
        box = f'viewBox="0 0 {number(self.width)} {number(self.height)}"'
        size = f' width="{number(self.width)}" height="{number(self.height)}"' if standalone else ""
        kind = "" if standalone else f' class="kith-chart__svg kith-chart__svg--{"narrow" if narrow else "wide"}"'
        said = f"<title>{letters(self.title)}</title><desc>{letters(self.description)}</desc>"
        marks = "".join(_written(*mark, standalone=standalone) for mark in self._marks)
        return f'<svg xmlns="http://www.w3.org/2000/svg"{kind} role="img" {box}{size}>{said}{marks}</svg>'


def _written(element: str, role: str, given: dict[str, str], words: str | None, *, standalone: bool) -> str:
    look = ROLES[role] if standalone else {"class": f"kith-chart__{role}"}
    attributes = "".join(f' {name}="{letters(value)}"' for name, value in (look | given).items())
    return f"<{element}{attributes}/>" if words is None else f"<{element}{attributes}>{letters(words)}</{element}>"


def small_wide(text: str) -> float:
    """How wide small type will be."""
    return wide(text, SMALL)


def wrapped(text: str, room: float, size: float = SMALL) -> list[str]:
    """`text` in lines no wider than `room`."""
    return textwrap.wrap(text, max(8, int(room / (size * LETTER)))) or [""]
