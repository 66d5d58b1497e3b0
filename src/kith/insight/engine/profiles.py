"""What a cut tells of a place, a theme or a locality: exact numbers, for `rules.suppression.tens` to tell in tens.

Events are counted once, however many feeds tell of them; young people once for each event that is about them. Homes
have no row in a cut; a children's home counts as a kind of place and is never named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from kith.insight.engine.places.hours import midnight_means_unknown, profile_of, runs_hours, week_of
from kith.insight.rules.before_after import before_and_after
from kith.insight.rules.profiles import COMPARED_FROM, SubjectKind
from kith.intelligence.rules.holidays import in_holiday, known_from, known_until

SEED = 20
NEVER_NAMED = ("home", "childrens-home", "online")
WORDS_ON = {"time": "minute", "place": "place", "outcome": "outcome", "what": "what"}
CHILD_FIELDS = ("age", "sex", "ethnicity")
TERMS = ("holidays", "term")
WHO = ("age", "sex", "ethnicity", "send", "care")
Counts = dict[str, list[int | None]]  # group → events, and how many children stand behind them where any is known


@dataclass(frozen=True)
class Wanted:
    """What to count. `events`: kinds, and by which words each belongs (none: every event of the kind). Days from
    `first` up to, not including, `after`; the time before them likewise."""

    kind: SubjectKind
    key: str
    events: Mapping[str, Sequence[str]]
    help_events: Sequence[str]
    first: date
    after: date
    before_first: date
    before_after: date


@dataclass(frozen=True)
class _Star:
    """The tables that are looked at."""

    events: pl.DataFrame  # one row an event and a child; with place_kind, place_name, locality
    people: pl.DataFrame
    spells: pl.DataFrame
    places: pl.DataFrame
    extra: dict[str, pl.DataFrame] = field(default_factory=dict)


def subjects_of(folder: Path) -> dict[str, list[list[str]]]:
    """Places that may be profiled as (code, name), and localities: the names alone."""
    places = _places(folder)
    named = places.filter(~pl.col("place_kind").is_in(NEVER_NAMED) & (pl.col("place_name") != ""))
    named = named.sort("place_name", "place")
    localities = sorted(one for one in places["locality"].unique().to_list() if one)
    return {
        "places": [list(row) for row in named.select("place", "place_name").rows()],
        "localities": [[one, one] for one in localities],
    }


def profile(folder: Path, wanted: Wanted) -> dict[str, Any]:
    """Every number of a profile, as what JSON can hold. They are exact: only `presenters` of profiles may see them."""
    star = _star(folder, wanted)
    mine = _of_subject(star.events, star, wanted)
    now, before = _within(mine, wanted.first, wanted.after), _within(mine, wanted.before_first, wanted.before_after)
    children = _with_groups(_children(now), star)
    return {
        "all": _counts(now.with_columns(one=pl.lit("")), "one").get("", [0, None]),
        "before": _counts(before.with_columns(one=pl.lit("")), "one").get("", [0, None]),
        "kinds": {"now": _counts(now, "kind"), "before": _counts(before, "kind")},
        "months": _by_time(pl.concat([before, now]).unique(), wanted, 1),
        "quarters": _by_time(pl.concat([before, now]).unique(), wanted, 3),
        "terms": _terms(now, wanted),
        "hours": _hours(now),
        "localities": _counts(now, "locality"),
        "place_kinds": _counts(now, "place_kind"),
        "named": _named(now),
        "who": {name: _counts(children, name) for name in WHO},
        "children": [len(children), children["child"].n_unique()],
        "help": _help(star, wanted),
        "works": _works(folder, star, wanted),
        "changed": _changed(folder, star, mine, wanted),
        "gaps": _gaps(now, children),
        "feeds": _feeds(folder),
    }


def _star(folder: Path, wanted: Wanted) -> _Star:
    places = _places(folder)
    kinds = [*wanted.events, *wanted.help_events]
    columns = ["event", "child", "is_child", "kind", "what", "outcome", "day", "minute", "weekday", "agency", "place"]
    found = pl.scan_parquet(folder / "events.parquet").filter(pl.col("kind").is_in(kinds) & ~pl.col("again"))
    events = found.select(columns).collect().join(places, on="place", how="left", maintain_order="left")
    filled = events.with_columns(pl.col("place_kind", "place_name", "locality").fill_null(""))
    people = pl.read_parquet(folder / "people.parquet", columns=["child", "born", "sex", "ethnicity", "locality"])
    spells = pl.read_parquet(folder / "spells.parquet")
    return _Star(filled, people.rename({"locality": "home"}), spells, places)


def _places(folder: Path) -> pl.DataFrame:
    frame = pl.read_parquet(folder / "places.parquet", columns=["place", "kind", "name", "locality"])
    return frame.rename({"kind": "place_kind", "name": "place_name"})


def _of_subject(events: pl.DataFrame, star: _Star, wanted: Wanted) -> pl.DataFrame:
    """The events of the subject, whenever they were."""
    spoken = events.filter(pl.any_horizontal(_belongs(kind, words) for kind, words in wanted.events.items()))
    if wanted.kind is SubjectKind.PLACE:
        return spoken.filter(pl.col("place") == wanted.key)
    return spoken.filter(pl.col("locality") == wanted.key) if wanted.kind is SubjectKind.LOCALITY else spoken


def _belongs(kind: str, words: Sequence[str]) -> pl.Expr:
    of_kind = pl.col("kind") == kind
    if not words:
        return of_kind
    said = pl.col("what").str.to_lowercase()
    return of_kind & pl.any_horizontal(said.str.contains(word, literal=True) for word in words)


def _within(events: pl.DataFrame, first: date, after: date) -> pl.DataFrame:
    return events.filter((pl.col("day") >= first) & (pl.col("day") < after))


def _counts(rows: pl.DataFrame, by: str) -> Counts:
    """Events by group, and the children behind them; None where nobody knows of any child."""
    behind = pl.col("child").filter(pl.col("is_child") & (pl.col("child") != "")).n_unique()
    found = rows.group_by(by).agg(pl.col("event").n_unique().alias("many"), behind.alias("behind")).sort(by)
    return {group or "": [many, behind or None] for group, many, behind in found.rows()}


def _by_time(rows: pl.DataFrame, wanted: Wanted, length: int) -> Counts:
    """Every so many months of the time before and of the period, in order, those without any too."""
    spans = sorted({(wanted.before_first, wanted.before_after), (wanted.first, wanted.after)})
    found: Counts = {}
    for first, after in spans:
        months = _every_month(first, after)
        named = {month: months[at // length * length] for at, month in enumerate(months)}
        inside = _within(rows, first, after).with_columns(pl.col("day").dt.strftime("%Y-%m").alias("month"))
        counted = _counts(inside.with_columns(pl.col("month").replace(named)), "month")
        found |= {name: counted.get(name, [0, None]) for name in named.values()}
    return found


def _every_month(first: date, after: date) -> list[str]:
    start, end = first.year * 12 + first.month - 1, after.year * 12 + after.month - 1
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(start, end)]


def _terms(rows: pl.DataFrame, wanted: Wanted) -> dict[str, Any]:
    """Events in school holidays, in term and on days of which neither is known; and how many days each has."""
    days = [wanted.first + timedelta(days=number) for number in range((wanted.after - wanted.first).days)]
    kinds = {day: _term(day) for day in days}
    named = rows.with_columns(
        term=pl.Series("term", [kinds.get(day, "") for day in rows["day"].to_list()], dtype=pl.String)
    )
    return {"events": _counts(named, "term"), "days": {name: list(kinds.values()).count(name) for name in TERMS}}


def _term(day: date) -> str:
    if not known_from() <= day <= known_until():
        return ""
    return "holidays" if in_holiday(day) else "term"


def _hours(rows: pl.DataFrame) -> dict[str, Any]:
    """The week, and the run of hours that stands out, if one does."""
    once = rows.unique("event", keep="first", maintain_order=True)
    timed = once.drop_nulls(["minute", "weekday"])
    unknown = midnight_means_unknown(timed["minute"].to_numpy())
    timed = timed.filter(pl.col("minute") != 0) if unknown else timed
    week = week_of(timed["weekday"].to_numpy(), timed["minute"].to_numpy())
    found = profile_of(week, seed=SEED)
    run = found.run
    return {
        "week": week.astype(int).tolist(),
        "children": _children_of_week(rows, unknown),
        "timed": _counts(timed.with_columns(one=pl.lit("")), "one").get("", [0, None]),
        "midnight": unknown,
        "run": None
        if run is None
        else {
            "days": run.days,
            "start": run.start,
            "length": run.length,
            "seen": run.seen,
            "hours": sorted(runs_hours(run)),
        },
    }


def _children_of_week(rows: pl.DataFrame, midnight_unknown: bool) -> list[list[int | None]]:
    """How many children stand behind each hour; None where nobody knows of any."""
    timed = rows.drop_nulls(["minute", "weekday"]).filter(pl.lit(not midnight_unknown) | (pl.col("minute") != 0))
    hour = ((pl.col("weekday").cast(pl.Int64) - 1) * 24 + pl.col("minute").cast(pl.Int64) // 60).cast(pl.String)
    counted = _counts(timed.with_columns(hour.alias("hour")), "hour")
    return [[counted.get(str(day * 24 + hour), [0, None])[1] for hour in range(24)] for day in range(7)]


def _named(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Public places by name; never a home, a children's home or what has no name."""
    public = rows.filter(~pl.col("place_kind").is_in(NEVER_NAMED) & (pl.col("place_name") != ""))
    told = public.select("place", "place_name", "place_kind", "locality").unique().sort("place_name", "place")
    counted = _counts(public, "place")
    return [{**row, "count": counted[row["place"]]} for row in told.to_dicts()]


