"""Link a made-up partnership: quality, contract, judgements, agreement with Splink, repeatability."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from splink import DuckDBAPI, Linker

from kith.linkage.benches.quality import quality
from kith.linkage.benches.synthetic import Truth, make_records
from kith.linkage.engine import Linked, Model, ModelUnreadableError, RecordsUnusableError, default_model, link, train
from kith.linkage.engine.features import build_features, build_names, build_spellings, prepare
from kith.linkage.engine.records import read_records
from kith.linkage.engine.scoring import scored_sql
from kith.linkage.engine.splink_settings import splink_settings


@pytest.fixture(scope="module")
def truth() -> Truth:
    return make_records(6_000, seed=11)


@pytest.fixture(scope="module")
def linked(truth: Truth) -> Linked:
    return link(truth.records, model=default_model())


def numbers(linked: Linked) -> np.ndarray:
    ids = linked.clusters["cluster_id"].to_numpy(zero_copy_only=False).astype(str)
    return np.unique(ids, return_inverse=True)[1]


def test_people_are_found_and_twins_kept_apart(truth: Truth, linked: Linked) -> None:
    found = quality(numbers(linked), truth)
    assert found.precision >= 0.98
    assert found.recall >= 0.9
    assert found.twins_merged <= 0.2


def test_every_record_is_in_one_cluster_and_every_pair_has_an_outcome(truth: Truth, linked: Linked) -> None:
    assert sorted(linked.clusters["record_id"].to_pylist()) == truth.records["record_id"].to_pylist()
    assert set(linked.pairs["outcome"].to_pylist()) <= {"same", "unsure"}
    cluster = dict(
        zip(linked.clusters["record_id"].to_pylist(), linked.clusters["cluster_id"].to_pylist(), strict=True)
    )
    for row in linked.pairs.to_pylist():
        assert 0 <= row["probability"] <= 1
        if row["outcome"] == "same":
            assert cluster[row["left_id"]] == cluster[row["right_id"]]
    assert linked.report.people == len(set(cluster.values()))


def test_judgements_are_obeyed(truth: Truth, linked: Linked) -> None:
    same = next(row for row in linked.pairs.to_pylist() if row["outcome"] == "same")
    others = linked.clusters.filter(pa.compute.equal(linked.clusters["record_id"], linked.clusters["cluster_id"]))
    one, other = others["record_id"].to_pylist()[:2]
    judgements = pa.Table.from_pylist(
        [
            {"left_id": same["left_id"], "right_id": same["right_id"], "verdict": "different"},
            {"left_id": one, "right_id": other, "verdict": "same"},
            {"left_id": "no longer here", "right_id": other, "verdict": "same"},
        ]
    )
    again = link(truth.records, model=default_model(), judgements=judgements)
    cluster = dict(zip(again.clusters["record_id"].to_pylist(), again.clusters["cluster_id"].to_pylist(), strict=True))
    assert cluster[same["left_id"]] != cluster[same["right_id"]]
    assert cluster[one] == cluster[other]
    asked = {(row["left_id"], row["right_id"]) for row in again.pairs.to_pylist()}
    assert (same["left_id"], same["right_id"]) not in asked


def test_linking_twice_gives_the_same(truth: Truth, linked: Linked) -> None:
    again = link(truth.records, model=default_model())
    assert again.clusters.equals(linked.clusters)
    assert again.pairs.equals(linked.pairs)


def test_training_is_repeatable_and_the_model_survives_a_file(truth: Truth, tmp_path: Path) -> None:
    one, two = train(truth.records, seed=3), train(truth.records, seed=3)
    assert one == two
    one.save(tmp_path / "model.json")
    assert Model.load(tmp_path / "model.json") == one
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelUnreadableError):
        Model.load(tmp_path / "bad.json")


def test_scores_are_those_of_splink(truth: Truth) -> None:
    model, con = default_model(), duckdb.connect()
    read_records(con, truth.records.slice(0, 1500), "records")
    build_names(con, "records", "names")
    prepare(con, model)
    build_spellings(con, "names")
    build_features(con, "records", "names", "features")
    con.execute(
        "create table candidates as select l.n as l, r.n as r from features l join features r"
        " on l.dob = r.dob and l.n < r.n"
    )
    ours = {
        (left, right): weight
        for left, right, weight, _ in con.execute(
            scored_sql(model, "candidates", "features", "features", lowest=-100.0)
        ).fetchall()
    }
    linker = Linker(DuckDBAPI(con).register("features"), splink_settings(model), log_level=None)
    theirs = linker.inference.predict(threshold_match_weight=-100, warning_mode="never").as_record_list()
    assert len(ours) == len(theirs) > 500
    for row in theirs:
        assert ours[row["n_l"], row["n_r"]] == pytest.approx(row["match_weight"], abs=1e-6)


def test_a_parquet_file_serves_as_well_as_a_table(truth: Truth, tmp_path: Path) -> None:
    some = truth.records.slice(0, 500)
    pq.write_table(some, tmp_path / "records.parquet")
    from_file = link(tmp_path / "records.parquet", model=default_model())
    assert from_file.clusters.equals(link(some, model=default_model()).clusters)


def test_unusable_records_say_why() -> None:
    with pytest.raises(RecordsUnusableError, match="no column record_id"):
        link(pa.table({"name": ["A"]}))
    with pytest.raises(RecordsUnusableError, match="more than once"):
        link(pa.table({"record_id": ["1", "1"]}))
    with pytest.raises(RecordsUnusableError, match="no file"):
        link("nowhere.parquet")


def test_records_with_nothing_in_common_or_nothing_at_all_stay_alone() -> None:
    linked = link(pa.table({"record_id": ["1", "2", "3"], "first_name": ["Ann", None, ""]}))
    assert linked.report.people == 3
    assert link(pa.table({"record_id": pa.array([], pa.string())})).report.people == 0
