"""Measures beside NetworkX's and igraph's on the same networks, drawn at random and known."""

from __future__ import annotations

import igraph
import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.insight.engine.network import communities, measures
from kith.insight.engine.network.graph import Graph, build, name_and_build

SIZES = st.integers(2, 14)


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    size = draw(SIZES)
    node = st.integers(0, size - 1)
    return size, draw(st.lists(st.tuples(node, node), max_size=40))


def ours(size: int, links: list[tuple[int, int]]) -> Graph:
    return build([a for a, _ in links], [b for _, b in links], size)


def theirs(size: int, links: list[tuple[int, int]]) -> networkx.Graph:
    graph = networkx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from((a, b) for a, b in links if a != b)
    return graph


def third(graph: networkx.Graph) -> igraph.Graph:
    return igraph.Graph(n=graph.number_of_nodes(), edges=list(graph.edges))


@given(networks())
@settings(deadline=None, max_examples=200)
def test_what_is_said_of_a_network_equals_networkx_and_igraph(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    mine, other = ours(*drawn), theirs(*drawn)
    further = third(other)
    assert mine.links == other.number_of_edges() == further.ecount()
    assert measures.density(mine) == pytest.approx(networkx.density(other))
    assert measures.density(mine) == pytest.approx(further.density())
    assert measures.transitivity(mine) == pytest.approx(networkx.transitivity(other))
    parts = measures.components(mine)
    same = {frozenset(np.flatnonzero(parts == part).tolist()) for part in set(parts.tolist())}
    assert same == {frozenset(part) for part in networkx.connected_components(other)}
    assert len(same) == len(further.connected_components())
    bridging = [tuple(sorted(link)) for link in networkx.bridges(other)]
    assert measures.bridges(mine) == sorted(bridging)
    assert len(measures.bridges(mine)) == len(further.bridges())
    between = networkx.betweenness_centrality(other, normalized=False)
    assert measures.between(mine) == pytest.approx([between[node] for node in range(drawn[0])])
    assert measures.between(mine) == pytest.approx(further.betweenness())


@given(networks(), st.data())
@settings(deadline=None, max_examples=100)
def test_modularity_equals_networkx_and_igraph(drawn: tuple[int, list[tuple[int, int]]], data: st.DataObject) -> None:
    mine, other = ours(*drawn), theirs(*drawn)
    labels = np.array(data.draw(st.lists(st.integers(0, 3), min_size=mine.size, max_size=mine.size)), dtype=np.int64)
    if not mine.links:
        assert measures.modularity(mine, labels) == 0
        return
    plain = build(*mine.pairs()[:2], mine.size)
    parts = [set(np.flatnonzero(labels == one).tolist()) for one in set(labels.tolist())]
    assert measures.modularity(plain, labels) == pytest.approx(networkx.community.modularity(other, parts))
    assert measures.modularity(plain, labels) == pytest.approx(third(other).modularity(labels.tolist()))


def karate() -> tuple[Graph, networkx.Graph]:
    club = networkx.karate_club_graph()
    links = list(club.edges)
    return ours(34, links), theirs(34, links)


def test_zacharys_karate_club() -> None:
    mine, other = karate()
    assert (mine.size, mine.links) == (34, 78)
    assert measures.density(mine) == pytest.approx(0.1390, abs=1e-4)
    assert measures.transitivity(mine) == pytest.approx(0.2557, abs=1e-4)
    assert measures.bridges(mine) == [(0, 11)]
    described = measures.hangs_together(mine)
    assert (described.parts, described.holding, described.least_certain) == (1, 1, 8)
    assert described.share_linked == 1.0
    found = communities.find_with_stability(mine, draws=20)
    best = max(measures.modularity(mine, found.labels), 0)
    assert best == pytest.approx(0.4198, abs=0.02)  # the best there is: Agarwal and Kempe, 2008
    parts = [set(np.flatnonzero(found.labels == one).tolist()) for one in range(len(found.stability))]
    assert best == pytest.approx(networkx.community.modularity(other, parts))
    assert all(0 < one <= 1 for one in found.stability)


def test_the_same_seed_gives_the_same_communities() -> None:
    mine, _ = karate()
    again = [communities.find_with_stability(mine, seed=3, draws=10) for _ in range(2)]
    assert again[0].stability == again[1].stability
    assert (again[0].labels == again[1].labels).all()


def test_two_cliques_hold_and_a_ring_does_not() -> None:
    cliques = theirs(20, [])
    cliques.add_edges_from((a, b) for start in (0, 10) for a in range(start, start + 10) for b in range(start, a))
    cliques.add_edge(0, 10)
    sure = communities.find_with_stability(ours(20, list(cliques.edges)))
    assert len(sure.stability) == 2
    assert min(sure.stability) >= communities.SURE
    assert sure.words(0).startswith("comes out again in nearly every")
    ring = communities.find_with_stability(ours(60, [(node, (node + 1) % 60) for node in range(60)]))
    assert max(ring.stability) < communities.SURE
    assert communities.in_words(0.2).endswith("do not read it as a group")


def test_evidence_adds_weight_and_nobody_is_linked_with_themselves() -> None:
    named = name_and_build(["a", "b", "a", "c"], ["b", "a", "c", "c"], [1, 2, 1, 9])
    assert named.keys == ("a", "b", "c")
    assert [list(map(float, column)) for column in named.graph.pairs()] == [[0, 0], [1, 2], [3, 1]]
    assert named.graph.of(named.number("a")).tolist() == [1, 2]
    with pytest.raises(ValueError, match="does not exist"):
        build([0], [5], 2)


def test_the_least_certain_tenth_may_hold_it_together() -> None:
    links = [(a, b) for start in (0, 5) for a in range(start, start + 5) for b in range(start, a)]
    graph = build([a for a, _ in links] + [0], [b for _, b in links] + [5], 10, [5.0] * len(links) + [1.0])
    described = measures.hangs_together(graph)
    assert (described.links, described.holding, described.least_certain) == (21, 1, 2)
    assert described.share_linked == 1.0
    assert described.share_if_least_certain_false == pytest.approx(40 / 90)
    half = measures.group_of(graph, np.arange(10) < 5)
    assert (half.size, half.links, measures.density(half)) == (5, 10, 1.0)
    among = measures.among_communities(graph, np.repeat([0, 1], 5))
    assert (among.size, among.links) == (2, 1)
    assert measures.hangs_together(build([], [], 0)).share_linked == 1.0
