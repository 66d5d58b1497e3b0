"""Counting: every measure in every window, whole and by group.

The measure's own question is in words that DuckDB and Spark both know; what it answers is tallied in one place, so that
either engine gives the same figures to the byte.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import duckdb
import polars as pl

from kith.insight.engine.beside import write_beside
from kith.insight.engine.tallying import Rows, tally
from kith.insight.rules.measures import Measure, MeasureKind, measures
from kith.insight.rules.periods import Window, last_complete, month, months_to, quarter, six_months, twelve_months
from kith.insight.rules.periods import year as financial_year

MONTHS = 36  # how many whole months before the cut are counted
FIGURES, AREA, MANIFEST = "figures", "area.json", "manifest.json"
Figures = dict[str, Any]


class Engine(Protocol):
    """What can answer SQL: DuckDB, or Spark."""

    def columns(self, sql: str) -> dict[str, bool]:
        """The columns a question would give, and whether each is text; none where it asks for what the cut lacks."""

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
            together = "order by kind" if path.stem == "events" else ""  # a measure reads one kind, or a few
            self.connection.execute(f"create table {path.stem} as from '{path}' {together}")

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


def count(engine: Engine, measure: Measure, as_at: date) -> Figures:
    """One measure's figures."""
    return next(count_all(engine, [measure], as_at))


def count_all(engine: Engine, chosen: Sequence[Measure], as_at: date) -> Iterator[Figures]:
    """The figures of each measure: {measure, as_at, windows: window's key → breakdown → group → numbers}.

    The whole is the group "" of the breakdown "". Numbers: [counted, children behind them, met, middle value]. What
    is known of the children is looked up once for all measures together.
    """
    engine.keep("facts", facts_of(engine, chosen, as_at))
    keep_children(engine)
    rows, counted = Rows.of(engine.frame(KNOWN)), windows(as_at)
    for number, measure in enumerate(chosen):
        found = tally(rows.of_measure(number), measure.kind, measure.breakdowns, counted)
        yield {"measure": measure.key, "as_at": as_at.isoformat(), "windows": found}


def keep_children(engine: Engine) -> None:
    """Have at hand what `KNOWN` asks of the children: who they are, and their stays."""
    engine.keep("stays", STAYS)
    fifth = "fifth" if engine.columns("select fifth from people") else "'' as fifth"  # older cuts have none
    engine.keep("known_people", f"select child, born, sex, ethnicity, locality, {fifth} from people")


def facts_of(engine: Engine, chosen: Sequence[Measure], as_at: date | None = None) -> str:
    """The rows of measures, one after the other, each with its measure's number.

    `as_at`: what stands open is told anew for the last day of each month that is counted until then, so that age, care
    and plan are those of that day and not of the day it began.
    """
    return " union all ".join(
        _facts_of(number, one, engine.columns(one.sql), as_at) for number, one in enumerate(chosen)
    )


def _facts_of(number: int, measure: Measure, is_text: Mapping[str, bool], as_at: date | None) -> str:
    """A measure's rows with what its file may leave out put in. `thing` is -1 where children are counted."""
    is_standing = measure.kind is MeasureKind.STANDING
    day = "began" if is_standing and as_at is None else "day"
    asked = f"({measure.sql})" if as_at is None or not is_standing else _at_month_ends(measure, is_text, as_at)
    optional = {
        "met": "cast(null as boolean)",
        "value": "cast(null as double)",
        "agency": "''",
        "since": "cast(null as date)",
        "ended": "cast(null as date)",
        "locality": "cast(null as varchar(80))",
    }
    put_in = ", ".join(
        f"cast({name} as double) as value" if name == "value" and name in is_text
        else name if name in is_text else f"{what} as {name}" for name, what in optional.items()
    )  # fmt: skip
    thing = "-1" if is_text["counted"] else "counted"
    return f"""
        select {number} as measure, cast({thing} as bigint) as thing, child, {day} as day, {put_in},
          {"true" if "since" in is_text else "false"} as needs_since
        from {asked} asked where {day} is not null
    """


def _at_month_ends(measure: Measure, is_text: Mapping[str, bool], as_at: date) -> str:
    """What stands open at the end of each month counted, as rows of its last day that end with the day after."""
    ends = ", ".join(
        f"(date '{one.last}', date '{(one + 1).first}')" for one in months_to(last_complete(as_at), MONTHS)
    )
    others = "".join(f", o.{name}" for name in is_text if name not in {"began", "ended"})
    return f"""
        (select e.ends_on as day, e.next_on as ended{others} from ({measure.sql}) o
         join (select * from (values {ends}) as told (ends_on, next_on)) e
           on o.began <= e.ends_on and (o.ended is null or o.ended >= e.next_on))
    """


