"""A case audit under way, what it asks for, and what stands without a child: numbers for their addresses."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from kith.case_audits.actions.auditing import Answer, say_today, write_part
from kith.case_audits.actions.drawing import begin_drawn, open_audit
from kith.case_audits.actions.groups import NewGroup, begin_group
from kith.case_audits.actions.learning import Learned, send_learning
from kith.case_audits.actions.library import HandedIn, hand_in
from kith.case_audits.actions.programme import Came, note_meeting
from kith.case_audits.models import CaseAudit
from kith.case_audits.rules.kinds import kinds
from kith.case_audits.rules.questions import form_on
from kith.foundations.access.viewing import viewing_as
from kith.subjects.models import Subject
from tests.support.cast import Cast

AUDITED = "Thistlecombegate"  # in an audit of the child: for her circle
HANDED_IN = "Pennyroyalhouse"  # in an audit that a school made by itself: for everybody who sees figures


def plant_case_audits(cast: Cast, child: Subject) -> dict[str, Any]:
    """Hana audits what Asha does for the child; Carol hands in an audit of her school."""
    now, today = timezone.now(), timezone.localdate()
    single, month = kinds(today)["single"], today.replace(day=1)
    with viewing_as(cast.hana):
        audit = begin_drawn(kind=single, subject_ids=[child.pk], seed="planted", subject_id=child.pk, by=cast.hana,
                            now=now)  # fmt: skip
        open_audit(audit=audit, reason="Whether her own words stand in the plan", by=cast.hana, now=now)
        audit = CaseAudit.objects.get(pk=audit.pk)
        action = say_today(audit=audit, needed=f"{AUDITED} must be rung", by=cast.hana, now=now)
        audit = CaseAudit.objects.select_related("auditor").get(pk=audit.pk)
        answers = {one.key: Answer("improve", f"{AUDITED} says so") for one in form_on(today).questions}
        write_part(audit=audit, answers=answers, by=cast.hana, now=now)
        new = NewGroup("Neglect group", "neglect", "neglect", 6, today, time(10), cast.hana, ["severnmouth-police"])
        group = begin_group(group=new, by=cast.hana, now=now)
        note_meeting(meeting=Came("neglect", today, {"severnmouth-police": False}, {}, group, today), by=cast.hana,
                     now=now)  # fmt: skip
        learned = send_learning(learned=Learned(month, "Visits", "Plans"), by=cast.hana, now=now)
    with viewing_as(cast.carol):
        own = HandedIn(HANDED_IN, today - timedelta(days=90), today, 12, f"{HANDED_IN} was found")
        submission = hand_in(audit=own, by=cast.carol, now=now)
    return {
        "case_audit_id": audit.pk,
        "audit_action_id": action.pk if action else 0,
        "audit_group_id": group.pk,
        "template_key": "neglect-several",
        "learning_id": learned.pk,
        "submission_id": submission.pk,
    }
