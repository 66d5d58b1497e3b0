"""Tallying: rows in the order of their days become numbers by window and group.

A thing and its child count once in a window, in the group of the latest row; a share is met where any row of it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from kith.insight.rules.measures import BREAKDOWNS, MeasureKind
from kith.insight.rules.periods import Window

FAR = 100_000  # days after 1970: later than any
MANY = 1000  # codes: beyond that sorting takes longer than marking
Ints = npt.NDArray[np.int64]
Numbers = list[int | float | None]  # counted, children, met, middle value
Tallied = dict[str, dict[str, dict[str, Numbers]]]  # window's key → breakdown → group → numbers


@dataclass(frozen=True)
class Rows:
    """Rows as arrays, those of a measure together, in the order of their days: things, children and groups as numbers.

    `thing` is -1 where children are counted, `child` is -1 where there is none.
    """

    measure: Ints
    thing: Ints
    child: Ints
    month: Ints
    until: Ints
    since: Ints
    met: Ints
    value: npt.NDArray[np.float64]
    groups: Mapping[str, Ints]
    names: Mapping[str, list[str]]

    @classmethod
    def of(cls, known: pl.DataFrame) -> Rows:
        """From what an engine answered. Rows of one thing and day are put in an order that hangs on them alone."""
        grouped = {name: _numbered(known[name]) for name in BREAKDOWNS}
        order = _order(known, {name: codes for name, (codes, _) in grouped.items()})
        return cls(
            measure=_ints(known["measure"])[order],
            thing=_ints(known["thing"])[order],
            child=_children(known)[order],
            month=_ints(known["m"])[order],
            until=_ints(known["until_m"])[order],
            since=_ints(known["since_m"])[order],
            met=_ints(known["met"].cast(pl.Boolean).fill_null(False))[order],
            value=known["value"].cast(pl.Float64).fill_null(np.nan).to_numpy()[order],
            groups={name: codes[order] for name, (codes, _) in grouped.items()},
            names={name: names for name, (_, names) in grouped.items()},
        )

    def of_measure(self, number: int) -> Rows:
        """The rows of one measure."""
        begin, end = np.searchsorted(self.measure, [number, number + 1])
        part = slice(int(begin), int(end))
        return Rows(
            self.measure[part], self.thing[part], self.child[part], self.month[part], self.until[part],
            self.since[part], self.met[part], self.value[part],
            {name: codes[part] for name, codes in self.groups.items()}, self.names,
        )  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """Rows of one measure; each child of it as a number from nought (-1 for nobody), and how many there are.

    `same`: which rows are of the same thing and child. `once`: each has one row.
    """

    rows: Rows
    child: Ints
    children: int
    same: Ints
    once: bool

    @classmethod
    def of(cls, rows: Rows) -> Counted:
        """Children and things of these rows numbered anew."""
        children, child = np.unique(rows.child, return_inverse=True)
        child = child.astype(np.int64) - (1 if len(children) and children[0] < 0 else 0)
        things, same = np.unique(rows.thing * (len(children) + 2) + child, return_inverse=True)
        return cls(rows, child, len(children), same.astype(np.int64), once=len(things) == len(child))


def tally(rows: Rows, kind: MeasureKind, breakdowns: Sequence[str], windows: Mapping[Window, bool]) -> Tallied:
    """Numbers by window, breakdown and group. `windows`: whether each is counted by group too."""
    counted = Counted.of(rows)
    return {
        window.key: _window(counted, kind, _inside(rows, kind, window), breakdowns if by_group else ())
        for window, by_group in windows.items()
    }


def _order(known: pl.DataFrame, groups: Mapping[str, Ints]) -> Ints:
    """By measure and day, and on a day by all in which rows of the same thing may differ."""
    key = _ints(known["measure"]) * FAR + _ints(known["day"].cast(pl.Date).cast(pl.Int32))
    for name in ("agency", "locality"):
        key = key * (int(groups[name].max(initial=0)) + 1) + groups[name]
    told = pl.DataFrame({"key": key, "value": known["value"]})
    return _ints(told.select(pl.arg_sort_by("key", "value")).to_series())


def _children(told: pl.DataFrame) -> Ints:
    """Each child as a number: as in the cut's people, and after them those who are not among them."""
    known = _ints(told["number"].fill_null(-1))
    strangers = (told["stranger"].fill_null("") != "").to_numpy()
    if strangers.any():
        named = told["stranger"].filter(strangers).rank("dense")
        known[strangers] = known.max(initial=0) + _ints(named)
    return known


