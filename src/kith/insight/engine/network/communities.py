"""Communities: parts of a network that are linked more among themselves than with the rest, and how sure that is.

Found by the Louvain method (Blondel and others, 2008) as NetworKit has it. A community is a way to read a picture, not
a finding about anybody: links that nobody wrote down would change it. How much is told by drawing the links anew many
times, with some missing and some twice, and counting how far each community comes out again (Hennig, 2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import networkit
import numpy as np
from scipy import sparse

from kith.insight.engine.network.graph import Graph, build
from kith.insight.engine.network.measures import Labels

SEED = 20
DRAWS = 50
SURE, LIKELY = 0.85, 0.6  # Hennig: above .85 highly stable; below .6 not to be trusted
WORDS = (
    (SURE, "comes out again in nearly every drawing"),
    (LIKELY, "comes out again in most drawings; its edges are unsure"),
    (0.0, "often falls apart when some links are missing: do not read it as a group"),
)
NOT_A_FINDING = "Communities are a way to read the picture. This is not a finding about anybody."


@dataclass(frozen=True)
class Communities:
    """The community of each node, largest first; for each, how far it comes out again, from nought to one."""

    labels: Labels
    stability: tuple[float, ...]

    def words(self, community: int) -> str:
        return in_words(self.stability[community])


def in_words(stability: float) -> str:
    """How sure a community is."""
    return next(words for least, words in WORDS if stability >= least)


def find(graph: Graph, *, seed: int = SEED, threads: int = 1) -> Labels:
    """The community of each node, numbered from the largest, of equals by their first node.

    The same network and seed give the same communities with one thread; more threads are quicker and may differ.
    """
    if not graph.links:
        return np.arange(graph.size, dtype=np.int64)
    half = sparse.triu(sparse.csr_matrix(graph.matrix), format="csr")  # each link once, as they are kept
    networkit.setSeed(seed, False)
    networkit.setNumberOfThreads(threads)
    weighted = bool((half.data != half.data[0]).any())
    network = networkit.GraphFromCsr(half, directed=False, weighted=weighted)
    method = networkit.community.PLM(network, refine=False, par="balanced" if threads > 1 else "none")
    method.run()
    return by_size(np.asarray(method.getPartition().getVector(), dtype=np.int64))


def by_size(labels: Labels) -> Labels:
    """The same communities numbered from the largest, of equals by their first node."""
    _, first, inverse, counts = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -counts))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return np.asarray(rank[inverse], dtype=np.int64)


def find_with_stability(graph: Graph, *, seed: int = SEED, draws: int = DRAWS) -> Communities:
    """Communities, each with how far it comes out again when the links are drawn anew with replacement."""
    labels = find(graph, seed=seed)
    left, right, weights = graph.pairs()
    count = int(labels.max()) + 1 if len(labels) else 0
    if not len(left):
        return Communities(labels, tuple(1.0 for _ in range(count)))
    chance = np.random.default_rng(seed)
    overlap = np.zeros(count)
    for draw in range(draws):
        drawn = chance.integers(0, len(left), len(left))
        again = find(build(left[drawn], right[drawn], graph.size, weights[drawn]), seed=seed + draw + 1)
        overlap += _best_overlap(labels, again, count)
    return Communities(labels, tuple(float(one) for one in overlap / draws))


def _best_overlap(labels: Labels, again: Labels, count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """For each community, the largest share (both ways, Jaccard) that any community of the other drawing has of it."""
    others = int(again.max()) + 1
    pairs, both = np.unique(labels * others + again, return_counts=True)
    here, there = np.divmod(pairs, others)
    sizes, other_sizes = np.bincount(labels, minlength=count), np.bincount(again, minlength=others)
    share = both / (sizes[here] + other_sizes[there] - both)
    best = np.zeros(count)
    np.maximum.at(best, here, share)
    return best
