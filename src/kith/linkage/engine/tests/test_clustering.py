"""Groups never hold a contradiction, whatever the links; judgements are obeyed or the clash is told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.linkage.engine.clustering import Edges, Ints, JudgementsClashError, components, group

RECORDS = 12
pairs = st.tuples(st.integers(0, RECORDS - 1), st.integers(0, RECORDS - 1)).filter(lambda p: p[0] < p[1])


def edges_of(links: list[tuple[tuple[int, int], float]]) -> Edges:
    ends = np.array([link for link, _ in links], dtype=np.int64).reshape(-1, 2)
    weights = np.array([weight for _, weight in links], dtype=np.float64)
    return Edges(ends[:, 0], ends[:, 1], weights, np.ones(len(links), dtype=bool))


def within(label: Ints, conflicts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(a, b) for a, b in conflicts if label[a] == label[b]]


@given(st.lists(st.tuples(pairs, st.floats(0, 20)), max_size=30))
def test_components_are_what_a_walk_finds(links: list[tuple[tuple[int, int], float]]) -> None:
    edges = edges_of(links)
    label = components(RECORDS, edges.left, edges.right)
    walked = list(range(RECORDS))
    for _ in range(RECORDS):
        for (a, b), _ in links:
            walked[a] = walked[b] = min(walked[a], walked[b])
    assert label.tolist() == walked


@settings(max_examples=200)
@given(st.lists(st.tuples(pairs, st.floats(0, 20)), max_size=30), st.lists(pairs, max_size=8))
def test_no_group_holds_a_contradiction(
    links: list[tuple[tuple[int, int], float]], conflicts: list[tuple[int, int]]
) -> None:
    edges = edges_of(links)
    grouping = group(edges, np.zeros(RECORDS, dtype=np.uint8), lambda label: within(label, conflicts))
    assert not within(grouping.label, conflicts)
    kept = np.setdiff1d(np.arange(len(links)), grouping.refused)
    assert (grouping.label[edges.left[kept]] == grouping.label[edges.right[kept]]).all()


def test_the_strongest_link_wins() -> None:
    edges = edges_of([((0, 1), 5.0), ((1, 2), 9.0)])
    grouping = group(edges, np.zeros(3, dtype=np.uint8), lambda label: within(label, [(0, 2)]))
    assert grouping.label.tolist() == [0, 1, 1]
    assert grouping.refused.tolist() == [0]


def test_strangers_of_one_name_need_something_more() -> None:
    bare = Edges(np.array([0]), np.array([1]), np.array([12.0]), np.array([False]))
    known = np.array([0b11, 0b11], dtype=np.uint8)
    assert group(bare, known, lambda label: []).label.tolist() == [0, 1]
    assert group(bare, np.array([0b11, 0b01], dtype=np.uint8), lambda label: []).label.tolist() == [0, 0]


def test_judgements_outweigh_links_and_rules() -> None:
    edges = edges_of([((0, 1), 5.0)])
    nothing = np.zeros(4, dtype=np.uint8)
    apart = group(edges, nothing, lambda label: [], never=[(0, 1)])
    assert apart.label.tolist() == [0, 1, 2, 3]
    joined = group(edges, nothing, lambda label: within(label, [(2, 3)]), always=[(2, 3)])
    assert joined.label.tolist() == [0, 0, 2, 2]


def test_judgements_that_cannot_all_be_obeyed_are_told() -> None:
    with pytest.raises(JudgementsClashError):
        group(edges_of([]), np.zeros(3, dtype=np.uint8), lambda label: [], never=[(0, 2)], always=[(0, 1), (1, 2)])
