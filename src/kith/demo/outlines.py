"""Outlines of Severnmouth, invented like all of it: coast, wards, small areas, river, parks, roads, stations.

Wards are what lies nearest to each ward's middle, within a coast drawn around them all. The files are what a
partnership would give to `kith area add`, and are put in place by the same way.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import cos, hypot, pi, sin
from pathlib import Path
from typing import Any

import numpy as np

from kith.demo.area import KM_EAST, KM_NORTH, SEA_LATITUDE, SEA_LONGITUDE, UNIT_LETTERS, WARDS, places
from kith.demo.chance import stream
from kith.insight.area_command import read
from kith.insight.engine.places import area_kept

Spot = tuple[float, float]  # km east and north of the town's middle
SOURCE = "Invented outlines of Severnmouth"
EDITION = "2026"
AROUND, STEPS = 1.7, 96  # km beyond the outermost wards; corners of the coast
UNITS = 399 * 9  # postcodes that a district may have
POOREST = ("Marshwater", "Withy Bridge", "Lanthorn Quay", "Highmead", "Ropewalk")


def put_outlines(folder: Path, area: Path, *, now: datetime) -> None:
    """Write the files and put them in place, as a partnership would; not again where they are."""
    if area_kept.kept(area):
        return
    for kind, path in write_outlines(folder).items():
        area_kept.keep(area, path, read(path, kind), kind=kind, edition=EDITION, source=SOURCE, now=now)


def write_outlines(folder: Path) -> dict[str, Path]:
    """Every file by its kind."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {
        "authority": [_area("QE01", "Severnmouth", [_coast()])],
        "wards": [
            _area(_ward_code(at), ward.name, [ring])
            for at, (ward, ring) in enumerate(zip(WARDS, _wards(), strict=True))
        ],
        "small-areas": [_area(one.code, one.name, [one.ring]) for one in small_areas()],
        "localities": list(_localities()),
        "water": [_area("", "The Severnmouth", [_sea()]), _area("", "River Lanthorn", [_river()])],
        "parks": list(_parks()),
        "roads": list(_roads()),
        "stations": list(_stations()),
    }
    files = {kind: _write(folder / f"{kind}.geojson", features) for kind, features in drawn.items()}
    files["deprivation"] = folder / "deprivation.csv"
    _table(files["deprivation"], ("lsoa_code", "imd_decile"), ((one.code, one.tenth) for one in small_areas()))
    files["children"] = folder / "children.csv"
    _table(files["children"], ("lsoa_code", *(f"{sex}{age}" for sex in "FM" for age in range(18))), _children())
    files["postcodes"] = folder / "postcodes.csv"
    _table(files["postcodes"], ("pcds", "lsoa_code"), _postcodes())
    return files


def _children() -> Iterator[tuple[str | int, ...]]:
    """Girls and boys by year of age in each small area, more of them where it is poorer; made up."""
    lot = stream(0, "children of small areas")
    for one in small_areas():
        mean = 11 - 0.35 * one.tenth
        yield (one.code, *(int(many) for many in lot.poisson(mean, 36)))


@dataclass(frozen=True)
class SmallArea:
    """One small area of a ward. `tenth`: of deprivation, 1 the most."""

    code: str
    name: str
    ward: int
    middle: Spot
    ring: tuple[Spot, ...]
    tenth: int


@cache
def small_areas() -> tuple[SmallArea, ...]:
    """About as many in each ward as its share of people."""
    lot = stream(0, "small areas")
    return tuple(one for at, ring in enumerate(_wards()) for one in _small_areas(at, ring, lot))


def _small_areas(at: int, ring: tuple[Spot, ...], lot: np.random.Generator) -> Iterator[SmallArea]:
    middles = _spread(ring, int(WARDS[at].weight), lot)
    poor = WARDS[at].name in POOREST
    for number, (middle, cell) in enumerate(zip(middles, _cells(ring, middles), strict=True), 1):
        tenth = int(np.clip(round(lot.normal(2.3 if poor else 5.8, 1.3 if poor else 2.2)), 1, 10))
        yield SmallArea(f"QL01{at + 1:02d}{number:02d}", f"{WARDS[at].name} {number}", at, middle, cell, tenth)


