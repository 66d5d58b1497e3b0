"""A cut with a town's public places: harm planted around the quay after school, and too little to tell elsewhere."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.insight.area_command import read
from kith.insight.engine.cutting import MANIFEST, Tables, write_star
from kith.insight.engine.places import area_kept
from kith.insight.engine.places.beforehand import work_out, work_out_each
from kith.insight.models import Cut
from kith.insight.rules.places import Choice
from tests.support.cast import NOW
from tests.support.small_cut import AS_AT, small_star, table

SIDE = 9  # places a row, 700 m apart
QUAY = (3, 3)  # row and column of the place in the middle of what is planted
ALONE = (7, 7)  # one child's events, many of them: never told
LONELY_CHILD = "childlonely1"
MONTHS = 24


def name_of(row: int, column: int) -> str:
    return f"{'Quay' if near_the_quay(row, column) else 'Row'} {row + 1} place {column + 1}"


def near_the_quay(row: int, column: int) -> bool:
    return abs(row - QUAY[0]) <= 1 and abs(column - QUAY[1]) <= 1


def code_of(row: int, column: int) -> str:
    return f"town{row:04d}{column:04d}"


def places_star(seed: int = 3) -> Tables:
    """The small star, with 81 public places instead of four, and events of two themes at them."""
    lot, rows, places = np.random.default_rng(seed), [], []
    for row in range(SIDE):
        for column in range(SIDE):
            code = code_of(row, column)
            where = {"latitude": 50.90 + row * 0.0063, "longitude": -6.60 + column * 0.0100}
            part = "South" if row < 4 else "North"
            places.append({"place": code, "kind": "park", "name": name_of(row, column), "locality": part, **where})
            many = int(lot.poisson(90 if near_the_quay(row, column) else 12))
            rows += [_event(lot, code, after_school=near_the_quay(row, column)) for _ in range(many)]
    rows += [{**_event(lot, code_of(*ALONE), after_school=False), "child": LONELY_CHILD} for _ in range(30)]
    rows = [one for one in rows if one["place"] != code_of(*ALONE) or one["child"] == LONELY_CHILD]
    rows.sort(key=lambda one: (one["day"], one["place"], one["child"]))
    events = [{**one, "event": number} for number, one in enumerate(rows, 1)]
    return {**small_star(), "places": table("places", places), "events": table("events", events)}


def _event(lot: np.random.Generator, place: str, *, after_school: bool) -> dict[str, Any]:
    day = AS_AT.replace(day=1) - timedelta(days=1 + int(lot.integers(MONTHS * 30)))
    minute = int(lot.integers(1, 1440))
    if after_school and lot.random() < 0.6:
        day, minute = day - timedelta(days=max(0, day.weekday() - 4)), 900 + int(lot.integers(60))
    kind = "outside-home-contact" if lot.random() < 0.8 else "crime-victim"
    return {
        "child": f"child{int(lot.integers(400)):07d}",
        "is_child": True,
        "kind": kind,
        "day": day,
        "what": "criminal exploitation",
        "minute": minute,
        "weekday": day.isoweekday(),
        "agency": "severnmouth-police",
        "feed": kind,
        "place": place,
    }


def outlines() -> dict[str, dict[str, Any]]:
    """Four wards that cover the town of `places_star`, and a river through it, as files of GeoJSON."""
    west, south, wide, high = -6.62, 50.885, 0.06, 0.045
    wards = [
        (
            f"Ward {north_south} {east_west}",
            f"W{row}{column}",
            _box(west + column * wide, south + row * high, wide, high),
        )
        for row, north_south in enumerate(("South", "North"))
        for column, east_west in enumerate(("West", "East"))
    ]
    river = _box(west, 50.92, 2 * wide, 0.002)
    return {
        "wards": _collection([(name, code, ring) for name, code, ring in wards]),
        "water": _collection([("River", "", river)]),
    }


def _box(west: float, south: float, wide: float, high: float) -> list[list[float]]:
    east, north = round(west + wide, 5), round(south + high, 5)
    west, south = round(west, 5), round(south, 5)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def _collection(shapes: list[tuple[str, str, list[list[float]]]]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for name, code, ring in shapes
    ]
    return {"type": "FeatureCollection", "features": features}


def give_outlines(area: Path, given: Path) -> None:
    """Put them in place as `kith area add` does."""
    for kind, told in outlines().items():
        path = given / f"{kind}.geojson"
        path.write_text(json.dumps(told), encoding="utf-8")
        found = read(path, kind)
        area_kept.keep(area, path, found, kind=kind, edition="2026", source="Invented for a test", now=NOW)


def keep_places_cut(by: Viewer, tables: Tables | None = None) -> Cut:
    """Keep the star as a cut without figures, where `settings.CUTS` points. The usual one is written once a run."""
    made = _written() if tables is None else _write(tables)
    sha256 = str(json.loads((made / MANIFEST).read_text(encoding="utf-8"))["sha256"])
    name = f"{AS_AT}-{sha256[:10]}"
    shutil.copytree(made, settings.CUTS / name)
    about = {"scope": figures_scope(), "as_at": AS_AT, "made_at": NOW, "made_by": by, "purpose": "A map for a test"}
    return Cut.objects.create(name=name, sha256=sha256, **about)


@cache
def _written() -> Path:
    folder = _write(places_star())
    for choice in (Choice("harm", 12, "even"), Choice("victims", 12, "even"), Choice("victims", 12, "recorded")):
        work_out(folder, choice)
    return folder


def _write(tables: Tables) -> Path:
    folder = Path(tempfile.mkdtemp()) / f"{AS_AT}-made"
    write_star(folder, tables, AS_AT)
    work_out_each(folder)
    return folder
