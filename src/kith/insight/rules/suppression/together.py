"""All that is to be published of a measure, decided together: totals first, then groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby

from kith.insight.rules.periods import Span, Window, quarter, year
from kith.insight.rules.suppression.blocks import boundaries
from kith.insight.rules.suppression.lines import hidden_groups, hidden_shares, is_enough
from kith.insight.rules.suppression.numbers import Adds, Cell, Figures, Number, Published, Settings
from kith.insight.rules.suppression.years import QUARTERS, YEAR, hidden_cells

AS_IT_IS = Settings()


def publishable(figures: Figures, settings: Settings = AS_IT_IS) -> Published:
    """What of a measure's numbers may be published, by the rules at the head of this package.

    Raises ValueError where numbers that should add up do not, or groups are not the whole.
    """
    _check(figures)
    totals, shares = _totals(figures, settings)
    broken = _fixed(figures, totals, settings)
    shown = set(_groups(figures, broken, settings))
    group_shares = _group_shares(figures, broken, shares, shown, settings)
    return Published(totals, shares, frozenset(shown), frozenset(group_shares), frozenset(broken))


def _totals(figures: Figures, settings: Settings) -> tuple[frozenset[Window], frozenset[Window]]:
    """The windows whose number, and whose share, may be published."""
    if figures.adds is Adds.UP:
        return _by_blocks(figures.totals, settings)
    counts = _one_by_one(figures, {window: (n.count,) for window, n in figures.totals.items()}, settings)
    counts = frozenset(window for window in counts if not figures.totals[window].is_small(settings))
    parts = {window: figures.totals[window].parts or () for window in counts}
    return counts, _one_by_one(figures, parts, settings)


def _by_blocks(totals: Mapping[Window, Number], settings: Settings) -> tuple[frozenset[Window], frozenset[Window]]:
    """Windows that begin and end between blocks; the blocks of shares are made of those of the counts."""
    months = _from_a_year_on(sorted(window for window in totals if window.length == 1), settings)
    if not months:
        return frozenset(), frozenset()
    first = months[0].first.index
    few = {
        (window.first.index, window.last.index): number.count > 0 and settings.is_small(number.children)
        for window, number in totals.items()
        if number.children is not None
    }
    counts = boundaries([(totals[month].count,) for month in months], first, settings, few=few)
    shares = boundaries(
        [totals[month].parts or (totals[month].count,) for month in months], first, settings, few=few, within=counts
    )
    return _between(totals, counts), _between(totals, shares)


def _from_a_year_on(months: list[Window], settings: Settings) -> list[Window]:
    """Months from the first of a year on, so that blocks do not fall anew with each cut that begins a month later."""
    begins = next((at for at, one in enumerate(months) if one.first.number == settings.year_starts), 0)
    return months[begins:]


def _between(windows: Iterable[Window], bounds: frozenset[int]) -> frozenset[Window]:
    return frozenset(one for one in windows if one.first.index in bounds and one.last.index + 1 in bounds)


def _one_by_one(figures: Figures, numbers: Mapping[Window, tuple[int, ...]], settings: Settings) -> frozenset[Window]:
    """Windows that are not small, nor by little different from one inside them that is published; the older first."""
    shown: dict[Window, tuple[int, ...]] = {}
    for window in sorted(numbers, key=lambda one: (one.last, -one.length, one)):
        mine = numbers[window]
        whole = figures.totals[window].count
        if whole and any(map(settings.is_small, mine)) or (not whole and settings.hide_noughts):
            continue
        if figures.adds is Adds.STANDING or not any(
            _is_inside(window, other) and _is_little(mine, theirs, settings) for other, theirs in shown.items()
        ):
            shown[window] = mine
    return frozenset(shown)


def _is_inside(one: Window, other: Window) -> bool:
    """Whether either lies within the other."""
    return (one.first <= other.first and other.last <= one.last) or (
        other.first <= one.first and one.last <= other.last
    )


def _is_little(one: tuple[int, ...], other: tuple[int, ...], settings: Settings) -> bool:
    return any(0 < abs(mine - theirs) < settings.fewest for mine, theirs in zip(one, other, strict=False))


def _fixed(figures: Figures, totals: frozenset[Window], settings: Settings) -> set[tuple[str, Window]]:
    """The breakdowns that are published at all: of years, and of quarters where numbers add up, with a shown total.

    The quarters of a year are published from its first on: what is known of the year must be known whole.
    """
    found = set()
    for (breakdown, window), groups in figures.groups.items():
        if window.span not in {Span.QUARTER, Span.YEAR} or window not in totals:
            continue
        if not is_enough(figures.totals[window].count, len(groups), settings):
            continue
        of, quarters = _year_of(window, settings.year_starts)
        given = [(breakdown, one) in figures.groups for one in quarters] if figures.adds is Adds.UP else []
        if window in quarters:
            is_known = any(given) and all(given[: quarters.index(window) + 1])
        else:
            is_known = window == of and (all(given) or not any(given))
        if is_known:
            found.add((breakdown, window))
    return found


@cache
def _year_of(window: Window, starts: int) -> tuple[Window, tuple[Window, ...]]:
    """The year that a window begins in, and its quarters."""
    of = year(window.first, starts)
    return of, tuple(quarter(of.first + 3 * number, starts) for number in range(QUARTERS))


def _groups(figures: Figures, broken: set[tuple[str, Window]], settings: Settings) -> Iterable[Cell]:
    """Each group of each published breakdown that may be shown."""
    if figures.adds is not Adds.UP:
        for breakdown, window in broken:
            groups = figures.groups[breakdown, window]
            yield from ((breakdown, window, one) for one in set(groups) - hidden_groups(groups, settings))
        return
    in_order = sorted({(breakdown, _year_of(window, settings.year_starts)[0]) for breakdown, window in broken})
    for breakdown, years in groupby(in_order, key=lambda pair: pair[0]):
        for _, of in years:
            yield from _of_a_year(figures, broken, breakdown, of, settings)


def _of_a_year(
    figures: Figures, broken: set[tuple[str, Window]], breakdown: str, of: Window, settings: Settings
) -> Iterable[Cell]:
    windows = [one for one in _year_of(of, settings.year_starts)[1] if (breakdown, one) in figures.groups]
    whole = figures.groups.get((breakdown, of)) if len(windows) in {0, QUARTERS} else None
    if whole is not None and not windows:
        yield from ((breakdown, of, one) for one in set(whole) - hidden_groups(whole, settings))
        return
    names = sorted({group for one in [*windows, of] for group in figures.groups.get((breakdown, one), ())})
    columns = [_filled(figures.groups[breakdown, one], names) for one in windows]
    hidden = hidden_cells(columns, None if whole is None else _filled(whole, names), settings)
    for column, window in [*enumerate(windows), (YEAR, of)]:
        if (breakdown, window) in broken:
            yield from ((breakdown, window, one) for one in names if (one, column) not in hidden)


def _filled(groups: Mapping[str, Number], names: Iterable[str]) -> dict[str, Number]:
    """The same groups in every window, with noughts where there was none."""
    return {name: groups.get(name, Number(0)) for name in names}


def _group_shares(
    figures: Figures, broken: set[tuple[str, Window]], totals: frozenset[Window], shown: set[Cell], settings: Settings
) -> Iterable[Cell]:
    """Groups whose share may be shown: in years only, where the share of the whole is."""
    for breakdown, window in broken:
        groups = figures.groups[breakdown, window]
        if window.span is not Span.YEAR or window not in totals or not _have_shares(groups, settings):
            continue
        counts_hidden = {group for group in groups if (breakdown, window, group) not in shown}
        yield from ((breakdown, window, one) for one in set(groups) - hidden_shares(groups, counts_hidden, settings))


def _have_shares(groups: Mapping[str, Number], settings: Settings) -> bool:
    """Whether parts of groups may be published at all: each part of the whole is none, or large enough."""
    parts = [one.parts for one in groups.values() if one.parts is not None]
    wholes = [sum(part) for part in zip(*parts, strict=True)]
    return len(parts) == len(groups) and all(not one or is_enough(one, len(groups), settings) for one in wholes)


def _check(figures: Figures) -> None:
    """Refuse numbers that are not what they say, which no hiding could keep safe. A child may be in two groups."""
    for (breakdown, window), groups in figures.groups.items():
        total = figures.totals.get(window)
        found = sum(one.count for one in groups.values())
        if total is None or found < total.count or (found > total.count and figures.adds is Adds.UP):
            raise ValueError(f"The groups of {breakdown} do not add up to the whole in {window}.")
    if figures.adds is not Adds.UP:
        return
    months = {window.first.index: number.count for window, number in figures.totals.items() if window.length == 1}
    for window, number in figures.totals.items():
        inside = [months.get(index) for index in range(window.first.index, window.last.index + 1)]
        if None not in inside and sum(one or 0 for one in inside) != number.count:
            raise ValueError(f"The months do not add up to {window}.")
