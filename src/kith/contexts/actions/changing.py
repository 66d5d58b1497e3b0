"""What will change in a context, and what came of it. A place's or a group's own pathway opens as any other does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kith.contexts.models import Change, Weighed, Weighing
from kith.contexts.naming import check_names_no_child, check_names_no_record
from kith.contexts.permissions import NOT_SIGNED, check_say_outcome
from kith.contexts.queries.standing import kind_of
from kith.contexts.rules import KINDS, OUTCOMES
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import TeamWork
from kith.foundations.audit.actions import record
from kith.pathways.actions import open_work
from kith.pathways.models import Work
from kith.pathways.queries import open_work_on, team_that
from kith.subjects.assessing.actions import check_names_nobody
from kith.subjects.assessing.rules import kinds
from kith.subjects.models import Subject
from kith.subjects.permissions import check_can_write, check_holds_all

PATHWAY = "context"
NO_RECORD = "Only a place or a group with a record of its own has a pathway."
NO_PLAN = "Only a place or a group has a plan of its own. A child’s is planned in a weighing of their contexts."
OPEN_ALREADY = "A pathway is open there already. This is on its page too."


@dataclass(frozen=True)
class Plan:
    """What will change, who does it, by when, and how it will be known that it has."""

    what: str
    who: str
    due_on: date
    how_known: str


@transaction.atomic
def plan_change(*, context: Weighed, plan: Plan, by: Viewer, now: datetime) -> Change:
    """A change of a context, planned in a signed weighing. One of a linked place or group is read there too, without
    the child. Raises NotAllowed."""
    weighing = Weighing.objects.select_related("subject__person").get(pk=context.weighing_id)
    check_can_write(by)
    check_holds_all([weighing.subject_id])
    if weighing.signed_at is None:
        raise NotAllowed(NOT_SIGNED)
    there = Subject.objects.filter(pk=context.linked_id).first() if context.linked_id else None
    words = (plan.what, plan.who, plan.how_known)
    check_names_no_record(weighing=weighing, texts=words)
    if there:
        check_names_no_child(weighing.subject, " ".join(words))
    if there and there.kind == "place":
        check_names_nobody(place=there, texts=words, by=by, now=now)
    made = Change.objects.create(
        weighing=weighing,
        scope_id=weighing.scope_id,
        there_id=there.scope_id if there else None,
        kind=context.kind,
        linked=there,
        called=context.called,
        what=plan.what.strip(),
        who=plan.who.strip(),
        due_on=plan.due_on,
        how_known=plan.how_known.strip(),
        set_by=by,
        set_at=now,
    )
    what = f"Planned a change: {KINDS[context.kind].title.lower()}"
    record(viewer=by, action="plan-change", subjects=[weighing.subject_id], what=what, now=now)
    return made


@transaction.atomic
def plan_change_there(*, subject_id: int, plan: Plan, by: Viewer, now: datetime) -> Change:
    """A change of a place or a group that its own assessment asks for. Raises NotAllowed: it names nobody who comes."""
    check_can_write(by)
    check_holds_all([subject_id])
    there = Subject.objects.get(pk=subject_id)
    if there.kind not in kinds() or there.joined_into_id:
        raise NotAllowed(NO_PLAN)
    words = {
        name: text.strip() for name, text in (("what", plan.what), ("who", plan.who), ("how_known", plan.how_known))
    }
    if there.kind == "place":
        check_names_nobody(place=there, texts=words.values(), by=by, now=now)
    made = Change.objects.create(
        scope_id=there.scope_id, kind=kind_of(there), linked=there, due_on=plan.due_on, set_by=by, set_at=now, **words
    )
    what = f"Planned a change: {KINDS[made.kind].title.lower()}"
    record(viewer=by, action="plan-change", subjects=[there.pk], what=what, now=now)
    return made


@transaction.atomic
def say_outcome(*, change: Change, outcome: str, why: str, by: Viewer, now: datetime) -> None:
    """Done or not done, and what came of it or why not. Raises NotAllowed."""
    change = Change.objects.select_for_update(of=("self",)).select_related("linked").get(pk=change.pk)
    check_say_outcome(by, change)
    if outcome not in OUTCOMES:
        raise ValueError(f"{outcome} is no outcome")
    weighing = Weighing.objects.select_related("subject__person").filter(changes=change.pk).first()
    if weighing:
        check_names_no_record(weighing=weighing, texts=[why])
        if change.there_id:
            check_names_no_child(weighing.subject, why)
    if change.linked and change.linked.kind == "place" and (weighing is None or change.there_id):
        check_names_nobody(place=change.linked, texts=[why], by=by, now=now)
    Change.objects.filter(pk=change.pk).update(outcome=outcome, outcome_why=why.strip(), outcome_by=by, outcome_at=now)
    about = [weighing.subject_id] if weighing else [change.linked_id] if change.linked_id else []
    what = f"A planned change: {OUTCOMES[outcome].lower()}"
    record(viewer=by, action="say-change-outcome", subjects=about, what=what, now=now)


@transaction.atomic
def open_pathway(*, change: Change, by: Viewer, now: datetime) -> Work:
    """The place or the group of this change gets work of its own, with that pathway's clocks. Raises NotAllowed."""
    if change.linked_id is None or KINDS[change.kind].linked == "":
        raise NotAllowed(NO_RECORD)
    check_holds_all([change.linked_id])
    if open_work_on([change.linked_id]).filter(pathway=PATHWAY).exists():
        raise NotAllowed(OPEN_ALREADY)
    return open_work(
        subject_id=change.linked_id,
        pathway=PATHWAY,
        team=team_that(TeamWork.CONTEXTS),
        because=f"{change.what} {change.how_known}",
        came_from=f"change:{change.pk}",
        by=by,
        now=now,
    )
