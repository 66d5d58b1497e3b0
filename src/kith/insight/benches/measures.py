"""Every measure of a county-size cut, in every window and group, beside grouping sets in SQL in the same run.

The county is invented here: as many people and events as ten towns of the demonstration have.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from kith.insight.engine import measuring
from kith.insight.engine.asking import Duck, facts_of
from kith.insight.engine.children import STAYS, Children
from kith.insight.engine.cutting import write_star
from kith.insight.rules.measures import MeasureKind, measures
from kith.insight.rules.periods import Window

AS_AT = date(2026, 11, 20)
PEOPLE, CHILDREN, DAYS = 700_000, 240_000, 1100
KINDS = {
    "contact": 280_000,
    "outside-home-contact": 34_000,
    "referral": 60_000,
    "assessment": 60_000,
    "crime-victim": 40_000,
    "crime-suspect": 28_000,
    "suspension": 60_000,
    "low-attendance": 80_000,
    "household-incident": 70_000,
    "school-worry": 220_000,
    "hospital-attendance": 60_000,
    "custody": 14_000,
    "stop-search": 12_000,
    "child-protection-visit": 130_000,
    "child-in-need-visit": 90_000,
    "mental-health-referral": 30_000,
    "youth-session": 120_000,
    "early-help": 40_000,
    "section-47": 12_000,
    "care-review": 20_000,
}
WHATS = {
    "outside-home-contact": ("sexual exploitation", "criminal exploitation", "going missing", "county lines"),
    "crime-victim": ("Threats", "Sexual activity with a child", "Assault with injury"),
    "hospital-attendance": ("Assault", "Sport", "Self-harm"),
}
VISITS = ("seen alone", "not seen alone")
MARKED = {"child-protection-visit": VISITS, "child-in-need-visit": VISITS}
SUSPECTS = {"crime-victim": ("", "under 18", "18 to 24", "25 to 34", "35 or over")}
OUTCOMES = {
    "contact": ("no further action", "referral to children's social care"),
    "outside-home-contact": ("Social worker", "Early help", "No further action"),
}


def run() -> dict[str, Any]:
    """The table, and what was done in words."""
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as home:
        folder = Path(home)
        rows = _county(folder)
        counted, ours = _timed(lambda: measuring.write_figures(folder, AS_AT))
        _, theirs = _timed(lambda: _with_grouping_sets(folder))
    table = [
        {"work": work, "seconds": round(seconds, 2), "processor seconds": round(used, 2),
         "of grouping sets": round(used / theirs[1], 2)}
        for work, (seconds, used) in (
            (f"{counted} measures, every window and group", ours),
            ("The same in SQL with grouping sets on DuckDB", theirs),
        )
    ]  # fmt: skip
    notes = [
        f"{rows:,} events, {PEOPLE:,} people; goal 5 seconds.",
        "processor seconds are what the process used, whatever else the machine did meanwhile; the ratio is of them",
        f"the machine's load was {os.getloadavg()[0]:.0f} when it ended, on {os.cpu_count()} cores",
    ]
    return {"rows": table, "notes": notes}


def _timed(work: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    """What the work answers, the seconds it took, and those of a processor."""
    started, used = time.perf_counter(), time.process_time()
    answer = work()
    return answer, (time.perf_counter() - started, time.process_time() - used)


def _county(folder: Path) -> int:
    lot = np.random.default_rng(3)
    codes = np.array([f"c{number:011d}" for number in range(PEOPLE)])
    start = AS_AT - timedelta(days=DAYS)
    events = pl.concat([_kind(lot, codes, kind, many, start) for kind, many in KINDS.items()])
    events = events.sort("day").with_row_index("event").with_columns(pl.col("event").cast(pl.Int64))
    write_star(folder, {**_empty(), **_people(lot, codes), "events": events, **_absences(lot, codes, start)}, AS_AT)
    return len(events)


def _pick(lot: np.random.Generator, among: tuple[str, ...], many: int) -> list[str]:
    return [among[at] for at in lot.integers(len(among), size=many)]


def _kind(lot: np.random.Generator, codes: Any, kind: str, many: int, start: date) -> pl.DataFrame:
    ago = pl.Series(lot.integers(DAYS, size=many))
    later = pl.Series(lot.integers(1, 80, size=many))
    frame = pl.DataFrame({"ago": ago, "later": later}).with_columns(
        (pl.lit(start) + pl.duration(days=pl.col("ago"))).cast(pl.Date).alias("day")
    )
    return frame.select(
        pl.Series("child", codes[lot.integers(CHILDREN, size=many)]),
        pl.lit(True).alias("is_child"),
        pl.lit("").alias("part"),
        pl.lit(kind).alias("kind"),
        pl.Series("what", _pick(lot, WHATS.get(kind, ("",)), many)),
        pl.Series("outcome", _pick(lot, OUTCOMES.get(kind, ("seen",)), many)),
        pl.lit("").alias("source"),
        "day",
        pl.Series("minute", lot.integers(1440, size=many)).cast(pl.Int32),
        pl.col("day").dt.weekday().cast(pl.Int32).alias("weekday"),
        pl.lit(None, pl.Date).alias("until"),
        pl.col("day").alias("due"),
        (pl.col("day") + pl.duration(days=pl.col("later"))).cast(pl.Date).alias("other"),
        pl.lit("").alias("amount"),
        pl.lit("council").alias("agency"),
        pl.lit(kind).alias("feed"),
        pl.lit(False).alias("written_here"),
        pl.Series("marked", _pick(lot, MARKED.get(kind, ("",)), many)),
        pl.Series("suspect_age", _pick(lot, SUSPECTS.get(kind, ("",)), many)),
        pl.Series("suspect_sex", _pick(lot, ("male", "female") if kind in SUSPECTS else ("",), many)),
        pl.lit("place").alias("place"),
        pl.lit(False).alias("again"),
        pl.col("day").cast(pl.Int32).alias("day_number"),
        pl.col("later").cast(pl.Int32).alias("other_days"),
    )


def _people(lot: np.random.Generator, codes: Any) -> dict[str, pl.DataFrame]:
    months = 2006 * 12 + lot.integers(18 * 12, size=PEOPLE)
    born = [date(month // 12, month % 12 + 1, 1) for month in months.tolist()]
    people = pl.DataFrame(
        {
            "child": codes,
            "is_child": np.arange(PEOPLE) < CHILDREN,
            "born": born,
            "sex": _pick(lot, ("F", "M"), PEOPLE),
            "ethnicity": _pick(lot, ("white", "black", "asian", "mixed", ""), PEOPLE),
            "locality": _pick(lot, ("East Central", "North", "South"), PEOPLE),
            "fifth": _pick(lot, ("1", "2", "3", "4", "5"), PEOPLE),
        }
    )
    spells = pl.DataFrame(
        {
            "child": codes[:30_000],
            "kind": _pick(lot, ("in-care", "education-plan", "child-in-need", "protection-plan"), 30_000),
            "began": [date(2025, 1, 1)] * 30_000,
            "ended": [None] * 30_000,
        },
        schema_overrides={"ended": pl.Date},
    )
    return {"people": people, "spells": spells}


def _absences(lot: np.random.Generator, codes: Any, start: date) -> dict[str, pl.DataFrame]:
    many = 12_000
    frame = pl.DataFrame({"ago": lot.integers(DAYS, size=many), "hours": lot.integers(1, 60, size=many)}).with_columns(
        (pl.lit(start).cast(pl.Datetime("us")) + pl.duration(days=pl.col("ago"))).alias("gone")
    )
    told = frame.select(
        pl.Series("absence", np.arange(many)),
        pl.Series("child", codes[lot.integers(4_000, size=many)]),
        pl.lit("missing").alias("kind"),
        "gone",
        (pl.col("gone") + pl.duration(hours=pl.col("hours"))).alias("back"),
        pl.lit("home").alias("missing_from"),
        pl.lit("medium").alias("grade"),
        pl.lit(False).alias("consider_high"),
        pl.lit(True).alias("is_back"),
        pl.col("gone").dt.date().alias("day"),
        pl.lit(0, pl.Int32).alias("minute"),
        pl.col("hours").cast(pl.Float64),
    )
    accounts = told.select(
        pl.col("absence").alias("account"), "absence", "child", pl.lit("police").alias("agency"),
        pl.lit("police").alias("agency_kind"), "kind", "day", "missing_from", pl.lit("feed").alias("came_by"),
    )  # fmt: skip
    held = pl.col("back") + pl.duration(hours=40)
    conversations = told.select(
        pl.col("absence").alias("conversation"), "absence", "child", "kind", "back", pl.col("back").alias("offered"),
        pl.lit(None, pl.Datetime("us")).alias("accepted"), pl.lit(None, pl.Datetime("us")).alias("declined"),
        pl.lit(None, pl.Datetime("us")).alias("not_offered"), held.alias("held"), held.alias("written_up"),
        pl.lit("").alias("reason"), pl.lit(True).alias("independent"), "day", pl.lit(0.0).alias("offered_hours"),
        pl.lit(40.0).alias("held_hours"),
    )  # fmt: skip
    return {"absences": told, "accounts": accounts, "conversations": conversations}


def _empty() -> dict[str, pl.DataFrame]:
    """Tables that this county has nothing in."""
    text, day = pl.String, pl.Date
    return {
        "contacts": pl.DataFrame(schema={"contact": pl.Int64, "day": day, "decided_hours": pl.Float64, "agency": text}),
        "moments": pl.DataFrame(
            schema={"moment": pl.Int64, "child": text, "day": day, "in_time": pl.Boolean, "set_aside": text}
        ),
        "intelligence": pl.DataFrame(schema={"report": pl.Int64, "day": day, "agency": text, "agency_kind": text}),
        "links": pl.DataFrame(schema={"a": text, "b": text, "kind": text}),
        "checks": pl.DataFrame(
            schema={"question": pl.Int64, "agency": text, "asked": day, "due": day, "in_time": pl.Boolean}
        ),
        "weighings": pl.DataFrame(
            schema={"weighing": pl.Int64, "child": text, "day": day}
            | dict.fromkeys(("home", "peers", "school", "places", "online", "with_child"), pl.Boolean)
        ),
        "changes": pl.DataFrame(
            schema={"change": pl.Int64, "due": day, "outcome": text, "said": day, "in_time": pl.Boolean}
        ),
        "area": pl.DataFrame(schema={"locality": text, "children": pl.Int64, "source": text}),
        "places": pl.DataFrame(schema={"place": text, "kind": text, "name": text, "locality": text}),
        "feeds": pl.DataFrame(schema={"feed": text, "agency": text, "title": text, "state": text}),
    }


MONTHS_OLD = "(year(f.day) * 12 + month(f.day) - year(p.born) * 12 - month(p.born))"
AGE = f"floor({MONTHS_OLD} / 12)"
ON_DAY = "{0}.number = p.number and {0}.kind = '{1}' and {0}.began <= f.day and {0}.until > f.day"
# A measure's rows with what is known of each child on the day, in groups.
KNOWN = f"""
    select f.thing, p.number, year(f.day) * 12 + month(f.day) - 1 as m, f.met, f.value, f.agency,
      coalesce(year(f.ended) * 12 + month(f.ended) - 1, 999999) as until_m,
      case when f.needs_since then coalesce(year(f.since) * 12 + month(f.since) - 1, -1) else 999999 end as since_m,
      case when p.born is null then '' when {AGE} < 10 then '0-9' when {AGE} < 13 then '10-12'
        when {AGE} < 16 then '13-15' when {AGE} < 18 or {MONTHS_OLD} = 216 and last_day(f.day) > f.day then '16-17'
        else '18+' end as age,
      coalesce(p.sex, '') as sex, coalesce(p.ethnicity, '') as ethnicity,
      case when e.number is not null then 'plan' else '' end as send,
      case when c.number is not null then 'in care' when l.number is not null then 'care leaver' else '' end as care,
      coalesce(f.locality, p.locality, '') as locality, coalesce(p.fifth, '') as fifth
    from facts f left join numbered_people p on p.child = f.child
    left join stays e on {ON_DAY.format("e", "education-plan")}
    left join stays c on {ON_DAY.format("c", "in-care")}
    left join stays l on {ON_DAY.format("l", "care-leaver")}
