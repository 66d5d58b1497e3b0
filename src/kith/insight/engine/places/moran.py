"""Whether like lies beside like: Moran's I for an area as a whole, and for each part of it.

Global I (Moran 1950) with its variance under randomisation (Cliff and Ord 1981) and permutations; local I (Anselin
1995) with conditional permutations. Weights are used as they are given; `row_standardised` makes each row sum to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse, special

from kith.insight.engine.places.getis import Numbers, Sparse, draw_without_putting_back

AT_ONCE = 100  # permutations multiplied with the weights at one time, to bound memory


@dataclass(frozen=True)
class Moran:
    """I, what it would be by chance, z and two-sided p under randomisation; p (one-sided) by permutation."""

    value: float
    expected: float
    z: float
    p: float
    p_permuted: float


@dataclass(frozen=True)
class LocalMoran:
    """For each part: local I, one-sided p by permutation, and its quarter.

    Quarters: 1 high beside high, 2 low beside high, 3 low beside low, 4 high beside low.
    """

    values: Numbers
    p: Numbers
    quarter: npt.NDArray[np.int64]


def row_standardised(weights: Sparse) -> Sparse:
    """Each row divided by its sum; a row without neighbours stays empty."""
    totals = np.asarray(weights.sum(axis=1)).ravel()
    share = np.divide(1.0, totals, out=np.zeros_like(totals, dtype=float), where=totals != 0)
    return sparse.csr_array(sparse.diags_array(share) @ weights)


def moran(values: npt.ArrayLike, weights: Sparse, *, seed: int, permutations: int = 999) -> Moran:
    """Global Moran's I. Raises ValueError where all values are alike or nothing touches."""
    y = np.asarray(values, dtype=np.float64)
    z = y - y.mean()
    total = float(weights.sum())
    if not z.any() or total == 0:
        raise ValueError("Moran's I needs values that differ and places that touch.")
    scale = len(y) / total / float(z @ z)
    value = scale * float(z @ (weights @ z))
    expected, spread = _by_chance(z, weights, total)
    score = (value - expected) / spread
    as_much = _as_much(z, weights, value / scale, permutations, seed)
    p_permuted = (min(as_much, permutations - as_much) + 1) / (permutations + 1)
    return Moran(value, expected, score, float(2 * special.ndtr(-abs(score))), p_permuted)


def _by_chance(z: Numbers, weights: Sparse, total: float) -> tuple[float, float]:
    """Mean and standard deviation of I under randomisation."""
    n = len(z)
    both = weights + weights.T
    s1 = float(both.multiply(both).sum()) / 2
    s2 = float(((np.asarray(weights.sum(axis=1)).ravel() + np.asarray(weights.sum(axis=0)).ravel()) ** 2).sum())
    tails = n * float((z**4).sum()) / float((z**2).sum()) ** 2
    expected = -1 / (n - 1)
    first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * total**2)
    second = tails * ((n**2 - n) * s1 - 2 * n * s2 + 6 * total**2)
    variance = (first - second) / ((n - 1) * (n - 2) * (n - 3) * total**2) - expected**2
    return expected, float(np.sqrt(variance))


def _as_much(z: Numbers, weights: Sparse, seen: float, permutations: int, seed: int) -> int:
    rng, found = np.random.default_rng(seed), 0
    for start in range(0, permutations, AT_ONCE):
        rounds = min(AT_ONCE, permutations - start)
        mixed = rng.permuted(np.tile(z, (rounds, 1)), axis=1)
        sums = np.einsum("ij,ji->i", mixed, weights @ mixed.T)
        found += int((sums >= seen - 1e-9 * max(1.0, abs(seen))).sum())
    return found


def local_moran(values: npt.ArrayLike, weights: Sparse, *, seed: int, permutations: int = 999) -> LocalMoran:
    """Local Moran's I, scaled by (n - 1) as esda's."""
    y = np.asarray(values, dtype=np.float64)
    z = y - y.mean()
    if not z.any():
        raise ValueError("Local Moran's I needs values that differ.")
    beside = weights @ z
    local = (len(y) - 1) * z * beside / float(z @ z)
    most = int(np.diff(weights.indptr).max(initial=0))
    draws = draw_without_putting_back(len(y), most + 1, permutations, seed)
    p = np.array([_local_chance(z, weights, i, beside[i], draws) for i in range(len(y))])
    quarter = np.select([(z > 0) & (beside > 0), (z <= 0) & (beside > 0), (z <= 0) & (beside <= 0)], [1, 2, 3], 4)
    return LocalMoran(local, p, quarter)


def _local_chance(z: Numbers, weights: Sparse, i: int, seen: float, draws: npt.NDArray[np.int64]) -> float:
    row = weights.data[weights.indptr[i] : weights.indptr[i + 1]]
    own = draws[:, : len(row)]
    own = np.where(own == i, draws[:, [len(row)]], own)
    as_much = int((z[own] @ row >= seen - 1e-9 * max(1.0, abs(seen))).sum())
    return (min(as_much, len(draws) - as_much) + 1) / (len(draws) + 1)
