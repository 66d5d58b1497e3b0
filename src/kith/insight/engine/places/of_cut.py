"""The places of a cut: hexagons of a theme over a window, the hours of its week, and clusters in place and time.

Only named public places have a position in a cut; homes and children's homes have none. What comes out here holds exact
numbers and stays beside the cut: `rules.places` says what of it may be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.spatial import ConvexHull, Delaunay

from kith.insight.engine.places.change import changes
from kith.insight.engine.places.getis import where_more, with_self
from kith.insight.engine.places.hexagons import Cells, Grid, around, cells_of, grid_of, middles, names, outlines
from kith.insight.engine.places.hours import midnight_means_unknown, profile_of, runs_hours, week_of
from kith.insight.engine.places.knox import metres
from kith.insight.engine.places.scan import scan
from kith.insight.rules.places import EVERY_KIND, THEMES, may_be_told
from kith.intelligence.rules.holidays import in_holiday, known_from, known_until

SEED = 20
LONG_AGO = date(1900, 1, 1)
WEEK_OF = 24  # months
HEXAGONS_A_PLACE = 4  # the area is cut no finer than so many hexagons for each place with a position
FINEST, COARSEST = 9, 6
LONGEST, MOST_ROWS = 3, 8  # months and hexagons of a cluster
UNLIKELY = 0.05


def places_of_cut(
    folder: Path, kinds: Sequence[str], every: Sequence[str], months: int, against: str
) -> dict[str, Any]:
    """Everything the pages of places show of some kinds of events over the last whole months of a cut.

    No hexagons, and nothing beside the months, where no place of the cut has a position.
    """
    as_at = _as_at(folder)
    first, last = _back(as_at, months), as_at.replace(day=1)
    placed = _placed(folder)
    events = _events(folder, kinds, first, last)
    if not len(placed):
        return {"from": first.isoformat(), "to": last.isoformat(), "hexagons": []}
    known = events.join(placed, on="place", how="inner")
    grid, home = _grid(placed)
    told: dict[str, Any] = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "events": len(events),
        "located": len(known),
        "resolution": grid.resolution,
        "seed": SEED,
    }
    recorded = None
    if against == "recorded":
        recorded = _events(folder, every, first, last).join(placed, on="place", how="inner")
    told |= _hexagons(grid, home, known, recorded, first, months)
    told["weeks"] = {"": {**_week(known, recorded), "terms": terms(known, first, last)}}
    for locality in sorted(set(placed["locality"].to_list()) - {""}):
        beside = recorded.filter(pl.col("locality") == locality) if recorded is not None else None
        there = known.filter(pl.col("locality") == locality)
        told["weeks"][locality] = {**_week(there, beside), "terms": terms(there, first, last)}
    cells = names(grid.cells)
    told["places"] = [{**one, "cell": cells[home[one["place"]]]} for one in _named(placed, known)]
    return told


def months_of_places(folder: Path) -> dict[str, Any]:
    """For each theme its whole months, the oldest first, and of each place how many events in each of them."""
    return {
        theme.key: _months_of(_events(folder, theme.kinds, LONG_AGO, _as_at(folder).replace(day=1)), folder)
        for theme in THEMES.values()
    }


def _months_of(events: pl.DataFrame, folder: Path) -> dict[str, Any]:
    if not len(events):
        return {"months": [], "places": {}}
    month = events["day"].dt.month_start()
    months = pl.date_range(month.min(), _back(_as_at(folder), 1), "1mo", eager=True).to_list()  # type: ignore[arg-type, union-attr]
    at = {day: number for number, day in enumerate(months)}
    counts: dict[str, list[int]] = {}
    for place, day in zip(events["place"].to_list(), month.to_list(), strict=True):
        counts.setdefault(place, [0] * len(months))[at[day]] += 1
    return {"months": [day.isoformat() for day in months], "places": dict(sorted(counts.items()))}


def weeks_of_places(folder: Path) -> dict[str, Any]:
    """The week of each public place over the last whole years, of what is told of it of every kind."""
    as_at = _as_at(folder)
    first, last = _back(as_at, WEEK_OF), as_at.replace(day=1)
    events = _events(folder, EVERY_KIND, first, last).join(_placed(folder), on="place", how="inner")
    behind = events.group_by("place").agg(
        pl.len().alias("events"), pl.col("child").explode().drop_nulls().n_unique().alias("children")
    )
    told = [one for one in behind.sort("place").to_dicts() if may_be_told(one["events"], one["children"])]
    weeks = {one["place"]: _week_there(events.filter(pl.col("place") == one["place"]), first, last) for one in told}
    return {"from": first.isoformat(), "to": last.isoformat(), "places": weeks}


def _week_there(events: pl.DataFrame, first: date, last: date) -> dict[str, Any]:
    return {**_week(events, None), "terms": terms(events, first, last)}


def terms(events: pl.DataFrame, first: date, last: date) -> dict[str, list[int]]:
    """In school holidays and in term: events, the children behind them, and days, as far as the holidays are known."""
    days, off = _days(first, last)
    known = events.filter(pl.col("day").is_in(days))
    free = known["day"].is_in(off)
    parts = {"holidays": (known.filter(free), len(off)), "term": (known.filter(~free), len(days) - len(off))}
    return {
        name: [len(part), part["child"].explode().drop_nulls().n_unique(), many] for name, (part, many) in parts.items()
    }


@cache
def _days(first: date, last: date) -> tuple[list[date], list[date]]:
    """The days from the first until the last as far as the holidays are known, and those of them in holidays."""
    begin, after = max(first, known_from()), min(last, known_until() + timedelta(days=1))
    days = [begin + timedelta(days=number) for number in range(max(0, (after - begin).days))]
    return days, [day for day in days if in_holiday(day)]


def public_places(folder: Path) -> list[dict[str, Any]]:
    """Named public places, with how many events of any kind are told of each, and how many children they are about."""
    events = pl.scan_parquet(folder / "events.parquet").select("event", "place", "child")
    counts = events.group_by("place").agg(
        pl.col("event").n_unique().alias("events"),
        pl.col("child").filter(pl.col("child") != "").n_unique().alias("children"),
    )
    places = pl.scan_parquet(folder / "places.parquet").filter(~pl.col("online"))
    frame = places.join(counts, on="place", how="inner").sort("name", "place").collect()
    return frame.select("place", "kind", "name", "locality", "events", "children").to_dicts()


def _as_at(folder: Path) -> date:
    return date.fromisoformat(folder.name[:10])


def _back(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _placed(folder: Path) -> pl.DataFrame:
    columns = ["place", "kind", "name", "locality", "latitude", "longitude"]
    frame = pl.read_parquet(folder / "places.parquet", columns=[*columns, "online"])
    return frame.filter(~pl.col("online") & pl.col("latitude").is_not_null()).select(columns).rename({"kind": "sort"})


def _events(folder: Path, kinds: Sequence[str], first: date, last: date) -> pl.DataFrame:
    """One row an event, with how many children it is about, and where; told once however many feeds tell of it."""
    columns = ["event", "child", "kind", "day", "minute", "weekday", "place", "again"]
    frame = pl.scan_parquet(folder / "events.parquet").select(columns)
    wanted = frame.filter(
        pl.col("kind").is_in(list(kinds)) & ~pl.col("again") & (pl.col("place") != "")
        & (pl.col("day") >= first) & (pl.col("day") < last)
    )  # fmt: skip
    children = pl.col("child").filter(pl.col("child") != "").unique()
    grouped = wanted.group_by("event").agg(pl.col("kind", "day", "minute", "weekday", "place").first(), children)
    return grouped.sort("event").collect()


def _grid(placed: pl.DataFrame) -> tuple[Grid, dict[str, int]]:
    """Every hexagon of the area that the places span, and in which of them each place lies."""
    lat, lng = placed["latitude"].to_numpy(), placed["longitude"].to_numpy()
    for resolution in range(FINEST, COARSEST - 1, -1):
        area = _spanned(lat, lng, resolution)
        if len(area) <= HEXAGONS_A_PLACE * len(placed):
            break
    points = cells_of(lat, lng, resolution)
    grid = grid_of(points, resolution, area=area)
    return grid, dict(zip(placed["place"].to_list(), np.searchsorted(grid.cells, points).tolist(), strict=True))


def _spanned(lat: npt.NDArray[np.float64], lng: npt.NDArray[np.float64], resolution: int) -> Cells:
    """The hexagons of the places, those that touch them, and every one between."""
    own = np.unique(cells_of(lat, lng, resolution))
    near = around(own)
    mid_lat, mid_lng = middles(near)
    corners = np.column_stack([mid_lat, mid_lng])
    shape = Delaunay(corners[ConvexHull(corners).vertices])
    step = {6: 0.02, 7: 0.008, 8: 0.003, 9: 0.0011}[resolution]  # degrees: finer than a hexagon
    grid = np.meshgrid(np.arange(mid_lat.min(), mid_lat.max(), step), np.arange(mid_lng.min(), mid_lng.max(), step))
    points = np.column_stack([one.ravel() for one in grid])
    inside = points[shape.find_simplex(points) >= 0]
    return np.union1d(near, cells_of(inside[:, 0], inside[:, 1], resolution))


def _hexagons(
    grid: Grid, home: dict[str, int], known: pl.DataFrame, beside: pl.DataFrame | None, first: date, months: int
) -> dict[str, Any]:
    where = np.array([home[place] for place in known["place"]], dtype=np.int64)
    counts = np.bincount(where, minlength=len(grid))
    behind = _children(known, where, len(grid))
    values, expected = _against(grid, counts, beside, home)
    found = where_more(values, grid.touching, seed=SEED)
    middle = _back(_back(first, -months), months // 2)
    earlier = (known["day"] < middle).to_numpy()
    halves = [np.bincount(where[part], minlength=len(grid)) for part in (earlier, ~earlier)]
    compared = changes(halves[0], halves[1], grid.touching, seed=SEED)
    within = with_self(grid.touching)
    near, should = within @ counts, within @ expected
    rows = [
        {
            "cell": name,
            "ring": ring,
            "events": int(counts[at]),
            "children": len(behind[at]),
            "children_around": len(behind[at].union(*(behind[other] for other in _touching(grid, at)))),
            "around": int(near[at]),
            "expected": round(float(should[at]), 1),
            "z": round(float(found.z[at]), 6),
            "q": round(float(found.q[at]), 6),
            "stands_out": bool(found.stands_out[at]),
            "more": bool(near[at] > should[at]),
            "change": compared.words[at],
        }
        for at, (name, ring) in enumerate(zip(names(grid.cells), outlines(grid.cells), strict=True))
    ]
    return {
        "hexagons": rows,
        "permutations": found.permutations,
        "rate": found.rate,
        "split": middle.isoformat(),
        "clusters": _clusters(grid, where, known, first, months),
    }


def _touching(grid: Grid, at: int) -> list[int]:
    return [int(one) for one in grid.touching.indices[grid.touching.indptr[at] : grid.touching.indptr[at + 1]]]


def _children(known: pl.DataFrame, where: npt.NDArray[np.int64], many: int) -> list[set[str]]:
    """The codes of the children who stand behind the events of each hexagon."""
    behind: list[set[str]] = [set() for _ in range(many)]
    for at, children in zip(where.tolist(), known["child"].to_list(), strict=True):
        behind[at].update(children)
    return behind


def _against(
    grid: Grid, counts: npt.NDArray[np.int64], beside: pl.DataFrame | None, home: dict[str, int]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """What is tested, and what is expected in each hexagon: the same everywhere, or as all that is recorded there."""
    total = counts.sum()
    if beside is None or not len(beside):
        return counts.astype(float), np.full(len(grid), total / len(grid))
    all_of_it = np.bincount([home[place] for place in beside["place"]], minlength=len(grid))
    expected = all_of_it * (total / all_of_it.sum())
    scale = np.sqrt(np.maximum(expected, 1.0))
    return (counts - expected) / scale, expected


def _clusters(
    grid: Grid, where: npt.NDArray[np.int64], known: pl.DataFrame, first: date, months: int
) -> list[dict[str, Any]]:
    table = np.zeros((len(grid), months), dtype=np.int64)
    when = [(day.year - first.year) * 12 + day.month - first.month for day in known["day"]]
    np.add.at(table, (where, when), 1)
    found = scan(table, metres(*middles(grid.cells)), seed=SEED, longest=LONGEST, most_rows=MOST_ROWS)
    cells = names(grid.cells)
    return [
        {
            "cells": [cells[row] for row in one.rows],
            "from": _back(first, -one.first).isoformat(),
            "to": _back(first, -one.last).isoformat(),
            "events": one.seen,
            "children": len(set().union(*(_behind(known, where, when, row, one.first, one.last) for row in one.rows))),
            "expected": round(one.expected, 1),
            "p": one.p,
        }
        for one in found
        if one.p <= UNLIKELY
    ]


def _behind(
    known: pl.DataFrame, where: npt.NDArray[np.int64], when: list[int], row: int, first: int, last: int
) -> set[str]:
    """The children of a hexagon's events from one month to another."""
    months = np.array(when, dtype=np.int64)
    inside = known.filter((where == row) & (months >= first) & (months <= last))
    return set(inside["child"].explode().drop_nulls().to_list())


