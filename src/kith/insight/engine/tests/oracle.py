"""Counting by hand: plain Python over rows, written apart from the measures' files and from the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from kith.insight.rules.measures import MeasureKind
from kith.insight.rules.periods import Window

Row = dict[str, Any]
Is = Callable[[Row], bool]


@dataclass(frozen=True)
class Fact:
    """One row that counts: the thing (None where children are counted), the child, the day, and what it tells."""

    thing: int | None
    child: str
    day: date
    met: bool = False
    value: float | None = None
    since: date | None = None
    ended: date | None = None


class Hand:
    """The rows of a star, and the questions that definitions ask of them."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self.rows = rows
        self.born = {row["child"]: row["born"] for row in rows["people"]}
        self.ethnicity = {row["child"]: row["ethnicity"] for row in rows["people"]}

    def events(self, *kinds: str, child: bool = True, **wanted: Any) -> list[Row]:
        """What happened, told once. `child`: to somebody under 18. `wanted`: a value, or several, of a column."""
        return [
            row
            for row in self.rows["events"]
            if row["kind"] in kinds
            and not row["again"]
            and (row["is_child"] or not child)
            and all(row[name] in (one if isinstance(one, tuple) else (one,)) for name, one in wanted.items())
        ]

    def missing(self) -> list[Row]:
        return [row for row in self.rows["absences"] if row["kind"] == "missing"]

    def told(self, agency_kind: str) -> list[Row]:
        return [row for row in self.rows["accounts"]
                if row["kind"] == "missing" and row["agency_kind"] == agency_kind]  # fmt: skip

    def spells(self, kind: str, child: str) -> list[Row]:
        return [row for row in self.rows["spells"] if row["kind"] == kind and row["child"] == child]

    def months_old(self, child: str, day: date) -> int | None:
        born = self.born.get(child)
        return None if born is None else (day.year - born.year) * 12 + day.month - born.month


def each(rows: Iterable[Row], met: Is | None = None, thing: str = "event") -> list[Fact]:
    """Each thing counts."""
    return [Fact(row[thing], row.get("child", ""), row["day"], bool(met and met(row))) for row in rows]


def once(rows: Iterable[Row], met: Is | None = None) -> list[Fact]:
    """Each child counts, once."""
    return [Fact(None, row["child"], row["day"], bool(met and met(row))) for row in rows if row["child"]]


def before(rows: Iterable[Row], days: int, after: int = 0) -> Is:
    """Whether any of some rows of the same child is fewer than so many days before, or that day, or after."""
    of: dict[str, list[date]] = {}
    for row in rows:
        of.setdefault(row["child"], []).append(row["day"])

    def found(row: Row) -> bool:
        earliest, latest = row["day"] - timedelta(days=days), row["day"] + timedelta(days=after)
        return any(
            earliest < day and (day < latest or (not after and day == latest)) for day in of.get(row["child"], ())
        )

    return found


def counted(facts: list[Fact], kind: MeasureKind, window: Window) -> list[Any]:
    """Things and children each once; met where any row of a thing is; the middle of the latest values."""
    last = window.last.last
    if kind is MeasureKind.STANDING:
        inside = [one for one in facts if one.day <= last and (one.ended is None or one.ended > last)]
    else:
        inside = [one for one in facts if one.day in window and (one.since is None or one.since >= window.begins)]
    things: dict[tuple[Any, str], list[Fact]] = {}
    for one in sorted(inside, key=lambda one: (one.day, one.value is not None, one.value or 0)):
        things.setdefault((one.thing, one.child), []).append(one)
    children = {child for _, child in things} - {""}
    met = sum(any(one.met for one in told) for told in things.values()) if kind is MeasureKind.SHARE else None
    values = [told[-1].value for told in things.values() if told[-1].value is not None]
    middle = round(median(values), 4) if values and kind is MeasureKind.MEDIAN else None
    return [len(things), len(children), met, middle]
