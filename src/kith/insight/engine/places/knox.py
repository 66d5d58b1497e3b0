"""Whether what happens near in place also happens near in time: the Knox test (Knox 1964).

Pairs of events within `near` metres (or whatever unit the positions have) and within `soon` days are counted. Their
number by chance is worked out by giving the times to the places anew.

Sources: Knox, E. G. (1964), The detection of space-time interactions, Applied Statistics 13. Held to what pointpats
(PySAL) documents of the cases of Burkitt's lymphoma that come with libpysal: 13 pairs, p = 0.17.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

MOST_PAIRS = 20_000_000  # pairs near in place that are held at once: about 320 MB
EARTH_METRES = 6_371_008.8


class TooManyPairsError(ValueError):
    """More pairs of events are near each other than can be held; choose a smaller distance."""


@dataclass(frozen=True)
class Knox:
    """Pairs near in both, in place, in time; how many in both by chance; one-sided p; how many times as many."""

    near_in_both: int
    near_in_place: int
    near_in_time: int
    expected: float
    p: float

    @property
    def times_as_many(self) -> float | None:
        return self.near_in_both / self.expected if self.expected else None


def knox(
    positions: npt.ArrayLike, times: npt.ArrayLike, *, near: float, soon: float, seed: int, permutations: int = 999
) -> Knox:
    """The test for n events: positions n × 2 in one unit of length, times in days. Distances are inclusive."""
    where, when = np.asarray(positions, dtype=np.float64), np.asarray(times, dtype=np.float64)
    if len(where) != len(when) or len(when) < 2:
        raise ValueError("The Knox test needs a place and a time for each of two or more events.")
    tree = KDTree(where)
    if (int(tree.count_neighbors(tree, near)) - len(where)) // 2 > MOST_PAIRS:
        raise TooManyPairsError("Too many pairs of events lie within this distance.")
    pairs = tree.query_pairs(near, output_type="ndarray")
    seen = _soon(when, pairs, soon)
    rng = np.random.default_rng(seed)
    as_many = sum(_soon(rng.permutation(when), pairs, soon) >= seen for _ in range(permutations))
    every = len(when) * (len(when) - 1) / 2
    near_in_time = _pairs_within(when, soon)
    return Knox(seen, len(pairs), near_in_time, len(pairs) * near_in_time / every, (as_many + 1) / (permutations + 1))


def _soon(when: npt.NDArray[np.float64], pairs: npt.NDArray[np.intp], soon: float) -> int:
    return int((np.abs(when[pairs[:, 0]] - when[pairs[:, 1]]) <= soon).sum())


def _pairs_within(when: npt.NDArray[np.float64], soon: float) -> int:
    ordered = np.sort(when)
    return int((np.searchsorted(ordered, ordered + soon, "right") - np.arange(1, len(ordered) + 1)).sum())


def metres(latitudes: npt.ArrayLike, longitudes: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Degrees to metres on a plane that touches the earth in the middle of the points: good over a county."""
    lat, lng = np.radians(np.asarray(latitudes, float)), np.radians(np.asarray(longitudes, float))
    middle = lat.mean()
    return np.column_stack([EARTH_METRES * (lng - lng.mean()) * np.cos(middle), EARTH_METRES * (lat - middle)])
