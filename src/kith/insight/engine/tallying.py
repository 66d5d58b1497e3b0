"""Tallying: the rows of a measure become numbers by window and group.

A thing and its child count once in a window, in the group of the latest row; a share is met where any row of it was.
Windows that share no month are looked at together, so that a row is looked at as seldom as can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kith.insight.engine.children import Children, Codes, Ints, month_of
from kith.insight.engine.rows import Bools, Rows
from kith.insight.engine.spreading import Spread
from kith.insight.engine.windows import Family, Windows
from kith.insight.rules.measures import MeasureKind

FEW = 10_000  # rows: beyond that sorting takes longer than marking
Numbers = list[int | float | None]  # counted, children, met, middle value
Tallied = dict[str, dict[str, dict[str, Numbers]]]  # window's key → breakdown → group → numbers


@dataclass(frozen=True)
class Counted:
    """Rows of one measure in the order of their days; each child as a number from nought, `children` for nobody.

    `same`: which rows are of the same thing and child. `once`: each has one row. `of_children`: they are the things.
    """

    rows: Rows
    month: Ints
    child: Ints
    children: int
    same: Ints
    once: bool
    of_children: bool

    @classmethod
    def of(cls, rows: Rows) -> Counted:
        """Children and things of these rows numbered anew."""
        child, children = _numbered(rows.child)
        of_children = bool((rows.thing < 0).all())
        same, once = (child, False) if of_children else _things(rows.thing, child, children)
        return cls(rows, month_of(rows.day), child, children, same, once, of_children)

    @property
    def known(self) -> Bools:
        """Whether there is a child."""
        return self.child < self.children


def _numbered(child: Ints) -> tuple[Ints, int]:
    """Each child as a number from nought, nobody after all of them; and how many children there are."""
    if len(child) < FEW:
        found, number = np.unique(child, return_inverse=True)
        nobody = int(len(found) > 0 and found[0] < 0)
        children = len(found) - nobody
        return np.where(child < 0, children, number - nobody), children
    marks = np.zeros(int(child.max()) + 1, np.int64)
    marks[child[child >= 0]] = 1
    numbers = np.cumsum(marks)
    return np.append(numbers - 1, numbers[-1])[child], int(numbers[-1])


def _things(thing: Ints, child: Ints, children: int) -> tuple[Ints, bool]:
    """A number for each thing with its child, and whether each has one row."""
    ordered = np.sort(thing)
    if (ordered[1:] != ordered[:-1]).all():
        return thing, True
    things, same = np.unique(thing * (children + 1) + child, return_inverse=True)
    return same.astype(np.int64), len(things) == len(thing)


def tally(rows: Rows, kind: MeasureKind, breakdowns: Sequence[str], windows: Windows, children: Children) -> Tallied:
    """Numbers by window, breakdown and group."""
    if kind is MeasureKind.STANDING:
        rows = rows.at_ends(windows.ends())
    counted = Counted.of(rows.in_order())
    one_by_one = kind is MeasureKind.MEDIAN or rows.since is not None
    wholes = _by_family(counted, kind, windows) if one_by_one else _wholes(counted, kind, windows)
    found: Tallied = {key: {"": {"": numbers}} for key, numbers in zip(windows.keys, wholes, strict=True)}
    if not breakdowns:
        return found
    for key in windows.grouped:
        found[key] |= {name: {} for name in breakdowns}
    groups = {name: _groups(counted.rows, name, children) for name in breakdowns}
    for family in windows.of_groups:
        chosen = Chosen.of(counted, kind, family)
        for name, (codes, names) in groups.items():
            for number, group, numbers in _numbers(counted, kind, chosen, codes, len(names)):
                found[windows.keys[number]][name][names[group]] = numbers
    return found


def _groups(rows: Rows, name: str, children: Children) -> Codes:
    return rows.own[name] if name in rows.own else children.groups(name, rows.child, rows.day)


def _wholes(counted: Counted, kind: MeasureKind, windows: Windows) -> list[Numbers]:
    """The numbers of whole windows, each from how its months are spread."""
    begin, end = int(windows.first.min()), int(windows.last.max())
    inside = slice(*np.searchsorted(counted.month, [begin, end + 1]).tolist())
    month, months, known = counted.month[inside] - begin, end - begin + 1, counted.known[inside]
    same, met = None if counted.once else counted.same[inside], counted.rows.met[inside]
    children = Spread.of(month[known], counted.child[inside][known], months)
    things = children if counted.of_children and known.all() else Spread.of(month, same, months)
    share = Spread.of(month[met], None if same is None else same[met], months) if kind is MeasureKind.SHARE else None
    runs = (windows.last if kind is MeasureKind.STANDING else windows.first) - begin, windows.last - begin
    shares = share.within(*runs) if share else [None] * len(windows.keys)
    told = zip(things.within(*runs), children.within(*runs), shares, strict=True)
    return [[how_many, behind, met_it, None] for how_many, behind, met_it in told]


def _by_family(counted: Counted, kind: MeasureKind, windows: Windows) -> list[Numbers]:
    """The numbers of whole windows, where a row counts in some that hold its day, or the middle is asked."""
    found: list[Numbers] = [[0, 0, 0 if kind is MeasureKind.SHARE else None, None] for _ in windows.keys]
    everybody = np.zeros(len(counted.child), np.int16)
    for family in windows.families:
        for number, _, numbers in _numbers(counted, kind, Chosen.of(counted, kind, family), everybody, 1):
            found[number] = numbers
    return found


@dataclass(frozen=True)
class Chosen:
    """The latest row of each thing in each window of a family: which row, the window's place, whether any row met.

    `first`: of rows of the same child and window one for all, by its place here. `known`: whether there is a child.
    """

    family: Family
    row: Ints
    window: Ints
    met: Bools
    first: Ints
    known: Bools

    @classmethod
    def of(cls, counted: Counted, kind: MeasureKind, family: Family) -> Chosen:
        """Rows are in the order of their days: of the same thing, the last written stays."""
        row, window = _inside(counted, kind, family)
        met = counted.rows.met[row]
        if not counted.once and len(row):
            place = window * (int(counted.same.max()) + 1) + counted.same[row]
            some = np.zeros(int(place.max()) + 1, bool)
            some[place[met]] = True
            latest = np.flatnonzero(_one_for_all(place) == np.arange(len(place)))
            row, window, met = row[latest], window[latest], some[place[latest]]
        first = np.arange(len(row)) if counted.of_children else _one_for_all(
            window * (counted.children + 1) + counted.child[row]
        )  # fmt: skip
        return cls(family, row, window, met, first, counted.known[row])


def _inside(counted: Counted, kind: MeasureKind, family: Family) -> tuple[Ints, Ints]:
    """The rows that fall into a family's windows, and the place of each one's window."""
    row = np.arange(*np.searchsorted(counted.month, [family.begin, family.end + 1]))
    of = family.of_end if kind is MeasureKind.STANDING else family.of_month
    window = of[counted.month[row] - family.begin]
    inside = window >= 0
    if counted.rows.since is not None:
        inside &= counted.rows.since[row] >= family.first[window]
    return row[inside], window[inside]


def _one_for_all(place: Ints) -> Ints:
    """For each, one that has the same number: the last of them."""
    if not len(place):
        return place
    last = np.empty(int(place.max()) + 1, np.int64)
    last[place] = np.arange(len(place))
    found: Ints = last[place]
    return found


def _numbers(
    counted: Counted, kind: MeasureKind, chosen: Chosen, codes: npt.NDArray[np.int16], groups: int
) -> list[tuple[int, int, Numbers]]:
    """The numbers of each window and group that has any. `codes`: each row's group, of so many."""
    group, size = codes[chosen.row], len(chosen.family.windows) * groups
    place = chosen.window * groups + group
    how_many = np.bincount(place, minlength=size)
    children = _children_of_each(counted, chosen, group, place, size).tolist()
    met = np.bincount(place[chosen.met], minlength=size).tolist() if kind is MeasureKind.SHARE else [None] * size
    value = counted.rows.value if kind is MeasureKind.MEDIAN else None
    middle = [None] * size if value is None else _middles(value[chosen.row], place, size)
    windows = chosen.family.windows.tolist()
    return [
        (windows[at // groups], at % groups, [int(how_many[at]), children[at], met[at], middle[at]])
        for at in np.flatnonzero(how_many).tolist()
    ]


def _children_of_each(counted: Counted, chosen: Chosen, group: npt.NDArray[np.int16], place: Ints, size: int) -> Ints:
    """How many different children each has: one row stands for all of a child's, but for those of other groups."""
    alone = chosen.known & (chosen.first == np.arange(len(place)))
    found = np.bincount(place[alone], minlength=size)
    if counted.of_children:
        return found
    other = np.flatnonzero(chosen.known & (group != group[chosen.first]))
    pairs = np.unique(place[other] * counted.children + counted.child[chosen.row[other]])
    return found + np.bincount(pairs // max(counted.children, 1), minlength=size)


def _middles(values: npt.NDArray[np.float64], place: Ints, size: int) -> list[float | None]:
    """The middle value of each of so many places, None where none has one."""
    there = ~np.isnan(values)
    order = np.lexsort((values[there], place[there]))
    values, ends = values[there][order], np.cumsum(np.bincount(place[there], minlength=size)).tolist()
    found: list[float | None] = []
    for begin, end in zip([0, *ends], ends, strict=False):
        middle = (values[(begin + end - 1) // 2] + values[(begin + end) // 2]) / 2 if end > begin else None
        found.append(None if middle is None else round(float(middle), 4))
    return found
