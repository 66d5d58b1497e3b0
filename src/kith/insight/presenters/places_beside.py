"""Where a hexagon is in which no place can be named: beside one in which some can."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import atan2, cos, degrees, hypot, radians

Point = tuple[float, float]  # longitude and latitude
METRES = 111_195.0  # in a degree of latitude
COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
NOTHING_NEAR = "A part of the area where no place can be named"


def middle_of(ring: Sequence[Sequence[float]]) -> Point:
    """Of a closed outline, whose last point is its first."""
    points = [(float(x), float(y)) for x, y in ring[:-1]]
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def beside(here: Point, named: Iterable[tuple[Point, str]]) -> str:
    """How far, and which way, from the nearest that has a name."""
    away = sorted((_metres(there, here), there, name) for there, name in named)
    if not away:
        return NOTHING_NEAR
    metres, there, name = away[0]
    return f"{_far(metres)} {_way(there, here)} of {name.split(', ')[0]}"


def _metres(one: Point, other: Point) -> float:
    return hypot(*_apart(one, other))


def _apart(one: Point, other: Point) -> Point:
    """East and north of one that the other is, in metres. Flat: a hexagon is a small part of a town."""
    east = (other[0] - one[0]) * cos(radians((one[1] + other[1]) / 2))
    return east * METRES, (other[1] - one[1]) * METRES


def _way(one: Point, other: Point) -> str:
    east, north = _apart(one, other)
    return COMPASS[round(degrees(atan2(east, north)) / 45) % 8]


def _far(metres: float) -> str:
    return f"About {round(metres, -2):.0f} metres" if metres < 950 else f"About {metres / 1000:.1f} km"
