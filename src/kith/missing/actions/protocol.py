"""A home's search before it reports a child missing, and the monthly review of home and police."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.timezone import localdate

from kith.foundations.access.actions import system_viewer, team_audience
from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.missing.actions.desk import JOB, desk_audience
from kith.missing.models import Episode, HomeReview, HomeSearch, ReviewAction, SearchStep
from kith.missing.profile_permissions import check_can_review, check_works_in_home, homes_of
from kith.missing.queries.protocol import episodes_of_home
from kith.missing.rules.protocol import left, list_on

ENDED = "This search has ended."


@dataclass(frozen=True)
class Begun:
    """A search: which home, whom, when last seen. `profile_id` where the home keeps the child's profile."""

    team_id: int
    called: str
    last_seen_at: datetime
    profile_id: int | None = None
    subject_id: int | None = None


@dataclass(frozen=True)
class Did:
    """One step: done at a time by somebody, or skipped with a reason."""

    key: str
    done_at: datetime | None = None
    done_by: str = ""
    skipped_because: str = ""


@dataclass(frozen=True)
class Reviewed:
    """What home and police agreed on a month. `agreed`: what, who, by when."""

    month: date
    held_on: date
    attended: str
    notes: str
    next_on: date
    agreed: tuple[tuple[str, str, date], ...] = ()


@transaction.atomic
def begin_search(*, begun: Begun, by: Viewer, now: datetime, once: UUID | None = None) -> HomeSearch:
    """Begins a search. The same form sent twice is one."""
    check_works_in_home(by)
    team = _home(begun.team_id, by)
    sent_as = uuid5(once, json.dumps([by.pk, asdict(begun)], default=str)) if once else None
    known = HomeSearch.objects.filter(sent_as=sent_as).first() if sent_as else None
    if known:
        return known
    with viewing_as(system_viewer(JOB)):
        audience = team_audience(team=team, now=now)
    search = HomeSearch.objects.create(
        scope=audience,
        started_at=now,
        started_by=by,
        list_since=list_on(localdate(now)).since,
        sent_as=sent_as,
        **asdict(begun),
    )
    record(viewer=by, action="begin-search", subjects=_about(search), what="Began to look for a child", now=now)
    return search


@transaction.atomic
def settle_step(*, search_id: int, did: Did, by: Viewer, now: datetime) -> SearchStep:
    """A step is done, or skipped with its reason; a second word on it takes the place of the first."""
    search = _going_on(search_id, by)
    step = next(one for one in list_on(search.list_since).steps if one.key == did.key)
    said = asdict(did) | {"done_by": did.done_by or (by.name if did.done_at else "")}
    del said["key"]
    row, _ = SearchStep.objects.update_or_create(
        search=search,
        key=step.key,
        defaults={
            "title": step.title,
            "scope_id": search.scope_id,
            "desk_id": search.desk_id,
            "by": by,
            "at": now,
            **said,
        },
    )
    return row


@transaction.atomic
def skip_the_rest(*, search_id: int, because: str, by: Viewer, now: datetime) -> int:
    """The child may be in danger: what is left is skipped with that reason. Answers how many steps."""
    search = _going_on(search_id, by)
    known = search.steps.values_list("key", flat=True)
    rest = left(list_on(search.list_since).steps, known)
    for one in rest:
        settle_step(search_id=search.pk, did=Did(one.key, skipped_because=because), by=by, now=now)
    return len(rest)


@transaction.atomic
def found_by_search(*, search_id: int, by: Viewer, now: datetime) -> HomeSearch:
    """The child was found: nothing is reported."""
    search = _going_on(search_id, by)
    search.found_at = search.finished_at = now
    search.save(update_fields=["found_at", "finished_at"])
    record(viewer=by, action="end-search", subjects=_about(search), what="Found by the home", now=now)
    return search


@transaction.atomic
def join_search(*, search_id: int, episode: Episode, by: Viewer, now: datetime) -> HomeSearch | None:
    """The child was reported: the search stands with that absence, and the missing desk reads it.

    Nothing where there is no such search for `by`, or it has ended.
    """
    search = HomeSearch.objects.filter(pk=search_id, finished_at=None).first()
    if search is None:
        return None
    with viewing_as(system_viewer(JOB)):
        desk = desk_audience(now=now)
        HomeSearch.objects.filter(pk=search.pk).update(
            episode=episode, subject_id=episode.subject_id, desk=desk, finished_at=now
        )
        SearchStep.objects.filter(search_id=search.pk).update(desk=desk)
    what = f"The home’s search stands with {episode.reference}"
    record(viewer=by, action="join-search", subjects=[episode.subject_id], what=what, now=now)
    search.refresh_from_db()
    return search


@transaction.atomic
def write_review(*, team_id: int, reviewed: Reviewed, by: Viewer, now: datetime) -> HomeReview:
    """Keeps what home and police agreed, once a home and month. Raises NotAllowed where it stands already."""
    check_can_review(by)
    with viewing_as(system_viewer(JOB)):
        team = Team.objects.get(pk=team_id)
        if HomeReview.objects.filter(team=team, month=reviewed.month).exists():
            raise NotAllowed("This month was reviewed already.")
        scope, desk = team_audience(team=team, now=now), desk_audience(now=now)
        review = HomeReview.objects.create(
            scope=scope,
            desk=desk,
            team=team,
            month=reviewed.month,
            held_on=reviewed.held_on,
            attended=reviewed.attended.strip(),
            notes=reviewed.notes.strip(),
            episodes=[one.reference for one in episodes_of_home(team.pk, reviewed.month)],
            next_on=reviewed.next_on,
            written_by=by,
            written_at=now,
        )
        ReviewAction.objects.bulk_create(_agreed(review, reviewed.agreed))
    record(viewer=by, action="write-review", what=f"Reviewed {reviewed.month:%B %Y} with {team.agency.name}", now=now)
    return review


@transaction.atomic
def action_done(*, action_id: int, by: Viewer, now: datetime) -> ReviewAction:
    """What was agreed is done."""
    check_can_review(by)
    action = ReviewAction.objects.select_for_update().get(pk=action_id)
    if action.done_at is None:
        action.done_at, action.done_by = now, by
        action.save(update_fields=["done_at", "done_by"])
        record(viewer=by, action="review-action-done", what="Did what home and police agreed", now=now)
    return action


def _agreed(review: HomeReview, agreed: Iterable[tuple[str, str, date]]) -> list[ReviewAction]:
    return [
        ReviewAction(
            scope_id=review.scope_id, desk_id=review.desk_id, review=review, text=text, owner=owner, due_on=due
        )
        for text, owner, due in agreed
    ]


def _home(team_id: int, by: Viewer) -> Team:
    found = next((team for team in homes_of(by) if team.pk == team_id), None)
    if found is None:
        raise NotAllowed("Only the staff of a home search for it.")
    return found


def _going_on(search_id: int, by: Viewer) -> HomeSearch:
    check_works_in_home(by)
    search = HomeSearch.objects.select_for_update().get(pk=search_id)
    _home(search.team_id, by)
    if search.finished_at:
        raise NotAllowed(ENDED)
    return search


def _about(search: HomeSearch) -> list[int]:
    return [search.subject_id] if search.subject_id else []
