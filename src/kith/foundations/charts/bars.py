"""Numbers beside each other as bars from nothing, each with its number at its end."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from kith.foundations.charts.canvas import Canvas, small_wide, wide
from kith.foundations.charts.numbers import Hidden, Value, shown, told
from kith.foundations.charts.picture import NARROW, WIDE, Picture
from kith.foundations.charts.scales import Scale, scale_of
from kith.foundations.charts.tables import Table

THICK, BETWEEN, NAME_LINE = 22.0, 14.0, 17.0
HIDDEN_WIDE = 46.0
SHORT_NAME, MOST_UPRIGHT = 8, 12  # letters; bars
LONGEST = 18  # letters of a series' name at the end of a bar


@dataclass(frozen=True)
class BarSeries:
    """One value for each name of the chart; `name` says what they are ("Current")."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Bars(Picture):
    """One to four series over the same `names`. Bars lie when names are long; on a phone always. Raises ValueError."""

    title: str
    sentence: str
    names: tuple[str, ...]
    series: tuple[BarSeries, ...]
    unit: str = ""
    what: str = "Group"

    def __post_init__(self) -> None:
        if not self.names or not 1 <= len(self.series) <= 4:
            raise ValueError("A bar chart shows one to four series over at least one name.")
        if any(len(one.values) != len(self.names) for one in self.series):
            raise ValueError("Each series of a bar chart has a value for each name.")
        if any(value < 0 for one in self.series for value in shown(list(one.values))):
            raise ValueError("A bar chart shows nothing below nothing.")

    def drawn(self, *, narrow: bool) -> Canvas:
        short = max(len(name) for name in self.names) <= SHORT_NAME
        upright = short and len(self.series) == 1 and 2 < len(self.names) <= MOST_UPRIGHT
        return _standing(self) if upright and not narrow else _lying(self, narrow=narrow)

    def description(self) -> str:
        """For those who hear the picture."""
        kinds = f" ({' and '.join(one.name for one in self.series)})" if len(self.series) > 1 else ""
        return f"Bar chart of {len(self.names)} values by {self.what.lower()}{kinds}. {self.sentence}"

    def table(self) -> Table:
        rows = [(name, *(one.values[at] for one in self.series)) for at, name in enumerate(self.names)]
        return Table(self.title, (self.what, *(one.name for one in self.series)), tuple(rows), self.unit)


def value_words(value: Value, unit: str, name: str = "") -> str:
    """What stands at the end of a bar."""
    if value is None:
        return "not known"
    said = "not shown" if isinstance(value, Hidden) else told(value, unit)
    return f"{said} {name}".strip()


def _lying(bars: Bars, *, narrow: bool) -> Canvas:
    width = NARROW if narrow else WIDE
    named = [[_brief(one.name) if len(bars.series) > 1 else "" for one in bars.series]] * len(bars.names)
    longest = max(
        wide(value_words(one.values[at], bars.unit, named[at][s]))
        + (HIDDEN_WIDE if isinstance(one.values[at], Hidden) else 0)
        for at in range(len(bars.names))
        for s, one in enumerate(bars.series)
    )
    lines = [textwrap.wrap(name, 38 if narrow else 30) or [""] for name in bars.names]
    left = 0.0 if narrow else 12 + max(wide(line) for name in lines for line in name)
    along = _to_the_largest(bars, left, max(width - longest - 10, left + 40))
    row = max(THICK * len(bars.series), 0 if narrow else NAME_LINE * max(len(name) for name in lines))
    steps = [row + BETWEEN + (NAME_LINE * len(name) if narrow else 0) for name in lines]
    canvas = Canvas(width, sum(steps) + 4, title=bars.title, description=bars.description())
    y = 2.0
    for at, name in enumerate(lines):
        _name(canvas, name, left, y, row, narrow=narrow)
        top = y + (NAME_LINE * len(name) if narrow else 0) + (row - THICK * len(bars.series)) / 2
        for number, one in enumerate(bars.series):
            words = value_words(one.values[at], bars.unit, named[at][number])
            _bar(canvas, number + 1, one.values[at], along, top + THICK * number, words)
        y += steps[at]
    canvas.line("axis", left, 0, left, y - BETWEEN + 4)
    return canvas


def _brief(name: str) -> str:
    """A series' name at the end of its bars; the table has it whole."""
    return name.lower() if len(name) <= LONGEST else name.lower()[: LONGEST - 1].rstrip() + "…"


def _name(canvas: Canvas, lines: list[str], left: float, y: float, row: float, *, narrow: bool) -> None:
    first = y + 13 if narrow else y + row / 2 + 5 - NAME_LINE * (len(lines) - 1) / 2
    for number, words in enumerate(lines):
        place = {"x": 4.0} if narrow else {"x": left - 8}
        canvas.text("text", place["x"], first + NAME_LINE * number, words, anchor="start" if narrow else "end")


def _to_the_largest(bars: Bars, start: float, end: float) -> Scale:
    return Scale(0, max([*(v for one in bars.series for v in shown(list(one.values))), 0]) or 1, start, end)


def _bar(canvas: Canvas, number: int, value: Value, along: Scale, top: float, words: str) -> None:
    end = along.start
    if isinstance(value, Hidden):
        end += HIDDEN_WIDE
        canvas.hidden(along.start, top + 2, HIDDEN_WIDE, THICK - 4)
    elif value is not None:
        end = along.at(value)
        canvas.rect(f"bar-{number}", along.start, top + 2, end - along.start, THICK - 4)
    canvas.text("text" if isinstance(value, Hidden) or value is None else "strong", end + 6, top + 16, words)


def _standing(bars: Bars) -> Canvas:
    values, (one,) = shown(list(bars.series[0].values)), bars.series
    bottom = 240.0
    canvas = Canvas(WIDE, bottom + 26, title=bars.title, description=bars.description())
    up = scale_of(values, bottom, 24, whole=all(isinstance(v, int) for v in one.values if not isinstance(v, Hidden)))
    left = 10 + max(small_wide(told(_tidy(tick), bars.unit)) for tick in up.ticks)
    for tick in up.ticks:
        canvas.line("axis" if tick == 0 else "grid", left, up.at(tick), WIDE, up.at(tick))
        canvas.text("small", left - 6, up.at(tick) + 4, told(_tidy(tick), bars.unit), anchor="end")
    slot = (WIDE - left) / len(bars.names)
    thick = min(56.0, slot * 0.66)
    for number, (name, value) in enumerate(zip(bars.names, one.values, strict=True)):
        middle = left + slot * (number + 0.5)
        top = bottom
        if isinstance(value, Hidden):
            top = bottom - 30
            canvas.hidden(middle - thick / 2, top, thick, 30)
        elif value is not None:
            top = up.at(value)
            canvas.rect("bar-1", middle - thick / 2, top, thick, bottom - top)
        role = "strong" if isinstance(value, (int, float)) else "small"
        canvas.text(role, middle, top - 6, value_words(value, bars.unit), anchor="middle")
        canvas.text("text", middle, bottom + 18, name, anchor="middle")
    return canvas


def _tidy(value: float) -> int | float:
    return int(value) if value == int(value) else value
