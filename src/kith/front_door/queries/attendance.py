"""Who is in the hub on a day, and who is missing."""

from __future__ import annotations

from datetime import date

from kith.front_door.models import Presence

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
    """Agencies that are absent, or of which nothing was said on the day, in words."""
    words = []
    for one in board_on(day):
        if one.how == "pending":
            continue
        if one.on != day:
            words.append(f"{one.agency.name} (nothing said today)")
        elif one.how in MISSING:
            words.append(f"{one.agency.name} (absent{': ' + one.note if one.note else ''})")
    return words


def said_between(first: date, last: date) -> list[Presence]:
    """The last word on each agency for each day, both ends included; the days in order."""
    said = Presence.objects.filter(on__range=(first, last)).select_related("agency", "by")
    return list(
        said.order_by("on", "agency__name", "agency_id", "-at", "-pk").distinct("on", "agency__name", "agency_id")
    )
