"""Who is on record already: whom the front door may know of, what it may be, what has been told before."""

from __future__ import annotations

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Scope
from kith.foundations.access.viewing import viewing_as
from kith.subjects.models import Headline, Subject


def may_know_of(subject_id: int) -> bool:
    """Whether whoever looks may know that this record exists: it is open to them, or has a headline."""
    return Subject.objects.filter(pk=subject_id).exists() or Headline.objects.filter(pk=subject_id).exists()


def scope_of_known(subject_id: int, kind: str) -> Scope | None:
    """The circle of a record that whoever looks may know of; none where they may not, or it is of another kind."""
    if not may_know_of(subject_id):
        return None
    with viewing_as(system_viewer("door")):
        found = Subject.objects.filter(pk=subject_id, kind=kind).select_related("scope").first()
    return found.scope if found else None