def _children(rows: pl.DataFrame) -> pl.DataFrame:
    """A row an event and a young person whom it is about."""
    about = rows.filter(pl.col("is_child") & (pl.col("child") != ""))
    return about.unique(["event", "child"], keep="first", maintain_order=True)


def _with_groups(rows: pl.DataFrame, star: _Star) -> pl.DataFrame:
    """With what is known of each young person on the day; each row is an event of its own to be counted."""
    known = rows.join(star.people, on="child", how="left", maintain_order="left").with_row_index("row")
    months = pl.col("day").dt.year() * 12 + pl.col("day").dt.month()
    age = (months - pl.col("born").dt.year() * 12 - pl.col("born").dt.month()) // 12
    young = pl.when(age < 10).then(pl.lit("0-9")).when(age < 13).then(pl.lit("10-12"))
    older = young.when(age < 16).then(pl.lit("13-15")).when(age < 18).then(pl.lit("16-17"))
    bands = older.when(age >= 18).then(pl.lit("18+")).otherwise(pl.lit(""))
    plan, in_care, leaver = (_on_day(known, star, kind) for kind in ("education-plan", "in-care", "care-leaver"))
    number = pl.col("row")
    care = pl.when(number.is_in(in_care)).then(pl.lit("in care"))
    return known.with_columns(
        pl.col("sex", "ethnicity").fill_null(""),
        bands.alias("age"),
        pl.when(number.is_in(plan)).then(pl.lit("plan")).otherwise(pl.lit("")).alias("send"),
        care.when(number.is_in(leaver)).then(pl.lit("care leaver")).otherwise(pl.lit("")).alias("care"),
        number.alias("event"),
    )


