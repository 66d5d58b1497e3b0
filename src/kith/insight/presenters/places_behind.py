"""What lies behind the hexagons in the drawing: water, parks, outlines of wards and their names, quietly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kith.foundations.charts.canvas import Canvas, small_wide
from kith.insight.engine.places.area_shapes import Box, Line, Point, Shape, Sort, lines_within, ring_within, thinned
from kith.insight.queries import places_area as ask

FINE = 1.5  # of the drawing's units: points nearer to each other are left out
TALL = 14.0  # a line of small type


class Scale:
    """Degrees to a drawing, north up; true over a county."""

    def __init__(self, points: Sequence[tuple[float, float]], room: float) -> None:
        longitudes, latitudes = zip(*points, strict=True)
        self.west, self.north = min(longitudes), max(latitudes)
        self.squeeze = 0.62  # of a degree of latitude: a degree of longitude at 52° north
        self.each = (room - 4) / max((max(longitudes) - self.west) * self.squeeze, 1e-9)
        self.room, self.height = room, (self.north - min(latitudes)) * self.each + 4

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        return 2 + (longitude - self.west) * self.squeeze * self.each, 2 + (self.north - latitude) * self.each

    def middle(self, ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
        points = [self.at(*point) for point in ring[:-1]]
        return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)

    @property
    def frame(self) -> Box:
        return 0, 0, self.room, self.height


@dataclass(frozen=True)
class Behind:
    """Shapes of the area, in degrees; names of wards with where they go, the largest first."""

    water: tuple[Shape, ...]
    parks: tuple[Shape, ...]
    borders: tuple[Line, ...]
    names: tuple[tuple[str, float, float], ...]
    fifths: tuple[tuple[int, Shape], ...] = ()  # small areas by fifth of deprivation, where these are asked for

    def under(self, canvas: Canvas, scale: Scale) -> None:
        """What the hexagons lie on."""
        for fifth, shape in self.fifths:
            for line in shape.lines:
                _draw(canvas, f"fifth-{fifth}", line, scale, Sort.AREA)
        for role, shapes in (("park", () if self.fifths else self.parks), ("water", self.water)):
            for shape in shapes:
                for line in shape.lines:
                    _draw(canvas, role if shape.sort is Sort.AREA else "grid", line, scale, shape.sort)

    def over(self, canvas: Canvas, scale: Scale, *, names: bool) -> None:
        """Lines that are seen through the hexagons; names where there is room for them."""
        for line in self.borders:
            _draw(canvas, "border", line, scale, Sort.LINE)
        taken: list[Box] = []
        for name, longitude, latitude in self.names if names else ():
            x, y = scale.at(longitude, latitude)
            half = small_wide(name) / 2
            box = (x - half, y - TALL, x + half, y)
            if _within(box, scale.frame) and not any(_meet(box, other) for other in taken):
                taken.append(box)
                canvas.text("name", x, y - 3, name, anchor="middle")


def show_behind(*, fifths: bool = False) -> Behind | None:
    """What the partnership gave of its area, or None where it gave no outlines. `fifths`: with small areas."""
    behind = ask.background()
    borders = tuple(ask.lines(("authority", "wards")))
    if not behind.version or not borders:
        return None
    by_area = ask.fifth_by_area() if fifths else {}
    shaded = tuple((by_area[one.code], one) for one in ask.shapes("small-areas") if one.code in by_area)
    return Behind(ask.shapes("water"), ask.shapes("parks"), borders, behind.labels, shaded)


def _draw(canvas: Canvas, role: str, line: Line, scale: Scale, sort: Sort) -> None:
    points: list[Point] = [scale.at(*point) for point in line]
    if sort is Sort.AREA:
        ring = thinned(ring_within(points, scale.frame), FINE)
        if len(ring) > 3:
            canvas.path(role, ring[:-1], closed=True)
        return
    for piece in lines_within(points, scale.frame):
        canvas.path(role, thinned(piece, FINE))


def _within(box: Box, frame: Box) -> bool:
    return frame[0] <= box[0] and frame[1] <= box[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
