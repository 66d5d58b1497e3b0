"""What each mark of a picture is for, and how it looks where no stylesheet reaches: in documents and files.

On pages the same roles are classes (`kith-chart__ROLE`) of assets/styles/_charts.scss, with dark mode, print and
forced colours. Colours of signals: practice of the NHS's plots (orange, blue, purple, grey; never red and green);
each has a shape of its own as well.
"""

from __future__ import annotations

INK, QUIET, LINE, PAPER = "#16191a", "#4c5456", "#cdc8c0", "#ffffff"
TEAL, AMBER, PLUM, SLATE = "#0b5c63", "#a35a00", "#6b2a6f", "#5a6366"
CONCERN, IMPROVEMENT, NEUTRAL, USUAL = "#e46c0a", "#00b0f0", "#490092", "#a6a6a6"
SHADES = ("#f5f2ed", "#d5e6e8", "#a3c9cd", "#6aa6ac", "#2f7c83", "#0b4a50")
FIFTHS = ("#b48ab7", "#cbb0cd", "#ddcdde", "#ebe2ec", "#f6f2f6")  # of deprivation, the most deprived first
FONTS = "Segoe UI, Noto Sans, Open Sans, DejaVu Sans, sans-serif"
TEXT, SMALL = 14.0, 12.5

Look = dict[str, str]


def _text(ink: str, size: float, weight: str = "400") -> Look:
    return {"fill": ink, "font-size": f"{size:g}", "font-weight": weight, "font-family": FONTS}


def _stroke(ink: str, width: float, dash: str = "") -> Look:
    look = {"fill": "none", "stroke": ink, "stroke-width": f"{width:g}"}
    return look | {"stroke-dasharray": dash} if dash else look


def _fill(colour: str, edge: str = "", width: float = 1) -> Look:
    return {"fill": colour} | ({"stroke": edge, "stroke-width": f"{width:g}"} if edge else {})


ROLES: dict[str, Look] = {
    "text": _text(INK, TEXT),
    "strong": _text(INK, TEXT, "600"),
    "small": _text(QUIET, SMALL),
    "axis": _stroke(QUIET, 1),
    "grid": _stroke(LINE, 1),
    "line-1": _stroke(TEAL, 2.5),
    "line-2": _stroke(AMBER, 2.5, "7 4"),
    "line-3": _stroke(PLUM, 2.5, "2 3"),
    "line-4": _stroke(SLATE, 2.5, "10 3 2 3"),
    "mean": _stroke(QUIET, 1.5),
    "limit": _stroke(QUIET, 1.5, "5 4"),
    "target": _stroke(INK, 1.5, "1 3"),
    "usual": _fill(USUAL, QUIET),
    "concern": _fill(CONCERN, INK),
    "improvement": _fill(IMPROVEMENT, INK),
    "neutral": _fill(NEUTRAL, INK),
    "bar-1": _fill(TEAL, TEAL),
    "bar-2": _fill("#cfe3e5", TEAL, 1.5),
    "bar-3": _fill(SLATE, SLATE),
    "bar-4": _fill(PAPER, INK, 1.5),
    "hidden": _stroke(QUIET, 1, "3 2"),
    "hatch": _stroke(QUIET, 1),
    "cell": _fill(PAPER, LINE),
    **{f"shade-{level}": _fill(colour) for level, colour in enumerate(SHADES)},
    "on-shade": _text(INK, SMALL),
    "on-deep-shade": _text(PAPER, SMALL),
    "name": _text(INK, SMALL) | {"stroke": PAPER, "stroke-width": "3", "paint-order": "stroke"},  # over any shade
    "outline": _stroke(CONCERN, 3),
    "band": _fill("#eee9df"),
    "water": _fill("#d9e7f0"),
    "park": _fill("#e3ecd8"),
    **{f"fifth-{level}": _fill(colour) for level, colour in enumerate(FIFTHS, 1)},
    "border": _stroke(QUIET, 0.8),
}
