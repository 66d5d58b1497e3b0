"""Totals after earlier cuts: which numbers stand as they were told, and which may be told anew.

A number of a settled window is told anew only where it differs by nothing small from all that was ever told of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from kith.insight.rules.periods import Month, Span, Window, month
from kith.insight.rules.suppression.blocks import boundaries, may_stand_alone
from kith.insight.rules.suppression.numbers import Adds, Figures, Number, Settings
from kith.insight.rules.suppression.told import (
    ALONE,
    Bounds,
    Everything,
    Kin,
    Numbers,
    Said,
    Told,
    is_little,
    is_settled,
)

Block = tuple[int, int]  # the index of its first month, and of the one after its last
Totals = Mapping[Window, Number]
Months = Mapping[int, Number]  # by the index of the month


def adding_up(
    earlier: Told | None, totals: Totals, as_at: date | None, settings: Settings, kin: Kin = ALONE
) -> tuple[Totals, frozenset[Window], frozenset[Window], Bounds, Everything]:
    """Numbers as they may be told, windows whose number and whose share may be shown, the blocks, what was said.

    Windows are shown where they begin and end between blocks; the blocks of shares are made of those of the counts.
    Blocks of earlier cuts stay. Of a part of another measure they are made of the blocks of that one, so that neither
    it nor the rest is small.
    """
    now = {window.first.index: number for window, number in totals.items() if window.length == 1}
    known = earlier.bounds.between(min(now), max(now) + 1) if earlier and now else Bounds()
    few = _few(totals, settings)
    wholes: list[Months] = [_months(whole) for whole in kin.whole]
    with_whole = frozenset().union(*(whole.bounds.stood for whole in kin.whole))
    stood = _standing(earlier, now, wholes, kin.parts, with_whole, known, few, settings) if earlier else {}
    months = now | stood
    numbers = {window: _of(window, months, number, earlier) for window, number in totals.items()}
    first = min(known.counts, default=_first_of_a_year(sorted(now), settings))
    if first is None:
        return numbers, frozenset(), frozenset(), Bounds(), {}
    end, first_share = max(now) + 1, min(known.shares, default=first)
    within = frozenset.intersection(*(whole.bounds.counts for whole in kin.whole)) if kin.whole else None
    row = _counts(months, (first, end), wholes)
    counts = boundaries(row, first, settings, few=few, within=within, known=known.counts)
    parts = _parts(months, (first_share, end))
    shares = boundaries(parts, first_share, settings, few=few, within=counts, known=known.shares)
    bounds = Bounds(counts, shares, frozenset(stood))
    said = _said(earlier, months, wholes, bounds, as_at, settings)
    return numbers, _between(totals, counts), _between(totals, shares), bounds, said


def _few(totals: Totals, settings: Settings) -> dict[Block, bool]:
    """Of months from one to another, both in it, whether few children stand behind them."""
    return {
        (window.first.index, window.last.index): number.count > 0 and settings.is_small(number.children)
        for window, number in totals.items()
        if number.children is not None
    }


def _first_of_a_year(months: list[int], settings: Settings) -> int | None:
    """The first month of a year, so that blocks do not fall anew with each cut that begins a month later."""
    return next((one for one in months if one % 12 + 1 == settings.year_starts), months[0] if months else None)


def _between(windows: Iterable[Window], bounds: frozenset[int]) -> frozenset[Window]:
    return frozenset(one for one in windows if one.first.index in bounds and one.last.index + 1 in bounds)


def _standing(
    earlier: Told, now: Months, wholes: list[Months], parts: Iterable[Told], with_whole: frozenset[int], known: Bounds,
    few: Mapping[Block, bool], settings: Settings,
) -> dict[int, Number]:  # fmt: skip
    """The months that stay as they were told: of each block all, or none; and of a part those of its whole that do."""
    told = _months(earlier)
    stay = {index: told[index] for index in with_whole if index in told and index in now}
    while more := _must_stay(earlier, {**now, **stay}, wholes, parts, known, few, settings) - set(stay):
        stay |= {index: told[index] for index in more}
    return stay


def _must_stay(
    earlier: Told, mixed: Mapping[int, Number], wholes: list[Months], parts: Iterable[Told], known: Bounds,
    few: Mapping[Block, bool], settings: Settings,
) -> set[int]:  # fmt: skip
    """The months of blocks that may not be told with these numbers, by their count, their share, or for a part's sake.

    A number may be told anew where it is not small, and nothing small away from what was ever told of it.
    """
    told, found = _months(earlier), set()
    for block in pairwise(sorted(known.counts)):
        rows = _counts(mixed, block, wholes)
        said = earlier.said.get((Said.SETTLED_COUNT, _window(block)), frozenset())
        if rows != _counts(told, block, wholes) and not _may_be_said(rows, block, said, few, settings):
            found |= set(range(*block))
    for block in pairwise(sorted(known.shares)):
        rows = _parts(mixed, block)
        said = earlier.said.get((Said.SETTLED_PARTS, _window(block)), frozenset())
        if rows != _parts(told, block) and not _may_be_said(rows, block, said, few, settings):
            found |= set(range(*block))
    for part in parts:
        of_part = _months(part)
        for block in pairwise(sorted(part.bounds.counts & known.counts)):
            rest = [(mixed[index].count - of_part[index].count,) for index in range(*block)]
            if not _may_be_said(rest, block, (), {}, settings):
                found |= set(range(*block))
    return found


def _months(told: Told) -> dict[int, Number]:
    return {window.first.index: number for window, number in told.figures.totals.items() if window.length == 1}


def _counts(months: Months, block: Block, wholes: Iterable[Months] = ()) -> list[Numbers]:
    """How many there are of each month, and how many others there are in what they are a part of."""
    return [
        (months[index].count, *(whole[index].count - months[index].count for whole in wholes if index in whole))
        for index in range(*block)
    ]


def _parts(months: Months, block: Block) -> list[Numbers]:
    return [months[index].parts or (months[index].count,) for index in range(*block)]


def _may_be_said(
    rows: Sequence[Numbers], block: Block, said: Iterable[Numbers], few: Mapping[Block, bool], settings: Settings
) -> bool:
    if any(number < 0 for row in rows for number in row) or not may_stand_alone(rows, block[0], settings, few=few):
        return False
    return not any(is_little(_sum(rows), one, settings) for one in said)


def _sum(rows: Iterable[Numbers]) -> Numbers:
    return tuple(sum(numbers) for numbers in zip(*rows, strict=True))


def _window(block: Block) -> Window:
    return Window(Month.at(block[0]), Month.at(block[1] - 1), Span.OTHER)


def _of(window: Window, months: Mapping[int, Number], now: Number, earlier: Told | None) -> Number:
    """The number of a window: the sum of its months as they are told."""
    inside = [months.get(index) for index in range(window.first.index, window.last.index + 1)]
    if None in inside:
        return now
    found = added([one for one in inside if one is not None], now)
    before = earlier.figures.totals.get(window) if earlier else None
    return before if before is not None and found.said == before.said and found.said != now.said else found


def added(numbers: Iterable[Number], now: Number) -> Number:
    """The sum, with what was counted now of the children behind it and of the middle value."""
    every = list(numbers)
    count = sum(one.count for one in every)
    met = None if now.met is None else sum(one.met or 0 for one in every)
    if (count, met) == now.said:
        return now
    return Number(count, met, None if now.children is None else min(now.children, count), now.value)


def _said(
    earlier: Told | None, months: Months, wholes: list[Months], bounds: Bounds, as_at: date | None, settings: Settings
) -> Everything:
    """What was said of settled blocks, before and now."""
    found = dict(earlier.said) if earlier else {}
    for what, of in ((Said.SETTLED_COUNT, bounds.counts), (Said.SETTLED_PARTS, bounds.shares)):
        for block in pairwise(sorted(of)):
            if is_settled(_window(block), as_at, settings):
                rows = _parts(months, block) if what is Said.SETTLED_PARTS else _counts(months, block, wholes)
                found[what, _window(block)] = found.get((what, _window(block)), frozenset()) | {_sum(rows)}
    oldest = min(bounds.counts)
    return {key: values for key, values in found.items() if key[1].first.index >= oldest}


def one_by_one(
    earlier: Told | None, figures: Figures, as_at: date | None, settings: Settings, kin: Kin = ALONE
) -> tuple[Totals, frozenset[Window], frozenset[Window], Everything]:
    """The same for numbers that do not add up: each window by itself, the older first.

    It is shown where it is not small, and differs by nothing small from any number ever told of a window inside it or
    around it; nor, once settled, of itself. What was told and may not be told anew stands. Of a part of another measure
    the same holds for the rest.
    """
    said = dict(earlier.said) if earlier else {}
    numbers, shown, shares = dict(figures.totals), set(), set()
    for window in sorted(figures.totals, key=lambda one: (one.last, -one.length, one)):
        number = figures.totals[window]
        met = number.parts
        mine = _with_rests(number, window, kin.whole)
        is_told = _leaves_enough(number, window, kin.parts, settings) and (
            mine is not None and _may_be_told(mine, number.count, window, Said.COUNT, said, figures.adds, settings)
        )
        with_parts = is_told and (
            met is None or _may_be_told(met, number.count, window, Said.PARTS, said, figures.adds, settings)
        )
        is_told = is_told and not number.is_small(settings)
        if earlier and window in earlier.published.totals:
            had_parts = window in earlier.published.total_shares
            if not is_told or (had_parts and not with_parts):
                numbers[window], is_told, with_parts = earlier.figures.totals[window], True, had_parts
        if is_told:
            shown.add(window)
            mine = _with_rests(numbers[window], window, kin.whole) or (numbers[window].count,)
            _say(said, Said.COUNT, window, mine, figures.adds, as_at, settings)
        if is_told and with_parts:
            shares.add(window)
            _say(said, Said.PARTS, window, numbers[window].parts or (), figures.adds, as_at, settings)
    oldest = min((window.first for window in figures.totals), default=None)
    still = {key: values for key, values in said.items() if oldest and key[1].last >= oldest}
    return numbers, frozenset(shown), frozenset(shares), still


def _with_rests(number: Number, window: Window, wholes: Iterable[Told]) -> Numbers | None:
    """A number, and how many others there are in what it is a part of; None where that is not told."""
    if not all(window in whole.published.totals for whole in wholes):
        return None
    rests = tuple(whole.figures.totals[window].count - number.count for whole in wholes)
    return None if any(rest < 0 for rest in rests) else (number.count, *rests)


def _leaves_enough(number: Number, window: Window, parts: Iterable[Told], settings: Settings) -> bool:
    """Whether the rest would not be small beside any part that was told."""
    rests = [number.count - part.figures.totals[window].count for part in parts if window in part.published.totals]
    return all(rest >= 0 and not settings.is_small(rest) for rest in rests)


def _may_be_told(
    mine: Numbers, whole: int, window: Window, what: Said, said: Everything, adds: Adds, settings: Settings
) -> bool:
    if whole and any(map(settings.is_small, mine)) or (not whole and settings.hide_noughts):
        return False
    own = _key(window, adds)
    settled = Said.SETTLED_COUNT if what is Said.COUNT else Said.SETTLED_PARTS
    if any(is_little(mine, one, settings) for one in said.get((settled, own), ())):
        return False
    return adds is Adds.STANDING or not any(
        is_little(mine, one, settings)
        for (of, other), every in said.items()
        if of is what and other != own and _is_inside(own, other)
        for one in every
    )


def _say(
    said: dict[tuple[Said, Window], frozenset[Numbers]], what: Said, window: Window, numbers: Numbers, adds: Adds,
    as_at: date | None, settings: Settings,
) -> None:  # fmt: skip
    own = _key(window, adds)
    kinds = [what]
    if is_settled(window, as_at, settings):
        kinds.append(Said.SETTLED_COUNT if what is Said.COUNT else Said.SETTLED_PARTS)
    for kind in kinds:
        said[kind, own] = said.get((kind, own), frozenset()) | {numbers}


def _key(window: Window, adds: Adds) -> Window:
    """The same months are the same window, whatever it is called; what stands open is that of the last day."""
    return month(window.last) if adds is Adds.STANDING else Window(window.first, window.last)


def _is_inside(one: Window, other: Window) -> bool:
    """Whether either lies within the other."""
    return (one.first <= other.first and other.last <= one.last) or (
        other.first <= one.first and one.last <= other.last
    )
