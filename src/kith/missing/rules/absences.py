"""Which accounts tell of one absence, and which return counts. Plain Python over moments; the time is passed in.

A moment of which only the day is known is that day's start in local time, with a mark; its end is the day's end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.foundations.clocks import HERE
from kith.missing.rules.words import SaidBy

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """From when a child was gone until when they were back (None: not back), and what is known to the day only."""

    gone: datetime
    back: datetime | None
    gone_is_day: bool = False
    back_is_day: bool = False

    @property
    def latest_start(self) -> datetime:
        return end_of_day(self.gone) if self.gone_is_day else self.gone

    @property
    def latest_end(self) -> datetime | None:
        """The last moment at which it may have ended; None while it has not."""
        if self.back is None:
            return None
        return end_of_day(self.back) if self.back_is_day else self.back


@dataclass(frozen=True)
class Standing:
    """An absence that accounts may join: its key, its span, and the agencies that tell of it already."""

    key: int
    span: Span
    told_by: frozenset[int]


@dataclass(frozen=True)
class Word:
    """One word on a return, in the order given: `order` grows."""

    said_by: SaidBy
    back: datetime
    is_day: bool
    order: int
    stands: bool = True  # False: the account it came of has been taken back or says something else now


def end_of_day(start: datetime) -> datetime:
    """The moment at which the local day of `start` ends; such a day may have 23 or 25 hours."""
    local = start.astimezone(HERE)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return (midnight + DAY).replace(tzinfo=HERE).astimezone(start.tzinfo)


def overlap(one: Span, other: Span) -> bool:
    """Whether both may have been going on at one moment. One that has not ended goes on."""
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def closest(span: Span, agency: int, standing: Iterable[Standing]) -> int | None:
    """The absence that an agency's account tells of; None: one that nobody has told of yet.

    It overlaps, and the same agency does not tell of it already: two reports by one agency are two absences until a
    person says otherwise. Of several, the one that began nearest; then the one told first.
    """
    fitting = [one for one in standing if agency not in one.told_by and overlap(span, one.span)]
    nearest = min(fitting, key=lambda one: (abs(one.span.gone - span.gone), one.key), default=None)
    return nearest.key if nearest else None


def how_near(one: Span, other: Span) -> str:
    """How far apart two accounts of one absence begin, in words for those who check that they are one."""
    if one.gone_is_day or other.gone_is_day:
        days = abs((one.gone.astimezone(HERE).date() - other.gone.astimezone(HERE).date()).days)
        return "both begin on the same day" if not days else f"the starts are {days} day{'s' * (days > 1)} apart"
    minutes = round(abs(one.gone - other.gone).total_seconds() / 60)
    if not minutes:
        return "both begin at the same time"
    hours, minutes = divmod(minutes, 60)
    return f"the starts are {hours} h {minutes} min apart" if hours else f"the starts are {minutes} min apart"


def return_that_counts(words: Sequence[Word]) -> Word | None:
    """The return from which the clock runs; None: the child is not back.

    What a person corrected last decides. Else the earliest word that stands, whoever gave it: no clock may run late
    because one agency heard late. A word that knows the time counts before one that knows only the same day.
    """
    corrections = [word for word in words if word.said_by is SaidBy.CORRECTION]
    if corrections:
        return max(corrections, key=lambda word: word.order)
    standing = [word for word in words if word.stands]
    if not standing:
        return None
    first = min(standing, key=lambda word: (word.back.astimezone(HERE).date(), word.order))
    same_day = [w for w in standing if w.back.astimezone(HERE).date() == first.back.astimezone(HERE).date()]
    with_time = [word for word in same_day if not word.is_day]
    return min(with_time or same_day, key=lambda word: (word.back, word.order))


def disagree(words: Sequence[Word], slack: timedelta = timedelta(hours=1)) -> bool:
    """Whether words on one return are further apart than `slack`; a day agrees with any time in it."""
    spans = [(w.back, end_of_day(w.back) if w.is_day else w.back) for w in words if w.stands]
    return bool(spans) and max(first for first, _ in spans) - min(last for _, last in spans) > slack


def _begins_before_end(one: Span, other: Span) -> bool:
    end = other.latest_end
    return end is None or one.gone < end or (one.gone == end and one.gone == other.gone)
