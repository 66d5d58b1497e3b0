"""What can be asked of a cut, and the rows of measures as it answers.

A measure's own question is in words that DuckDB and Spark both know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import duckdb
import polars as pl

from kith.insight.engine.children import Children
from kith.insight.engine.rows import Rows, rows_of
from kith.insight.rules.measures import Measure, MeasureKind

PLAIN = {"counted", "child", "day", "met"}
# What a measure's file may leave out: of all of them, and of the few that tell more.
OPTIONAL = {"met": "cast(null as boolean)"}
FURTHER = {
    "value": "cast(null as double)",
    "agency": "''",
    "since": "cast(null as date)",
    "ended": "cast(null as date)",
    "locality": "cast(null as varchar(80))",
}


class Engine(Protocol):
    """What can answer SQL: DuckDB, or Spark. `by_child`: the order in which people are numbered, where it matters."""

    by_child: ClassVar[str]

    def columns(self, sql: str) -> dict[str, bool]:
        """The columns a question would give, and whether each is text; none where it asks for what the cut lacks."""

    def frame(self, sql: str) -> pl.DataFrame:
        """The answer."""

    def keep(self, name: str, sql: str) -> None:
        """Keep an answer under a name, for questions that follow."""

    def read(self, questions: Iterable[str]) -> None:
        """Have at hand what many questions ask for."""


@dataclass
class Duck:
    """DuckDB over the Parquet files of a cut. What it keeps stays as it is, however people were numbered."""

    folder: Path
    by_child: ClassVar[str] = ""

    def __post_init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("set enable_progress_bar = false")
        self.connection.execute("set preserve_insertion_order = false")  # measures are asked side by side
        for path in self._files():
            self.connection.execute(f"create view {path.stem} as from '{path}'")

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.parquet"))

    def columns(self, sql: str) -> dict[str, bool]:
        try:
            told = self.connection.execute(f"describe {sql}").fetchall()
        except (duckdb.BinderException, duckdb.CatalogException):
            return {}
        return {name: kind == "VARCHAR" for name, kind, *_ in told}

    def frame(self, sql: str) -> pl.DataFrame:
        return pl.DataFrame(self.connection.sql(sql).to_arrow_table())

    def keep(self, name: str, sql: str) -> None:
        self.connection.execute(f"create or replace temp table {name} as {sql}")

    def read(self, questions: Iterable[str]) -> None:
        """Tables in memory instead of files, with those columns of events that are named, those of a kind together."""
        words = set(re.findall(r"\w+", " ".join(questions)))
        for path in self._files():
            if path.stem == "events":
                named = ", ".join(one for one in self.columns(f"from '{path}'") if one in words | {"kind"})
                self.keep("events", f"select {named} from '{path}' order by kind")  # a measure reads one, or a few
            elif path.stem in words:
                self.keep(path.stem, f"from '{path}'")


def rows_of_all(engine: Engine, chosen: Sequence[Measure], children: Children) -> dict[int, Rows]:
    """The rows of measures by their place among the chosen; those without rows have none."""
    engine.read(one.sql for one in chosen)
    told = [engine.columns(one.sql) for one in chosen]
    plain = [at for at, columns in enumerate(told) if columns.keys() <= PLAIN]
    found: dict[int, Rows] = {}
    for places, optional in ((plain, OPTIONAL), (sorted({*range(len(chosen))} - {*plain}), OPTIONAL | FURTHER)):
        if places:
            facts = " union all ".join(_facts_of(at, chosen[at], told[at], optional) for at in places)
            found |= rows_of(engine.frame(_numbered(facts, optional)), children)
    return found


def facts_of(engine: Engine, measure: Measure) -> str:
    """The rows of one measure with all that any may tell."""
    return _facts_of(0, measure, engine.columns(measure.sql), OPTIONAL | FURTHER)


def _facts_of(at: int, measure: Measure, is_text: Mapping[str, bool], optional: Mapping[str, str]) -> str:
    """A measure's rows with what its file may leave out put in. `thing` is -1 where children are counted.

    Raises ValueError where it asks for what the cut lacks.
    """
    if not is_text:
        raise ValueError(f"{measure.key} asks for what the cut lacks.")
    day = "began" if measure.kind is MeasureKind.STANDING else "day"
    put_in = ", ".join(
        f"cast({name} as double) as value" if name == "value" and name in is_text
        else name if name in is_text else f"{what} as {name}" for name, what in optional.items()
    )  # fmt: skip
    thing = "-1" if is_text["counted"] else "counted"
    return f"""
        select cast({at} as smallint) as measure, cast({thing} as bigint) as thing, child, {day} as day, {put_in},
          {"true" if "since" in is_text else "false"} as needs_since
        from ({measure.sql}) asked where {day} is not null
    """


def _numbered(facts: str, optional: Iterable[str]) -> str:
    """Facts with the number of each child; whoever has none is a stranger."""
    return f"""
        select measure, thing, coalesce(p.number, -1) as number,
          case when p.number is null then f.child end as stranger, day,
          {", ".join(f"f.{name}" for name in optional)}, needs_since
        from ({facts}) f left join numbered_people p on p.child = f.child
    """
