"""What holds a network together, said of the whole or of a group in it; nothing here is said of one person.

Sources: density, transitivity, components, bridges and modularity as in Wasserman and Faust, Social Network Analysis
(1994), and Newman and Girvan, Physical Review E 69, 026113 (2004). Betweenness of communities is Brandes', on the
network whose nodes are the communities.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from scipy.sparse import csgraph

from kith.insight.engine.network.graph import Graph, build, without

Labels = npt.NDArray[np.int64]


def components(graph: Graph) -> Labels:
    """The part each node is in: two nodes share a part when a chain of links leads from one to the other."""
    return np.asarray(csgraph.connected_components(graph.matrix, directed=False)[1], dtype=np.int64)


def density(graph: Graph) -> float:
    """Of all the links that could be, the share that there are; nought for fewer than two nodes."""
    could = graph.size * (graph.size - 1) / 2
    return graph.links / could if could else 0.0


def transitivity(graph: Graph) -> float:
    """How often two who are linked with a third are linked with each other; nought where nobody shares a third."""
    plain = graph.matrix
    plain.data = np.ones_like(plain.data)
    closed = float((plain @ plain).multiply(plain).sum())
    degrees = np.diff(graph.offsets).astype(np.float64)
    chains = float((degrees * (degrees - 1)).sum())
    return closed / chains if chains else 0.0


def bridges(graph: Graph) -> list[tuple[int, int]]:
    """Links without which a part would fall in two, each as lower and higher number, in order."""
    entered = [-1] * graph.size
    lowest = [0] * graph.size
    found: list[tuple[int, int]] = []
    clock = 0
    for root in range(graph.size):
        if entered[root] >= 0:
            continue
        entered[root] = lowest[root] = clock
        clock += 1
        path = [(root, -1, iter(graph.of(root).tolist()))]
        while path:
            node, came_from, rest = path[-1]
            onward = next(rest, None)
            if onward is None:
                path.pop()
                if came_from >= 0:
                    lowest[came_from] = min(lowest[came_from], lowest[node])
                    if lowest[node] > entered[came_from]:
                        found.append((min(node, came_from), max(node, came_from)))
            elif entered[onward] < 0:
                entered[onward] = lowest[onward] = clock
                clock += 1
                path.append((onward, node, iter(graph.of(onward).tolist())))
            elif onward != came_from:
                lowest[node] = min(lowest[node], entered[onward])
    return sorted(found)


def modularity(graph: Graph, labels: Labels) -> float:
    """How much more the links stand inside the communities than chance would put there; nought without links."""
    left, right, weights = graph.pairs()
    total = float(weights.sum())
    if not total:
        return 0.0
    inside = float(weights[labels[left] == labels[right]].sum())
    strength = np.bincount(left, weights, graph.size) + np.bincount(right, weights, graph.size)
    squared = float((np.bincount(labels, strength) ** 2).sum())
    return inside / total - squared / (4 * total * total)


def between(graph: Graph) -> list[float]:
    """For each node, how many shortest ways between two others lead through it (pairs once). For small networks."""
    return [float(one) for one in between_exactly(graph)]


def between_exactly(graph: Graph) -> list[Fraction]:
    """The same as fractions, so that the order of the sums changes nothing. Brandes' algorithm."""
    score = [Fraction(0)] * graph.size
    around = [graph.of(node).tolist() for node in range(graph.size)]
    for root in range(graph.size):
        order, before, ways = _breadth_first(around, root)
        share = [Fraction(0)] * graph.size
        for node in reversed(order):
            for earlier in before[node]:
                share[earlier] += Fraction(ways[earlier], ways[node]) * (1 + share[node])
            if node != root:
                score[node] += share[node]
    return [one / 2 for one in score]


def _breadth_first(around: list[list[int]], root: int) -> tuple[list[int], list[list[int]], list[int]]:
    """Nodes in the order reached, for each node those just before it, and how many shortest ways lead to it."""
    far = [-1] * len(around)
    before: list[list[int]] = [[] for _ in around]
    ways = [0] * len(around)
    far[root], ways[root] = 0, 1
    order = [root]
    for node in order:
        for onward in around[node]:
            if far[onward] < 0:
                far[onward] = far[node] + 1
                order.append(onward)
            if far[onward] == far[node] + 1:
                ways[onward] += ways[node]
                before[onward].append(node)
    return order, before, ways


@dataclass(frozen=True)
class Together:
    """How a network, or a group in it, hangs together.

    `share_linked`: of all pairs of nodes, the share joined by some chain of links. `holding`: links without which it
    would fall apart. `share_if_least_certain_false`: the same share when the least certain tenth of the links is
    taken away: how far the picture rests on its weakest evidence.
    """

    nodes: int
    links: int
    parts: int
    density: float
    transitivity: float
    holding: int
    share_linked: float
    least_certain: int
    share_if_least_certain_false: float


def hangs_together(graph: Graph) -> Together:
    """The description of a whole network. A link's certainty is its weight."""
    labels = components(graph)
    left, _, weights = graph.pairs()
    tenth = max(1, round(len(left) / 10)) if len(left) else 0
    gone = np.zeros(len(left), dtype=bool)
    gone[np.argsort(weights, kind="stable")[:tenth]] = True
    return Together(
        nodes=graph.size,
        links=graph.links,
        parts=int(labels.max()) + 1 if graph.size else 0,
        density=density(graph),
        transitivity=transitivity(graph),
        holding=len(bridges(graph)),
        share_linked=_share_linked(labels),
        least_certain=tenth,
        share_if_least_certain_false=_share_linked(components(without(graph, gone))),
    )


def _share_linked(labels: Labels) -> float:
    size = len(labels)
    if size < 2:
        return 1.0
    counts = np.bincount(labels).astype(np.float64)
    return float((counts * (counts - 1)).sum() / (size * (size - 1)))


def group_of(graph: Graph, members: npt.NDArray[np.bool_]) -> Graph:
    """Only the marked nodes and the links among them, numbered anew in the same order."""
    number = np.cumsum(members) - 1
    left, right, weights = graph.pairs()
    inside = members[left] & members[right]
    return build(number[left[inside]], number[right[inside]], int(members.sum()), weights[inside])


def among_communities(graph: Graph, labels: Labels) -> Graph:
    """The network whose nodes are the communities; a link's weight is how many links lead from one to the other."""
    left, right, _ = graph.pairs()
    return build(labels[left], labels[right], int(labels.max()) + 1 if len(labels) else 0)