def _on_day(known: pl.DataFrame, star: _Star, kind: str) -> list[int]:
    """The rows whose young person was in a spell of this kind on the day."""
    spells = star.spells.filter(pl.col("kind") == kind).select("child", "began", "ended")
    both = known.select("row", "child", "day").join(spells, on="child", how="inner")
    over = pl.col("ended").is_not_null() & (pl.col("ended") <= pl.col("day"))
    inside: list[int] = both.filter((pl.col("began") <= pl.col("day")) & ~over)["row"].unique().to_list()
    return inside


def _help(star: _Star, wanted: Wanted) -> dict[str, Counts]:
    """Help that young people who live there were given in the period, by kind; and which agencies gave it."""
    given = star.events.filter(pl.col("kind").is_in(wanted.help_events))
    given = _within(given, wanted.first, wanted.after).join(star.people, on="child", how="left", maintain_order="left")
    near = _locality_of(star, wanted)
    here = given.filter(pl.col("home") == near) if near else given
    return {"kinds": _counts(here, "kind"), "agencies": _counts(here, "agency")}


def _locality_of(star: _Star, wanted: Wanted) -> str:
    """Where the subject is; empty for the whole area."""
    if wanted.kind is SubjectKind.PLACE:
        found = star.places.filter(pl.col("place") == wanted.key)["locality"].to_list()
        return found[0] if found else ""
    return wanted.key if wanted.kind is SubjectKind.LOCALITY else ""


