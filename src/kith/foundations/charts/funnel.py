"""How many of those who came reached each next step; bars, because a bar can be read."""

from __future__ import annotations

from dataclasses import dataclass

from kith.foundations.charts.bars import Bars, BarSeries
from kith.foundations.charts.canvas import Canvas
from kith.foundations.charts.numbers import NOT_SHOWN, Hidden, Value
from kith.foundations.charts.picture import Picture
from kith.foundations.charts.tables import Table


@dataclass(frozen=True)
class Step:
    """A step and how many reached it."""

    name: str
    value: int | Hidden


@dataclass(frozen=True)
class Funnel(Picture):
    """Steps in their order; each name tells its share of the step before."""

    title: str
    sentence: str
    steps: tuple[Step, ...]
    what: str = "Step"

    def shares(self) -> list[Value]:
        """Per cent of the step before; not known for the first, not shown where either number is not."""
        found: list[Value] = [None]
        for before, here in zip(self.steps, self.steps[1:], strict=False):
            if isinstance(before.value, Hidden) or isinstance(here.value, Hidden):
                found.append(NOT_SHOWN)
            else:
                found.append(round(here.value / before.value * 100, 1) if before.value else None)
        return found

    def drawn(self, *, narrow: bool) -> Canvas:
        names = [self._name(step, share) for step, share in zip(self.steps, self.shares(), strict=True)]
        values = tuple(step.value for step in self.steps)
        return Bars(self.title, self.sentence, tuple(names), (BarSeries("Number", values),), what=self.what).drawn(
            narrow=narrow
        )

    def _name(self, step: Step, share: Value) -> str:
        return f"{step.name} ({share:.0f}% of these)" if isinstance(share, float) else step.name

    def table(self) -> Table:
        rows = [(step.name, step.value, share) for step, share in zip(self.steps, self.shares(), strict=True)]
        return Table(self.title, (self.what, "Number", "Per cent of the step before"), tuple(rows))
