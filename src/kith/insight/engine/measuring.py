"""Counting: every measure, month by month and twelve months by twelve months, whole and by group.

One question a measure, in words that DuckDB and Spark both know, so that the same file runs on either.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import duckdb

from kith.insight.rules.measures import Measure, MeasureKind, measures

MONTHS = 36  # how many whole months before the cut are counted
YEAR = 12
FIGURES, MANIFEST = "figures", "manifest.json"
Rows = list[tuple[Any, ...]]


class Engine(Protocol):
    """What can answer SQL: DuckDB, or Spark."""

    def columns(self, sql: str) -> list[str]:
        """The names of the columns a question would give."""

    def rows(self, sql: str) -> Rows:
        """The answer."""

    def keep(self, name: str, sql: str) -> None:
        """Keep an answer under a name, for questions that follow."""


@dataclass
class Duck:
    """DuckDB over the Parquet files of a cut."""

    folder: Path

    def __post_init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("set enable_progress_bar = false")
        for path in sorted(self.folder.glob("*.parquet")):
            self.connection.execute(f"create table {path.stem} as from '{path}'")

    def columns(self, sql: str) -> list[str]:
        return [row[0] for row in self.connection.execute(f"describe {sql}").fetchall()]

    def rows(self, sql: str) -> Rows:
        return self.connection.execute(sql).fetchall()

    def keep(self, name: str, sql: str) -> None:
        self.connection.execute(f"create or replace temp table {name} as {sql}")


def month_number(day: date) -> int:
    """Months since the year nought, so that they can be counted."""
    return day.year * 12 + day.month - 1


def month_of(number: int) -> date:
    """The first day of a month by its number."""
    return date(number // 12, number % 12 + 1, 1)


def count(engine: Engine, measure: Measure, as_at: date) -> dict[str, Any]:
    """One measure's figures: {measure, first, last, month: {…}, year: {…}}, as the questions of insight read them.

    Each of month and year: breakdown → group → {month number: [counted, children, met or None, value or None]}; the
    whole is the group "" of the breakdown "". A year ends with its month.
    """
    last = month_number(as_at) - 1
    first = last - MONTHS + 1
    engine.keep("asked", measure.sql)
    has = set(engine.columns("select * from asked"))
    engine.keep("facts", _facts(measure, has))
    engine.keep("known", _known(measure))
    dims = list(measure.breakdowns)
    spans = {"month": _spans(first, last, 1), "year": _spans(first + YEAR - 1, last, YEAR)}
    figures: dict[str, Any] = {"measure": measure.key, "first": first, "last": last, "month": {}, "year": {}}
    for span, windows in spans.items():
        for dim, group, ends, *numbers in engine.rows(_count(measure, windows, dims)):
            figures[span].setdefault(dim, {}).setdefault(group or "", {})[int(ends)] = _numbers(numbers)
    return figures


def _numbers(numbers: Iterable[Any]) -> list[int | float | None]:
    counted, children, met, value = numbers
    middle = None if value is None else round(float(value), 4)
    return [int(counted), int(children), None if met is None else int(met), middle]


def _spans(first: int, last: int, months: int) -> str:
    """The windows as rows: the month each begins with and the month each ends with."""
    rows = ", ".join(f"({ends - months + 1}, {ends})" for ends in range(first, last + 1))
    return f"(values {rows})"


def _facts(measure: Measure, has: set[str]) -> str:
    """The measure's rows, numbered, with what the file may leave out put in, and the months of its days."""
    standing = measure.kind is MeasureKind.STANDING
    day = "began" if standing else "day"
    optional = {
        "met": "cast(null as boolean)",
        "value": "cast(null as double)",
        "agency": "''",
        "since": "cast(null as date)",
        "locality": "cast(null as varchar(80))",
    }
    put_in = ", ".join(name if name in has else f"{what} as {name}" for name, what in optional.items())
    since = "coalesce(year(since) * 12 + month(since) - 1, -1)" if "since" in has else "999999"
    ends = "coalesce(year(ended) * 12 + month(ended) - 1, 999999)" if standing else "0"
    return f"""
        select row_number() over (order by {day}, counted, child) as number, counted, child, {day} as day, {put_in},
          year({day}) * 12 + month({day}) - 1 as m, {ends} as until_m, {since} as since_m
        from asked where {day} is not null
    """


