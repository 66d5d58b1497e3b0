"""What people do to groups, places, links and what matters now.

Each is one transaction with its audit row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kith.foundations.access.actions import (
    NewOpening,
    end_opening,
    open_circles,
    partnership_scope,
    system_viewer,
)
from kith.foundations.access.models import Scope, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.subjects.models import Group, Headline, LinkEvidence, Place, Subject
from kith.subjects.permissions import check_can_write, check_holds_all
from kith.subjects.rules import LINK_KINDS, PUBLIC_PLACES, UNNAMED, SubjectKind
from kith.subjects.search import refresh


@dataclass(frozen=True)
class PlaceDetails:
    """What is known of a place; `kind` is a key of rules.PLACE_KINDS."""

    kind: str
    address: str = ""
    postcode: str = ""
    online: str = ""
    ward: str = ""
    guardians: str = ""
    unsafe_hours: str = ""


@transaction.atomic
def create_group(*, name: str, about: str, review_on: date | None, by: Viewer, now: datetime) -> Subject:
    """A peer group whose safety is to be looked at. Its circle opens to its writer and their teams."""
    check_can_write(by)
    subject = _new_subject(SubjectKind.GROUP, name, by, now)
    Group.objects.create(subject=subject, scope=subject.scope, about=about, review_on=review_on)
    _make_findable(subject)
    record(viewer=by, action="create-group", subjects=[subject.pk], what="Opened a record for a group", now=now)
    return subject


@transaction.atomic
def create_place(*, name: str, details: PlaceDetails, by: Viewer, now: datetime) -> Subject:
    """A place;

    one that anybody can see from the street also gets a headline, so that others find whom to ring.
    """
    check_can_write(by)
    subject = _new_subject(SubjectKind.PLACE, name, by, now)
    Place.objects.create(subject=subject, scope=subject.scope, **vars(details))
    if details.kind in PUBLIC_PLACES:
        _publish_headline(subject, by)
    _make_findable(subject)
    record(viewer=by, action="create-place", subjects=[subject.pk], what="Opened a record for a place", now=now)
    return subject


def _new_subject(kind: SubjectKind, name: str, by: Viewer, now: datetime) -> Subject:
    scope = Scope.objects.create(kind="circle")
    writer = NewOpening(scope, "Wrote this record", "created", viewer=by)
    teams = [NewOpening(scope, "Their team wrote this record", "created", team=team) for team in by.teams.all()]
    open_circles(openings=[writer, *teams], by=by, now=now)
    return Subject.objects.create(kind=kind.value, name=name, scope=scope, created_at=now)


def _make_findable(subject: Subject) -> None:
    """The search looks only in what a named system job has put there."""
    with viewing_as(system_viewer("search")):
        refresh([subject.pk])


def _publish_headline(subject: Subject, by: Viewer) -> None:
    ring = {
        "agency": by.agency.name if by.agency else "",
        "team": ", ".join(team.name for team in by.teams.all()),
        "worker": by.name,
        "role": by.job_title,
        "phone": by.phone,
    }
    Headline.objects.create(
        subject=subject, scope=partnership_scope(), kind=subject.kind, name=subject.name, ring=[ring]
    )


@dataclass(frozen=True)
class LinkGiven:
    """A link somebody writes:

    `outward` True reads "subject is <kind> other"; grade is a key of EVIDENCE_GRADES.
    """

    subject_id: int
    other_id: int
    kind: str
    text: str
    grade: str
    outward: bool = True
    first_seen: date | None = None
    last_seen: date | None = None
    expires_on: date | None = None


@transaction.atomic
def add_link(*, link: LinkGiven, by: Viewer, now: datetime) -> LinkEvidence:
    """Evidence that two subjects are linked, one row for each side's circle. Returns the first side's row.

    Each side is told the other's name only as far as the partnership knows it; those who hold both see both.
    """
    check_can_write(by)
    check_holds_all([link.subject_id, link.other_id])
    if link.kind not in LINK_KINDS or not link.text.strip():
        raise ValueError("A link needs a known kind and its evidence in words.")
    here, there = (Subject.objects.get(pk=pk) for pk in (link.subject_id, link.other_id))
    row = _write_side(link, here, there, link.outward, by, now)
    _write_side(link, there, here, not link.outward, by, now)
    what = f"Added evidence of a link: {LINK_KINDS[link.kind].title.lower()}"
    record(viewer=by, action="add-link", subjects=[here.pk, there.pk], what=what, now=now)
    return row


def _write_side(
    link: LinkGiven, side: Subject, other: Subject, outward: bool, by: Viewer, now: datetime
) -> LinkEvidence:
    dates: dict[str, Any] = {name: getattr(link, name) for name in ("first_seen", "last_seen", "expires_on")}
    return LinkEvidence.objects.create(
        subject=side,
        other=other,
        scope=side.scope,
        kind=link.kind,
        outward=outward,
        other_name=told_name(other),
        text=link.text.strip(),
        grade=link.grade,
        written_by=by,
        recorded_at=now,
        stated_on=link.last_seen,
        **dates,
    )


def told_name(subject: Subject) -> str:
    """What the other side of a link may be told:

    the name the partnership knows, else only what kind it is.
    """
    headline = Headline.objects.filter(subject=subject).first()
    return headline.name if headline else UNNAMED[SubjectKind(subject.kind)]


@transaction.atomic
def end_link_evidence(*, evidence_id: int, because: str, by: Viewer, now: datetime) -> None:
    """Takes back a piece of evidence that the same person wrote, on both sides.

    It is kept and no longer counted.
    """
    check_can_write(by)
    mine = LinkEvidence.objects.get(pk=evidence_id, written_by=by, ended_at=None)
    both = LinkEvidence.objects.filter(
        subject_id__in=[mine.subject_id, mine.other_id],
        written_by=by,
        recorded_at=mine.recorded_at,
        kind=mine.kind,
    )
    both.update(ended_at=now)
    record(
        viewer=by,
        action="end-link",
        subjects=[mine.subject_id, mine.other_id],
        because=because[:300],
        what="Took back evidence of a link",
        now=now,
    )


@transaction.atomic
def say_what_matters_now(*, subject_id: int, text: str, by: Viewer, now: datetime) -> None:
    """Sets the one line at the top of a record. What stood there before stays in the audit's details."""
    check_can_write(by)
    check_holds_all([subject_id])
    subject = Subject.objects.get(pk=subject_id)
    before = subject.what_matters_now
    subject.what_matters_now, subject.what_matters_by, subject.what_matters_at = text.strip(), by, now
    subject.save(update_fields=["what_matters_now", "what_matters_by", "what_matters_at"])
    record(
        viewer=by,
        action="what-matters-now",
        subjects=[subject_id],
        what="Changed what matters now",
        details={"before": before, "after": subject.what_matters_now},
        now=now,
    )


@transaction.atomic
def put_away(*, subject_id: int, because: str, by: Viewer, now: datetime) -> None:
    """Closes the record of a group or place that was opened by mistake: no headline, nothing to find. It is kept."""
    check_can_write(by)
    check_holds_all([subject_id])
    with viewing_as(system_viewer("search")):
        subject = Subject.objects.get(pk=subject_id)
        Headline.objects.filter(subject_id=subject_id).delete()
        for opening in subject.scope.openings.filter(ended_at=None):
            end_opening(opening=opening, because=because, by=by, now=now)
    record(viewer=by, action="put-away", subjects=[subject_id], what=because[:300], now=now)
