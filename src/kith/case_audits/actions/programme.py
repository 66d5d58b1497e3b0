"""Meetings of agencies that audit together: who came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kith.case_audits.models import Group, Meeting
from kith.case_audits.permissions import check_can_draw, check_planned
from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record


@dataclass(frozen=True)
class Came:
    """Who came to a meeting, by agency's key; why somebody did not. Of a group: the day that was planned."""

    kind: str
    held_on: date
    came: Mapping[str, bool]
    words: Mapping[str, str]
    group: Group | None = None
    planned_on: date | None = None


@transaction.atomic
def note_meeting(*, meeting: Came, by: Viewer, now: datetime) -> Meeting:
    """Who came to a meeting that audits together. Raises NotAllowed."""
    check_can_draw(by)
    attendance = {key: {"came": here, "words": meeting.words.get(key, "")[:200]} for key, here in meeting.came.items()}
    said = {"scope": figures_scope(), "kind": meeting.kind, "held_on": meeting.held_on, "attendance": attendance,
            "is_held": True, "why_not": "", "noted_by": by, "noted_at": now}  # fmt: skip
    if meeting.group and meeting.planned_on:
        check_planned(meeting.group, meeting.planned_on)
        made, _ = Meeting.objects.update_or_create(group=meeting.group, planned_on=meeting.planned_on, defaults=said)
    else:
        made = Meeting.objects.create(**said)
    what = f"Noted who came to an audit meeting, {meeting.held_on}"
    record(viewer=by, action="note-audit-meeting", what=what, now=now)
    return made
