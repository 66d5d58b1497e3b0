"""A small cut made by hand, with numbers large enough to be shown: for the pages and engines that read cuts.

`small_star()` is the same every time; `keep_cut()` writes it as a cut that pages find.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from django.conf import settings

from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.insight.engine import cutting, measuring
from kith.insight.models import Cut
from tests.support.cast import NOW

TEXT, DAY, TIME, WHOLE, YES = pl.String, pl.Date, pl.Datetime("us"), pl.Int64, pl.Boolean
COLUMNS: dict[str, dict[str, Any]] = {
    "people": {
        "child": TEXT, "is_child": YES, "born": DAY, "sex": TEXT, "ethnicity": TEXT, "locality": TEXT, "fifth": TEXT,
    },
    "spells": {"child": TEXT, "kind": TEXT, "began": DAY, "ended": DAY},
    "events": {
        "event": WHOLE, "child": TEXT, "is_child": YES, "part": TEXT, "kind": TEXT, "what": TEXT, "outcome": TEXT,
        "marked": TEXT,
        "source": TEXT, "day": DAY, "minute": pl.Int32, "weekday": pl.Int32, "until": DAY, "due": DAY, "other": DAY,
        "amount": TEXT, "agency": TEXT, "feed": TEXT, "written_here": YES, "place": TEXT, "way": TEXT,
        "suspect_age": TEXT, "suspect_sex": TEXT,
        "again": YES, "day_number": pl.Int32, "other_days": pl.Int32,
    },
    "places": {
        "place": TEXT, "kind": TEXT, "name": TEXT, "latitude": pl.Float64, "longitude": pl.Float64, "online": YES,
        "locality": TEXT, "outside": YES,
    },
    "absences": {
        "absence": WHOLE, "child": TEXT, "kind": TEXT, "gone": TIME, "back": TIME, "missing_from": TEXT, "grade": TEXT,
        "consider_high": YES, "is_back": YES, "day": DAY, "minute": pl.Int32, "hours": pl.Float64,
        "found": TEXT, "found_kind": TEXT,
    },
    "accounts": {
        "account": WHOLE, "absence": WHOLE, "child": TEXT, "agency": TEXT, "agency_kind": TEXT, "kind": TEXT,
        "day": DAY, "missing_from": TEXT, "came_by": TEXT,
    },
    "conversations": {
        "conversation": WHOLE, "absence": WHOLE, "child": TEXT, "kind": TEXT, "back": TIME, "offered": TIME,
        "accepted": TIME, "declined": TIME, "not_offered": TIME, "held": TIME, "written_up": TIME, "reason": TEXT,
        "independent": YES, "day": DAY, "offered_hours": pl.Float64, "held_hours": pl.Float64,
    },
    "contacts": {
        "contact": WHOLE, "day": DAY, "came_by": TEXT, "about": TEXT, "in_danger": YES, "giver": TEXT, "agency": TEXT,
        "decided_hours": pl.Float64, "verdict": TEXT, "level": TEXT, "harms": TEXT, "re_referral": YES,
    },
    "checks": {
        "question": WHOLE, "agency": TEXT, "band": TEXT, "asked": DAY, "due": DAY, "answered_hours": pl.Float64,
        "in_time": YES,
    },
    "works": {
        "work": WHOLE, "child": TEXT, "subject_kind": TEXT, "pathway": TEXT, "state": TEXT, "opened": DAY, "ended": DAY,
        "team": TEXT,
    },
    "moves": {"move": WHOLE, "work": WHOLE, "pathway": TEXT, "from_state": TEXT, "to_state": TEXT, "day": DAY},
    "moments": {
        "moment": WHOLE, "child": TEXT, "kind": TEXT, "day": DAY, "out_of_hours": YES, "agency": TEXT,
        "called_back_minutes": pl.Int32, "in_time": YES, "closed": DAY, "set_aside": TEXT, "offers": pl.Int32,
    },
    "intelligence": {
        "report": WHOLE, "day": DAY, "agency": TEXT, "agency_kind": TEXT, "harms": TEXT, "how_known": TEXT,
        "priority": TEXT,
    },
    "weighings": {
        "weighing": WHOLE, "child": TEXT, "day": DAY, "review": DAY, "home": YES, "peers": YES, "school": YES,
        "places": YES, "online": YES, "with_child": YES,
    },
    "changes": {
        "change": WHOLE, "context": TEXT, "planned": DAY, "due": DAY, "said": DAY, "outcome": TEXT, "in_time": YES,
    },
    "links": {
        "evidence": WHOLE, "a": TEXT, "a_kind": TEXT, "b": TEXT, "b_kind": TEXT, "kind": TEXT, "grade": TEXT,
        "agency": TEXT, "feed": TEXT, "first_seen": DAY, "last_seen": DAY, "review_on": DAY, "expires_on": DAY,
    },
    "feeds": {
        "feed": TEXT, "agency": TEXT, "title": TEXT, "state": TEXT, "latest_delivery": TIME, "rows_read": WHOLE,
        "rows_loaded": WHOLE, "rows_rejected": WHOLE, "deliveries": pl.Int32,
    },
    "area": {"locality": TEXT, "children": WHOLE, "source": TEXT},
}  # fmt: skip
AS_AT = NOW.date()
CHILDREN, DAYS = 400, 1100
LOCALITIES = ("East Central", "North", "South")
HARMS = ("sexual exploitation", "criminal exploitation", "going missing", "violence between young people")
KINDS = (
    ("outside-home-contact", HARMS, ("Social worker", "Early help", "Advice given", "No further action"), 1400),
    ("crime-victim", ("Threats", "Sexual activity with a child", "Assault with injury"), ("",), 1500),
    ("crime-suspect", ("Shop theft", "Possession of a blade"), ("",), 900),
    ("suspension", ("Fighting",), ("",), 1200),
    ("referral", ("abuse or neglect",), ("assessment", "no further action"), 1200),
)


def table(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows of a table of the star; what a row leaves out is blank, or not known."""
    columns = COLUMNS[name]
    blank = {column: "" if kind is TEXT else (False if kind is YES else None) for column, kind in columns.items()}
    told = pl.DataFrame([{**blank, **row} for row in rows], schema=columns, orient="row")
    return told.with_columns(pl.col("day").cast(pl.Int32).alias("day_number")) if name == "events" else told


