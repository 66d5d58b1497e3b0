"""How much more often something happens to children of one group than to all others, and whether that is chance.

Rate ratio: (a / n) : (b / m), where a of the n children of the group were counted, and b of the m others. Its 95 %
interval is by the logarithm (Katz and others, Biometrics 1978): ln(ratio) ± 1.96 · √(1/a − 1/n + 1/b − 1/m). Plain
arithmetic; nothing is read here, and nothing is said of a single child.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

Z = 1.959964  # of 95 in a hundred
FEWEST = 5  # below this too few to say: counted in the group, among the others, and to be expected in the group


@dataclass(frozen=True)
class Compared:
    """A group beside all others. `ratio`, `low`, `high` are None where there are too few to say."""

    counted: int
    of: int
    others: int
    of_others: int
    ratio: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def expected(self) -> float:
        """How many of the group would have been counted if it had happened to all alike."""
        every = self.of + self.of_others
        return self.of * (self.counted + self.others) / every if every else 0.0

    @property
    def is_by_chance(self) -> bool:
        """Whether no difference at all lies within the interval."""
        return self.low is None or self.high is None or self.low <= 1 <= self.high

    @property
    def words(self) -> str:
        """Such as "about twice as often; unlikely by chance"."""
        if self.ratio is None and self.counted == 0 and self.expected >= 2 * FEWEST:
            return f"none, where about {self.expected:.0f} would be expected if all were alike"
        if self.ratio is None:
            return "too few to say"
        if self.is_by_chance:
            return "no clear difference: chance alone could give this"
        return f"{how_often(self.ratio)}; unlikely by chance"


def compare(counted: int, of: int, others: int, of_others: int) -> Compared:
    """`counted` of the `of` children of a group, `others` of the `of_others` other children. Raises ValueError."""
    if not (counted >= 0 and others >= 0 and of >= 0 and of_others >= 0):
        raise ValueError("Nobody is counted less than never.")
    bare = Compared(counted, of, others, of_others)
    cannot = counted > of or others > of_others  # counted of more children than are known: the two do not match
    if cannot or min(counted, others, bare.expected) < FEWEST:
        return bare
    ratio = (counted / of) / (others / of_others)
    error = sqrt(1 / counted - 1 / of + 1 / others - 1 / of_others)
    low, high = exp(log(ratio) - Z * error), exp(log(ratio) + Z * error)
    return Compared(counted, of, others, of_others, ratio, low, high)


OFTEN = (
    (0.29, "a quarter as often, or less"),
    (0.42, "about a third as often"),
    (0.6, "about half as often"),
    (0.8, "about two thirds as often"),
    (0.95, "a little less often"),
    (1.05, "about as often"),
    (1.25, "a little more often"),
    (1.75, "about one and a half times as often"),
    (2.25, "about twice as often"),
    (2.75, "about two and a half times as often"),
    (3.5, "about three times as often"),
    (4.5, "about four times as often"),
)


def how_often(ratio: float) -> str:
    """A ratio in words that can be said aloud."""
    return next((words for below, words in OFTEN if ratio < below), "more than four times as often")
