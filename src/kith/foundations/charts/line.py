"""Numbers over time; with its mean, limits and marked points it is a process (XmR) chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kith.foundations.charts.canvas import Canvas, small_wide, wide, wrapped
from kith.foundations.charts.numbers import Hidden, Value, shown, told
from kith.foundations.charts.picture import NARROW, WIDE, Picture
from kith.foundations.charts.roles import TEXT
from kith.foundations.charts.scales import Scale, every, scale_of, spread
from kith.foundations.charts.tables import Table

Signal = Literal["", "concern", "improvement", "neutral"]
SIGNALS: dict[Signal, str] = {
    "concern": "a change that is a concern",
    "improvement": "an improvement",
    "neutral": "a change, neither better nor worse",
    "": "usual ups and downs",
}
ROW = 20.0  # of the key
LONGEST = 30  # letters beside the end of a line


@dataclass(frozen=True)
class Point:
    """One value at one time. `label` is short ("Nov 25"); `signal` marks it, `words` say why in the table."""

    label: str
    value: Value
    signal: Signal = ""
    words: str = ""


@dataclass(frozen=True)
class Series:
    """Values in order of time under one name."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Level:
    """A line across: "Mean", "Upper limit", "Target"; from point `first` to point `last` when it changes on the way."""

    name: str
    value: float
    kind: Literal["mean", "limit", "target"]
    first: int = 0
    last: int | None = None


@dataclass(frozen=True)
class Line(Picture):
    """One to four series at the same times, with levels. Raises ValueError where times differ."""

    title: str
    sentence: str
    series: tuple[Series, ...]
    levels: tuple[Level, ...] = ()
    unit: str = ""
    times: str = "Month"

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= 4 or not self.series[0].points:
            raise ValueError("A line chart shows one to four series with values.")
        if len({tuple(point.label for point in one.points) for one in self.series}) > 1:
            raise ValueError("All series of a line chart have the same times.")

    @property
    def labels(self) -> list[str]:
        """The times."""
        return [point.label for point in self.series[0].points]

    @property
    def signals(self) -> list[Signal]:
        """The kinds of point to be explained; none where no point is marked."""
        found = {point.signal for one in self.series for point in one.points if not isinstance(point.value, Hidden)}
        return [signal for signal in SIGNALS if signal in found] if found - {""} else []

    def drawn(self, *, narrow: bool) -> Canvas:
        return _Drawing(self, narrow=narrow).canvas

    def description(self) -> str:
        """For those who hear the picture."""
        names = " and ".join(one.name for one in self.series)
        levels = "".join(f" {level.name}: {told(level.value, self.unit)}." for level in self.levels)
        times = f"{self.labels[0]} to {self.labels[-1]}"
        return f"Line chart of {names}, {times}.{levels} {self.sentence} The table holds every value."

    def table(self) -> Table:
        noted = any(point.words for one in self.series for point in one.points)
        notes = (("What it shows",) if noted else ()) if len(self.series) == 1 else ()
        columns = (self.times, *(one.name for one in self.series), *notes)
        rows = []
        for number, label in enumerate(self.labels):
            points = [one.points[number] for one in self.series]
            rows.append((label, *(point.value for point in points), *(points[0].words for _ in notes)))
        return Table(self.title, columns, tuple(rows), self.unit)


