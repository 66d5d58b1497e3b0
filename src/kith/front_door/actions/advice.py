"""The advice line: logged once, overseen by a manager, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from kith.foundations.access.actions import system_viewer, team_audience
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.clocks.duty import HERE
from kith.foundations.letters.actions import write_letter
from kith.front_door.actions.receiving import NamedIn, Told, WhoGave, receive
from kith.front_door.checks_permissions import check_can_ask, check_can_oversee
from kith.front_door.models import Consultation, Contact
from kith.front_door.routing import receiving_team
from kith.front_door.rules import new_reference

UNNAMED, REQUEST, RING_BACK = "unnamed", "request", "ring-back"
END_OF_DAY = time(17)  # by when somebody is rung back on the day that was promised
SUBJECT = "The advice you asked for {reference}"
LETTER = """You rang the advice line of the {partnership} on {day}.

This is the advice that was given:

{advice}

If you ring again, say {reference}. If somebody is in danger, ring 999.
The front door: {phone}.

{partnership}
"""


@dataclass(frozen=True)
class Consulted:
    """What is logged. `mode` and `follows` are keys of codes; with nobody named, `child_name` stays empty."""

    mode: str
    caller_name: str
    asked: str
    advice: str
    follows: str
    child_name: str = ""
    caller_agency: str = ""
    agency: Agency | None = None
    caller_phone: str = ""
    caller_email: str = ""
    expected: str = ""
    ring_back_on: date | None = None
    letter: bool = False  # the caller wants the advice in writing


@transaction.atomic
def log_consultation(*, consulted: Consulted, once: UUID, by: Viewer, now: datetime) -> Consultation:
    """The same form again is the consultation that stands. A request for support becomes a contact of its own.

    Raises NotAllowed for somebody outside the front door, or where a promise to ring back has no day.
    """
    check_can_ask(by)
    team = receiving_team()
    if not by.teams.filter(pk=team.pk).exists():
        raise NotAllowed(f"The advice line belongs to {team.name}, and you are not in that team.")
    if consulted.follows == RING_BACK and consulted.ring_back_on is None:
        raise NotAllowed("Say on which day they are rung back.")
    given = _nobody_named(consulted)
    with viewing_as(system_viewer("door")):
        scope = team_audience(team=team, now=now)
    words = {
        "scope": scope,
        "team": team,
        "reference": new_reference(),
        "at": now,
        "by": by,
        "mode": given.mode,
        "child_name": given.child_name.strip(),
        "caller_name": given.caller_name.strip(),
        "caller_agency": given.caller_agency.strip() or (given.agency.name if given.agency else ""),
        "agency": given.agency,
        "caller_phone": given.caller_phone,
        "caller_email": given.caller_email,
        "asked": given.asked.strip(),
        "advice": given.advice.strip(),
        "expected": given.expected.strip(),
        "follows": given.follows,
        "ring_back_by": _end_of(given.ring_back_on) if given.follows == RING_BACK else None,
    }
    row, new = Consultation.objects.get_or_create(sent_as=uuid5(once, "consultation"), defaults=words)
    if new:
        _follow(row, given, once, by, now)
        what = f"Logged consultation {row.reference}"
        record(viewer=by, action="log-consultation", what=what, details={"consultation": row.pk}, now=now)
    return row


@transaction.atomic
def rung_back(*, consultation_id: int, note: str, by: Viewer, now: datetime) -> Consultation:
    """That the caller was rung back, and what was said."""
    check_can_ask(by)
    row = Consultation.objects.select_for_update().get(pk=consultation_id)
    if row.ring_back_by is None or row.rung_back_at:
        raise NotAllowed("Nobody waits to be rung back here.")
    row.rung_back_at, row.rung_back_by, row.rung_back_note = now, by, note.strip()
    row.save(update_fields=["rung_back_at", "rung_back_by", "rung_back_note"])
    what = f"Rang back about consultation {row.reference}"
    record(viewer=by, action="ring-back", what=what, details={"consultation": row.pk}, now=now)
    return row


@transaction.atomic
def oversee(*, consultation_id: int, comment: str, by: Viewer, now: datetime) -> Consultation:
    """A manager signs what somebody else advised, with a comment; once."""
    row = Consultation.objects.select_for_update().get(pk=consultation_id)
    check_can_oversee(by, row)
    row.overseen_at, row.overseen_by, row.oversight = now, by, comment.strip()
    row.save(update_fields=["overseen_at", "overseen_by", "oversight"])
    what = f"Oversaw consultation {row.reference}"
    record(viewer=by, action="oversee-consultation", what=what, details={"consultation": row.pk}, now=now)
    return row


def _nobody_named(consulted: Consulted) -> Consulted:
    """Where the caller need not name anybody, no name is kept, whatever was typed into its box."""
    return replace(consulted, child_name="") if consulted.mode == UNNAMED else consulted


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day, END_OF_DAY, tzinfo=HERE) if day else None


def _follow(row: Consultation, given: Consulted, once: UUID, by: Viewer, now: datetime) -> None:
    """What comes of it at once: a contact for a request, a letter for who wants one."""
    if given.follows == REQUEST:
        row.contact = _contact(given, once, now)
    if given.letter and given.caller_email:
        body = LETTER.format(
            partnership=settings.PARTNERSHIP.full_name,
            day=f"{now.astimezone(HERE):%-d %B %Y}",
            advice=row.advice,
            reference=row.reference,
            phone=settings.PARTNERSHIP.front_door_phone,
        )
        subject, about = SUBJECT.format(reference=row.reference), f"consultation:{row.pk}"
        row.letter_id = write_letter(
            to=given.caller_email, subject=subject, body=body, about=about, scope=row.scope, now=now
        ).pk
    row.save(update_fields=["contact", "letter_id"])


def _contact(given: Consulted, once: UUID, now: datetime) -> Contact:
    giver = WhoGave(
        "professional",
        name=given.caller_name,
        agency_name=given.caller_agency or (given.agency.name if given.agency else ""),
        email=given.caller_email,
        phone=given.caller_phone,
    )
    named = (NamedIn("person", "child", given.child_name),) if given.child_name else ()
    told = Told("child", given.asked, giver, came_by="phone", named=named)
    return Contact.objects.get(pk=receive(told=told, once=uuid5(once, "request"), now=now).contact_id)
