"""What a home does before it reports a child missing, and how often home and police meet: dated lists."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Step:
    """One step of the list."""

    key: str
    title: str
    hint: str


@dataclass(frozen=True)
class SearchList:
    """The list that holds from a day on, with where it comes from."""

    since: date
    source: str
    checked: bool
    steps: tuple[Step, ...]


@cache
def lists() -> tuple[SearchList, ...]:
    """Every list, the latest first."""
    found = [
        SearchList(
            said["since"],
            said["source"],
            bool(said["checked"]),
            tuple(Step(str(key), one["title"], one["hint"]) for key, one in said["steps"].items()),
        )
        for said in _read()["searches"]
    ]
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


def list_on(day: date) -> SearchList:
    """The list that holds on a day; before the first, the first."""
    return next((one for one in lists() if one.since <= day), lists()[-1])


def never_wait() -> str:
    """That a search is never a reason to wait."""
    return str(_read()["never_wait"])


def left(steps: Iterable[Step], settled: Iterable[str]) -> tuple[Step, ...]:
    """The steps neither done nor skipped with a reason."""
    known = set(settled)
    return tuple(one for one in steps if one.key not in known)


def next_review(month: date) -> date:
    """By when the month after `month` (its first day) is looked at: the last day of the month that follows it."""
    months = month.month - 1 + 1 + int(_read()["review"]["every_months"])
    year, number = month.year + months // 12, months % 12 + 1
    return date(year, number, monthrange(year, number)[1])


def months_due(first: date, reviewed: Iterable[date], today: date) -> tuple[date, ...]:
    """Whole months from `first` on that nobody has reviewed and whose review is due or overdue, the earliest first."""
    done, month, found = set(reviewed), first.replace(day=1), []
    while month < today.replace(day=1):
        if month not in done:
            found.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return tuple(found)


def review_due(month: date) -> date:
    """By when a month is to have been reviewed: the last day of the next."""
    year, number = month.year + month.month // 12, month.month % 12 + 1
    return date(year, number, monthrange(year, number)[1])


@cache
def _read() -> Any:
    return yaml.safe_load((files("kith.missing") / "protocol.yaml").read_text(encoding="utf-8"))
