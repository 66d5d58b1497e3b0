"""An audit is answered: first whether anything needs doing today, then each agency's part, then it is completed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kith.case_audits.models import AuditAction, CaseAudit, Judged, Part
from kith.case_audits.permissions import (
    FIRST_TODAY,
    check_do_action,
    check_is_auditor,
    check_reflect,
    check_set_action,
    check_write_part,
)
from kith.case_audits.queries.templates import form_named
from kith.case_audits.rules.kinds import is_of_several
from kith.case_audits.rules.questions import JUDGEMENTS
from kith.case_audits.telling import tell_completed, tell_set, tell_today
from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.foundations.clocks import HERE

NO_AGENCY = "Your agency is not known, so its part cannot be written."
NOT_ANSWERED = "Answer every question of your own part first."


@dataclass(frozen=True)
class Answer:
    """How one question was judged, in words, and on what evidence."""

    judgement: str
    words: str
    evidence: str = ""

    def as_kept(self) -> dict[str, str]:
        return {"judgement": self.judgement, "words": self.words, "evidence": self.evidence}


@dataclass(frozen=True)
class ToDo:
    """Something that must be done because of an audit."""

    what: str
    owner: Viewer
    due_on: date


@transaction.atomic
def say_today(*, audit: CaseAudit, needed: str, by: Viewer, now: datetime) -> AuditAction | None:
    """Whether anything needs doing today for this child; "" where nothing does. What does is a task at once, for the
    child's worker (or the auditor, where nobody leads), and their manager is told. Raises NotAllowed.
    """
    check_is_auditor(by, audit)
    if audit.opened_at is None:
        raise NotAllowed("Open the record with a reason first.")
    CaseAudit.objects.filter(pk=audit.pk).update(needs_today=needed.strip()[:1000], asked_today_at=now)
    said = "something needs doing today" if needed.strip() else "nothing needs doing today"
    _note(audit, "say-today", f"Case audit {audit.pk}: {said}", by, now)
    if not needed.strip():
        return None
    owner = audit.worker or by
    made = _task(audit, ToDo(needed, owner, now.astimezone(HERE).date()), by, now, is_today=True)
    tell_today(action=made, audit=audit, now=now)
    return made


@transaction.atomic
def write_part(*, audit: CaseAudit, answers: Mapping[str, Answer], by: Viewer, now: datetime) -> Part:
    """One agency's answers. Another agency's part stands as it is given; the auditor's until it is completed.

    Raises NotAllowed, ValueError for a question or a judgement that is not of the form.
    """
    check_write_part(by, audit, of_several=is_of_several(audit.kind))
    if by.agency is None:
        raise NotAllowed(NO_AGENCY)
    asked = {one.key for one in form_named(audit.form).questions}
    if set(answers) - asked or {one.judgement for one in answers.values()} - set(JUDGEMENTS):
        raise ValueError("Not a question, or not a judgement, of this form")
    kept = {key: one.as_kept() for key, one in answers.items()}
    part, made = Part.objects.update_or_create(
        audit=audit, agency=by.agency, defaults={"scope_id": audit.scope_id, "answers": kept, "by": by, "at": now}
    )
    what = f"{'Wrote' if made else 'Changed'} {by.agency.name}’s part of case audit {audit.pk}"
    _note(audit, "write-case-audit", what, by, now)
    return part


@transaction.atomic
def complete_audit(*, audit: CaseAudit, by: Viewer, now: datetime) -> None:
    """The auditor has finished: the worker is told, and what was judged is counted without the child.

    Completing an audit that was made again closes the first one. Raises NotAllowed.
    """
    check_is_auditor(by, audit)
    own = audit.parts.filter(by=by).first()
    if audit.asked_today_at is None:
        raise NotAllowed(FIRST_TODAY)
    if own is None or len(own.answers) < len(form_named(audit.form).questions):
        raise NotAllowed(NOT_ANSWERED)
    CaseAudit.objects.filter(pk=audit.pk, completed_at=None).update(completed_at=now)
    for part in audit.parts.all():
        Judged.objects.create(
            scope=figures_scope(),
            kind=audit.kind,
            agency_id=part.agency_id,
            month=now.astimezone(HERE).date().replace(day=1),
            is_whole=part.pk == own.pk,
            judgements={key: one["judgement"] for key, one in part.answers.items()},
        )
    if audit.again_of_id:
        CaseAudit.objects.filter(pk=audit.again_of_id, closed_at=None).update(closed_at=now)
    _note(audit, "complete-case-audit", f"Completed case audit {audit.pk}", by, now)
    tell_completed(audit=audit, now=now)


@transaction.atomic
def reflect(*, audit: CaseAudit, words: str, by: Viewer, now: datetime) -> None:
    """The worker whose record it is says what they think of it. Raises NotAllowed."""
    check_reflect(by, audit)
    CaseAudit.objects.filter(pk=audit.pk).update(reflection=words.strip(), reflected_at=now)
    _note(audit, "reflect-case-audit", f"Wrote what they think of case audit {audit.pk}", by, now)


@transaction.atomic
def set_action(*, audit: CaseAudit, to_do: ToDo, by: Viewer, now: datetime) -> AuditAction:
    """Something that must be done, by whom, by when; it stands on their desk until it is. Raises NotAllowed."""
    check_set_action(by, audit)
    made = _task(audit, to_do, by, now)
    tell_set(action=made, audit=audit, now=now)
    return made


@transaction.atomic
def do_action(*, action: AuditAction, came_of: str, by: Viewer, now: datetime) -> None:
    """It is done, and what came of it. Raises NotAllowed."""
    check_do_action(by, action)
    AuditAction.objects.filter(pk=action.pk, done_at=None).update(
        done_at=now, done_by=by, came_of=came_of.strip()[:1000]
    )
    _note(action.audit, "do-audit-action", f"Did what case audit {action.audit_id} asked for", by, now)


def _task(audit: CaseAudit, to_do: ToDo, by: Viewer, now: datetime, *, is_today: bool = False) -> AuditAction:
    made = AuditAction.objects.create(
        scope_id=audit.scope_id,
        audit=audit,
        what=to_do.what.strip()[:1000],
        owner=to_do.owner,
        due_on=to_do.due_on,
        is_today=is_today,
        set_by=by,
        set_at=now,
    )
    _note(audit, "set-audit-action", f"Case audit {audit.pk} asks {to_do.owner.name} to do something", by, now)
    return made


def _note(audit: CaseAudit, action: str, what: str, by: Viewer, now: datetime) -> None:
    record(viewer=by, action=action, subjects=[audit.subject_id], what=what, now=now)
