"""Outlines of an area as plain numbers: what a shape is, cutting it to a box, making it lighter, where its name goes.

Points are (longitude, latitude) in degrees or any other flat units: nothing here cares which. Plain Python, so that
pages stay light.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

Point = tuple[float, float]
Line = tuple[Point, ...]
Box = tuple[float, float, float, float]  # west, south, east, north: least x, least y, most x, most y


class Sort(StrEnum):
    """What the parts of a shape are."""

    AREA = "area"  # polygons: of each its rings, the outer one first, closed
    LINE = "line"
    POINT = "point"


@dataclass(frozen=True)
class Shape:
    """One ward, park, road or station. `parts`: of an area rings by polygon; of a line or points one group each."""

    code: str
    name: str
    sort: Sort
    parts: tuple[tuple[Line, ...], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every ring or line, whatever it belongs to."""
        return tuple(line for part in self.parts for line in part)


def box_of(lines: Iterable[Line]) -> Box:
    """The smallest box around them. Raises ValueError where there is no point."""
    points = [point for line in lines for point in line]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def touch(one: Box, other: Box) -> bool:
    """Whether two boxes have a point in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def ring_within(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a ring that lies in the box, closed along its edges (Sutherland and Hodgman, 1974); perhaps none."""
    kept = list(ring)
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        kept = _cut(kept, axis, limit, sign)
        if not kept:
            return []
    return kept if kept[0] == kept[-1] else [*kept, kept[0]]


def _cut(ring: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True):
        was, now = (sign * (one[axis] - limit) >= 0 for one in (before, point))
        if was != now:
            kept.append(_crossing(before, point, axis, limit))
        if now:
            kept.append(point)
    return kept


def _crossing(one: Point, other: Point, axis: int, limit: float) -> Point:
    share = (limit - one[axis]) / (other[axis] - one[axis])
    along = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
    return (limit, along) if axis == 0 else (along, limit)


def lines_within(line: Sequence[Point], box: Box) -> list[list[Point]]:
    """The pieces of a line that lie in the box."""
    pieces: list[list[Point]] = []
    for one, other in zip(line, line[1:], strict=False):
        part = _piece(one, other, box)
        if part is None:
            continue
        if pieces and pieces[-1][-1] == part[0]:
            pieces[-1].append(part[1])
        else:
            pieces.append(list(part))
    return pieces


def _piece(one: Point, other: Point, box: Box) -> tuple[Point, Point] | None:
    """The part of a straight line in the box (Liang and Barsky, 1984)."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        step = other[axis] - one[axis]
        for sign, limit in ((1, box[axis]), (-1, box[axis + 2])):
            room, going = sign * (limit - one[axis]), sign * step
            if going == 0:
                if room > 0:
                    return None
            elif going > 0:
                first = max(first, room / going)
            else:
                last = min(last, room / going)
    if first > last:
        return None
    return _along(one, other, first), _along(one, other, last)


def _along(one: Point, other: Point, share: float) -> Point:
    if share in (0.0, 1.0):
        return other if share else one
    return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])


def thinned(line: Sequence[Point], step: float) -> list[Point]:
    """Without points nearer than `step` to the one kept before; the first and the last always stay."""
    if len(line) < 3:
        return list(line)
    kept = [line[0]]
    for point in line[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= step:
            kept.append(point)
    return [*kept, line[-1]]


def area_of(ring: Sequence[Point]) -> float:
    """The area within a closed ring; positive where it runs with x to y (clockwise where y points down)."""
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:], strict=False)) / 2


def inside(point: Point, rings: Iterable[Sequence[Point]]) -> bool:
    """Whether a point lies in a polygon of an outer ring and holes."""
    x, y = point
    crossed = False
    for ring in rings:
        for (a, b), (c, d) in zip(ring, ring[1:], strict=False):
            if (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a:
                crossed = not crossed
    return crossed


def name_point(shape: Shape) -> Point:
    """Where the name of an area goes: within its largest part, in the middle of its widest reach at mid height."""
    part = max(shape.parts, key=lambda rings: abs(area_of(rings[0])))
    _, south, _, north = box_of(part[:1])
    middle = (south + north) / 2
    crossings = sorted(
        a + (middle - b) / (d - b) * (c - a)
        for ring in part
        for (a, b), (c, d) in zip(ring, ring[1:], strict=False)
        if (b > middle) != (d > middle)
    )
    reaches = list(zip(crossings[::2], crossings[1::2], strict=False))
    if not reaches:
        return part[0][0]
    west, east = max(reaches, key=lambda reach: reach[1] - reach[0])
    return (west + east) / 2, middle
