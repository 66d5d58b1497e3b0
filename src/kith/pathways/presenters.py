"""A piece of work in words: where it stands on its path, what is due, what has been done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.pathways.models import Move, Work
from kith.pathways.rules import Duty, State, duties, pathways


@dataclass(frozen=True)
class DutyShown:
    """What is due, by when, by which rule."""

    title: str
    clock: ClockWords
    allowed: str
    kind: str
    source: str
    checked: bool


@dataclass(frozen=True)
class StepShown:
    """One state of the path: "done", "now" or "to come", and when it was reached."""

    title: str
    owner: str
    standing: str
    when: str


@dataclass(frozen=True)
class WorkLine:
    """One piece of work in a list. `clock` None: nothing is due."""

    work_id: int
    subject_id: int
    subject: str
    title: str
    state: str
    team: str
    worker: str
    clock: ClockWords | None
    duty: str
    due_at: datetime | None
    since: str
    ended: bool


@dataclass(frozen=True)
class MoveShown:
    """One move: what it was, by whom, when and why."""

    what: str
    by: str
    when: str
    why: str


@dataclass(frozen=True)
class WorkShown:
    """The page of one piece of work."""

    line: WorkLine
    what: str
    because: str
    steps: tuple[StepShown, ...]
    duties: tuple[DutyShown, ...]
    moves: tuple[MoveShown, ...]
    taken_back: bool


def show_line(work: Work, now: datetime) -> WorkLine:
    """A piece of work with the clock that falls due first."""
    path = pathways()[work.pathway]
    due = _due(work)
    first = min(due, key=lambda duty: duty.due_at, default=None)
    return WorkLine(
        work_id=work.pk,
        subject_id=work.subject_id,
        subject=work.subject.name,
        title=path.title,
        state=path.state(work.state).title,
        team=f"{work.team.name}, {work.team.agency.name}",
        worker=work.worker.name if work.worker else "",
        clock=words.clock(first.due_at, now) if first else None,
        duty=first.rule.title if first else "",
        due_at=first.due_at if first else None,
        since=words.short_day(work.opened_at),
        ended=work.ended_at is not None,
    )


def show_lines(work: Iterable[Work], now: datetime) -> tuple[WorkLine, ...]:
    """What is due first stands first; what has no clock stands last."""
    lines = [show_line(one, now) for one in work]
    return tuple(sorted(lines, key=lambda line: (line.due_at is None, line.due_at or now)))


def show_work(work: Work, moves: Iterable[Move], now: datetime) -> WorkShown:
    """The page."""
    path, made = pathways()[work.pathway], list(moves)
    reached = {move.to_state: move.at for move in made}
    return WorkShown(
        line=show_line(work, now),
        what=path.what,
        because=work.because,
        steps=tuple(_step(state, work, reached) for state in path.states if not state.ends or state.key == work.state),
        duties=tuple(
            DutyShown(
                duty.rule.title,
                words.clock(duty.due_at, now),
                str(duty.rule.allowed),
                duty.rule.kind,
                duty.rule.source,
                duty.rule.checked,
            )
            for duty in _due(work)
        ),
        moves=tuple(_move(move, path.state(move.to_state), now) for move in made),
        taken_back=work.taken_back,
    )


def _due(work: Work) -> tuple[Duty, ...]:
    if work.ended_at:
        return ()
    allocated = work.worker_id is not None
    return duties(work.pathway, work.state, work.opened_at, work.state_since, allocated=allocated)


def _step(state: State, work: Work, reached: dict[str, datetime]) -> StepShown:
    standing = "now" if state.key == work.state else "done" if state.key in reached else "to come"
    when = words.short_day(reached[state.key]) if state.key in reached else ""
    return StepShown(state.title, state.owner, standing, when)


def _move(move: Move, to: State, now: datetime) -> MoveShown:
    taken_back = move.from_state == move.to_state and to.key not in to.then
    what = "Taken back" if taken_back else to.title if move.from_state else f"Opened: {to.title.lower()}"
    return MoveShown(what, move.by.name, words.moment(move.at, now), move.why)
