"""The handover list: written by whoever leaves, taken over by whoever comes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import system_viewer, team_audience
from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.moments.models import HandoverNote
from kith.moments.permissions import check_is_in

JOB = "moments"


@transaction.atomic
def hand_over(*, team: Team, text: str, by: Viewer, now: datetime) -> HandoverNote:
    """Leaves a note for whoever takes over."""
    check_is_in(by, team)
    with viewing_as(system_viewer(JOB)):
        scope = team_audience(team=team, now=now)
    note = HandoverNote.objects.create(team=team, scope=scope, text=text.strip(), by=by, at=now)
    record(viewer=by, action="hand-over", what=f"Left note {note.pk} for whoever takes over", now=now)
    return note


@transaction.atomic
def take_over(*, note_id: int, by: Viewer, now: datetime) -> None:
    """Says that somebody has read a note and takes it on. Once."""
    note = HandoverNote.objects.select_related("team__agency").get(pk=note_id)
    check_is_in(by, note.team)
    if HandoverNote.objects.filter(pk=note.pk, taken_at=None).update(taken_by=by, taken_at=now):
        record(viewer=by, action="take-over", what=f"Took over note {note.pk}", now=now)
