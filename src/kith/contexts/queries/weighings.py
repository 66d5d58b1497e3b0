"""Weighings, what stands in them, and planned changes. Row security has decided which there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from kith.contexts.models import Change, Shared, Weighed, Weighing
from kith.contexts.rules import ASKED_BEFORE, KINDS
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.subjects.models import Headline, LinkEvidence, Subject

JOB = "contexts"
OFFERED = 30


def weighings_of(subject_id: int) -> list[Weighing]:
    """Signed ones, the newest first."""
    rows = Weighing.objects.filter(subject_id=subject_id).exclude(signed_at=None)
    return list(rows.select_related("signed_by__agency").order_by("-signed_at", "-pk"))


def being_written(subject_id: int) -> Weighing | None:
    """The one that is not signed yet."""
    return Weighing.objects.select_related("begun_by").filter(subject_id=subject_id, signed_at=None).first()


def weighing_or_none(weighing_id: int) -> Weighing | None:
    """One with its child."""
    rows = Weighing.objects.select_related("subject__person", "begun_by", "signed_by__agency", "follows")
    return rows.filter(pk=weighing_id).first()


def weighed_in(weighing: Weighing) -> list[Weighed]:
    """Its contexts, in the order of the kinds."""
    order = list(KINDS)
    return sorted(weighing.weighed.all(), key=lambda one: (order.index(one.kind), one.pk))


def weighed_or_none(weighing_id: int, context_id: int) -> Weighed | None:
    """One context of one weighing."""
    rows = Weighed.objects.select_related("weighing__subject__person")
    return rows.filter(pk=context_id, weighing_id=weighing_id).first()


def shared_of(weighing: Weighing) -> list[Shared]:
    """With whom it was made or to whom it was shown, and who did not see it, as it was written."""
    return list(Shared.objects.filter(weighing=weighing).select_related("by").order_by("at", "pk"))


def changes_for(subject_id: int) -> list[Change]:
    """Everything planned for a child, what is still to come first, then by its day."""
    rows = Change.objects.filter(weighing__subject_id=subject_id).select_related("set_by", "outcome_by")
    return sorted(rows, key=lambda one: (bool(one.outcome), one.due_on, one.pk))


def changes_at(subject_id: int) -> list[Change]:
    """Everything planned for a place or a group, whichever child it was planned for."""
    rows = Change.objects.filter(linked_id=subject_id).select_related("set_by", "outcome_by")
    return sorted(rows, key=lambda one: (bool(one.outcome), one.due_on, one.pk))


def change_or_none(change_id: int) -> Change | None:
    """One change; whose it is may be another question that its reader may not ask."""
    return Change.objects.select_related("set_by", "outcome_by").filter(pk=change_id).first()


def child_of(change: Change) -> Subject | None:
    """For whom it was planned, where the reader may know that child."""
    found = Weighing.objects.select_related("subject").filter(changes=change.pk).first()
    return found.subject if found else None


def children_weighed_at(subject_id: int) -> int:
    """For how many children a place or a group stands in the latest signed weighing. Asked by the named job: whoever
    sees it may know none of these children, so it is shown only as `insight` lets counts be shown."""
    with viewing_as(system_viewer(JOB)):
        latest = (
            Weighing.objects.exclude(signed_at=None)
            .filter(subject__joined_into=None)
            .order_by("subject_id", "-signed_at", "-pk")
            .distinct("subject_id")
            .values("pk")
        )
        there = Weighed.objects.filter(weighing__in=latest, linked_id=subject_id)
        return there.values("weighing__subject").distinct().count()


def whose(change: Change) -> Subject:
    """For whom it was planned: a child, or the place or group itself. For a change that was asked for with both."""
    found = change.weighing.subject if change.weighing else change.linked
    if found is None:
        raise LookupError(f"Change {change.pk} is of nothing.")
    return found


def linked_records(subject_id: int) -> list[Subject]:
    """Places and groups with which a child's record is linked, as far as they are open to whoever asks; no home."""
    linked = LinkEvidence.objects.filter(subject_id=subject_id, ended_at=None).values("other_id")
    rows = Subject.objects.filter(pk__in=linked, joined_into=None, kind__in=("group", "place"))
    return list(rows.exclude(place__kind="home").select_related("place").order_by("kind", "name", "pk")[:OFFERED])


def known_to_all(subject_ids: Iterable[int]) -> set[int]:
    """Of these, the places that the whole partnership may know by name: a family may be told of them by name."""
    return set(Headline.objects.filter(pk__in=list(subject_ids), kind="place").values_list("pk", flat=True))


def to_weigh_again(viewer: Viewer, today: date) -> list[Weighing]:
    """The latest weighings that this person signed and whose review comes near, the first due first."""
    latest = Weighing.objects.exclude(signed_at=None).order_by("subject_id", "-signed_at", "-pk").distinct("subject_id")
    mine = Weighing.objects.filter(pk__in=latest.values("pk"), signed_by=viewer, review_on__lte=today + ASKED_BEFORE)
    return list(mine.select_related("subject").order_by("review_on", "pk")[:OFFERED])


def changes_due(viewer: Viewer, today: date) -> list[Change]:
    """What this person planned and of which nobody has said yet what came of it, though its day has come."""
    rows = Change.objects.filter(set_by=viewer, outcome="", due_on__lte=today)
    rows = rows.filter(Q(weighing=None, linked__kind__isnull=False) | Q(weighing__subject__kind__isnull=False))
    return list(rows.select_related("weighing__subject", "linked").order_by("due_on", "pk")[:OFFERED])
