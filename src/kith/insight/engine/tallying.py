"""Tallying: rows in the order of their days become numbers by window and group.

A thing and its child count once in a window, in the group of the latest row; a share is met where any row of it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from kith.insight.rules.measures import MeasureKind
from kith.insight.rules.periods import Window

MANY = 1000  # codes: beyond that sorting takes longer than marking
Ints = npt.NDArray[np.int64]
Numbers = list[int | float | None]  # counted, children, met, middle value
Tallied = dict[str, dict[str, dict[str, Numbers]]]  # window's key → breakdown → group → numbers


@dataclass(frozen=True)
class Columns:
    """The rows as arrays: each thing, child and group a small number. `child` is -1 where there is none."""

    thing: Ints
    child: Ints
    month: Ints
    until: Ints
    since: Ints
    met: Ints
    value: npt.NDArray[np.float64]
    groups: Mapping[str, Ints]
    names: Mapping[str, list[str]]
    once: bool  # each thing has one row


def tally(known: pl.DataFrame, kind: MeasureKind, breakdowns: Sequence[str], windows: Mapping[Window, bool]) -> Tallied:
    """Numbers by window, breakdown and group. `windows`: whether each is counted by group too."""
    columns = _columns(known, breakdowns)
    return {
        window.key: _window(columns, kind, _inside(columns, kind, window), by_group)
        for window, by_group in windows.items()
    }


def _columns(known: pl.DataFrame, breakdowns: Sequence[str]) -> Columns:
    child, thing = _told_apart(known["child"]), _told_apart(known["counted"])
    blank = (known["child"] == "").to_numpy() if len(known) else np.zeros(0, bool)
    thing = thing * (int(child.max(initial=0)) + 1) + child
    things, each = np.unique(thing, return_inverse=True)
    grouped = {name: _numbered(known[name]) for name in breakdowns}
    return Columns(
        thing=each.astype(np.int64),
        child=np.where(blank, -1, child),
        month=known["m"].cast(pl.Int64).to_numpy(),
        until=known["until_m"].cast(pl.Int64).to_numpy(),
        since=known["since_m"].cast(pl.Int64).to_numpy(),
        met=known["met"].cast(pl.Boolean).fill_null(False).cast(pl.Int64).to_numpy(),
        value=known["value"].cast(pl.Float64).fill_null(np.nan).to_numpy(),
        groups={name: codes for name, (codes, _) in grouped.items()},
        names={name: names for name, (_, names) in grouped.items()},
        once=len(things) == len(thing),
    )


def _told_apart(column: pl.Series) -> Ints:
    """Each value as a number of its own, from nought, in no order that means anything."""
    return column.cast(pl.String).fill_null("").cast(pl.Categorical).to_physical().cast(pl.Int64).to_numpy()


def _numbered(column: pl.Series) -> tuple[Ints, list[str]]:
    """Each of a few values as a number from nought, in the order of the values, and the values."""
    values = column.cast(pl.String).fill_null("")
    names = sorted(values.unique().to_list())
    return values.cast(pl.Enum(names)).to_physical().cast(pl.Int64).to_numpy(), names


def _inside(columns: Columns, kind: MeasureKind, window: Window) -> Ints:
    """The rows that fall into a window, in the order of their days."""
    first, last = window.first.index, window.last.index
    if kind is MeasureKind.STANDING:
        return np.flatnonzero((columns.month <= last) & (columns.until > last))
    begin, end = np.searchsorted(columns.month, [first, last + 1])
    rows = np.arange(begin, end)
    return rows[columns.since[rows] >= first]


def _window(columns: Columns, kind: MeasureKind, rows: Ints, by_group: bool) -> dict[str, dict[str, Numbers]]:
    latest, met = _once_each(columns, rows)
    found = {"": {"": _numbers(columns, kind, latest, met)}}
    for name, codes in columns.groups.items() if by_group else ():
        here = codes[latest]
        found[name] = {
            columns.names[name][group]: _numbers(columns, kind, latest[here == group], met[here == group])
            for group in np.unique(here).tolist()
        }
    return found


def _once_each(columns: Columns, rows: Ints) -> tuple[Ints, Ints]:
    """The latest row of each thing, and whether any row of it met what a share asks."""
    if columns.once or not len(rows):
        return rows, columns.met[rows]
    last, met = np.full(len(columns.thing), -1), np.zeros(len(columns.thing), np.int64)
    last[columns.thing[rows]] = rows  # the last written stays, and rows are in the order of days
    met[columns.thing[rows[columns.met[rows] > 0]]] = 1
    there = np.flatnonzero(last >= 0)
    return last[there], met[there]


def _numbers(columns: Columns, kind: MeasureKind, rows: Ints, met: Ints) -> Numbers:
    children = columns.child[rows]
    values = columns.value[rows] if kind is MeasureKind.MEDIAN else np.zeros(0)
    values = values[~np.isnan(values)]
    return [
        len(rows),
        _distinct(children[children >= 0]),
        int(met.sum()) if kind is MeasureKind.SHARE else None,
        round(float(np.median(values)), 4) if len(values) else None,
    ]


def _distinct(codes: Ints) -> int:
    """How many different ones there are: by sorting where they are few, by marking where they are many."""
    if len(codes) < MANY:
        return len(np.unique(codes))
    marks = np.zeros(int(codes.max()) + 1, bool)
    marks[codes] = True
    return int(np.count_nonzero(marks))
