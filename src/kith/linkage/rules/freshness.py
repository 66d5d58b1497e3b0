"""How fresh a feed is: what was expected, what came, and what that means for whoever reads a record. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kith.foundations.design_system.words import local_day

FRESH, LATE, SILENT, NEVER, FAILED = "fresh", "late", "silent", "never", "failed"


@dataclass(frozen=True)
class Rhythm:
    """How often a feed should come. `every` and `silent_after` None: once, never silent."""

    every: timedelta | None
    every_words: str
    silent_after: timedelta | None

    @property
    def in_words(self) -> str:
        """'every day', 'every 6 hours', 'once'."""
        number, _, unit = self.every_words.partition(" ")
        if self.every is None:
            return "once"
        return f"every {unit.removesuffix('s')}" if number == "1" else f"every {number} {unit}"


@dataclass(frozen=True)
class Arrived:
    """A feed's last delivery that was read: the moment it came, and the day it speaks of where that is known."""

    came: datetime
    speaks_of: date | None = None

    @property
    def moment(self) -> datetime | None:
        """The moment, where the delivery speaks of the day it came; None where it speaks of an earlier day."""
        return self.came if self.speaks_of in (None, local_day(self.came)) else None


@dataclass(frozen=True)
class Judged:
    """How a feed stands: the state, and the sentence that says so."""

    state: str
    sentence: str


def judge_freshness(rhythm: Rhythm, last: Arrived | None, failed: datetime | None, now: datetime) -> Judged:
    """`failed` is when a file came that could not be read, where none has been read since."""
    if failed is not None and (last is None or failed > last.came):
        before = f"; before that, {_ago(last, now)}" if last else "; nothing was ever read"
        return Judged(FAILED, f"the last file, {_since(failed, now)}, could not be read{before}")
    if last is None:
        return Judged(NEVER, "has never arrived" + (f": expected {rhythm.in_words}" if rhythm.every else ""))
    age = _age(last, now)
    if rhythm.every is None or age <= rhythm.every:
        return Judged(FRESH, _ago(last, now))
    state = SILENT if rhythm.silent_after is not None and age > rhythm.silent_after else LATE
    return Judged(state, f"{state}: expected {rhythm.in_words}, last {_ago(last, now)}")


def _age(last: Arrived, now: datetime) -> timedelta:
    """How long ago; a delivery that only names its day spoke of that whole day and may come the next morning."""
    if last.moment is not None:
        return now - last.moment
    assert last.speaks_of is not None
    return timedelta(days=(local_day(now) - last.speaks_of).days - 1)


def _ago(last: Arrived, now: datetime) -> str:
    if last.moment is not None:
        return _since(last.moment, now)
    assert last.speaks_of is not None
    return _days_ago((local_day(now) - last.speaks_of).days)


def _since(moment: datetime, now: datetime) -> str:
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 2:
        return "just now"
    if minutes < 120:
        return f"{minutes} minutes ago"
    return f"{minutes // 60} hours ago" if minutes < 48 * 60 else _days_ago(minutes // (24 * 60))


def _days_ago(days: int) -> str:
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 60:
        return f"{days} days ago"
    return f"{days // 30} months ago" if days < 730 else f"{days // 365} years ago"
