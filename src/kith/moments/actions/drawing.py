"""Critical moments of what feeds tell and of missing episodes, for every child with exploitation on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from kith.chronology.models import EntrySubject
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.clocks import HERE
from kith.moments.actions.noting import JOB
from kith.moments.actions.receiving import Drawn, draw
from kith.moments.actions.tying import let_in, let_out, tie
from kith.moments.models import Draw, Moment
from kith.moments.queries.drawing import (
    Happening,
    drawn_already,
    exploited,
    happenings,
    told_lately,
)
from kith.moments.queries.rota import response_teams
from kith.moments.rules.drawing import rule
from kith.subjects.models import Subject


@transaction.atomic
def draw_from_entries(*, by: Viewer, now: datetime, also_exploited: Collection[int] = ()) -> Draw | None:
    """Looks through what feeds told lately, and makes a moment of each happening that the published rule names.

    Run after each load, as often as one likes: a happening becomes one moment. `also_exploited`: children whom
    others, such as the front door, know to be exploited. None where no team answers critical moments.
    """
    with viewing_as(system_viewer(JOB)):
        if not response_teams().exists():
            return None
        found = happenings(now)
        known = drawn_already(found)
        fresh = [one for one in found if (one.drawn_from, one.subject.pk) not in known]
        ids = {one.subject.pk for one in fresh}
        harmed = exploited(ids) | (ids & set(also_exploited))
        before = Draw.objects.order_by("-at", "-pk").values_list("at", flat=True).first()
        fired: Counter[str] = Counter()
        passed: Counter[str] = Counter()
        for one in fresh:
            why_not = _why_not(one, harmed)
            if why_not:
                passed[why_not] += before is None or one.entry.recorded_at > before  # each is counted once
            elif draw(drawn=_drawn(one), subject=one.subject, by=by, now=now):
                fired[one.kind] += 1
        record(viewer=by, action="draw-moments", what=f"Looked through {len(found)} entries of feeds", now=now)
        return Draw.objects.create(at=now, looked_at=len(fresh), fired=fired, passed_over=+passed)


@transaction.atomic
def draw_from_missing(
    *,
    subject: Subject,
    reference: str,
    happened_at: datetime,
    agency: Agency | None,
    callback: str,
    by: Viewer,
    now: datetime,
    also_exploited: bool = False,
) -> Moment | None:
    """A moment of a missing episode that was reported here, for a child with exploitation on record.

    `reference`: what makes it the same episode. None where the rule does not ask for it, or it is a moment already.
    """
    with viewing_as(system_viewer(JOB)):
        asked = response_teams().exists() and now - happened_at <= rule().within
        harmed = also_exploited or bool(exploited([subject.pk]))
        if not asked or not harmed:
            return None
        same = Moment.objects.filter(subject=subject, kind="missing", happened_at__gte=happened_at - rule().same_within)
        if same.filter(happened_at__lte=happened_at + rule().same_within).exists():
            return None
        on = happened_at.astimezone(HERE).date()
        drawn = Drawn("missing", "missing", f"episode:{reference}", on, happened_at, agency, callback)
        return draw(drawn=drawn, subject=subject, by=by, now=now)


@transaction.atomic
def moments_follow(*, subjects: Collection[int], by: Viewer, now: datetime) -> int:
    """When two records become one person, or part, each moment stands on the record it is of."""
    moved = 0
    with viewing_as(system_viewer(JOB)):
        for moment in Moment.objects.filter(subject__in=subjects).select_related("subject__joined_into", "taken_by"):
            now_of = _now_of(moment)
            if now_of is None or now_of.pk == moment.subject_id:
                continue
            let_out(moment=moment, because="The record was joined or parted", by=by, now=now)
            tie(moment=moment, subject=now_of, by=by, now=now)
            if moment.closed_at is None:
                let_in(moment=moment, by=by, now=now)
            moved += 1
    return moved


def _why_not(one: Happening, harmed: set[int]) -> str:
    if one.subject.pk not in harmed:
        return "not-exploited"
    return "told" if told_lately(one, one.kind, rule().same_within) else ""


def _drawn(one: Happening) -> Drawn:
    return Drawn(one.kind, "feed", one.drawn_from, one.on, one.at, one.entry.agency, entry_id=one.entry.pk)


def _now_of(moment: Moment) -> Subject | None:
    """Whom the feed's entry is of now; else whom the record was joined into."""
    if moment.entry_id:
        rows = EntrySubject.objects.filter(entry_id=moment.entry_id, subject__kind="person").select_related("subject")
        of_entry = {row.subject_id: row.subject for row in rows}
        if of_entry:
            return of_entry.get(moment.subject_id or 0) or next(iter(of_entry.values()))
    subject = moment.subject
    while subject and subject.joined_into:
        subject = subject.joined_into
    return subject
