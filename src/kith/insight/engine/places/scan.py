"""Clusters in place and time together: the space-time permutation scan (Kulldorff and others 2005, PLoS Med 2:e59).

Needs only the events. For each cylinder (the hexagons nearest a middle, over a run of periods) the number seen is set
beside the number one would expect if place and time had nothing to do with each other: the events of those hexagons ×
the events of those periods ÷ all events. The most unlikely cylinder by Poisson's generalised likelihood ratio is set
beside the most unlikely ones after the periods have been given to the events anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse, special
from scipy.spatial import KDTree

Table = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cluster:
    """Which rows (hexagons), from which period up to which (inclusive), seen, expected, the ratio's logarithm and p."""

    rows: tuple[int, ...]
    first: int
    last: int
    seen: int
    expected: float
    log_ratio: float
    p: float


@dataclass(frozen=True)
class _Cylinders:
    """Every set of rows (as a 0/1 matrix) with what to expect in each, for each run of periods."""

    sets: sparse.csr_array
    longest: int
    expected: Table  # runs × sets × periods
    total: int


def scan(
    counts: npt.ArrayLike,
    positions: npt.ArrayLike,
    *,
    seed: int,
    longest: int,
    most_rows: int = 20,
    permutations: int = 999,
    at_most: int = 5,
) -> list[Cluster]:
    """The clusters of a table of counts (rows are places, columns periods), most unlikely first, none sharing a row.

    `longest` is the longest run of periods, `most_rows` the largest number of places in one cylinder. No cylinder holds
    more than half of all events. p is of the most unlikely cylinder anywhere in a round, so it allows for all of them.
    """
    table = np.asarray(counts, dtype=np.int64)
    if table.sum() < 2:
        return []
    cylinders = _cylinders(table, np.asarray(positions, dtype=np.float64), longest, most_rows)
    ratios = _ratios(table, cylinders)
    found = _apart(ratios, cylinders, at_most)
    by_chance = _by_chance(table, cylinders, permutations, seed)
    return [_cluster(table, cylinders, ratios, place, by_chance) for place in found]


