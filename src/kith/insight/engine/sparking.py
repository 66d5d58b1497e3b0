"""The same questions on Spark, where one machine is not enough. Needs the extra `spark` and Java 17."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import polars as pl


@dataclass
class Spark:
    """Local Spark over the Parquet files of a cut; a cluster's session may be given instead."""

    folder: Path
    session: Any = None
    by_child: ClassVar[str] = "order by child"  # what it keeps may be worked out again

    def __post_init__(self) -> None:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra that few have

        if self.session is None:
            build = SparkSession.builder.master("local[2]").appName("kith-measures")
            for name, value in (("spark.ui.enabled", "false"), ("spark.sql.shuffle.partitions", "4"),
                                ("spark.sql.session.timeZone", "UTC"), ("spark.log.level", "ERROR")):  # fmt: skip
                build = build.config(name, value)
            self.session = build.getOrCreate()
        for path in sorted(self.folder.glob("*.parquet")):
            self.session.read.parquet(str(path)).createOrReplaceTempView(path.stem)

    def columns(self, sql: str) -> dict[str, bool]:
        """The columns a question would give, and whether each is text; none where it asks for what the cut lacks."""
        from pyspark.errors import AnalysisException  # noqa: PLC0415 - an extra that few have

        try:
            return {name: kind == "string" for name, kind in self.session.sql(sql).dtypes}
        except AnalysisException:
            return {}

    def frame(self, sql: str) -> pl.DataFrame:
        """The answer."""
        return pl.DataFrame(self.session.sql(sql).toArrow())

    def keep(self, name: str, sql: str) -> None:
        """Keep an answer under a name, for questions that follow."""
        self.session.sql(sql).cache().createOrReplaceTempView(name)

    def read(self, questions: Iterable[str]) -> None:
        """Nothing: Spark reads of its files what each question asks for."""
