"""A cut is taken: columns out of PostgreSQL in one look, made small and ordered, written as Parquet that never changes.

The same rows give the same bytes, whenever and wherever the cut is made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from adbc_driver_postgresql import dbapi

from kith.insight.engine.star import EXTRACTS, Extract
from kith.insight.rules.measures import ETHNICITIES

MANIFEST = "manifest.json"
SPELLS = {
    "child-protection-plan": "protection-plan",
    "child-in-need-plan": "child-in-need",
    "early-help": "early-help",
    "education-plan": "education-plan",
    "care-leaver": "care-leaver",
    "special-needs": "school-support",
}
Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Area:
    """What a cut must be told of the area: outward postcodes by locality, children living there, and the source.

    Of where somebody lives only the locality and the fifth of deprivation are kept, never the postcode or small area.
    """

    districts: Mapping[str, str]
    children: Mapping[str, int]
    source: str
    fifths: Mapping[str, int] = field(default_factory=dict)  # postcode without its blank → fifth of deprivation


@dataclass(frozen=True)
class FeedTold:
    """What is known of a feed beside its rows."""

    agency: str
    title: str
    state: str


@contextmanager
def one_look(url: str, viewer: int, role: str) -> Iterator[Any]:
    """A connection that sees one moment of the database, as the named viewer under row security."""
    with dbapi.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read read only")
        cursor.execute(f"select set_config('role', '{role}', true), set_config('kith.viewer', '{int(viewer)}', true)")
        cursor.fetchall()
        yield cursor


def take(
    cursor: Any, extracts: Mapping[str, Extract] = EXTRACTS, say: Callable[[int], None] = lambda _read: None
) -> Tables:
    """Every table as PostgreSQL has it, in its order. `say` is told how many have been read."""
    taken: Tables = {}
    for name, extract in extracts.items():
        taken[name] = _asked(cursor, extract)
        say(len(taken))
    return taken


def _asked(cursor: Any, extract: Extract) -> pl.DataFrame:
    cursor.execute(extract.sql)
    frame = pl.DataFrame(cursor.fetch_arrow_table())
    return frame.sort(extract.order, nulls_last=True) if len(frame) else frame


def star_of(tables: Tables, area: Area, feeds: Mapping[str, FeedTold]) -> Tables:
    """The tables of the cut: what analysts need worked out, what they do not need left out."""
    localities = pl.DataFrame(
        {"district": list(area.districts), "locality": list(area.districts.values())},
        schema={"district": pl.String, "locality": pl.String},
    )
    agencies = {feed: told.agency for feed, told in feeds.items()}
    events = _events(tables["events"], agencies)
    absences = tables["absences"].with_columns(_day("gone").alias("day"), _minute("gone").alias("minute"))
    return {
        **tables,
        "people": _people(tables["people"], localities, area.fifths),
        "events": events,
        "spells": _spells(events),
        "places": _located(tables["places"], localities, outside=True),
        "absences": absences,
        "conversations": tables["conversations"].with_columns(_day("back").alias("day")),
        "links": tables["links"].with_columns(_agency(agencies)),
        "feeds": _feeds(tables["feeds"], feeds),
        "area": pl.DataFrame(
            {"locality": list(area.children), "children": list(area.children.values())},
            schema={"locality": pl.String, "children": pl.Int64},
        ).with_columns(pl.lit(area.source).alias("source")),
    }


def _people(people: pl.DataFrame, localities: pl.DataFrame, fifths: Mapping[str, int]) -> pl.DataFrame:
    group = pl.col("ethnicity").str.slice(0, 1).replace_strict(ETHNICITIES, default="").alias("ethnicity")
    listed = pl.DataFrame(
        {"home": list(fifths), "fifth": [str(one) for one in fifths.values()]},
        schema={"home": pl.String, "fifth": pl.String},
    )
    home = pl.col("postcode").str.replace_all(" ", "").str.to_uppercase().alias("home")
    told = people.with_columns(group, home).join(listed, on="home", how="left", maintain_order="left")
    return _located(told.with_columns(pl.col("fifth").fill_null("")).drop("postcode", "home"), localities)


def _located(frame: pl.DataFrame, localities: pl.DataFrame, *, outside: bool = False) -> pl.DataFrame:
    """The locality instead of the postcode's first half, which is not kept; for places whether it is of elsewhere."""
    joined = frame.join(localities, on="district", how="left", maintain_order="left")
    elsewhere = joined["locality"].is_null() & (joined["district"].fill_null("") != "")
    told = joined.with_columns(elsewhere.alias("outside")) if outside else joined
    return told.with_columns(pl.col("locality").fill_null("")).drop("district")


def _agency(agencies: Mapping[str, str]) -> pl.Expr:
    told = pl.col("feed").replace_strict(agencies, default="") if agencies else pl.lit("")
    return pl.when(pl.col("agency") == "").then(told).otherwise(pl.col("agency")).alias("agency")


