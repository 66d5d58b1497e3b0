"""What changes between two windows of time: emerging, persistent, fading.

A hexagon that stands out in one half of the time or in both is called *emerging* if what lies in and around it rose by
more than the whole area and by more than chance, *fading* if it fell so, *persistent* if it stands out in both halves
without either. If it stands out in one half and the difference may be chance, exactly that is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from kith.insight.engine.places.getis import Found, Numbers, Sparse, where_more, with_self

EMERGING, PERSISTENT, FADING, UNCLEAR = "emerging", "persistent", "fading", "in one half only"
RATE = 0.05


@dataclass(frozen=True)
class Changes:
    """For each hexagon one of the four words or "" where it stands out in neither half; and both halves' findings."""

    words: list[str]
    earlier: Found
    later: Found


def changes(
    earlier: npt.ArrayLike, later: npt.ArrayLike, weights: Sparse, *, seed: int, permutations: int | None = None
) -> Changes:
    """Compare two windows of one length, count by count on the same hexagons."""
    one, two = np.asarray(earlier, dtype=np.float64), np.asarray(later, dtype=np.float64)
    before = where_more(one, weights, seed=seed, permutations=permutations)
    after = where_more(two, weights, seed=seed + 1, permutations=permutations)
    within = with_self(weights)
    rose = _rise(within @ one, within @ two, one.sum(), two.sum())
    named = [_word(b, a, r) for b, a, r in zip(before.stands_out, after.stands_out, rose, strict=True)]
    return Changes(named, before, after)


def _rise(before: Numbers, after: Numbers, all_before: float, all_after: float) -> npt.NDArray[np.int64]:
    """1 where the later share is higher than chance would make it, -1 where lower, else 0 (two-sided, binomial)."""
    share = all_after / (all_before + all_after) if all_before + all_after else 0.5
    together = (before + after).astype(np.int64)
    low = special.bdtr(after, together, share)
    high = np.where(after > 0, special.bdtrc(np.maximum(after - 1, 0), together, share), 1.0)
    return np.asarray(np.select([high <= RATE / 2, low <= RATE / 2], [1, -1], 0))


def _word(before: bool, after: bool, rose: int) -> str:
    if not before and not after:
        return ""
    if rose:
        return EMERGING if rose > 0 else FADING
    return PERSISTENT if before and after else UNCLEAR
