"""Breakdowns by group are told once: when their window is settled. What comes later changes totals only.

So all that is ever told of groups is one table, as if nothing had been corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from kith.insight.rules.periods import Span, Window, quarter, year
from kith.insight.rules.suppression.numbers import Adds, Figures, Number, Settings
from kith.insight.rules.suppression.standing import added
from kith.insight.rules.suppression.told import ALONE, Kin, Told, is_little, is_settled
from kith.insight.rules.suppression.years import QUARTERS

Line = tuple[str, Window]  # a breakdown of a window
Groups = Mapping[str, Number]
Lines = Mapping[Line, Groups]


@cache
def year_of(window: Window, starts: int) -> tuple[Window, tuple[Window, ...]]:
    """The year that a window begins in, and its quarters."""
    of = year(window.first, starts)
    return of, tuple(quarter(of.first + 3 * number, starts) for number in range(QUARTERS))


def lines_of(
    earlier: Told | None, figures: Figures, totals: Mapping[Window, Number], as_at: date | None, settings: Settings,
    kin: Kin = ALONE,
) -> Lines:  # fmt: skip
    """Every settled breakdown of a window: as an earlier cut told it, or else as it is now.

    A year is the sum of its quarters as they were told. A breakdown waits while its whole differs by little from the
    total that is told; that of a part is taken when that of its whole is, or never.
    """
    kept = {line: earlier.figures.groups[line] for line in earlier.lines} if earlier else {}
    found = dict(kept)
    for line, groups in sorted(figures.groups.items(), key=lambda one: (one[0][0], one[0][1].length, one[0][1])):
        window = line[1]
        if any(line in whole.lines - whole.fresh for whole in kin.whole):
            continue
        if line in kept or window.span not in {Span.QUARTER, Span.YEAR} or not is_settled(window, as_at, settings):
            continue
        quarters = [(line[0], one) for one in year_of(window, settings.year_starts)[1]]
        if figures.adds is Adds.UP and window.span is Span.YEAR and any(one in kept for one in quarters):
            if all(one in found for one in quarters):
                found[line] = _sum([found[one] for one in quarters], groups)
        elif _agrees(figures, line, totals, settings):
            found[line] = groups
    return found


def _agrees(figures: Figures, line: Line, totals: Mapping[Window, Number], settings: Settings) -> bool:
    """Whether the whole that groups add up to is the one that is told, or clearly another."""
    window = line[1]
    told, now = totals[window].count, figures.totals[window].count
    return not is_little((told,), (now,), settings)


def _sum(quarters: Iterable[Groups], now: Groups) -> Groups:
    every = list(quarters)
    names = sorted({name for one in [*every, now] for name in one})
    nobody = Number(0, None if all(one.met is None for row in every for one in row.values()) else 0)
    return {name: added([row.get(name, nobody) for row in every], now.get(name, nobody)) for name in names}


def kept_lines(lines: Lines, broken: Iterable[Line], settings: Settings, kin: Kin = ALONE) -> frozenset[Line]:
    """What later cuts keep to: every settled breakdown of a year of which anything was told, here or of the whole."""
    told = {(breakdown, year_of(window, settings.year_starts)[0]) for breakdown, window in broken}
    of_whole = {line for whole in kin.whole for line in whole.lines}
    return frozenset(
        line for line in lines if line in of_whole or (line[0], year_of(line[1], settings.year_starts)[0]) in told
    )
