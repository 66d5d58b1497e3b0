"""What is to be published of one measure, and what of it may not be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kith.insight.rules.periods import YEAR_STARTS, Window

FEWEST = 5
Cell = tuple[str, Window, str]  # the breakdown, the window, the group


class Adds(StrEnum):
    """Whether the numbers of windows add up to the number of a longer one."""

    UP = "up"  # events: a year is the sum of its months
    NOT = "not"  # children: the same child may be counted in two months, and once in the year
    STANDING = "standing"  # how many there are on a day: a window stands for its last day


@dataclass(frozen=True)
class Settings:
    """Below what a number is small, whether noughts are hidden too, and with which month years begin."""

    fewest: int = FEWEST
    hide_noughts: bool = False
    year_starts: int = YEAR_STARTS

    def is_small(self, number: int) -> bool:
        return number < self.fewest and (number > 0 or self.hide_noughts)


@dataclass(frozen=True)
class Number:
    """How many were counted; of these how many `met` what a share asks for; how many `children` stand behind them.

    `value`: the middle value, where the measure has one; it is shown where a share would be.
    """

    count: int
    met: int | None = None
    children: int | None = None
    value: float | None = None

    def __post_init__(self) -> None:
        if self.count < 0 or not 0 <= (self.met or 0) <= self.count or not 0 <= (self.children or 0) <= self.count:
            raise ValueError(f"{self} cannot be")

    @property
    def parts(self) -> tuple[int, int] | None:
        """Those who met it and those who did not; None where the measure is no share."""
        return None if self.met is None else (self.met, self.count - self.met)

    @property
    def said(self) -> tuple[int, int | None]:
        """What would be read of it."""
        return self.count, self.met

    def is_small(self, settings: Settings) -> bool:
        few = self.children is not None and self.count > 0 and settings.is_small(self.children)
        return settings.is_small(self.count) or few

    def has_small_part(self, settings: Settings) -> bool:
        """Whether its percentage would give a small number away. Of none there is no share."""
        return self.is_small(settings) or (self.count > 0 and any(map(settings.is_small, self.parts or ())))


@dataclass(frozen=True)
class Figures:
    """All that is to be published of one measure: totals by window, and groups by breakdown and window."""

    adds: Adds
    totals: Mapping[Window, Number]
    groups: Mapping[tuple[str, Window], Mapping[str, Number]]


@dataclass(frozen=True)
class Published:
    """What may be published. What stands in none of the four may not, nor anything worked out from it.

    `shares`: where the part that met it, the percentage, or a middle value may be shown beside the number.
    """

    totals: frozenset[Window]
    total_shares: frozenset[Window]
    groups: frozenset[Cell]
    group_shares: frozenset[Cell]
    broken_down: frozenset[tuple[str, Window]]  # breakdowns that are published for this window at all

    def shows(self, window: Window, breakdown: str = "", group: str = "") -> bool:
        """Whether a number may be published: a total, or, with a breakdown, a group of it."""
        return (breakdown, window, group) in self.groups if breakdown else window in self.totals

    def shows_share(self, window: Window, breakdown: str = "", group: str = "") -> bool:
        return (breakdown, window, group) in self.group_shares if breakdown else window in self.total_shares
