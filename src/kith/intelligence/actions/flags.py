"""Flags: set with an owner, a reason and an end; kept on after a review; ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kith.foundations.access.actions import system_viewer, team_audience
from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import TeamWork
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.intelligence.actions.giving import CLERK
from kith.intelligence.models import Flag
from kith.intelligence.permissions import check_can_grade
from kith.intelligence.rules.alike import plain
from kith.subjects.models import Subject
from kith.subjects.permissions import check_holds_all


@dataclass(frozen=True)
class FlagGiven:
    """What a flag says, why, whose it is, until when: on one record, or on one vehicle."""

    says: str
    why: str
    owner_id: int
    review_on: date
    expires_on: date
    subject_id: int | None = None
    vehicle: str = ""


@transaction.atomic
def set_flag(*, flag: FlagGiven, by: Viewer, now: datetime) -> Flag:
    """Sets a flag. On a record, whoever works with it reads the flag; on a vehicle, the team that grades.

    Raises ValueError where its dates do not fit.
    """
    check_can_grade(by)
    check_holds_all([flag.subject_id] if flag.subject_id else [])
    if not now.date() <= flag.review_on <= flag.expires_on:
        raise ValueError("A flag is reviewed before it expires, and neither has passed.")
    words = {"says": flag.says, "why": flag.why, "owner_id": flag.owner_id, "by": by, "at": now}
    dates = {"review_on": flag.review_on, "expires_on": flag.expires_on}
    on = {"subject_id": flag.subject_id, "vehicle": "" if flag.subject_id else plain("vehicle", flag.vehicle)}
    made = Flag.objects.create(scope_id=_audience(flag, by, now), **words, **dates, **on)
    subjects = [flag.subject_id] if flag.subject_id else []
    record(viewer=by, action="set-flag", subjects=subjects, what=f"Set flag {made.pk}", now=now)
    return made


@transaction.atomic
def keep_flag(*, flag_id: int, review_on: date, expires_on: date, because: str, by: Viewer, now: datetime) -> Flag:
    """After a review: it stays, until a new day. Raises ValueError where its dates do not fit."""
    check_can_grade(by)
    if not now.date() <= review_on <= expires_on:
        raise ValueError("A flag is reviewed before it expires, and neither has passed.")
    flag = Flag.objects.get(pk=flag_id, ended_at=None)
    flag.review_on, flag.expires_on = review_on, expires_on
    flag.save(update_fields=["review_on", "expires_on"])
    _note("keep-flag", flag, f"Kept flag {flag.pk} until {expires_on}", because, by, now)
    return flag


@transaction.atomic
def end_flag(*, flag_id: int, because: str, by: Viewer, now: datetime) -> Flag:
    """It no longer stands."""
    check_can_grade(by)
    flag = Flag.objects.get(pk=flag_id, ended_at=None)
    flag.ended_at, flag.ended_because = now, because[:300]
    flag.save(update_fields=["ended_at", "ended_because"])
    _note("end-flag", flag, f"Ended flag {flag.pk}", because, by, now)
    return flag


def _audience(flag: FlagGiven, by: Viewer, now: datetime) -> int:
    if flag.subject_id:
        return Subject.objects.get(pk=flag.subject_id).scope_id
    held = by.teams.filter(work=TeamWork.INTELLIGENCE.value).first()
    if held is None:
        raise ValueError("Only the team that grades intelligence flags a vehicle.")
    with viewing_as(system_viewer(CLERK)):
        return team_audience(team=held, now=now).pk


def _note(action: str, flag: Flag, what: str, because: str, by: Viewer, now: datetime) -> None:
    subjects = [flag.subject_id] if flag.subject_id else []
    record(viewer=by, action=action, subjects=subjects, what=what, because=because, now=now)
