"""Where things stand in a picture of a network: places above, people between, groups below, the linked near each other.

The same network always gives the same picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Spots = npt.NDArray[np.float64]

STEPS, SEED, PULL_IN = 70, 11, 2.0
LAYERS = {"place": (0.04, 0.2), "person": (0.28, 0.74), "group": (0.82, 0.96)}  # of the height, from above


def lay_out(kinds: Sequence[str], links: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """For each node (its kind: place, person or group) how far right and how far down it stands, from nought to one.

    Kept for whoever looks at the same network again.
    """
    return list(_laid_out(tuple(kinds), tuple(links)))


@lru_cache(maxsize=32)
def _laid_out(kinds: tuple[str, ...], links: tuple[tuple[int, int], ...]) -> list[tuple[float, float]]:
    """Nodes push each other away and links pull (Fruchterman and Reingold, 1991), each node within its layer."""
    size = len(kinds)
    if not size:
        return []
    layers = _layers(set(kinds))
    bounds = np.array([layers.get(kind, layers["person"]) for kind in kinds])
    spot = np.random.default_rng(SEED).random((size, 2))
    spot[:, 1] = bounds[:, 0] + spot[:, 1] * (bounds[:, 1] - bounds[:, 0])
    ends = np.array(links, dtype=np.int64).reshape(-1, 2)
    apart = 0.9 / np.sqrt(size)
    for step in range(STEPS):
        push = _push(spot, apart)
        gap = spot[ends[:, 0]] - spot[ends[:, 1]]
        pull = gap * np.linalg.norm(gap, axis=1, keepdims=True) / apart
        np.add.at(push, ends[:, 0], -pull)
        np.add.at(push, ends[:, 1], pull)
        push[:, 0] += (0.5 - spot[:, 0]) * PULL_IN * apart
        far = np.linalg.norm(push, axis=1, keepdims=True)
        spot += push / np.maximum(far, 1e-9) * np.minimum(far, 0.12 * (1 - step / STEPS))
        spot[:, 1] = np.clip(spot[:, 1], bounds[:, 0], bounds[:, 1])
    return _spread(spot, bounds)


def _layers(kinds: set[str]) -> dict[str, tuple[float, float]]:
    """The layers, with the people's as wide as there is room: up where there are no places, down without groups."""
    top = LAYERS["person"][0] if "place" in kinds else LAYERS["place"][0]
    bottom = LAYERS["person"][1] if "group" in kinds else LAYERS["group"][1]
    return {**LAYERS, "person": (top, bottom)}


def _push(spot: Spots, apart: float) -> Spots:
    x, y = spot.astype(np.float32).T
    right, down = x[:, None] - x[None, :], y[:, None] - y[None, :]
    strength = np.float32(apart**2) / np.maximum(right * right + down * down, np.float32(1e-6))
    return np.stack([(right * strength).sum(axis=1), (down * strength).sum(axis=1)], axis=1).astype(np.float64)


def _spread(spot: Spots, bounds: Spots) -> list[tuple[float, float]]:
    """Crowded parts are drawn apart: half of where somebody stands is their place in the order, across and down."""
    across, down = spot[:, 0].copy(), spot[:, 1].copy()
    low, high = across.min(), across.max()
    across = (across - low) / (high - low) if high - low > 1e-6 else np.full(len(spot), 0.5)
    across = 0.05 + 0.9 * (across + _order(across)) / 2
    for top, bottom in np.unique(bounds, axis=0):
        layer = bounds[:, 0] == top
        down[layer] = (down[layer] + top + _order(down[layer]) * (bottom - top)) / 2
    return [(round(float(x), 4), round(float(y), 4)) for x, y in zip(across, down, strict=True)]


def _order(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Each one's place in the order, from nought to one."""
    if len(values) < 2:
        return np.full(len(values), 0.5)
    return np.argsort(np.argsort(values, kind="stable"), kind="stable") / (len(values) - 1)
