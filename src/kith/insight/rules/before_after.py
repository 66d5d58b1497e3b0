"""Before and after work in a place, beside a control area. Plain sums, so that a page can do them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, fsum, log, sqrt

NINETY_FIVE = 1.959963984540054  # standard deviations either side that hold 95%
FEW = 20  # events in a control area below which it says little
SHORT = 3  # periods before the work below which no trend can be compared


@dataclass(frozen=True)
class Comparison:
    """What came of work in a place: rates a period before and after, there and in the control area.

    `ratio` is after ÷ before in the place, divided by the same in the control area: 1 is no difference, .6 is 40 % less
    than the control area would lead one to expect. The interval holds 95 %, widened where counts vary more than chance.
    """

    place: tuple[int, int]
    control: tuple[int, int]
    periods: tuple[int, int]
    ratio: float
    low: float
    high: float
    spread: float
    warnings: tuple[str, ...]

    @property
    def words(self) -> str:
        per_cent = abs(1 - self.ratio)
        way = "fewer" if self.ratio < 1 else "more"
        interval = f"95% interval {_change(self.low)} to {_change(self.high)}"
        if self.low <= 1 <= self.high:
            return f"No difference from the control area can be told from chance ({_change(self.ratio)}; {interval})."
        return f"{per_cent:.0%} {way} than the control area would lead one to expect ({interval})."


def _change(ratio: float) -> str:
    return f"{(ratio - 1) * 100:+.0f}%".replace("-", "−")


def before_and_after(
    place: Sequence[int],
    control: Sequence[int],
    *,
    work_began: int,
    work_ended: int | None = None,
    in_steps_of: int = 1,
) -> Comparison:
    """Difference in differences of counts by period (weeks or months), oldest first, one of both for each period.

    Periods from `work_began` up to `work_ended` (default: none) are left out. Raises ValueError where nothing is left
    before or after. With `in_steps_of` ten the four sums are the middles of their tens (5 for 0 to 9), and how much
    more counts vary than by chance is taken up to a whole number, so that what is told gives nothing exact away.
    Where any of the four counts is nought, a half is added to each (Haldane and Anscombe).
    """
    if len(place) != len(control):
        raise ValueError("The place and the control area need the same periods.")
    ended = work_began if work_ended is None else work_ended
    halves = [place[:work_began], place[ended:], control[:work_began], control[ended:]]
    if min(len(half) for half in halves) == 0:
        raise ValueError("There must be a time before the work and a time after it.")
    sums = [in_steps_of * (sum(half) // in_steps_of) + in_steps_of // 2 for half in halves]
    none = 0.5 if 0 in sums else 0.0
    a, b, c, d = (one + none for one in sums)
    middle = log(b / a) - log(d / c)
    spread = _spread(halves) if in_steps_of == 1 else float(ceil(_spread(halves)))
    width = NINETY_FIVE * sqrt(spread * (1 / a + 1 / b + 1 / c + 1 / d))
    return Comparison(
        (sums[0], sums[1]),
        (sums[2], sums[3]),
        (len(halves[0]), len(halves[1])),
        exp(middle),
        exp(middle - width),
        exp(middle + width),
        spread,
        tuple(_warnings(halves, sums, spread, none > 0)),
    )


def _spread(halves: Sequence[Sequence[int]]) -> float:
    """How much more counts vary from period to period than chance would make them (Pearson's; never below 1)."""
    told = [(half, fsum(half) / len(half)) for half in halves if sum(half) > 0]
    over = [fsum((count - mean) ** 2 for count in half) / mean for half, mean in told]
    free = sum(len(half) - 1 for half, _ in told)
    return max(1.0, fsum(over) / free) if free > 0 else 1.0


def _warnings(halves: Sequence[Sequence[int]], sums: Sequence[int], spread: float, nought: bool) -> list[str]:
    """What makes this comparison weaker than it looks, in words."""
    said = []
    if min(sums[2], sums[3]) < FEW:
        said.append(f"The control area has fewer than {FEW} events before or after: choose a larger one.")
    if min(len(halves[0]), len(halves[1])) < SHORT:
        said.append(f"There are fewer than {SHORT} periods before or after the work: a trend cannot be told.")
    elif _trends_differ(halves[0], halves[2]):
        said.append(
            "Before the work the place and the control area were already moving apart: a difference afterwards may be "
            "that movement going on."
        )
    if nought:
        said.append("One of the four counts is nought or nearly so: the interval is wide and leans on a correction.")
    if sums[2] and sums[3] and not 0.5 <= (sums[3] / len(halves[3])) / (sums[2] / len(halves[2])) <= 2:
        said.append("The control area itself changed more than twofold: find out why before using it.")
    if spread > 2:
        said.append(f"Counts vary {spread:.3g} times as much as by chance alone; the interval has been widened for it.")
    return said


def _trends_differ(place: Sequence[int], control: Sequence[int]) -> bool:
    """Whether the place's share of both rose or fell over the periods before the work (trend in a proportion)."""
    both = [there + beside for there, beside in zip(place, control, strict=True)]
    every = sum(both)
    if every == 0 or sum(place) == 0 or sum(control) == 0:
        return False
    share = sum(place) / every
    middle = sum(when * count for when, count in enumerate(both)) / every
    variance = share * (1 - share) * fsum(count * (when - middle) ** 2 for when, count in enumerate(both))
    moved = fsum(count * (when - middle) for when, count in enumerate(place))
    return variance > 0 and abs(moved) / sqrt(variance) > NINETY_FIVE
