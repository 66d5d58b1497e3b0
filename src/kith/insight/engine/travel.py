"""What a cut tells of journeys: exact numbers, for `rules.suppression.tens` to tell in tens.

An event is counted once, however many feeds tell of it; a place is public or a children's home, never a home.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kith.insight.rules.travel import ELSEWHERE, EVERYTHING, FOUND, OUTSIDE, TRAFFICKED

Counts = dict[str, list[int | None]]  # group → events, and how many children stand behind them where any is known
COLUMNS = ("event", "child", "day", "place", "theme")
NO_FOUND = {"found": pl.lit(""), "found_kind": pl.lit("")}  # cuts from before they told it


def travel(
    folder: Path,
    *,
    kinds: Sequence[str],
    themes: Mapping[str, Sequence[str]],
    years: Mapping[str, tuple[date, date]],
) -> dict[str, Any]:
    """Every number of the page, by year (from a day up to, not including, another)."""
    places = _places(folder, kinds)
    absences = _absences(folder)
    told = pl.concat([_events(folder, themes), _found(absences)]).join(places, on="place", how="left")
    told = told.with_columns(pl.col("travel_kind", "area", "name").fill_null(""))
    return {
        "years": {name: _year(told, absences, folder, places, *days) for name, days in years.items()},
        "found_told": "found" in _schema(folder, "absences"),
        "ways_told": "way" in _schema(folder, "events"),
    }


def _year(
    told: pl.DataFrame, absences: pl.DataFrame, folder: Path, places: pl.DataFrame, first: date, after: date
) -> dict[str, Any]:
    inside = told.filter(pl.col("day").is_between(first, after, closed="left"))
    every = pl.concat([inside, inside.with_columns(theme=pl.lit(EVERYTHING))])
    themes = every["theme"].unique().sort().to_list()
    at = inside.filter(~pl.col("travel_kind").is_in([ELSEWHERE, ""]))
    return {
        "kinds": {theme: _counts(every.filter(pl.col("theme") == theme), "travel_kind") for theme in themes},
        "places": _of_places(at),
        "journeys": _journeys(absences, folder, places, first, after),
        "found": _counts(_ended(absences, first, after), "how"),
        "ways": _ways(folder, first, after),
    }


def _places(folder: Path, kinds: Sequence[str]) -> pl.DataFrame:
    frame = pl.read_parquet(folder / "places.parquet").filter(pl.col("kind") != "home")
    outside = pl.col("outside") if "outside" in frame.columns else pl.lit(False)
    return frame.select(
        "place",
        "name",
        pl.when(pl.col("kind").is_in(list(kinds))).then("kind").otherwise(pl.lit(ELSEWHERE)).alias("travel_kind"),
        pl.when(outside).then(pl.lit(OUTSIDE)).otherwise(pl.col("locality")).alias("area"),
    )


def _events(folder: Path, themes: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    theme_of = {kind: theme for theme, kinds in themes.items() for kind in kinds}
    found = pl.scan_parquet(folder / "events.parquet").filter(pl.col("kind").is_in(list(theme_of)) & ~pl.col("again"))
    named = found.select(
        "event",
        pl.when("is_child").then("child").otherwise(pl.lit("")).alias("child"),
        "day",
        "place",
        pl.col("kind").replace_strict(theme_of, return_dtype=pl.String).alias("theme"),
    )
    return named.collect().select(COLUMNS)


def _absences(folder: Path) -> pl.DataFrame:
    """One row an absence that has ended; `how`: where the child was found, as far as it is told."""
    frame = pl.read_parquet(folder / "absences.parquet")
    frame = frame if "found" in frame.columns else frame.with_columns(**NO_FOUND)
    told = pl.when(pl.col("found_kind") == "home").then(pl.lit("home"))
    told_how = told.when(pl.col("found_kind") != "").then(pl.lit("words")).otherwise(pl.lit(""))
    how = pl.when(pl.col("found") != "").then(pl.lit("place")).otherwise(told_how)
    ended = frame.filter("is_back").with_columns(how.alias("how"))
    return ended.select("absence", "child", pl.col("back").cast(pl.Date).alias("day"), "found", "how")


def _found(absences: pl.DataFrame) -> pl.DataFrame:
    """Absences beside events: their numbers are below nought, so that they are no event's."""
    told = absences.with_columns(event=-pl.col("absence") - 1, place=pl.col("found"), theme=pl.lit(FOUND))
    return told.select(COLUMNS)


def _ended(absences: pl.DataFrame, first: date, after: date) -> pl.DataFrame:
    return absences.filter(pl.col("day").is_between(first, after, closed="left")).with_columns(event="absence")


def _journeys(
    absences: pl.DataFrame, folder: Path, places: pl.DataFrame, first: date, after: date
) -> dict[str, Counts]:
    """Where children live → in which part of the area they were found."""
    people = pl.read_parquet(folder / "people.parquet", columns=["child", "locality"]).rename({"locality": "home"})
    ended = _ended(absences, first, after).join(people, on="child", how="left")
    ended = ended.join(places.rename({"place": "found"}), on="found", how="left")
    ended = ended.with_columns(pl.col("home", "area").fill_null(""))
    return {home: _counts(ended.filter(pl.col("home") == home), "area") for home in ended["home"].unique().sort()}


def _ways(folder: Path, first: date, after: date) -> Counts:
    """How children who were referred as victims of trafficking had travelled."""
    if "way" not in _schema(folder, "events"):
        return {}
    referred = (pl.col("kind") == "nrm-referral") & ~pl.col("again")
    found = pl.scan_parquet(folder / "events.parquet").filter(
        referred & pl.col("day").is_between(first, after, closed="left")
    )
    return _counts(found.select("event", "child", "way").collect(), "way")


def _of_places(at: pl.DataFrame) -> list[dict[str, Any]]:
    """Each place to travel from at which anything is told."""
    counted = _counts(at, "place")
    trafficked = _counts(at.filter(pl.col("theme") == TRAFFICKED), "place")
    found = _counts(at.filter(pl.col("theme") == FOUND), "place")
    told = at.select("place", "name", "travel_kind", "area").unique("place").sort("name", "place")
    return [
        {
            **row,
            "count": counted[row["place"]],
            FOUND: found.get(row["place"], [0, None]),
            TRAFFICKED: trafficked.get(row["place"], [0, None]),
        }
        for row in told.to_dicts()
    ]


def _counts(rows: pl.DataFrame, by: str) -> Counts:
    """Events by group, and the children behind them; None where nobody knows of any child."""
    behind = pl.col("child").filter(pl.col("child") != "").n_unique()
    found = rows.group_by(by).agg(pl.col("event").n_unique().alias("many"), behind.alias("behind")).sort(by)
    return {group or "": [many, behind or None] for group, many, behind in found.rows()}


def _schema(folder: Path, table: str) -> dict[str, pl.DataType]:
    return dict(pl.read_parquet_schema(folder / f"{table}.parquet"))