def _spread(ring: Sequence[Spot], many: int, lot: np.random.Generator) -> list[Spot]:
    """Points in a ring, evened out: each moved to the middle of its cell three times (Lloyd)."""
    middle = _middle(ring)
    spots = [(middle[0] + lot.normal(0, 0.3), middle[1] + lot.normal(0, 0.3)) for _ in range(many)]
    for _ in range(3):
        spots = [
            _middle(cell) if len(cell) > 3 else spot for spot, cell in zip(spots, _cells(ring, spots), strict=True)
        ]
    return spots


@cache
def _wards() -> tuple[tuple[Spot, ...], ...]:
    return tuple(_cells(_coast(), [(ward.east, ward.north) for ward in WARDS]))


def _cells(ring: Sequence[Spot], middles: Sequence[Spot]) -> Iterator[tuple[Spot, ...]]:
    """For each middle the part of the ring that is nearer to it than to any other."""
    for own in middles:
        kept = list(ring[:-1])
        for other in middles:
            if other != own and kept:
                kept = _nearer(kept, own, other)
        yield (*kept, kept[0]) if kept else ()


def _nearer(ring: list[Spot], own: Spot, other: Spot) -> list[Spot]:
    def over(spot: Spot) -> float:
        return hypot(spot[0] - own[0], spot[1] - own[1]) ** 2 - hypot(spot[0] - other[0], spot[1] - other[1]) ** 2

    kept = []
    for before, spot in zip([ring[-1], *ring[:-1]], ring, strict=True):
        was, now = over(before), over(spot)
        if (was <= 0) != (now <= 0):
            share = was / (was - now)
            kept.append((before[0] + share * (spot[0] - before[0]), before[1] + share * (spot[1] - before[1])))
        if now <= 0:
            kept.append(spot)
    return kept


@cache
def _coast() -> tuple[Spot, ...]:
    """A ring around all wards: ragged towards the sea in the south-west, even on land."""
    lot = stream(0, "coast")
    ragged = np.cumsum(lot.normal(0, 0.09, STEPS))
    ragged -= np.linspace(0, ragged[-1], STEPS)
    ring = []
    for step in range(STEPS):
        angle = 2 * pi * step / STEPS
        reach = max(ward.east * cos(angle) + ward.north * sin(angle) for ward in WARDS) + AROUND
        if _seaward(angle):
            reach += float(np.clip(ragged[step], -0.5, 0.3)) - 0.4
        ring.append((reach * cos(angle), reach * sin(angle)))
    return (*ring, ring[0])


def _seaward(angle: float) -> bool:
    return 0.85 * pi < angle < 1.62 * pi


def _sea() -> tuple[Spot, ...]:
    """From the coast outwards, to well beyond what any map of the town shows."""
    shore = [spot for step, spot in enumerate(_coast()[:-1]) if _seaward(2 * pi * step / STEPS)]
    far = [(spot[0] * 4.5, spot[1] * 4.5) for spot in shore]
    return (*shore, *reversed(far), shore[0])


def _river() -> tuple[Spot, ...]:
    """A river from the hills in the east to the sea, wider as it goes."""
    course = [
        (5.6, 2.4),
        (4.2, 2.2),
        (3.0, 2.3),
        (2.3, 1.1),
        (1.6, 0.5),
        (0.6, 0.0),
        (-0.3, -0.9),
        (-1.9, -1.6),
        (-4.2, -2.2),
        (-6.5, -3.0),
    ]
    left, right = [], []
    for at, (x, y) in enumerate(course):
        (a, b), (c, d) = course[max(0, at - 1)], course[min(len(course) - 1, at + 1)]
        long, wide = hypot(c - a, d - b), 0.03 + 0.022 * at
        left.append((x - (d - b) / long * wide, y + (c - a) / long * wide))
        right.append((x + (d - b) / long * wide, y - (c - a) / long * wide))
    return (*left, *reversed(right), left[0])


def _localities() -> Iterator[dict[str, Any]]:
    """Each the wards that belong to it."""
    for name in dict.fromkeys(ward.locality for ward in WARDS):
        rings = [ring for ward, ring in zip(WARDS, _wards(), strict=True) if ward.locality == name]
        parts = [[[_degrees(spot) for spot in ring]] for ring in rings]
        yield {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "MultiPolygon", "coordinates": parts},
        }


