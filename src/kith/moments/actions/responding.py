"""What is done about a moment: taken, rung back, offered, closed, set aside, opened again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import end_opening, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.design_system import words
from kith.moments.actions.noting import JOB, note
from kith.moments.actions.tying import let_in, let_out, write
from kith.moments.models import Moment, Offer
from kith.moments.permissions import check_can_respond
from kith.moments.queries.moments import standing_offers
from kith.moments.rules.codes import title, within

CLOSED = "It is closed. Open it again first."


@transaction.atomic
def take(*, moment_id: int, by: Viewer, now: datetime, over: bool = False) -> Moment:
    """Somebody takes it; `over`: also from whoever has it. The child's record opens to them, and closes to the other.

    Of two who press at once the first has it: raises NotAllowed for the second.
    """
    moment = _held(moment_id, by)
    if moment.taken_by_id == by.pk:
        return moment
    if moment.taken_by and not over:
        raise NotAllowed(f"{moment.taken_by.name} has taken it already. You can take it over from them.")
    if moment.taken_by_id:
        let_out(moment=moment, because=f"{by.name} took it over", by=by, now=now)
    moment.taken_by, moment.taken_at = by, moment.taken_at or now
    moment.save(update_fields=["taken_by", "taken_at"])
    _did(moment, "taken", by.name, by, now)
    let_in(moment=moment, by=by, now=now)
    return moment


@transaction.atomic
def take_over(*, moment_id: int, by: Viewer, now: datetime) -> Moment:
    """Takes it from whoever has it."""
    return take(moment_id=moment_id, by=by, now=now, over=True)


@transaction.atomic
def call_back(*, moment_id: int, by: Viewer, now: datetime) -> Moment:
    """Whoever told of it was rung back now. The first time counts. Who rings takes it, if nobody had."""
    moment = _held(moment_id, by)
    if moment.taken_by_id is None:
        moment = take(moment_id=moment_id, by=by, now=now)
    if moment.called_back_at is None:
        moment.called_back_at = now
        moment.save(update_fields=["called_back_at"])
    _did(moment, "called", words.length(now - moment.told_at) + " after it was told", by, now)
    return moment


@transaction.atomic
def offer(*, moment_id: int, service: str, answer: str, by: Viewer, now: datetime) -> Offer:
    """What was offered, and what they said. Said again for the same service, the later answer counts."""
    moment = _held(moment_id, by)
    made = Offer.objects.create(
        moment=moment, scope_id=moment.scope_id, desk_id=moment.desk_id, service=service, answer=answer, by=by, at=now
    )
    _did(moment, "offered", f"{title('services', service)}: {within('answers', answer)}", by, now)
    return made


@transaction.atomic
def close(*, moment_id: int, came_of: str, by: Viewer, now: datetime) -> Moment:
    """What came of it. It goes on the child's record with what was offered; the record closes to whoever answered."""
    moment = _held(moment_id, by)
    if moment.called_back_at is None:
        raise NotAllowed("Ring back first, or set it aside and say why.")
    if moment.taken_by_id != by.pk:
        moment = take(moment_id=moment_id, by=by, now=now, over=True)
    moment.came_of = came_of.strip()
    write(moment=moment, kind="quick-response", text=_response(moment), by=by, now=now)
    _end(moment, "closed", "", by, now)
    return moment


@transaction.atomic
def set_aside(*, moment_id: int, reason: str, by: Viewer, now: datetime) -> Moment:
    """It needs no quick response: why is counted on the page of the rule."""
    moment = _held(moment_id, by)
    moment.set_aside = reason
    _end(moment, "aside", title("aside", reason), by, now)
    return moment


@transaction.atomic
def reopen(*, moment_id: int, by: Viewer, now: datetime) -> Moment:
    """Opened again, with everything that was done."""
    moment = (
        Moment.objects.select_for_update(of=("self",)).select_related("team", "taken_by", "agency").get(pk=moment_id)
    )
    check_can_respond(by, moment)
    if moment.closed_at is None:
        return moment
    moment.closed_at = moment.closed_by = None
    moment.set_aside = ""
    moment.save(update_fields=["closed_at", "closed_by", "set_aside"])
    _did(moment, "reopened", "", by, now)
    let_in(moment=moment, by=by, now=now)
    return moment


def _response(moment: Moment) -> str:
    """For the child's record: how soon, what was offered, what they said, what came of it."""
    rung = words.length(moment.called_back_at - moment.told_at) if moment.called_back_at else ""
    said = [f"Critical moment {moment.reference}: {within('kinds', moment.kind)}. Rung back after {rung}."]
    offers = [f"{title('services', one.service)} ({within('answers', one.answer)})" for one in standing_offers(moment)]
    said.append(f"Offered: {', '.join(offers)}." if offers else "Nothing was offered.")
    return " ".join([*said, moment.came_of])


def _held(moment_id: int, by: Viewer) -> Moment:
    held = Moment.objects.select_for_update(of=("self",)).select_related("team", "taken_by", "agency")
    moment = held.get(pk=moment_id)
    check_can_respond(by, moment)
    if moment.closed_at:
        raise NotAllowed(CLOSED)
    return moment


def _end(moment: Moment, what: str, said: str, by: Viewer, now: datetime) -> None:
    moment.closed_at, moment.closed_by = now, by
    moment.save(update_fields=["closed_at", "closed_by", "came_of", "set_aside"])
    _did(moment, what, said, by, now)
    let_out(moment=moment, because="The critical moment is closed", by=by, now=now)
    job = system_viewer(JOB)
    with viewing_as(job):
        end_opening(reference=f"moment:{moment.pk}:paged", because="It is closed", by=job, now=now)


def _did(moment: Moment, what: str, said: str, by: Viewer, now: datetime) -> None:
    note(moment=moment, what=what, words=said, by=by, now=now)
    about = [moment.subject_id] if moment.subject_id else []
    record(viewer=by, action=f"moment-{what}", subjects=about, what=f"{moment.reference}: {what}", now=now)
