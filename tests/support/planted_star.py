"""Rows of a star planted one by one, and what measures count of them: for counts held against counts by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kith.insight.engine import measuring
from kith.insight.engine.cutting import write_star
from kith.insight.rules.measures import measures
from kith.insight.rules.periods import Month, Window, twelve_months
from tests.support.small_cut import COLUMNS, table

AS_AT = date(2026, 11, 20)
YEAR = twelve_months(Month(2026, 10))  # 1 November 2025 to 31 October 2026
Row = dict[str, Any]


@dataclass
class Planted:
    """Rows as they were planted; the cut is made of these, and the oracle reads these."""

    events: list[Row] = field(default_factory=list)
    absences: list[Row] = field(default_factory=list)
    people: dict[str, Row] = field(default_factory=dict)
    spells: list[Row] = field(default_factory=list)
    weighings: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)

    def child(self, child: str, **about: Any) -> None:
        known = {"child": child, "is_child": True, "born": date(2011, 5, 1), "sex": "F", "locality": "North"}
        self.people[child] = {**known, **about}

    def event(self, child: str, kind: str, day: date, what: str = "", **about: Any) -> None:
        if child not in self.people:
            self.child(child)
        told = {"event": len(self.events) + 1, "child": child, "is_child": True, "kind": kind, "day": day, "what": what}
        self.events.append({**told, **about})

    def missing(self, child: str, day: date, kind: str = "missing") -> None:
        if child not in self.people:
            self.child(child)
        self.absences.append({"absence": len(self.absences) + 1, "child": child, "kind": kind, "day": day})

    def spell(self, child: str, kind: str, began: date, ended: date | None = None) -> None:
        self.spells.append({"child": child, "kind": kind, "began": began, "ended": ended})

    def weighed(self, child: str, day: date, *most: str, with_child: bool = False) -> None:
        """Signed on a day; `most` are the contexts that weigh most."""
        told = {"weighing": len(self.weighings) + 1, "child": child, "day": day, "with_child": with_child}
        self.weighings.append({**told, **dict.fromkeys(most, True)})

    def change(self, due: date, outcome: str = "", said: date | None = None, *, in_time: bool = False) -> None:
        told = {"change": len(self.changes) + 1, "due": due, "outcome": outcome, "said": said, "in_time": in_time}
        self.changes.append(told)

    def counted(self, folder: Path, key: str, window: Window = YEAR) -> tuple[int, int | None]:
        """What the measure counts in the window, and how many met it."""
        counted, _, met, _ = self._figures(folder, key)[window.key][""][""]
        return counted, met

    def middle(self, folder: Path, key: str, window: Window = YEAR) -> tuple[int, float | None]:
        """What the measure counts in the window, and the middle value."""
        counted, _, _, value = self._figures(folder, key)[window.key][""][""]
        return counted, value

    def groups(self, folder: Path, key: str, breakdown: str, window: Window) -> dict[str, int]:
        """How many the measure counts in each group."""
        return {group: numbers[0] for group, numbers in self._figures(folder, key)[window.key][breakdown].items()}

    def _figures(self, folder: Path, key: str) -> dict[str, Any]:
        rows = {
            "events": sorted(self.events, key=lambda row: (row["day"], row["event"])),
            "absences": sorted(self.absences, key=lambda row: row["day"]),
            "people": list(self.people.values()),
            "spells": self.spells,
            "weighings": self.weighings,
            "changes": self.changes,
        }
        if not (folder / "events.parquet").exists():
            write_star(folder, {name: table(name, rows.get(name, [])) for name in COLUMNS}, AS_AT)
        figures: dict[str, Any] = measuring.count(measuring.Duck(folder), measures()[key], AS_AT)["windows"]
        return figures
