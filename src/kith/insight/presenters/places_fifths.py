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


@dataclass(frozen=True)
class Fifths:
    """The table: a row a fifth; and what it says of the most deprived."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]


def show_fifths(cut: Cut, told: Mapping[str, Any]) -> Fifths:
    """How many small areas, events at public places and children there are in each fifth."""
    counted = [figures_of(cut, measures()[key]) for key in BY_FIFTH]
    years = [(one, year) for one in counted if (year := _year(one))]
    events, areas = _events(told["places"]), list(ask.fifth_by_area().values())
    rows = [
        (
            GROUPS["fifth"][fifth],
            f"{areas.count(int(fifth)):,}" if fifth else "",
            f"about {rounded(events[fifth]):,}" if events.get(fifth) else NONE,
            *(_number(figures, year, fifth) for figures, year in years),
        )
        for fifth in FIFTHS
    ]
    named = tuple(f"{figures.measure.title}, {year}" for figures, year in years)
    sentences = tuple(words for figures, year in years if (words := _sentence(figures, year)))
    return Fifths(("Where", "Small areas", "Events at places told of", *named), tuple(rows), sentences)


def _year(figures: MeasureFigures) -> Window | None:
    """The newest year that is told by fifth."""
    years = [one for one in figures.fixed() if one.length == A_YEAR]
    return next((one for one in years if figures.groups("fifth", one) is not None), None)


def _number(figures: MeasureFigures, year: Window, fifth: str) -> str:
    shown = figures.shown(year, "fifth", fifth)
    return HELD_BACK if shown.hidden else f"{shown.count or 0:,}"


def _sentence(figures: MeasureFigures, year: Window) -> str:
    """Of those whose small area is known, how many live in the most deprived fifth; "" where that may not be told."""
    numbers = [figures.shown(year, "fifth", fifth) for fifth in FIFTHS if fifth]
    known = sum(one.count or 0 for one in numbers)
    if any(one.hidden for one in numbers) or not known:
        return ""
    share = f"{(numbers[0].count or 0) / known * 100:.0f}%"
    return f"{figures.measure.title}, {year}: {share} of those whose address is known live in the most deprived fifth."


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
