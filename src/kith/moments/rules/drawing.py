"""When what a feed tells is a critical moment, as drawing.yaml has it. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kith.foundations.clocks import HERE

PUSHED_WITHIN = timedelta(hours=24)  # what a feed tells later than this waits on the desk until the morning
REASONS = {
    "not-exploited": "No exploitation is on the child's record",
    "told": "The same was told within a day and is a moment already",
}


@dataclass(frozen=True)
class Mapped:
    """A kind of entry that may be a critical moment."""

    entry: str
    moment: str
    where: Mapping[str, tuple[str, ...]]
    by_its_end: bool = False

    def fits(self, details: Mapping[str, Any]) -> bool:
        """Whether the entry says one of the words wanted, in each detail that is asked for."""
        said = {key: str(details.get(key) or "").lower() for key in self.where}
        return all(any(word in said[key] for word in words) for key, words in self.where.items())


@dataclass(frozen=True)
class Rule:
    """The published rule."""

    title: str
    since: date
    source: str
    checked: bool
    within: timedelta
    same_within: timedelta
    kinds: tuple[str, ...]
    factors: tuple[str, ...]
    entries: tuple[Mapped, ...]

    def mapped(self, kind: str) -> Mapped | None:
        return next((one for one in self.entries if one.entry == kind), None)


@cache
def rule() -> Rule:
    """As drawing.yaml has it."""
    row = yaml.safe_load((files("kith.moments") / "drawing.yaml").read_text(encoding="utf-8"))
    return Rule(
        title=row["title"],
        since=row["since"],
        source=row["source"],
        checked=bool(row["checked"]),
        within=timedelta(days=row["happened_within_days"]),
        same_within=timedelta(hours=row["same_within_hours"]),
        kinds=tuple(row["exploited"]["kinds"]),
        factors=tuple(row["exploited"]["factors"]),
        entries=tuple(_mapped(one) for one in row["entries"]),
    )


def is_urgent(source: str, happened_on: date, happened_at: datetime | None, told_at: datetime) -> bool:
    """Whether somebody is rung: always when a person tells of it, and for a feed when it has only just happened."""
    if source != "feed":
        return True
    if happened_at is not None:
        return told_at - happened_at <= PUSHED_WITHIN
    return (told_at.astimezone(HERE).date() - happened_on).days <= 1


def _mapped(row: Mapping[str, Any]) -> Mapped:
    where = {key: tuple(word.lower() for word in words) for key, words in row.get("where", {}).items()}
    return Mapped(row["entry"], row["moment"], where, bool(row.get("by_its_end", False)))
