"""Vector tiles of our own area (Mapbox's vector tile specification 2.1), made in plain Python when they are asked for.

A tile is the square z/x/y of the web's map grid (Web Mercator). Coordinates in it are whole numbers from 0 to 4096,
y down; shapes reach a little over the edge, so that no seam is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import asinh, pi, radians, tan

from kith.insight.engine.places.area_shapes import (
    Box,
    Line,
    Shape,
    Sort,
    area_of,
    box_of,
    lines_within,
    ring_within,
    thinned,
    touch,
)

DEEPEST = 14  # beyond it a map enlarges the tiles it has
EXTENT, OVER = 4096, 64
LIGHTER = 3  # points nearer than this to the last are left out: less than half a pixel
KINDS = {Sort.POINT: 1, Sort.LINE: 2, Sort.AREA: 3}
MOVE, DRAW, CLOSE = 1, 2, 7
Values = Mapping[str, str | int]


@dataclass(frozen=True)
class Ready:
    """A shape on the flat map of the world, which is 1 wide and 1 high, with what a tile tells of it."""

    sort: Sort
    parts: tuple[tuple[Line, ...], ...]
    box: Box
    values: Values


def ready(shape: Shape, values: Values) -> Ready:
    """The shape laid on the flat map, once for all tiles."""
    parts = tuple(tuple(tuple(_flat(*point) for point in line) for line in part) for part in shape.parts)
    return Ready(shape.sort, parts, box_of(line for part in parts for line in part), values)


def _flat(longitude: float, latitude: float) -> tuple[float, float]:
    return (longitude + 180) / 360, (1 - asinh(tan(radians(latitude))) / pi) / 2


def tile(layers: Mapping[str, Sequence[Ready]], z: int, x: int, y: int) -> bytes:
    """The tile, a layer for each name; empty where nothing lies in it."""
    side, over = 1 / 2**z, OVER / EXTENT / 2**z
    square = (x * side - over, y * side - over, (x + 1) * side + over, (y + 1) * side + over)
    found = (
        _layer(name, [one for one in shapes if touch(one.box, square)], z, x, y) for name, shapes in layers.items()
    )
    return b"".join(_field(3, layer) for layer in found if layer)


def _layer(name: str, shapes: Sequence[Ready], z: int, x: int, y: int) -> bytes:
    keys: dict[str, int] = {}
    values: dict[str | int, int] = {}
    features = []
    for shape in shapes:
        drawn = _commands(shape, z, x, y)
        if drawn:
            pairs = [
                (keys.setdefault(key, len(keys)), values.setdefault(it, len(values)))
                for key, it in shape.values.items()
            ]
            tags = _packed(2, [number for pair in pairs for number in pair])
            features.append(_field(2, tags + _number(3, KINDS[shape.sort]) + _packed(4, drawn)))
    if not features:
        return b""
    head = _number(15, 2) + _field(1, name.encode())
    tail = b"".join(_field(3, key.encode()) for key in keys) + b"".join(_field(4, _value(it)) for it in values)
    return head + b"".join(features) + tail + _number(5, EXTENT)


def _value(given: str | int) -> bytes:
    return _field(1, given.encode()) if isinstance(given, str) else _number(5, given)


def _commands(shape: Ready, z: int, x: int, y: int) -> list[int]:
    """What to draw in this tile, as the specification counts it: commands, and steps from the point before."""
    whole = EXTENT * 2**z
    pen, drawn = (0, 0), []
    for line in _in_tile(shape, whole, x * EXTENT, y * EXTENT):
        closed = shape.sort is Sort.AREA
        steps = []
        for point in line[:-1] if closed else line:
            steps += [_zigzag(point[0] - pen[0]), _zigzag(point[1] - pen[1])]
            pen = point
        drawn += [1 << 3 | MOVE, *steps[:2]]
        drawn += [(len(steps) // 2 - 1) << 3 | DRAW, *steps[2:]] if len(steps) > 2 else []
        drawn += [1 << 3 | CLOSE] if closed else []
    return drawn


def _in_tile(shape: Ready, whole: int, left: int, top: int) -> Iterator[list[tuple[int, int]]]:
    edge = (-OVER, -OVER, EXTENT + OVER, EXTENT + OVER)
    for part in shape.parts:
        for at, line in enumerate(part):
            moved = [(px * whole - left, py * whole - top) for px, py in line]
            if shape.sort is Sort.AREA:
                ring = _whole(thinned(ring_within(moved, edge), LIGHTER))
                if len(ring) < 4 or area_of(ring) == 0:
                    if at == 0:
                        break  # too small to draw here, and so are its holes
                    continue
                yield ring if (area_of(ring) > 0) == (at == 0) else ring[::-1]
            elif shape.sort is Sort.LINE:
                yield from (
                    piece for one in lines_within(moved, edge) if len(piece := _whole(thinned(one, LIGHTER))) > 1
                )
            else:
                yield from ([point] for point in _whole(moved) if all(edge[0] <= n <= edge[2] for n in point))


def _whole(points: Iterable[tuple[float, float]]) -> list[tuple[int, int]]:
    """Whole numbers, without the same point twice in a row."""
    rounded = [(round(px), round(py)) for px, py in points]
    return [point for at, point in enumerate(rounded) if at == 0 or point != rounded[at - 1]]


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def _number(field: int, number: int) -> bytes:
    return _varint(field << 3) + _varint(number)


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _packed(field: int, numbers: Iterable[int]) -> bytes:
    return _field(field, b"".join(map(_varint, numbers)))
