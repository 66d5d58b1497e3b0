"""Who weighs contexts and plans what changes: those to whom the record is open and who write on records."""

from __future__ import annotations

from kith.contexts.models import Change, Weighing
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.subjects.models import Subject
from kith.subjects.permissions import can_write, check_can_write, check_holds_all

SIGNED = "This weighing is signed. Weigh the contexts again: the new one stands beside it."
NOT_SIGNED = "This weighing is not signed yet."
ONLY_CHILDREN = "Contexts are weighed for a child."
SAID = "What came of this is recorded already."


def check_weigh(viewer: Viewer, subject: Subject) -> None:
    """Raises PermissionDenied or NotAllowed: who writes here, about a child's record that stands."""
    check_can_write(viewer)
    check_holds_all([subject.pk])
    person = getattr(subject, "person", None)
    if person is None or not person.is_child or subject.joined_into_id:
        raise NotAllowed(ONLY_CHILDREN)


def can_weigh(viewer: Viewer, subject: Subject) -> bool:
    """The same rule, where the record is open already."""
    person = getattr(subject, "person", None)
    return can_write(viewer) and person is not None and person.is_child


def check_write_in(viewer: Viewer, weighing: Weighing) -> None:
    """Raises NotAllowed once it is signed."""
    check_can_write(viewer)
    check_holds_all([weighing.subject_id])
    if weighing.signed_at:
        raise NotAllowed(SIGNED)


def check_say_outcome(viewer: Viewer, change: Change) -> None:
    """Raises NotAllowed where it is said already. Those who work with the child, or there: row security knows."""
    check_can_write(viewer)
    if change.outcome:
        raise NotAllowed(SAID)
