"""People's decisions that two records are or are not one person: above scores and rules, kept through re-linking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

Pair = tuple[int, int]


@dataclass(frozen=True)
class Judged:
    """Pairs of record numbers, smaller first: `always` together, `never` together."""

    always: tuple[Pair, ...] = ()
    never: tuple[Pair, ...] = ()


NOTHING_JUDGED = Judged()


def read_judgements(judgements: pa.Table | None, numbers: Mapping[str, int]) -> Judged:
    """Judgements on records that are here; those on records no longer here are left aside, not lost.

    `judgements` has columns left_id, right_id and verdict ("same" or "different").
    """
    if judgements is None or judgements.num_rows == 0:
        return Judged()
    found: dict[str, list[Pair]] = {"same": [], "different": []}
    for row in judgements.select(["left_id", "right_id", "verdict"]).to_pylist():
        if row["verdict"] not in found:
            raise ValueError(f"A verdict is 'same' or 'different', not {row['verdict']!r}.")
        one, other = numbers.get(row["left_id"]), numbers.get(row["right_id"])
        if one is not None and other is not None and one != other:
            found[row["verdict"]].append((min(one, other), max(one, other)))
    return Judged(tuple(found["same"]), tuple(found["different"]))
