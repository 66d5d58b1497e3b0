"""Is a change real? A chart of individual values and moving ranges (XmR), its four signals, and what it says in words.

Limits are the mean of the values plus and minus 2.66 times the mean of the moving ranges, the differences between one
value and the next. Signals: a value outside the limits; seven in a row on one side of the mean; seven in a row that
rise or fall; two of three in a row, all on one side of the mean, in the outer third next to a limit. Definitions are
those of NHSRplotthedots (NHS-R community), whose screening of the moving ranges, beyond 3.267 means, is a switch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor

SIGMAS = 2.66  # three sigmas of values, in mean moving ranges (3 / 1.128)
OUTER = 2 / 3  # of the way to a limit
SCREEN = 3.267  # a moving range beyond so many means is left out of their mean
RUN = 7
ENOUGH = 12  # with fewer values limits are on trial
TINY = 1e-9  # what arithmetic may be out by
RARE = 5  # fewer a month on average are too few for this chart


class Signal(StrEnum):
    """Why a value stands out."""

    OUTSIDE = "outside"
    TREND = "trend"
    NEAR_LIMIT = "near-limit"
    RUN = "run"


@dataclass(frozen=True)
class Limits:
    """What to expect of the values from one on, until they are worked out anew. `low` is not below nought."""

    since: int
    mean: float
    low: float
    high: float
    moving_range: float
    values: int  # how many they rest on
    left_out: int = 0  # moving ranges screened out

    @property
    def on_trial(self) -> bool:
        return self.values < ENOUGH

    @property
    def near_low(self) -> float:
        """Where the outer third begins; by the limit before it was cut off at nought."""
        return self.mean - OUTER * SIGMAS * self.moving_range

    @property
    def near_high(self) -> float:
        return self.mean + OUTER * SIGMAS * self.moving_range


@dataclass(frozen=True)
class Point:
    """One value, the limits that hold for it, and why it stands out, if it does."""

    value: float
    limits: Limits
    signals: frozenset[Signal]

    @property
    def above(self) -> bool:
        return self.value > self.limits.mean


@dataclass(frozen=True)
class Variation:
    """A chart: its points and how its limits were made."""

    points: tuple[Point, ...]
    screened: bool
    fixed_after: int | None

    @property
    def limits(self) -> Limits:
        """Those that hold now."""
        return self.points[-1].limits

    @property
    def made(self) -> str:
        """How the limits were made, in words: printed beside the chart."""
        limits = self.limits
        text = f"Limits are the mean of {limits.values} values plus and minus 2.66 times the mean moving range."
        if self.screened:
            what = (
                "No moving range was"
                if not limits.left_out
                else f"{_many(limits.left_out, 'moving range')} left out as"
            )
            text += f" {what} more than 3.267 times their mean."
        else:
            text += " No moving range was left out."
        return text + (f" With fewer than {ENOUGH} values they are on trial." if limits.on_trial else "")


def chart(
    values: Sequence[float],
    *,
    screened: bool = True,
    fix_after: int | None = None,
    rebased_at: Sequence[int] = (),
    least: float | None = 0.0,
) -> Variation:
    """The chart of some values in order of time.

    screened    Leave moving ranges beyond 3.267 times their mean out of the mean.
    fix_after   Work the limits out from this many values only (of each part).
    rebased_at  Where values begin to be judged by limits of their own: somebody understood why they shifted.
    least       A value cannot be lower, so neither can the limit; None where it can.
    Raises ValueError where there are fewer than two values in a part.
    """
    starts = [0, *sorted(set(rebased_at) - {0})]
    points: list[Point] = []
    for start, end in zip(starts, [*starts[1:], len(values)], strict=True):
        part = values[start:end]
        if len(part[:fix_after]) < 2:
            raise ValueError("A chart needs at least two values, and two after each new beginning.")
        limits = _limits(part[:fix_after], start, screened, least)
        points += [Point(value, limits, why) for value, why in zip(part, signals(part, limits), strict=True)]
    return Variation(tuple(points), screened, fix_after)


def _limits(values: Sequence[float], since: int, screened: bool, least: float | None) -> Limits:
    mean = sum(values) / len(values)
    ranges = [abs(after - before) for before, after in zip(values, values[1:], strict=False)]
    average = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < SCREEN * average] if screened and average else ranges
    average = sum(kept) / len(kept)
    low = mean - SIGMAS * average
    floor = low if least is None else max(low, least)
    return Limits(since, mean, floor, mean + SIGMAS * average, average, len(values), len(ranges) - len(kept))


def signals(values: Sequence[float], limits: Limits) -> list[frozenset[Signal]]:
    """Of each value all signals that it is a part of."""
    found: list[set[Signal]] = [set() for _ in values]
    for at, value in enumerate(values):
        if not limits.low <= value <= limits.high:
            found[at].add(Signal.OUTSIDE)
    for at in [one for begins in _runs(values, limits.mean) for one in begins]:
        found[at].add(Signal.RUN)
    for at in [one for trend in _trends(values) for one in trend]:
        found[at].add(Signal.TREND)
    for at in _near(values, limits):
        found[at].add(Signal.NEAR_LIMIT)
    return [frozenset(one) for one in found]


def _stretches(signs: Sequence[int], length: int) -> list[range]:
    """Where at least so many signs in a row are the same and not nought."""
    found, begins = [], 0
    for at in range(1, len(signs) + 1):
        if at == len(signs) or signs[at] != signs[begins]:
            if signs[begins] and at - begins >= length:
                found.append(range(begins, at))
            begins = at
    return found


def _runs(values: Sequence[float], mean: float) -> list[range]:
    return _stretches([_sign(value - mean) for value in values], RUN)


def _trends(values: Sequence[float]) -> list[range]:
    """Seven values that rise are six steps up."""
    steps = [_sign(after - before) for before, after in zip(values, values[1:], strict=False)]
    return [range(one.start, one.stop + 1) for one in _stretches(steps, RUN - 1)] if steps else []


def _near(values: Sequence[float], limits: Limits) -> set[int]:
    """Those of two in three that lie between a limit and the outer third's beginning."""
    close = [_is_close(value, limits) for value in values]
    side = [_sign(value - limits.mean) for value in values]
    found: set[int] = set()
    for at in range(len(values) - 2):
        three = range(at, at + 3)
        if abs(sum(side[one] for one in three)) == 3 and sum(close[one] for one in three) >= 2:
            found |= {one for one in three if close[one]}
    return found


