"""Passing a version on, hearing what came of it, and telling whoever gave the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import NewOpening, open_circles, system_viewer
from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.foundations.access.rules import ROLES, Permission
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.intelligence.actions.giving import CLERK
from kith.intelligence.actions.telling import tell
from kith.intelligence.actions.versions import NotReady, new_audience
from kith.intelligence.models import Closing, PassedOn, Report, Use, Version
from kith.intelligence.permissions import check_can_grade
from kith.intelligence.queries.reports import joined_here
from kith.intelligence.rules.codes import News

RECEIVES = [role.value for role, what in ROLES.items() if Permission.GIVE_INTELLIGENCE in what.permissions]


@dataclass(frozen=True)
class Recipient:
    """A team, or, without one, everybody of an agency who works with children."""

    agency_id: int
    team_id: int | None = None


@transaction.atomic
def pass_on(
    *,
    version_id: int,
    to: Iterable[Recipient],
    purpose: str,
    basis: str,
    conditions: str = "",
    by: Viewer,
    now: datetime,
) -> list[PassedOn]:
    """Opens an approved version to each recipient and records why. To the same recipient once.

    Raises NotReady for a version that is not approved, or where its conditions are left out.
    """
    check_can_grade(by)
    version = Version.objects.select_related("report").get(pk=version_id)
    if not version.approved:
        raise NotReady("Somebody else must approve it first.")
    if version.handling_code == "C" and not conditions.strip():
        raise NotReady("Say on what conditions it may be used.")
    words = {"purpose": purpose, "basis": basis, "conditions": conditions.strip()}
    passed = [_pass(version, one, words, by, now) for one in dict.fromkeys(to)]
    new = [one for one in passed if one is not None]
    if new:
        _tell_givers(version.report, News.PASSED_ON, "", now, once=True)
    return new


@transaction.atomic
def say_use(*, passed_on_id: int, used: bool, text: str, by: Viewer, now: datetime) -> Use:
    """A receiver says what came of it; whoever gave it hears that it was used, or why not."""
    passed = PassedOn.objects.get(pk=passed_on_id)
    use = Use.objects.create(
        passed_on=passed, scope_id=passed.scope_id, used=used, text=text.strip()[:500], by=by, at=now
    )
    what = f"Said that intelligence passed on ({passed.pk}) was {'used' if used else 'not used'}"
    record(viewer=by, action="answer-intelligence", what=what, now=now)
    with viewing_as(system_viewer(CLERK)):
        report = Version.objects.select_related("report").get(pk=passed.version_id).report
        _tell_givers(report, News.USED if used else News.NOT_USED, "" if used else use.text, now)
    return use


@transaction.atomic
def close(*, report_id: int, because: str, by: Viewer, now: datetime) -> Closing:
    """It goes no further, and whoever gave it is told why in these words. The same again is one."""
    check_can_grade(by)
    report = Report.objects.get(pk=report_id)
    words = {"scope_id": report.scope_id, "because": because.strip()[:500], "by": by, "at": now}
    closing, new = Closing.objects.get_or_create(report=report, defaults=words)
    if new:
        record(viewer=by, action="close-intelligence", what=f"Closed {report.number}", now=now)
        _tell_givers(report, News.NOT_USED, closing.because, now)
    return closing


def _pass(version: Version, to: Recipient, words: dict[str, str], by: Viewer, now: datetime) -> PassedOn | None:
    team = Team.objects.get(pk=to.team_id, agency_id=to.agency_id) if to.team_id else None
    if PassedOn.objects.filter(version=version, agency_id=to.agency_id, team=team).exists():
        return None
    clerk, held = system_viewer(CLERK), version.report.scope.team
    scope = new_audience(team=held, by=clerk, now=now)
    with viewing_as(clerk):
        open_circles(openings=_openings([version.scope, scope], to, team), by=clerk, now=now)
    passed = PassedOn.objects.create(
        version=version, scope=scope, agency_id=to.agency_id, team=team, by=by, at=now, **words
    )
    agency = Agency.objects.get(pk=to.agency_id)
    what = f"Passed {version.report.number} on to {agency.name}"
    details = {"version": version.pk, "team": to.team_id, "purpose": words["purpose"], "basis": words["basis"]}
    record(viewer=by, action="pass-on-intelligence", what=what, details=details, now=now)
    return passed


def _openings(scopes: Iterable[Scope], to: Recipient, team: Team | None) -> list[NewOpening]:
    because, kind = "Intelligence that was passed on", "work"
    if team:
        return [NewOpening(scope, because, kind, team=team) for scope in scopes]
    people = list(Viewer.objects.filter(agency_id=to.agency_id, is_active=True, role__in=RECEIVES))
    return [NewOpening(scope, because, kind, viewer=one) for scope in scopes for one in people]


def _tell_givers(report: Report, news: News, text: str, now: datetime, *, once: bool = False) -> None:
    """Whoever gave this report, and whoever gave one that was joined with it."""
    clerk = system_viewer(CLERK)
    with viewing_as(clerk):
        numbers = [report.number, *(one.number for one in joined_here(report))]
    for number in numbers:
        tell(number=number, news=news, text=text, once=once, by=clerk, now=now)
