"""Our model as Splink settings, for DuckDB and for Spark."""

from __future__ import annotations

from typing import Any

from splink import SettingsCreator, block_on

from kith.linkage.engine.comparisons import COMPARISONS, Comparison, as_spark, one_sided
from kith.linkage.engine.model import Model


def splink_settings(model: Model, *, dialect: str = "duckdb", blocking: tuple[str, ...] = ("dob",)) -> SettingsCreator:
    """The model as Splink settings over the feature columns."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="n",
        probability_two_random_records_match=model.prior,
        comparisons=[_splink_comparison(comparison, model, dialect) for comparison in COMPARISONS],
        blocking_rules_to_generate_predictions=[block_on(rule) for rule in blocking],
        retain_matching_columns=False,
        max_iterations=20,
    )


def _splink_comparison(comparison: Comparison, model: Model, dialect: str) -> dict[str, Any]:
    tidy = as_spark if dialect == "spark" else str
    absent = {"sql_condition": one_sided(tidy(comparison.absent)), "label_for_charts": "absent", "is_null_level": True}
    levels: list[dict[str, Any]] = [absent]
    for level, (m, u) in zip(comparison.levels, model.chances[comparison.name], strict=True):
        made: dict[str, Any] = {
            "sql_condition": one_sided(tidy(level.sql)) or "ELSE",
            "label_for_charts": level.sentence,
            "m_probability": m,
            "u_probability": u,
        }
        if level.frequency:
            made |= {"tf_adjustment_column": level.frequency}
        if level.fixed:
            made |= {"fix_m_probability": True, "fix_u_probability": True}
        levels.append(made)
    return {
        "output_column_name": comparison.name,
        "comparison_levels": levels,
        "comparison_description": comparison.name,
    }
