"""Chance that repeats: one named stream of random numbers for each purpose.

The same seed and name give the same numbers whatever ran before, so a new feed never changes an old one, and
nothing depends on Python's own hash.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rng = np.random.Generator
Texts = NDArray[np.object_]
Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]


def stream(seed: int, *names: object) -> Rng:
    """A generator of its own for this seed and name."""
    text = "/".join([str(seed), *map(str, names)])
    return np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")))


def texts(values: Sequence[Any]) -> Texts:
    """A column of Python strings (and None)."""
    column = np.empty(len(values), dtype=object)
    column[:] = list(values)
    return column


def falling(count: int, slope: float = 0.6) -> NDArray[np.float64]:
    """Weights that fall with rank, as names and places do."""
    weight = (np.arange(count) + 1.0) ** -slope
    return np.asarray(weight / weight.sum())


def pick(rng: Rng, values: Sequence[Any], count: int, weights: Sequence[float] | None = None) -> Texts:
    """`count` values, with replacement, by weight (equal when none given)."""
    return texts(values)[which(rng, len(values), count, weights)]


def which(rng: Rng, choices: int, count: int, weights: Sequence[float] | None = None) -> Ints:
    """`count` positions among `choices`, by weight."""
    if weights is None:
        return rng.integers(0, choices, count)
    edges = np.cumsum(np.asarray(weights, dtype=float))
    return np.minimum(np.searchsorted(edges / edges[-1], rng.random(count), side="right"), choices - 1)


def either(where: Any, yes: Any, no: Any = None) -> Texts:
    """`yes` where true, else `no`, which may be nothing at all."""
    return texts(np.where(where, yes, no).tolist())


def exactly(rng: Rng, values: Sequence[Any], count: int, weights: Sequence[float]) -> Texts:
    """`count` values in these very proportions, shuffled."""
    edges = np.round(np.cumsum(weights) / np.sum(weights) * count).astype(int)
    return np.asarray(texts(values)[rng.permutation(np.searchsorted(edges, np.arange(count), side="right"))])


def whether(rng: Rng, count: int, share: float) -> NDArray[np.bool_]:
    """True for about this share of `count`."""
    return rng.random(count) < share


def some(rng: Rng, values: Ints, count: int, weights: NDArray[np.float64] | None = None) -> Ints:
    """Up to `count` different values, heavier ones likelier (Efraimidis and Spirakis, 2006)."""
    if weights is None:
        return rng.permutation(values)[:count]
    keys = rng.random(len(values)) ** (1.0 / np.maximum(weights, 1e-9))
    return values[np.argsort(-keys, kind="stable")[: min(count, int((weights > 0).sum()))]]


def moments(values: NDArray[Any]) -> NDArray[np.datetime64]:
    """Times in the unit a table can hold."""
    return values.astype("datetime64[ms]")