def _is_close(value: float, limits: Limits) -> bool:
    return limits.low <= value < limits.near_low or limits.near_high < value <= limits.high


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def sentence(variation: Variation, each: str = "month", unit: str = "") -> str:
    """What the chart means, of the newest value first: common variation, or what stands out."""
    limits = variation.limits
    told = _standing_out(variation, each) or [_common(variation, each, unit)]
    if limits.on_trial:
        told.append(f"The limits are on trial: there are only {limits.values} values.")
    return " ".join(told)


def _common(variation: Variation, each: str, unit: str) -> str:
    low, high = _expect(variation.limits)
    if {point.value for point in variation.points} == {0}:
        return f"None in any {each} so far."
    between = f"{low}{unit}" if low == high else f"between {low}{unit} and {high}{unit}"
    return f"Common variation: expect {between} a {each}."


def _expect(limits: Limits) -> tuple[int, int]:
    """Whole numbers inside the limits."""
    return ceil(limits.low - TINY), floor(limits.high + TINY)


def _standing_out(variation: Variation, each: str) -> list[str]:
    """Sentences for what stands out up to the newest value."""
    points = variation.points
    last = points[-1]
    told = []
    if Signal.OUTSIDE in last.signals:
        side = f"above what is to be expected ({_expect(last.limits)[1]})" if last.above else (
            f"below what is to be expected ({_expect(last.limits)[0]})"
        )  # fmt: skip
        told.append(f"The last {each} is {side}.")
    if Signal.RUN in last.signals:
        many = _in_a_row(points, Signal.RUN, same_side=True)
        told.append(f"{_number(many)} {each}s in a row {'above' if last.above else 'below'} average.")
    if Signal.TREND in last.signals:
        rising = last.value > points[-2].value
        many = _moving(points, 1 if rising else -1)
        told.append(f"{_number(many)} {each}s in a row {'rising' if rising else 'falling'}.")
    if Signal.NEAR_LIMIT in last.signals:
        told.append(f"Two of the last three {each}s are close to the {'upper' if last.above else 'lower'} limit.")
    return told


def _in_a_row(points: Sequence[Point], signal: Signal, *, same_side: bool) -> int:
    many = 0
    for point in reversed(points):
        if signal not in point.signals or (same_side and point.above != points[-1].above):
            break
        many += 1
    return many


def _moving(points: Sequence[Point], way: int) -> int:
    """How many values there are in the movement that ends with the newest."""
    many = 1
    for after, before in zip(reversed(points), list(reversed(points))[1:], strict=False):
        if _sign(after.value - before.value) != way:
            break
        many += 1
    return many


NUMBERS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _many(number: int, what: str) -> str:
    return f"{number} {what} was" if number == 1 else f"{number} {what}s were"


class Suits(StrEnum):
    """Which chart suits how often something happens."""

    MONTHS = "months"
    TWELVE_MONTHS = "twelve-months"  # rolling twelve months in words; months say nothing
    DAYS_BETWEEN = "days-between"  # days from one to the next, where the days are known


def suits(counts: Sequence[int], *, days_known: bool = False) -> Suits:
    """The chart for some monthly counts: below five a month on average, not the months themselves."""
    if counts and sum(counts) / len(counts) >= RARE:
        return Suits.MONTHS
    return Suits.DAYS_BETWEEN if days_known and sum(counts) > 2 else Suits.TWELVE_MONTHS


def days_between(days: Sequence[int]) -> list[float]:
    """For a t chart: days from each event to the next, made even by the power 1 / 3.6 (Nelson).

    Limits of the answer are those of any chart; `as_days` turns them back. `days`: numbers of days, in order.
    """
    return [(after - before) ** POWER for before, after in zip(days, days[1:], strict=False)]


POWER = 1 / 3.6


def as_days(value: float) -> float:
    """What a value or a limit of `days_between` is in days."""
    return float(max(value, 0.0) ** (1 / POWER))
