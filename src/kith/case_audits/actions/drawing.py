"""Records are drawn by lot, and the draw is kept; an audit begins with it and is opened with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from django.db import transaction

from kith.case_audits.models import CaseAudit, Draw, Group
from kith.case_audits.permissions import (
    OWN_CHILD,
    check_can_draw,
    check_is_auditor,
    check_planned,
    check_reason,
)
from kith.case_audits.queries.lots import lead_worker, lot, own_children
from kith.case_audits.queries.templates import form_named, form_standing
from kith.case_audits.rules.drawing import by_lot
from kith.case_audits.rules.kinds import AuditKind
from kith.case_audits.rules.templates import USUAL
from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.foundations.clocks import HERE
from kith.subjects.models import Subject

NOBODY_THERE = "No record that is open to you is in this lot."
DRAWN = "Drawn by lot for a case audit"


@dataclass(frozen=True)
class ForMeeting:
    """A planned day of a group, for which a lot is drawn."""

    group: Group
    on: date


@transaction.atomic
def draw(
    *,
    kind: AuditKind,
    how_many: int,
    by: Viewer,
    now: datetime,
    seed: str = "",
    meeting: ForMeeting | None = None,
    template: str = USUAL,
) -> Draw:
    """Draws that many records and begins an audit of each. `seed`: only to draw again what was drawn before;
    `template`: a key of what is asked.

    Raises NotAllowed: for managers, and where no record of the lot is open to them.
    """
    check_can_draw(by)
    if meeting:
        check_planned(meeting.group, meeting.on)
    made = _drawn(kind, lot(kind.lot, by, now), how_many, seed or token_hex(8), by, now, template)
    if meeting:
        made.group, made.meets_on = meeting.group, meeting.on
        made.save(update_fields=["group", "meets_on"])
    return made


@transaction.atomic
def begin_drawn(*, kind: AuditKind, subject_ids: Sequence[int], seed: str, subject_id: int, by: Viewer, now: datetime
                ) -> CaseAudit:  # fmt: skip
    """An audit of one of those whom another lot drew (the six of a manager's week): `seed` tells the lot.

    Begun once for a seed and a record; an open audit goes on. Raises NotAllowed.
    """
    check_can_draw(by)
    made, _ = Draw.objects.get_or_create(
        scope=figures_scope(),
        kind=kind.key,
        agency=by.agency,
        seed=seed,
        drawn_by=by,
        defaults={"population": len(subject_ids), "drawn": 0, "drawn_at": now},
    )
    found = CaseAudit.objects.filter(draw=made, subject_id=subject_id).first()
    if found is None:
        found = _begun(Subject.objects.get(pk=subject_id), kind, made, by, now)
        Draw.objects.filter(pk=made.pk).update(drawn=made.audits.count())
    return found


@transaction.atomic
def open_audit(*, audit: CaseAudit, reason: str, by: Viewer, now: datetime) -> None:
    """The record is opened for the audit, with a reason that is kept. Raises NotAllowed."""
    check_is_auditor(by, audit)
    check_reason(reason)
    CaseAudit.objects.filter(pk=audit.pk, opened_at=None).update(opened_at=now, reason=reason.strip()[:300])
    what = f"Opened a record for case audit {audit.pk}: {reason}"
    record(viewer=by, action="open-sample", subjects=[audit.subject_id], because=DRAWN, what=what, now=now)


@transaction.atomic
def audit_again(*, audit: CaseAudit, by: Viewer, now: datetime) -> CaseAudit:
    """The same record once more, by another look or another person: it closes the loop. Raises NotAllowed."""
    check_can_draw(by)
    if audit.completed_at is None or audit.closed_at is not None or CaseAudit.objects.filter(again_of=audit).exists():
        raise NotAllowed("It is audited again once, after it is completed and before it is closed.")
    made = _begun(audit.subject, None, None, by, now, again_of=audit)
    return made


def _drawn(kind: AuditKind, ids: Sequence[int], how_many: int, seed: str, by: Viewer, now: datetime,
           template: str) -> Draw:  # fmt: skip
    if not ids:
        raise NotAllowed(NOBODY_THERE)
    chosen = by_lot(ids, seed, how_many)
    made = Draw.objects.create(
        scope=figures_scope(),
        kind=kind.key,
        agency_id=by.agency_id or 0,
        seed=seed,
        population=len(ids),
        drawn=len(chosen),
        drawn_by=by,
        drawn_at=now,
    )
    subjects, asks = Subject.objects.in_bulk(chosen), form_standing(template, now.astimezone(HERE).date()).version
    for pk in chosen:
        _begun(subjects[pk], kind, made, by, now, asks=asks)
    what = f"Drew {len(chosen)} of {len(ids)} records by lot: {kind.title}"
    record(viewer=by, action="draw-case-audits", subjects=chosen, what=what, now=now)
    return made


def _begun(
    subject: Subject,
    kind: AuditKind | None,
    made: Draw | None,
    by: Viewer,
    now: datetime,
    again_of: CaseAudit | None = None,
    asks: str = "",
) -> CaseAudit:
    if subject.pk in own_children(by):
        raise NotAllowed(OWN_CHILD)
    today = now.astimezone(HERE).date()
    began = CaseAudit.objects.create(
        scope_id=subject.scope_id,
        subject=subject,
        draw=made,
        kind=kind.key if kind else again_of.kind if again_of else "",
        form=asks or form_standing(form_named(again_of.form).key if again_of else USUAL, today).version,
        auditor=by,
        worker=lead_worker(subject.pk, today),
        begun_at=now,
        again_of=again_of,
    )
    record(viewer=by, action="begin-case-audit", subjects=[subject.pk], what=f"Began case audit {began.pk}", now=now)
    return began
