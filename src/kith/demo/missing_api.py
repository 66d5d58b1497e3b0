"""What the police's own system told the demonstration by its key: one report that means nobody for certain.

Nothing comes of it until somebody of the missing desk says who is meant. Running it again adds nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from kith.demo import cast
from kith.exchange.actions.keys import make_key, use_key
from kith.exchange.actions.sent import take_report
from kith.exchange.bodies import report_told
from kith.exchange.queries.keys import agency_called
from kith.exchange.queries.sent import of_number
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as

AGENCY, NUMBER = "severnmouth-police", "MP/114103"


def write_sent_report(*, today: date, now: datetime) -> int:
    """Gives the police's system a key whose secret nobody keeps, and sends the report. Answers how many were new."""
    agency = agency_called(AGENCY)
    job = system_viewer("demonstration")
    if agency is None or _stands(agency.pk, job):
        return 0
    shown = make_key(agency=agency, name="Missing persons system", by=job, now=now)
    caller = use_key(shown=shown, now=now)
    body = _body(today, now)
    return int(take_report(told=report_told(body, now), sent=body, by=caller.viewer, now=now)[1])


def _stands(agency: int, job: Viewer) -> bool:
    with viewing_as(job):
        return of_number(agency, NUMBER) is not None


def _body(today: date, now: datetime) -> dict[str, Any]:
    """As an officer typed it in a hurry: the day of birth is one out."""
    child = next(one for one in cast.CHILDREN if one.key == "zofia")
    born = child.born(today) + timedelta(days=1)
    return {
        "number": NUMBER,
        "kind": "missing",
        "child": {"first_name": child.first_name, "last_name": child.last_name, "date_of_birth": born.isoformat()},
        "last_seen_at": (now - timedelta(minutes=50)).isoformat(timespec="seconds"),
        "last_seen_at_place": "The tram stop at Dock Street",
        "missing_from": "home",
        "circumstances": "Her aunt rang. She was to be back from her dance class and does not answer her phone.",
        "clothing": "Blue coat, black leggings, white trainers",
        "told_by": "PC 2217 Marsh, control room",
        "grade": "medium",
    }
