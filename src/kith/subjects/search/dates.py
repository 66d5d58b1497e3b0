"""Dates of birth that what was typed may mean: the very day, the days it may be a slip for, a year, an age."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kith.subjects.search.rules import DATE_LIKENESSES, YEARS_OUT
from kith.subjects.search.typed import Typed


class Span(NamedTuple):
    """First and last day, and which likeness (rules.DATE_LIKENESSES) a birth between them has."""

    first: date
    last: date
    key: str


def nearest(typed: Typed, *, today: date) -> dict[date, str]:
    """Each day of birth that counts for this search, with the likeness that gives it most points."""
    found: dict[date, str] = {}
    for span in sorted(spans(typed, today=today), key=lambda span: DATE_LIKENESSES[span.key].points):
        for number in range((span.last - span.first).days + 1):
            found[span.first + timedelta(days=number)] = span.key
    return found


def spans(typed: Typed, *, today: date) -> list[Span]:
    """Every span of days that counts for this search, overlapping."""
    found = [span for day in typed.days for span in around(day)]
    found += [Span(first, last, "in") for first, last in typed.spans]
    for age in typed.ages:
        first, last = births_at_age(age, today)
        year = timedelta(days=366)
        found += [
            Span(first, last, "age"),
            Span(first - year, first, "age-near"),
            Span(last, last + year, "age-near"),
        ]
    return found


def around(day: date) -> Iterator[Span]:
    """The day itself and every day it may be a slip for."""
    yield Span(day, day, "same")
    for key, slipped in slips(day):
        yield Span(slipped, slipped, key)
    yield Span(day - date.resolution, day + date.resolution, "near")
    yield Span(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]), "day")


def slips(day: date) -> Iterator[tuple[str, date]]:
    """Day and month the other way round; one figure different; another month; another year. Valid dates only."""
    written = f"{day:%d%m%Y}"
    others = [("swapped", written[2:4] + written[:2] + written[4:])]
    others += [("figure", written[:at] + str(figure) + written[at + 1 :]) for at in range(8) for figure in range(10)]
    others += [("month", f"{written[:2]}{month:02}{written[4:]}") for month in range(1, 13)]
    others += [("year", f"{written[:4]}{day.year + by:04}") for by in range(-YEARS_OUT, YEARS_OUT + 1)]
    met = {day}
    for key, figures in others:
        slipped = _date(figures)
        if slipped and slipped not in met and abs(slipped.year - day.year) <= 100:
            met.add(slipped)
            yield key, slipped


def births_at_age(age: int, today: date) -> tuple[date, date]:
    """The first and last day on which somebody of that age today was born."""
    return _years_before(today, age + 1) + date.resolution, _years_before(today, age)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _date(figures: str) -> date | None:
    try:
        return date(int(figures[4:]), int(figures[2:4]), int(figures[:2]))
    except ValueError:
        return None
