"""What the pages of the advice line show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kith.foundations.access.models import Viewer
from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.front_door.checking import lists
from kith.front_door.checks_permissions import can_oversee
from kith.front_door.models import Consultation

SHORT = 140


@dataclass(frozen=True)
class ConsultationShown:
    """One consultation, for its line in the list and for its own page."""

    pk: int
    reference: str
    at: str
    adviser: str
    caller: str
    phone: str
    named: str  # the child's name as it was said; empty where nobody was named
    asked: str
    short: str
    advice: str
    expected: str
    follows: str
    contact_id: int | None
    contact: str
    ring_back: ClockWords | None
    rung_back: str
    waits_for_ring_back: bool
    letter: bool
    oversight: str
    overseen: str
    can_oversee: bool


def present_consultation(row: Consultation, viewer: Viewer, now: datetime) -> ConsultationShown:
    """`viewer` says whether the form for oversight is offered."""
    asked = " ".join(row.asked.split())
    return ConsultationShown(
        pk=row.pk,
        reference=row.reference,
        at=words.day_and_time(row.at),
        adviser=row.by.name,
        caller=", ".join(part for part in (row.caller_name, row.caller_agency) if part),
        phone=row.caller_phone,
        named=row.child_name,
        asked=row.asked,
        short=asked if len(asked) <= SHORT else asked[:SHORT].rsplit(" ", 1)[0] + " …",
        advice=row.advice,
        expected=row.expected,
        follows=lists()["follows"].title(row.follows),
        contact_id=row.contact_id,
        contact=row.contact.reference if row.contact else "",
        ring_back=words.clock(row.ring_back_by, now, done=row.rung_back_at) if row.ring_back_by else None,
        rung_back=f"{words.day_and_time(row.rung_back_at)}, {row.rung_back_by}: {row.rung_back_note}"
        if row.rung_back_at
        else "",
        waits_for_ring_back=row.ring_back_by is not None and row.rung_back_at is None,
        letter=row.letter_id is not None,
        oversight=row.oversight,
        overseen=f"{row.overseen_by}, {words.day_and_time(row.overseen_at)}" if row.overseen_at else "",
        can_oversee=can_oversee(viewer, row),
    )
