"""Link a whole table of records: candidates, scores, contradiction-free clusters."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import duckdb
import numpy as np
import pyarrow as pa

from kith.linkage.engine.asking import two_people
from kith.linkage.engine.blocking import drop_giant_blocks, pairs_sql
from kith.linkage.engine.clustering import Bools, Edges, Ints, components, group
from kith.linkage.engine.comparisons import DETAILS_GIVEN
from kith.linkage.engine.conflicts import conflicts_within
from kith.linkage.engine.database import connect
from kith.linkage.engine.features import build_features, build_names, build_spellings, prepare
from kith.linkage.engine.judgements import NOTHING_JUDGED, Judged, read_judgements
from kith.linkage.engine.model import Model, default_model
from kith.linkage.engine.records import Records, read_records
from kith.linkage.engine.results import Linked, Report
from kith.linkage.engine.scoring import scored_sql, weight_of
from kith.linkage.engine.spark import score_on_spark
from kith.linkage.engine.training import ENOUGH, OWN_SAMPLE, sample_records, starting_model_of, train_on_features

Progress = Callable[[str], None]


class Stages:
    """Names each stage aloud and keeps how long it took."""

    def __init__(self, progress: Progress | None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress, self._started, self._name = progress, time.perf_counter(), ""

    def begin(self, name: str) -> None:
        self.end()
        self._name, self._started = name, time.perf_counter()
        if self._progress:
            self._progress(name)

    def end(self) -> None:
        if self._name:
            self.seconds[self._name] = self.seconds.get(self._name, 0.0) + time.perf_counter() - self._started
        self._name = ""


def link(
    records: Records,
    *,
    model: Model | None = None,
    judgements: pa.Table | None = None,
    engine: Literal["duckdb", "spark"] = "duckdb",
    progress: Progress | None = None,
    guard: bool = True,
) -> Linked:
    """Which records are one person. Without a model, learns one where there are enough records."""
    stages = Stages(progress)
    con = connect()
    con.execute("set preserve_insertion_order = false")
    stages.begin("reading")
    count = read_records(con, records, "records")
    stages.begin("names")
    build_names(con, "records", "names")
    stages.begin("training")
    model = model or _own_model(con, count)
    prepare(con, model)
    stages.begin("features")
    build_spellings(con, "names")
    build_features(con, "records", "names", "features")
    con.execute("drop table records; drop table names")
    stages.begin("candidates")
    drop_giant_blocks(con, "features")
    candidates = _score(con, model, engine, stages)
    stages.begin("clusters")
    edges = read_edges(con, "scored")
    judged = judged_numbers(con, judgements)
    label, refused = cluster(con, edges, count, weight_of(model.thresholds.same), guard=guard, judged=judged)
    stages.begin("results")
    linked = make_linked(con, edges, label, refused, model, judged)
    stages.end()
    return replace(linked, report=replace(linked.report, seconds=stages.seconds, candidates=candidates))


def judged_numbers(con: duckdb.DuckDBPyConnection, judgements: pa.Table | None, features: str = "features") -> Judged:
    """The judgements on records of table `features`, by record number."""
    if judgements is None or judgements.num_rows == 0:
        return Judged()
    con.register("judged_given", judgements)
    rows = con.execute(f"""select record_id, n from {features} where record_id in (
        select left_id from judged_given union all select right_id from judged_given)""").fetchall()
    con.unregister("judged_given")
    return read_judgements(judgements, dict(rows))


def _score(con: duckdb.DuckDBPyConnection, model: Model, engine: Literal["duckdb", "spark"], stages: Stages) -> int:
    """Create table scored; how many pairs were compared."""
    if engine == "spark":
        stages.begin("scores on Spark")
        score_on_spark(con, model, "features", "scored")
    else:
        con.execute(f"create table candidates as {pairs_sql('features', 'features')}")
        stages.begin("scores")
        lowest = weight_of(model.thresholds.unsure)
        con.execute(f"create table scored as {scored_sql(model, 'candidates', 'features', 'features', lowest=lowest)}")
    counted = "scored" if engine == "spark" else "candidates"
    return int(con.execute(f"select count(*) from {counted}").fetchall()[0][0])


def _own_model(con: duckdb.DuckDBPyConnection, count: int) -> Model:
    if count < ENOUGH:
        return default_model()
    model = starting_model_of(con, "names")
    prepare(con, model)
    sample_records(con, "records", "sampled", count, OWN_SAMPLE)
    build_spellings(con, "names")
    build_features(con, "sampled", "names", "sampled_features")
    drop_giant_blocks(con, "sampled_features")
    trained = train_on_features(con, "sampled_features", model, seed=1, learn=False)
    con.execute("drop table sampled; drop table sampled_features")
    return trained


def read_edges(con: duckdb.DuckDBPyConnection, scored: str) -> Edges:
    """The scored pairs as arrays, in a settled order."""
    rows = con.execute(f"select l, r, weight, corroborated from {scored}").fetchnumpy()
    left, right = rows["l"].astype(np.int64), rows["r"].astype(np.int64)
    order = np.lexsort((right, left))
    return Edges(
        left[order], right[order], rows["weight"].astype(np.float64)[order], rows["corroborated"].astype(bool)[order]
    )


def cluster(
    con: duckdb.DuckDBPyConnection,
    edges: Edges,
    count: int,
    lowest: float,
    *,
    guard: bool,
    judged: Judged = NOTHING_JUDGED,
) -> tuple[Ints, Ints]:
    """A label for each record, and the places in `edges` of links refused because they join a contradiction."""
    strong = np.flatnonzero(edges.weight >= lowest)
    kept = Edges(edges.left[strong], edges.right[strong], edges.weight[strong], edges.corroborated[strong])
    if not guard:
        return components(count, kept.left, kept.right), np.empty(0, dtype=np.int64)
    known = con.execute(f"select {DETAILS_GIVEN} as given from features order by n").fetchnumpy()["given"]
    grouping = group(
        kept, np.asarray(known, dtype=np.uint8), lambda label: conflicts_within(con, label), judged.never, judged.always
    )
    return grouping.label, strong[grouping.refused]


def make_linked(
    con: duckdb.DuckDBPyConnection,
    edges: Edges,
    label: Ints,
    refused: Ints,
    model: Model,
    judged: Judged,
    features: str = "features",
) -> Linked:
    """The results by record_id. `features` holds every record, numbered as in `label`."""
    edges, refused = _still_open(edges, refused, judged, two_people(con, edges.left, edges.right, label, features))
    same = edges.weight >= weight_of(model.thresholds.same)
    same[refused] = False
    outcome = np.where(same & (label[edges.left] == label[edges.right]), "same", "unsure")
    ids = con.sql(f"select record_id from {features} order by n").to_arrow_table()["record_id"].combine_chunks()
    pairs = pa.table(
        {
            "left_id": ids.take(pa.array(edges.left)),
            "right_id": ids.take(pa.array(edges.right)),
            "probability": 1 / (1 + np.exp2(-edges.weight)),
            "match_weight": edges.weight,
            "outcome": pa.array(outcome.astype(object)),
        }
    )
    clusters = pa.table({"record_id": ids, "cluster_id": ids.take(pa.array(label))})
    report = Report(
        len(label),
        0,
        int((outcome == "same").sum()),
        int((outcome == "unsure").sum()),
        len(np.unique(label)),
        len(refused),
    )
    return Linked(pairs, clusters, report)


def _still_open(edges: Edges, refused: Ints, judged: Judged, two: Bools) -> tuple[Edges, Ints]:
    """Without the pairs that nobody need be asked about: `two` people by the rules, or by a person's judgement."""
    kept = ~two
    if judged.never:
        never = set(judged.never)
        pairs = zip(edges.left.tolist(), edges.right.tolist(), strict=True)
        kept &= np.array([pair not in never for pair in pairs], dtype=bool)
    is_refused = np.zeros(len(edges.left), dtype=bool)
    is_refused[refused] = True
    left = Edges(edges.left[kept], edges.right[kept], edges.weight[kept], edges.corroborated[kept])
    return left, np.flatnonzero(is_refused[kept])
