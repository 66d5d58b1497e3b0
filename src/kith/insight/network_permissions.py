"""Who may draw a network of named people, and from whom it may begin."""

from __future__ import annotations

from collections.abc import Sequence

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed, can, check_may
from kith.foundations.access.rules import Permission, says_something
from kith.subjects.permissions import check_holds_all

SAY_WHY = "Say in a few words what the network is for, so that somebody else can review it."
ONE_PERSON = "A picture to look at together begins from one young person, and from nobody else."
MOST_SEEDS = 20


def check_draw(viewer: Viewer) -> None:
    """Raises NotAllowed: networks of named people are for those who read records."""
    check_may(viewer, Permission.READ_RECORDS)


def can_draw(viewer: Viewer) -> bool:
    """Whether somebody may draw networks of named people."""
    return can(viewer, Permission.READ_RECORDS)


def check_begin(viewer: Viewer, seeds: Sequence[int], purpose: str, bases: Sequence[str]) -> None:
    """Raises NotAllowed without a purpose that says something, a lawful basis, and seeds that are open."""
    check_draw(viewer)
    if not says_something(purpose):
        raise NotAllowed(SAY_WHY)
    if not bases:
        raise NotAllowed("Choose the lawful basis.")
    if not seeds or len(seeds) > MOST_SEEDS:
        raise NotAllowed(f"Begin from one to {MOST_SEEDS} children, groups or places that are open to you.")
    check_holds_all(seeds)
