"""Who is on call at a moment, and when nobody is. Plain Python; times are aware and passed in.

A shift holds its first instant and not its last: who comes on at 11 pm is on call at 11 pm, who leaves then is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from kith.foundations.clocks import HERE

DAY_BEGINS, NIGHT_BEGINS = time(8), time(23)  # day and evening, 8 am to 11 pm; out of hours, until 8 am


class ShiftKind(StrEnum):
    """The two shifts of a day."""

    DAY = "day"
    NIGHT = "night"

    @property
    def title(self) -> str:  # type: ignore[override]
        return SHIFT_KINDS[self]


SHIFT_KINDS = {ShiftKind.DAY: "Day and evening, 8 am to 11 pm", ShiftKind.NIGHT: "Out of hours, 11 pm to 8 am"}


@dataclass(frozen=True)
class Span:
    """Somebody (`who`, any number of ours) is on call from `starts` until `ends`."""

    who: int
    starts: datetime
    ends: datetime


def hours_of(kind: ShiftKind, day: date) -> tuple[datetime, datetime]:
    """When the shift of this kind that begins on this day starts and ends, in UTC; the clock on the wall decides."""
    if kind is ShiftKind.DAY:
        return _at(day, DAY_BEGINS), _at(day, NIGHT_BEGINS)
    return _at(day, NIGHT_BEGINS), _at(day + timedelta(days=1), DAY_BEGINS)


def is_day(moment: datetime) -> bool:
    """Whether a moment falls between 8 am and 11 pm here."""
    return DAY_BEGINS <= moment.astimezone(HERE).time() < NIGHT_BEGINS


def next_day(moment: datetime) -> datetime:
    """The moment itself between 8 am and 11 pm; at night, the next 8 am."""
    if is_day(moment):
        return moment
    local = moment.astimezone(HERE)
    return _at(local.date() + timedelta(days=local.time() >= NIGHT_BEGINS), DAY_BEGINS)


def on_call_at(spans: Iterable[Span], moment: datetime) -> tuple[int, ...]:
    """Everybody on call at this moment, whose shift began last first; each once."""
    now = [span for span in spans if span.starts <= moment < span.ends]
    return tuple(dict.fromkeys(span.who for span in sorted(now, key=lambda one: one.starts, reverse=True)))


def in_order(spans: Sequence[Span], moment: datetime) -> tuple[int, ...]:
    """Whom to page, one after the other: those on call, then whoever comes on next, and so on. Each once."""
    coming = sorted((span for span in spans if span.starts > moment), key=lambda one: one.starts)
    return tuple(dict.fromkeys([*on_call_at(spans, moment), *(span.who for span in coming)]))


def gaps(spans: Iterable[Span], first: datetime, last: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """The stretches from `first` until `last` in which nobody is on call, in order."""
    found, covered = [], first
    for span in sorted(spans, key=lambda one: one.starts):
        if span.ends <= covered or span.starts >= last:
            continue
        if span.starts > covered:
            found.append((covered, span.starts))
        covered = span.ends
    if covered < last:
        found.append((covered, last))
    return tuple(found)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=HERE).astimezone(UTC)
