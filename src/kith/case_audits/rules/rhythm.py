"""When learning is due, and whether it came in time. Plain Python: days in, days out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=3)  # before it is due, whoever owns it hears of it


class Rhythm(StrEnum):
    """How often."""

    FORTNIGHT = "fortnight"
    MONTH = "month"

    @property
    def words(self) -> str:
        return "Every fortnight" if self is Rhythm.FORTNIGHT else "Every month"


@dataclass(frozen=True)
class Stretch:
    """A rhythm from its first day due until another takes its place (None: it stands)."""

    every: Rhythm
    since: date
    before: date | None = None


@dataclass(frozen=True)
class DueDay:
    """One day that learning was due, and when it was sent; None: it was not."""

    on: date
    sent: date | None

    @property
    def in_time(self) -> bool:
        return self.sent is not None and self.sent <= self.on

    @property
    def days_late(self) -> int:
        return max(0, (self.sent - self.on).days) if self.sent else 0


def days_due(stretches: Iterable[Stretch], until: date) -> list[date]:
    """Every day learning was due, up to and with `until`, and the one after it."""
    found: list[date] = []
    for one in stretches:
        step = 0
        while True:
            on = due_day(one.every, one.since, step)
            if one.before and on >= one.before:
                break
            found.append(on)
            if on > until:
                break
            step += 1
    return sorted(set(found))


def due_day(every: Rhythm, since: date, step: int) -> date:
    """The day that is so many steps after the first; the last of a month where it has no such day."""
    if every is Rhythm.FORTNIGHT:
        return since + timedelta(days=14 * step)
    year, month = divmod(since.year * 12 + since.month - 1 + step, 12)
    return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))


def answers(days: Iterable[date], sent: Mapping[date, date], today: date) -> date | None:
    """Which day learning that is sent today answers: the last one due where that was not answered, else the next."""
    known = sorted(days)
    owed = next((one for one in reversed(known) if one <= today), None)
    if owed and owed not in sent:
        return owed
    return next((one for one in known if one > today and one not in sent), None)


def measured(days: Iterable[date], sent: Mapping[date, date], today: date) -> list[DueDay]:
    """Every day due that is over, the newest first."""
    return [DueDay(one, sent.get(one)) for one in sorted(days, reverse=True) if one < today or one in sent]


def in_time_words(found: Iterable[DueDay]) -> str:
    """5 of 6 in time; 1 late, by 4 days; none was missed."""
    rows = list(found)
    if not rows:
        return "Nothing was due yet."
    late = [one.days_late for one in rows if one.days_late]
    never = sum(one.sent is None for one in rows)
    words = f"{sum(one.in_time for one in rows)} of {len(rows)} in time"
    if late:
        most = max(late)
        words += f", {len(late)} late by up to {most} day{'s' if most > 1 else ''}"
    return words + (f", {never} never sent." if never else ".")
