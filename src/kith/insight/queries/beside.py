"""What was counted of a cut beside its measures, as it may be shown: children known here, and complete fields.

Each cut is told after those before it and keeps to what they told, as measures are (`told`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kith.insight.models import Cut
from kith.insight.queries.cuts import folder_of
from kith.insight.queries.told import TOLD, keep, until
from kith.insight.rules.periods import Window, read
from kith.insight.rules.suppression import Adds, Figures, Number, Published, Told, tell
from kith.insight.rules.suppression.kept import as_kept, from_kept

BESIDE = "beside"
Counted = Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """Children known here at the end of each year, by group."""

    _figures: Figures
    _published: Published

    def shown(self, window: Window, breakdown: str = "", group: str = "") -> int | None:
        """How many; None where it may not be shown, or was not counted."""
        if not self._published.shows(window, breakdown, group):
            return None
        found = self._figures.groups[breakdown, window].get(group) if breakdown else self._figures.totals.get(window)
        return found.count if found else None

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
    told = _told(cut, "known", known_figures)
    return Known(told[""].figures, told[""].published) if told else None


def completeness_of(cut: Cut) -> list[Complete] | None:
    """Every kind, field and year of a cut, the newest year first; None where the cut is older than this was counted."""
    told = _told(cut, "quality", field_figures)
    if told is None:
        return None
    found = [one for name, each in told.items() for one in _complete(name, each)]
    return sorted(found, key=lambda one: one.year, reverse=True)


def _told(cut: Cut, name: str, read_counted: Callable[[Counted], Mapping[str, Figures]]) -> Mapping[str, Told] | None:
    """What a cut told of each figure, kept beside it the first time; None where nothing was counted."""
    counted, kept = f"{BESIDE}/{name}.json", f"{TOLD}/{BESIDE}-{name}.json"
    folder = folder_of(cut)
    if not (folder / counted).exists():
        return None
    earlier: Mapping[str, Told] = {}
    for one in [] if (folder / kept).exists() else until(cut, counted, kept):
        path = folder_of(one) / kept
        if not path.exists():
            figures = read_counted(json.loads((folder_of(one) / counted).read_text(encoding="utf-8")))
            told = {key: tell(each, earlier=earlier.get(key), as_at=one.as_at) for key, each in figures.items()}
            keep(path, {key: as_kept(each) for key, each in told.items()})
        earlier = _read(path)
    return _read(folder / kept)


@lru_cache(maxsize=32)  # what was told never changes
def _read(path: Path) -> Mapping[str, Told]:
    return {key: from_kept(one) for key, one in json.loads(path.read_text(encoding="utf-8")).items()}


def known_figures(counted: Counted) -> dict[str, Figures]:
    """Children known: one figure, which stands for the last day of each year."""
    totals = {read(key): Number(breakdowns[""][""]) for key, breakdowns in counted.items()}
    groups = {
        (breakdown, read(key)): {group: Number(number) for group, number in row.items()}
        for key, breakdowns in counted.items()
        for breakdown, row in breakdowns.items()
        if breakdown
    }
    return {"": Figures(Adds.STANDING, totals, groups)}


def field_figures(counted: Counted) -> dict[str, Figures]:
    """Each field of each kind (`kind/field`), by year and agency."""
    names = {(kind, field) for kinds in counted.values() for kind, fields in kinds.items() for field in fields}
    return {f"{kind}/{field}": _field(counted, kind, field) for kind, field in sorted(names)}


def _field(counted: Counted, kind: str, field: str) -> Figures:
    rows = {
        read(key): {name: Number(count, met, children) for name, (count, children, met) in kinds[kind][field].items()}
        for key, kinds in counted.items()
        if field in kinds.get(kind, {})
    }
    agencies = {("agency", window): _by_agency(row) for window, row in rows.items()}
    return Figures(Adds.NOT, {window: row[""] for window, row in rows.items()}, agencies)


def _by_agency(row: Mapping[str, Number]) -> dict[str, Number]:
    """Those of each agency and, without a name, those of which no agency is told: together all of them."""
    found, total = {name: one for name, one in row.items() if name}, row[""]
    rest = total.count - sum(one.count for one in found.values())
    with_field = (total.met or 0) - sum(one.met or 0 for one in found.values())
    return found | ({"": Number(rest, with_field)} if rest else {})


def _complete(name: str, told: Told) -> Iterable[Complete]:
    kind, _, field = name.partition("/")
    for window, total in told.figures.totals.items():
        numbers = {**told.figures.groups.get(("agency", window), {}), "": total}
        yield Complete(window, kind, field, numbers, told.published)
