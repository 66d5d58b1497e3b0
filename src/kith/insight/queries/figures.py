"""The figures of a cut, as they may be shown: read from the files beside it, small numbers held back in one place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from kith.insight.models import Cut
from kith.insight.queries.cuts import folder_of
from kith.insight.queries.told import told_of
from kith.insight.rules.change import Population, percentage_of
from kith.insight.rules.measures import Measure, MeasureKind, measures
from kith.insight.rules.periods import Window, last_complete, month, months_to, quarter, twelve_months
from kith.insight.rules.suppression import Cell, Number, Published

AREA = "area.json"


@dataclass(frozen=True)
class Shown:
    """One number as it may be shown; None where it may not, or where nothing was counted.

    `count`: how many were counted; `share`: of these the percentage that met it; `value`: the middle value.
    `hidden`: something is there that may not be shown. `waits`: it is held back until its quarter is complete, as every
    number there is, small or not, that ends after what could be told so far.
    """

    count: int | None = None
    share: Decimal | None = None
    value: Decimal | None = None
    hidden: bool = False
    waits: bool = False

    def as_asked(self, kind: MeasureKind) -> int | Decimal | None:
        """The number that the measure is about."""
        if kind is MeasureKind.SHARE:
            return self.share
        return self.value if kind is MeasureKind.MEDIAN else self.count


@dataclass(frozen=True)
class MeasureFigures:
    """One measure's figures in one cut. What it answers is what may be shown, and nothing else leaves it."""

    measure: Measure
    as_at: date
    cut: str
    _numbers: Mapping[Cell, Number]
    _published: Published
    _told_until: int | None = None  # the month after the last block, where numbers add up

    def _waits(self, window: Window) -> bool:
        """Whether a window ends in a quarter that is not complete, after the last block that is."""
        after = window.last.index + 1
        complete = quarter(window.last).is_complete(self.as_at)
        return self._told_until is not None and after > self._told_until and not complete

    def shown(self, window: Window, breakdown: str = "", group: str = "") -> Shown:
        """A number of a window, or of a group of it."""
        number = self._numbers.get((breakdown, window, group))
        if number is None:
            return Shown()
        if not self._published.shows(window, breakdown, group):
            return Shown(hidden=True, waits=not breakdown and self._waits(window))
        share = self._published.shows_share(window, breakdown, group)
        met = percentage_of(number.met, number.count) if share else None
        middle = None if number.value is None or not share else Decimal(str(number.value)).quantize(Decimal("0.1"))
        of_share = self.measure.kind in {MeasureKind.SHARE, MeasureKind.MEDIAN}
        return Shown(number.count, met, middle, hidden=of_share and not share and number.count > 0)

    def parts(self, window: Window, breakdown: str = "", group: str = "") -> tuple[int, int] | None:
        """How many were counted and how many of them met what a share asks, where both may be shown."""
        number = self._numbers.get((breakdown, window, group))
        if number is None or number.met is None or not self._published.shows_share(window, breakdown, group):
            return None
        return number.count, number.met

    def current(self) -> Window:
        """The newest twelve whole months that may be shown; where none of the last half year may, the newest."""
        last, of_parts = last_complete(self.as_at), self.measure.kind in {MeasureKind.SHARE, MeasureKind.MEDIAN}
        may = self._published.shows_share if of_parts else self._published.shows
        newest = [twelve_months(last - back) for back in range(6)]
        return next((one for one in newest if may(one)), newest[0])

    def months(self, how_many: int = 30) -> list[Window]:
        """The last whole months, in order; fewer where the cut counted fewer."""
        asked = [month(one) for one in months_to(last_complete(self.as_at), how_many)]
        return [one for one in asked if ("", one, "") in self._numbers]

    def fixed(self) -> list[Window]:
        """The windows that are broken down by group, the newest first: financial years and quarters."""
        found = {window for breakdown, window, _ in self._numbers if breakdown and self._broken(breakdown, window)}
        return sorted(found, key=lambda one: (one.last, one.length), reverse=True)

    def _broken(self, breakdown: str, window: Window) -> bool:
        return (breakdown, window) in self._published.broken_down

    def groups(self, breakdown: str, window: Window) -> list[str] | None:
        """The groups of a breakdown that were counted in a window; None where it is not broken down."""
        if not self._broken(breakdown, window):
            return None
        return [group for name, one, group in self._numbers if name == breakdown and one == window]

    def anything(self) -> bool:
        """Whether anything was counted at all."""
        return any(number.count for number in self._numbers.values())


def figures_of(cut: Cut, measure: Measure) -> MeasureFigures:
    """One measure's figures in a cut. Of a measure that is newer than the cut there are none."""
    return _figures(folder_of(cut), cut, measure.key)


def population_of(cut: Cut) -> Population | None:
    """How many children live here, as the cut was told; None where it was not."""
    path = folder_of(cut) / AREA
    told = json.loads(path.read_text(encoding="utf-8"))["area"] if path.exists() else []
    children = sum(row["children"] for row in told)
    return Population(children, "this area", told[0]["source"], cut.as_at.year) if children else None


def children_by_locality(cut: Cut) -> dict[str, Population]:
    """How many children live in each locality, as the cut was told; none where it was not."""
    path = folder_of(cut) / AREA
    told = json.loads(path.read_text(encoding="utf-8"))["area"] if path.exists() else []
    year = cut.as_at.year
    return {
        row["locality"]: Population(row["children"], row["locality"], row["source"], year)
        for row in told
        if row["children"]
    }


def all_figures(cut: Cut) -> Iterator[MeasureFigures]:
    """Every measure's figures in a cut, in the order of themes."""
    return (figures_of(cut, measure) for measure in measures().values())


@lru_cache(maxsize=1024)  # a cut never changes, nor what it told
def _figures(folder: Path, cut: Cut, key: str) -> MeasureFigures:
    measure = measures()[key]
    told = told_of(cut, measure)
    numbers = {("", window, ""): number for window, number in told.figures.totals.items()} | {
        (breakdown, window, group): number
        for (breakdown, window), groups in told.figures.groups.items()
        for group, number in groups.items()
    }
    until = max(told.bounds.counts, default=None)
    return MeasureFigures(measure, cut.as_at, cut.name, numbers, told.published, until)
