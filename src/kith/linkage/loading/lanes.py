"""Which deliveries may be written beside which: those that touch the same rows keep to one lane, in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.keeping import Kept
from kith.linkage.loading.deliveries import Work
from kith.linkage.models import Delivery

Brought = tuple[Delivery, Definition, Kept]


def people_lanes(brought: Sequence[Brought]) -> list[list[Brought]]:
    """A lane for each system, for its feeds speak of the same numbers: in the order in which they came.

    The longest lane first, so that none is left to be written alone at the end.
    """
    lanes = defaultdict(list)
    for one in brought:
        lanes[one[1].system].append(one)
    return sorted(lanes.values(), key=lambda lane: -sum(kept.bytes for *_, kept in lane))


def reading_order(lanes: Sequence[Sequence[Brought]]) -> Iterator[Brought]:
    """The first of each lane, then the second of each, so that every lane has something to write while more is read."""
    for together in zip_longest(*lanes):
        yield from (one for one in together if one)


def happening_lanes(works: Sequence[Work]) -> tuple[list[list[Work]], list[list[Work]]]:
    """Lanes to write first, and those to write then: rows that are about another feed's entries need those to be there.

    Feeds of one system share its staff, and those for one restricted audience its parts. The longest lane first.
    """
    first: list[Work] = []
    then: list[Work] = []
    for work in works:
        (then if any(part.about_of for part in work.definition.entries) else first).append(work)
    return _lanes(first), _lanes(then)


def _lanes(works: Sequence[Work]) -> list[list[Work]]:
    lanes = defaultdict(list)
    for work in works:
        lanes[work.definition.restricted_to or work.definition.system].append(work)
    return sorted(lanes.values(), key=lambda lane: -sum(work.prepared.rows for work in lane))
