"""How missing reports of a year are counted, and why two agencies count differently. Plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from kith.foundations.clocks import HERE

SHORT = timedelta(hours=4)  # an absence that some agencies do not write down
CLOSE = timedelta(hours=24)  # two absences that begin no further apart may be one
FEWEST = 5  # below this a number could tell who is meant, and is shown to nobody but those who follow missing children
MEASURES = (
    "Missing children",
    "Missing reports",
    "Repeat missing children",
    "Missing from care",
    "Repeat missing from care",
)


class Side(StrEnum):
    """Who tells: each counts its own."""

    POLICE = "police"
    COUNCIL = "council"
    OTHER = "other"  # a home, a school, a hospital


class ToldBy(StrEnum):
    """Which of the two count an absence."""

    BOTH = "both"
    POLICE = "police"
    COUNCIL = "council"
    NEITHER = "neither"


class Why(StrEnum):
    """Why an absence stands as it does in the comparison."""

    BY_RULE = "by-rule"
    BY_PERSON = "by-person"
    AWAY = "away"
    WITHDRAWN = "withdrawn"
    OTHER_YEAR = "other-year"
    APART = "apart"
    CLOSE_BY = "close-by"
    SHORT = "short"
    DAY_ONLY = "day-only"
    NOT_TOLD = "not-told"


@dataclass(frozen=True)
class Told:
    """One agency's account of one absence, as far as counting asks. `ended` None: not back by this account."""

    absence: int
    child: int
    side: Side
    began: datetime
    ended: datetime | None = None
    is_day: bool = False
    missing: bool = True  # False: away, it is known where they are
    withdrawn: bool = False
    set_aside: bool = False  # the absence was reported in error
    in_care: bool = False
    by_person: bool = False  # a person put it beside the other accounts of its absence
    kept_apart: bool = False

    @property
    def on(self) -> date:
        """The day on which it began, here."""
        return self.began.astimezone(HERE).date()

    @property
    def stands(self) -> bool:
        return not (self.withdrawn or self.set_aside)

    @property
    def counts(self) -> bool:
        """Whether its agency counts it as a missing report."""
        return self.stands and self.missing


@dataclass(frozen=True)
class Counted:
    """One thing to count: a child, the day it began, and whether the child was in care."""

    child: int
    on: date
    in_care: bool


@dataclass(frozen=True)
class Twelve:
    """The twelve months before `as_at`, which is not in them, and the twelve before those."""

    before: date
    first: date
    as_at: date


@dataclass(frozen=True)
class Line:
    """One row of the table: the last twelve months, and the twelve before."""

    title: str
    now: int
    before: int

    @property
    def change(self) -> int:
        return self.now - self.before


@dataclass(frozen=True)
class Compared:
    """One absence of the last twelve months: which of the two count it, and why."""

    absence: int
    child: int
    told_by: ToldBy
    why: Why
    again: int = 0  # further accounts by an agency that tells of it already


def twelve_months(as_at: date) -> Twelve:
    first = a_year_back(as_at)
    return Twelve(a_year_back(first), first, as_at)


def a_year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def counted_by(told: Iterable[Told], side: Side) -> list[Counted]:
    """What one side counts: each of its accounts that says missing, on the day on which it says that it began."""
    return [Counted(one.child, one.on, one.in_care) for one in told if one.counts and one.side is side]


def five(counted: Iterable[Counted], first: date, until: date) -> tuple[int, ...]:
    """The five measures from `first` up to but without `until`. The last two count children."""
    inside = [one for one in counted if first <= one.on < until]
    children, in_care = Counter(one.child for one in inside), Counter(one.child for one in inside if one.in_care)
    return len(children), len(inside), _twice(children), len(in_care), _twice(in_care)


def lines(counted: Sequence[Counted], year: Twelve) -> tuple[Line, ...]:
    """The table of one side."""
    now, before = five(counted, year.first, year.as_at), five(counted, year.before, year.first)
    return tuple(Line(*row) for row in zip(MEASURES, now, before, strict=True))


def percent_change(now: int, before: int) -> str:
    """Such as "+12.4%", rounded half up to a tenth; "n/a" where there is nothing to compare with."""
    if before == 0:
        return "n/a"
    tenths = (Decimal(100 * (now - before)) / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{tenths:+}%" if tenths else "0.0%"


def hide_small(parts: Sequence[int]) -> list[int | None]:
    """Parts of a whole that is known, the small ones hidden; where one alone is, the next smallest with it.

    Nothing is hidden of nought: it tells of nobody.
    """
    shown: list[int | None] = [None if 0 < part < FEWEST else part for part in parts]
    if shown.count(None) == 1:
        others = [n for n, part in enumerate(shown) if part]
        if others:
            shown[min(others, key=lambda n: parts[n])] = None
    return shown


def compare(told: Iterable[Told], year: Twelve) -> list[Compared]:
    """Every absence that anybody counts in the last twelve months: by whom it is told, and why not by the other."""
    by_absence: dict[int, list[Told]] = {}
    by_child: dict[int, list[Told]] = {}
    for one in told:
        by_absence.setdefault(one.absence, []).append(one)
        by_child.setdefault(one.child, []).append(one)
    found = (_compared(accounts, by_child[accounts[0].child], year) for accounts in by_absence.values())
    return [one for one in found if one]


def _compared(accounts: list[Told], of_child: list[Told], year: Twelve) -> Compared | None:
    inside = [one for one in accounts if one.counts and year.first <= one.on < year.as_at]
    if not inside:
        return None
    sides = Counter(one.side for one in inside)
    again = sum(number - 1 for side, number in sides.items() if side is not Side.OTHER)
    police, council = sides[Side.POLICE], sides[Side.COUNCIL]
    if police and council:
        why = Why.BY_PERSON if any(one.by_person for one in inside) else Why.BY_RULE
        return Compared(inside[0].absence, inside[0].child, ToldBy.BOTH, why, again)
    told_by = ToldBy.POLICE if police else ToldBy.COUNCIL if council else ToldBy.NEITHER
    others = {Side.POLICE, Side.COUNCIL} - set(sides)
    return Compared(inside[0].absence, inside[0].child, told_by, _why_not(inside, accounts, of_child, others), again)


def _why_not(inside: list[Told], accounts: list[Told], of_child: list[Told], others: set[Side]) -> Why:
    """The first of the reasons that holds why the others do not count it."""
    by_others = [one for one in accounts if one.side in others and not one.set_aside]
    elsewhere = [one for one in of_child if one.absence != inside[0].absence and one.side in others and one.counts]
    near = [one for one in elsewhere if any(_may_be_one(one, own) for own in inside)]
    reasons = (
        (Why.AWAY, any(one.stands and not one.missing for one in by_others)),
        (Why.OTHER_YEAR, any(one.counts for one in by_others)),
        (Why.WITHDRAWN, any(one.withdrawn for one in by_others)),
        (Why.APART, bool(near) and any(one.kept_apart for one in (*near, *inside))),
        (Why.CLOSE_BY, bool(near)),
        (Why.DAY_ONLY, all(one.is_day for one in inside)),
        (Why.SHORT, all(one.ended is not None and one.ended - one.began < SHORT for one in inside)),
    )
    return next((why for why, holds in reasons if holds), Why.NOT_TOLD)


def _may_be_one(one: Told, other: Told) -> bool:
    """They overlap, or begin within a day of each other."""
    overlap = (one.ended is None or other.began < one.ended) and (other.ended is None or one.began < other.ended)
    return overlap or abs(one.began - other.began) <= CLOSE


def _twice(children: Counter[int]) -> int:
    return sum(number > 1 for number in children.values())