# Spells of a kind that follow each other or overlap, as one: at most one of them holds a day.
STAYS = """
    select child, kind, min(began) as began, max(until) as until from (
      select child, kind, began, until, sum(is_new) over (
        partition by child, kind order by began, until rows between unbounded preceding and current row) as stay
      from (
        select child, kind, began, until, case when began <= max(until) over (
          partition by child, kind order by began, until rows between unbounded preceding and 1 preceding
        ) then 0 else 1 end as is_new
        from (select child, kind, began, coalesce(ended, date '9999-12-31') as until from spells
              where began is not null) told
      ) marked
    ) numbered group by child, kind, stay
"""
# Nobody is taken for 18 before the month of their birth is over: a cut knows that month, and not the day.
MONTHS_OLD = "(year(f.day) * 12 + month(f.day) - year(p.born) * 12 - month(p.born))"
TURNING_18 = f"{MONTHS_OLD} = 216 and last_day(f.day) > f.day"
AGE = f"floor({MONTHS_OLD} / 12)"
ON_DAY = "{0}.child = f.child and {0}.kind = '{1}' and {0}.began <= f.day and {0}.until > f.day"
# The facts with what is known of each child on the day, in groups. `number`: the child's, null for nobody.
KNOWN = f"""
    select f.measure, f.thing, p.number, case when p.number is null then f.child else '' end as stranger,
      year(f.day) * 12 + month(f.day) - 1 as m, f.day,
      coalesce(year(f.ended) * 12 + month(f.ended) - 1, 999999) as until_m,
      case when f.needs_since then coalesce(year(f.since) * 12 + month(f.since) - 1, -1) else 999999 end as since_m,
      f.met, f.value,
      case when p.born is null then '' when {AGE} < 10 then '0-9' when {AGE} < 13 then '10-12'
        when {AGE} < 16 then '13-15' when {AGE} < 18 or {TURNING_18} then '16-17' else '18+' end as age,
      coalesce(p.sex, '') as sex, coalesce(p.ethnicity, '') as ethnicity,
      case when e.child is not null then 'plan' else '' end as send,
      case when c.child is not null then 'in care' when l.child is not null then 'care leaver' else '' end as care,
      coalesce(f.locality, p.locality, '') as locality, coalesce(p.fifth, '') as fifth, f.agency
    from facts f left join (
      select child, born, sex, ethnicity, locality, fifth, row_number() over (order by child) as number
      from known_people
    ) p on p.child = f.child
    left join stays e on {ON_DAY.format("e", "education-plan")}
    left join stays c on {ON_DAY.format("c", "in-care")}
    left join stays l on {ON_DAY.format("l", "care-leaver")}
"""


def write_figures(folder: Path, as_at: date) -> int:
    """Count every measure on the cut in `folder` and keep the figures beside it, a file each. Answers how many."""
    engine, kept = Duck(folder), folder / FIGURES
    kept.mkdir(exist_ok=True)
    for figures in count_all(engine, list(measures().values()), as_at):
        (kept / f"{figures['measure']}.json").write_text(_as_text(figures), encoding="utf-8")
    area = engine.frame("select locality, children, source from area order by locality").to_dicts()
    (folder / AREA).write_text(_as_text({"area": area}), encoding="utf-8")
    write_beside(folder, as_at)
    return len(measures())


def _as_text(figures: Figures) -> str:
    return json.dumps(figures, sort_keys=True, separators=(",", ":")) + "\n"


@dataclass(frozen=True)
class Again:
    """What counting again found."""

    counted: int
    different: tuple[str, ...]
    seconds: float


def count_again(folder: Path, *, spark: bool = False, write: bool = False) -> Again:
    """Count a cut's measures again, on either engine, and compare with the figures kept beside it.

    A measure that now asks for what the cut lacks is different; one that is newer than the cut has nothing to compare.
    """
    started, as_at = time.perf_counter(), date.fromisoformat(json.loads((folder / MANIFEST).read_text())["as_at"])
    if write:
        counted = write_figures(folder, as_at)
        return Again(counted, (), time.perf_counter() - started)
    engine, kept = _engine(folder, spark), folder / FIGURES
    chosen = [one for key, one in measures().items() if (kept / f"{key}.json").exists()]  # not those that came later
    can = [one for one in chosen if engine.columns(one.sql)]
    different = [one.key for one in chosen if one not in can]
    for figures in count_all(engine, can, as_at):
        if (kept / f"{figures['measure']}.json").read_text(encoding="utf-8") != _as_text(figures):
            different.append(figures["measure"])
    return Again(len(chosen), tuple(different), time.perf_counter() - started)


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
    engine.keep("facts", facts_of(engine, [measure]))
    inside = f"day >= date '{window.begins}' and day < date '{window.after}'"
    if measure.kind is MeasureKind.STANDING:
        inside = f"day < date '{window.after}' and (ended is null or ended >= date '{window.after}')"
    found = engine.frame(
        f"select day, child, met from facts where {inside} order by day, thing, child limit {int(most)}"
    )
    return [CountedRow(day, child, met) for day, child, met in found.rows()]
