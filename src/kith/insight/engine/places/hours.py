"""When in the week: the 7 × 24 profile, and the sentence where something stands out.

The rule for the sentence. Candidates are runs of 1 to 12 hours on one of twelve groups of days (each day, weekdays,
the weekend, nights before school, Friday and Saturday, every day); a run may go past midnight and then belongs to the
day on which it began. Each candidate's number is set beside what an even spread over the week (or the exposure, where
there is one) would give, by the logarithm of the likelihood ratio. The greatest is named if fewer than one in twenty
weeks made at random have a candidate as great anywhere; nothing is said otherwise. So all candidates together raise a
false word in at most 5 % of weeks without a pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Week = npt.NDArray[np.float64]  # 7 days (Monday first) × 24 hours
Counts = npt.NDArray[np.int64]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GROUPS: dict[str, tuple[int, ...]] = {
    "every day": (0, 1, 2, 3, 4, 5, 6),
    "on weekdays": (0, 1, 2, 3, 4),
    "at weekends": (5, 6),
    "on Fridays and Saturdays": (4, 5),
    "on Sundays to Thursdays": (6, 0, 1, 2, 3),
    **{f"on {day}s": (number,) for number, day in enumerate(DAYS)},
}
LONGEST_RUN = 12
FEWEST = 10  # events below which nothing is said
RATE = 0.05
WEEKS_AT_ONCE = 100  # dealt by chance and compared together
SHARE_AT_MIDNIGHT = 0.02  # exactly midnight is one minute of 1,440: so many mean that the time was not known


@dataclass(frozen=True)
class Run:
    """Hours from `start` (0–23) for `length` hours on a group of days; events in it, expected, and p."""

    days: str
    start: int
    length: int
    seen: int
    expected: float
    total: int
    p: float

    @property
    def share(self) -> float:
        return self.seen / self.total

    @property
    def words(self) -> str:
        return f"{_per_cent(self.share)} {between(self.start, self.length)} {self.days}"


@dataclass(frozen=True)
class Profile:
    """The week's counts, the run that stands out if any, and the sentence that says so (or why nothing is said)."""

    week: Week
    run: Run | None
    sentence: str
    exposure: bool


def profile_of(week: npt.ArrayLike, *, seed: int, exposure: npt.ArrayLike | None = None, rounds: int = 999) -> Profile:
    """What stands out in a week of counts. Raises ValueError where events lie in hours with no exposure."""
    counts = np.asarray(week, dtype=np.float64)
    if counts.shape != (7, 24):
        raise ValueError("A week has seven days of twenty-four hours.")
    total = int(counts.sum())
    chance = _chances(counts, exposure)
    if total < FEWEST:
        few = f"{total} {'event' if total == 1 else 'events'} with a time: too few to say when in the week."
        return Profile(counts, None, few, exposure is not None)
    run = _greatest(counts, chance, total, seed, rounds)
    if run.p > RATE:
        return Profile(counts, None, f"No time of the week stands out among {total:,} events.", exposure is not None)
    return Profile(counts, run, _sentence(run, exposure is not None), exposure is not None)


