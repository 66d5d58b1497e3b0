"""Where there is more than expected: Getis and Ord's Gi*, permutations, and control of false discoveries.

Gi* sets what lies in a hexagon and its neighbours beside what the whole area would lead one to expect (Getis and Ord
1992; Ord and Getis 1995). Its z is in standard deviations. For 0/1 weights it equals esda's `G_Local(star=True)`. For
other weights Ord and Getis's own variance is used, in which a row's scale does not matter.

Whether a value is unlikely by chance is asked by *conditional permutation*: the hexagon keeps its own count, and its
neighbours' counts are drawn from all others without putting back. Many hexagons are asked at once, so a share of them
would look unusual by chance alone; Benjamini and Hochberg's procedure keeps the expected share of false ones among
those named below `rate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Sparse = Any  # scipy.sparse.csr_array, whose types scipy does not give

RATE = 0.05
PERMUTATIONS = 999
MOST_PERMUTATIONS = 199_999


@dataclass(frozen=True)
class Found:
    """For each hexagon: the sum in and around it, what was expected, z, p (one-sided: more), q, if it stands out."""

    local: Numbers
    expected: Numbers
    z: Numbers
    p: Numbers
    q: Numbers
    stands_out: Flags
    permutations: int
    rate: float

    @property
    def too_few_permutations(self) -> bool:
        """Whether one hexagon alone could not be found, however high: its p cannot fall below 1/(permutations + 1)."""
        return len(self.z) > 0 and self.rate / len(self.z) < 1 / (self.permutations + 1)


def where_more(
    values: npt.ArrayLike, weights: Sparse, *, seed: int, permutations: int | None = None, rate: float = RATE
) -> Found:
    """Ask of each hexagon whether it and its neighbours hold more than expected.

    `weights` is without the hexagon itself, which is added with weight 1. Without `permutations` there are as many as
    one hexagon alone needs to be found at this rate, at least 999 and at most 199,999.
    """
    y = np.asarray(values, dtype=np.float64)
    within = with_self(weights)
    rounds = enough_permutations(len(y), rate) if permutations is None else permutations
    if len(y) < 3 or np.ptp(y) == 0:
        flat = np.full(len(y), 1.0)
        return Found(within @ y, within @ y, np.zeros(len(y)), flat, flat, flat < 0, rounds, rate)
    p = chance_of_as_much(y, within, permutations=rounds, seed=seed)
    q = smallest_rate(p)
    around = np.asarray(within.sum(axis=1)).ravel()
    return Found(within @ y, around * y.mean(), gi_star(y, within), p, q, q <= rate, rounds, rate)


def smallest_rate(p: npt.ArrayLike) -> Numbers:
    """For each p the smallest false-discovery rate at which it would be named (Benjamini and Hochberg 1995)."""
    given = np.asarray(p, dtype=np.float64)
    order = np.argsort(given)
    scaled = given[order] * len(given) / np.arange(1, len(given) + 1)
    q = np.empty_like(given)
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.minimum(q, 1.0)


def enough_permutations(hexagons: int, rate: float = RATE) -> int:
    """So many permutations that one hexagon alone can be found among so many."""
    return int(min(max(PERMUTATIONS, ceil(hexagons / rate)), MOST_PERMUTATIONS))


def with_self(weights: Sparse) -> Sparse:
    """The weights with 1 for each hexagon itself."""
    return sparse.csr_array(weights - sparse.diags_array(weights.diagonal()) + sparse.eye_array(weights.shape[0]))


def gi_star(values: npt.ArrayLike, within: Sparse) -> Numbers:
    """z of Gi* for weights that hold the hexagon itself. NaN where all values are alike."""
    y = np.asarray(values, dtype=np.float64)
    n = len(y)
    total = np.asarray(within.sum(axis=1)).ravel()
    squares = np.asarray(within.multiply(within).sum(axis=1)).ravel()
    spread = np.sqrt((y**2).mean() - y.mean() ** 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = spread * np.sqrt((n * squares - total**2) / (n - 1))
        return np.asarray((within @ y - total * y.mean()) / scale)


def chance_of_as_much(values: npt.ArrayLike, within: Sparse, *, permutations: int, seed: int) -> Numbers:
    """For each hexagon, how often chance gives as much or more: (rounds with as much + 1) / (rounds + 1).

    All hexagons share one set of draws. Where a draw holds the hexagon itself, a spare one drawn with the rest stands
    in for it, so that each hexagon's draws are from all others, without putting back.
    """
    y = np.asarray(values, dtype=np.float64)
    others = np.diff(within.indptr) - (within.diagonal() != 0)
    draws = draw_without_putting_back(len(y), int(others.max(initial=0)) + 1, permutations, seed)
    if _only_ones(within):
        as_much = _as_much_counted(y, within @ y - y * within.diagonal(), others, draws)
    else:
        as_much = _as_much_weighted(y, within, draws)
    return np.asarray((as_much + 1) / (permutations + 1))


def draw_without_putting_back(n: int, size: int, rounds: int, seed: int) -> npt.NDArray[np.int64]:
    """`rounds` rows of `size` different numbers below n."""
    rng = np.random.default_rng(seed)
    if size > n:
        raise ValueError(f"{size} cannot be drawn from {n} without putting back.")
    if size * size > n:  # repeats would be common: shuffle
        return rng.permuted(np.tile(np.arange(n), (rounds, 1)), axis=1)[:, :size]
    drawn = rng.integers(0, n, (rounds, size))
    while True:
        ordered = np.sort(drawn, axis=1)
        again = (ordered[:, 1:] == ordered[:, :-1]).any(axis=1)
        if not again.any():
            return drawn
        drawn[again] = rng.integers(0, n, (int(again.sum()), size))


def _only_ones(within: Sparse) -> bool:
    return bool(np.all(within.data == 1))


def _as_much_counted(
    y: Numbers, seen: Numbers, others: npt.NDArray[np.int64], draws: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """0/1 weights: only the number of neighbours matters, so sums are worked out once for all hexagons of that many."""
    found = np.zeros(len(y), dtype=np.int64)
    drawn = y[draws]
    for k in np.unique(others):
        members = np.flatnonzero(others == k)
        sums = drawn[:, :k].sum(axis=1)
        found[members] = len(sums) - np.searchsorted(np.sort(sums), seen[members] - _slack(seen[members]), "left")
        found += _put_right(y, seen, others == k, draws[:, :k], sums, drawn[:, k])
    return found


def _put_right(
    y: Numbers,
    seen: Numbers,
    members: Flags,
    draws: npt.NDArray[np.int64],
    sums: Numbers,
    spare: Numbers,
) -> npt.NDArray[np.int64]:
    """What to add to the counts, where a draw held the very hexagon that asks."""
    rounds, column = np.nonzero(members[draws])
    who = draws[rounds, column]
    bar = seen[who] - _slack(seen[who])
    change = ((sums[rounds] - y[who] + spare[rounds]) >= bar).astype(np.int64) - (sums[rounds] >= bar)
    return np.bincount(who, weights=change, minlength=len(y)).astype(np.int64)


def _as_much_weighted(y: Numbers, within: Sparse, draws: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Any weights: hexagon by hexagon."""
    found = np.zeros(len(y), dtype=np.int64)
    for i in range(len(y)):
        row = slice(within.indptr[i], within.indptr[i + 1])
        other = within.indices[row] != i
        weights = within.data[row][other]
        own = draws[:, : len(weights)]
        own = np.where(own == i, draws[:, [len(weights)]], own)
        seen = float(weights @ y[within.indices[row][other]])
        found[i] = int((y[own] @ weights >= seen - _slack(np.array(seen))).sum())
    return found


def _slack(seen: Numbers) -> Numbers:
    """Sums of fractions in another order may differ in the last digit: equal is equal."""
    return 1e-9 * np.maximum(1.0, np.abs(seen))
