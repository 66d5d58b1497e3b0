"""Paging whoever is on call, and the next one when nobody has taken it in time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import open_circle, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.design_system import words
from kith.foundations.letters.actions import write_text
from kith.foundations.notices.actions import News, tell
from kith.moments.actions.noting import JOB, note
from kith.moments.models import Moment, Shift, Step
from kith.moments.queries.moments import not_taken
from kith.moments.queries.rota import AHEAD, managers_of, shifts_between, spans
from kith.moments.rules.codes import escalation
from kith.moments.rules.drawing import is_urgent
from kith.moments.rules.paging import whom_next
from kith.moments.rules.rota import in_order, on_call_at

NOBODY_WAS = "nobody is on call now"


@transaction.atomic
def page(*, moment: Moment, by: Viewer, now: datetime) -> list[Viewer]:
    """Pages whoever is next. Answers whom; nobody where everybody was paged already.

    The first page of a moment that a person told of rings past the day's number: a child is waiting.
    """
    with viewing_as(system_viewer(JOB)):
        paged = list(Step.objects.filter(moment=moment, what="paged").values_list("to_id", flat=True))
        shifts = shifts_between(now, now + AHEAD, [moment.team])
        known = spans(shifts)
        managers = {one.pk: one for one in managers_of(moment.team)}
        on_now = on_call_at(known, now)
        chosen = whom_next(in_order(known, now), on_now, list(managers), [pk for pk in paged if pk])
        people = {**{shift.viewer_id: shift.viewer for shift in shifts}, **managers}
        for number in chosen:
            _page_one(moment, people[number], shifts, bool(on_now), not paged, by, now)
    return [people[number] for number in chosen]


def _page_one(
    moment: Moment, viewer: Viewer, shifts: list[Shift], covered: bool, first: bool, by: Viewer, now: datetime
) -> None:
    if not viewer.teams.filter(pk=moment.team_id).exists():
        because = f"Paged for {moment.reference}"
        reference = f"moment:{moment.pk}:paged"
        open_circle(
            scope=moment.desk, viewer=viewer, because=because, reason_kind="work", reference=reference, by=by, now=now
        )
    note(
        moment=moment,
        what="paged",
        words=viewer.name if covered else f"{viewer.name}: {NOBODY_WAS}",
        by=by,
        now=now,
        to=viewer,
    )
    told = tell(viewers=[viewer], news=_news(moment, first), scope=moment.desk, now=now)
    shift = next((one for one in shifts if one.viewer_id == viewer.pk), None)
    if told and told[0].pushed and not viewer.phone and shift and shift.phone:
        write_text(to=shift.phone, body=told[0].text, about=told[0].about, scope=moment.desk, now=now)
    record(viewer=by, action="page", what=f"Paged {viewer.name} for {moment.reference}", now=now)


def _news(moment: Moment, first: bool) -> News:
    urgent = is_urgent(moment.source, moment.happened_on, moment.happened_at, moment.told_at)
    return News(
        text=f"Critical moment {moment.reference}: ring back by {words.clock_time(moment.call_back_by)}",
        path=f"/moments/{moment.pk}/",
        about=f"moment:{moment.pk}",
        once=f"moment:{moment.pk}:paged",
        urgent=urgent,
        past_budget=urgent and first and moment.source != "feed",
    )


def page_again(*, now: datetime) -> int:
    """Everything that nobody has taken in time goes to the next. Answers how many people were paged."""
    job = system_viewer(JOB)
    with viewing_as(job):
        late = not_taken(now - escalation(now).after)
        waiting = [one for one in late if is_urgent(one.source, one.happened_on, one.happened_at, one.told_at)]
        return sum(len(page(moment=one, by=job, now=now)) for one in waiting)
