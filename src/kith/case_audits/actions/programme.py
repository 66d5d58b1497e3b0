"""Meetings of agencies that audit together: who came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from kith.case_audits.models import Meeting
from kith.case_audits.permissions import check_can_draw
from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record


@transaction.atomic
def note_meeting(
    *, kind: str, held_on: date, came: Mapping[str, bool], words: Mapping[str, str], by: Viewer, now: datetime
) -> Meeting:
    """Who came to a meeting that audits together, by agency’s key; why somebody did not. Raises NotAllowed."""
    check_can_draw(by)
    attendance = {key: {"came": here, "words": words.get(key, "")[:200]} for key, here in came.items()}
    made = Meeting.objects.create(
        scope=figures_scope(), kind=kind, held_on=held_on, attendance=attendance, noted_by=by, noted_at=now
    )
    record(viewer=by, action="note-audit-meeting", what=f"Noted who came to an audit meeting, {held_on}", now=now)
    return made
