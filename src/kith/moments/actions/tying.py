"""A moment and a child's record: tied together, parted again, and what follows for who may see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from kith.chronology.actions import About, Written, write_entry
from kith.foundations.access.actions import end_opening, open_circle, system_viewer
from kith.foundations.access.models import Opening, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.queries import holds, standing
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.notices.actions import News, tell
from kith.moments.actions.noting import JOB, note
from kith.moments.models import Moment, Offer, Step
from kith.moments.permissions import check_can_respond
from kith.moments.queries.matching import is_withheld, may_know_of, person_numbered
from kith.moments.rules.codes import within
from kith.subjects.models import Subject

WORKS_WITH = ("allocated", "involved")


@transaction.atomic
def tie(*, moment: Moment, subject: Subject, by: Viewer, now: datetime) -> None:
    """The moment is this child's: their circle sees it, and those who work with them are told.

    Where it is withheld that the child is known, whoever answers does not read that somebody was found: the child's own
    workers are rung, and may answer it themselves.
    """
    with viewing_as(system_viewer(JOB)):
        _move(moment, subject, subject.scope_id)
        quiet = is_withheld(subject.pk)
        note(moment=moment, what="matched", words="", by=by, now=now, for_circle=quiet)
        workers = Opening.objects.filter(standing(now), scope=subject.scope, reason_kind__in=WORKS_WITH)
        told = [one.viewer for one in workers.exclude(viewer=None).select_related("viewer") if one.viewer]
        text = f"A critical moment for a child you work with: {moment.reference}"
        once = f"moment:{moment.pk}:tied"
        news = News(text, f"/moments/{moment.pk}/", f"moment:{moment.pk}", once, urgent=quiet, past_budget=quiet)
        for worker in told if quiet else ():
            note(moment=moment, what="asked", words=worker.name, by=by, now=now, to=worker, for_circle=True)
        tell(viewers=told, news=news, scope=subject.scope, now=now)


@transaction.atomic
def say_who(*, moment: Moment, subject_id: int, by: Viewer, now: datetime) -> None:
    """Whoever answers says which child on record is meant."""
    check_can_respond(by, moment)
    if not may_know_of(subject_id):
        raise NotAllowed("There is no such record, or you may not know of it.")
    with viewing_as(system_viewer(JOB)):
        subject = person_numbered(subject_id)
    if subject is None:
        raise NotAllowed("A critical moment is about a child.")
    if moment.subject_id:
        part(moment=moment, by=by, now=now)
    tie(moment=moment, subject=subject, by=by, now=now)
    record(viewer=by, action="match-moment", subjects=[subject_id], what=f"Matched {moment.reference}", now=now)
    let_in(moment=moment, by=by, now=now)


@transaction.atomic
def part(*, moment: Moment, by: Viewer, now: datetime) -> None:
    """It is not this child: their circle no longer sees it, and whoever answers no longer sees the record."""
    check_can_respond(by, moment)
    if moment.subject_id is None:
        return
    was = moment.subject_id
    let_out(moment=moment, because="It was not this child", by=by, now=now)
    with viewing_as(system_viewer(JOB)):
        quiet = is_withheld(was)
        note(moment=moment, what="unmatched", words="", by=by, now=now, for_circle=quiet)
        _move(moment, None, moment.desk_id)
    record(viewer=by, action="part-moment", subjects=[was], what=f"Parted {moment.reference}", now=now)


def let_in(*, moment: Moment, by: Viewer, now: datetime) -> None:
    """Whoever has taken a moment of a child on record reads that record until it is closed, and it is written there."""
    if moment.subject_id is None or moment.taken_by is None:
        return
    job = system_viewer(JOB)
    with viewing_as(job):
        subject = person_numbered(moment.subject_id)
        if subject is None or _kept_from(moment, moment.taken_by, now):
            return
        because = f"Answers critical moment {moment.reference}"
        words: dict[str, Any] = {"reason_kind": "work", "reference": _reference(moment), "because": because}
        open_circle(scope=subject.scope, viewer=moment.taken_by, by=job, now=now, **words)
    if moment.source == "form":
        said = f"Critical moment {moment.reference}: {within('kinds', moment.kind)}, told by {moment.agency}."
        write(moment=moment, kind="critical-moment", text=said, by=moment.taken_by, now=now)


def let_out(*, moment: Moment, because: str, by: Viewer, now: datetime) -> None:
    """Ends what was opened for this moment: the child's record, and the desk for whoever was paged beside the team."""
    job = system_viewer(JOB)
    with viewing_as(job):
        end_opening(reference=_reference(moment), because=because, by=job, now=now)


def _reference(moment: Moment) -> str:
    return f"moment:{moment.pk}"


def write(*, moment: Moment, kind: str, text: str, by: Viewer, now: datetime) -> None:
    """An entry on the child's record, once for the same words."""
    if moment.subject_id is None:
        return
    on = moment.happened_on if kind == "critical-moment" else now.date()
    about = [About(moment.subject_id)]
    job = system_viewer(JOB)
    with viewing_as(job):
        kept = _kept_from(moment, by, now)
    with viewing_as(job if kept else by):
        write_entry(
            written=Written(text, on, kind=kind),
            about=about,
            by=by,
            now=now,
            once=uuid5(NAMESPACE_URL, f"kith:moment:{moment.pk}"),
        )


def _kept_from(moment: Moment, viewer: Viewer, now: datetime) -> bool:
    """Whether whoever answers may not even know of the record: it is not opened to them. For a named job."""
    return is_withheld(moment.subject_id or 0) and not holds(viewer, moment.scope_id, now)


def _move(moment: Moment, subject: Subject | None, scope_id: int) -> None:
    moment.subject, moment.scope_id = subject, scope_id
    moment.save(update_fields=["subject", "scope"])
    for table in (Step, Offer):
        table.objects.filter(moment=moment).update(scope_id=scope_id)
