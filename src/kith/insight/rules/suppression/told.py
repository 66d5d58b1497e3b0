"""What a cut told of a measure, for later cuts to keep to; and when a window is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kith.insight.rules.periods import Window, quarter
from kith.insight.rules.suppression.numbers import Figures, Published, Settings

SETTLES = 1  # months after its quarter has ended until a window is settled


class Said(StrEnum):
    """What was said of a window: in any cut, or in one for which it was settled."""

    COUNT = "count"
    PARTS = "parts"
    SETTLED_COUNT = "settled count"
    SETTLED_PARTS = "settled parts"


Numbers = tuple[int, ...]
Everything = Mapping[tuple[Said, Window], frozenset[Numbers]]


@dataclass(frozen=True)
class Bounds:
    """Between which months blocks end: those of counts, and of these those of shares; and which months `stood`."""

    counts: frozenset[int] = frozenset()
    shares: frozenset[int] = frozenset()
    stood: frozenset[int] = frozenset()

    def between(self, first: int, end: int) -> Bounds:
        """Those of these months."""
        every = (self.counts, self.shares, self.stood)
        return Bounds(*(frozenset(one for one in of if first <= one <= end) for of in every))


@dataclass(frozen=True)
class Told:
    """All that a cut told of a measure. Hidden numbers are in it too: it never leaves the server.

    `lines`: breakdowns of windows that stay as they are told here; `fresh`: those of them that were not kept before.
    `said`: each number that this or an earlier cut
    told of a window or block, so that no later one differs from it by little.
    """

    as_at: date | None
    figures: Figures
    published: Published
    bounds: Bounds = Bounds()
    lines: frozenset[tuple[str, Window]] = frozenset()
    fresh: frozenset[tuple[str, Window]] = frozenset()
    said: Everything = field(default_factory=dict)


@dataclass(frozen=True)
class Kin:
    """Measures that count some of the same: as told in the same cut `whole`, of which this one is a part; as told in
    the cut before `parts`; and `known`, groups (breakdown, group) that are another measure's number.
    """

    whole: tuple[Told, ...] = ()
    parts: tuple[Told, ...] = ()
    known: frozenset[tuple[str, str]] = frozenset()


ALONE = Kin()


def is_settled(window: Window, as_at: date | None, settings: Settings) -> bool:
    """Whether what is counted of a window hardly changes any more. Without a day everything is settled."""
    if as_at is None:
        return True
    return (quarter(window.last, settings.year_starts).last + 1 + SETTLES).first <= as_at


def is_little(one: Numbers, other: Numbers, settings: Settings) -> bool:
    """Whether any of some numbers differs from the same of others, and by less than may be told."""
    return any(0 < abs(mine - theirs) < settings.fewest for mine, theirs in zip(one, other, strict=False))