"""


def _with_grouping_sets(folder: Path) -> None:
    """What an analyst would write: a measure's rows joined with the windows, grouped every way, counted once."""
    duck = Duck(folder)
    windows = measuring.windows(AS_AT)
    Children.of(duck)
    duck.keep("stays", STAYS)
    duck.read(one.sql for one in measures().values())
    for measure in measures().values():
        duck.keep("facts", facts_of(duck, measure))
        duck.keep("known", KNOWN)
        for by_group in (False, True):
            chosen = [window for window, grouped in windows.items() if grouped is by_group or not by_group]
            duck.frame(_grouped(measure.kind, chosen, measure.breakdowns if by_group else ()))


def _grouped(kind: MeasureKind, windows: list[Window], dims: tuple[str, ...]) -> str:
    spans = ", ".join(f"({one.first.index}, {one.last.index})" for one in windows)
    inside = (
        "k.m <= w.ends and k.until_m > w.ends"
        if kind is MeasureKind.STANDING
        else "k.m between w.begins and w.ends and k.since_m >= w.begins"
    )
    sets = ", ".join(["(w.begins, w.ends)", *(f"(w.begins, w.ends, k.{dim})" for dim in dims)])
    groups = "".join(f", k.{dim}" for dim in dims)
    met = "count(distinct case when k.met then (k.thing, k.number) end)" if kind is MeasureKind.SHARE else "null"
    value = "median(k.value)" if kind is MeasureKind.MEDIAN else "null"
    return f"""
        select w.begins, w.ends{groups}, count(distinct (k.thing, k.number)) n, count(distinct k.number) children,
          {met} met, {value} as value
        from (values {spans}) as w (begins, ends) join known k on {inside} group by grouping sets ({sets})
    """
