"""Points to hexagons, and which hexagons touch."""

from __future__ import annotations

import numpy as np

from kith.insight.engine.places.hexagons import (
    cells_of,
    choose_resolution,
    coarser,
    count_on,
    grid_of,
    middles,
    names,
    outlines,
    touching,
)

BRISTOL = (51.4545, -2.5879)


def about(n: int, metres: float, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return BRISTOL[0] + rng.normal(0, metres / 111_000, n), BRISTOL[1] + rng.normal(0, metres / 69_000, n)


def test_a_known_point_is_in_its_published_cell() -> None:
    """The example of H3's own documentation: 37.7752702151959, -122.418307270836 at 9 is 8928308280fffff."""
    assert names(cells_of(np.array([37.7752702151959]), np.array([-122.418307270836]), 9)) == ["8928308280fffff"]


def test_six_hexagons_touch_one_within_a_full_grid() -> None:
    grid = grid_of(cells_of(*about(5000, 400), 9), 9)
    around = np.diff(grid.touching.indptr)
    assert around.max() == 6
    assert (grid.touching != grid.touching.T).nnz == 0
    assert grid.touching.diagonal().sum() == 0


def test_touching_is_the_same_one_by_one() -> None:
    """Against distances between middles: hexagons that touch lie closer together than any that do not."""
    grid = grid_of(cells_of(*about(600, 600), 9), 9)
    lat, lng = middles(grid.cells)
    apart = np.hypot((lat[:, None] - lat) * 111_200, (lng[:, None] - lng) * 69_300)
    near = (apart > 1) & (apart < 460)
    assert np.array_equal(grid.touching.todense() == 1, near)


def test_no_event_is_lost_or_doubled() -> None:
    points = cells_of(*about(3000, 1500), 8)
    grid = grid_of(points, 8)
    assert grid.counts.sum() == 3000
    assert np.array_equal(count_on(grid, points), grid.counts)


def test_a_hole_in_a_town_belongs_to_it_and_the_country_round_it_does_not() -> None:
    every = grid_of(cells_of(*about(20_000, 300), 9), 9)
    lat, lng = middles(every.cells)
    middle = int(np.argmin(np.hypot(lat - BRISTOL[0], lng - BRISTOL[1])))
    points = np.delete(every.cells, middle)
    grid = grid_of(points, 9)
    assert every.cells[middle] in grid.cells
    assert grid.counts[np.searchsorted(grid.cells, every.cells[middle])] == 0
    assert len(grid) == len(every)


def test_points_elsewhere_are_left_out() -> None:
    grid = grid_of(cells_of(*about(100, 200), 9), 9)
    assert count_on(grid, cells_of(np.array([10.0, BRISTOL[0]]), np.array([10.0, BRISTOL[1]]), 9)).sum() <= 1


def test_few_events_get_large_hexagons_and_many_get_small_ones() -> None:
    few, many = choose_resolution(*about(60, 15_000)), choose_resolution(*about(60_000, 3_000))
    assert few < many == 9
    assert few >= 5


def test_outlines_are_closed_and_hold_their_middle() -> None:
    cells = np.unique(cells_of(*about(50, 500), 8))
    for ring, lat, lng in zip(outlines(cells), *middles(cells), strict=True):
        assert ring[0] == ring[-1]
        assert len(ring) == 7
        longitudes, latitudes = zip(*ring, strict=True)
        assert min(longitudes) < lng < max(longitudes)
        assert min(latitudes) < lat < max(latitudes)


def test_a_larger_hexagon_holds_the_smaller() -> None:
    fine = cells_of(np.array([BRISTOL[0]]), np.array([BRISTOL[1]]), 9)
    assert np.array_equal(coarser(fine, 7), coarser(coarser(fine, 8), 7))


def test_one_hexagon_touches_nothing() -> None:
    alone = cells_of(np.array([BRISTOL[0]]), np.array([BRISTOL[1]]), 9)
    assert touching(alone).nnz == 0