def _ints(column: pl.Series) -> Ints:
    return np.array(column.cast(pl.Int64).to_numpy(), dtype=np.int64)


def _numbered(column: pl.Series) -> tuple[Ints, list[str]]:
    """Each of a few values as a number from nought, in the order of the values, and the values."""
    values = column.cast(pl.String).fill_null("")
    names = sorted(values.unique().to_list())
    return _ints(values.cast(pl.Enum(names)).to_physical()), names


def _inside(rows: Rows, kind: MeasureKind, window: Window) -> Ints:
    """The rows that fall into a window, in the order of their days."""
    first, last = window.first.index, window.last.index
    if kind is MeasureKind.STANDING:
        return np.flatnonzero((rows.month <= last) & (rows.until > last))
    begin, end = np.searchsorted(rows.month, [first, last + 1])
    found = np.arange(begin, end)
    return found[rows.since[found] >= first]


def _window(
    counted: Counted, kind: MeasureKind, inside: Ints, breakdowns: Sequence[str]
) -> dict[str, dict[str, Numbers]]:
    latest, met = _once_each(counted, inside)
    everybody = np.zeros(len(latest), np.int64)
    found = {"": {"": _numbers(counted, kind, latest, met, everybody, 1)[0]}}
    for name in breakdowns:
        here, names = counted.rows.groups[name][latest], counted.rows.names[name]
        numbers = _numbers(counted, kind, latest, met, here, len(names))
        found[name] = {group: each for group, each in zip(names, numbers, strict=True) if each[0]}
    return found


def _once_each(counted: Counted, inside: Ints) -> tuple[Ints, Ints]:
    """The latest row of each thing, and whether any row of it met what a share asks."""
    rows = counted.rows
    if counted.once or not len(inside):
        return inside, rows.met[inside]
    last, met = np.full(len(counted.same), -1), np.zeros(len(counted.same), np.int64)
    last[counted.same[inside]] = inside  # the last written stays, and rows are in the order of days
    met[counted.same[inside[rows.met[inside] > 0]]] = 1
    there = np.flatnonzero(last >= 0)
    return last[there], met[there]


def _numbers(counted: Counted, kind: MeasureKind, chosen: Ints, met: Ints, group: Ints, groups: int) -> list[Numbers]:
    """The numbers of each of so many groups; `group`: of each chosen row, which."""
    how_many = np.bincount(group, minlength=groups).tolist()
    children = _children_of_each(counted, chosen, group, groups)
    met_by = np.bincount(group, weights=met, minlength=groups).astype(np.int64).tolist()
    middles = _middles(counted.rows.value[chosen], group, groups) if kind is MeasureKind.MEDIAN else [None] * groups
    shares = met_by if kind is MeasureKind.SHARE else [None] * groups
    return [list(each) for each in zip(how_many, children, shares, middles, strict=True)]


def _children_of_each(counted: Counted, chosen: Ints, group: Ints, groups: int) -> list[int]:
    """How many different children each group has: by sorting where they are few, by marking where they are many."""
    child = counted.child[chosen]
    pairs = (group * counted.children + child)[child >= 0]
    if len(pairs) < MANY:
        found = np.bincount(np.unique(pairs) // max(counted.children, 1), minlength=groups)
    else:
        marks = np.zeros(groups * counted.children, bool)
        marks[pairs] = True
        found = np.count_nonzero(marks.reshape(groups, counted.children), axis=1)
    return [int(number) for number in found]


def _middles(values: npt.NDArray[np.float64], group: Ints, groups: int) -> list[float | None]:
    """The middle value of each group, None where none has one."""
    there = ~np.isnan(values)
    parts = (values[there & (group == one)] for one in range(groups))
    return [round(float(np.median(part)), 4) if len(part) else None for part in parts]
