"""What was counted of a cut beside its measures, as it may be shown: children known here, and complete fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kith.insight.models import Cut
from kith.insight.queries.cuts import folder_of
from kith.insight.rules.periods import Window, read
from kith.insight.rules.suppression import Adds, Figures, Number, Published, publishable

BESIDE = "beside"


@dataclass(frozen=True)
class Known:
    """Children known here at the end of each year, by group."""

    _numbers: Mapping[tuple[str, Window, str], int]
    _published: Published

    def shown(self, window: Window, breakdown: str = "", group: str = "") -> int | None:
        """How many; None where it may not be shown, or was not counted."""
        return (
            self._numbers.get((breakdown, window, group)) if self._published.shows(window, breakdown, group) else None
        )

    def years(self) -> list[Window]:
        """The years that are broken down, the newest first."""
        return sorted({window for _, window in self._published.broken_down}, reverse=True)


@dataclass(frozen=True)
class Complete:
    """Of the events of one kind in one year, how many have a field; by agency too."""

    year: Window
    kind: str
    field: str
    _numbers: Mapping[str, Number]
    _published: Published

    def agencies(self) -> list[str]:
        """Those that told of such events."""
        return [name for name in self._numbers if name]

    def of(self, agency: str = "") -> tuple[int, int] | None:
        """Events, and those that have it; None where that may not be shown."""
        breakdown = "agency" if agency else ""
        if agency not in self._numbers or not self._published.shows_share(self.year, breakdown, agency):
            return None
        number = self._numbers[agency]
        return number.count, number.met or 0

    @property
    def events(self) -> int | None:
        """How many events there are; None where that may not be shown."""
        return self._numbers[""].count if self._published.shows(self.year) else None


def known_in(cut: Cut) -> Known | None:
    """Children known here; None where the cut is older than this was counted."""
    return _known(folder_of(cut))


def completeness_of(cut: Cut) -> list[Complete] | None:
    """Every kind, field and year of a cut, the newest year first; None where the cut is older than this was counted."""
    return _complete(folder_of(cut))


def _counted(folder: Path, name: str) -> dict[str, Any] | None:
    path = folder / BESIDE / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


@lru_cache(maxsize=32)  # a cut never changes
def _known(folder: Path) -> Known | None:
    counted = _counted(folder, "known")
    if counted is None:
        return None
    numbers = {
        (breakdown, read(key), group): number
        for key, breakdowns in counted.items()
        for breakdown, groups in breakdowns.items()
        for group, number in groups.items()
    }
    totals = {window: Number(number) for (breakdown, window, _), number in numbers.items() if not breakdown}
    groups: dict[tuple[str, Window], dict[str, Number]] = {}
    for (breakdown, window, group), number in numbers.items():
        if breakdown:
            groups.setdefault((breakdown, window), {})[group] = Number(number)
    return Known(numbers, publishable(Figures(Adds.STANDING, totals, groups)))


@lru_cache(maxsize=32)
def _complete(folder: Path) -> list[Complete] | None:
    counted = _counted(folder, "quality")
    if counted is None:
        return None
    found = [
        _field(read(key), kind, field, groups)
        for key, kinds in counted.items()
        for kind, fields in kinds.items()
        for field, groups in fields.items()
    ]
    return sorted(found, key=lambda one: one.year, reverse=True)


def _field(year: Window, kind: str, field: str, groups: Mapping[str, list[int]]) -> Complete:
    numbers = {name: Number(count, met, children) for name, (count, children, met) in groups.items()}
    agencies = {name: number for name, number in numbers.items() if name}
    figures = Figures(Adds.NOT, {year: numbers[""]}, {("agency", year): agencies})
    return Complete(year, kind, field, numbers, publishable(figures))
