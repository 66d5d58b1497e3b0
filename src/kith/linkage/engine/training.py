"""Learn the model from the records themselves, with nobody's labels: Splink's expectation maximisation, capped."""

from __future__ import annotations

import logging
from dataclasses import replace

import duckdb
import numpy as np
import pyarrow as pa
from splink import DuckDBAPI, Linker, block_on

from kith.linkage.engine.blocking import drop_giant_blocks
from kith.linkage.engine.comparisons import COMPARISONS, Comparison, level_number_sql
from kith.linkage.engine.database import connect
from kith.linkage.engine.features import build_features, build_names, build_spellings, count_frequencies, prepare
from kith.linkage.engine.learned_names import learn_names
from kith.linkage.engine.model import Model, Thresholds, starting_model
from kith.linkage.engine.records import Records, RecordsUnusableError, read_records
from kith.linkage.engine.scoring import scored_sql, weight_of
from kith.linkage.engine.splink_settings import splink_settings

SAMPLE = 200_000
OWN_SAMPLE = 80_000
"""Records looked at when `link` learns its own model in passing."""
ENOUGH = 5_000
"""Fewer records than this are not enough to learn from; the default model serves."""
EM_PAIRS = 250_000
RANDOM_PAIRS = 250_000
EM_BLOCKS = (("dob",), ("first", "last"))
RECALL_OF_SURE_RULES = 0.6
LIKELY = ("key_nhs", "key_upn", "key_date_surname", "key_date_home")
"""Keys under which forms of one first name meet."""
LEAST_CHANCE = 1e-6


def train(records: Records, *, sample: int = SAMPLE, seed: int = 1) -> Model:
    """A model of these records. `sample` caps how many are looked at. Raises RecordsUnusableError when too few."""
    con = connect()
    count = read_records(con, records, "records")
    if count < 100:
        raise RecordsUnusableError(f"{count} records are too few to learn from; use the default model.")
    build_names(con, "records", "names")
    model = starting_model_of(con, "names")
    prepare(con, model)
    sample_records(con, "records", "sampled", count, sample)
    build_spellings(con, "names")
    build_features(con, "sampled", "names", "features")
    drop_giant_blocks(con, "features")
    return train_on_features(con, "features", model, seed=seed)


def starting_model_of(con: duckdb.DuckDBPyConnection, names: str) -> Model:
    """The starting model with the name frequencies of these records."""
    start = starting_model()
    return Model(start.prior, start.chances, count_frequencies(con, names))


def sample_records(con: duckdb.DuckDBPyConnection, records: str, into: str, count: int, sample: int) -> None:
    """Create table `into` with about `sample` of the records, numbered from 0.

    Which ones depends on their place alone, not on the names they have been given.
    """
    kept = "" if count <= sample else f"where hash(n) % {count} < {sample}"
    con.execute(
        f"create or replace temp table {into} as"
        f" select * replace ((row_number() over (order by n) - 1)::integer as n) from {records} {kept}"
    )


def train_on_features(
    con: duckdb.DuckDBPyConnection, features: str, model: Model, *, seed: int, learn: bool = True
) -> Model:
    """Learn prior, u (from random pairs) and m (Splink's EM) from a table of features."""
    chances = _with_random_pairs(con, features, model, seed)
    started = Model(model.prior, chances, model.frequencies, model.thresholds)
    con.execute(f"create or replace temp view for_splink as select * exclude (key_nhs) from {features}")
    linker = Linker(DuckDBAPI(con).register("for_splink"), splink_settings(started), log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("nhs"), block_on("upn"), block_on("first", "last", "dob")], recall=RECALL_OF_SURE_RULES
    )
    for columns in EM_BLOCKS:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns), estimate_without_term_frequencies=True, max_pairs=EM_PAIRS
        )
    trained = _model_from(linker, started)
    return _with_learned_names(con, features, trained) if learn else trained


