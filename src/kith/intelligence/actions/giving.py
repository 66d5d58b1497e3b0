"""Giving intelligence. What is given is parted at once: the report, its source, and the giver's receipt."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from secrets import choice
from uuid import UUID, uuid5

from django.db import transaction

from kith.foundations.access.actions import open_circle, system_viewer, team_audience, team_for
from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import ScopeKind, TeamWork
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.intelligence.actions.bookings import BookingGiven, keep_booking
from kith.intelligence.actions.telling import tell
from kith.intelligence.models import Named, Receipt, Report, Source
from kith.intelligence.permissions import check_can_give
from kith.intelligence.rules.codes import News
from kith.subjects.permissions import check_holds_all

CLERK = "intelligence"  # the system job that parts what is given
NOBODY_GRADES = "Nobody grades intelligence here yet. Ring the front door, or the police on 101."
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another


@dataclass(frozen=True)
class NamedGiven:
    """Somebody or something that is named: its kind (rules.codes.Kind), and, where the giver can see it, a record."""

    kind: str
    value: str
    about: str = ""
    subject_id: int | None = None


@dataclass(frozen=True)
class Given:
    """What somebody passes on.

    `source_name` and `source_reach`: who told the giver. `giver_…`: who gives it, where that is not whoever is signed
    in. `came_from`: what it was part of, such as `contact:17`.
    """

    text: str
    how_known: str
    happened_on: date | None = None
    happened_when: str = ""
    harms: tuple[str, ...] = ()
    named: tuple[NamedGiven, ...] = ()
    source_name: str = ""
    source_reach: str = ""
    source_shows: str = ""  # could the words tell who it was: yes, no, not-known
    danger_now: bool = False
    referred: str = ""  # yes, no, not-known
    referral: str = ""
    came_from: str = ""
    agency_id: int | None = None
    giver_name: str = ""
    giver_email: str = ""
    booking: BookingGiven | None = None


@transaction.atomic
def give(*, given: Given, by: Viewer, now: datetime, once: UUID | None = None) -> Receipt:
    """Keeps what was given, each part for its own audience, and answers the giver's receipt.

    `once` is the mark of the form: the same answers with the same mark are one report. Raises NotAllowed where the
    role may not give, or where no team grades; PermissionDenied for a record that is not open to `by`.
    """
    check_can_give(by)
    check_holds_all(one.subject_id for one in given.named if one.subject_id)
    clerk = system_viewer(CLERK)
    with viewing_as(clerk):
        report, new = _report(given, by, once, now)
        if new:
            _keep_source(report, given, by, now)
            if given.booking:
                keep_booking(report=report, booking=given.booking, by=clerk, now=now)
            _write_receipt(report, given, by, clerk, now)
            record(viewer=by, action="give-intelligence", what="Passed intelligence on", now=now)
        return Receipt.objects.get(number=report.number)


def _report(given: Given, by: Viewer, once: UUID | None, now: datetime) -> tuple[Report, bool]:
    words = {
        "number": "I-" + "".join(choice(LETTERS) for _ in range(6)),
        "scope": team_audience(team=_grading_team(), now=now),
        "agency_id": _agency_id(given, by),
        "given_at": now,
        "acknowledged_at": now,
        "priority": "high" if given.danger_now else "medium",
        "text": given.text.strip(),
        "harms": list(given.harms),
    }
    same = ("how_known", "happened_on", "happened_when", "came_from", "source_shows", "danger_now", "referred")
    words |= {name: getattr(given, name) for name in same} | {"referral": given.referral.strip()}
    sent_as = uuid5(once, json.dumps([by.pk, asdict(given)], default=str)) if once else None
    if sent_as is None:
        report, new = Report.objects.create(**words), True
    else:
        report, new = Report.objects.get_or_create(sent_as=sent_as, defaults=words)
    if new:
        _name(report, given.named)
    return report, new


def _name(report: Report, named: tuple[NamedGiven, ...]) -> None:
    Named.objects.bulk_create(
        Named(
            report=report,
            scope_id=report.scope_id,
            kind=one.kind,
            value=one.value.strip()[:200],
            about=one.about.strip()[:300],
            subject_id=one.subject_id,
        )
        for one in named
    )


def _grading_team() -> Team:
    team = Team.objects.filter(work=TeamWork.INTELLIGENCE.value).select_related("agency").order_by("pk").first()
    if team is None:
        raise NotAllowed(NOBODY_GRADES)
    return team


def _keep_source(report: Report, given: Given, by: Viewer, now: datetime) -> None:
    """In the audience of the team that keeps sources; where there is none yet, one is made with nobody in it."""
    unit = team_for(_grading_team().agency, TeamWork.SOURCES, "Source unit")
    giver, agency_id = _giver(given, by), _agency_id(given, by)
    agency = Agency.objects.filter(pk=agency_id).first() if agency_id else None
    Source.objects.create(
        scope=team_audience(team=unit, now=now),
        number=report.number,
        giver=giver,
        giver_name=giver.name if giver else given.giver_name.strip(),
        giver_email=giver.email if giver else given.giver_email.strip(),
        giver_agency=agency.name if agency else "",
        name=given.source_name.strip(),
        reach=given.source_reach.strip(),
        kept_at=now,
    )


def _write_receipt(report: Report, given: Given, by: Viewer, clerk: Viewer, now: datetime) -> None:
    giver = _giver(given, by)
    Receipt.objects.create(
        scope=_own_audience(giver, clerk, now),
        number=report.number,
        giver=giver,
        email="" if giver else given.giver_email.strip(),
        text=report.text,
        given_at=now,
    )
    tell(number=report.number, news=News.RECEIVED, by=clerk, now=now)


def _own_audience(giver: Viewer | None, clerk: Viewer, now: datetime) -> Scope:
    """One audience for all that somebody has given; nobody's for those without a sign-in."""
    earlier = Receipt.objects.filter(giver=giver).select_related("scope").first() if giver else None
    if earlier:
        return earlier.scope
    scope = Scope.objects.create(kind=ScopeKind.RESTRICTED.value)
    if giver:
        because = "What they passed on themselves"
        open_circle(scope=scope, viewer=giver, because=because, reason_kind="created", by=clerk, now=now)
    return scope


def _giver(given: Given, by: Viewer) -> Viewer | None:
    """Whoever is signed in, unless they give it for somebody else."""
    return None if given.giver_name or given.giver_email or by.agency_id is None else by


def _agency_id(given: Given, by: Viewer) -> int | None:
    return given.agency_id or (by.agency_id if _giver(given, by) else None)
