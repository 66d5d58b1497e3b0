"""The path of a group or a place: concern, assessment, plan, review. Where it stands, what is next, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kith.contexts.models import Change
from kith.foundations.design_system import words
from kith.pathways.presenters import WorkLine
from kith.subjects.assessing.presenters import Standing

DONE, NOW, TO_COME, NOT_OPEN = "done", "now", "to come", "not open"


@dataclass(frozen=True)
class Step:
    """One step: how it stands, in words, and the page behind it ("" for none) with the numbers of its address."""

    title: str
    words: str
    page: str = ""
    at: tuple[str | int, ...] = ()
    way: str = ""
    writes: bool = False  # the page is for those who write on records
    standing: str = ""  # one that hangs on nothing else is given with it


@dataclass(frozen=True)
class PathShown:
    """The four steps, and the next thing to do with its day; `late` where that day is past."""

    next: str
    late: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Next:
    """What is to be done, and by when where a clock or a promise says so."""

    what: str
    by: date | None
    step: int  # its place among the steps


def show_path(
    subject: tuple[str, int], work: WorkLine | None, assessed: Standing, changes: Sequence[Change], today: date
) -> PathShown:
    """`subject`: its kind and number. `work`: what is open on the context pathway."""
    following = what_is_next(work, assessed, changes, today)
    steps = (_concern(work), _assessment(subject, assessed), _plan(subject, changes, today), _review(subject, assessed))
    late = following.by is not None and following.by < today
    by = f" by {words.day(following.by)}{', which is past' if late else ''}" if following.by else ""
    return PathShown(
        next=f"{following.what}{by}.",
        late=late,
        steps=tuple(
            replace(step, standing=step.standing or _standing(number, following.step))
            for number, step in enumerate(steps)
        ),
    )


def what_is_next(work: WorkLine | None, assessed: Standing, changes: Sequence[Change], today: date) -> Next:
    """The first thing that is not done: allocate, assess, plan, answer for what was planned, look at it again."""
    due = words.local_day(work.due_at) if work and work.due_at else None
    if work and not work.worker and assessed.assessment_id is None:
        return Next("Somebody leads this", due, 0)
    if assessed.assessment_id is None:
        return Next("The assessment is written", due, 1)
    if not changes:
        return Next("What will change here is planned", due, 2)
    coming = min((one.due_on for one in changes if not one.outcome), default=None)
    if coming:
        return Next("Say what came of what was planned" if coming < today else "A planned change is due", coming, 2)
    if assessed.review_on is None:
        return Next("Nothing more is due: it is no longer needed", None, 4)
    return Next("It is looked at again, with what was measured before and after", assessed.review_on, 3)


def _standing(number: int, now: int) -> str:
    return DONE if number < now else NOW if number == now else TO_COME


def _concern(work: WorkLine | None) -> Step:
    if work is None:
        told = "No work is open on this. A report at the front door opens it, or a planned change."
        return Step("Concern", told, standing=NOT_OPEN)
    who = f"{work.worker} leads it" if work.worker else "nobody leads it yet"
    return Step("Concern", f"Open since {work.since} with {work.team}; {who}.", "work", (work.work_id,), "The work")


def _assessment(subject: tuple[str, int], assessed: Standing) -> Step:
    kind, subject_id = subject
    if assessed.assessment_id is None:
        return Step("Assessment", "None is written yet.", "assess", (subject_id,), "Write the first", writes=True)
    return Step("Assessment", assessed.words, "assessment", (kind, assessed.assessment_id), "Read it")


def _plan(subject: tuple[str, int], changes: Sequence[Change], today: date) -> Step:
    if not changes:
        return Step(
            "Plan",
            "Nothing is planned to change yet.",
            "context-change-there",
            (subject[1],),
            "Plan a change",
            writes=True,
        )
    coming = [one for one in changes if not one.outcome]
    late = sum(one.due_on < today for one in coming)
    told = [
        words.count(len(changes), "planned change"),
        f"{len(changes) - len(coming)} answered for",
        f"{late} overdue" if late else "",
    ]
    says = ", ".join(one for one in told if one)
    return Step("Plan", f"{words.sentence(says)}.", "record-contexts", (subject[1],), "What is planned")


def _review(subject: tuple[str, int], assessed: Standing) -> Step:
    kind, _ = subject
    if assessed.assessment_id is None:
        return Step("Review", "A day for it is set with the assessment.")
    if assessed.review_on is None:
        return Step("Review", "No longer needed.")
    told = f"By {words.day(assessed.review_on)}{', which is past' if assessed.is_late else ''}."
    return Step("Review", told, "assessment-review", (kind, assessed.assessment_id), "Look at it again", writes=True)
