"""What is known of the children of a cut, by number: who they are, and what stood on a day.

An engine answers who they are and their stays once; what a measure's rows are grouped by is then looked up in arrays.
Joined in SQL, every row of every measure would carry it all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

if TYPE_CHECKING:
    from kith.insight.engine.asking import Engine

Ints = npt.NDArray[np.int64]
Codes = tuple[npt.NDArray[np.int16], list[str]]  # of each row a number from nought, and what the numbers stand for
AGES = ["", "0-9", "10-12", "13-15", "16-17", "18+"]
GROWN = 216  # months of 18 years
_AGE_AT = np.repeat(np.arange(1, 6, dtype=np.int16), [120, 36, 36, 24, 1])  # of so many whole months
FIXED = ("sex", "ethnicity", "locality", "fifth")
FAR = 10_000_000  # days: more than there are from the year 1 to 9999
LONG_AGO = 1_000_000  # days before 1970 that no day is before

# Spells of a kind that follow each other or overlap, as one: at most one of them holds a day.
STAYS = """
    select p.number, s.kind, s.began, s.until from (
      select child, kind, min(began) as began, max(until) as until from (
        select child, kind, began, until, sum(is_new) over (
          partition by child, kind order by began, until rows between unbounded preceding and current row) as stay
        from (
          select child, kind, began, until, case when began <= max(until) over (
            partition by child, kind order by began, until rows between unbounded preceding and 1 preceding
          ) then 0 else 1 end as is_new
          from (select child, kind, began, coalesce(ended, date '9999-12-31') as until from spells
                where began is not null and kind in ('education-plan', 'in-care', 'care-leaver')) told
        ) marked
      ) numbered group by child, kind, stay
    ) s join numbered_people p on p.child = s.child
"""


@dataclass(frozen=True)
class Stays:
    """When children had something, in the order of child and day: each from the day `began` until before `until`."""

    key: Ints
    until: Ints
    has: npt.NDArray[np.bool_]  # of each child's number, whether there is any

    @classmethod
    def of(cls, told: pl.DataFrame, many: int) -> Stays:
        """From rows of `number`, `began` and `until`."""
        number, has = ints(told["number"]), np.zeros(many + 1, bool)
        key = number * FAR + days(told["began"]) + LONG_AGO
        order, has[number] = np.argsort(key), True
        return cls(key[order], days(told["until"])[order], has)

    def hold(self, child: Ints, day: Ints) -> npt.NDArray[np.bool_]:
        """Whether each child had it on its day."""
        held = np.zeros(len(child), bool)
        there = np.flatnonzero(self.has[child])
        if not len(there):
            return held
        asked = child[there] * FAR + day[there] + LONG_AGO
        at = np.searchsorted(self.key, asked, side="right") - 1
        same = (at >= 0) & (self.key[at] // FAR == child[there])
        held[there] = same & (self.until[at] > day[there])
        return held


@dataclass(frozen=True)
class Children:
    """Everybody in a cut: `many` of them, numbered from nought. Whoever has no number is known by nothing.

    Arrays have one place more than there are children: for those who are not among them.
    """

    many: int
    born: Ints  # the month, counted from the year 0; -1 where not known
    fixed: Mapping[str, Codes]
    stays: Mapping[str, Stays]

    @classmethod
    def of(cls, engine: Engine) -> Children:
        """As an engine knows them; it then also keeps `numbered_people`, by which children get their numbers."""
        fifth = "fifth" if engine.columns("select fifth from people") else "'' as fifth"  # older cuts have none
        engine.keep(
            "numbered_people",
            f"""select cast(row_number() over ({engine.by_child}) - 1 as int) as number, child, born,
                sex, ethnicity, locality, {fifth} from people""",
        )
        people = engine.frame(f"select number, born, {', '.join(FIXED)} from numbered_people").sort("number")
        stays = engine.frame(STAYS)
        return cls(
            len(people),
            np.append(months(people["born"], -1), -1),
            {name: coded(people[name].extend_constant(None, 1)) for name in FIXED},
            {str(kind): Stays.of(part, len(people)) for (kind,), part in stays.group_by("kind")},
        )

    def groups(self, name: str, child: Ints, day: Ints) -> Codes:
        """The group of each child on its day. `child`: a number, or any that is not a child's."""
        known = np.where((child >= 0) & (child < self.many), child, self.many)
        if name in self.fixed:
            codes, names = self.fixed[name]
            return codes[known], names
        if name == "age":
            return self._ages(known, day), AGES
        if name == "send":
            return self._hold("education-plan", known, day).astype(np.int16), ["", "plan"]
        if name == "care":
            leaving = self._hold("care-leaver", known, day) * np.int16(2)
            return np.where(self._hold("in-care", known, day), np.int16(1), leaving), ["", "in care", "care leaver"]
        return np.zeros(len(child), np.int16), [""]

    def _hold(self, kind: str, known: Ints, day: Ints) -> npt.NDArray[np.bool_]:
        return self.stays[kind].hold(known, day) if kind in self.stays else np.zeros(len(known), bool)

    def _ages(self, known: Ints, day: Ints) -> npt.NDArray[np.int16]:
        """Nobody is taken for 18 before the month of their birth is over: a cut knows that month, and not the day."""
        born, month = self.born[known], month_of(day)
        old = month - born
        old -= (old == GROWN) & (month_of(day + 1) == month)
        return np.where(born < 0, np.int16(0), _AGE_AT[np.clip(old, 0, GROWN)])


def ints(column: pl.Series) -> Ints:
    """A column of whole numbers, none of them missing."""
    return column.cast(pl.Int64).to_numpy(writable=True)


def days(column: pl.Series) -> Ints:
    """A column of days as how many there were since 1970."""
    return ints(column.cast(pl.Date).to_physical())


def months(column: pl.Series, missing: int) -> Ints:
    """A column of days as months counted from the year 0, `missing` where there is none."""
    return ints((column.dt.year().cast(pl.Int64) * 12 + column.dt.month() - 1).fill_null(missing))


def month_of(day: Ints) -> Ints:
    """The month of each day since 1970, counted from the year 0."""
    if not len(day):
        return day
    first, last = int(day.min()), int(day.max())
    listed = np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return listed[day - first]


def coded(column: pl.Series) -> Codes:
    """Each of a few values as a number from nought, in the order of the values, and the values."""
    values = column.cast(pl.String).fill_null("")
    names = sorted(values.unique().to_list())
    return values.cast(pl.Enum(names)).to_physical().cast(pl.Int16).to_numpy(), names