def _works(folder: Path, star: _Star, wanted: Wanted) -> list[dict[str, Any]]:
    """Works on the safety of places there, with the states that each went through."""
    works = pl.read_parquet(folder / "works.parquet").rename({"child": "place"})
    context = works.filter((pl.col("pathway") == "context") & (pl.col("subject_kind") == "place"))
    context = context.join(star.places, on="place", how="inner").sort("opened", "work")
    if wanted.kind is SubjectKind.PLACE:
        context = context.filter(pl.col("place") == wanted.key)
    elif wanted.kind is SubjectKind.LOCALITY:
        context = context.filter(pl.col("locality") == wanted.key)
    moves = pl.read_parquet(folder / "moves.parquet").sort("day", "move")
    return [
        {
            "place": row["place_name"] if row["place_kind"] not in NEVER_NAMED else "",
            "opened": row["opened"].isoformat(),
            "ended": row["ended"].isoformat() if row["ended"] else "",
            "state": row["state"],
            "moves": [
                [day.isoformat(), state]
                for day, state in moves.filter(pl.col("work") == row["work"]).select("day", "to_state").rows()
            ],
        }
        for row in context.to_dicts()
    ]


def _changed(folder: Path, star: _Star, mine: pl.DataFrame, wanted: Wanted) -> dict[str, Any]:
    """Before and after: of the first work where there is one, else of the period; beside everywhere else there.

    A theme is of the whole area: there is nothing beside it.
    """
    if wanted.kind is SubjectKind.THEME:
        return {"why_not": "theme"}
    works = [one["opened"] for one in _works(folder, star, wanted)]
    began = date.fromisoformat(works[0]).replace(day=1) if works else wanted.first
    first = wanted.before_first if not works else min(wanted.before_first, _months_back(began, 12))
    every = star.events.filter(pl.any_horizontal(_belongs(kind, words) for kind, words in wanted.events.items()))
    elsewhere = every.filter((pl.col("place") != "") & ~pl.col("event").is_in(mine["event"].implode()))
    months = _every_month(first, wanted.after)
    there, beside = (_series(rows, months) for rows in (mine, elsewhere))
    at = months.index(f"{began:%Y-%m}") if f"{began:%Y-%m}" in months else len(months)
    told = {"work": bool(works), "began": began.isoformat(), "from": f"{months[0]}-01"}
    sides = [sum(part) for part in (there[:at], there[at:], beside[:at], beside[at:])]
    told["sides"] = sides
    if not 0 < at < len(months) or min(sides) < COMPARED_FROM:
        return {**told, "why_not": "few"}
    found = before_and_after(there, beside, work_began=at)
    return {**told, "ratio": found.ratio, "low": found.low, "high": found.high, "warnings": list(found.warnings)}


def _months_back(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)


def _series(rows: pl.DataFrame, months: Iterable[str]) -> list[int]:
    counted = _counts(rows.with_columns(pl.col("day").dt.strftime("%Y-%m").alias("month")), "month")
    return [int(counted.get(month, [0])[0] or 0) for month in months]


def _gaps(rows: pl.DataFrame, children: pl.DataFrame) -> dict[str, Any]:
    """What is missing, field by field: of all, by agency, and by ethnicity; each beside the whole that it is of."""
    events = rows.with_columns(*(_is_missing(field).alias(f"no_{field}") for field in WORDS_ON))
    people = children.with_columns(
        *((pl.col(field) == "").alias(f"no_{field}") for field in CHILD_FIELDS),
        *(_is_missing(field).alias(f"no_{field}") for field in WORDS_ON),
    )
    return {
        "all": {
            **{field: _missing(events, field, "") for field in WORDS_ON},
            **{field: _missing(people, field, "") for field in CHILD_FIELDS},
        },
        "agency": {
            **{field: _missing(events, field, "agency") for field in WORDS_ON},
            **{field: _missing(people, field, "agency") for field in CHILD_FIELDS},
        },
        "ethnicity": {field: _missing(people, field, "ethnicity") for field in (*WORDS_ON, "age")},
    }


def _is_missing(field: str) -> pl.Expr:
    column = pl.col(WORDS_ON[field])
    return column.is_null() if field == "time" else column == ""


def _missing(rows: pl.DataFrame, field: str, by: str) -> dict[str, Counts]:
    """{"of": all by group, "missing": those without by group}."""
    grouped = rows.with_columns((pl.col(by) if by else pl.lit("")).alias("group"))
    return {"of": _counts(grouped, "group"), "missing": _counts(grouped.filter(pl.col(f"no_{field}")), "group")}


def _feeds(folder: Path) -> dict[str, list[str]]:
    """Feeds that were silent, and every agency that sends feeds."""
    feeds = pl.read_parquet(folder / "feeds.parquet").sort("feed")
    silent = feeds.filter(pl.col("state").is_in(["silent", "failed", "never"]))
    return {
        "silent": [title or feed for title, feed in silent.select("title", "feed").rows()],
        "agencies": sorted({one for one in feeds["agency"].to_list() if one}),
    }


__all__ = ["Wanted", "profile", "subjects_of"]
