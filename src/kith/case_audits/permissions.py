"""Who sees the programme, who draws, who audits whom, who reflects. Which rows there are is for row security."""

from __future__ import annotations

from datetime import date

from kith.case_audits.models import AuditAction, CaseAudit, Group, Submission
from kith.case_audits.rules.groups import days_planned
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed, check_may
from kith.foundations.access.rules import Permission, Role, says_something
from kith.insight.permissions import check_see_figures

FOR_MANAGERS = "Case audits are drawn, and meetings noted, by managers."
OWN_CHILD = "You work with this child yourself, so somebody else audits the record."
NOT_YOURS = "Only whoever audits this record writes this."
SAY_WHY = "Say in a few words what you look for in this record, so that somebody else can review it."
SAY_WHY_WITHDRAWN = "Say in a few words why, so that whoever looks for it knows"
FIRST_TODAY = "Say first whether anything needs doing today for this child."
NOT_THEIRS = "Only the worker whose record it is writes what they think of it."


def check_see_programme(viewer: Viewer) -> None:
    """Raises NotAllowed: counts and learning are for whoever sees figures, in an agency of the partnership."""
    check_see_figures(viewer)


def check_read_audits(viewer: Viewer) -> None:
    """Raises NotAllowed: audits of children are for whoever reads records."""
    check_may(viewer, Permission.READ_RECORDS)


def can_draw(viewer: Viewer) -> bool:
    """Managers of the partnership's agencies."""
    return Role(viewer.role) is Role.MANAGER and viewer.agency is not None and viewer.agency.in_partnership


def check_can_draw(viewer: Viewer) -> None:
    """Raises NotAllowed for anybody but managers."""
    check_read_audits(viewer)
    if not can_draw(viewer):
        raise NotAllowed(FOR_MANAGERS)


def check_hand_in(viewer: Viewer) -> None:
    """Raises NotAllowed: whoever writes on records hands in an audit of their own agency."""
    check_may(viewer, Permission.WRITE_ENTRIES)
    check_see_figures(viewer)


def can_withdraw(viewer: Viewer, audit: Submission) -> bool:
    """Whoever handed it in, and the managers of their agency."""
    own = viewer.agency_id == audit.agency_id
    return audit.withdrawn_at is None and (viewer.pk == audit.handed_in_by_id or (own and can_draw(viewer)))


def check_withdraw(viewer: Viewer, audit: Submission) -> None:
    """Raises NotAllowed for anybody else, and once it is withdrawn."""
    if not can_withdraw(viewer, audit):
        raise NotAllowed("Whoever handed an audit in, or a manager of their agency, withdraws it, once.")


def check_is_auditor(viewer: Viewer, audit: CaseAudit) -> None:
    """Raises NotAllowed for anybody but the auditor, and once it is completed."""
    if audit.auditor_id != viewer.pk or audit.completed_at is not None:
        raise NotAllowed(NOT_YOURS)


def check_reason(reason: str) -> None:
    """Raises NotAllowed where a reason says nothing that somebody else could review."""
    if not says_something(reason):
        raise NotAllowed(SAY_WHY)


def can_write_part(viewer: Viewer, audit: CaseAudit, *, of_several: bool) -> bool:
    """The auditor; where several agencies audit, one person of each other agency too."""
    if audit.opened_at is None or audit.asked_today_at is None or audit.completed_at is not None:
        return False
    if audit.auditor_id == viewer.pk:
        return True
    if not of_several or viewer.agency_id is None or viewer.agency_id == audit.auditor.agency_id:
        return False
    theirs = audit.parts.exclude(by=viewer).filter(agency_id=viewer.agency_id).exists()
    return not theirs and audit.worker_id != viewer.pk


def check_write_part(viewer: Viewer, audit: CaseAudit, *, of_several: bool) -> None:
    """Raises NotAllowed for anybody else, and before the first question was answered."""
    if audit.asked_today_at is None:
        raise NotAllowed(FIRST_TODAY)
    if not can_write_part(viewer, audit, of_several=of_several):
        raise NotAllowed(NOT_YOURS)


def check_is_worker(viewer: Viewer, audit: CaseAudit) -> None:
    """Raises NotAllowed for anybody but the worker whose record it is."""
    if audit.worker_id != viewer.pk:
        raise NotAllowed(NOT_THEIRS)


def check_reflect(viewer: Viewer, audit: CaseAudit) -> None:
    """Raises NotAllowed for anybody but the worker, and before it is completed."""
    if audit.worker_id != viewer.pk or audit.completed_at is None:
        raise NotAllowed(NOT_THEIRS)


def check_set_action(viewer: Viewer, audit: CaseAudit) -> None:
    """Raises NotAllowed: the auditor, or a manager, to whom the record is open."""
    check_read_audits(viewer)
    if audit.auditor_id != viewer.pk and not can_draw(viewer):
        raise NotAllowed(NOT_YOURS)


def can_do_action(viewer: Viewer, action: AuditAction) -> bool:
    """Its owner, or a manager."""
    return action.done_at is None and (action.owner_id == viewer.pk or can_draw(viewer))


def check_do_action(viewer: Viewer, action: AuditAction) -> None:
    """Raises NotAllowed for anybody else, and once it is done."""
    if not can_do_action(viewer, action):
        raise NotAllowed("Only whoever is to do this, or a manager, says that it is done.")


def can_edit_templates(viewer: Viewer, owner: int | None) -> bool:
    """The programme's owner; every manager of the partnership's agencies where none was named."""
    return viewer.pk == owner if owner else can_draw(viewer)


def check_edit_templates(viewer: Viewer, owner: int | None) -> None:
    """Raises NotAllowed for anybody else."""
    if not can_edit_templates(viewer, owner):
        raise NotAllowed("What audits ask is changed by whoever owns the programme.")


def check_planned(group: Group, on: date) -> None:
    """Raises NotAllowed where a group does not meet on a day."""
    if days_planned(group.first_on, group.every_weeks, on, on) != [on]:
        raise NotAllowed("The group does not meet on that day.")
