"""Who is in the hub: said by the front door, or by the agency of itself. What was said before stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kith.foundations.access.models import Agency, Viewer
from kith.foundations.audit.actions import record
from kith.front_door.actions.checks import checks_team
from kith.front_door.checks_permissions import check_can_say_presence
from kith.front_door.models import Presence
from kith.front_door.routing import receiving_team


@dataclass(frozen=True)
class Said:
    """How an agency takes part on a day. `how` is a key of codes: presence."""

    agency: Agency
    how: str
    note: str = ""


@transaction.atomic
def say_presence(*, said: Said, on: date, by: Viewer, now: datetime) -> Presence:
    """The last word on an agency for a day; the same word again adds nothing."""
    check_can_say_presence(by, said.agency)
    before = Presence.objects.filter(agency=said.agency, on=on).order_by("-at", "-pk").first()
    if before and (before.how, before.note) == (said.how, said.note.strip()):
        return before
    _, scope = checks_team(agency=said.agency, front_door=receiving_team(), now=now)
    row = Presence.objects.create(
        scope=scope, agency=said.agency, on=on, how=said.how, note=said.note.strip()[:200], at=now, by=by
    )
    what = f"Said of {said.agency.name} in the hub on {on:%-d %B %Y}: {said.how}"
    record(viewer=by, action="say-presence", what=what, now=now)
    return row
