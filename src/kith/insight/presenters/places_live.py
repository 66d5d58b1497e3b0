"""Where children live, by the partnership's localities only: the same numbers as on the measure's page, on a map.

Nothing smaller than a locality, no point and no home; what may be shown is decided where all figures are held back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kith.foundations.charts import NOT_SHOWN, Table
from kith.foundations.charts.canvas import Canvas, wrapped
from kith.foundations.charts.picture import NARROW, WIDE, Picture
from kith.insight.engine.places.area_shapes import Shape, name_point
from kith.insight.models import Cut
from kith.insight.presenters.places_behind import Scale
from kith.insight.presenters.places_fifths import BesideAll, beside_all
from kith.insight.queries import places_area as ask
from kith.insight.queries.figures import MeasureFigures, children_by_locality, figures_of
from kith.insight.rules.change import Population, rate
from kith.insight.rules.measures import Measure, MeasureKind, measures
from kith.insight.rules.periods import Window

COLUMNS = ("Where they live", "Children", "For each 10,000 children who live there")
UNKNOWN = "Not known, or outside the area"
FIRST = "exploited-children"
A_YEAR = 12  # months
SHADES = 5
GAP = 12  # between slanting lines, in the units of a drawing


@dataclass(frozen=True)
class Part:
    """One locality. `count` None: too small a number to be shown. `rate` None: the number of children is not known."""

    name: str
    count: int | None
    rate: Decimal | None
    depth: int  # 0 for nothing or not shown, 1 to 5 by rate, or by number where no rate is known


@dataclass(frozen=True)
class LocalityMap(Picture):
    """Localities shaded by rate, each with its number."""

    title: str
    sentence: str
    parts: tuple[Part, ...]
    outlines: tuple[Shape, ...]
    by_rate: bool

    def drawn(self, *, narrow: bool) -> Canvas:
        room = NARROW if narrow else WIDE
        across = room if narrow else room * 0.55  # no taller than a screen
        scale = Scale([point for one in self.outlines for line in one.lines for point in line], across)
        by = "children for each 10,000 who live there" if self.by_rate else "children"
        key = wrapped(f"Darker: more {by}. Slanting lines: not shown, a small number.", room)
        canvas = Canvas(room, scale.height + 18 + 18 * len(key), title=self.title, description=self.description())
        told = {one.name: one for one in self.parts}
        for outline in self.outlines:
            self._shade(canvas, told.get(outline.name), outline, scale)
        for outline in self.outlines:
            self._name(canvas, told.get(outline.name), outline, scale)
        for line, words in enumerate(key):
            canvas.text("small", 0, scale.height + 16 + 18 * line, words)
        return canvas

    def _shade(self, canvas: Canvas, part: Part | None, outline: Shape, scale: Scale) -> None:
        for ring in outline.lines:
            points = [scale.at(*point) for point in ring[:-1]]
            canvas.path(f"shade-{part.depth if part else 0}", points, closed=True)
            if part and part.count is None:
                for stroke in slanting(points):
                    canvas.path("hatch", stroke)
            canvas.path("border", points, closed=True)

    def _name(self, canvas: Canvas, part: Part | None, outline: Shape, scale: Scale) -> None:
        x, y = scale.at(*name_point(outline))
        role = "on-deep-shade" if part and part.depth >= 4 else "on-shade"
        canvas.text(role, x, y, outline.name, anchor="middle")
        if part:
            number = "not shown" if part.count is None else str(part.rate if self.by_rate else part.count)
            canvas.text(role, x, y + 16, number, anchor="middle")

    def description(self) -> str:
        """For those who hear the picture."""
        return f"A map of {len(self.outlines)} parts of the area. {self.sentence} The table holds all that it shows."

    def table(self) -> Table:
        rows = [
            (one.name, NOT_SHOWN if one.count is None else one.count, "" if one.rate is None else float(one.rate))
            for one in self.parts
        ]
        return Table(self.title, COLUMNS, tuple(rows))


@dataclass(frozen=True)
class Lives:
    """The page: what can be chosen, what was, and the map; `picture` None where the cut tells nothing of it."""

    measures: list[tuple[str, str]]
    measure: Measure
    year: str
    picture: LocalityMap | None
    drawn: bool  # outlines of the localities were given
    source: str
    beside: BesideAll | None = None  # by fifth of deprivation, beside all children


def slanting(ring: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Slanting strokes inside a ring, GAP apart: where a line crosses its sides, from one crossing to the next."""
    sides = list(zip(ring, [*ring[1:], *ring[:1]], strict=True))
    sums = [x + y for x, y in ring]
    strokes = []
    for at in range(int(min(sums)) + GAP, int(max(sums)), GAP):
        crossings = sorted(
            (one[0] + (other[0] - one[0]) * (at - sum(one)) / (sum(other) - sum(one)))
            for one, other in sides
            if (sum(one) <= at) != (sum(other) <= at)
        )
        pairs = zip(crossings[::2], crossings[1::2], strict=False)
        strokes += [[(first, at - first), (last, at - last)] for first, last in pairs]
    return strokes


