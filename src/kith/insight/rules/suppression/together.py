"""All that is to be published of a measure, decided together: totals first, then groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from kith.insight.rules.periods import Span, Window
from kith.insight.rules.suppression.kin import hidden_for_kin, may_be_broken_down, without
from kith.insight.rules.suppression.lines import have_enough, have_shares, hidden_groups, hidden_shares, is_enough
from kith.insight.rules.suppression.numbers import Adds, Cell, Figures, Number, Published, Settings
from kith.insight.rules.suppression.settled import Lines, kept_lines, lines_of, year_of
from kith.insight.rules.suppression.standing import adding_up, one_by_one
from kith.insight.rules.suppression.told import ALONE, Bounds, Kin, Told
from kith.insight.rules.suppression.years import QUARTERS, YEAR, hidden_cells

AS_IT_IS = Settings()


def publishable(figures: Figures, settings: Settings = AS_IT_IS) -> Published:
    """What of a measure's numbers may be published where nothing was before, by the rules at the head of this package.

    Raises ValueError where numbers that should add up do not, or groups are not the whole.
    """
    return tell(figures, settings=settings).published


def tell(
    figures: Figures,
    *,
    earlier: Told | None = None,
    as_at: date | None = None,
    kin: Kin = ALONE,
    settings: Settings = AS_IT_IS,
) -> Told:
    """What a cut as at this day tells of a measure after an earlier cut: the numbers themselves, and which are shown.

    `kin`: what is told of measures that count some of the same.

    Raises ValueError as `publishable` does.
    """
    _check(figures)
    if figures.adds is Adds.UP:
        totals, shown, shares, bounds, said = adding_up(earlier, figures.totals, as_at, settings, kin)
    else:
        totals, shown, shares, said = one_by_one(earlier, figures, as_at, settings, kin)
        bounds = Bounds()
    lines = lines_of(earlier, figures, totals, as_at, settings, kin)
    settled = Figures(figures.adds, totals, lines)
    broken = {line for line in _fixed(settled, shown, settings) if may_be_broken_down(line, settled, kin, settings)}
    broken |= _still_broken(earlier, lines, shown)
    groups = set(_groups(settled, broken, settings))
    groups -= set(hidden_for_kin(settled, broken, groups, kin, settings))
    groups &= _with_known(settled, broken, kin, groups, settings)
    group_shares = _group_shares(settled, broken, shares, groups, settings)
    published = Published(shown, shares, frozenset(groups), frozenset(group_shares), frozenset(broken))
    kept = kept_lines(lines, broken, settings, kin)
    fresh = kept - (earlier.lines if earlier else frozenset())
    return Told(as_at, Figures(figures.adds, totals, {**figures.groups, **lines}), published, bounds, kept, fresh, said)


def _with_known(
    figures: Figures, broken: set[tuple[str, Window]], kin: Kin, shown: set[Cell], settings: Settings
) -> set[Cell]:
    """Of the groups those that may be shown to somebody who knows one of them from another measure."""
    for breakdown, group in sorted(kin.known):
        rest = without(figures, breakdown, group)
        alike = {line for line in broken if line[0] == breakdown}
        enough = {line for line in alike if have_enough(rest.groups[line], settings)}
        still = set(_groups(rest, enough, settings))
        shown = {cell for cell in shown if cell[0] != breakdown or cell[2] == group or cell in still}
    return shown


def _still_broken(earlier: Told | None, lines: Lines, shown: frozenset[Window]) -> set[tuple[str, Window]]:
    before = earlier.published.broken_down if earlier else frozenset()
    return {(breakdown, window) for breakdown, window in before if (breakdown, window) in lines and window in shown}


def _fixed(figures: Figures, totals: frozenset[Window], settings: Settings) -> set[tuple[str, Window]]:
    """The breakdowns that are published at all: of years, and of quarters where numbers add up, with a shown total.

    The quarters of a year are published from its first on: what is known of the year must be known whole.
    """
    found = set()
    for (breakdown, window), groups in figures.groups.items():
        if window.span not in {Span.QUARTER, Span.YEAR} or window not in totals:
            continue
        whole = sum(one.count for one in groups.values()) if figures.adds is Adds.UP else figures.totals[window].count
        if not is_enough(whole, len(groups), settings):
            continue
        of, quarters = year_of(window, settings.year_starts)
        given = [(breakdown, one) in figures.groups for one in quarters] if figures.adds is Adds.UP else []
        if window in quarters:
            is_known = any(given) and all(given[: quarters.index(window) + 1])
        else:
            is_known = window == of and (all(given) or not any(given))
        if is_known:
            found.add((breakdown, window))
    return found


def _groups(figures: Figures, broken: set[tuple[str, Window]], settings: Settings) -> Iterable[Cell]:
    """Each group of each published breakdown that may be shown."""
    if figures.adds is not Adds.UP:
        for breakdown, window in broken:
            groups = figures.groups[breakdown, window]
            yield from ((breakdown, window, one) for one in set(groups) - hidden_groups(groups, settings))
        return
    in_order = sorted({(breakdown, year_of(window, settings.year_starts)[0]) for breakdown, window in broken})
    for breakdown, years in groupby(in_order, key=lambda pair: pair[0]):
        for _, of in years:
            yield from _of_a_year(figures, broken, breakdown, of, settings)


def _of_a_year(
    figures: Figures, broken: set[tuple[str, Window]], breakdown: str, of: Window, settings: Settings
) -> Iterable[Cell]:
    windows = [one for one in year_of(of, settings.year_starts)[1] if (breakdown, one) in figures.groups]
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
        if window.span is not Span.YEAR or window not in totals or not have_shares(groups, settings):
            continue
        counts_hidden = {group for group in groups if (breakdown, window, group) not in shown}
        yield from ((breakdown, window, one) for one in set(groups) - hidden_shares(groups, counts_hidden, settings))


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
