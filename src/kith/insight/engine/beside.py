"""What is counted of a cut beside its measures: the children known here by group, and how complete key fields are.

Both for whole financial years, the only windows that are broken down by group (see rules/suppression). Kept as JSON
beside the figures; what of it may be shown is for whoever reads it to ask of the rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kith.insight.rules.measures import GROUPS
from kith.insight.rules.periods import Window, last_complete, months_to
from kith.insight.rules.periods import year as financial_year
from kith.insight.rules.quality import FIELDS, Looked, looked_for

BESIDE, MONTHS = "beside", 36
GROWN = 18
CARE = {"in-care": "in care", "care-leaver": "care leaver"}
READ = {
    "people": ["child", "is_child", "born", "sex", "ethnicity"],
    "spells": ["child", "kind", "began", "ended"],
    "events": ["event", "child", "is_child", "kind", "day", "again", "agency", "place", "minute", "outcome"],
}
Counted = dict[str, Any]


def write_beside(folder: Path, as_at: date) -> None:
    """Count both on the cut in `folder`, and keep them there."""
    kept, years = folder / BESIDE, whole_years(as_at)
    kept.mkdir(exist_ok=True)
    tables = {name: pl.read_parquet(folder / f"{name}.parquet", columns=read) for name, read in READ.items()}
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
    """Events of children by field: year → kind → field → agency ("": all) → [events, children, with the field]."""
    kinds, spans = [one.kind for one in looked_for()], {one.key: (one.begins, one.after) for one in years}
    year = pl.coalesce(
        pl.lit(None, pl.String), *(pl.when(pl.col("day").is_between(*span, closed="left")).then(pl.lit(key))
                                   for key, span in spans.items())
    ).alias("year")  # fmt: skip
    asked = pl.col("kind").is_in(kinds) & ~pl.col("again") & (pl.col("child") != "") & pl.col("is_child")
    events = tables["events"].filter(asked).with_columns(year).filter(pl.col("year").is_not_null())
    events = events.unique(["event", "child"], maintain_order=True)
    people = (
        tables["people"]
        .select("child", "born", "sex", "ethnicity")
        .filter(pl.col("child").is_in(events["child"].unique().implode()))
    )
    has = events.join(people, on="child", how="left").with_columns(
        ethnicity=pl.col("ethnicity").fill_null("") != "",
        born=pl.col("born").is_not_null(),
        sex=pl.col("sex").fill_null("") != "",
        place=pl.col("place").fill_null("") != "",
        time=pl.col("minute").fill_null(0) > 0,
        outcome=pl.col("outcome").fill_null("") != "",
    )
    told = {
        (row["year"], row["kind"], row.get("agency", "")): row
        for rows, by in ((has, ["year", "kind"]), (has.filter(pl.col("agency") != ""), ["year", "kind", "agency"]))
        for row in rows.group_by(by).agg(pl.len(), pl.col("child").n_unique(), pl.col(*FIELDS).sum()).to_dicts()
    }
    return {key: {one.kind: _complete(one, key, told) for one in looked_for()} for key in spans}


def _complete(one: Looked, year: str, told: Mapping[tuple[str, str, str], dict[str, Any]]) -> Counted:
    """A kind's fields in a year, of all agencies and of each that told of any."""
    nothing = {"len": 0, "child": 0} | dict.fromkeys(FIELDS, 0)
    rows = {"": nothing} | {agency: row for (*asked, agency), row in told.items() if asked == [year, one.kind]}
    return {
        field: {agency: [row["len"], row["child"], row[field]] for agency, row in rows.items()} for field in one.fields
    }
