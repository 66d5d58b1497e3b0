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
    child, _ = _numbered(known["child"])
    thing, _ = _numbered(known["counted"])
    blank = (known["child"] == "").to_numpy() if len(known) else np.zeros(0, bool)
    thing = thing * (int(child.max(initial=0)) + 1) + child
    grouped = {name: _numbered(known[name]) for name in breakdowns}
    return Columns(
        thing=np.unique(thing, return_inverse=True)[1].astype(np.int64),
        child=np.where(blank, -1, child),
        month=known["m"].cast(pl.Int64).to_numpy(),
        until=known["until_m"].cast(pl.Int64).to_numpy(),
        since=known["since_m"].cast(pl.Int64).to_numpy(),
        met=known["met"].cast(pl.Boolean).fill_null(False).cast(pl.Int64).to_numpy(),
        value=known["value"].cast(pl.Float64).fill_null(np.nan).to_numpy(),
        groups={name: codes for name, (codes, _) in grouped.items()},
        names={name: names for name, (_, names) in grouped.items()},
        once=len(np.unique(thing)) == len(thing),
    )


def _numbered(column: pl.Series) -> tuple[Ints, list[str]]:
    """Each value as a number from nought, in the order of the values, and the values."""
    names = sorted(column.cast(pl.String).fill_null("").unique().to_list())
    where = {name: number for number, name in enumerate(names)}
    codes = column.cast(pl.String).fill_null("").replace_strict(where, return_dtype=pl.Int64) if names else column
    return codes.cast(pl.Int64).to_numpy() if names else np.zeros(0, np.int64), names


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
    things, which = np.unique(columns.thing[rows], return_inverse=True)
    latest, met = np.zeros(len(things), np.int64), np.zeros(len(things), np.int64)
    latest[which] = rows  # the last written stays, and rows are in the order of days
    np.maximum.at(met, which, columns.met[rows])
    return latest, met


def _numbers(columns: Columns, kind: MeasureKind, rows: Ints, met: Ints) -> Numbers:
    children = columns.child[rows]
    values = columns.value[rows] if kind is MeasureKind.MEDIAN else np.zeros(0)
    values = values[~np.isnan(values)]
    return [
        len(rows),
        len(np.unique(children[children >= 0])),
        int(met.sum()) if kind is MeasureKind.SHARE else None,
        round(float(np.median(values)), 4) if len(values) else None,
    ]
