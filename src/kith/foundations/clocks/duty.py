"""Duties with a time allowed: dated rules with their source, and when each duty falls due.

A rule is data (see `read_rules`), because law and local standards change: the one in force on the day the duty began is
the one that counts. Working days and calendar days keep the local time of day across the clocks going back or forward;
hours are hours that passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kith.foundations.clocks.working_days import add_working_days

HERE = ZoneInfo("Europe/London")
UNITS = ("hours", "days", "weeks", "working days")


@dataclass(frozen=True)
class Allowed:
    """An amount of time: `amount` of one of UNITS."""

    amount: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS or self.amount < 0:
            raise ValueError(f"Not a time allowed: {self.amount} {self.unit}.")

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.removesuffix('s') if self.amount == 1 else self.unit}"


@dataclass(frozen=True)
class ClockRule:
    """How long a duty may take. `kind` is "law" or "local"; `checked` False is shown to people as not verified."""

    key: str
    title: str
    starts: str  # in words: from what it runs
    stops: str
    allowed: Allowed
    kind: str
    source: str
    checked: bool
    since: date
    until: date | None = None

    def in_force(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


def due(start: datetime, allowed: Allowed) -> datetime:
    """When a duty that began at `start` (aware) falls due.

    Received on a Friday at 4 pm, one working day is Monday at 4 pm; received on a Saturday, it is Monday too.
    """
    if start.tzinfo is None:
        raise ValueError("A clock starts at a moment of a time zone.")
    if allowed.unit == "hours":
        return start.astimezone(UTC) + timedelta(hours=allowed.amount)
    local = start.astimezone(HERE)
    if allowed.unit == "working days":
        return add_working_days(local.replace(tzinfo=None), allowed.amount).replace(tzinfo=HERE).astimezone(UTC)
    days = allowed.amount * (7 if allowed.unit == "weeks" else 1)
    return (local.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=HERE).astimezone(UTC)


def read_rules(rows: Iterable[Mapping[str, Any]]) -> tuple[ClockRule, ...]:
    """Rules from plain data, as a YAML file holds them: `allowed: 1 working day`, `since: 2018-07-04`."""
    return tuple(_rule(row) for row in rows)


def read_allowed(text: str) -> Allowed:
    """Such as "1 working day" or "72 hours". Raises ValueError for anything else."""
    amount, _, unit = text.partition(" ")
    if not amount.isdecimal():
        raise ValueError(f"Not a time allowed: {text}.")
    return Allowed(int(amount), unit if unit.endswith("s") else unit + "s")


def rules_for(rules: Iterable[ClockRule], key: str, start: datetime) -> tuple[ClockRule, ...]:
    """The rules of one duty that were in force when it began: the law's, the area's own, or both, law first."""
    on = start.astimezone(HERE).date()
    found = [rule for rule in rules if rule.key == key and rule.in_force(on)]
    return tuple(sorted(found, key=lambda rule: rule.kind != "law"))


def first_due(rules: Iterable[ClockRule], key: str, start: datetime) -> datetime | None:
    """The earliest moment at which any rule in force asks for this duty."""
    return min((due(start, rule.allowed) for rule in rules_for(rules, key, start)), default=None)


def _rule(row: Mapping[str, Any]) -> ClockRule:
    words = {name: str(row[name]) for name in ("key", "title", "starts", "stops", "kind", "source")}
    return ClockRule(
        **words,
        allowed=read_allowed(str(row["allowed"])),
        checked=bool(row.get("checked", False)),
        since=row["since"],
        until=row.get("until"),
    )
