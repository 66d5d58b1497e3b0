"""How many different ones there were in any run of months, from one look at the rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kith.insight.engine.children import Ints


@dataclass(frozen=True)
class Spread:
    """`upto[m, b]`: before month `m`, the ones of a month that had last been there before month `b`, or never.

    In a run of months each is counted in the first in which it is there: when it had last been there before the run.
    """

    upto: Ints

    @classmethod
    def of(cls, month: Ints, one: Ints | None, months: int) -> Spread:
        """From each row's month, counted from nought, and whom it is of; where that is None each is of another."""
        spread = np.zeros((months + 1, months + 1), np.int64)
        if one is None:
            spread[1:, 0] = np.bincount(month, minlength=months)
        else:
            one, month, before = _before(month, one, months)
            told = np.bincount(month * (months + 1) + before + 1, minlength=months * (months + 1))
            spread[1:] = told.reshape(months, months + 1)
        return cls(spread.cumsum(axis=0).cumsum(axis=1))

    def within(self, first: Ints, last: Ints) -> list[int]:
        """How many there were in each run from a first month to a last, both counted in."""
        found: list[int] = (self.upto[last + 1, first] - self.upto[first, first]).tolist()
        return found


def _before(month: Ints, one: Ints, months: int) -> tuple[Ints, Ints, Ints]:
    """Each one and month once, with the month in which it had been there before, -1 where in none."""
    packed = np.sort(one * months + month)
    packed = packed[np.append(True, packed[1:] != packed[:-1])[: len(packed)]]
    one, month = np.divmod(packed, months)
    before = np.full(len(one), -1, np.int64)
    same = np.flatnonzero(one[1:] == one[:-1]) + 1
    before[same] = month[same - 1]
    return one, month, before
