"""A line small enough to stand in a row of a scorecard; its number and its sentence stand beside it."""

from __future__ import annotations

from dataclasses import dataclass

from kith.foundations.charts.canvas import Canvas
from kith.foundations.charts.line import Point
from kith.foundations.charts.numbers import Hidden, shown, told
from kith.foundations.charts.picture import Picture
from kith.foundations.charts.scales import Scale
from kith.foundations.charts.tables import Table

WIDTH, HEIGHT = 132.0, 36.0


@dataclass(frozen=True)
class Sparkline(Picture):
    """The shape of `points` alone, its last one marked."""

    title: str
    sentence: str
    points: tuple[Point, ...]
    unit: str = ""
    name: str = "Value"

    def drawn(self, *, narrow: bool) -> Canvas:
        said = f"{self.name}: {self.words()}. {self.sentence}"
        canvas = Canvas(WIDTH, HEIGHT, title=self.title, description=said)
        values = shown([point.value for point in self.points])
        low, high = min(values, default=0), max(values, default=1)
        up = Scale(low, high if high > low else low + 1, HEIGHT - 7, 7)
        along = Scale(0, max(1, len(self.points) - 1), 6, WIDTH - 8)
        run: list[tuple[float, float]] = []
        for at, point in enumerate(self.points):
            if isinstance(point.value, (int, float)):
                run.append((along.at(at), up.at(point.value)))
                continue
            self._stroke(canvas, run)
            run = []
            if isinstance(point.value, Hidden):
                canvas.hidden(along.at(at) - 2, HEIGHT - 12, 4, 10)
        self._stroke(canvas, run)
        for at, point in enumerate(self.points):
            if isinstance(point.value, (int, float)) and (point.signal or at == len(self.points) - 1):
                canvas.shape(point.signal or "usual", along.at(at), up.at(point.value), 3.5)
        return canvas

    def _stroke(self, canvas: Canvas, run: list[tuple[float, float]]) -> None:
        if len(run) > 1:
            canvas.path("line-1", run)

    def table(self) -> Table:
        return Table(self.title, ("Month", self.name), tuple((p.label, p.value) for p in self.points), self.unit)

    def words(self) -> str:
        """ "From 12 (Nov 25) to 31 (Oct 26)"."""
        known = [point for point in self.points if isinstance(point.value, (int, float))]
        if not known:
            return "No values to show"
        first, last = known[0], known[-1]
        if first is last:
            return f"{told(first.value, self.unit)} ({first.label})"
        return f"From {told(first.value, self.unit)} ({first.label}) to {told(last.value, self.unit)} ({last.label})"
