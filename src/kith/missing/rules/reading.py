"""What a feed's row on an absence says, as an account has it. A day without a time is its start in local time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from kith.foundations.clocks import HERE
from kith.missing.rules.codes import code_of
from kith.missing.rules.words import Kind


@dataclass(frozen=True)
class Told:
    """An entry of the record, as plain values. `number` is the feed's key without the kind before it."""

    kind: str
    on: date
    at: datetime | None
    until: datetime | None
    until_day: date | None
    details: Mapping[str, str]


@dataclass(frozen=True)
class Read:
    """From when to when, of which kind, from where and how graded, as far as the row tells."""

    kind: Kind
    gone_at: datetime
    gone_is_day: bool
    back_at: datetime | None
    back_is_day: bool
    missing_from: str
    grade: str
    found_at_place: str


def read_told(told: Told) -> Read:
    """An end before the start is the row's own mistake: it is taken as the start, and stands so beside other words."""
    gone = told.at or start_of(told.on)
    back = told.until or (start_of(told.until_day) if told.until_day else None)
    away = told.kind == "away-from-placement" or str(told.details.get("type", "")).startswith("away")
    return Read(
        Kind.AWAY if away else Kind.MISSING,
        gone,
        told.at is None,
        max(back, gone) if back else None,
        back is not None and told.until is None,
        code_of("missing_from", str(told.details.get("missing_from", ""))),
        code_of("grades", str(told.details.get("response", ""))),
        str(told.details.get("found_at", ""))[:300],
    )


def start_of(day: date) -> datetime:
    """The moment at which a local day starts."""
    return datetime.combine(day, time(), HERE).astimezone(UTC)


def local_moment(words: str) -> datetime | None:
    """A moment that a file wrote without a time zone, such as 2026-10-05T23:07:00; None where it is none."""
    try:
        return datetime.fromisoformat(words).replace(tzinfo=HERE).astimezone(UTC)
    except ValueError:
        return None
