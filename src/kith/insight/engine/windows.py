"""The windows in which every measure is counted, made ready once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kith.insight.engine.children import Ints
from kith.insight.rules.periods import Month, Window


@dataclass(frozen=True)
class Family:
    """Windows that share no month, in order: `windows` are their numbers. Months are counted from the year 0.

    `of_month`: of each month from `begin` until `end` the place of the window that holds it here, -1 for none; `of_end`
    the same where only a window's last month is asked for.
    """

    windows: Ints
    begin: int
    end: int
    first: Ints
    of_month: Ints
    of_end: Ints


@dataclass(frozen=True)
class Windows:
    """Every window: its key, first and last month, and those that are counted by group. All and grouped in families."""

    keys: tuple[str, ...]
    first: Ints
    last: Ints
    grouped: tuple[str, ...]
    families: tuple[Family, ...]
    of_groups: tuple[Family, ...]

    @classmethod
    def of(cls, windows: Mapping[Window, bool]) -> Windows:
        """`windows`: whether each is counted by group too."""
        numbered = {window: number for number, window in enumerate(windows)}
        grouped = {window: numbered[window] for window, by_group in windows.items() if by_group}
        return cls(
            tuple(window.key for window in windows),
            np.array([window.first.index for window in windows]),
            np.array([window.last.index for window in windows]),
            tuple(window.key for window in grouped),
            _families(numbered),
            _families(grouped),
        )

    def ends(self) -> list[Month]:
        """The last month of each, once."""
        return [Month.at(index) for index in np.unique(self.last).tolist()]


def _families(numbered: Mapping[Window, int]) -> tuple[Family, ...]:
    """Windows parted so that of each part no two share a month."""
    found: list[list[Window]] = []
    for window in sorted(numbered):
        family = next((one for one in found if one[-1].last < window.first), None)
        if family is None:
            found.append(family := [])
        family.append(window)
    return tuple(_family(family, numbered) for family in found)


def _family(windows: list[Window], numbered: Mapping[Window, int]) -> Family:
    begin, end = windows[0].first.index, windows[-1].last.index
    of_month, of_end = (np.full(end - begin + 1, -1, np.int64) for _ in range(2))
    for place, one in enumerate(windows):
        of_month[one.first.index - begin : one.last.index - begin + 1] = place
        of_end[one.last.index - begin] = place
    firsts = np.array([one.first.index for one in windows])
    return Family(np.array([numbered[one] for one in windows]), begin, end, firsts, of_month, of_end)
