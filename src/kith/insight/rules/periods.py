"""Months, quarters and years in which things are counted, and their names in words. Days are local days.

A window runs from its first day up to, and not including, the day after its last: `[first, after)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

YEAR_STARTS = 4  # financial years begin in April
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Span(StrEnum):
    """How long a window is, and where it may begin."""

    MONTH = "month"
    QUARTER = "quarter"
    SIX_MONTHS = "six-months"
    YEAR = "year"  # from April to March, or whatever year the area counts in
    TWELVE_MONTHS = "twelve-months"  # ending with any month
    OTHER = "other"


LENGTH = {Span.MONTH: 1, Span.QUARTER: 3, Span.SIX_MONTHS: 6, Span.YEAR: 12, Span.TWELVE_MONTHS: 12}


@dataclass(frozen=True, order=True)
class Month:
    """One month of one year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def at(cls, index: int) -> Month:
        """The month that is so many months after January of the year 0: turns `index` back."""
        return cls(index // 12, index % 12 + 1)

    @property
    def index(self) -> int:
        return self.year * 12 + self.number - 1

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return (self + 1).first - timedelta(days=1)

    def __hash__(self) -> int:
        return self.index

    def __add__(self, months: int) -> Month:
        return Month.at(self.index + months)

    def __sub__(self, months: int) -> Month:
        return Month.at(self.index - months)

    def __str__(self) -> str:
        return f"{MONTHS[self.number - 1]} {self.year}"


@dataclass(frozen=True, order=True)
class Window:
    """Whole months from the first to the last, both in it."""

    first: Month
    last: Month
    span: Span = Span.OTHER

    def __hash__(self) -> int:
        return self.first.index * 5000 + self.last.index

    @property
    def length(self) -> int:
        """How many months it has."""
        return self.last.index - self.first.index + 1

    @property
    def begins(self) -> date:
        return self.first.first

    @property
    def after(self) -> date:
        """The first day that is no longer in it."""
        return (self.last + 1).first

    @property
    def months(self) -> Iterator[Month]:
        return (Month.at(index) for index in range(self.first.index, self.last.index + 1))

    def __contains__(self, day: date) -> bool:
        return self.begins <= day < self.after

    def is_complete(self, as_at: date) -> bool:
        """Whether all its days are over when a cut is as at this day."""
        return self.after <= as_at

    def previous(self) -> Window:
        """The one of the same length just before."""
        return Window(self.first - self.length, self.first - 1, self.span)

    def a_year_before(self) -> Window:
        return Window(self.first - 12, self.last - 12, self.span)

    @property
    def key(self) -> str:
        """Short and sortable, for files: `twelve-months:2025-11:2026-10`."""
        return f"{self.span}:{_iso(self.first)}:{_iso(self.last)}"

    def __str__(self) -> str:
        if self.span is Span.TWELVE_MONTHS:
            return f"twelve months to the end of {self.last}"
        if self.length == 1:
            return str(self.first)
        if self.first.year == self.last.year:
            return f"{MONTHS[self.first.number - 1]} to {self.last}"
        return f"{self.first} to {self.last}"


def month(of: Month) -> Window:
    return Window(of, of, Span.MONTH)


def quarter(of: Month, starts: int = YEAR_STARTS) -> Window:
    """The quarter that a month is in, of years that start with this month."""
    first = of - (of.number - starts) % 3
    return Window(first, first + 2, Span.QUARTER)


def six_months(of: Month, starts: int = YEAR_STARTS) -> Window:
    """The half of a year that a month is in."""
    first = of - (of.number - starts) % 6
    return Window(first, first + 5, Span.SIX_MONTHS)


def year(of: Month, starts: int = YEAR_STARTS) -> Window:
    """The financial year that a month is in, or another that starts with a month of the area's choice."""
    first = of - (of.number - starts) % 12
    return Window(first, first + 11, Span.YEAR)


def twelve_months(ending: Month) -> Window:
    return Window(ending - 11, ending, Span.TWELVE_MONTHS)


def last_complete(as_at: date) -> Month:
    """The last month all of whose days are over on this day; a cut as at 20 November ends with October."""
    return Month.of(as_at) - 1


def current_and_previous(as_at: date) -> tuple[Window, Window]:
    """The twelve months to the end of the last complete month, and the twelve before those."""
    current = twelve_months(last_complete(as_at))
    return current, current.previous()


def months_to(last: Month, how_many: int) -> tuple[Month, ...]:
    return tuple(last - back for back in range(how_many - 1, -1, -1))


def read(key: str) -> Window:
    """A window from its `key`. Raises ValueError where it is none."""
    span, first, last = key.split(":")
    window = Window(_month(first), _month(last), Span(span))
    if window.length != LENGTH.get(window.span, window.length) or window.length < 1:
        raise ValueError(f"{key} is no window")
    return window


def as_at_words(day: date) -> str:
    """As at 20 November 2026."""
    return f"As at {day.day} {MONTHS[day.month - 1]} {day.year}"


def _iso(of: Month) -> str:
    return f"{of.year:04d}-{of.number:02d}"


def _month(text: str) -> Month:
    return Month.of(date.fromisoformat(f"{text}-01"))