def week_of(weekdays: npt.ArrayLike, minutes: npt.ArrayLike) -> Week:
    """Counts of events by weekday (1 Monday … 7 Sunday) and minute of the local day (0–1439)."""
    day, minute = np.asarray(weekdays, dtype=np.int64), np.asarray(minutes, dtype=np.int64)
    return np.bincount((day - 1) * 24 + minute // 60, minlength=168).reshape(7, 24).astype(np.float64)


def runs_hours(run: Run) -> frozenset[tuple[int, int]]:
    """The hours of a run as (day 0–6 from Monday, hour)."""
    hours = ((day * 24 + run.start + step) % 168 for day in GROUPS[run.days] for step in range(run.length))
    return frozenset(divmod(hour, 24) for hour in hours)


def midnight_means_unknown(minutes: npt.ArrayLike) -> bool:
    """Whether so many events are at exactly midnight that it must stand for a time that nobody knew."""
    told = np.asarray(minutes)
    return len(told) >= FEWEST and bool((told == 0).mean() > SHARE_AT_MIDNIGHT)


def table(week: Week) -> list[list[str | int]]:
    """The 7 × 24 table as rows: a heading, the days with their sums, and the sums of each hour."""
    whole = week.astype(int)
    head: list[str | int] = ["Day", *(f"{hour:02d}" for hour in range(24)), "All"]
    days: list[list[str | int]] = [
        [day, *whole[number].tolist(), int(whole[number].sum())] for number, day in enumerate(DAYS)
    ]
    return [head, *days, ["All", *whole.sum(axis=0).tolist(), int(whole.sum())]]


def between(start: int, length: int) -> str:
    """A run of hours in words: "between 3 and 4 pm", "between 10 pm and 2 am"."""
    end = (start + length) % 24
    one, other = _clock(start), _clock(end)
    shared = one.endswith(other[-3:]) and other[-3:] in (" am", " pm") and end > start
    return f"between {one[:-3] if shared else one} and {other}"


def _clock(hour: int) -> str:
    if hour in (0, 12):
        return "midnight" if hour == 0 else "noon"
    return f"{hour % 12} {'am' if hour < 12 else 'pm'}"


def _per_cent(share: float) -> str:
    return "Fewer than 1%" if share < 0.005 else f"{share:.0%}"


def _sentence(run: Run, exposure: bool) -> str:
    against = "their exposure would lead one to expect" if exposure else "an even spread over the week would give"
    return (
        f"{run.words} ({run.seen:,} of {run.total:,}; {against} {run.expected:,.0f}). "
        f"A run this far from it happens by chance in {_at_most(run.p)} weeks."
    )


def _at_most(p: float) -> str:
    return "fewer than 1 in 100" if p < 0.01 else f"about {round(p * 100)} in 100"


def _chances(counts: Week, exposure: npt.ArrayLike | None) -> Week:
    given = np.ones((7, 24)) if exposure is None else np.asarray(exposure, dtype=np.float64)
    if (given < 0).any() or given.sum() <= 0:
        raise ValueError("Exposure is never negative and somewhere more than nothing.")
    if ((given == 0) & (counts > 0)).any():
        raise ValueError("There are events in hours that have no exposure.")
    return np.asarray(given / given.sum(), dtype=np.float64)


@cache
def _candidates() -> tuple[list[tuple[str, int, int]], npt.NDArray[np.float64]]:
    """Every run's name, and a 168 × runs matrix of which hours it holds."""
    names, columns = [], []
    for days, numbers in GROUPS.items():
        for start in range(24):
            for length in range(1, LONGEST_RUN + 1):
                hours = np.zeros(168)
                for day in numbers:
                    hours[[(day * 24 + start + step) % 168 for step in range(length)]] = 1
                names.append((days, start, length))
                columns.append(hours)
    return names, np.column_stack(columns)


def _greatest(counts: Week, chance: Week, total: int, seed: int, rounds: int) -> Run:
    names, holds = _candidates()
    share = chance.ravel() @ holds
    seen = counts.ravel() @ holds
    ratios = _ratio(seen, share * total, total)
    best = int(ratios.argmax())
    least = _least_as_far(share * total, total, ratios[best] - 1e-9)
    p = _by_chance(np.random.default_rng(seed), chance, total, least, rounds)
    days, start, length = names[best]
    return Run(days, start, length, int(seen[best]), float(share[best] * total), total, p)


def _by_chance(lot: np.random.Generator, chance: Week, total: int, least: Counts, rounds: int) -> float:
    """How often weeks dealt by chance hold a run as far out as the one seen. Exact up to RATE; beyond it no more weeks
    are dealt than it takes to know that it is more.
    """
    enough, as_far = RATE * (rounds + 1), 1
    for first in range(0, rounds, WEEKS_AT_ONCE):
        dealt = lot.multinomial(total, chance.ravel(), size=min(WEEKS_AT_ONCE, rounds - first))
        as_far += int(_are_as_far(dealt, least).sum())
        if as_far > enough:
            break
    return as_far / (rounds + 1)


def _are_as_far(weeks: Counts, least: Counts) -> npt.NDArray[np.bool_]:
    """Whether any run of each week of 168 counts holds as many as asked of it; runs are as `_candidates` has them."""
    around = np.concatenate([weeks, weeks[:, : LONGEST_RUN - 1]], axis=1)
    days = np.lib.stride_tricks.sliding_window_view(around, 24 + LONGEST_RUN - 1, axis=1)[:, ::24]
    hours = np.stack([days[:, numbers].sum(axis=1) for numbers in map(list, GROUPS.values())], axis=1)
    asked, held = least.reshape(len(GROUPS), 24, LONGEST_RUN), np.zeros((len(weeks), len(GROUPS), 24), np.int64)
    found = np.zeros(len(weeks), bool)
    for longer in range(LONGEST_RUN):
        held += hours[:, :, longer : longer + 24]
        found |= (held >= asked[:, :, longer]).any(axis=(1, 2))
    return found


def _least_as_far(expected: Week, total: int, far: float) -> Counts:
    """The fewest events with which each run is as far out: more of them are always further. One more than there are
    where no number is.
    """
    if far <= 0:
        return np.zeros(len(expected), np.int64)
    sure = (expected <= 0) | (expected >= total)  # no run of such hours can hold more than expected
    inside = np.where(sure, total / 2, expected)
    low = np.floor(inside).astype(np.int64)  # never as far
    high = np.full(len(expected), total + 1)
    while (high - low > 1).any():
        middle = (low + high) // 2
        is_far = (high - low > 1) & (_ratio(middle.astype(np.float64), inside, total) >= far)
        high = np.where(is_far, middle, high)
        low = np.where(is_far | (high - low <= 1), low, middle)
    return np.where(sure, total + 1, high)


def _ratio(seen: Week, expected: Week, total: int) -> Week:
    """The logarithm of the likelihood ratio of so many inside, where it is more than expected."""
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(seen > 0, seen * np.log(seen / expected), 0.0)
        left = total - seen
        outside = np.where(left > 0, left * np.log(left / (total - expected)), 0.0)
    return np.where((seen > expected) & (expected > 0), inside + outside, 0.0)
