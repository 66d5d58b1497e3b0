"""Totals after earlier cuts: which numbers stand as they were told, and which may be told anew.

A number of a settled window is told anew only where it differs by nothing small from all that was ever told of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from kith.insight.rules.periods import Month, Span, Window, month
from kith.insight.rules.suppression.blocks import boundaries, may_stand_alone
from kith.insight.rules.suppression.numbers import Adds, Figures, Number, Settings
from kith.insight.rules.suppression.told import Bounds, Everything, Numbers, Said, Told, is_little, is_settled

Block = tuple[int, int]  # the index of its first month, and of the one after its last
Totals = Mapping[Window, Number]


def adding_up(
    earlier: Told | None, totals: Totals, as_at: date | None, settings: Settings
) -> tuple[Totals, frozenset[Window], frozenset[Window], Bounds, Everything]:
    """Numbers as they may be told, windows whose number and whose share may be shown, the blocks, what was said.

    Windows are shown where they begin and end between blocks; the blocks of shares are made of those of the counts.
    Blocks of earlier cuts stay.
    """
    now = {window.first.index: number for window, number in totals.items() if window.length == 1}
    known = earlier.bounds.between(min(now), max(now) + 1) if earlier and now else Bounds()
    few = _few(totals, settings)
    months = now | (_standing(earlier, now, known, few, settings) if earlier else {})
    numbers = {window: _of(window, months, number, earlier) for window, number in totals.items()}
    first = min(known.counts, default=_first_of_a_year(sorted(now), settings))
    if first is None:
        return numbers, frozenset(), frozenset(), Bounds(), {}
    end, first_share = max(now) + 1, min(known.shares, default=first)
    counts = boundaries(_counts(months, (first, end)), first, settings, few=few, known=known.counts)
    parts = _parts(months, (first_share, end))
    shares = boundaries(parts, first_share, settings, few=few, within=counts, known=known.shares)
    bounds = Bounds(counts, shares)
    said = _said(earlier, months, bounds, as_at, settings)
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
    earlier: Told, now: Mapping[int, Number], known: Bounds, few: Mapping[Block, bool], settings: Settings
) -> dict[int, Number]:
    """The months that stay as they were told: of each block all, or none."""
    told = {window.first.index: number for window, number in earlier.figures.totals.items() if window.length == 1}
    stay: dict[int, Number] = {}
    for whole in _units(known):
        inside = [block for block in pairwise(sorted(known.counts)) if whole[0] <= block[0] and block[1] <= whole[1]]
        kept = {
            index
            for block in inside
            if not _may_be_told_anew([_counts(now, block)], block, Said.SETTLED_COUNT, earlier.said, few, settings)
            for index in range(*block)
        }
        mixed = {index: told[index] if index in kept else now[index] for index in range(*whole)}
        parts = [_parts(mixed, whole), _parts(told, whole)] if whole[1] in known.shares else []
        if (
            parts
            and parts[0] != parts[1]
            and not _may_be_told_anew(parts[:1], whole, Said.SETTLED_PARTS, earlier.said, few, settings)
        ):
            kept = set(mixed)
        stay |= {index: told[index] for index in kept}
    return stay


def _units(known: Bounds) -> Iterator[Block]:
    """Blocks of shares, and where there is none those of counts: what changes together."""
    yield from pairwise(sorted(known.shares))
    first, last = min(known.shares, default=0), max(known.shares, default=0)
    yield from (block for block in pairwise(sorted(known.counts)) if block[1] <= first or block[0] >= last)


def _counts(months: Mapping[int, Number], block: Block) -> list[Numbers]:
    return [(months[index].count,) for index in range(*block)]


def _parts(months: Mapping[int, Number], block: Block) -> list[Numbers]:
    return [months[index].parts or (months[index].count,) for index in range(*block)]


def _may_be_told_anew(
    given: list[list[Numbers]], block: Block, what: Said, said: Everything, few: Mapping[Block, bool],
    settings: Settings,
) -> bool:  # fmt: skip
    """Whether a block may be told with these numbers: not small, and nothing small away from what was told of it."""
    rows = given[0]
    if not may_stand_alone(rows, block[0], settings, few=few):
        return False
    return not any(is_little(_sum(rows), one, settings) for one in said.get((what, _window(block)), ()))


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
    earlier: Told | None, months: Mapping[int, Number], bounds: Bounds, as_at: date | None, settings: Settings
) -> Everything:
    """What was said of settled blocks, before and now."""
    found = dict(earlier.said) if earlier else {}
    for what, of, numbers in (
        (Said.SETTLED_COUNT, bounds.counts, _counts),
        (Said.SETTLED_PARTS, bounds.shares, _parts),
    ):
        for block in pairwise(sorted(of)):
            if is_settled(_window(block), as_at, settings):
                key = what, _window(block)
                found[key] = found.get(key, frozenset()) | {_sum(numbers(months, block))}
    oldest = min(bounds.counts)
    return {key: values for key, values in found.items() if key[1].first.index >= oldest}


def one_by_one(
    earlier: Told | None, figures: Figures, as_at: date | None, settings: Settings
) -> tuple[Totals, frozenset[Window], frozenset[Window], Everything]:
    """The same for numbers that do not add up: each window by itself, the older first.

    It is shown where it is not small, and differs by nothing small from any number ever told of a window inside it or
    around it; nor, once settled, of itself. What was told and may not be told anew stands.
    """
    said = dict(earlier.said) if earlier else {}
    numbers, shown, shares = dict(figures.totals), set(), set()
    for window in sorted(figures.totals, key=lambda one: (one.last, -one.length, one)):
        number = figures.totals[window]
        met = number.parts
        is_told = _may_be_told((number.count,), number.count, window, Said.COUNT, said, figures.adds, settings)
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
            _say(said, Said.COUNT, window, (numbers[window].count,), figures.adds, as_at, settings)
        if is_told and with_parts:
            shares.add(window)
            _say(said, Said.PARTS, window, numbers[window].parts or (), figures.adds, as_at, settings)
    oldest = min((window.first for window in figures.totals), default=None)
    still = {key: values for key, values in said.items() if oldest and key[1].last >= oldest}
    return numbers, frozenset(shown), frozenset(shares), still


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
