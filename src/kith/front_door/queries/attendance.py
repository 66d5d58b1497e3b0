"""Who is in the hub on a day, and who is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kith.foundations.access.models import Agency
from kith.foundations.clocks import is_working_day
from kith.front_door.models import Presence
from kith.front_door.queries.checks import NOT_ASKED

GONE = "left"
MISSING = ("absent",)


def board_on(day: date) -> list[Presence]:
    """What was said last of each agency of the board on this day: the day's own word, else who belongs to it still.

    An agency is on the board from the day it is first put there until it is said to be no longer part of it. One of
    which nothing was said on the day itself has its last word from before, and `on` says of which day.
    """
    said = Presence.objects.filter(on__lte=day).select_related("agency", "by")
    last = said.order_by("agency_id", "-on", "-at", "-pk").distinct("agency_id")
    return sorted((one for one in last if one.how != GONE), key=lambda one: one.agency.name)


def missing_today(day: date) -> list[str]:
    """Agencies that are absent, or of which nothing was said on a working day, in words."""
    words = []
    for one in board_on(day):
        if one.how == "pending":
            continue
        if one.on != day and is_working_day(day):
            words.append(f"{one.agency.name} (nothing said today)")
        elif one.on == day and one.how in MISSING:
            words.append(f"{one.agency.name} (absent{': ' + one.note if one.note else ''})")
    return words


def said_between(first: date, last: date) -> list[Presence]:
    """The last word on each agency for each day, both ends included; the days in order."""
    said = Presence.objects.filter(on__range=(first, last)).select_related("agency", "by")
    return list(
        said.order_by("on", "agency__name", "agency_id", "-at", "-pk").distinct("on", "agency__name", "agency_id")
    )


def agencies_known() -> list[Agency]:
    """Those of the partnership that may be put on the board."""
    return list(Agency.objects.filter(in_partnership=True).exclude(kind__in=NOT_ASKED).order_by("name"))


@dataclass(frozen=True)
class MonthCount:
    """How often an agency took part in each way in some days, and how many working days nothing was said."""

    agency: str
    days: Mapping[str, int]  # key of codes: presence → days
    nothing_said: int


def counts_between(first: date, last: date) -> list[MonthCount]:
    """By agency; a day counts once, by the last word on it. Working days from its first word on count as not said."""
    by_agency: dict[str, dict[date, str]] = defaultdict(dict)
    for one in said_between(first, last):
        by_agency[one.agency.name][one.on] = one.how
    for one in board_on(first):  # on the board before these days began
        by_agency.setdefault(one.agency.name, {})
    found = []
    for name in sorted(by_agency):
        days = by_agency[name]
        since = first if not days or name in {one.agency.name for one in board_on(first)} else min(days)
        working = [since + timedelta(days=n) for n in range((last - since).days + 1)]
        silent = sum(is_working_day(day) and day not in days for day in working)
        found.append(MonthCount(name, Counter(days.values()), silent))
    return found
