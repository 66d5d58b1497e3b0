"""Weighings of contexts in a record's list, on a place's or a group's page, and on the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kith.contexts.models import Change, Weighing
from kith.contexts.queries.weighings import whose
from kith.desk.presenters.duties import SHOWN, Duty, Item
from kith.foundations.design_system import words
from kith.insight.rules.places import MINIMUM


@dataclass(frozen=True)
class VersionLine:
    """One signed weighing."""

    weighing_id: int
    signed: str
    by: str


def show_versions(signed: Sequence[Weighing]) -> tuple[VersionLine, ...]:
    """In the order given."""
    return tuple(
        VersionLine(one.pk, words.day(one.signed_at), one.signed_by.name)
        for one in signed
        if one.signed_at and one.signed_by
    )


def how_many_children(count: int) -> str:
    """In fives, so that nobody learns of one child by looking again; nothing below the least that is told."""
    if count < MINIMUM:
        return f"Fewer than {MINIMUM} children’s contexts were weighed with this in it, or none."
    return f"It was weighed in the contexts of at least {count - count % MINIMUM} children."


def _called(change: Change) -> str:
    """Initials of a child, the name of a place or a group."""
    about = whose(change)
    return about.name if change.weighing_id is None else words.initials(about.name)


def contexts_duty(again: Sequence[Weighing], due: Sequence[Change], today: date) -> Duty:
    """What this person signed and is to weigh again, and planned changes whose day has come."""
    items = (
        *(
            Item(_called(one), f"a planned change was due {words.short_day(one.due_on)}",
                 "context-change", one.pk)
            for one in due
        ),
        *(
            Item(words.initials(one.subject.name), f"weigh again by {words.short_day(one.review_on)}",
                 "record-contexts", one.subject_id)
            for one in again if one.review_on
        ),
    )  # fmt: skip
    told = [
        words.count(len(due), "planned change to answer for", "planned changes to answer for") if due else "",
        words.count(len(again), "child’s contexts to weigh again", "children’s contexts to weigh again")
        if again
        else "",
    ]
    late = bool(due) or any(one.review_on and one.review_on < today for one in again)
    return Duty(
        title="Contexts",
        sentence=words.sentence(", ".join(one for one in told if one)) + ".",
        page="contexts-mine",
        link="All of them",
        state="overdue" if late else "soon",
        items=items[:SHOWN],
        more=max(0, len(items) - SHOWN),
    )
