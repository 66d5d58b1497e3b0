"""The figures of a cut, as they may be shown: read from the files beside it, small numbers held back in one place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from kith.insight.models import Cut
from kith.insight.queries.cuts import folder_of
from kith.insight.rules.change import Population, percentage_of
from kith.insight.rules.measures import Measure, MeasureKind, measures
from kith.insight.rules.periods import Window, last_complete, month, months_to, read, twelve_months
from kith.insight.rules.suppression import Adds, Figures, Number, Published, publishable

FIGURES, AREA = "figures", "area.json"


@dataclass(frozen=True)
class Shown:
    """One number as it may be shown; None where it may not, or where nothing was counted.

    `count`: how many were counted; `share`: of these the percentage that met it; `value`: the middle value.
    `hidden`: something is there that may not be shown.
    """

    count: int | None = None
    share: Decimal | None = None
    value: Decimal | None = None
    hidden: bool = False

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
    _numbers: Mapping[tuple[str, Window, str], tuple[Number, float | None]]
    _published: Published

    def shown(self, window: Window, breakdown: str = "", group: str = "") -> Shown:
        """A number of a window, or of a group of it."""
        found = self._numbers.get((breakdown, window, group))
        if found is None:
            return Shown()
        number, value = found
        if not self._published.shows(window, breakdown, group):
            return Shown(hidden=True)
        share = self._published.shows_share(window, breakdown, group)
        met = percentage_of(number.met, number.count) if share else None
        middle = None if value is None or not share else Decimal(str(value)).quantize(Decimal("0.1"))
        of_share = self.measure.kind in {MeasureKind.SHARE, MeasureKind.MEDIAN}
        return Shown(number.count, met, middle, hidden=of_share and not share and number.count > 0)

    def parts(self, window: Window, breakdown: str = "", group: str = "") -> tuple[int, int] | None:
        """How many were counted and how many of them met what a share asks, where both may be shown."""
        number, _ = self._numbers.get((breakdown, window, group), (None, None))
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
        return any(number.count for number, _ in self._numbers.values())


def figures_of(cut: Cut, measure: Measure) -> MeasureFigures:
    """One measure's figures in a cut. Of a measure that is newer than the cut there are none."""
    return _figures(folder_of(cut), cut.name, cut.as_at, measure.key)


def population_of(cut: Cut) -> Population | None:
    """How many children live here, as the cut was told; None where it was not."""
    path = folder_of(cut) / AREA
    told = json.loads(path.read_text(encoding="utf-8"))["area"] if path.exists() else []
    children = sum(row["children"] for row in told)
    return Population(children, "this area", told[0]["source"], cut.as_at.year) if children else None


def all_figures(cut: Cut) -> Iterator[MeasureFigures]:
    """Every measure's figures in a cut, in the order of themes."""
    return (figures_of(cut, measure) for measure in measures().values())


@lru_cache(maxsize=1024)  # a cut never changes
def _figures(folder: Path, name: str, as_at: date, key: str) -> MeasureFigures:
    measure, path = measures()[key], folder / FIGURES / f"{key}.json"
    counted = json.loads(path.read_text(encoding="utf-8"))["windows"] if path.exists() else {}
    numbers = dict(_numbers(counted))
    return MeasureFigures(measure, as_at, name, numbers, publishable(_figures_to_publish(measure, numbers)))


def _numbers(counted: dict[str, Any]) -> Iterator[tuple[tuple[str, Window, str], tuple[Number, float | None]]]:
    for key, breakdowns in counted.items():
        window = read(key)
        for breakdown, groups in breakdowns.items():
            for group, (count, children, met, value) in groups.items():
                behind = children or None  # of things that are nobody's there are no children to look at
                yield (breakdown, window, group), (Number(count, met, behind), value)


def _figures_to_publish(
    measure: Measure, numbers: Mapping[tuple[str, Window, str], tuple[Number, float | None]]
) -> Figures:
    totals = {window: number for (breakdown, window, _), (number, _) in numbers.items() if not breakdown}
    groups: dict[tuple[str, Window], dict[str, Number]] = {}
    for (breakdown, window, group), (number, _) in numbers.items():
        if breakdown:
            groups.setdefault((breakdown, window), {})[group] = number
    return Figures(adds_up(measure), totals, groups)


def adds_up(measure: Measure) -> Adds:
    """Whether months add up to a year: things do, children and what stands open do not."""
    if measure.kind is MeasureKind.STANDING:
        return Adds.STANDING
    return Adds.NOT if measure.counts == "children" else Adds.UP
