"""Gi* equals esda's; its permutations follow the exact distribution; false discoveries are kept down."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from kith.insight.engine.places.getis import (
    chance_of_as_much,
    draw_without_putting_back,
    enough_permutations,
    gi_star,
    smallest_rate,
    where_more,
    with_self,
)
from kith.insight.engine.places.tests.reference import column_of, matrix_of, weights_of

SHIPPED = [  # esda's and libpysal's own example data: contiguity, table, column
    ("stl.gal", "stl_hom.txt", "HR8893"),
    ("stl.gal", "stl_hom.txt", "HC8488"),
    ("sids2.gal", "sids2.dbf", "SIDR79"),
    ("sids2.gal", "sids2.dbf", "SID74"),
    ("columbus.gal", "columbus.dbf", "CRIME"),
]


@pytest.mark.parametrize(("contiguity", "table", "column"), SHIPPED)
@pytest.mark.filterwarnings("ignore")
def test_z_is_esdas_to_nine_places(contiguity: str, table: str, column: str) -> None:
    from esda import G_Local

    weights, values = weights_of(contiguity), column_of(table, column)
    theirs = G_Local(values, weights, transform="B", star=True, permutations=0)
    weights.transform = "B"
    ours = where_more(values, matrix_of(weights), seed=1, permutations=99)
    assert np.abs(ours.z - theirs.Zs).max() < 1e-9
    assert np.abs(ours.local / values.sum() - theirs.Gs).max() < 1e-9


def test_z_is_as_esdas_manual_prints_it() -> None:
    """The six points in esda's documentation of G_Local, linked within 15."""
    points = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)])
    values = np.array([2, 3, 3.2, 5, 8, 7])
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    weights = sparse.csr_array(((apart <= 15) & (apart > 0)).astype(float))
    printed = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    assert gi_star(values, with_self(weights)) == pytest.approx(printed, abs=5e-9)


def test_a_rows_scale_does_not_matter() -> None:
    """Ord and Getis's own variance for weights that are not 0 or 1."""
    rng = np.random.default_rng(5)
    weights = sparse.csr_array(sparse.random_array((30, 30), density=0.2, rng=rng) + sparse.eye_array(30))
    values = rng.poisson(4, 30)
    scaled = sparse.csr_array(sparse.diags_array(rng.random(30) + 0.5) @ weights)
    assert gi_star(values, weights) == pytest.approx(gi_star(values, scaled), abs=1e-9)


def ring(n: int, reach: int = 1) -> sparse.csr_array:
    steps = [k for k in range(-reach, reach + 1) if k]
    rows = np.repeat(np.arange(n), len(steps))
    columns = (rows + np.tile(steps, n)) % n
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(n, n))


def test_permutations_follow_the_exact_distribution() -> None:
    """Of values 0 and 1 the number of ones drawn among neighbours is hypergeometric."""
    values = np.array([1] * 12 + [0] * 28)
    within = with_self(ring(40, reach=2))
    p = chance_of_as_much(values, within, permutations=40_000, seed=3)
    seen = within @ values - values
    exact = stats.hypergeom.sf(seen - 1, 39, 12 - values, 4)
    assert np.abs(p - exact).max() < 0.01


def test_weighted_and_counted_permutations_agree() -> None:
    values = np.random.default_rng(1).poisson(3, 60)
    within = with_self(ring(60))
    almost = within.copy()
    almost.data = almost.data * 2.0  # not 0/1 any more: takes the road of any weights
    counted = chance_of_as_much(values, within, permutations=999, seed=9)
    weighted = chance_of_as_much(values, almost, permutations=999, seed=9)
    assert np.array_equal(counted, weighted)


def test_p_is_close_to_esdas() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from esda import G_Local

        weights, values = weights_of("stl.gal"), column_of("stl_hom.txt", "HR8893")
        theirs = G_Local(values, weights, transform="B", star=True, permutations=9999, seed=1)
    weights.transform = "B"
    ours = where_more(values, matrix_of(weights), seed=2, permutations=9999)
    folded = np.minimum(ours.p, 1 - ours.p)
    assert np.abs(folded - theirs.p_sim).mean() < 0.006


def test_the_same_seed_gives_the_same_answer_and_another_another() -> None:
    values, weights = np.random.default_rng(1).poisson(3, 80), ring(80)
    one, again, other = (where_more(values, weights, seed=seed, permutations=199) for seed in (1, 1, 2))
    assert np.array_equal(one.p, again.p)
    assert not np.array_equal(one.p, other.p)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=80))
@settings(max_examples=50, deadline=None)
def test_the_smallest_rate_is_scipys_benjamini_hochberg(p: list[float]) -> None:
    assert smallest_rate(p) == pytest.approx(stats.false_discovery_control(p, method="bh"), abs=1e-12)


def test_values_all_alike_name_nothing() -> None:
    found = where_more(np.full(20, 4), ring(20), seed=1)
    assert not found.stands_out.any()
    assert np.array_equal(found.expected, found.local)


def test_too_few_permutations_are_said() -> None:
    values, weights = np.random.default_rng(1).poisson(3, 400), ring(400)
    assert where_more(values, weights, seed=1, permutations=99).too_few_permutations
    assert not where_more(values, weights, seed=1).too_few_permutations
    assert enough_permutations(400) == 8000
    assert enough_permutations(10) == 999


@given(n=st.integers(2, 400), size=st.integers(1, 9), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=50, deadline=None)
def test_nothing_is_drawn_twice(n: int, size: int, seed: int) -> None:
    size = min(size, n)
    drawn = draw_without_putting_back(n, size, 20, seed)
    assert drawn.shape == (20, size)
    assert all(len(set(row)) == size and min(row) >= 0 and max(row) < n for row in drawn.tolist())


@given(st.lists(st.integers(0, 50), min_size=8, max_size=60), st.integers(1, 1000), st.integers(-40, 40))
@settings(max_examples=50, deadline=None)
def test_z_does_not_depend_on_the_unit(values: list[int], scale: int, shift: int) -> None:
    y = np.array(values, dtype=float)
    within = with_self(ring(len(y)))
    z, other = gi_star(y, within), gi_star(y * scale + shift, within)
    if y.std() > 0:
        assert other == pytest.approx(z, abs=1e-6)
