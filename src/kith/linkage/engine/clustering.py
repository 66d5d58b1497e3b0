"""From scored pairs to people: the strongest links first, and never two records that contradict one another.

Most groups of linked records hold no contradiction and are found for all at once with arrays. Only the few that
do are taken apart, link by link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint8]
ENOUGH_TO_DIFFER = 2
"""Kinds of detail that two groups must both give, and share nothing of, to be taken for strangers of one name."""


@dataclass(frozen=True)
class Edges:
    """Links between record numbers, with their match weights. All four arrays have one length."""

    left: Ints
    right: Ints
    weight: Floats
    corroborated: Bools


def components(count: int, left: Ints, right: Ints) -> Ints:
    """For each of `count` records, the smallest record number it is linked to through any chain of links."""
    label = np.arange(count, dtype=np.int64)
    left, right = left.astype(np.int64), right.astype(np.int64)
    while True:
        a, b = label[left], label[right]
        apart = a != b
        if not apart.any():
            return label
        left, right = left[apart], right[apart]
        low, high = np.minimum(a[apart], b[apart]), np.maximum(a[apart], b[apart])
        np.minimum.at(label, high, low)
        while not np.array_equal(jumped := label[label], label):
            label = jumped


@dataclass(frozen=True)
class Grouping:
    """`label`: for each record the smallest record number of its group. `refused`: places of links not followed."""

    label: Ints
    refused: Ints


def group(
    edges: Edges,
    known: Bits,
    conflicts_within: Callable[[Ints], list[tuple[int, int]]],
    never: Sequence[tuple[int, int]] = (),
    always: Sequence[tuple[int, int]] = (),
) -> Grouping:
    """Groups in which no two records contradict one another; corroborated links first, then the strongest.

    A link with nothing behind it but name and birth date never makes one of two groups that both give, say, a home
    and a telephone number and share neither: they may be strangers of one name. `known` has a bit for each kind of
    detail (home, contact, middle name) that a record gives. `conflicts_within` names the
    pairs of records that contradict one another within groups; `never` and `always` are pairs
    that a person judged different or same.
    Raises JudgementsClashError when those cannot all be obeyed.
    """
    count = len(known)
    edges = with_certain(edges, always)
    label = components(count, edges.left, edges.right)
    sure = components(count, edges.left[edges.corroborated], edges.right[edges.corroborated])
    judged = np.array([*never, *always], dtype=np.int64).ravel()
    enemies = _enemies([*conflicts_within(label), *never])
    troubled = np.unique(
        np.concatenate([_labels_of(label, enemies), _may_be_strangers(label, sure, known), label[judged]])
    )
    if not len(troubled):
        return Grouping(label, np.empty(0, dtype=np.int64))
    return _regroup(label, edges, known, enemies, troubled, (never, always))


class JudgementsClashError(ValueError):
    """Two people's judgements cannot both be obeyed: A is B and B is C, but A is not C."""

    def __init__(self, left: int, right: int) -> None:
        super().__init__(f"records {left} and {right} were judged different, yet other judgements make them one person")
        self.left, self.right = left, right


def with_certain(edges: Edges, certain: Sequence[tuple[int, int]]) -> Edges:
    """The links with certain ones added, which come before all others."""
    pairs = np.array(certain, dtype=np.int64).reshape(-1, 2)
    return Edges(
        np.concatenate([edges.left, pairs[:, 0]]),
        np.concatenate([edges.right, pairs[:, 1]]),
        np.concatenate([edges.weight, np.full(len(pairs), np.inf)]),
        np.concatenate([edges.corroborated, np.ones(len(pairs), dtype=bool)]),
    )


def _obey(groups: _Groups, never: Sequence[tuple[int, int]], always: Sequence[tuple[int, int]]) -> None:
    for one, other in always:
        groups.force(one, other)
    for one, other in never:
        if groups.together(one, other):
            raise JudgementsClashError(one, other)


