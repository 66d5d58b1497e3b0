"""What is done with work: open it, move it, allocate it, take it back. Each step is a row that never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import end_opening, open_circle
from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.announcing import announce
from kith.foundations.audit.actions import record
from kith.pathways.models import Move, Work
from kith.pathways.permissions import check_can_move
from kith.pathways.rules import pathways
from kith.subjects.models import Subject
from kith.subjects.permissions import check_can_write, check_holds_all


@dataclass(frozen=True)
class WorkMoved:
    """Announced when a piece of work takes a step, before its circle closes where that ended it."""

    work: Work
    to_state: str
    why: str
    by: Viewer
    now: datetime


@transaction.atomic
def open_work(
    *, subject_id: int, pathway: str, team: Team, because: str, by: Viewer, now: datetime, came_from: str = ""
) -> Work:
    """Puts a subject on a pathway; the record opens to the team that owns the work until it ends."""
    check_can_write(by)
    check_holds_all([subject_id])
    path = pathways()[pathway]
    subject = Subject.objects.get(pk=subject_id)
    if subject.kind not in path.about:
        raise NotAllowed(f"{path.title} is not for a {subject.kind}.")
    first = path.opens_in.key
    work = Work.objects.create(
        subject=subject,
        scope_id=subject.scope_id,
        pathway=pathway,
        state=first,
        state_since=now,
        because=because,
        came_from=came_from,
        team=team,
        opened_at=now,
        opened_by=by,
    )
    _step(work, "", first, because, by, now)
    open_circle(
        scope=subject.scope,
        team=team,
        because=f"{path.title} since {now:%-d %B %Y}",
        reason_kind="work",
        reference=f"work:{work.pk}",
        by=by,
        now=now,
    )
    record(viewer=by, action="open-work", subjects=[subject_id], what=f"Opened: {path.title}", now=now)
    return work


@transaction.atomic
def move_work(*, work_id: int, to_state: str, why: str, by: Viewer, now: datetime) -> Work:
    """The next step, with its reason. A step that ends the work closes the circle to its team and worker."""
    work = Work.objects.select_for_update(of=("self",)).select_related("subject__person").get(pk=work_id)
    check_can_move(by, work, to_state)
    path = pathways()[work.pathway]
    _step(work, work.state, to_state, why, by, now)
    work.state, work.state_since = to_state, now
    if path.state(to_state).ends:
        work.ended_at = now
    work.save(update_fields=["state", "state_since", "ended_at"])
    what = f"{path.title}: {path.state(to_state).title.lower()}"
    record(viewer=by, action="move-work", subjects=[work.subject_id], what=what, because=why[:300], now=now)
    announce(WorkMoved(work, to_state, why, by, now))
    if work.ended_at:
        _close(work, "The work has ended", by, now)
    return work


@transaction.atomic
def allocate_work(*, work_id: int, worker: Viewer, by: Viewer, now: datetime) -> Work:
    """Somebody of the owning team leads it from now on; the record is open to them until the work ends."""
    work = Work.objects.select_for_update().get(pk=work_id)
    check_can_write(by)
    check_holds_all([work.subject_id])
    if not worker.is_active or not worker.teams.filter(pk=work.team_id).exists():
        raise NotAllowed(f"{worker.name} is not in {work.team.name}.")
    if work.worker_id and work.worker_id != worker.pk:
        end_opening(reference=f"work:{work.pk}:worker", because="Another worker leads it now", by=by, now=now)
    work.worker = worker
    work.save(update_fields=["worker"])
    open_circle(
        scope=work.scope,
        viewer=worker,
        because=f"Leads: {pathways()[work.pathway].title} since {now:%-d %B %Y}",
        reason_kind="work",
        reference=f"work:{work.pk}:worker",
        by=by,
        now=now,
    )
    what = f"Allocated to {worker.name}: {pathways()[work.pathway].title}"
    record(viewer=by, action="allocate-work", subjects=[work.subject_id], what=what, now=now)
    return work


@transaction.atomic
def take_back_work(*, came_from: str, because: str, by: Viewer, now: datetime) -> int:
    """Ends what a decision opened, because that decision was undone. Answers how many pieces of work."""
    opened = list(Work.objects.select_for_update().filter(came_from=came_from, taken_back=False, ended_at=None))
    for work in opened:
        _step(work, work.state, work.state, because, by, now)
        work.taken_back, work.ended_at = True, now
        work.save(update_fields=["taken_back", "ended_at"])
        record(viewer=by, action="take-back-work", subjects=[work.subject_id], what=because[:300], now=now)
        _close(work, because, by, now)
    return len(opened)


def _step(work: Work, before: str, after: str, why: str, by: Viewer, now: datetime) -> None:
    Move.objects.create(work=work, scope_id=work.scope_id, from_state=before, to_state=after, at=now, by=by, why=why)


def _close(work: Work, because: str, by: Viewer, now: datetime) -> None:
    for reference in (f"work:{work.pk}", f"work:{work.pk}:worker"):
        end_opening(reference=reference, because=because, by=by, now=now)
