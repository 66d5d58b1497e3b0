"""The Knox test against the reference's own example, by hand, and on made-up events."""

from __future__ import annotations

import numpy as np
import pytest

from kith.insight.engine.places import knox as of_knox
from kith.insight.engine.places.knox import TooManyPairsError, knox, metres
from kith.insight.engine.places.tests.reference import column_of


def test_burkitts_lymphoma_in_west_nile() -> None:
    """188 cases of 1961 to 1975, within 20 of the file's units of length and 5 days.

    pointpats, the reference library for such tests, documents for this file of libpysal's 13 pairs and, of 99
    permutations, p = 0.17 (`pointpats.spacetime.knox`, whose own tests hold the 13).
    """
    where = np.column_stack([column_of("burkitt.dbf", "X"), column_of("burkitt.dbf", "Y")])
    found = knox(where, column_of("burkitt.dbf", "T"), near=20, soon=5, seed=1)
    assert len(where) == 188
    assert found.near_in_both == 13
    assert found.p == pytest.approx(0.17, abs=3 * (0.17 * 0.83 / 99) ** 0.5)  # theirs is of 99 permutations only


def test_four_events_by_hand() -> None:
    """Pairs near in place: AB, CD. Near in time: AB, AC, BC. Both: AB. By chance 2 × 3 ÷ 6."""
    found = knox([(0, 0), (0, 1), (9, 9), (9, 10)], [0, 1, 2, 9], near=1.5, soon=2, seed=1)
    assert (found.near_in_both, found.near_in_place, found.near_in_time) == (1, 2, 3)
    assert found.expected == 1
    assert found.times_as_many == 1


def test_what_spreads_is_found_and_what_does_not_is_not() -> None:
    rng = np.random.default_rng(2)
    places, times = rng.random((150, 2)) * 1000, rng.random(150) * 365
    follow = rng.choice(150, 25, replace=False)
    spread = np.vstack([places, places[follow] + rng.normal(0, 5, (25, 2))])
    after = np.concatenate([times, times[follow] + rng.random(25) * 3])
    assert knox(spread, after, near=20, soon=5, seed=1).p <= 0.005
    assert knox(places, times, near=20, soon=5, seed=1).p > 0.05


def test_too_many_pairs_are_refused_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_knox, "MOST_PAIRS", 10)
    with pytest.raises(TooManyPairsError, match="distance"):
        knox(np.zeros((10, 2)), np.arange(10), near=1, soon=1, seed=1)


def test_degrees_become_metres() -> None:
    """A minute of latitude is a nautical mile, 1,852 m to a few."""
    where = metres([51.0, 51.0 + 1 / 60, 51.0], [-2.5, -2.5, -2.4])
    assert np.linalg.norm(where[1] - where[0]) == pytest.approx(1853, abs=3)
    assert np.linalg.norm(where[2] - where[0]) == pytest.approx(6997, abs=10)


def test_one_event_has_no_pairs() -> None:
    with pytest.raises(ValueError, match="two or more"):
        knox([(0, 0)], [1], near=1, soon=1, seed=1)
