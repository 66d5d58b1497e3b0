"""A year of days: how much on each, told by the size of a square as well as by its shade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kith.foundations.charts.canvas import Canvas, small_wide, wrapped
from kith.foundations.charts.numbers import Hidden, Value, shown
from kith.foundations.charts.picture import NARROW, WIDE, Picture
from kith.foundations.charts.tables import Table
from kith.foundations.charts.week_grid import DAYS, DEEPEST, level_of

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LEFT = 40.0


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last` that lie on a tinted ground: a school holiday."""

    first: date
    last: date
    words: str


@dataclass(frozen=True)
class Calendar(Picture):
    """`days` are (day, value) within `first` to `last`, at most a year; a day that is not there counted nothing."""

    title: str
    sentence: str
    first: date
    last: date
    days: tuple[tuple[date, Value], ...]
    spans: tuple[Span, ...] = ()
    span_words: str = "tinted: school holidays"
    counted: str = "Number"

    def __post_init__(self) -> None:
        if not self.first <= self.last <= self.first + timedelta(days=366):
            raise ValueError("A calendar shows up to a year, from its first day to its last.")
        if any(not self.first <= day <= self.last for day, _ in self.days):
            raise ValueError("A day lies outside the calendar.")

    def drawn(self, *, narrow: bool) -> Canvas:
        width = NARROW if narrow else WIDE
        across = 14 if narrow else 54
        cell = (width - LEFT) / across
        start = self.first - timedelta(days=self.first.weekday())
        weeks = (self.last - start).days // 7 + 1
        bands = -(-weeks // across)
        band = 22 + 7 * cell + 12
        key = [line for words in self._key() for line in wrapped(words, width)]
        height = bands * band + 20 * (len(key) + 1)
        canvas = Canvas(width, height, title=self.title, description=self.description())
        for number in range(bands):
            for weekday in (0, 2, 4, 6):
                canvas.text("small", 0, number * band + 22 + cell * weekday + cell / 2 + 4.5, DAYS[weekday][:3])
        self._months(canvas, start, across, cell, band)
        self._days(canvas, start, across, cell, band)
        self._size_key(canvas, bands * band + 10)
        for number, words in enumerate(key, 1):
            canvas.text("small", 0, bands * band + 14 + 20 * number, words)
        return canvas

    def _months(self, canvas: Canvas, start: date, across: int, cell: float, band: float) -> None:
        free: dict[int, float] = {}
        day = self.first
        while day <= self.last:
            row, column = divmod((day - start).days // 7, across)
            x, words = LEFT + cell * column, MONTHS[day.month - 1]
            if x >= free.get(row, 0) and x + small_wide(words) <= canvas.width + 2:
                canvas.text("small", x, row * band + 14, words)
                free[row] = x + small_wide(words) + 4
            day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)

    def _days(self, canvas: Canvas, start: date, across: int, cell: float, band: float) -> None:
        values = dict(self.days)
        most = max(shown(list(values.values())), default=0)
        for number in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=number)
            row, column = divmod((day - start).days // 7, across)
            x, y = LEFT + cell * column, row * band + 22 + cell * day.weekday()
            tinted = any(span.first <= day <= span.last for span in self.spans)
            canvas.rect("band" if tinted else "cell", x, y, cell - 1, cell - 1)
            _square(canvas, values.get(day), most, x, y, cell - 1)

    def _size_key(self, canvas: Canvas, y: float) -> None:
        most = max(shown([value for _, value in self.days]), default=0)
        canvas.text("small", 0, y + 4, "fewer")
        for level in range(1, DEEPEST + 1):
            x = 44 + 18 * (level - 1)
            canvas.rect("cell", x, y - 7, 14, 14)
            _square(canvas, level, DEEPEST, x, y - 7, 14)
        canvas.text("small", 44 + 18 * DEEPEST + 4, y + 4, f"more (most on a day: {most:g})")

    def _key(self) -> list[str]:
        hidden = any(isinstance(value, Hidden) for _, value in self.days)
        return ([self.span_words] if self.spans else []) + (["slanting lines: not shown"] if hidden else [])

    def description(self) -> str:
        """For those who hear the picture."""
        said = f"{_said(self.first)} to {_said(self.last)}"
        return f"Calendar of {said}. {self.sentence} The table lists each day on which something is counted."

    def table(self) -> Table:
        """Days on which something is counted."""
        rows = [
            (f"{DAYS[day.weekday()]} {_said(day)}", value)
            for day, value in sorted(self.days, key=lambda one: one[0])
            if value
        ]
        return Table(self.title, ("Day", self.counted), tuple(rows))


def _square(canvas: Canvas, value: Value, most: float, x: float, y: float, cell: float) -> None:
    if isinstance(value, Hidden):
        return canvas.hidden(x + 1, y + 1, cell - 2, cell - 2)
    level = level_of(float(value or 0), most)
    if level:
        side = cell * (0.4 + 0.6 * (level / DEEPEST))
        canvas.rect(f"shade-{max(level, 2)}", x + (cell - side) / 2, y + (cell - side) / 2, side, side)
    return None


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
