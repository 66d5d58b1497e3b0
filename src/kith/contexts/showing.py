"""What a page of a child's weighing needs, put together once: for this app's pages and for the record's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kith.contexts.models import Change, Weighed, Weighing
from kith.contexts.presenters.weighings import (
    ChangeShown,
    SharedWith,
    WeighingShown,
    named_here,
    named_to_family,
    show_changes,
    show_shared,
    show_weighing,
)
from kith.contexts.queries.weighings import changes_at, changes_for, known_to_all, shared_of, weighed_in
from kith.foundations.access.queries import agencies
from kith.subjects.presenters.links import NamedOther
from kith.subjects.queries import names_seen


def weighing_shown(weighing: Weighing, today: date, *, to_family: bool = False) -> WeighingShown:
    """One version, with what changed since the one before."""
    rows = weighed_in(weighing)
    before = weighed_in(weighing.follows) if weighing.follows else []
    named = _named([*rows, *before], to_family=to_family)
    names = {agency.key: agency.name for agency in agencies()}
    return show_weighing(weighing, rows, before, named, names, today)


def shared_shown(weighing: Weighing) -> SharedWith:
    """With whom a version was made, or who saw it."""
    return show_shared(shared_of(weighing))


def changes_shown(subject_id: int, today: date, *, to_family: bool = False) -> tuple[ChangeShown, ...]:
    """Everything planned for a child."""
    rows = changes_for(subject_id)
    return show_changes(rows, _named(rows, to_family=to_family), today)


def changes_shown_at(subject_id: int, today: date) -> tuple[ChangeShown, ...]:
    """Everything planned at a place or for a group; for which child is not said."""
    rows = changes_at(subject_id)
    return show_changes(rows, _named(rows, to_family=False), today)


def _named(rows: Iterable[Weighed | Change], *, to_family: bool) -> dict[int, NamedOther]:
    listed = list(rows)
    seen = names_seen(one.linked_id for one in listed if one.linked_id)
    if not to_family:
        return {one.pk: named_here(one, seen) for one in listed}
    public = known_to_all(seen)
    names = {pk: one.name for pk, one in seen.items() if pk in public}
    return {one.pk: named_to_family(one, names) for one in listed}


def change_shown(change: Change, today: date) -> ChangeShown:
    """One planned change."""
    return show_changes([change], _named([change], to_family=False), today)[0]


def names_of(rows: Iterable[Weighed]) -> dict[str, str]:
    """What whoever looks may call each context, by its number, to choose from."""
    return {str(pk): one.name for pk, one in _named(rows, to_family=False).items()}
