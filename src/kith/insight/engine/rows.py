"""The rows of a measure as arrays, from what an engine answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from kith.insight.engine.children import Children, Codes, Ints, coded, days, ints, month_of, months
from kith.insight.rules.periods import Month

EPOCH = date(1970, 1, 1)
NEVER = 999_999  # a month after every other
OWN = ("locality", "agency")  # groups that a measure's rows may tell themselves
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """`thing` is -1 where children are counted, `child` is -1 where there is none; strangers follow those known.

    `day` counts from 1970; `until` and `since` are months counted from the year 0, where a measure tells them.
    """

    thing: Ints
    child: Ints
    day: Ints
    met: Bools
    value: npt.NDArray[np.float64] | None = None
    until: Ints | None = None
    since: Ints | None = None
    own: Mapping[str, Codes] = field(default_factory=dict)

    def at(self, chosen: npt.NDArray[np.intp] | slice) -> Rows:
        """Some of the rows, in the order asked."""
        return Rows(
            self.thing[chosen], self.child[chosen], self.day[chosen], self.met[chosen],
            None if self.value is None else self.value[chosen], None if self.until is None else self.until[chosen],
            None if self.since is None else self.since[chosen],
            {name: (codes[chosen], names) for name, (codes, names) in self.own.items()},
        )  # fmt: skip

    def in_order(self) -> Rows:
        """By day, and on a day by all in which rows of the same thing may differ."""
        if not len(self.day):
            return self
        told: list[npt.NDArray[Any]] = [self.own[name][0] for name in OWN if name in self.own]
        if self.value is not None:
            told.insert(0, np.where(np.isnan(self.value), -np.inf, self.value))
        if told:
            return self.at(np.lexsort((*told, self.day)))
        passed = self.day - self.day.min()
        small = passed.astype(np.uint16) if passed.max() < 2**16 else passed  # these are put in order in one go
        return self.at(np.argsort(small, kind="stable"))

    def at_ends(self, ends: Sequence[Month]) -> Rows:
        """What stood open at the end of each month, as rows of its last day."""
        began, until = month_of(self.day), self.until if self.until is not None else np.array(NEVER)
        open_at = [np.flatnonzero((began <= one.index) & (until > one.index)) for one in ends]
        last = [(one.last - EPOCH).days for one in ends]
        day = np.repeat(np.array(last, np.int64), [len(there) for there in open_at])
        return replace(self.at(np.concatenate(open_at)), day=day, until=None)


NOTHING: Ints = np.zeros(0, np.int64)
NO_ROWS = Rows(NOTHING, NOTHING, NOTHING, np.zeros(0, bool))


def rows_of(told: pl.DataFrame, children: Children) -> dict[int, Rows]:
    """Each measure's rows by its number, as `facts_of` tells them with the `number` of each child, -1 for none.

    A row whose child is not among those known has its name in `stranger`.
    """
    if not len(told):
        return {}
    measure, child = ints(told["measure"]), ints(told["number"])
    strangers = (told["stranger"].fill_null("") != "").to_numpy()
    if strangers.any():
        child[strangers] = children.many - 1 + ints(told["stranger"].filter(strangers).rank("dense"))
    rows = Rows(
        ints(told["thing"]),
        child,
        days(told["day"]),
        told["met"].cast(pl.Boolean).fill_null(False).to_numpy(),
    )
    if "ended" in told.columns:
        rows = _with_more(rows, told, children)
    if (measure[1:] < measure[:-1]).any():
        order = np.argsort(measure, kind="stable")
        measure, rows = measure[order], rows.at(order)
    found, begins = np.unique(measure, return_index=True)
    parts = zip(found.tolist(), begins.tolist(), [*begins[1:].tolist(), len(measure)], strict=True)
    return {number: _as_asked(rows.at(slice(begin, end))) for number, begin, end in parts}


def _with_more(rows: Rows, told: pl.DataFrame, children: Children) -> Rows:
    """With values, until when a thing stood, since when a row counts, and the groups that rows tell themselves."""
    value = told["value"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    since = np.where(told["needs_since"].to_numpy(), months(told["since"], -1), NEVER)
    own = {"agency": coded(told["agency"])}
    if told["locality"].is_not_null().any():
        codes, names = children.groups("locality", rows.child, rows.day)
        own["locality"] = coded(told["locality"].fill_null(pl.Series(names)[codes.astype(np.int64)]))
    return replace(rows, value=value, until=months(told["ended"], NEVER), since=since, own=own)


def _as_asked(rows: Rows) -> Rows:
    """Without a beginning that no row of the measure waits for."""
    return rows if rows.since is None or (rows.since < NEVER).any() else replace(rows, since=None)
