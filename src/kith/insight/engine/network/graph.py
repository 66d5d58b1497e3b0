"""A network as arrays: who is linked with whom, and how much evidence each link has.

Links have no direction and stand once: several pieces of evidence for one pair add up to one link with more weight.
The weight is for drawing and for finding communities; it says how much was written down, not how close two are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Numbers = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Graph:
    """A network of `size` nodes numbered from nought.

    `offsets[i]` to `offsets[i + 1]` are the places in `neighbours` of those linked with node i, in order; `weights`
    stands beside `neighbours`. Each link is there twice, once from either side.
    """

    offsets: npt.NDArray[np.integer]
    neighbours: npt.NDArray[np.integer]
    weights: Weights

    @property
    def size(self) -> int:
        return len(self.offsets) - 1

    @property
    def links(self) -> int:
        return len(self.neighbours) // 2

    @property
    def matrix(self) -> sparse.csr_array:
        """The same as a symmetric sparse matrix of weights."""
        return sparse.csr_array((self.weights, self.neighbours, self.offsets), shape=(self.size, self.size))

    def of(self, node: int) -> npt.NDArray[np.integer]:
        """Those linked with a node."""
        return self.neighbours[self.offsets[node] : self.offsets[node + 1]]

    def pairs(self) -> tuple[Numbers, Numbers, Weights]:
        """Every link once: the lower number, the higher number, the weight."""
        left = np.repeat(np.arange(self.size, dtype=np.int64), np.diff(self.offsets))
        once = left < self.neighbours
        return left[once], self.neighbours[once].astype(np.int64), self.weights[once]


def build(first: npt.ArrayLike, second: npt.ArrayLike, size: int, weight: npt.ArrayLike | None = None) -> Graph:
    """A network from two columns of node numbers; nobody is linked with themselves.

    Raises ValueError where a number is not a node's.
    """
    left, right = (np.asarray(column, dtype=np.int32) for column in (first, second))
    if len(left) and (min(left.min(), right.min()) < 0 or max(left.max(), right.max()) >= size):
        raise ValueError("A link names a node that does not exist.")
    weights = np.ones(len(left)) if weight is None else np.asarray(weight, dtype=np.float64)
    apart = left != right
    if not apart.all():
        left, right, weights = left[apart], right[apart], weights[apart]
    half = sparse.coo_array((weights, (left, right)), shape=(size, size)).tocsr()
    whole = (half + half.T).tocsr()
    whole.sort_indices()
    return Graph(whole.indptr, whole.indices, whole.data)


@dataclass(frozen=True)
class Named:
    """A network whose nodes have keys, in the order in which they first appear."""

    keys: tuple[str, ...]
    graph: Graph

    def number(self, key: str) -> int:
        return self.keys.index(key)


def name_and_build(first: Sequence[str], second: Sequence[str], weight: Sequence[float] | None = None) -> Named:
    """A network from two columns of keys."""
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(key, len(numbers)) for key in first]
    right = [numbers.setdefault(key, len(numbers)) for key in second]
    return Named(tuple(numbers), build(left, right, len(numbers), weight))


def without(graph: Graph, gone: npt.NDArray[np.bool_]) -> Graph:
    """The same nodes without some of the links, told in the order of `pairs()`."""
    left, right, weights = graph.pairs()
    return build(left[~gone], right[~gone], graph.size, weights[~gone])
