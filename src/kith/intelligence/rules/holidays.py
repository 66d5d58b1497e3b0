"""School holidays, and how many reports arrive in them and in term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Holiday:
    """One holiday, both days counted."""

    title: str
    first: date
    last: date


@dataclass(frozen=True)
class Pace:
    """How many arrived, over how many days, in school holidays or in term."""

    reports: int
    days: int

    @property
    def a_week(self) -> float:
        """Reports a week."""
        return 7 * self.reports / self.days if self.days else 0.0


@cache
def holidays() -> tuple[Holiday, ...]:
    """Every holiday known, in order."""
    return tuple(Holiday(row["title"], row["from"], row["to"]) for row in _read()["holidays"])


def where_from() -> str:
    """Where the days come from, in words for the page."""
    return str(_read()["source"])


def in_holiday(day: date) -> bool:
    """Whether schools are closed for a holiday on this day."""
    return any(one.first <= day <= one.last for one in holidays())


def known_from() -> date:
    """The first day of which it is known whether it was term."""
    return min(one.first for one in holidays())


def known_until() -> date:
    """The last such day."""
    return max(one.last for one in holidays())


def holidays_of(month: date) -> tuple[str, ...]:
    """The holidays that fall into a month (its first day given)."""
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return tuple(one.title for one in holidays() if one.first < after and one.last >= month)


def paces(given_on: Iterable[date], since: date, until: date) -> tuple[Pace, Pace]:
    """In holidays and in term, over the days from `since` to `until` of which it is known."""
    first, last = max(since, known_from()), min(until, known_until())
    days = [first + timedelta(days=n) for n in range(max(0, (last - first).days + 1))]
    given = [day for day in given_on if first <= day <= last]
    off, there = sum(map(in_holiday, days)), sum(map(in_holiday, given))
    return Pace(there, off), Pace(len(given) - there, len(days) - off)


@cache
def _read() -> Any:
    return yaml.safe_load((files("kith.intelligence") / "holidays.yaml").read_text(encoding="utf-8"))