def of_children() -> dict[str, Measure]:
    """The measures that count children and are broken down by where these live."""
    kinds = (MeasureKind.COUNT, MeasureKind.STANDING)
    return {
        key: one
        for key, one in measures().items()
        if one.counts == "children" and one.kind in kinds and "locality" in one.breakdowns
    }


def show_lives(cut: Cut, key: str) -> Lives:
    """Where the children of a measure live, in the newest year that is told by locality; of none asked for, the first
    of which any number may be shown."""
    listed, outlines, children = of_children(), ask.shapes("localities"), children_by_locality(cut)
    choices = [(one.key, one.title) for one in listed.values()]
    tried = []
    for measure in [listed[key]] if key in listed else [listed[FIRST], *listed.values()]:
        figures = figures_of(cut, measure)
        year, picture = _lives(figures, children, outlines)
        beside = beside_all(figures) if picture else None
        tried.append(Lives(choices, measure, str(year or ""), picture, bool(outlines), _source(children), beside))
        if picture and any(one.count is not None for one in picture.parts):
            return tried[-1]
    return tried[0]


def _lives(
    figures: MeasureFigures, children: Mapping[str, Population], outlines: Sequence[Shape]
) -> tuple[Window | None, LocalityMap | None]:
    years = [one for one in figures.fixed() if one.length == A_YEAR]
    year = next((one for one in years if figures.groups("locality", one) is not None), None)
    return year, _picture(figures, year, children, outlines) if year else None


def _source(children: Mapping[str, Population]) -> str:
    return next(iter(children.values())).source if children else ""


def _picture(
    figures: MeasureFigures, year: Window, children: Mapping[str, Population], outlines: Sequence[Shape]
) -> LocalityMap:
    names = dict.fromkeys([*children, *(figures.groups("locality", year) or ())])
    parts = [_part(figures, year, name, children.get(name)) for name in names]
    by_rate = any(one.rate is not None for one in parts)
    most = max((_size(one, by_rate) for one in parts if one.name in children or not children), default=Decimal(0))
    shaded = [Part(one.name or UNKNOWN, one.count, one.rate, _depth(_size(one, by_rate), most)) for one in parts]
    title = f"{figures.measure.title}, {year}"
    return LocalityMap(title, _sentence(shaded, by_rate), tuple(shaded), tuple(outlines), by_rate)


def _part(figures: MeasureFigures, year: Window, name: str, living: Population | None) -> Part:
    shown = figures.shown(year, "locality", name)
    count = None if shown.hidden else shown.count or 0
    return Part(name, count, rate(count, living) if living else None, 0)


def _size(part: Part, by_rate: bool) -> Decimal:
    return (part.rate or Decimal(0)) if by_rate else Decimal(part.count or 0)


def _depth(size: Decimal, most: Decimal) -> int:
    return min(SHADES, int(size / most * SHADES) + 1) if most and size else 0


def _sentence(parts: Sequence[Part], by_rate: bool) -> str:
    if any(one.count is None for one in parts):
        return "Some numbers are too small to be shown, so the parts of the area are not compared in words."
    told = [one for one in parts if not by_rate or one.rate is not None]
    first = max(told, key=lambda one: _size(one, by_rate), default=None)
    if first is None or not _size(first, by_rate):
        return "None is told of."
    if not by_rate:
        return f"Most live in {first.name}: {first.count}."
    per = f"{first.count} children, {first.rate} for each 10,000 who live there"
    return f"The rate is highest in {first.name}: {per}. A difference may be chance."