def _known(measure: Measure) -> str:
    """The same with what is known of each child on the day, in groups."""
    age = "floor((year(f.day) * 12 + month(f.day) - year(p.born) * 12 - month(p.born)) / 12)"
    on_day = "s.began <= f.day and (s.ended is null or s.ended > f.day)"
    spell = f"select distinct f.number from facts f join spells s on s.child = f.child and s.kind = '{{}}' and {on_day}"
    return f"""
        select f.number, f.counted, f.child, f.m, f.until_m, f.since_m, f.met, f.value, f.agency,
          coalesce(f.locality, p.locality, '') as locality, coalesce(p.sex, '') as sex,
          coalesce(p.ethnicity, '') as ethnicity,
          case when p.born is null then '' when {age} < 10 then '0-9' when {age} < 13 then '10-12'
               when {age} < 16 then '13-15' when {age} < 18 then '16-17' else '18+' end as age,
          case when c.number is not null then 'in care' when l.number is not null then 'care leaver' else '' end
            as care,
          case when e.number is not null then 'plan' else '' end as send
        from facts f left join people p on p.child = f.child
        left join ({spell.format("in-care")}) c on c.number = f.number
        left join ({spell.format("care-leaver")}) l on l.number = f.number
        left join ({spell.format("education-plan")}) e on e.number = f.number
    """


def _count(measure: Measure, windows: str, dims: list[str]) -> str:
    """Every group of every breakdown in every window, and the whole."""
    inside = (
        "k.m <= w.ends and k.until_m > w.ends"
        if measure.kind is MeasureKind.STANDING
        else ("k.m between w.begins and w.ends and k.since_m >= w.begins")
    )
    sets = ", ".join(["(w.ends)", *(f"(w.ends, k.{dim})" for dim in dims)])
    named = " ".join(f"when grouping(k.{dim}) = 0 then '{dim}'" for dim in dims)
    dim = f"case {named} else '' end" if dims else "''"
    group = f"case {' '.join(f'when grouping(k.{dim}) = 0 then k.{dim}' for dim in dims)} else '' end" if dims else "''"
    met = "count(distinct case when k.met then k.counted end)" if measure.kind is MeasureKind.SHARE else "null"
    value = "median(k.value)" if measure.kind is MeasureKind.MEDIAN else "null"
    return f"""
        select {dim} as dim, {group} as grp, w.ends, count(distinct k.counted) as n,
          count(distinct case when k.child <> '' then k.child end) as children, {met} as met, {value} as value
        from {windows} as w (begins, ends) join known k on {inside}
        group by grouping sets ({sets}) order by 1, 2, 3
    """


def write_figures(folder: Path, as_at: date, chosen: Mapping[str, Measure] | None = None) -> int:
    """Count every measure on the cut in `folder` and keep the figures beside it, a file each. Answers how many."""
    engine, kept = Duck(folder), folder / FIGURES
    kept.mkdir(exist_ok=True)
    asked = measures() if chosen is None else chosen
    for key, measure in asked.items():
        (kept / f"{key}.json").write_text(_as_text(count(engine, measure, as_at)), encoding="utf-8")
    return len(asked)


def _as_text(figures: dict[str, Any]) -> str:
    return json.dumps(figures, sort_keys=True, separators=(",", ":")) + "\n"


@dataclass(frozen=True)
class Again:
    """What counting again found."""

    counted: int
    different: tuple[str, ...]
    seconds: float


def count_again(folder: Path, *, spark: bool = False, write: bool = False) -> Again:
    """Count every measure on a cut again, on either engine, and compare with the figures kept beside it."""
    started, as_at = time.perf_counter(), date.fromisoformat(json.loads((folder / MANIFEST).read_text())["as_at"])
    if write:
        counted = write_figures(folder, as_at)
        return Again(counted, (), time.perf_counter() - started)
    engine, different = _engine(folder, spark), []
    for key, measure in measures().items():
        kept = folder / FIGURES / f"{key}.json"
        if not kept.exists() or kept.read_text(encoding="utf-8") != _as_text(count(engine, measure, as_at)):
            different.append(key)
    return Again(len(measures()), tuple(different), time.perf_counter() - started)


def _engine(folder: Path, spark: bool) -> Engine:
    if not spark:
        return Duck(folder)
    from kith.insight.engine.sparking import Spark  # noqa: PLC0415 - Spark is an extra that few have

    return Spark(folder)
