"""How a number moved from one window to the next, in figures and in words, and how careful to be with it.

Percentages are rounded half up to one decimal, with Decimal, as people do by hand. A number that may not be shown is
None everywhere, and nothing is worked out from it: neither a change, nor a percentage, nor a rate, nor a colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

HIDDEN = "not shown"  # so that nobody can be picked out
NOT_APPLICABLE = "n/a"
TENTH = Decimal("0.1")
FEWEST = 5  # below this a number is too small to say anything of its change
FEWEST_BEFORE = 10  # below this a percentage of it says more than it knows
FEW = 30  # below this care is asked for: the annual report of a partnership asks for it at 26 against 21
PER = 10_000


class Polarity(StrEnum):
    """Which way is the better one."""

    UP_IS_WORSE = "up-is-worse"
    UP_IS_BETTER = "up-is-better"
    NEITHER = "neither"


class Caution(StrEnum):
    """How careful to be with a comparison."""

    NONE = "none"
    FEW = "few"
    TOO_FEW = "too-few"


CAUTIONS = {
    Caution.NONE: "",
    Caution.FEW: "Small numbers: compare the percentage with care",
    Caution.TOO_FEW: "Very small numbers: the percentage says little",
}


class Verdict(StrEnum):
    """How a change compares with what the measure hopes for."""

    WORSE = "worse"
    BETTER = "better"
    SAME = "same"
    NEITHER = "neither"  # the measure hopes for neither direction
    NOT_KNOWN = "not-known"


@dataclass(frozen=True)
class Change:
    """Two counts, of a window and of the one before it. None: not shown."""

    current: int | None
    previous: int | None

    @property
    def is_shown(self) -> bool:
        return self.current is not None and self.previous is not None

    @property
    def by(self) -> int | None:
        """The difference; None where either number is not shown."""
        return self.current - self.previous if self.current is not None and self.previous is not None else None

    @property
    def percentage(self) -> Decimal | None:
        """The difference as a percentage of the previous number; None where that is 0 or not shown."""
        if self.by is None or not self.previous:
            return None
        return half_up(Decimal(100 * self.by) / self.previous)

    @property
    def caution(self) -> Caution:
        if self.current is None or self.previous is None:
            return Caution.NONE
        if self.current < FEWEST or self.previous < FEWEST_BEFORE:
            return Caution.TOO_FEW
        return Caution.FEW if min(self.current, self.previous) < FEW else Caution.NONE

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """Current, previous, change and percentage as a table has them: 422, 441, -19, -4.3%."""
        return shown(self.current), shown(self.previous), signed(self.by), self._percentage_cell()

    def _percentage_cell(self) -> str:
        if not self.is_shown:
            return HIDDEN
        return signed_percentage(self.percentage)

    def verdict(self, polarity: Polarity) -> Verdict:
        if self.by is None:
            return Verdict.NOT_KNOWN
        if self.by == 0:
            return Verdict.SAME
        if polarity is Polarity.NEITHER:
            return Verdict.NEITHER
        return Verdict.WORSE if (self.by > 0) is (polarity is Polarity.UP_IS_WORSE) else Verdict.BETTER


@dataclass(frozen=True)
class Comparator:
    """How the same measure moved elsewhere, as whoever counts there says: `the force area`, -7.3."""

    area: str
    percentage: Decimal


@dataclass(frozen=True)
class Row:
    """One row of a table of change."""

    title: str
    change: Change
    polarity: Polarity = Polarity.NEITHER
    comparator: Comparator | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """Title, current, previous, change, percentage."""
        return self.title, *self.change.cells

    @property
    def comparator_cell(self) -> str:
        return signed_percentage(self.comparator.percentage) if self.comparator else ""

    def sentence(self, noun: str) -> str:
        """What happened, in the words of an annual report; `noun` is what was counted, in the plural."""
        told = [_moved(self.change, noun)]
        if self.comparator and self.change.percentage is not None:
            told.append(_beside(self.change.percentage, self.comparator))
        if self.change.caution is not Caution.NONE:
            told.append(CAUTIONS[self.change.caution] + ".")
        return " ".join(told)


def rows(numbers: Sequence[tuple[str, int | None, int | None]], polarity: Polarity) -> tuple[Row, ...]:
    """Rows of titles with their current and previous numbers."""
    return tuple(Row(title, Change(now, before), polarity) for title, now, before in numbers)


def half_up(number: Decimal) -> Decimal:
    """To one decimal, a half away from zero: 2.25 is 2.3, -2.25 is -2.3. Never minus nought."""
    return number.quantize(TENTH, ROUND_HALF_UP) + 0


def percentage_of(part: int | None, whole: int | None) -> Decimal | None:
    """A share as a percentage to one decimal; None where the whole is 0 or either is not shown."""
    return half_up(Decimal(100 * part) / whole) if part is not None and whole else None


def shown(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


def signed(number: int | None) -> str:
    """+17, -19, 0, or the sign for what is not shown."""
    return HIDDEN if number is None else f"{number:+d}" if number else "0"


def signed_percentage(number: Decimal | None) -> str:
    """+12.4%, -4.9%, 0.0%, or n/a where there is none."""
    return NOT_APPLICABLE if number is None else f"{number:+}%" if number else "0.0%"


def _moved(change: Change, noun: str) -> str:
    if change.by is None:
        return f"The number of {noun} may not be shown for both periods."
    if change.by == 0:
        return f"The number of {noun} stayed at {change.current:,}."
    verb = "rose" if change.by > 0 else "fell"
    much = f" ({abs(change.percentage)}%)" if change.percentage is not None else ""
    return f"The number of {noun} {verb} by {abs(change.by):,}{much}, from {change.previous:,} to {change.current:,}."


def _beside(ours: Decimal, theirs: Comparator) -> str:
    """How the change sits beside the one elsewhere."""
    if (ours > 0) != (theirs.percentage > 0) or not ours or not theirs.percentage:
        return f"In {theirs.area} it was {signed_percentage(theirs.percentage)}."
    what = "rise" if ours > 0 else "fall"
    if ours == theirs.percentage:
        return f"That is the same {what} as in {theirs.area}."
    which = "more" if abs(ours) > abs(theirs.percentage) else "less"
    return f"That is {which} than the {abs(theirs.percentage)}% {what} in {theirs.area}."


@dataclass(frozen=True)
class Population:
    """How many children aged 0 to 17 live somewhere, who says so, and of which year."""

    children: int
    area: str
    source: str
    year: int

    @property
    def words(self) -> str:
        return f"{self.children:,} children aged 0 to 17 in {self.area}, {self.year} ({self.source})"


def rate(count: int | None, population: Population) -> Decimal | None:
    """How many for each 10,000 children aged 0 to 17, to one decimal; None where not shown, or nobody lives there."""
    if count is None or population.children <= 0:
        return None
    return half_up(Decimal(PER * count) / population.children)
