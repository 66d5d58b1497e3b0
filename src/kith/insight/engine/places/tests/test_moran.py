"""Moran's I against published and reference values."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy import sparse

from kith.insight.engine.places.moran import local_moran, moran, row_standardised
from kith.insight.engine.places.tests.reference import column_of, matrix_of, weights_of


def test_st_louis_is_as_esdas_manual_prints_it() -> None:
    """esda's documentation: I = 0.244, EI = -0.012987…, p under randomisation 2.546e-06 (two-sided)."""
    weights = row_standardised(matrix_of(weights_of("stl.gal")))
    found = moran(column_of("stl_hom.txt", "HR8893"), weights, seed=1)
    assert found.value == pytest.approx(0.24365582621771695, abs=1e-12)
    assert found.expected == pytest.approx(-0.012987012987012988, abs=1e-12)
    assert found.p == pytest.approx(2.5460087116831314e-06, rel=1e-9)
    assert found.p_permuted <= 0.005


def test_columbus_crime() -> None:
    """0.500: crime in Columbus with the published contiguity, each row standardised."""
    weights = row_standardised(matrix_of(weights_of("columbus.gal")))
    assert moran(column_of("columbus.dbf", "CRIME"), weights, seed=1).value == pytest.approx(0.500189, abs=5e-7)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("contiguity", "table", "column"),
    [("stl.gal", "stl_hom.txt", "HR8893"), ("desmith.gal", "desmith.txt", "z"), ("sids2.gal", "sids2.dbf", "SIDR79")],
)
def test_local_and_global_are_esdas(contiguity: str, table: str, column: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from esda import Moran, Moran_Local

    weights, values = weights_of(contiguity), column_of(table, column)
    theirs, whole = Moran_Local(values, weights, permutations=999, seed=1), Moran(values, weights, permutations=0)
    ours = row_standardised(matrix_of(weights_of(contiguity)))
    found = local_moran(values, ours, seed=1)
    assert np.abs(found.values - theirs.Is).max() < 1e-9
    assert np.array_equal(found.quarter, theirs.q)
    assert np.abs(found.p - theirs.p_sim).mean() < 0.02
    one = moran(values, ours, seed=1)
    assert (one.value, one.z, one.p) == pytest.approx((whole.I, whole.z_rand, whole.p_rand), rel=1e-9)


def test_a_chessboard_is_as_unlike_as_can_be() -> None:
    side = 6
    board = np.indices((side, side)).sum(axis=0) % 2
    step = sparse.diags_array([np.ones(side - 1)] * 2, offsets=[-1, 1])
    rook = sparse.csr_array(sparse.kron(step, sparse.eye_array(side)) + sparse.kron(sparse.eye_array(side), step))
    assert moran(board.ravel(), rook, seed=1).value == pytest.approx(-1)


def test_what_is_all_alike_has_no_moran() -> None:
    weights = row_standardised(matrix_of(weights_of("stl.gal")))
    with pytest.raises(ValueError, match="differ"):
        moran(np.ones(78), weights, seed=1)
    with pytest.raises(ValueError, match="differ"):
        local_moran(np.ones(78), weights, seed=1)
