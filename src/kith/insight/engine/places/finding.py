"""From points to hexagons that stand out, with the words for each, and how they are written for a map."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import polars as pl

from kith.insight.engine.places.change import changes
from kith.insight.engine.places.getis import RATE, Found, where_more
from kith.insight.engine.places.hexagons import Grid, cells_of, choose_resolution, count_on, grid_of, names, outlines

MORE = "more than expected, unlikely by chance"
MAY_BE_CHANCE = "more than expected, but it may be chance"
NO_MORE = "no more than expected"
FEWEST_HEXAGONS = 20  # below which chance cannot be told from pattern


@dataclass(frozen=True)
class Places:
    """The hexagons of some events, what was found of each, and how each changed ("" where nothing can be said)."""

    grid: Grid
    found: Found
    change: list[str]
    halves: tuple[str, str] | None
    seed: int

    def words(self, at: int) -> str:
        if self.found.stands_out[at]:
            return MORE
        return MAY_BE_CHANCE if self.found.local[at] > self.found.expected[at] else NO_MORE


def find_places(
    latitudes: npt.ArrayLike,
    longitudes: npt.ArrayLike,
    *,
    seed: int,
    days: pl.Series | None = None,
    resolution: int | None = None,
    permutations: int | None = None,
    rate: float = RATE,
) -> Places:
    """Hexagons of the points, tested; with `days` also what changed from the first half of the time to the second."""
    lat, lng = np.asarray(latitudes, dtype=np.float64), np.asarray(longitudes, dtype=np.float64)
    if not len(lat):
        raise ValueError("There is no event with a place.")
    chosen = choose_resolution(lat, lng) if resolution is None else resolution
    points = cells_of(lat, lng, chosen)
    grid = grid_of(points, chosen)
    found = where_more(grid.counts, grid.touching, seed=seed, permutations=permutations, rate=rate)
    change, halves = _change(grid, points, days, seed, permutations)
    return Places(grid, found, change, halves, seed)


def _change(
    grid: Grid, points: npt.NDArray[np.uint64], days: pl.Series | None, seed: int, permutations: int | None
) -> tuple[list[str], tuple[str, str] | None]:
    """Compare the halves of the time, split between months where only months are told."""
    nothing = [""] * len(grid)
    months = sorted(set(days.dt.month_start().drop_nulls().to_list())) if days is not None else []
    if days is None or len(months) < 4:
        return nothing, None
    months = months[: len(months) // 2 * 2]
    middle, end = months[len(months) // 2], months[-1]
    month = days.dt.month_start()
    earlier, later = (month < middle).to_numpy(), ((month >= middle) & (month <= end)).to_numpy()
    compared = changes(
        count_on(grid, points[earlier]),
        count_on(grid, points[later]),
        grid.touching,
        seed=seed,
        permutations=permutations,
    )
    before_middle = months[len(months) // 2 - 1]
    return compared.words, (f"{months[0]:%B %Y} to {before_middle:%B %Y}", f"{middle:%B %Y} to {end:%B %Y}")


def properties(places: Places) -> Iterator[dict[str, Any]]:
    """What is told of each hexagon, in the grid's order."""
    found = places.found
    for at, name in enumerate(names(places.grid.cells)):
        told = {
            "cell": name,
            "count": int(places.grid.counts[at]),
            "around": int(found.local[at]),
            "expected": round(float(found.expected[at]), 2),
            "z": round(float(found.z[at]), 6),
            "p": round(float(found.p[at]), 6),
            "q": round(float(found.q[at]), 6),
            "stands_out": bool(found.stands_out[at]),
            "words": places.words(at),
        }
        yield told | ({"change": places.change[at]} if places.halves else {})


def write_geojson(places: Places, file: IO[str], about: dict[str, Any]) -> None:
    """A FeatureCollection of hexagons, one a line, in the order of their names; `about` stands beside them."""
    file.write('{"type":"FeatureCollection","about":' + json.dumps(about, ensure_ascii=False) + ',"features":[\n')
    for at, (told, ring) in enumerate(zip(properties(places), outlines(places.grid.cells), strict=True)):
        shape = {"type": "Polygon", "coordinates": [ring]}
        feature = {"type": "Feature", "id": told["cell"], "properties": told, "geometry": shape}
        file.write((",\n" if at else "") + json.dumps(feature, ensure_ascii=False))
    file.write("\n]}\n")
