"""Counting: every measure in every window, whole and by group.

The measure's own question is in words that DuckDB and Spark both know; what it answers is tallied in one place, so that
either engine gives the same figures to the byte.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import duckdb
import polars as pl

from kith.insight.engine.beside import write_beside
from kith.insight.engine.tallying import tally
from kith.insight.rules.measures import Measure, MeasureKind, measures
from kith.insight.rules.periods import Window, last_complete, month, months_to, quarter, six_months, twelve_months
from kith.insight.rules.periods import year as financial_year

MONTHS = 36  # how many whole months before the cut are counted
FIGURES, AREA, MANIFEST = "figures", "area.json", "manifest.json"


class Engine(Protocol):
    """What can answer SQL: DuckDB, or Spark."""

    def columns(self, sql: str) -> list[str]:
        """The names of the columns a question would give."""

    def frame(self, sql: str) -> pl.DataFrame:
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

    def frame(self, sql: str) -> pl.DataFrame:
        return pl.DataFrame(self.connection.sql(sql).to_arrow_table())

    def keep(self, name: str, sql: str) -> None:
        self.connection.execute(f"create or replace temp table {name} as {sql}")


def windows(as_at: date, months: int = MONTHS) -> dict[Window, bool]:
    """Every window that is counted, and whether by group too: those that begin on fixed days, quarters and years.

    Groups of rolling windows are never counted: subtracted from each other month after month, they would tell too
    much.
    """
    last = last_complete(as_at)
    counted = months_to(last, months)
    found = {month(one): False for one in counted} | {twelve_months(one): False for one in counted[11:]}
    for of in (six_months, quarter, financial_year):
        for one in counted:
            window = of(one)
            if counted[0] <= window.first and window.last <= last:
                found[window] = of is not six_months
    return found


def count(engine: Engine, measure: Measure, as_at: date) -> dict[str, Any]:
    """One measure's figures: {measure, as_at, windows: window's key → breakdown → group → numbers}.

    The whole is the group "" of the breakdown "". Numbers: [counted, children behind them, met, middle value].
    """
    engine.keep("asked", measure.sql)
    has = set(engine.columns("select * from asked"))
    engine.keep("facts", facts_of(measure, has))
    known = engine.frame(known_of(measure))
    found = tally(known, measure.kind, measure.breakdowns, windows(as_at))
    return {"measure": measure.key, "as_at": as_at.isoformat(), "windows": found}


def facts_of(measure: Measure, has: set[str]) -> str:
    """The measure's rows with what its file may leave out put in."""
    day = "began" if measure.kind is MeasureKind.STANDING else "day"
    optional = {
        "met": "cast(null as boolean)",
        "value": "cast(null as double)",
        "agency": "''",
        "since": "cast(null as date)",
        "ended": "cast(null as date)",
        "locality": "cast(null as varchar(80))",
    }
    put_in = ", ".join(name if name in has else f"{what} as {name}" for name, what in optional.items())
    return f"""
        select row_number() over (order by {day}, counted, child) as number, cast(counted as varchar(80)) as counted,
          child, {day} as day, {put_in}, {"true" if "since" in has else "false"} as needs_since
        from asked where {day} is not null
    """


def known_of(measure: Measure) -> str:
    """The same with what is known of each child on the day, in groups; in the order of days."""
    age = "floor((year(f.day) * 12 + month(f.day) - year(p.born) * 12 - month(p.born)) / 12)"
    on_day = "s.began <= f.day and (s.ended is null or s.ended > f.day)"
    spell = f"select distinct f.number from facts f join spells s on s.child = f.child and s.kind = '{{}}' and {on_day}"
    groups = {
        "age": f"case when p.born is null then '' when {age} < 10 then '0-9' when {age} < 13 then '10-12' "
        f"when {age} < 16 then '13-15' when {age} < 18 then '16-17' else '18+' end",
        "sex": "coalesce(p.sex, '')",
        "ethnicity": "coalesce(p.ethnicity, '')",
        "send": "case when e.number is not null then 'plan' else '' end",
        "care": "case when c.number is not null then 'in care' when l.number is not null then 'care leaver' "
        "else '' end",
        "locality": "coalesce(f.locality, p.locality, '')",
        "agency": "f.agency",
    }
    joins = {"send": ("education-plan", "e"), "care": ("in-care", "c")}
    asked = ", ".join(f"{groups[name]} as {name}" for name in measure.breakdowns)
    wanted = [joins[name] for name in measure.breakdowns if name in joins]
    wanted += [("care-leaver", "l")] if "care" in measure.breakdowns else []
    joined = " ".join(f"left join ({spell.format(kind)}) {on} on {on}.number = f.number" for kind, on in wanted)
    return f"""
        select f.counted, f.child, year(f.day) * 12 + month(f.day) - 1 as m,
          coalesce(year(f.ended) * 12 + month(f.ended) - 1, 999999) as until_m,
          case when f.needs_since then coalesce(year(f.since) * 12 + month(f.since) - 1, -1) else 999999 end as since_m,
          f.met, cast(f.value as double) as value {"," if asked else ""} {asked}
        from facts f left join people p on p.child = f.child {joined} order by f.number
    """


def write_figures(folder: Path, as_at: date) -> int:
    """Count every measure on the cut in `folder` and keep the figures beside it, a file each. Answers how many."""
    engine, kept = Duck(folder), folder / FIGURES
    kept.mkdir(exist_ok=True)
    for key, measure in measures().items():
        (kept / f"{key}.json").write_text(_as_text(count(engine, measure, as_at)), encoding="utf-8")
    area = engine.frame("select locality, children, source from area order by locality").to_dicts()
    (folder / AREA).write_text(_as_text({"area": area}), encoding="utf-8")
    write_beside(folder, as_at)
    return len(measures())


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


@dataclass(frozen=True)
class CountedRow:
    """One row behind a number: the day, the code of the child ("" for nobody's), and whether it met a share."""

    day: date
    child: str
    met: bool | None


def rows_behind(folder: Path, measure: Measure, window: Window, most: int = 2000) -> list[CountedRow]:
    """What was counted in a window, in the order of days; of what stands open, what stood open at its end."""
    engine = Duck(folder)
    engine.keep("asked", measure.sql)
    engine.keep("facts", facts_of(measure, set(engine.columns("select * from asked"))))
    inside = f"day >= date '{window.begins}' and day < date '{window.after}'"
    if measure.kind is MeasureKind.STANDING:
        inside = f"day < date '{window.after}' and (ended is null or ended >= date '{window.after}')"
    found = engine.frame(f"select day, child, met from facts where {inside} order by number limit {int(most)}")
    return [CountedRow(day, child, met) for day, child, met in found.rows()]
