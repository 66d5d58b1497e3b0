"""Groups of measures that count some of the same: a part beside its whole is told as a share of it would be.

Where whole and part are broken down alike, their difference is the rest by group. So a part's groups are told for years
only, where those of the whole are, and hidden where the part or the rest is small, with others that protect it. Where
there is no rest in any group, they are told as those of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kith.insight.rules.periods import Span, Window
from kith.insight.rules.suppression.lines import have_shares, hidden_shares
from kith.insight.rules.suppression.numbers import Cell, Figures, Number, Settings
from kith.insight.rules.suppression.told import Kin, Told

Line = tuple[str, Window]


def may_be_broken_down(line: Line, figures: Figures, kin: Kin, settings: Settings) -> bool:
    """Whether a part may be broken down beside every whole that is broken down alike."""
    for whole in kin.whole:
        if line not in whole.figures.groups:
            continue
        if line not in whole.published.broken_down:
            return False
        if _is_the_same(figures, whole, line):
            continue
        if line[1].span is not Span.YEAR or not have_shares(_beside(figures, whole, line), settings):
            return False
    return True


def _is_the_same(figures: Figures, whole: Told, line: Line) -> bool:
    """Whether there is no rest in any group."""
    return all(number.count == number.met for number in _beside(figures, whole, line).values())


def hidden_for_kin(
    figures: Figures, broken: Iterable[Line], shown: set[Cell], kin: Kin, settings: Settings
) -> Iterator[Cell]:
    """The groups of a part to hide so that neither they nor the rest of their whole can be worked out."""
    for breakdown, window in broken:
        line = breakdown, window
        for whole in kin.whole:
            if line not in whole.figures.groups:
                continue
            beside = _beside(figures, whole, line)
            mine = figures.groups[line]
            hidden = {
                group
                for group in beside
                if not whole.published.shows(window, breakdown, group)
                or (breakdown, window, group) not in shown
                or mine.get(group, Number(0)).count > beside[group].count
            }
            if not _is_the_same(figures, whole, line):
                hidden |= hidden_shares(beside, hidden, settings)
            yield from ((breakdown, window, group) for group in hidden)


def without(figures: Figures, breakdown: str, group: str) -> Figures:
    """The same without one group of a breakdown, which is known from elsewhere."""
    lines: dict[Line, Mapping[str, Number]] = {
        line: {name: number for name, number in row.items() if line[0] != breakdown or name != group}
        for line, row in figures.groups.items()
    }
    return Figures(figures.adds, figures.totals, lines)


def _beside(figures: Figures, whole: Told, line: Line) -> dict[str, Number]:
    """Each group of the whole, and how many of it are of the part. A child may be in another group there."""
    mine, theirs = figures.groups[line], whole.figures.groups[line]
    return {
        group: Number(theirs.get(group, Number(0)).count, min(_count(mine, group), _count(theirs, group)))
        for group in sorted({*mine, *theirs})
    }


def _count(groups: Mapping[str, Number], group: str) -> int:
    return groups[group].count if group in groups else 0
