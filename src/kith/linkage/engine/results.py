"""What the engine hands back."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from kith.linkage.engine.comparisons import Agreement


@dataclass(frozen=True)
class Report:
    """How many, and how long each stage took in seconds."""

    records: int
    candidates: int
    same: int
    unsure: int
    people: int
    refused: int
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Linked:
    """`pairs`: left_id, right_id, probability, match_weight, outcome ("same" or "unsure").

    `clusters`: record_id, cluster_id (the smallest record_id of the cluster; every record is in exactly one).
    """

    pairs: pa.Table
    clusters: pa.Table
    report: Report


@dataclass(frozen=True)
class Reason:
    """One thing compared: what was found, in words, and how much it weighs (log2; below nothing speaks against)."""

    field: str
    sentence: str
    weight: float
    agrees: Agreement


@dataclass(frozen=True)
class Explanation:
    """Why two records are, are not or may be one person: a headline, reasons (weightiest first), what forbids it."""

    headline: str
    reasons: tuple[Reason, ...]
    contradictions: tuple[str, ...]
    probability: float
    match_weight: float
