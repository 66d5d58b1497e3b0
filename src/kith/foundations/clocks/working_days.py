"""England's working days: Monday to Friday without bank holidays. Plain Python; time is passed in.

Source: the GOV.UK bank holiday list packaged with govuk-bank-holidays (read offline). Years beyond the list
follow the rules of the Banking and Financial Dealings Act 1971 as they have stood since 1978, without one-off
holidays.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TypeVar

ONE_DAY = timedelta(days=1)
Day = TypeVar("Day", bound=date)  # a date, or a datetime that keeps its time


@cache
def _listed() -> dict[int, frozenset[date]]:
    """Year → bank holidays in England, as the packaged list has them."""
    text = (files("govuk_bank_holidays") / "bank-holidays.json").read_text(encoding="utf-8")
    days = [date.fromisoformat(event["date"]) for event in json.loads(text)["england-and-wales"]["events"]]
    return {year: frozenset(day for day in days if day.year == year) for year in {day.year for day in days}}


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays in `year`: as listed, or by rule where the list does not reach."""
    return _listed().get(year) or frozenset(usual_bank_holidays(year))


def usual_bank_holidays(year: int) -> list[date]:
    """The eight usual holidays by rule, each moved to the next free weekday when it falls on a weekend."""
    easter = easter_sunday(year)
    new_year = _next_weekday(date(year, 1, 1), taken=())
    christmas = _next_weekday(date(year, 12, 25), taken=(date(year, 12, 26),))
    boxing = _next_weekday(date(year, 12, 26), taken=(christmas,))
    return [
        new_year,
        easter - 2 * ONE_DAY,
        easter + ONE_DAY,
        _first_monday(date(year, 5, 1)),
        _last_monday(date(year, 5, 31)),
        _last_monday(date(year, 8, 31)),
        christmas,
        boxing,
    ]


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (the anonymous algorithm, Nature 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, skipped = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * skipped + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and not a bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def add_working_days(start: Day, days: int) -> Day:
    """The working day that is `days` working days after `start` (before it, when negative). A datetime keeps
    its time.

    The day itself never counts: from a Friday, one working day later is Monday. Nought days from a day that
    is not a working day is the next working day.
    """
    step = ONE_DAY if days >= 0 else -ONE_DAY
    day, left = start, abs(days)
    while left:
        day += step
        left -= is_working_day(_as_date(day))
    while not is_working_day(_as_date(day)):
        day += step
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days there are after `start` and up to `end`; negative when `end` comes first."""
    first, last = _as_date(start), _as_date(end)
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working_day(first + n * ONE_DAY) for n in range(1, (last - first).days + 1))


def _as_date(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _next_weekday(day: date, taken: tuple[date, ...]) -> date:
    """The day itself on a weekday; otherwise the next weekday that no other holiday has taken."""
    moved = day.weekday() >= 5
    while day.weekday() >= 5 or (moved and day in taken):
        day += ONE_DAY
    return day


def _first_monday(first: date) -> date:
    return first + ((7 - first.weekday()) % 7) * ONE_DAY


def _last_monday(last: date) -> date:
    return last - last.weekday() * ONE_DAY
