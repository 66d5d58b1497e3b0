"""Places and children by how deprived the small areas are: what may be told of each fifth, in words and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kith.insight.engine.places.area_shapes import Box, Shape, box_of, inside
from kith.insight.models import Cut
from kith.insight.queries import places_area as ask
from kith.insight.queries.figures import MeasureFigures, figures_of
from kith.insight.rules.measures import GROUPS, measures
from kith.insight.rules.periods import Window
from kith.insight.rules.places import NONE, may_be_told, rounded

FIFTHS = ("1", "2", "3", "4", "5", "")
BY_FIFTH = ("exploited-children", "missing-children")  # measures of children that are broken down by it
HELD_BACK = "not shown: small number"
A_YEAR = 12  # months
ALL = "All children who live there"


@dataclass(frozen=True)
class Fifths:
    """The table: a row a fifth; and what it says of the most deprived."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]
    tenths: tuple[tuple[str, ...], ...] = ()  # all children: tenth, small areas, how many, share
    source: str = ""  # of how many children live where


@dataclass(frozen=True)
class BesideAll:
    """One measure by fifth beside all children: a row a fifth with numbers and shares, what it says, and tenths."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]
    tenths: tuple[tuple[str, ...], ...]
    source: str


def show_fifths(cut: Cut, told: Mapping[str, Any]) -> Fifths:
    """How many small areas, events at public places and children there are in each fifth."""
    counted = [figures_of(cut, measures()[key]) for key in BY_FIFTH]
    years = [(one, year) for one in counted if (year := _year(one))]
    living = ask.children_living()
    events, areas = _events(told["places"]), list(ask.fifth_by_area().values())
    rows = [
        (
            GROUPS["fifth"][fifth],
            f"{areas.count(int(fifth)):,}" if fifth else "",
            f"about {rounded(events[fifth]):,}" if events.get(fifth) else NONE,
            *([_of_all(living, fifth)] if living else []),
            *(_number(figures, year, fifth) for figures, year in years),
        )
        for fifth in FIFTHS
    ]
    named = tuple(f"{figures.measure.title}, {year}" for figures, year in years)
    sentences = tuple(words for figures, year in years if (words := _sentence(figures, year)))
    columns = ("Where", "Small areas", "Events at places told of", *([ALL] if living else []), *named)
    return Fifths(
        columns,
        tuple(rows),
        (*([all_words(living)] if living else []), *sentences),
        show_tenths(living) if living else (),
        living.source if living else "",
    )


def beside_all(figures: MeasureFigures) -> BesideAll | None:
    """One measure by fifth beside all children; None where it is not told by fifth, or how many live is not known."""
    living = ask.children_living()
    year = _year(figures) if "fifth" in figures.measure.breakdowns else None
    if living is None or year is None:
        return None
    rows = tuple((GROUPS["fifth"][fifth], _of_all(living, fifth), _number(figures, year, fifth)) for fifth in FIFTHS)
    said = _sentence(figures, year)
    sentences = (all_words(living), *([said] if said else []))
    columns = ("Where they live", ALL, f"{figures.measure.title}, {year}")
    return BesideAll(columns, rows, sentences, show_tenths(living), living.source)


def all_words(living: ask.Living) -> str:
    """What share of all children lives in the most deprived tenth, and fifth; of how many that is not known."""
    tenth, fifth = share_of(living.by_tenth[1], living.whole), share_of(living.of_fifth(1), living.whole)
    words = f"Of all {living.whole:,} children, {tenth} live in the most deprived tenth of the country and {fifth} in "
    unknown = living.by_tenth[0]
    return words + "the most deprived fifth" + (f"; of {share_of(unknown, living.whole)} it is not known." if unknown
                                                else ".")  # fmt: skip


def show_tenths(living: ask.Living) -> tuple[tuple[str, ...], ...]:
    """Every tenth of the country: small areas, all children, their share."""
    names = {1: "1 (the most deprived)", 10: "10 (the least deprived)", 0: "Not in the index"}
    tenths = [*range(1, 11), *([0] if living.by_tenth[0] else [])]
    return tuple(
        (names.get(one, str(one)), f"{living.areas[one]:,}", f"{living.by_tenth[one]:,}",
         share_of(living.by_tenth[one], living.whole))
        for one in tenths
    )  # fmt: skip


def share_of(part: int, whole: int) -> str:
    """A whole per cent; "under 1%" of something small."""
    if part and part * 200 < whole:
        return "under 1%"
    return f"{part / whole * 100:.0f}%" if whole else "0%"


def _of_all(living: ask.Living, fifth: str) -> str:
    many = living.of_fifth(int(fifth or 0))
    return f"{many:,} ({share_of(many, living.whole)})"


def _year(figures: MeasureFigures) -> Window | None:
    """The newest year that is told by fifth."""
    years = [one for one in figures.fixed() if one.length == A_YEAR]
    return next((one for one in years if figures.groups("fifth", one) is not None), None)


def _number(figures: MeasureFigures, year: Window, fifth: str) -> str:
    shown = figures.shown(year, "fifth", fifth)
    if shown.hidden:
        return HELD_BACK
    known = _known(figures, year)
    share = f" ({share_of(shown.count or 0, known)})" if known and fifth else ""
    return f"{shown.count or 0:,}{share}"


def _known(figures: MeasureFigures, year: Window) -> int:
    """Those whose fifth is known; 0 where one of them is held back, so that no share tells what a number does not."""
    numbers = [figures.shown(year, "fifth", fifth) for fifth in FIFTHS if fifth]
    return 0 if any(one.hidden for one in numbers) else sum(one.count or 0 for one in numbers)


def _sentence(figures: MeasureFigures, year: Window) -> str:
    """Of those whose small area is known, how many live in the most deprived fifth; "" where that may not be told."""
    known = _known(figures, year)
    if not known:
        return ""
    share = share_of(figures.shown(year, "fifth", FIFTHS[0]).count or 0, known)
    unknown = figures.shown(year, "fifth", "")
    also = (
        "" if unknown.hidden else f" Of {share_of(unknown.count or 0, known + (unknown.count or 0))} it is not known."
    )
    where = "of those whose address is known live in the most deprived fifth"
    return f"{figures.measure.title}, {year}: {share} {where}.{also}"


def _events(places: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Events at the public places of which enough is told, by the fifth of the small area in which each lies."""
    fifths = ask.fifth_by_area()
    areas = [(box_of(one.lines), one) for one in ask.shapes("small-areas") if one.code in fifths]
    found: dict[str, int] = {}
    for place in places:
        if may_be_told(place["events"], place["children"]):
            code = _area(place["longitude"], place["latitude"], areas)
            fifth = str(fifths[code]) if code else ""
            found[fifth] = found.get(fifth, 0) + place["events"]
    return found


def _area(x: float, y: float, areas: Sequence[tuple[Box, Shape]]) -> str:
    for (west, south, east, north), shape in areas:
        if west <= x <= east and south <= y <= north and any(inside((x, y), part) for part in shape.parts):
            return shape.code
    return ""
