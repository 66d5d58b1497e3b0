"""The reference data that come with libpysal and esda, for tests only."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from scipy import sparse

with warnings.catch_warnings():  # the reference's own imports warn of its own dependencies
    warnings.simplefilter("ignore")
    import libpysal
    from libpysal import examples


def weights_of(name: str) -> Any:
    """A weights object of libpysal's from one of its own contiguity files."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return libpysal.io.open(examples.get_path(name)).read()


def matrix_of(weights: Any) -> sparse.csr_array:
    return sparse.csr_array(weights.sparse)


def column_of(name: str, column: str) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.array(libpysal.io.open(examples.get_path(name)).by_col(column), dtype=float)