def _with_learned_names(con: duckdb.DuckDBPyConnection, features: str, model: Model) -> Model:
    """The model with the forms of names that likely pairs of these records show."""
    likely = " union ".join(
        f"select l.n as l, r.n as r from {features} l join {features} r on l.{key} = r.{key}"
        f" where l.n < r.n and l.dob = r.dob and l.first <> r.first"
        f" and not coalesce(list_has_any(l.spellings, r.spellings), false)"
        for key in LIKELY
    )
    con.execute(f"create or replace temp table likely as {likely}")
    con.execute(
        f"""create or replace temp table odd as {
            scored_sql(model, "likely", features, features, lowest=weight_of(model.thresholds.same))
        }"""
    )
    learned = learn_names(con, "odd", features)
    con.execute("drop table likely; drop table odd")
    return replace(model, learned=learned)


def _with_random_pairs(
    con: duckdb.DuckDBPyConnection, features: str, model: Model, seed: int
) -> dict[str, list[tuple[float, float]]]:
    """u: how often each level holds between two records taken at random."""
    _random_pairs(con, features, seed)
    numbers = ", ".join(f"{level_number_sql(c)} as {c.name}" for c in COMPARISONS)
    con.execute(f"""create or replace temp table levels as select {numbers}
        from random_pairs p join {features} L on L.n = p.l join {features} R on R.n = p.r""")
    chances = {}
    for comparison in COMPARISONS:
        counts = dict(con.execute(f"select {comparison.name}, count(*) from levels group by 1").fetchall())
        chances[comparison.name] = _merged_chances(comparison, model, counts)
    con.execute("drop table levels")
    return chances


def _random_pairs(con: duckdb.DuckDBPyConnection, features: str, seed: int) -> None:
    count = con.execute(f"select count(*) from {features}").fetchall()[0][0]
    rng = np.random.default_rng(seed)
    wanted = min(RANDOM_PAIRS, count * (count - 1) // 2)
    left, right = rng.integers(0, count, wanted), rng.integers(0, count, wanted)
    different = left != right
    con.register("random_given", pa.table({"l": left[different], "r": right[different]}))
    con.execute("create or replace temp table random_pairs as select * from random_given")
    con.unregister("random_given")


def _merged_chances(comparison: Comparison, model: Model, counts: dict[int, int]) -> list[tuple[float, float]]:
    """Counted u where it was seen often enough, the starting u as a few imagined pairs otherwise."""
    starts = model.chances[comparison.name]
    total = sum(count for level, count in counts.items() if level >= 0)
    if total == 0:
        return starts
    chances = []
    for place, (level, (m, u)) in enumerate(zip(comparison.levels, starts, strict=True)):
        imagined = 20.0
        counted = (counts.get(place, 0) + imagined * u) / (total + imagined)
        chances.append((m, u if level.fixed else max(counted, LEAST_CHANCE)))
    return chances


def _model_from(linker: Linker, started: Model) -> Model:
    settings = linker.misc.save_model_to_json()
    chances = dict(started.chances)
    for made, comparison in zip(settings["comparisons"], COMPARISONS, strict=True):
        levels = [level for level in made["comparison_levels"] if not level.get("is_null_level")]
        chances[comparison.name] = [
            (
                _rounded(max(level.get("m_probability", start[0]) or LEAST_CHANCE, LEAST_CHANCE * 100)),
                _rounded(max(level.get("u_probability", start[1]) or LEAST_CHANCE, LEAST_CHANCE)),
            )
            for level, start in zip(levels, started.chances[comparison.name], strict=True)
        ]
    return Model(
        _rounded(settings["probability_two_random_records_match"]),
        chances,
        started.frequencies,
        Thresholds(),
        trained_on="these records",
    )


def _rounded(chance: float) -> float:
    """Five figures: sums over threads differ in the last ones, and a model should not."""
    return float(f"{chance:.5g}")
