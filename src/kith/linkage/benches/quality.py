"""How good are these clusters, against the truth? Pairs of records counted by arithmetic, never listed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kith.linkage.benches.synthetic import Truth


@dataclass(frozen=True)
class Quality:
    """Precision, recall and F1 over pairs of records; people wrongly made one."""

    precision: float
    recall: float
    f1: float
    twins_merged: float
    strangers_merged: int


def quality(clusters: np.ndarray, truth: Truth) -> Quality:
    """`clusters` holds one cluster number per record, in the order of the records."""
    both = _pairs(np.stack([clusters, truth.person], axis=1))
    found, real = _pairs(clusters[:, None]), _pairs(truth.person[:, None])
    precision, recall = both / max(found, 1), both / max(real, 1)
    return Quality(
        precision,
        recall,
        2 * precision * recall / max(precision + recall, 1e-9),
        _merged(clusters, truth.person, truth.twin_pairs) / max(len(truth.twin_pairs), 1),
        _merged(clusters, truth.person, truth.stranger_pairs),
    )


def _pairs(keys: np.ndarray) -> int:
    counts = np.unique(keys, axis=0, return_counts=True)[1].astype(np.int64)
    return int((counts * (counts - 1) // 2).sum())


def _merged(clusters: np.ndarray, person: np.ndarray, pairs: np.ndarray) -> int:
    """Pairs of people of whom any two records share a cluster."""
    held: dict[int, set[int]] = {}
    wanted = set(pairs.ravel().tolist())
    for one in np.flatnonzero(np.isin(person, list(wanted))).tolist():
        held.setdefault(int(person[one]), set()).add(int(clusters[one]))
    return sum(bool(held.get(a, set()) & held.get(b, set())) for a, b in pairs.tolist())
