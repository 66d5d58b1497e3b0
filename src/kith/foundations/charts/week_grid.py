"""The week as 7 × 24 cells: when it happens. Each cell holds its number, so that no colour has to be told apart."""

from __future__ import annotations

from dataclasses import dataclass

from kith.foundations.charts.canvas import Canvas, wrapped
from kith.foundations.charts.numbers import Cell, Hidden, Value, shown
from kith.foundations.charts.picture import NARROW, WIDE, Picture
from kith.foundations.charts.tables import Table

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DEEPEST = 5


@dataclass(frozen=True)
class WeekGrid(Picture):
    """`cells` are seven days from Monday of 24 hours from midnight. `outlined` cells ((day 0–6, hour)) stand out for
    the reason that `outline_words` say. Raises ValueError for another shape."""

    title: str
    sentence: str
    cells: tuple[tuple[int | Hidden, ...], ...]
    outlined: frozenset[tuple[int, int]] = frozenset()
    outline_words: str = "outlined: more than expected, unlikely by chance"

    def __post_init__(self) -> None:
        if len(self.cells) != 7 or any(len(day) != 24 for day in self.cells):
            raise ValueError("A week is seven days of 24 hours.")

    @property
    def most(self) -> float:
        """The largest number shown."""
        return max(shown([value for day in self.cells for value in day]), default=0)

    def drawn(self, *, narrow: bool) -> Canvas:
        across, down, left, top = (7, 24, 44.0, 24.0) if narrow else (24, 7, 46.0, 24.0)
        wide, high = ((NARROW if narrow else WIDE) - left) / across, 22.0 if narrow else 30.0
        key = [line for words in self._key() for line in wrapped(words, NARROW if narrow else WIDE)]
        height = top + down * high + 12 + 20 * len(key)
        canvas = Canvas(NARROW if narrow else WIDE, height, title=self.title, description=self.description())
        for day in range(7):
            x, y = (left + wide * (day + 0.5), top - 8) if narrow else (0, top + high * (day + 0.5) + 5)
            canvas.text("text", x, y, DAYS[day][:3], anchor="middle" if narrow else "start")
        for hour in range(24):
            self._hour(canvas, hour, left, top, wide, high, narrow=narrow)
        self._cells(canvas, left, top, wide, high, narrow=narrow)
        for number, words in enumerate(key):
            canvas.text("small", 0, top + down * high + 20 + 20 * number, words)
        return canvas

    def _hour(
        self, canvas: Canvas, hour: int, left: float, top: float, wide: float, high: float, *, narrow: bool
    ) -> None:
        if narrow:
            canvas.text("small", left - 6, top + high * (hour + 0.5) + 4, hour_words(hour), anchor="end")
        elif hour % 3 == 0:
            canvas.text("small", left + wide * hour, top - 8, hour_words(hour))

    def _cells(self, canvas: Canvas, left: float, top: float, wide: float, high: float, *, narrow: bool) -> None:
        standing_out = []
        for day in range(7):
            for hour in range(24):
                column, row = (day, hour) if narrow else (hour, day)
                x, y = left + wide * column, top + high * row
                _cell(canvas, self.cells[day][hour], self.most, x, y, wide - 1, high - 1)
                if (day, hour) in self.outlined:
                    standing_out.append((x, y))
        for x, y in standing_out:
            canvas.rect("outline", x, y, wide - 1, high - 1)

    def _key(self) -> list[str]:
        hidden = any(isinstance(value, Hidden) for day in self.cells for value in day)
        return ([self.outline_words] if self.outlined else []) + (["slanting lines: not shown"] if hidden else [])

    def description(self) -> str:
        """For those who hear the picture."""
        return f"A week of seven days by 24 hours, a number in each. {self.sentence} The table holds every value."

    def table(self) -> Table:
        """Hours by days; with totals only where nothing is hidden that they would give away."""
        whole = not any(isinstance(value, Hidden) for day in self.cells for value in day)
        ends = ("All week",) if whole else ()
        rows: list[tuple[Cell, ...]] = []
        for hour in range(24):
            here = tuple(day[hour] for day in self.cells)
            rows.append((hour_words(hour), *here, *(_sum(here) for _ in ends)))
        if whole:
            days = [_sum(day) for day in self.cells]
            rows.append(("All day", *days, sum(days)))
        return Table(self.title, ("Hour that begins", *DAYS, *ends), tuple(rows))


def hour_words(hour: int) -> str:
    """The hour that begins then: "12 am", "3 pm"."""
    return f"{hour % 12 or 12} {'am' if hour < 12 else 'pm'}"


def level_of(value: float, most: float) -> int:
    """0 for nothing, then 1 to 5 by fifths of the largest."""
    return 0 if value <= 0 or most <= 0 else min(DEEPEST, int((value / most) * DEEPEST - 1e-9) + 1)


def _sum(values: tuple[int | Hidden, ...]) -> int:
    return sum(value for value in values if isinstance(value, int))


def _cell(canvas: Canvas, value: Value, most: float, x: float, y: float, wide: float, high: float) -> None:
    if isinstance(value, Hidden):
        canvas.rect("cell", x, y, wide, high)
        return canvas.hidden(x + 2, y + 2, wide - 4, high - 4)
    level = level_of(float(value or 0), most)
    canvas.rect(f"shade-{level}", x, y, wide, high)
    if value:
        words = str(value) if value < 1000 else f"{value / 1000:.0f}k"
        canvas.text(
            "on-deep-shade" if level >= 4 else "on-shade", x + wide / 2, y + high / 2 + 4.5, words, anchor="middle"
        )
    return None
