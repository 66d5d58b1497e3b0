"""Audits of children, as far as row security lets somebody read them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from kith.case_audits.models import AuditAction, CaseAudit, Draw
from kith.foundations.access.models import Viewer
from kith.foundations.access.queries import openings_of_scope, standing


def audit_or_none(audit_id: int) -> CaseAudit | None:
    """One audit with what stands around it."""
    rows = CaseAudit.objects.select_related("subject", "auditor__agency", "worker", "draw", "again_of")
    return rows.filter(pk=audit_id).first()


def action_or_none(action_id: int) -> AuditAction | None:
    """One action with its audit."""
    return AuditAction.objects.select_related("audit__subject", "owner").filter(pk=action_id).first()


def to_audit(viewer: Viewer) -> QuerySet[CaseAudit]:
    """Those that somebody has still to complete, the oldest first."""
    return (
        CaseAudit.objects.filter(auditor=viewer, completed_at=None).select_related("subject").order_by("begun_at", "pk")
    )


def audits_about(viewer: Viewer) -> QuerySet[CaseAudit]:
    """Completed audits of one's own work and by oneself, the newest first."""
    mine = Q(worker=viewer) | Q(auditor=viewer)
    return (
        CaseAudit.objects.filter(mine)
        .exclude(completed_at=None)
        .select_related("subject", "worker", "auditor")
        .order_by("-completed_at")
    )


def to_reflect(viewer: Viewer) -> QuerySet[CaseAudit]:
    """Completed audits of one's own work on which one has not yet said anything."""
    return (
        CaseAudit.objects.filter(worker=viewer, reflected_at=None)
        .exclude(completed_at=None)
        .select_related("subject")
        .order_by("completed_at")
    )


def to_write_part(viewer: Viewer, kinds: list[str]) -> QuerySet[CaseAudit]:
    """Open audits of several agencies, to which one's own agency has not yet given its part."""
    return (
        CaseAudit.objects.filter(kind__in=kinds, completed_at=None)
        .exclude(Q(asked_today_at=None) | Q(auditor__agency=viewer.agency_id) | Q(parts__agency=viewer.agency_id))
        .select_related("subject")
        .order_by("begun_at", "pk")
    )


def to_do(viewer: Viewer) -> QuerySet[AuditAction]:
    """Actions that are somebody's, until they are done; what a child needs today first."""
    return (
        AuditAction.objects.filter(owner=viewer, done_at=None)
        .select_related("audit__subject")
        .order_by("-is_today", "due_on", "pk")
    )


def draws(viewer: Viewer) -> QuerySet[Draw]:
    """The draws of one's agency, the newest first."""
    return Draw.objects.filter(agency=viewer.agency_id).select_related("drawn_by").order_by("-drawn_at", "-pk")


def people_around(audit: CaseAudit, now: datetime) -> list[Viewer]:
    """Whom an action may be given to: the worker, the auditor, and those to whom the record is open, by name."""
    openings = openings_of_scope(audit.scope_id).filter(standing(now)).exclude(reason_kind="break-glass")
    found = {one.pk: one for one in (audit.worker, audit.auditor) if one}
    for opening in openings:
        people = [opening.viewer] if opening.viewer else list(opening.team.viewers.all()) if opening.team else []
        found |= {one.pk: one for one in people if one.is_active}
    return sorted(found.values(), key=lambda one: (one.pk != audit.worker_id, one.name))
