"""How the work of a team is weighed, and which six records are looked at in a week. Plain data and arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files
from zoneinfo import ZoneInfo

import yaml

SIX = 6
UK = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Weight:
    """How much one thing of a kind counts, and why it does."""

    key: str
    title: str
    weight: Decimal
    why: str


@dataclass(frozen=True)
class Weights:
    """All of them, where they come from, whether anybody confirmed them; and the measures shown beside."""

    by_key: Mapping[str, Weight]
    source: str
    checked: bool
    tiles: tuple[str, ...]

    def of(self, things: Mapping[str, int]) -> Decimal:
        """The weight of so many things of each kind; a kind that is not weighed counts one."""
        return sum((self._one(key) * number for key, number in things.items()), Decimal(0))

    def _one(self, key: str) -> Decimal:
        return self.by_key[key].weight if key in self.by_key else Decimal(1)


@cache
def weights() -> Weights:
    """As caseload.yaml has them."""
    return read(files(__package__).joinpath("caseload.yaml").read_text(encoding="utf-8"))


def read(text: str) -> Weights:
    """Weights from YAML. Raises KeyError where one is not complete, ValueError where one is not above nothing."""
    given = yaml.safe_load(text)
    found = [Weight(one["key"], one["title"], Decimal(str(one["weight"])), one["why"]) for one in given["weights"]]
    if wrong := [one.key for one in found if one.weight <= 0]:
        raise ValueError(f"These count nothing: {', '.join(wrong)}")
    return Weights({one.key: one for one in found}, given["source"], given["checked"] is True, tuple(given["tiles"]))


def week_ends(now: datetime) -> datetime:
    """The moment at which the week ends: midnight after Sunday, here."""
    today = now.astimezone(UK).date()
    return datetime.combine(today + timedelta(days=7 - today.weekday()), time(0), UK)


def drawn_by_lot(subject_ids: Iterable[int], on: date, how_many: int = SIX) -> list[int]:
    """Records drawn by lot: the same for everybody in one week, others in the next.

    Each record has a number that only the week and the record decide, so one that comes or goes moves no other.
    """
    year, week, _ = on.isocalendar()
    return sorted(set(subject_ids), key=lambda pk: (sha256(f"{year}-{week}-{pk}".encode()).digest(), pk))[:how_many]