def _parks() -> Iterator[dict[str, Any]]:
    lot = stream(0, "parks")
    for name, spot in _named("park"):
        size = lot.uniform(0.12, 0.26, 10)
        ring = [(spot[0] + size[at] * cos(at * pi / 5), spot[1] + size[at] * sin(at * pi / 5)) for at in range(10)]
        yield _area("", name, [(*ring, ring[0])])


def _stations() -> Iterator[dict[str, Any]]:
    for kind in ("rail station", "coach station"):
        for name, spot in _named(kind):
            yield {
                "type": "Feature",
                "properties": {"name": name},
                "geometry": {"type": "Point", "coordinates": _degrees(spot)},
            }


def _named(kind: str) -> Iterator[tuple[str, Spot]]:
    found = places().filter(places()["kind"] == kind).select("name", "latitude", "longitude")
    for name, latitude, longitude in found.rows():
        yield name, ((longitude - SEA_LONGITUDE) / KM_EAST, (latitude - SEA_LATITUDE) / KM_NORTH)


def _roads() -> Iterator[dict[str, Any]]:
    """Each ward is joined to the nearest of those joined before: roads that reach everywhere without a circle."""
    joined, rest = (
        [(WARDS[1].east, WARDS[1].north)],
        [(ward.east, ward.north) for ward in WARDS if ward is not WARDS[1]],
    )
    while rest:
        far, near = min(
            ((one, other) for one in rest for other in joined),
            key=lambda pair: hypot(pair[0][0] - pair[1][0], pair[0][1] - pair[1][1]),
        )
        rest.remove(far)
        joined.append(far)
        bend = ((far[0] + near[0]) / 2 + (far[1] - near[1]) * 0.12, (far[1] + near[1]) / 2 - (far[0] - near[0]) * 0.12)
        line = [_degrees(spot) for spot in (near, bend, far)]
        yield {"type": "Feature", "properties": {"name": ""}, "geometry": {"type": "LineString", "coordinates": line}}


def _middle(ring: Sequence[Spot]) -> Spot:
    corners = ring[:-1]
    twice = [(a * d - c * b, a + c, b + d) for (a, b), (c, d) in zip(ring, ring[1:], strict=False)]
    whole = sum(one for one, _, _ in twice)
    if abs(whole) < 1e-9:
        return corners[0]
    return sum(one * x for one, x, _ in twice) / (3 * whole), sum(one * y for one, _, y in twice) / (3 * whole)


def _degrees(spot: Spot) -> list[float]:
    return [round(SEA_LONGITUDE + spot[0] * KM_EAST, 5), round(SEA_LATITUDE + spot[1] * KM_NORTH, 5)]


def _area(code: str, name: str, rings: Iterable[Sequence[Spot]]) -> dict[str, Any]:
    coordinates = [[_degrees(spot) for spot in ring] for ring in rings]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": "Polygon", "coordinates": coordinates},
    }


def _ward_code(at: int) -> str:
    return f"QW01{at + 1:02d}"


def _postcodes() -> Iterator[tuple[str, str]]:
    """Every postcode there can be, and the small area of its own ward whose middle is nearest."""
    unit = np.arange(UNITS)
    angle, reach = (unit * 2.399963) % (2 * np.pi), 0.9 * np.sqrt((unit % 97 + 1) / 97)
    for at, ward in enumerate(WARDS):
        own = [one for one in small_areas() if one.ward == at]
        spots = np.column_stack([ward.east + reach * np.cos(angle), ward.north + reach * np.sin(angle)])
        away = ((spots[:, None, :] - np.array([one.middle for one in own])[None, :, :]) ** 2).sum(axis=2)
        for number, nearest in zip(unit.tolist(), away.argmin(axis=1).tolist(), strict=True):
            letters = UNIT_LETTERS[number // 180 % 20] + UNIT_LETTERS[number // 9 % 20]
            yield f"QX{ward.district} {number % 9 + 1}{letters}", own[nearest].code


def _write(path: Path, features: Sequence[dict[str, Any]]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


def _table(path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows)
