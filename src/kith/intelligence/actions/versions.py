"""The version that may be passed on: made by one person, approved by another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import open_circle, system_viewer
from kith.foundations.access.models import Scope, Team, Viewer
from kith.foundations.access.rules import ScopeKind
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.intelligence.actions.giving import CLERK
from kith.intelligence.models import Report, Version, VersionNamed
from kith.intelligence.permissions import check_can_approve, check_can_grade
from kith.subjects.permissions import check_holds_all


class NotReady(ValueError):
    """It is not this step's turn; the message is the sentence to show."""


@transaction.atomic
def make_version(
    *, report_id: int, text: str, kept_because: str = "", about: Sequence[int] = (), by: Viewer, now: datetime
) -> Version:
    """A version in words that do not tell the source, for somebody else to approve. `about`: records it concerns.

    Raises NotReady before it is graded, or while another waits for approval.
    """
    check_can_grade(by)
    check_holds_all(about)
    report = Report.objects.select_for_update().get(pk=report_id)
    grading = report.gradings.order_by("-at", "-pk").first()
    if grading is None:
        raise NotReady("Grade it first.")
    if report.versions.filter(approved=None).exists():
        raise NotReady("A version waits to be approved already.")
    version = Version.objects.create(
        report=report,
        scope=new_audience(team=report.scope.team, by=system_viewer(CLERK), now=now),
        text=text.strip(),
        grade=grading.words,
        handling_code=grading.handling_code,
        conditions=grading.conditions,
        kept_because=kept_because.strip(),
        by=by,
        at=now,
    )
    rows = [VersionNamed(version=version, scope_id=version.scope_id, subject_id=pk) for pk in dict.fromkeys(about)]
    VersionNamed.objects.bulk_create(rows)
    what = f"Made a version of {report.number} to pass on"
    record(viewer=by, action="make-version", subjects=about, what=what, now=now)
    return version


@transaction.atomic
def approve(*, version_id: int, by: Viewer, now: datetime) -> Version:
    """Says that a version may be passed on. Raises PermissionDenied for one's own."""
    return _decide(version_id, True, "", by, now)


@transaction.atomic
def return_version(*, version_id: int, because: str, by: Viewer, now: datetime) -> Version:
    """Gives it back to be made anew, with the reason."""
    return _decide(version_id, False, because, by, now)


def new_audience(*, team: Team, by: Viewer, now: datetime) -> Scope:
    """An audience of its own, open to the team that grades; others are let in as it is passed on.

    `by` is the system job that opens it.
    """
    scope = Scope.objects.create(kind=ScopeKind.RESTRICTED.value)
    because = "Intelligence that this team grades"
    with viewing_as(by):
        open_circle(scope=scope, team=team, because=because, reason_kind="work", by=by, now=now)
    return scope


def _decide(version_id: int, approved: bool, because: str, by: Viewer, now: datetime) -> Version:
    version = Version.objects.select_related("report").select_for_update(of=("self",)).get(pk=version_id)
    check_can_approve(by, version)
    if version.approved is not None:
        raise NotReady("Somebody has decided on this version already.")
    version.approved, version.decided_by, version.decided_at = approved, by, now
    version.because = because.strip()[:500]
    version.save(update_fields=["approved", "decided_by", "decided_at", "because"])
    did = "Approved" if approved else "Returned"
    what = f"{did} a version of {version.report.number}"
    record(viewer=by, action=f"{'approve' if approved else 'return'}-version", what=what, now=now)
    return version
