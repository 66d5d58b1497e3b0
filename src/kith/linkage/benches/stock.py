"""Splink as its own guide would set it up, for comparison: tidy the text, train, predict, cluster at .9."""

from __future__ import annotations

import logging
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, SparkAPI, block_on

from kith.linkage.engine.database import connect
from kith.linkage.engine.spark import PARTITIONS, local_session

THRESHOLD = 0.9
EM_PAIRS = 1_000_000.0
TIDY = """
    select record_id as unique_id, lower(trim(first_name)) as first_name, lower(trim(last_name)) as last_name,
        strftime(date_of_birth, '%Y-%m-%d') as dob, sex, nhs_number, upn,
        upper(replace(postcode, ' ', '')) as postcode, lower(email) as email
    from records
"""
EM_BLOCKS = (("dob",), ("first_name", "last_name"))


def settings() -> SettingsCreator:
    """The comparisons of Splink's guide for people, and rules that meet every ordinary error once."""
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("first_name"),
            cl.NameComparison("last_name"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("sex"),
            cl.ExactMatch("nhs_number"),
            cl.ExactMatch("upn"),
            cl.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("first_name", "last_name"),
            block_on("dob", "last_name"),
            block_on("dob", "first_name"),
            block_on("nhs_number"),
            block_on("upn"),
            block_on("postcode", "first_name"),
        ],
        retain_matching_columns=False,
    )


def stock_link(records: pa.Table) -> dict[str, Any]:
    """Cluster numbers in the order of `records`, and how many pairs were scored above the threshold."""
    con = connect()
    con.register("records", records)
    con.execute(f"create table tidy as {TIDY}")
    api = DuckDBAPI(con)
    linker = Linker(api.register("tidy"), settings(), log_level=logging.ERROR)
    train(linker)
    predictions = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, THRESHOLD)
    return {"clusters": in_order(con, records, clusters.physical_name)}


def train(linker: Linker) -> None:
    """As the guide: prior from sure rules, u by random sampling, m by capped EM."""
    linker.training.estimate_probability_two_random_records_match(
        [block_on("nhs_number"), block_on("upn"), block_on("first_name", "last_name", "dob")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=EM_PAIRS)
    for columns in EM_BLOCKS:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns), estimate_without_term_frequencies=True, max_pairs=EM_PAIRS
        )


def in_order(con: duckdb.DuckDBPyConnection, records: pa.Table, clusters: str) -> np.ndarray:
    """One cluster number for each record, in the order of the records."""
    rows = con.execute(
        f"select dense_rank() over (order by cluster_id) as c from {clusters} order by unique_id"
    ).fetchnumpy()
    order = np.argsort(np.argsort(records["record_id"].to_numpy(zero_copy_only=False).astype(str)))
    return np.asarray(rows["c"])[order]


def stock_link_on_spark(records: pa.Table) -> dict[str, Any]:
    """The same on local Spark, with a session like ours."""
    con = connect()
    con.register("records", records)
    tidy = con.sql(TIDY).to_arrow_table()
    session = local_session()
    api: Any = SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=session, break_lineage_method="persist", num_partitions_on_repartition=PARTITIONS
    )
    linker = Linker(
        api.register(session.createDataFrame(tidy).repartition(PARTITIONS)), settings(), log_level=logging.ERROR
    )
    train(linker)
    predictions = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, THRESHOLD)
    con.register("clustered", clusters.as_spark_dataframe().toArrow())
    return {"clusters": in_order(con, records, "clustered")}
