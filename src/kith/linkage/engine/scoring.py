"""The score of each candidate pair: the weights of its levels added up, as Splink does, in one SQL statement."""

from __future__ import annotations

import math

from kith.linkage.engine.comparisons import COMPARISONS, CORROBORATED, Comparison
from kith.linkage.engine.model import Model


def scored_sql(model: Model, pairs: str, left: str, right: str, *, lowest: float) -> str:
    """Select l, r, match weight and whether corroborated, of the pairs whose weight reaches `lowest` (log2 odds)."""
    total = " + ".join([repr(model.prior_weight), *(f"({weight_sql(model, c)})" for c in COMPARISONS)])
    return f"""select l, r, weight, corroborated from (
        select p.l, p.r, {total} as weight, {CORROBORATED} as corroborated
        from {pairs} p join {left} L on L.n = p.l join {right} R on R.n = p.r) where weight >= {lowest!r}"""


def weight_sql(model: Model, comparison: Comparison) -> str:
    """The match weight that one comparison adds; nothing where either side lacks it."""
    weights = model.weights(comparison.name)
    cases = []
    for place, level in enumerate(comparison.levels[:-1]):
        value = repr(weights[place])
        if level.frequency:
            m = model.chances[comparison.name][place][0]
            value = f"log2({m!r} / L.tf_{level.frequency})"
        cases.append(f"when {level.sql} then {value}")
    return f"case when {comparison.absent} then 0.0 {' '.join(cases)} else {weights[-1]!r} end"


def weight_of(probability: float) -> float:
    """Log2 of the odds."""
    return math.log2(probability / (1 - probability))


def probability_of(weight: float) -> float:
    """The chance that the two are one person."""
    return float(1 / (1 + 2.0 ** -max(min(weight, 500.0), -500.0)))
