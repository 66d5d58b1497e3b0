"""The fortnight in figures, for the hub's review meeting. Counts only: no name and no reference."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kith.foundations.clocks.duty import HERE
from kith.front_door.checking import hours_between, median_hours
from kith.front_door.models import Check
from kith.front_door.queries.attendance import MonthCount, counts_between

FORTNIGHT = timedelta(days=14)


@dataclass(frozen=True)
class AgencyFigures:
    """What was asked of one agency in these days, and how it was answered."""

    agency: str
    asked: int
    withdrawn: int
    answered: int
    within_band: int
    late: int  # answered after its clock, or not answered and its clock has run out
    waiting: int  # not answered, its clock still running
    median: float | None  # hours

    @property
    def share(self) -> str:
        """Answered within the band, of those whose clock has come to an end or that were answered."""
        ended = self.within_band + self.late
        return f"{round(100 * self.within_band / ended)}%" if ended else "none due yet"


@dataclass(frozen=True)
class Review:
    """A fortnight, by agency and in all."""

    first: date
    last: date
    agencies: tuple[AgencyFigures, ...]
    total: AgencyFigures
    contacts: int  # contacts about which somebody was asked
    contacts_late: int  # of these, with at least one late check
    attendance: tuple[MonthCount, ...]


def review(last: date, now: datetime) -> Review:
    """What was asked in the fourteen days up to and including `last`, as it stands now."""
    first = last - FORTNIGHT + timedelta(days=1)
    asked = Check.objects.filter(asked_at__gte=_start(first), asked_at__lt=_start(last + timedelta(days=1)))
    checks = list(asked.select_related("agency").order_by("agency__name", "pk"))
    by_agency: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        by_agency[check.agency.name].append(check)
    return Review(
        first=first,
        last=last,
        agencies=tuple(_figures(name, held, now) for name, held in by_agency.items()),
        total=_figures("All agencies", checks, now),
        contacts=len({check.contact_id for check in checks}),
        contacts_late=len({check.contact_id for check in checks if _is_late(check, now)}),
        attendance=tuple(counts_between(first, last)),
    )


def _figures(agency: str, checks: list[Check], now: datetime) -> AgencyFigures:
    held = [check for check in checks if check.withdrawn_at is None or check.answered_at]
    spans = [hours_between(check.asked_at, check.answered_at) for check in held if check.answered_at]
    late = sum(_is_late(check, now) for check in held)
    within = sum(bool(check.answered_at) and not _is_late(check, now) for check in held)
    waiting = len(held) - late - within
    return AgencyFigures(
        agency, len(checks), len(checks) - len(held), len(spans), within, late, waiting, median_hours(spans)
    )


def _is_late(check: Check, now: datetime) -> bool:
    if check.withdrawn_at and not check.answered_at:
        return False
    return (check.answered_at or now) > check.due_at


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=HERE).astimezone(UTC)