def _week(events: pl.DataFrame, beside: pl.DataFrame | None) -> dict[str, Any]:
    """The 7 × 24 counts, and what they say. With `beside`, everything recorded is the exposure."""
    timed = _timed(events)
    week = week_of(timed["weekday"].to_numpy(), timed["minute"].to_numpy())
    exposure = None
    if beside is not None:
        known = _timed(beside)
        exposure = week_of(known["weekday"].to_numpy(), known["minute"].to_numpy()) + 0.5  # no hour without any
    profile = profile_of(week, seed=SEED, exposure=exposure)
    run = profile.run
    outlined = sorted(runs_hours(run)) if run else []
    cells = week.astype(int).tolist()
    return {
        "cells": cells,
        "run": {"words": run.words, "seen": run.seen, "of": run.total, "expected": run.expected} if run else None,
        "outlined": outlined,
        "timed": len(timed),
        "exposure": profile.exposure,
        "of": len(events),
    }


def _timed(events: pl.DataFrame) -> pl.DataFrame:
    timed = events.drop_nulls(["minute", "weekday"])
    return timed.filter(timed["minute"] != 0) if midnight_means_unknown(timed["minute"].to_numpy()) else timed


def _named(placed: pl.DataFrame, known: pl.DataFrame) -> list[dict[str, Any]]:
    """Each place with how many events and children; only named public places are here."""
    behind = known.group_by("place").agg(
        pl.len().alias("events"), pl.col("child").explode().drop_nulls().n_unique().alias("children")
    )
    told = placed.join(behind, on="place", how="left").sort("name", "place")
    return told.with_columns(pl.col("events", "children").fill_null(0)).to_dicts()
