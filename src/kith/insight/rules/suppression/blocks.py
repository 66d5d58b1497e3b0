"""Time cut into blocks none of which is small, so that nothing small can be had by subtracting windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kith.insight.rules.suppression.numbers import Settings

COMFORTABLE, ON_AVERAGE = 2, 3  # times the fewest: months of so many need not wait for the next


def boundaries(
    months: Sequence[Sequence[int]],
    first: int,
    settings: Settings,
    *,
    few: Mapping[tuple[int, int], bool],
    within: frozenset[int] | None = None,
    known: frozenset[int] = frozenset(),
) -> frozenset[int]:
    """Where windows may begin and end: the index of each month that a block begins with, and the one after the last.

    months  Of each month in order the numbers that may not be small: one, or the two parts of a share.
    first   The index of the first month (see `periods.Month.index`); blocks begin with it.
    few     Of months from one to another (both in it) whether few children stand behind them, where that is known.
    within  Only these may be boundaries.
    known   The boundaries of earlier cuts: until the last of them there are no others.
    """
    found = [first]
    begins, last_known = 0, max(known, default=first)
    for at in range(len(months)):
        after = first + at + 1
        if after <= last_known:
            ends = after in known
        else:
            ends = (within is None or after in within) and _may_end(months, begins, at, first, settings, few)
        if ends:
            found.append(after)
            begins = at + 1
    return frozenset(found)


def may_stand_alone(
    block: Sequence[Sequence[int]], first: int, settings: Settings, *, few: Mapping[tuple[int, int], bool]
) -> bool:
    """Whether months that were a block may be one with these numbers too."""
    return _is_safe(block, settings) and not _is_few(0, len(block) - 1, first, few)


def _may_end(
    months: Sequence[Sequence[int]], begins: int, at: int, first: int, settings: Settings,
    few: Mapping[tuple[int, int], bool],
) -> bool:  # fmt: skip
    """Whether a block may end with this month, by what is known of the months until the next."""
    if not _is_safe(months[begins : at + 1], settings) or _is_few(begins, at, first, few):
        return False
    if _ends_quarter(first + at, settings) or _is_comfortable(months, at, first, settings):
        return True
    if at + 1 == len(months):
        return False  # held back until the next month is known
    return not _is_month_small(months, at + 1, first, settings, few)


def _is_safe(block: Sequence[Sequence[int]], settings: Settings) -> bool:
    """A block of several months holds so many that each of them could be fewer or more than it is.

    So many even if it were known that no month of it had none; of a long block nobody can know that.
    """
    several = min(max(settings.fewest, settings.fewest - 2 + len(block)), 2 * settings.fewest)
    least = settings.fewest if len(block) == 1 else several
    sums = [sum(numbers) for numbers in zip(*block, strict=True)]
    return all(number >= least or (number == 0 and not settings.hide_noughts) for number in sums)


def _is_few(begins: int, at: int, first: int, few: Mapping[tuple[int, int], bool]) -> bool:
    """Whether few children stand behind a block: as told of it, or of any month of it that alone has enough."""
    told = few.get((first + begins, first + at))
    if told is not None:
        return told
    return all(few.get((first + one, first + one), False) for one in range(begins, at + 1))


def _is_month_small(
    months: Sequence[Sequence[int]], at: int, first: int, settings: Settings, few: Mapping[tuple[int, int], bool]
) -> bool:
    return any(map(settings.is_small, months[at])) or few.get((first + at, first + at), False)


def _ends_quarter(index: int, settings: Settings) -> bool:
    return (index % 12 + 1 - settings.year_starts) % 3 == 2


def _is_comfortable(months: Sequence[Sequence[int]], at: int, first: int, settings: Settings) -> bool:
    """Whether this month and those of its year before it were so well above small that the next will hardly be small.

    No further back than the year: what a cut closes must not hang on how far back it reaches.
    """
    since = (first + at + 1 - settings.year_starts) % 12
    recent = months[max(0, at - since) : at + 1]
    never = [not any(numbers) for numbers in zip(*recent, strict=False)]  # such as the rest beside a part that is all
    smallest = [
        min(number for number, none in zip(month, never, strict=False) if not none or all(never)) for month in recent
    ]
    enough = sum(smallest) >= ON_AVERAGE * settings.fewest * len(smallest)
    return enough and min(smallest) >= COMFORTABLE * settings.fewest
