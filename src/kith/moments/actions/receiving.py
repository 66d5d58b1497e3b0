"""Somebody tells of a critical moment: kept, matched where it fits exactly, and whoever is on call is paged."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from secrets import choice
from uuid import UUID, uuid5

from django.db import transaction

from kith.foundations.access.actions import system_viewer, team_audience
from kith.foundations.access.models import Agency, Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.clocks import HERE
from kith.moments.actions.noting import JOB, note
from kith.moments.actions.paging import page
from kith.moments.actions.tying import tie
from kith.moments.models import Moment
from kith.moments.permissions import check_can_tell
from kith.moments.queries.matching import exactly
from kith.moments.queries.rota import on_call_now, response_teams
from kith.moments.rules.codes import call_back_by, title
from kith.moments.rules.drawing import is_urgent
from kith.moments.rules.rota import is_day, next_day
from kith.subjects.models import Subject

NOBODY_ANSWERS = "Nobody answers critical moments here yet. Ring the front door."
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another


@dataclass(frozen=True)
class Told:
    """What somebody tells: who, what has happened, where to ring back. Nothing else is needed."""

    kind: str
    callback: str
    still_there: str = ""  # yes, no, not-known
    name: str = ""
    born: date | None = None
    nhs_number: str = ""
    happened_on: date | None = None  # None: today


@dataclass(frozen=True)
class Drawn:
    """What something other than a person tells: a feed's entry, or a missing episode."""

    kind: str
    source: str  # feed or missing
    drawn_from: str  # what makes it the same happening when it is told again
    happened_on: date
    happened_at: datetime | None = None
    agency: Agency | None = None
    callback: str = ""
    entry_id: int | None = None


@transaction.atomic
def tell_of(*, told: Told, by: Viewer, now: datetime, once: UUID | None = None) -> Moment:
    """Keeps it and pages whoever is on call. The same form sent again is the same moment.

    Answers the moment; whoever tells is shown its reference number and by when they are rung back, and never whether
    the child is on record. Raises NotAllowed where the role may not tell, or where nobody answers.
    """
    check_can_tell(by)
    job = system_viewer(JOB)
    with viewing_as(job):
        sent_as = uuid5(once, json.dumps([by.pk, asdict(told)], default=str)) if once else None
        words = _kept(told, by, now)
        moment, new = Moment.objects.get_or_create(sent_as=sent_as, defaults=words) if sent_as else (_made(words), True)
        if new:
            _begin(moment, exactly(nhs_number=told.nhs_number, name=told.name, born=told.born), by, job, now)
            record(viewer=by, action="tell-moment", what=f"Told of critical moment {moment.reference}", now=now)
    return moment


@transaction.atomic
def draw(*, drawn: Drawn, subject: Subject, by: Viewer, now: datetime) -> Moment | None:
    """A moment of what a feed or a missing episode tells; None where the same happening is one already."""
    job = system_viewer(JOB)
    with viewing_as(job):
        words = _start(drawn.kind, drawn.source, now) | {"happened_on": drawn.happened_on, "entry_id": drawn.entry_id}
        words |= {"happened_at": drawn.happened_at, "agency": drawn.agency, "callback": drawn.callback}
        if not is_urgent(drawn.source, drawn.happened_on, drawn.happened_at, now):
            words["call_back_by"] = call_back_by(next_day(now))  # nobody is rung at night for what is days old
        if drawn.agency and not drawn.callback:
            words["callback"] = drawn.agency.phone
        moment, new = Moment.objects.get_or_create(drawn_from=drawn.drawn_from, subject=subject, defaults=words)
        if new:
            _begin(moment, subject, job, job, now)
            record(viewer=by, action="draw-moment", subjects=[subject.pk], what=f"Drew {moment.reference}", now=now)
    return moment if new else None


def _kept(told: Told, by: Viewer, now: datetime) -> dict[str, object]:
    return _start(told.kind, "form", now) | {
        "given_name": told.name.strip()[:200],
        "given_born": told.born,
        "given_nhs_number": told.nhs_number,
        "happened_on": told.happened_on or now.astimezone(HERE).date(),
        "told_by": by,
        "agency": by.agency,
        "callback": told.callback.strip()[:40],
        "still_there": told.still_there,
    }


def _start(kind: str, source: str, now: datetime) -> dict[str, object]:
    team = _team(now)
    desk = team_audience(team=team, now=now)
    return {
        "reference": "CM-" + "".join(choice(LETTERS) for _ in range(6)),
        "team": team,
        "scope": desk,
        "desk": desk,
        "kind": kind,
        "source": source,
        "told_at": now,
        "out_of_hours": not is_day(now),
        "call_back_by": call_back_by(now),
    }


def _made(words: dict[str, object]) -> Moment:
    return Moment.objects.create(**words)


def _begin(moment: Moment, subject: Subject | None, by: Viewer, job: Viewer, now: datetime) -> None:
    said = f"{title('kinds', moment.kind)}, told by {moment.agency or 'an agency'}"
    note(moment=moment, what="told", words=said, by=by, now=now)
    if subject:
        tie(moment=moment, subject=subject, by=job, now=now)
    page(moment=moment, by=job, now=now)


def _team(now: datetime) -> Team:
    """The team with somebody on call; where there are several or none, the one that is oldest."""
    teams = list(response_teams())
    if not teams:
        raise NotAllowed(NOBODY_ANSWERS)
    return next((team for team in teams if on_call_now(team, now)), teams[0])
