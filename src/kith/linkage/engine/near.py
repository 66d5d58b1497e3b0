"""New records and the standing clusters near them: what is handed back."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import pyarrow as pa

from kith.linkage.engine.clustering import Bools, Edges, Ints
from kith.linkage.engine.judgements import Judged
from kith.linkage.engine.results import Linked, Report

Near: TypeAlias = tuple[int, str, str | None, int]
"""Record number, record_id, standing cluster (None for a new record), details given."""


def chained(cluster_ids: list[str | None]) -> list[tuple[int, int]]:
    """Each standing cluster as a chain of pairs of places."""
    last: dict[str, int] = {}
    chain = []
    for place, cluster_id in enumerate(cluster_ids):
        if cluster_id is not None:
            if cluster_id in last:
                chain.append((last[cluster_id], place))
            last[cluster_id] = place
    return chain


def linked_near(
    near: list[Near],
    scored: Edges,
    strong: Ints,
    label: Ints,
    refused: Ints,
    judged: Judged,
    two: Bools,
    first: int,
    count: int,
) -> Linked:
    """The results by record_id. `two`: the scored pairs that the rules show to be two people."""
    same = np.zeros(len(scored.left), dtype=bool)
    same[strong] = True
    same[strong[refused[refused < len(strong)]]] = False
    same &= label[scored.left] == label[scored.right]
    open_pairs = _not_judged_different(scored, judged) & ~two
    outcome = np.where(same, "same", "unsure")[open_pairs]
    names = pa.array([row[1] for row in near], pa.string())
    weight = scored.weight[open_pairs]
    pairs = pa.table(
        {
            "left_id": names.take(pa.array(scored.left[open_pairs])),
            "right_id": names.take(pa.array(scored.right[open_pairs])),
            "probability": 1 / (1 + np.exp2(-weight)),
            "match_weight": weight,
            "outcome": pa.array(outcome.astype(object), pa.string()),
        }
    )
    touched = {int(label[at]) for at, row in enumerate(near) if row[0] >= first or row[2] is None}
    clusters = [
        (row[1], near[int(label[at])][2] or near[int(label[at])][1])
        for at, row in enumerate(near)
        if int(label[at]) in touched
    ]
    report = Report(
        count,
        len(scored.left),
        int((outcome == "same").sum()),
        int((outcome == "unsure").sum()),
        len(touched),
        len(refused),
    )
    return Linked(
        pairs,
        pa.table(
            {
                "record_id": pa.array([c[0] for c in clusters], pa.string()),
                "cluster_id": pa.array([c[1] for c in clusters], pa.string()),
            }
        ),
        report,
    )


def _not_judged_different(scored: Edges, judged: Judged) -> Bools:
    """Which pairs are still open: those that a person judged different are not asked about again."""
    if not judged.never:
        return np.ones(len(scored.left), dtype=bool)
    never = set(judged.never)
    return np.array(
        [(min(a, b), max(a, b)) not in never for a, b in zip(scored.left.tolist(), scored.right.tolist(), strict=True)],
        dtype=bool,
    )