class _Drawing:
    """The steps of one drawing; places are worked out once."""

    def __init__(self, line: Line, *, narrow: bool) -> None:
        self.line, self.narrow = line, narrow
        width = NARROW if narrow else WIDE
        self.keys = self._keys()
        top = 14 + ROW * len(self.keys)
        bottom = top + (190 if narrow else 250)
        values = [value for one in line.series for value in shown([point.value for point in one.points])]
        values += [level.value for level in line.levels]
        whole = all(isinstance(p.value, int) for one in line.series for p in one.points if p.value is not None)
        self.up = scale_of(values, bottom, top, about=4 if narrow else 5, whole=whole)
        left = 10 + max(small_wide(told(_tidy(tick), line.unit)) for tick in self.up.ticks)
        right = width - (8 if narrow else 12 + max(wide(_cut(words)) for words, _ in self._ends()))
        last = max(1, len(line.labels) - 1)
        self.along = Scale(0, last, left + 8, right - 8)
        self.left, self.right, self.top, self.bottom = left, right, top, bottom
        height = bottom + 30 + ROW * len(line.signals)
        self.canvas = Canvas(width, height, title=line.title, description=line.description())
        self._draw()

    def _keys(self) -> list[tuple[str, str]]:
        """(role, words) of the rows above a narrow picture, where no room is left beside the lines' ends."""
        if not self.narrow:
            return []
        named = [(f"line-{at}", one.name) for at, one in enumerate(self.line.series, 1)] * (len(self.line.series) > 1)
        rows = []
        for role, words in [*named, *((level.kind, words) for words, level in self._levels())]:
            first, *rest = wrapped(words, NARROW - 34, TEXT)
            rows += [(role, first), *(("", line) for line in rest)]
        return rows

    def _levels(self) -> list[tuple[str, Level]]:
        """The levels that reach the end, in words."""
        end = len(self.line.labels) - 1
        return [
            (f"{level.name} {told(round(level.value, 1), self.line.unit)}", level)
            for level in self.line.levels
            if level.last is None or level.last >= end
        ]

    def _ends(self) -> list[tuple[str, float]]:
        """Words at the right end of each line and where they would like to stand (as values)."""
        ends = [(words, level.value) for words, level in self._levels()]
        for one in self.line.series:
            seen = [(point.label, point.value) for point in one.points if isinstance(point.value, (int, float))]
            if seen:
                label, value = seen[-1]
                last = told(_tidy(value), self.line.unit) + ("" if label == self.line.labels[-1] else f" in {label}")
                ends.append((f"{one.name} {last}" if len(self.line.series) > 1 else last, value))
        return ends or [("", 0.0)]

    def _draw(self) -> None:
        self._key_rows()
        self._axes()
        for level in self.line.levels:
            last = len(self.line.labels) - 1 if level.last is None else level.last
            y = self.up.at(level.value)
            start = self.left if level.first == 0 else self.along.at(level.first)
            self.canvas.line(level.kind, start, y, self.right if level.last is None else self.along.at(last), y)
        for number, one in enumerate(self.line.series, 1):
            self._series(number, one)
        if not self.narrow:
            self._end_labels()
        for number, signal in enumerate(self.line.signals):
            y = self.bottom + 30 + ROW * number + 8
            self.canvas.shape(signal or "usual", 12, y - 4)
            self.canvas.text("small", 26, y, SIGNALS[signal])

    def _key_rows(self) -> None:
        for number, (role, words) in enumerate(self.keys):
            if role:
                self.canvas.line(role, 0, 8 + ROW * number, 26, 8 + ROW * number)
            self.canvas.text("text", 34, 13 + ROW * number, words)

    def _axes(self) -> None:
        for tick in self.up.ticks:
            y = self.up.at(tick)
            self.canvas.line("axis" if tick == 0 else "grid", self.left, y, self.right, y)
            self.canvas.text("small", self.left - 6, y + 4, told(_tidy(tick), self.line.unit), anchor="end")
        labels = self.line.labels
        room = int((self.right - self.left) // (max(small_wide(label) for label in labels) + 12))
        for number in range(len(labels) - 1, -1, -every(len(labels), room)):
            anchor = "end" if number == len(labels) - 1 and len(labels) > 1 else "middle"
            x = self.along.at(number) + (8 if anchor == "end" else 0)
            self.canvas.line("axis", self.along.at(number), self.bottom, self.along.at(number), self.bottom + 4)
            self.canvas.text("small", x, self.bottom + 18, labels[number], anchor=anchor)

    def _series(self, number: int, one: Series) -> None:
        run: list[tuple[float, float]] = []
        for at, point in enumerate(one.points):
            if isinstance(point.value, (int, float)):
                run.append((self.along.at(at), self.up.at(point.value)))
                continue
            self._stroke(number, run)
            run = []
            if isinstance(point.value, Hidden):
                self.canvas.hidden(self.along.at(at) - 5, self.bottom - 14, 10, 14)
        self._stroke(number, run)
        for at, point in enumerate(one.points):
            if isinstance(point.value, (int, float)) and (point.signal or len(self.line.series) == 1):
                self.canvas.shape(point.signal or "usual", self.along.at(at), self.up.at(point.value), 4.5)

    def _stroke(self, number: int, run: list[tuple[float, float]]) -> None:
        if len(run) > 1:
            self.canvas.path(f"line-{number}", run)
        elif run and len(self.line.series) > 1:
            self.canvas.circle(f"line-{number}", *run[0], 2)

    def _end_labels(self) -> None:
        ends = self._ends()
        places = spread([self.up.at(value) for _, value in ends], 17, self.top, self.bottom)
        levels = len(self._levels())
        for number, ((words, _), y) in enumerate(zip(ends, places, strict=True)):
            self.canvas.text("small" if number < levels else "strong", self.right + 6, y + 4, _cut(words))


def _tidy(value: float) -> int | float:
    """A whole number as one."""
    return int(value) if value == int(value) else value


def _cut(words: str) -> str:
    """Words that leave the lines room; the table has them whole."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