def _events(events: pl.DataFrame, agencies: Mapping[str, str]) -> pl.DataFrame:
    """With its days read and what another feed tells again marked."""
    read = events.with_columns(_any_day("due"), _any_day("other"), _agency(agencies))
    feeds = read.filter(pl.col("feed") != "").group_by("kind", "feed").len()
    main = feeds.sort(["kind", "len", "feed"], descending=[False, True, False]).unique("kind", keep="first")
    told = read.join(main.select("kind", main_feed="feed"), on="kind", how="left", maintain_order="left")
    of_main = told.filter(pl.col("feed") == pl.col("main_feed")).select("kind", "child", "day").unique()
    told = told.join(
        of_main.with_columns(pl.lit(True).alias("in_main")),
        on=["kind", "child", "day"],
        how="left",
        maintain_order="left",
    )
    elsewhere = (pl.col("feed") != pl.col("main_feed")) & (pl.col("feed") != "") & (pl.col("child") != "")
    again = (elsewhere & pl.col("in_main").fill_null(False)).fill_null(False)
    counted = (
        again.alias("again"),
        _number_of("day").alias("day_number"),
        (_number_of("other") - _number_of("day")).alias("other_days"),
    )
    return told.with_columns(*counted).drop("main_feed", "in_main")


def _any_day(column: str) -> pl.Expr:
    """A day out of words: 2026-11-09, the same with a time, or 17 November 2026."""
    words = pl.col(column).cast(pl.String)
    iso = words.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return pl.coalesce(iso, words.str.to_date("%d %B %Y", strict=False)).alias(column)


def _day(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Datetime).dt.date()


def _number_of(column: str) -> pl.Expr:
    """A day as how many there were since 1970: engines differ in how days are subtracted."""
    return pl.col(column).cast(pl.Date).cast(pl.Int32)


def _minute(column: str) -> pl.Expr:
    moment = pl.col(column).cast(pl.Datetime)
    return moment.dt.hour().cast(pl.Int32) * 60 + moment.dt.minute().cast(pl.Int32)


def _spells(events: pl.DataFrame) -> pl.DataFrame:
    """From when to when a child was in care or had a plan, whoever told of it, each beginning once."""
    children = events.filter(pl.col("child") != "")  # care and plans may end, and leaving care begin, after 18
    plans = children.filter(pl.col("kind").is_in(list(SPELLS))).with_columns(pl.col("kind").replace_strict(SPELLS))
    plans = plans.select("child", "kind", began="day", ended="until")
    began = (
        children.filter(pl.col("kind") == "care-started").select("child", began="day").unique().sort("child", "began")
    )
    over = children.filter(pl.col("kind") == "care-ended").select("child", over="day").unique().sort("child", "over")
    care = (
        began.join_where(
            over, pl.col("child") == pl.col("child_over"), pl.col("over") >= pl.col("began"), suffix="_over"
        )
        if len(over)
        else began.with_columns(pl.lit(None, pl.Date).alias("over"))
    )
    ends = care.group_by("child", "began").agg(pl.col("over").min().alias("ended"))
    care = began.join(ends, on=["child", "began"], how="left").select(
        "child", pl.lit("in-care").alias("kind"), "began", "ended"
    )
    spells = pl.concat([plans, care]).group_by("child", "kind", "began").agg(pl.col("ended").max())
    return spells.sort("child", "kind", "began")


def _feeds(feeds: pl.DataFrame, told: Mapping[str, FeedTold]) -> pl.DataFrame:
    known = pl.DataFrame(
        [(feed, one.agency, one.title, one.state) for feed, one in sorted(told.items())],
        schema={"feed": pl.String, "agency": pl.String, "title": pl.String, "state": pl.String},
        orient="row",
    )
    return known.join(feeds, on="feed", how="full", coalesce=True).sort("feed").fill_null("")


def write_star(folder: Path, tables: Tables, as_at: date) -> dict[str, Any]:
    """The Parquet files and their manifest, which says what is in each and its hash. Answers the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = {name: write_table(folder / f"{name}.parquet", frame) for name, frame in sorted(tables.items())}
    feeds = tables["feeds"].to_dicts() if "feeds" in tables else []
    manifest = {"as_at": as_at.isoformat(), "tables": listed, "feeds": json.loads(json.dumps(feeds, default=str))}
    manifest["sha256"] = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return manifest


def write_table(path: Path, frame: pl.DataFrame) -> dict[str, Any]:
    """One table as Parquet that is the same bytes for the same rows. Answers what the manifest says of it."""
    frame.rechunk().write_parquet(path, compression="zstd", compression_level=3, row_group_size=250_000)
    columns = {name: str(kind) for name, kind in frame.schema.items()}
    return {"rows": len(frame), "columns": columns, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