def small_star(seed: int = 7) -> cutting.Tables:
    """Four hundred children, three years, four places: tables of a star with the same numbers every time."""
    lot = np.random.default_rng(seed)
    children = [f"child{number:07d}" for number in range(CHILDREN)]
    people = [
        {
            "child": child,
            "is_child": True,
            "born": date(2008 + int(lot.integers(9)), 1 + int(lot.integers(12)), 1),
            "sex": "FM"[int(lot.integers(2))],
            "ethnicity": ("white", "white", "black", "asian", "mixed", "")[int(lot.integers(6))],
            "locality": LOCALITIES[int(lot.integers(3))],
            "fifth": ("1", "1", "2", "3", "4", "5", "")[number % 7],
        }
        for number, child in enumerate(children)
    ]
    places = [
        {
            "place": f"place{number:07d}",
            "kind": kind,
            "name": name,
            "latitude": 50.93 + number / 100,
            "longitude": -6.55 + number / 90,
            "locality": LOCALITIES[number % 3],
        }
        for number, (kind, name) in enumerate(
            (
                ("park", "Harbour Park"),
                ("food", "Burger Berth"),
                ("transport", "Coach Station"),
                ("shop", "Lantern Arcade"),
            )
        )
    ]
    absences, accounts, conversations = _absences(lot, children)
    rows = {
        "people": people,
        "spells": [{"child": child, "kind": "in-care", "began": date(2023, 1, 1)} for child in children[:60]]
        + [{"child": child, "kind": "education-plan", "began": date(2023, 1, 1)} for child in children[40:120]],
        "events": _events(lot, children, [place["place"] for place in places]),
        "places": places,
        "absences": absences,
        "accounts": accounts,
        "conversations": conversations,
        "links": _links(lot, children, [place["place"] for place in places]),
        "feeds": [
            {
                "feed": "police-missing",
                "agency": "severnmouth-police",
                "title": "Missing people",
                "state": "fresh",
                "rows_read": 500,
                "rows_rejected": 3,
            },
            {
                "feed": "health-emergency",
                "agency": "severnmouth-hospital",
                "title": "Emergency department",
                "state": "silent",
                "rows_read": 100,
                "rows_rejected": 0,
            },
        ],
        "area": [{"locality": name, "children": 14_000, "source": "Invented"} for name in LOCALITIES],
    }
    return {name: table(name, rows.get(name, [])) for name in COLUMNS}


def _day(lot: np.random.Generator) -> date:
    return AS_AT - timedelta(days=1 + int(lot.integers(DAYS)))


