"""Points to hexagons of the H3 grid, a million at once, and which hexagons touch.

A hexagon is an unsigned 64-bit number (H3's own). Sizes are averages over the earth: resolution 9 is about 0.1 km²
(200 m a side), 8 about 0.7 km², 7 about 5 km².
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import polars_h3
from scipy import sparse

Cells = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

FINEST, COARSEST = 9, 5
ENOUGH_TOGETHER = 5  # events in the hexagon of half of all events, for a resolution to be fine enough to say something
SURROUNDED = 4  # of six neighbours with events: then an empty hexagon lies within the area
SIDE_METRES = {5: 9854, 6: 3725, 7: 1406, 8: 531, 9: 201, 10: 76}  # average edge, from H3's own table


@dataclass(frozen=True)
class Grid:
    """Hexagons in order of their number, with the count of events in each and which of them touch.

    `touching` is a 0/1 matrix without the hexagon itself.
    """

    cells: Cells
    counts: Whole
    touching: sparse.csr_array
    resolution: int

    def __len__(self) -> int:
        return len(self.cells)


def cells_of(latitudes: Numbers, longitudes: Numbers, resolution: int) -> Cells:
    """The hexagon of each point (degrees, WGS 84), in the order given."""
    frame = pl.DataFrame({"lat": latitudes, "lng": longitudes})
    cells = frame.select(polars_h3.latlng_to_cell("lat", "lng", resolution, return_dtype=pl.UInt64))
    return cells.to_series().to_numpy()


def coarser(cells: Cells, resolution: int) -> Cells:
    """The larger hexagon around each hexagon's middle."""
    frame = pl.DataFrame({"cell": cells}).select(polars_h3.cell_to_parent("cell", resolution))
    return frame.to_series().cast(pl.UInt64).to_numpy()


def choose_resolution(latitudes: Numbers, longitudes: Numbers) -> int:
    """The finest resolution (9 to 5) at which half of the events share their hexagon with at least four others."""
    for resolution in range(FINEST, COARSEST, -1):
        _, where, counts = np.unique(
            cells_of(latitudes, longitudes, resolution), return_inverse=True, return_counts=True
        )
        if np.median(counts[where]) >= ENOUGH_TOGETHER:
            return resolution
    return COARSEST


def grid_of(points: Cells, resolution: int, *, area: Cells | None = None) -> Grid:
    """Count points by hexagon over the area, and say which hexagons touch.

    Without an `area`, it is every hexagon with an event and the empty ones that four or more of those surround: the
    holes of a town belong to it, the sea beyond its edge does not.
    """
    cells, counts = np.unique(points, return_counts=True)
    every = np.union1d(cells, area if area is not None else _holes(cells))
    filled = np.zeros(len(every), dtype=np.int64)
    filled[np.searchsorted(every, cells)] = counts
    return Grid(every, filled, touching(every), resolution)


def count_on(grid: Grid, points: Cells) -> Whole:
    """How many of other points lie in each of the grid's hexagons; points elsewhere are left out."""
    place = np.searchsorted(grid.cells, points)
    place = np.minimum(place, len(grid) - 1)
    inside = grid.cells[place] == points
    return np.bincount(place[inside], minlength=len(grid)).astype(np.int64)


def touching(cells: Cells) -> sparse.csr_array:
    """Which of these hexagons share an edge, as a 0/1 matrix. Cells must be sorted and each there once."""
    around = _around(cells)
    other = np.minimum(np.searchsorted(cells, around["other"].to_numpy()), max(len(cells) - 1, 0))
    here = around["here"].to_numpy()
    known = (cells[other] == around["other"].to_numpy()) & (other != here)
    pairs = np.ones(int(known.sum()))
    return sparse.csr_array((pairs, (here[known], other[known])), shape=(len(cells), len(cells)))


def around(cells: Cells) -> Cells:
    """These hexagons and all that touch them, each once, in order."""
    return np.unique(_around(cells)["other"].to_numpy())


def middles(cells: Cells) -> tuple[Numbers, Numbers]:
    """Latitude and longitude of each hexagon's middle, in degrees."""
    frame = pl.DataFrame({"cell": cells}).select(
        polars_h3.cell_to_lat("cell").alias("lat"), polars_h3.cell_to_lng("cell").alias("lng")
    )
    return frame["lat"].to_numpy(), frame["lng"].to_numpy()


def outlines(cells: Cells) -> list[list[tuple[float, float]]]:
    """The corners of each hexagon as (longitude, latitude), to six places, closed."""
    shapes = pl.DataFrame({"cell": cells}).select(polars_h3.cell_to_boundary("cell")).to_series().to_list()
    found = []
    for shape in shapes:
        ring = [(round(corner[1], 6), round(corner[0], 6)) for corner in shape]
        found.append([*ring, ring[0]])
    return found


def names(cells: Cells) -> list[str]:
    """Each hexagon's name as H3 writes it, in hexadecimal."""
    return [f"{int(cell):x}" for cell in cells]


def _around(cells: Cells) -> pl.DataFrame:
    """Each hexagon's row number (`here`) beside each hexagon within one step (`other`), itself among them."""
    frame = pl.DataFrame({"here": np.arange(len(cells)), "cell": cells})
    disks = frame.select("here", polars_h3.grid_disk("cell", 1).alias("other")).explode("other")
    return disks.drop_nulls().with_columns(pl.col("other").cast(pl.UInt64))


def _holes(cells: Cells) -> Cells:
    beside = _around(cells)["other"].to_numpy()
    other, neighbours = np.unique(beside, return_counts=True)
    return np.asarray(np.setdiff1d(other[neighbours >= SURROUNDED], cells), dtype=np.uint64)
