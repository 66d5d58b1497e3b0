"""The contexts of a child are weighed: begun from the last weighing, written context by context, signed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from kith.contexts.models import Shared, Weighed, Weighing
from kith.contexts.naming import check_names_no_record
from kith.contexts.permissions import NOT_SIGNED, check_weigh, check_write_in
from kith.contexts.queries.standing import as_stood
from kith.contexts.queries.weighings import being_written, weighings_of
from kith.contexts.rules import HEAVY, KINDS, NOT_ASKED, NOT_SHARED, SHARED, WHOM, what_is_missing
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.subjects.models import Subject
from kith.subjects.permissions import check_can_write, check_holds_all

TWICE = "This context stands in the weighing already."
NOT_THAT_KIND = "Choose a record of that kind, or say what it is called."
SAY_WHY = "Say why it weighs what it weighs."


@dataclass(frozen=True)
class Said:
    """What is said of one context."""

    child_says: str = ""
    parent_says: str = ""
    agencies_say: tuple[tuple[str, str], ...] = ()  # whose words, and the words
    harm: str = ""
    safety: str = ""
    weight: str = NOT_ASKED
    gives: str = NOT_ASKED
    why: str = ""

    def words(self) -> tuple[str, ...]:
        """Everything written in it."""
        told = (words for _, words in self.agencies_say)
        return (self.child_says, self.parent_says, self.harm, self.safety, self.why, *told)


@transaction.atomic
def begin_weighing(*, subject: Subject, by: Viewer, now: datetime) -> Weighing:
    """A new weighing, which begins with what the last one said; the one that is being written, where there is one."""
    check_weigh(by, subject)
    Subject.objects.select_for_update().get(pk=subject.pk)
    if standing := being_written(subject.pk):
        return standing
    last = next(iter(weighings_of(subject.pk)), None)
    made = Weighing.objects.create(subject=subject, scope_id=subject.scope_id, follows=last, begun_by=by, begun_at=now)
    kept = [_copied(one, made) for one in Weighed.objects.filter(weighing=last).order_by("pk")] if last else []
    there = {one.kind for one in kept}
    kept += [_blank(made, key) for key, kind in KINDS.items() if kind.always and key not in there]
    Weighed.objects.bulk_create(kept)
    record(viewer=by, action="begin-weighing", subjects=[subject.pk], what="Began to weigh contexts", now=now)
    return made


@transaction.atomic
def add_context(
    *, weighing: Weighing, kind: str, by: Viewer, now: datetime, linked: Subject | None = None, called: str = ""
) -> Weighed:
    """One more context: a group or a place with its record, or one that is called by words. Raises NotAllowed."""
    check_write_in(by, weighing)
    if linked and (linked.kind != KINDS[kind].linked or linked.joined_into_id):
        raise NotAllowed(NOT_THAT_KIND)
    called = "" if linked else called.strip()
    same = Weighed.objects.filter(weighing=weighing, linked=linked)
    if (same if linked else same.filter(kind=kind, called__iexact=called)).exists():
        raise NotAllowed(TWICE)
    made = Weighed.objects.create(
        weighing=weighing, scope_id=weighing.scope_id, kind=kind, linked=linked, called=called,
        weight=NOT_ASKED, gives=NOT_ASKED,
    )  # fmt: skip
    check_names_no_record(weighing=weighing, texts=_all_words(weighing))
    _note(weighing, "write-weighing", f"Added to the weighing: {KINDS[kind].title.lower()}", by, now)
    return made


@transaction.atomic
def weigh(*, context: Weighed, said: Said, by: Viewer, now: datetime) -> None:
    """What is said of one context, while the weighing is not signed. Raises NotAllowed."""
    weighing = Weighing.objects.select_for_update().get(pk=context.weighing_id)
    check_write_in(by, weighing)
    if said.weight in HEAVY and not said.why.strip():
        raise NotAllowed(SAY_WHY)
    check_names_no_record(weighing=weighing, texts=said.words())
    told = asdict(said) | {"agencies_say": [{"agency": agency, "words": words} for agency, words in said.agencies_say]}
    Weighed.objects.filter(pk=context.pk).update(**told)
    _note(weighing, "write-weighing", f"Weighed: {KINDS[context.kind].title.lower()}", by, now)


@transaction.atomic
def take_out(*, context: Weighed, by: Viewer, now: datetime) -> None:
    """A context that was added by mistake leaves a weighing that is not signed; those that always stand stay."""
    check_write_in(by, context.weighing)
    if KINDS[context.kind].always and not context.linked_id and not context.called:
        raise NotAllowed("This context stands in every weighing. Say “not yet asked” where nobody has asked.")
    Weighed.objects.filter(pk=context.pk).delete()
    what = f"Took out of the weighing: {KINDS[context.kind].title.lower()}"
    _note(context.weighing, "write-weighing", what, by, now)


@transaction.atomic
def sign_weighing(*, weighing: Weighing, conclusion: str, review_on: date, by: Viewer, now: datetime) -> None:
    """Which context weighs most and why, and when it is looked at again. From now on it never changes."""
    weighing = Weighing.objects.select_for_update().get(pk=weighing.pk)
    check_write_in(by, weighing)
    if wrong := what_is_missing([as_stood(one, "") for one in weighing.weighed.all()]):
        raise NotAllowed(wrong)
    check_names_no_record(weighing=weighing, texts=[conclusion])
    Weighing.objects.filter(pk=weighing.pk).update(
        conclusion=conclusion.strip(), review_on=review_on, signed_by=by, signed_at=now
    )
    _note(weighing, "sign-weighing", "Signed a weighing of contexts", by, now)


@dataclass(frozen=True)
class With:
    """Whom a weighing was made with or shown to, and how; `on` and `present` where it was, and in `said` why not."""

    whom: str
    how: str
    on: date | None = None
    present: str = ""
    said: str = ""


@transaction.atomic
def share_weighing(*, weighing: Weighing, shared: With, by: Viewer, now: datetime) -> Shared:
    """That the child or their family made it too, saw it, or did not and why. Raises NotAllowed."""
    check_can_write(by)
    check_holds_all([weighing.subject_id])
    if weighing.signed_at is None:
        raise NotAllowed(NOT_SIGNED)
    if shared.whom not in WHOM or shared.how not in SHARED:
        raise ValueError(f"{shared.whom}, {shared.how}: no such words")
    check_names_no_record(weighing=weighing, texts=[shared.present, shared.said])
    told = asdict(shared) | ({"on": None, "present": ""} if shared.how == NOT_SHARED else {})
    kept = Shared.objects.create(weighing=weighing, scope_id=weighing.scope_id, by=by, at=now, **told)
    what = f"{WHOM[shared.whom]} and a weighing of contexts: {SHARED[shared.how].lower()}"
    _note(weighing, "share-weighing", what, by, now)
    return kept


@transaction.atomic
def discard_weighing(*, weighing: Weighing, by: Viewer, now: datetime) -> None:
    """One that is not signed is thrown away; the last signed one stands. Raises NotAllowed."""
    check_write_in(by, weighing)
    Weighing.objects.filter(pk=weighing.pk).delete()
    _note(weighing, "discard-weighing", "Threw away a weighing that was not signed", by, now)


def _all_words(weighing: Weighing) -> list[str]:
    rows = Weighed.objects.filter(weighing=weighing)
    texts = rows.values_list("child_says", "parent_says", "harm", "safety", "why", "called")
    return [text for row in texts for text in row]


def _copied(one: Weighed, weighing: Weighing) -> Weighed:
    one.pk, one.weighing, one.scope_id = None, weighing, weighing.scope_id
    one._state.adding = True
    return one


def _blank(weighing: Weighing, kind: str) -> Weighed:
    return Weighed(weighing=weighing, scope_id=weighing.scope_id, kind=kind, weight=NOT_ASKED, gives=NOT_ASKED)


def _note(weighing: Weighing, action: str, what: str, by: Viewer, now: datetime) -> None:
    record(viewer=by, action=action, subjects=[weighing.subject_id], what=what, now=now)