def log_ratio(seen: npt.ArrayLike, expected: npt.ArrayLike, total: int) -> Table:
    """ln[(c/μ)^c ((C−c)/(C−μ))^(C−c)] where more was seen than expected, else 0."""
    c, mu = np.asarray(seen, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(c > 0, c * np.log(c / mu), 0.0)
        outside = np.where(total > c, (total - c) * np.log((total - c) / (total - mu)), 0.0)
    return np.where((c > mu) & (mu > 0), inside + outside, 0.0)


def _cylinders(table: npt.NDArray[np.int64], where: Table, longest: int, most_rows: int) -> _Cylinders:
    tree = KDTree(where)
    size = min(most_rows, len(where))
    nearest = np.asarray(tree.query(where, k=size)[1]).reshape(len(where), size)
    rows = {tuple(sorted(line[: k + 1])) for line in nearest.tolist() for k in range(size)}
    total, of_row, of_period = int(table.sum()), table.sum(axis=1), table.sum(axis=0)
    kept = sorted(one for one in rows if 2 <= of_row[list(one)].sum() <= total / 2)
    kept = kept or sorted(one for one in rows if len(one) == 1)
    place = np.repeat(np.arange(len(kept)), [len(one) for one in kept])
    sets = sparse.csr_array(
        (np.ones(len(place)), (place, np.concatenate([np.array(one) for one in kept]))), shape=(len(kept), len(table))
    )
    longest = max(1, min(longest, table.shape[1] // 2 or 1))
    in_sets = np.asarray(sets @ of_row)[:, None]
    expected = np.stack([in_sets * run / total for run in _runs(of_period[None, :].astype(float), longest)])
    return _Cylinders(sets, longest, expected, total)


def _runs(table: Table, longest: int) -> list[Table]:
    """For each length 1…longest, the sum over the run that ends at each period (0 where it would begin before)."""
    summed = np.concatenate([np.zeros((len(table), 1)), np.cumsum(table, axis=1)], axis=1)
    found = []
    for length in range(1, longest + 1):
        run = np.zeros_like(table)
        run[:, length - 1 :] = summed[:, length:] - summed[:, :-length]
        found.append(run)
    return found


def _ratios(table: npt.NDArray[np.int64], cylinders: _Cylinders) -> Table:
    inside = np.asarray(cylinders.sets @ table.astype(float))
    return log_ratio(np.stack(_runs(inside, cylinders.longest)), cylinders.expected, cylinders.total)


def _by_chance(table: npt.NDArray[np.int64], cylinders: _Cylinders, rounds: int, seed: int) -> Table:
    """The greatest ratio of each round, in order."""
    rng = np.random.default_rng(seed)
    rows, periods = np.nonzero(table)
    times = table[rows, periods]
    rows, periods = np.repeat(rows, times) * table.shape[1], np.repeat(periods, times)
    greatest, ratio = np.empty(rounds), _Ratio(cylinders)
    for number in range(rounds):
        mixed = np.bincount(rows + rng.permutation(periods), minlength=table.size).reshape(table.shape)
        greatest[number] = ratio.greatest(mixed)
    return np.sort(greatest)


class _Ratio:
    """`log_ratio` over and over for the same expectations: by one table of x ln x, as counts are whole."""

    def __init__(self, cylinders: _Cylinders) -> None:
        total, mu = cylinders.total, cylinders.expected
        whole = np.arange(total + 1, dtype=np.float64)
        each = special.xlogy(whole, whole)
        sure = (mu <= 0) | (mu >= total)
        safe = np.where(sure, total / 2, mu)
        self.cylinders, self.both = cylinders, each + each[::-1]
        self.slope, self.least = np.log(safe) - np.log(total - safe), total * np.log(total - safe)
        self.expected = np.where(sure, np.inf, mu)

    def greatest(self, table: npt.NDArray[np.int64]) -> float:
        """The greatest ratio of any cylinder; nought where none holds more than expected."""
        inside = np.asarray(self.cylinders.sets @ table.astype(float))
        seen = np.stack(_runs(inside, self.cylinders.longest))
        more = np.flatnonzero(seen > self.expected)
        if not len(more):
            return 0.0
        counts = seen.ravel()[more]
        ratios = self.both[counts.astype(np.int64)] - counts * self.slope.ravel()[more] - self.least.ravel()[more]
        return max(0.0, float(ratios.max()))


def _apart(ratios: Table, cylinders: _Cylinders, at_most: int) -> list[tuple[int, int, int]]:
    """The greatest ratio, then the greatest that shares no row with those before."""
    left, found = ratios.copy(), []
    for _ in range(at_most):
        place = np.unravel_index(int(left.argmax()), left.shape)
        if left[place] <= 0:
            break
        found.append((int(place[0]), int(place[1]), int(place[2])))
        shared = np.asarray((cylinders.sets @ cylinders.sets[[found[-1][1]]].T).todense()).ravel() > 0
        left[:, shared, :] = 0
    return found


def _cluster(
    table: npt.NDArray[np.int64],
    cylinders: _Cylinders,
    ratios: Table,
    place: tuple[int, int, int],
    by_chance: Table,
) -> Cluster:
    run, one, last = place
    rows = cylinders.sets.indices[cylinders.sets.indptr[one] : cylinders.sets.indptr[one + 1]]
    first, ratio = last - run, float(ratios[place])
    seen = int(table[rows, first : last + 1].sum())
    as_much = len(by_chance) - int(np.searchsorted(by_chance, ratio - 1e-9, "left"))
    p = (as_much + 1) / (len(by_chance) + 1)
    return Cluster(tuple(sorted(rows.tolist())), first, last, seen, float(cylinders.expected[place]), ratio, p)
