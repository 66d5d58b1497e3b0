"""Each group's part of those counted beside its part of all children known here, from numbers that may be shown."""

from __future__ import annotations

from dataclasses import dataclass

from kith.insight.models import Cut
from kith.insight.queries.beside import Known, known_in
from kith.insight.queries.figures import MeasureFigures, figures_of
from kith.insight.rules.disproportion import Compared, compare
from kith.insight.rules.disproportion_measures import ASKED, EXPLOITED, GROUPED, Asked
from kith.insight.rules.measures import GROUPS, Measure, measures
from kith.insight.rules.periods import Window

RECORDED = ("ethnicity", "sex")  # in these "" says that nobody recorded it; in the others it is a group


@dataclass(frozen=True)
class Pair:
    """How many were counted of how many; None where it may not be shown."""

    counted: int | None = None
    of: int | None = None

    def minus(self, other: Pair) -> Pair | None:
        """Those that are left; None where any of the numbers may not be shown."""
        if self.counted is None or self.of is None or other.counted is None or other.of is None:
            return None
        return Pair(self.counted - other.counted, self.of - other.of)


@dataclass(frozen=True)
class Group:
    """One group: its numbers, and how it stands beside all others whose group is known."""

    breakdown: str
    group: str
    numbers: Pair
    total: Pair  # of all whose group is known
    compared: Compared | None


@dataclass(frozen=True)
class MeasureCompared:
    """One measure by group; `groups` empty where too few were counted to be told apart."""

    asked: Asked
    measure: Measure
    total: Pair
    groups: tuple[Group, ...]
    missing: Pair  # whose ethnicity nobody recorded


@dataclass(frozen=True)
class Disproportion:
    """Everything compared in one year; `years` that could be chosen."""

    year: Window
    years: list[Window]
    known: int | None
    known_missing: int | None
    compared: tuple[MeasureCompared, ...]


@dataclass(frozen=True)
class Excluded:
    """Children with a contact about one kind of exploitation, and those away from school in the year before it."""

    key: str
    harm: str
    what: str
    window: Window
    numbers: tuple[int, int] | None


def disproportion(cut: Cut, chosen: Window | None = None) -> Disproportion | None:
    """The comparison; None where the cut has no whole year, or is older than children known were counted."""
    known = known_in(cut)
    years = known.years() if known else []
    if known is None or not years:
        return None
    year = chosen if chosen in years else years[0]
    compared = tuple(_measure(figures_of(cut, measures()[asked.key]), asked, known, year) for asked in ASKED)
    missing = known.shown(year, "ethnicity", "")
    return Disproportion(year, years, known.shown(year), missing, compared)


def _measure(figures: MeasureFigures, asked: Asked, known: Known, year: Window) -> MeasureCompared:
    found = []
    for breakdown in GROUPED:
        groups = figures.groups(breakdown, year) if breakdown in figures.measure.breakdowns else None
        if groups is not None:
            found += _breakdown(figures, asked, known, year, breakdown)
    missing = _pair(figures, asked, known, year, "ethnicity", "")
    total = _pair(figures, asked, known, year)
    return MeasureCompared(asked, figures.measure, total, tuple(found), missing)


def _breakdown(figures: MeasureFigures, asked: Asked, known: Known, year: Window, breakdown: str) -> list[Group]:
    total = _pair(figures, asked, known, year)
    if breakdown in RECORDED:  # where too few are not recorded for their number to be shown, they are among the others
        total = total.minus(_pair(figures, asked, known, year, breakdown, "")) or total
    found = []
    for group in GROUPS[breakdown]:
        if group == "" and breakdown in RECORDED:
            continue
        numbers = _pair(figures, asked, known, year, breakdown, group)
        found.append(Group(breakdown, group, numbers, total, _beside_others(numbers, total.minus(numbers))))
    return found


def _beside_others(numbers: Pair, others: Pair | None) -> Compared | None:
    """None where any of the numbers may not be shown, or where more were counted than are known of."""
    if others is None or numbers.counted is None or numbers.of is None or others.counted is None or others.of is None:
        return None
    if others.counted < 0 or others.of < 0:
        return None
    return compare(numbers.counted, numbers.of, others.counted, others.of)


def _pair(
    figures: MeasureFigures, asked: Asked, known: Known, year: Window, breakdown: str = "", group: str = ""
) -> Pair:
    """Of a group that was never counted there are none, where the others of its breakdown may be shown."""
    if asked.among:
        parts = figures.parts(year, breakdown, group)
        return Pair(parts[1], parts[0]) if parts else Pair()
    shown = figures.shown(year, breakdown, group)
    counted = 0 if shown.count is None and not shown.hidden else shown.count
    return Pair(counted, known.shown(year, breakdown, group))


def excluded_and_exploited(cut: Cut) -> list[Excluded]:
    """In the newest twelve months that may be shown: by kind of exploitation and of being away from school."""
    found = []
    for key, harm, what in EXPLOITED:
        figures = figures_of(cut, measures()[key])
        window = figures.current()
        found.append(Excluded(key, harm, what, window, figures.parts(window)))
    return found