def _events(lot: np.random.Generator, children: list[str], places: list[str]) -> list[dict[str, Any]]:
    rows = []
    for kind, whats, outcomes, many in KINDS:
        for _ in range(many):
            day = _day(lot)
            rows.append(
                {
                    "child": children[int(lot.integers(CHILDREN))],
                    "is_child": True,
                    "kind": kind,
                    "day": day,
                    "what": whats[int(lot.integers(len(whats)))],
                    "outcome": outcomes[int(lot.integers(len(outcomes)))],
                    "minute": int(lot.integers(1, 1440)),
                    "weekday": day.isoweekday(),
                    "agency": "severnmouth-police",
                    "source": "police",
                    "feed": kind,
                    "place": places[int(lot.integers(len(places)))],
                }
            )
    rows.sort(key=lambda row: (row["day"], row["kind"], row["child"]))
    return [{**row, "event": number} for number, row in enumerate(rows, 1)]


def _absences(lot: np.random.Generator, children: list[str]) -> tuple[list[Any], list[Any], list[Any]]:
    absences, accounts, conversations = [], [], []
    for number in range(1, 901):
        child, day = children[int(lot.integers(160))], _day(lot)
        gone = datetime(day.year, day.month, day.day, int(lot.integers(24)), 15)
        back = gone + timedelta(hours=1 + int(lot.integers(40)))
        home = ("home", "foster-home", "childrens-home")[int(lot.integers(3))]
        absences.append(
            {
                "absence": number,
                "child": child,
                "kind": "missing",
                "gone": gone,
                "back": back,
                "day": day,
                "missing_from": home,
                "grade": "medium",
                "is_back": True,
                "hours": (back - gone).total_seconds() / 3600,
                "minute": gone.hour * 60 + 15,
            }
        )
        told = {
            "absence": number,
            "child": child,
            "kind": "missing",
            "day": day,
            "missing_from": home,
            "came_by": "feed",
        }
        accounts.append({**told, "account": 2 * number, "agency": "severnmouth-police", "agency_kind": "police"})
        if lot.random() < 0.8:
            accounts.append({**told, "account": 2 * number + 1, "agency": "council", "agency_kind": "social care"})
        offered, held = back + timedelta(hours=5), back + timedelta(hours=int(lot.integers(10, 120)))
        conversations.append(
            {
                "conversation": number,
                "absence": number,
                "child": child,
                "kind": "missing",
                "back": back,
                "offered": offered,
                "held": held,
                "offered_hours": 5.0,
                "held_hours": (held - back).total_seconds() / 3600,
                "day": back.date(),
            }
        )
    return absences, accounts, conversations


def _links(lot: np.random.Generator, children: list[str], places: list[str]) -> list[dict[str, Any]]:
    rows = []
    for number in range(1, 301):
        one, other = (children[int(at)] for at in lot.choice(60, 2, replace=False))
        rows.append(
            {
                "evidence": number,
                "a": one,
                "a_kind": "person",
                "b": other,
                "b_kind": "person",
                "kind": "seen-with",
                "grade": "seen",
                "agency": "severnmouth-police",
                "first_seen": _day(lot),
                "last_seen": AS_AT - timedelta(days=int(lot.integers(1, 300))),
            }
        )
    for number in range(301, 401):
        rows.append(
            {
                "evidence": number,
                "a": children[int(lot.integers(60))],
                "a_kind": "person",
                "b": places[int(lot.integers(len(places)))],
                "b_kind": "place",
                "kind": "seen-at",
                "grade": "reported",
                "agency": "severnmouth-police",
                "first_seen": _day(lot),
                "last_seen": AS_AT - timedelta(days=9),
            }
        )
    return rows


def keep_cut(
    by: Viewer, tables: cutting.Tables | None = None, as_at: date = AS_AT, now: datetime = NOW, *, figures: bool = True
) -> Cut:
    """Write tables as a cut, with its figures, where `settings.CUTS` points. The small star is counted once a run."""
    made = _counted(as_at) if tables is None else _write(Path(tempfile.mkdtemp()), tables, as_at, figures=figures)
    manifest = json.loads((made / cutting.MANIFEST).read_text(encoding="utf-8"))
    name = f"{as_at}-{manifest['sha256'][:10]}"
    shutil.copytree(made, settings.CUTS / name, dirs_exist_ok=True)
    return Cut.objects.create(
        name=name,
        scope=figures_scope(),
        as_at=as_at,
        made_at=now,
        made_by=by,
        purpose="Figures for a test",
        sha256=manifest["sha256"],
        rows={one: about["rows"] for one, about in manifest["tables"].items()},
        seconds=1.0,
    )


@cache
def _counted(as_at: date) -> Path:
    return _write(Path(tempfile.mkdtemp()), small_star(), as_at)


def _write(folder: Path, tables: cutting.Tables, as_at: date, *, figures: bool = True) -> Path:
    cutting.write_star(folder, tables, as_at)
    if figures:
        measuring.write_figures(folder, as_at)
    return folder
