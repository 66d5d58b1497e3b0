"""What is counted of a cut beside its measures: the children known here by group, and how complete key fields are.

Both for whole financial years, the only windows that are broken down by group (see rules/suppression). Kept as JSON
beside the figures; what of it may be shown is for whoever reads it to ask of the rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kith.insight.rules.measures import GROUPS
from kith.insight.rules.periods import Window, last_complete, months_to
from kith.insight.rules.periods import year as financial_year
from kith.insight.rules.quality import looked_for

BESIDE, MONTHS = "beside", 36
GROWN = 18
CARE = {"in-care": "in care", "care-leaver": "care leaver"}
Counted = dict[str, Any]


def write_beside(folder: Path, as_at: date) -> None:
    """Count both on the cut in `folder`, and keep them there."""
    kept, years = folder / BESIDE, whole_years(as_at)
    kept.mkdir(exist_ok=True)
    tables = {name: pl.read_parquet(folder / f"{name}.parquet") for name in ("people", "spells", "events")}
    for name, counted in (("known", known(tables, years)), ("quality", quality(tables, years))):
        text = json.dumps(counted, sort_keys=True, separators=(",", ":"))
        (kept / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def whole_years(as_at: date) -> list[Window]:
    """Financial years that are over and lie within what is counted, in order."""
    counted = months_to(last_complete(as_at), MONTHS)
    found = {financial_year(one) for one in counted}
    return sorted(one for one in found if counted[0] <= one.first and one.last <= counted[-1])


def known(tables: dict[str, pl.DataFrame], years: Iterable[Window]) -> Counted:
    """Children under 18 on each year's last day of whom anything is recorded: year → breakdown → group → how many.

    Whose month of birth is not known is left out, since nobody can say that they are a child then.
    """
    found = {}
    for window in years:
        last = window.last.last
        born = pl.col("born")
        children = tables["people"].filter(
            pl.col("is_child") & (born <= last) & (born > date(last.year - GROWN, last.month, 1))
        )
        spells = tables["spells"].filter(
            (pl.col("began") <= last) & (pl.col("ended").is_null() | (pl.col("ended") > last))
        )
        plans = spells.filter(pl.col("kind") == "education-plan")["child"].unique().to_list()
        care = {kind: spells.filter(pl.col("kind") == kind)["child"].unique().to_list() for kind in CARE}
        grouped = children.with_columns(
            pl.when(pl.col("child").is_in(plans)).then(pl.lit("plan")).otherwise(pl.lit("")).alias("send"),
            pl.when(pl.col("child").is_in(care["in-care"]))
            .then(pl.lit("in care"))
            .when(pl.col("child").is_in(care["care-leaver"]))
            .then(pl.lit("care leaver"))
            .otherwise(pl.lit(""))
            .alias("care"),
        )
        by = {name: _counts(grouped[name], GROUPS[name]) for name in ("ethnicity", "sex", "send", "care")}
        found[window.key] = {"": {"": len(children)}, **by}
    return found


def _counts(column: pl.Series, groups: Iterable[str]) -> dict[str, int]:
    """How many of each group; none of a group is none."""
    found = {value: int(number) for value, number in column.fill_null("").value_counts().iter_rows()}
    return {group: found.get(group, 0) for group in groups}


def quality(tables: dict[str, pl.DataFrame], years: Iterable[Window]) -> Counted:
    """Events that have each field: year → kind → field → agency ("": all) → [events, children, with the field]."""
    people = tables["people"].select("child", "born", "sex", "ethnicity")
    events = tables["events"].filter(~pl.col("again") & (pl.col("child") != ""))
    events = events.unique(["event", "child"], maintain_order=True).join(people, on="child", how="left")
    has = events.with_columns(
        ethnicity=pl.col("ethnicity").fill_null("") != "",
        born=pl.col("born").is_not_null(),
        sex=pl.col("sex").fill_null("") != "",
        place=pl.col("place").fill_null("") != "",
        time=pl.col("minute").fill_null(0) > 0,
        outcome=pl.col("outcome").fill_null("") != "",
    )
    return {window.key: _of_year(has, window) for window in years}


def _of_year(has: pl.DataFrame, window: Window) -> Counted:
    inside = has.filter((pl.col("day") >= window.begins) & (pl.col("day") < window.after))
    found = {}
    for one in looked_for():
        rows = inside.filter(pl.col("kind") == one.kind)
        groups = [("", rows), *((str(key[0]), part) for key, part in sorted(rows.group_by("agency")))]
        found[one.kind] = {
            field: {name: [len(part), part["child"].n_unique(), int(part[field].sum())] for name, part in groups}
            for field in one.fields
        }
    return found
