"""New records and the standing clusters near them: what is handed back."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import pyarrow as pa

from kith.linkage.engine.clustering import Edges, Ints
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
    near: list[Near], scored: Edges, strong: Ints, label: Ints, refused: Ints, judged: Judged,
    first: int, count: int,
) -> Linked:
    same = np.zeros(len(scored.left), dtype=bool)
    same[strong] = True
    same[strong[refused[refused < len(strong)]]] = False
    never = set(judged.never)
    pairs = []
    for at, (one, other) in enumerate(zip(scored.left.tolist(), scored.right.tolist(), strict=True)):
        if (min(one, other), max(one, other)) not in never:
            outcome = "same" if same[at] and label[one] == label[other] else "unsure"
            pairs.append((near[one][1], near[other][1], float(1 / (1 + 2.0 ** -scored.weight[at])),
                          float(scored.weight[at]), outcome))
    touched = {int(label[at]) for at, row in enumerate(near) if row[0] >= first or row[2] is None}
    clusters = [(row[1], near[int(label[at])][2] or near[int(label[at])][1])
                for at, row in enumerate(near) if int(label[at]) in touched]
    report = Report(count, len(scored.left), sum(p[4] == "same" for p in pairs), sum(p[4] == "unsure" for p in pairs),
                    len(touched), len(refused))
    names = ("left_id", "right_id", "probability", "match_weight", "outcome")
    kinds = (pa.string(), pa.string(), pa.float64(), pa.float64(), pa.string())
    return Linked(
        pa.table({name: pa.array([pair[at] for pair in pairs], kind)
                  for at, (name, kind) in enumerate(zip(names, kinds, strict=True))}),
        pa.table({"record_id": pa.array([c[0] for c in clusters], pa.string()),
                  "cluster_id": pa.array([c[1] for c in clusters], pa.string())}), report)
