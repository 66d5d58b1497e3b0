"""Case audits stay with the child: when two records become one person, they stand on the one that stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kith.case_audits.models import AuditAction, CaseAudit, Part
from kith.case_audits.telling import JOB
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.subjects.models import Subject


@transaction.atomic
def audits_follow(*, subjects: Iterable[int], by: Viewer, now: datetime) -> int:
    """Moves audits, parts and actions of records that were joined into another. Answers how many audits moved.

    Where both records were drawn by one lot, the one that moves no longer counts as drawn by it.
    """
    with viewing_as(system_viewer(JOB)):
        audits = list(
            CaseAudit.objects.filter(subject__in=list(subjects), subject__joined_into__isnull=False).select_related(
                "subject"
            )
        )
        for audit in audits:
            _move(audit, _end_of(audit.subject), by, now)
    return len(audits)


def _move(audit: CaseAudit, to: Subject, by: Viewer, now: datetime) -> None:
    drawn_too = CaseAudit.objects.filter(draw=audit.draw_id, subject=to).exists() if audit.draw_id else False
    CaseAudit.objects.filter(pk=audit.pk).update(
        subject=to, scope=to.scope_id, draw=None if drawn_too else audit.draw_id
    )
    Part.objects.filter(audit=audit).update(scope=to.scope_id)
    AuditAction.objects.filter(audit=audit).update(scope=to.scope_id)
    record(viewer=by, action="follow-people", subjects=[to.pk], what=f"Case audit {audit.pk} follows", now=now)


def _end_of(subject: Subject) -> Subject:
    while subject.joined_into is not None:
        subject = subject.joined_into
    return subject
