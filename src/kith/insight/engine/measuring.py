"""Counting: every measure in every window, whole and by group.

The measure's own question is in words that DuckDB and Spark both know; what it answers is tallied in one place, so that
either engine gives the same figures to the byte.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kith.insight.engine.asking import Duck, Engine, facts_of, rows_of_all
from kith.insight.engine.beside import write_beside
from kith.insight.engine.children import Children
from kith.insight.engine.rows import NO_ROWS
from kith.insight.engine.tallying import tally
from kith.insight.engine.windows import Windows
from kith.insight.rules.measures import Measure, MeasureKind, measures
from kith.insight.rules.periods import Window, last_complete, month, months_to, quarter, six_months, twelve_months
from kith.insight.rules.periods import year as financial_year

MONTHS = 36  # how many whole months before the cut are counted
FIGURES, AREA, MANIFEST = "figures", "area.json", "manifest.json"
Figures = dict[str, Any]


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
    children = Children.of(engine)
    rows = rows_of_all(engine, chosen, children)
    counted = Windows.of(windows(as_at))
    for number, measure in enumerate(chosen):
        found = tally(rows.pop(number, NO_ROWS), measure.kind, measure.breakdowns, counted, children)
        yield {"measure": measure.key, "as_at": as_at.isoformat(), "windows": found}


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
    engine.keep("facts", facts_of(engine, measure))
    inside = f"day >= date '{window.begins}' and day < date '{window.after}'"
    if measure.kind is MeasureKind.STANDING:
        inside = f"day < date '{window.after}' and (ended is null or ended >= date '{window.after}')"
    found = engine.frame(
        f"select day, child, met from facts where {inside} order by day, thing, child limit {int(most)}"
    )
    return [CountedRow(day, child, met) for day, child, met in found.rows()]
