"""The same records on local Spark come out in the same clusters."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

import pytest

from kith.linkage.benches.synthetic import make_records
from kith.linkage.engine import default_model, link

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17, and there is no java here"),
    pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed"),
]


def test_spark_and_duckdb_agree() -> None:
    records = make_records(1_500, seed=13).records
    on_spark, here = link(records, model=default_model(), engine="spark"), link(records, model=default_model())
    assert on_spark.clusters.equals(here.clusters)
    assert on_spark.pairs.num_rows == here.pairs.num_rows
    assert on_spark.report.same == here.report.same
