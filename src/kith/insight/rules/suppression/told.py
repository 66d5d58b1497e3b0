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
    """Between which months blocks end: those of counts, and of these those of shares."""

    counts: frozenset[int] = frozenset()
    shares: frozenset[int] = frozenset()

    def between(self, first: int, end: int) -> Bounds:
        """Those of these months."""
        return Bounds(*(frozenset(one for one in of if first <= one <= end) for of in (self.counts, self.shares)))


@dataclass(frozen=True)
class Told:
    """All that a cut told of a measure. Hidden numbers are in it too: it never leaves the server.

    `lines`: breakdowns of windows that stay as they are told here. `said`: each number that this or an earlier cut
    told of a window or block, so that no later one differs from it by little.
    """

    as_at: date | None
    figures: Figures
    published: Published
    bounds: Bounds = Bounds()
    lines: frozenset[tuple[str, Window]] = frozenset()
    said: Everything = field(default_factory=dict)


def is_settled(window: Window, as_at: date | None, settings: Settings) -> bool:
    """Whether what is counted of a window hardly changes any more. Without a day everything is settled."""
    if as_at is None:
        return True
    return (quarter(window.last, settings.year_starts).last + 1 + SETTLES).first <= as_at


def is_little(one: Numbers, other: Numbers, settings: Settings) -> bool:
    """Whether any of some numbers differs from the same of others, and by less than may be told."""
    return any(0 < abs(mine - theirs) < settings.fewest for mine, theirs in zip(one, other, strict=False))
