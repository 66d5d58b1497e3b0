"""Over 200 seeds: planted places and hours are found, and noise is not found beyond the stated rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from kith.insight.engine.places.getis import RATE, where_more, with_self
from kith.insight.engine.places.hexagons import Grid, cells_of, grid_of, middles
from kith.insight.engine.places.hours import profile_of

SEEDS = 200
EVENTS_A_HEXAGON = 6
TIMES_AS_MANY = 3
PLANTED = 19  # hexagons: a middle, the six around it and the twelve around those


@dataclass(frozen=True)
class Tally:
    """Of each seed: the share of false ones among those named, and whether the planted middle was named."""

    false_shares: list[float]
    middles_named: int
    anything_named: int


@pytest.fixture(scope="module")
def town() -> Grid:
    """About 420 hexagons of 0.1 km²: a town of 42 km²."""
    rng = np.random.default_rng(1)
    cells = cells_of(51.45 + rng.uniform(-0.029, 0.029, 40_000), -2.59 + rng.uniform(-0.046, 0.046, 40_000), 9)
    return grid_of(cells, 9)


def of_200_seeds(town: Grid, planted: int) -> Tally:
    """Events at random over the town, with three times as many in the planted hexagons; another place for each seed."""
    lat, lng = middles(town.cells)
    within = with_self(town.touching)
    shares, named, anything = [], 0, 0
    for seed in range(SEEDS):
        rng = np.random.default_rng(10_000 + seed)
        middle = int(rng.choice(np.flatnonzero(np.diff(town.touching.indptr) == 6)))
        order = np.argsort(np.hypot((lat - lat[middle]) * 111_200, (lng - lng[middle]) * 69_300))
        rates = np.full(len(town), float(EVENTS_A_HEXAGON))
        rates[order[:planted]] *= TIMES_AS_MANY
        found = where_more(rng.poisson(rates), town.touching, seed=seed).stands_out
        truly = np.asarray(within @ (rates > EVENTS_A_HEXAGON)) > 0
        shares.append(float((found & ~truly).sum() / max(1, found.sum())))
        named += bool(found[middle])
        anything += bool(found.any())
    return Tally(shares, named, anything)


def test_planted_places_are_found_and_little_else(town: Grid) -> None:
    tally = of_200_seeds(town, PLANTED)
    assert tally.middles_named >= 0.95 * SEEDS
    assert float(np.mean(tally.false_shares)) <= RATE


def test_noise_is_named_no_oftener_than_the_rate(town: Grid) -> None:
    """Without a pattern every name is false, so at most 5 % of seeds name any; 18 of 200 leave room for luck."""
    assert of_200_seeds(town, 0).anything_named <= 18


def test_planted_hours_are_found_and_noise_is_not() -> None:
    found = said = 0
    for seed in range(SEEDS):
        rng = np.random.default_rng(20_000 + seed)
        noise = rng.multinomial(110, np.ones(168) / 168).reshape(7, 24)
        said += profile_of(noise, seed=seed, rounds=199).run is not None
        week = noise.copy()
        week[:5, 15] += rng.multinomial(40, np.ones(5) / 5)
        run = profile_of(week, seed=seed, rounds=199).run
        found += run is not None and (run.days, run.start, run.length) == ("on weekdays", 15, 1)
    assert found >= 0.95 * SEEDS
    assert said <= 18
