"""Who may draw a network of named people, and from whom it may begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed, can, check_may
from kith.foundations.access.rules import Permission, says_something
from kith.insight.permissions import check_analyse
from kith.insight.rules.networks_in_codes import STEPS
from kith.subjects.permissions import check_holds_all

if TYPE_CHECKING:
    from kith.insight.models import Network

SAY_WHY = "Say in a few words what the network is for, so that somebody else can review it."
ONE_PERSON = "A picture to look at together begins from one young person, and from nobody else."
MOST_SEEDS = 20


def check_draw(viewer: Viewer) -> None:
    """Raises NotAllowed: networks of named people are for those who read records."""
    check_may(viewer, Permission.READ_RECORDS)


def check_look(viewer: Viewer, network: Network) -> None:
    """Raises NotAllowed: named people for those who read records, codes of a cut for analysts."""
    if network.cut_id is not None:
        check_analyse(viewer)
    else:
        check_draw(viewer)


def check_begin_in_codes(viewer: Viewer, steps: int, purpose: str, bases: Sequence[str]) -> None:
    """Raises NotAllowed without a purpose that says something, a lawful basis, and one or two steps."""
    check_analyse(viewer)
    if not says_something(purpose):
        raise NotAllowed(SAY_WHY)
    if not bases:
        raise NotAllowed("Choose the lawful basis.")
    if steps not in STEPS:
        raise NotAllowed("One step or two.")


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
