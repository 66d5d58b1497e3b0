"""What may be told of places: the hexagons as map, list and file, all from the same rows; the week; clusters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kith.foundations.charts import NOT_SHOWN, Hidden, Table, WeekGrid
from kith.foundations.charts.canvas import Canvas, wrapped
from kith.foundations.charts.picture import NARROW, WIDE, Picture
from kith.insight.presenters.places_behind import Behind, Scale
from kith.insight.presenters.places_beside import beside, middle_of
from kith.insight.rules.places import FEW, MINIMUM, NONE, Theme, in_words, may_be_told, rounded

MORE = "More than expected, unlikely by chance"
MAY_BE = "More than expected, but it may be chance"
NO_MORE = "No more than expected"
TOO_FEW = "Too few to say"
CHANGES = {
    "emerging": "Emerging: it rose by more than the area",
    "persistent": "Persistent: in both halves of the time",
    "fading": "Fading: it fell by more than the area",
    "in one half only": "In one half only, which may be chance",
}
COLUMNS = ("Where", "Events", "In and around it", "Expected there", "Finding", "Change")
FEWEST_TIMED = 10  # events with a time of day below which nothing is said of the week
LABEL = 3  # places named for one hexagon


@dataclass(frozen=True)
class Hexagon:
    """One hexagon as it may be told. `depth` is 0 for none, 1 to 5 by number; `number` is its mark on the map."""

    cell: str
    ring: tuple[tuple[float, float], ...]
    where: str
    events: str
    around: str
    expected: int
    finding: str
    change: str
    depth: int
    few: bool
    number: int | None
    order: tuple[int, ...]

    @property
    def stands_out(self) -> bool:
        return self.finding == MORE

    def cells(self) -> tuple[str, ...]:
        """In the order of COLUMNS."""
        return (self.where, self.events, self.around, str(self.expected), self.finding, self.change)


@dataclass(frozen=True)
class HexagonMap(Picture):
    """The hexagons drawn by the server. Named places stand as dots where enough is told of them."""

    title: str
    sentence: str
    hexagons: tuple[Hexagon, ...]
    dots: tuple[tuple[float, float, str], ...]
    behind: Behind | None = None

    def drawn(self, *, narrow: bool) -> Canvas:
        room = NARROW if narrow else WIDE
        across = room if narrow else room * 0.7  # no taller than a screen
        scale = Scale([point for one in self.hexagons for point in one.ring], across)
        key = [line for words in self._key() for line in wrapped(words, room)]
        canvas = Canvas(room, scale.height + 18 + 18 * len(key), title=self.title, description=self.description())
        if self.behind:
            self.behind.under(canvas, scale)
        for one in self.hexagons:
            self._hexagon(canvas, one, scale)
        if self.behind:
            self.behind.over(canvas, scale, names=not narrow)
        for one in self.hexagons:
            if one.number is not None:
                shape = [scale.at(*point) for point in one.ring[:-1]]
                canvas.path("outline", shape, closed=True)
        for lng, lat, _ in self.dots:
            canvas.circle("usual", *scale.at(lng, lat), 2.5)
        for one in self.hexagons:
            if one.number is not None:
                x, y = scale.middle(one.ring)
                shaded = one.depth >= 4 and not (self.behind and self.behind.fifths)
                role = "on-deep-shade" if shaded else "on-shade"
                canvas.text(role, x, y + 4.5, str(one.number), anchor="middle")
        for line, words in enumerate(key):
            canvas.text("small", 0, scale.height + 16 + 18 * line, words)
        return canvas

    def _key(self) -> tuple[str, str]:
        thick = "Thick outline and number: " + MORE.lower() + "."
        if self.behind and self.behind.fifths:
            return "Plum: small areas, the stronger the more deprived. " + thick, "Dots: public places."
        return "Darker: more events. " + thick, "Slanting lines: fewer than five, not shown. Dots: public places."

    def _hexagon(self, canvas: Canvas, one: Hexagon, scale: Scale) -> None:
        shape = [scale.at(*point) for point in one.ring[:-1]]
        if self.behind and self.behind.fifths:
            return canvas.path("grid", shape, closed=True)
        if one.few or one.depth or not self.behind:
            canvas.path("cell" if one.few else f"shade-{one.depth}", shape, closed=True)
        if one.few:
            canvas.path("hatch", [shape[1], shape[4]])
            canvas.path("hatch", [shape[0], shape[3]])
        return canvas.path("grid", shape, closed=True)

    def description(self) -> str:
        """For those who hear the picture."""
        return f"A map of {len(self.hexagons)} hexagons. {self.sentence} The list below holds all that it shows."

    def table(self) -> Table:
        return Table(self.title, COLUMNS, tuple(one.cells() for one in self.hexagons if one.events != NONE))


def show_hexagons(told: dict[str, Any]) -> list[Hexagon]:
    """Every hexagon of the area, those that stand out first, then by number."""
    names = _names(told)
    most = max((one["events"] for one in told["hexagons"]), default=0)
    middles = {one["cell"]: middle_of(one["ring"]) for one in told["hexagons"]}
    named = [(middles[cell], name) for cell, name in names.items() if cell in middles]
    rows = [
        _hexagon(one, names.get(one["cell"]) or beside(middles[one["cell"]], named), most) for one in told["hexagons"]
    ]
    rows.sort(key=lambda one: one.order)
    return [Hexagon(**{**vars(one), "number": at if one.stands_out else None}) for at, one in enumerate(rows, 1)]


def _hexagon(one: dict[str, Any], where: str, most: int) -> Hexagon:
    events, children, around = one["events"], one["children"], one["around"]
    tellable = may_be_told(around, one["children_around"])
    told_here = may_be_told(events, children)
    finding = (MORE if one["stands_out"] else MAY_BE if one["more"] else NO_MORE) if tellable else TOO_FEW
    depth = min(5, int(rounded(events) / rounded(most) * 5 - 1e-9) + 1) if told_here else 0
    change = CHANGES.get(one["change"], "") if tellable else ""
    order = (finding != MORE, -rounded(around) if tellable else 0, -rounded(events) if told_here else 0, events == 0)
    return Hexagon(
        one["cell"],
        tuple((float(x), float(y)) for x, y in one["ring"]),
        where,
        in_words(events, children),
        in_words(around, one["children_around"]),
        round(one["expected"]),
        finding,
        change,
        depth,
        events > 0 and not told_here,
        None,
        tuple(int(part) for part in order),
    )


def _names(told: dict[str, Any]) -> dict[str, str]:
    """For each hexagon the public places in it of which enough is told to name them here."""
    found: dict[str, list[tuple[int, str]]] = {}
    for place in told["places"]:
        if may_be_told(place["events"], place["children"]):
            found.setdefault(place["cell"], []).append((-place["events"], place["name"]))
    return {cell: ", ".join(name for _, name in sorted(named)[:LABEL]) for cell, named in found.items()}


def show_map(
    told: dict[str, Any], theme: Theme, hexagons: Sequence[Hexagon], behind: Behind | None = None
) -> HexagonMap:
    """The picture, with the finding as its title."""
    out = [one for one in hexagons if one.stands_out]
    dots = tuple(
        (place["longitude"], place["latitude"], place["name"])
        for place in told["places"]
        if may_be_told(place["events"], place["children"])
    )
    return HexagonMap(f"{theme.title}: where", _sentence(out, told), tuple(hexagons), dots, behind)


def _sentence(out: Sequence[Hexagon], told: dict[str, Any]) -> str:
    if told["located"] < MINIMUM:
        return "Fewer than five events have a place: too few to draw."
    if not out:
        return "Nowhere is there more than expected beyond what chance would make."
    many = "One hexagon holds, with its" if len(out) == 1 else f"{len(out)} hexagons hold, with their"
    first = f", first around {out[0].where}" if not out[0].where.startswith("No place") else ""
    return f"{many} neighbours, more than expected, unlikely by chance{first}."


def show_week(told: dict[str, Any], locality: str) -> WeekGrid:
    """The 7 × 24 profile, numbers of one to four not shown."""
    where = f" in {locality}" if locality else ""
    return week_grid(f"When in the week{where}", told["weeks"].get(locality) or told["weeks"][""])


def week_grid(title: str, week: dict[str, Any]) -> WeekGrid:
    """A week of exact numbers as it may be told."""
    cells = tuple(tuple(_cell(value) for value in day) for day in week["cells"])
    outlined = frozenset((day, hour) for day, hour in week["outlined"])
    return WeekGrid(title, _when(week), cells, outlined)


def _cell(value: int) -> int | Hidden:
    return NOT_SHOWN if 0 < value < MINIMUM else (rounded(value) if value else 0)


def _when(week: dict[str, Any]) -> str:
    """The sentence with its numbers rounded, so that one part of the area cannot be subtracted from the whole."""
    run, beside = week["run"], "what is recorded then of every kind" if week["exposure"] else "an even spread"
    if week["timed"] < FEWEST_TIMED:
        return f"Fewer than {FEWEST_TIMED} events have a time of day: too few to say when in the week."
    if run is None or run["seen"] < MINIMUM:
        return "No time of the week stands out beyond what chance would make."
    return (
        f"{_share(run)}: about {rounded(run['seen'])} of about {rounded(run['of'])}, where {beside} would give "
        f"about {rounded(round(run['expected']))}. Numbers in the picture are rounded to five."
    )


def _share(run: dict[str, Any]) -> str:
    """The share and the hours: of the rounded numbers beside it, so that it says no more than they do."""
    share = min(100, round(100 * rounded(run["seen"]) / rounded(run["of"])))
    return f"About {share}% of those with a time of day between{run['words'].partition(' between')[2]}"


def show_terms(week: dict[str, Any]) -> str:
    """Whether more happens in school holidays or in term, each a week, in rounded numbers; "" where it is not known."""
    told = week.get("terms")
    if not told or not all(days for _, _, days in told.values()):
        return ""
    if not all(may_be_told(events, children) for events, children, _ in told.values()):
        return "In school holidays or in term there were too few to compare the two."
    words = [
        f"in {'school holidays' if name == 'holidays' else 'term'} about {rounded(events)} in {round(days / 7)} weeks, "
        f"about {_a_week(rounded(events), days)} a week"
        for name, (events, _, days) in told.items()
    ]
    return f"{words[0][0].upper()}{words[0][1:]}; {words[1]}."


def _a_week(events: int, days: int) -> str:
    return f"{events / days * 7:.1f}".removesuffix(".0")


def show_clusters(told: dict[str, Any], hexagons: Sequence[Hexagon]) -> list[str]:
    """Clusters in place and time that are unlikely by chance, in words."""
    where = {one.cell: one.where for one in hexagons}
    said = []
    for one in told["clusters"]:
        if may_be_told(one["events"], one["children"]):
            named = [where[cell] for cell in one["cells"] if not where[cell].startswith("No place")]
            around = f"around {named[0]}" if named else "where no place can be named"
            said.append(
                f"{_months(one['from'], one['to'])}, {around}: about {rounded(one['events'])} events, "
                f"where {_usual(one['expected'])} would be usual (by chance in {_in_hundred(one['p'])})"
            )
    return said


def _months(first: str, last: str) -> str:
    one, other = (f"{date.fromisoformat(day):%B %Y}" for day in (first, last))
    return one if one == other else f"{one} to {other}"


def _usual(expected: float) -> str:
    """What was expected is worked out from exact numbers of the place and the month: told in fives."""
    return FEW if expected < MINIMUM else f"about {rounded(round(expected))}"


def _in_hundred(p: float) -> str:
    return "fewer than 1 in 100" if p < 0.01 else f"about {round(p * 100)} in 100"


def as_geojson(hexagons: Sequence[Hexagon], picture: HexagonMap) -> dict[str, Any]:
    """What the list says, as shapes: one feature a hexagon, and one for each named public place."""
    shapes = [
        {
            "type": "Feature",
            "id": at,
            "properties": {
                **dict(zip(("where", "events", "around", "expected", "finding", "change"), one.cells(), strict=True)),
                "cell": one.cell,
                "depth": one.depth,
                "few": one.few,
                "stands_out": one.stands_out,
                "number": one.number or "",
            },
            "geometry": {"type": "Polygon", "coordinates": [one.ring]},
        }
        for at, one in enumerate(hexagons, 1)
    ]
    points = [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Point", "coordinates": [lng, lat]}}
        for lng, lat, name in picture.dots
    ]
    return {"type": "FeatureCollection", "about": picture.sentence, "features": shapes + points}
