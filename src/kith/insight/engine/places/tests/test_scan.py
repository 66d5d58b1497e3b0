"""The space-time permutation scan, worked by hand and on made-up outbreaks."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from kith.insight.engine.places.scan import log_ratio, scan

IN_A_ROW = [(0.0, 0.0), (10.0, 0.0), (20.5, 0.0)]
BY_HAND = [[1, 1, 4, 0], [3, 3, 1, 3], [2, 2, 1, 3]]  # 24 events; 6 in the first place and 6 in the third period


def test_the_formula_by_hand() -> None:
    """Kulldorff and others 2005: μ = 6 × 6 ÷ 24 = 1.5; (4/1.5)^4 × (20/22.5)^20."""
    assert log_ratio(4, 1.5, 24) == pytest.approx(4 * log(4 / 1.5) + 20 * log(20 / 22.5), abs=1e-12)
    assert log_ratio(1, 1.5, 24) == 0


def test_a_table_by_hand() -> None:
    """Nothing is more unlikely than the first place in the third period alone: 4 × ln(4 ÷ 1.5) + 20 × ln(20 ÷ 22.5)."""
    found = scan(BY_HAND, IN_A_ROW, seed=1, longest=2, permutations=199)[0]
    assert (found.rows, found.first, found.last, found.seen) == ((0,), 2, 2, 4)
    assert found.expected == pytest.approx(1.5)
    assert found.log_ratio == pytest.approx(1.56766, abs=1e-5)


def by_every_cylinder(table: np.ndarray, where: np.ndarray, longest: int) -> float:
    """The greatest ratio, one cylinder after the other, without any shortcut."""
    total, best = table.sum(), 0.0
    for middle in where:
        order = np.argsort(np.linalg.norm(where - middle, axis=1), kind="stable")
        for size in range(1, len(where) + 1):
            rows = order[:size]
            if not 2 <= table[rows].sum() <= total / 2:
                continue
            for last in range(table.shape[1]):
                for first in range(max(0, last - longest + 1), last + 1):
                    seen = table[rows, first : last + 1].sum()
                    expected = table[rows].sum() * table[:, first : last + 1].sum() / total
                    best = max(best, float(log_ratio(seen, expected, int(total))))
    return best


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_overlooked(seed: int) -> None:
    rng = np.random.default_rng(seed)
    table, where = rng.poisson(0.7, (9, 12)), rng.random((9, 2))
    found = scan(table, where, seed=1, longest=4, most_rows=9, permutations=9)
    assert found[0].log_ratio == pytest.approx(by_every_cylinder(table, where, 4), abs=1e-9)


def test_an_outbreak_is_found_where_and_when_it_was() -> None:
    rng = np.random.default_rng(4)
    where, table = rng.random((25, 2)), rng.poisson(0.6, (25, 30))
    table[3, 20:23] += 8
    found = scan(table, where, seed=1, longest=7, permutations=199)[0]
    assert 3 in found.rows
    assert 19 <= found.first <= 21
    assert found.p <= 0.01


def test_what_is_always_busy_is_no_cluster() -> None:
    """A place with ten times as many events all the time, and a day with ten times as many everywhere."""
    rng = np.random.default_rng(7)
    rates = np.ones((20, 20)) * 0.5
    rates[4] *= 10
    rates[:, 9] *= 10
    found = scan(rng.poisson(rates), rng.random((20, 2)), seed=1, longest=5, permutations=199)
    assert found[0].p > 0.05


def test_no_events_no_cluster() -> None:
    assert scan(np.zeros((3, 4)), IN_A_ROW, seed=1, longest=2) == []
