"""Reports of the same thing are joined and can be parted again; what is named may be said to be on a record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record
from kith.intelligence.actions.giving import CLERK
from kith.intelligence.actions.telling import tell
from kith.intelligence.actions.versions import NotReady
from kith.intelligence.models import Joining, Named, Report
from kith.intelligence.permissions import check_can_grade
from kith.intelligence.rules.codes import News
from kith.subjects.permissions import check_holds_all


@transaction.atomic
def join(*, report_id: int, into_id: int, because: str, by: Viewer, now: datetime) -> Joining:
    """Says that a report tells of the same as another and goes on with it. Nothing is copied, so it can be undone.

    Raises NotReady where either is part of a joining already that would make a chain.
    """
    check_can_grade(by)
    report, into = Report.objects.get(pk=report_id), Report.objects.get(pk=into_id)
    if report == into:
        raise NotReady("A report is not joined with itself.")
    if Joining.objects.filter(report__in=[report, into], undone_at=None).exists():
        raise NotReady("One of them is joined with another already.")
    if Joining.objects.filter(into=report, undone_at=None).exists():
        raise NotReady("Others are joined with this one: join from their side, or undo those first.")
    words = {"because": because[:300], "by": by, "at": now, "scope_id": report.scope_id}
    joining = Joining.objects.create(report=report, into=into, **words)
    what = f"Joined {report.number} with {into.number}"
    record(viewer=by, action="join-intelligence", what=what, now=now)
    tell(number=report.number, news=News.JOINED, once=True, by=system_viewer(CLERK), now=now)
    return joining


@transaction.atomic
def unjoin(*, joining_id: int, by: Viewer, now: datetime) -> Joining:
    """The report stands for itself again."""
    check_can_grade(by)
    joining = Joining.objects.select_related("report", "into").get(pk=joining_id)
    Joining.objects.filter(pk=joining_id, undone_at=None).update(undone_by=by, undone_at=now)
    what = f"Parted {joining.report.number} from {joining.into.number}"
    record(viewer=by, action="part-intelligence", what=what, now=now)
    return joining


@transaction.atomic
def link_named(*, named_id: int, subject_id: int | None, by: Viewer, now: datetime) -> Named:
    """Says that what is named may be somebody or somewhere on record, or that it is not. No link of the record."""
    check_can_grade(by)
    check_holds_all([subject_id] if subject_id else [])
    named = Named.objects.select_related("report").get(pk=named_id)
    before = named.subject_id
    named.subject_id = subject_id
    named.save(update_fields=["subject"])
    subjects = [pk for pk in (subject_id, before) if pk]
    what = f"Said whom {named.report.number} may be about"
    record(viewer=by, action="link-intelligence", subjects=subjects, what=what, now=now)
    return named
