"""The same scores on Spark, for more records than one machine can compare.

The model is learnt on a sample in DuckDB; Splink's Spark backend loads it and compares the pairs. What comes back,
the likely pairs, is grouped by the same guard and the same judgements as always.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from kith.linkage.engine.blocking import KEYS
from kith.linkage.engine.comparisons import CORROBORATED
from kith.linkage.engine.features import COMPARED
from kith.linkage.engine.model import Model
from kith.linkage.engine.scoring import weight_of
from kith.linkage.engine.splink_settings import splink_settings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PARTITIONS = 8
MEMORY = "4g"
FREQUENT = ("first", "last")


class SparkMissingError(RuntimeError):
    """Spark cannot run here, with the reason in words."""


def score_on_spark(con: duckdb.DuckDBPyConnection, model: Model, features: str, into: str) -> None:
    """Create table `into` (l, r, weight, corroborated) from table `features`, scored by Splink on Spark."""
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder), Path(folder) / "scored"
        _write(con, features, given)
        _score(local_session(), model, given, found)
        con.execute(f"""create or replace temp table spark_scored as
            select n_l::integer as l, n_r::integer as r, match_weight as weight
            from read_parquet('{found}/*.parquet')""")
    con.execute(f"""create or replace table {into} as select l, r, weight, {CORROBORATED} as corroborated
        from spark_scored p join {features} L on L.n = p.l join {features} R on R.n = p.r""")


def _write(con: duckdb.DuckDBPyConnection, features: str, folder: Path) -> None:
    """Spark has no unsigned numbers: keys are moved to the signed range. Name frequencies go in tables of their own."""
    con.execute(
        f"copy (select n, {', '.join(COMPARED)} from {features}) to '{folder}/features.parquet' (row_group_size 20000)"
    )
    keys = " union all ".join(
        f"select {rule} as rule, ({key}::hugeint - 9223372036854775808)::bigint as key, n from {features}"
        f" where {key} is not null"
        for rule, key in enumerate(KEYS)
    )
    con.execute(f"copy ({keys}) to '{folder}/keys.parquet' (row_group_size 100000)")
    for name in FREQUENT:
        con.execute(
            f"copy (select distinct {name}, tf_{name} from {features} where {name} is not null)"
            f" to '{folder}/{name}.parquet'"
        )


def _score(session: SparkSession, model: Model, given: Path, found: Path) -> None:
    from splink import Linker, SparkAPI  # noqa: PLC0415  (pyspark is an optional extra)

    table = session.read.parquet(f"{given}/features.parquet").repartition(PARTITIONS)
    api: Any = SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=session, break_lineage_method="persist", num_partitions_on_repartition=PARTITIONS
    )
    linker = Linker(api.register(table), splink_settings(model, dialect="spark"), log_level=logging.ERROR)
    for name in FREQUENT:
        frequencies = api.register(session.read.parquet(f"{given}/{name}.parquet"))
        linker.table_management.register_term_frequency_lookup(frequencies, name)
    linker.table_management.register_blocked_pairs_for_predict(api.register(_pairs(session, given)))
    scored: Any = linker.inference.predict(
        threshold_match_weight=weight_of(model.thresholds.unsure), warning_mode="never"
    )
    scored.as_spark_dataframe().select("n_l", "n_r", "match_weight").write.parquet(str(found))
    session.catalog.clearCache()


def _pairs(session: SparkSession, given: Path) -> DataFrame:
    """Every pair of records that share a key, once: one join on all the keys, which Spark spreads out."""
    session.read.parquet(f"{given}/keys.parquet").createOrReplaceTempView("kith_keys")
    pairs = session.sql("""select distinct l.n as join_key_l, r.n as join_key_r, '0' as match_key
        from kith_keys l join kith_keys r on l.key = r.key and l.rule = r.rule and l.n < r.n""")
    return pairs.repartition(PARTITIONS).persist()


def local_session() -> SparkSession:
    """The running session, or a local one that needs nothing but Java 17."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise SparkMissingError("Spark needs Java 17, and there is no java on this machine.")
    try:
        from pyspark.sql import SparkSession as Session  # noqa: PLC0415  (an optional extra)
        from splink.backends.spark import similarity_jar_location  # noqa: PLC0415
    except ImportError as error:
        raise SparkMissingError("Spark is not installed: pip install 'kith-safeguarding[spark]'.") from error
    session: SparkSession = (
        Session.builder.master(f"local[{os.cpu_count() or 1}]")
        .appName("kith-linkage")
        .config("spark.jars", similarity_jar_location())
        .config("spark.driver.memory", MEMORY)
        .config("spark.sql.shuffle.partitions", str(PARTITIONS))
        .config("spark.default.parallelism", str(PARTITIONS))
        .config("spark.ui.enabled", "false")
        .config("spark.sql.codegen.wholeStage", "true")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return session
