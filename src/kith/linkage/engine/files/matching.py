"""Match the rows of one file, or of two, with a model learnt from the files themselves."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from kith.linkage.engine.clustering import components
from kith.linkage.engine.comparisons import Comparison, level_number_sql, one_sided
from kith.linkage.engine.database import connect
from kith.linkage.engine.files.columns import Guess
from kith.linkage.engine.files.comparing import Field, comparison_for, tidy_fields

MOST_RULES = 16
PAIRS_PER_ROW = 8
U_PAIRS = 250_000.0
EM_PAIRS = 60_000.0
LEAST_PAIRS_TO_LEARN = 20
Progress = Callable[[str], None]


class NotEnoughColumnsError(ValueError):
    """Too little in the file can be compared, with the reason in words."""


@dataclass(frozen=True)
class FileMatch:
    """`pairs`: id_left, id_right, probability, match_weight, reasons. `clusters`: id, cluster_id."""

    pairs: pa.Table
    clusters: pa.Table
    candidates: int


def match_files(
    left: pa.Table,
    right: pa.Table | None,
    guess: Guess,
    *,
    ids: tuple[list[str], list[str]],
    threshold: float = 0.5,
    seed: int = 1,
    progress: Progress | None = None,
) -> FileMatch:
    """Match rows. With `right`, only pairs across the two files; both have the columns of `guess`."""
    tell = progress or (lambda words: None)
    con = connect()
    fields = tidy_fields(guess)
    _load(con, left, right, fields)
    comparisons = [comparison_for(field, fields) for field in fields]
    across = "l.side <> r.side" if right is not None else "true"
    tell("choosing which rows to compare")
    rules = _blocking(con, fields, across)
    if not rules:
        raise NotEnoughColumnsError("No column tells rows apart well enough to match by.")
    tell("learning from the file")
    linker = _trained(con, comparisons, rules, right is not None, seed)
    tell("comparing")
    scored = linker.inference.predict(threshold_match_probability=threshold, warning_mode="never")
    return _result(con, scored.physical_name, comparisons, ids)


def _load(con: duckdb.DuckDBPyConnection, left: pa.Table, right: pa.Table | None, fields: list[Field]) -> None:
    columns = ", ".join(f"{field.sql} as {field.slot}" for field in fields)
    parts = []
    for side, table in (("a", left), ("b", right)):
        if table is not None:
            con.register(f"given_{side}", table.append_column("kith_row", pa.array(np.arange(table.num_rows))))
            parts.append(f"select '{side}' as side, kith_row, {columns} from given_{side}")
    con.execute(f"""create table tidy as select (row_number() over (order by side, kith_row) - 1)::integer as n, *
        from ({" union all ".join(parts)})""")


def _blocking(con: duckdb.DuckDBPyConnection, fields: list[Field], across: str) -> list[tuple[str, ...]]:
    """Columns, alone or in pairs, that bring together few rows: the narrowest first."""
    slots = [field.slot for field in fields if field.column.role != "category"]
    rows = con.execute("select count(*) from tidy").fetchall()[0][0]
    sized = []
    for parts in [(slot,) for slot in slots] + list(combinations(slots, 2)):
        keys = ", ".join(parts)
        present = " and ".join(f"{part} is not null" for part in parts)
        size = con.execute(f"""select coalesce(sum(c * (c - 1) / 2), 0) from (
            select count(*) as c from tidy where {present} group by {keys})""").fetchall()[0][0]
        if 0 < size <= PAIRS_PER_ROW * rows:
            sized.append((float(size), parts))
    chosen: list[tuple[str, ...]] = []
    for _, parts in sorted(sized, key=lambda item: (len(item[1]), item[0])):
        if not any(set(done) <= set(parts) for done in chosen):
            chosen.append(parts)
    return chosen[:MOST_RULES]


def _trained(
    con: duckdb.DuckDBPyConnection, comparisons: list[Comparison], rules: list[tuple[str, ...]], across: bool, seed: int
) -> Linker:
    settings = SettingsCreator(
        link_type="link_only" if across else "dedupe_only",
        unique_id_column_name="n",
        comparisons=[_splink_comparison(comparison) for comparison in comparisons],
        blocking_rules_to_generate_predictions=[block_on(*parts) for parts in rules],
        retain_matching_columns=False,
        max_iterations=30,
    )
    api = DuckDBAPI(con)
    tables: Any = api.register("tidy")
    if across:
        con.execute("create table tidy_a as select * from tidy where side = 'a'")
        con.execute("create table tidy_b as select * from tidy where side = 'b'")
        tables = [api.register("tidy_a"), api.register("tidy_b")]
    linker = Linker(tables, settings, log_level=logging.ERROR)
    _train(linker, rules, seed)
    return linker


def _train(linker: Linker, rules: list[tuple[str, ...]], seed: int) -> None:
    training = linker.training
    sure: list[Any] = [block_on(*parts) for parts in rules if len(parts) == 2][:3] or [block_on(*rules[0])]
    training.estimate_probability_two_random_records_match(sure, recall=0.8)
    training.estimate_u_using_random_sampling(max_pairs=U_PAIRS, seed=seed, num_chunks=1, min_count_per_level=None)
    for parts in rules[:4]:
        training.estimate_parameters_using_expectation_maximisation(
            block_on(*parts), estimate_without_term_frequencies=True, max_pairs=EM_PAIRS, record_sample_proportion=1.0
        )


def _splink_comparison(comparison: Comparison) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": one_sided(comparison.absent), "label_for_charts": "absent", "is_null_level": True}
    ]
    for level in comparison.levels:
        made: dict[str, Any] = {
            "sql_condition": one_sided(level.sql) or "ELSE",
            "label_for_charts": level.sentence,
            "m_probability": level.start[0],
            "u_probability": level.start[1],
        }
        if level.frequency:
            made["tf_adjustment_column"] = level.frequency
        levels.append(made)
    return {
        "output_column_name": comparison.name,
        "comparison_levels": levels,
        "comparison_description": comparison.name,
    }


def _result(
    con: duckdb.DuckDBPyConnection, scored: str, comparisons: list[Comparison], ids: tuple[list[str], list[str]]
) -> FileMatch:
    numbers = ", ".join(level_number_sql(comparison) for comparison in comparisons)
    rows = con.execute(f"""select s.n_l, s.n_r, s.match_probability, s.match_weight, {numbers}
        from {scored} s join tidy L on L.n = s.n_l join tidy R on R.n = s.n_r
        order by s.match_weight desc, s.n_l, s.n_r""").fetchall()
    names = [*ids[0], *ids[1]]
    pairs = pa.table(
        {
            "id_left": pa.array([names[row[0]] for row in rows], pa.string()),
            "id_right": pa.array([names[row[1]] for row in rows], pa.string()),
            "probability": pa.array([round(row[2], 6) for row in rows], pa.float64()),
            "match_weight": pa.array([round(row[3], 3) for row in rows], pa.float64()),
            "reasons": pa.array([_reasons(row[4:], comparisons) for row in rows], pa.string()),
        }
    )
    label = components(
        len(names),
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
    )
    clusters = pa.table({"id": names, "cluster_id": [names[number] for number in label.tolist()]})
    return FileMatch(pairs, clusters, len(rows))


def _reasons(levels: tuple[int, ...], comparisons: list[Comparison]) -> str:
    told = [
        comparison.levels[level].sentence for level, comparison in zip(levels, comparisons, strict=True) if level >= 0
    ]
    return "; ".join(told)
