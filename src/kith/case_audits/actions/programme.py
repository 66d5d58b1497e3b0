"""What stands in the programme without a child: meetings and a month's learning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from kith.case_audits.models import Learning, Meeting
from kith.case_audits.permissions import check_can_draw, check_see_programme
from kith.case_audits.telling import tell_learning
from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record


@dataclass(frozen=True)
class Learned:
    """A month's learning."""

    month: date
    good: str
    keeps_coming_up: str
    you_said: str = ""
    we_did: str = ""


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


@transaction.atomic
def send_learning(*, learned: Learned, by: Viewer, now: datetime) -> Learning:
    """A month's learning is kept, and teams are told. Raises NotAllowed."""
    check_can_draw(by)
    check_see_programme(by)
    made = Learning.objects.create(scope=figures_scope(), written_by=by, sent_at=now, sent_to=0, **asdict(learned))
    made.sent_to = tell_learning(learning=made, now=now)
    Learning.objects.filter(pk=made.pk).update(sent_to=made.sent_to)
    what = f"Sent what case audits taught in {learned.month:%B %Y} to {made.sent_to} people"
    record(viewer=by, action="send-audit-learning", what=what, now=now)
    return made