def _enemies(conflicts: Sequence[tuple[int, int]]) -> dict[int, set[int]]:
    enemies: dict[int, set[int]] = defaultdict(set)
    for one, other in conflicts:
        enemies[one].add(other)
        enemies[other].add(one)
    return enemies


def _labels_of(label: Ints, enemies: dict[int, set[int]]) -> Ints:
    return np.unique(label[np.fromiter(enemies, dtype=np.int64, count=len(enemies))])


def _may_be_strangers(label: Ints, sure: Ints, known: Bits) -> Ints:
    """Groups that hold two or more surely linked groups which each give enough details to differ in."""
    given = np.zeros(len(label), dtype=np.uint8)
    np.bitwise_or.at(given, sure, known)
    heads = np.flatnonzero((np.bitwise_count(given) >= ENOUGH_TO_DIFFER) & (sure == np.arange(len(sure))))
    labels, times = np.unique(label[heads], return_counts=True)
    return labels[times > 1]


def _regroup(
    label: Ints,
    edges: Edges,
    known: Bits,
    enemies: dict[int, set[int]],
    troubled: Ints,
    judged: tuple[Sequence[tuple[int, int]], Sequence[tuple[int, int]]],
) -> Grouping:
    is_troubled = np.zeros(len(label), dtype=bool)
    is_troubled[troubled] = True
    inside = np.flatnonzero(is_troubled[label[edges.left]])
    order = inside[
        np.lexsort((edges.right[inside], edges.left[inside], -edges.weight[inside], ~edges.corroborated[inside]))
    ]
    groups = _Groups(enemies, known)
    _obey(groups, *judged)
    refused = [
        place
        for place, one, other, sure in zip(
            order.tolist(),
            edges.left[order].tolist(),
            edges.right[order].tolist(),
            edges.corroborated[order].tolist(),
            strict=True,
        )
        if not groups.join(one, other, sure)
    ]
    members = np.flatnonzero(is_troubled[label])
    remade = label.copy()
    remade[members] = groups.lowest(members.tolist())
    return Grouping(remade, np.array(sorted(refused), dtype=np.int64))


class _Groups:
    """Union-find in which each group knows its members, its enemies, and the kinds of detail it gives."""

    def __init__(self, enemies: dict[int, set[int]], known: Bits) -> None:
        self._head: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._enemies = enemies
        self._group_enemies: dict[int, set[int]] = {}
        self._known = known
        self._given: dict[int, int] = {}

    def join(self, one: int, other: int, sure: bool) -> bool:
        """Put two records in one group; False when their groups may not become one."""
        a, b = self._find(one), self._find(other)
        if a == b:
            return True
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        if not sure and (self._given[a] & self._given[b]).bit_count() >= ENOUGH_TO_DIFFER:
            return False
        if self._group_enemies[a] and not self._group_enemies[a].isdisjoint(self._members[b]):
            return False
        self._unite(a, b)
        return True

    def force(self, one: int, other: int) -> None:
        """Put two records in one group whatever the rules say, because a person said so."""
        a, b = self._find(one), self._find(other)
        if a != b:
            self._unite(a, b)

    def together(self, one: int, other: int) -> bool:
        """Are two records in one group?"""
        return self._find(one) == self._find(other)

    def _unite(self, a: int, b: int) -> None:
        for member in self._members[b]:
            self._head[member] = a
        self._members[a] += self._members.pop(b)
        self._group_enemies[a] |= self._group_enemies.pop(b)
        self._given[a] |= self._given.pop(b)

    def lowest(self, records: Sequence[int]) -> list[int]:
        """The smallest record number of each record's group."""
        heads = [self._find(record) for record in records]
        smallest = {head: min(self._members[head]) for head in set(heads)}
        return [smallest[head] for head in heads]

    def _find(self, one: int) -> int:
        if one not in self._head:
            self._head[one] = one
            self._members[one] = [one]
            self._group_enemies[one] = set(self._enemies.get(one, ()))
            self._given[one] = int(self._known[one])
        return self._head[one]
