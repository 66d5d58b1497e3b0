"""The invented outlines: every ward holds its own middle, nothing overlaps, the files fit together."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kith.demo.area import KM_EAST, KM_NORTH, SEA_LATITUDE, SEA_LONGITUDE, WARDS, places
from kith.demo.outlines import put_outlines, small_areas, write_outlines
from kith.insight.area_command import read, remarks
from kith.insight.engine.places import area_kept
from kith.insight.engine.places.area_shapes import Shape, area_of, inside

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def held(shapes: list[Shape], x: float, y: float) -> list[str]:
    return [shape.name for shape in shapes if any(inside((x, y), part) for part in shape.parts)]


def size(shapes: list[Shape]) -> float:
    return sum(abs(area_of(ring)) for shape in shapes for ring in shape.lines)


def test_every_ward_holds_its_own_middle_and_no_other(tmp_path: Path) -> None:
    wards = read(write_outlines(tmp_path)["wards"], "wards")
    for ward in WARDS:
        x, y = SEA_LONGITUDE + ward.east * KM_EAST, SEA_LATITUDE + ward.north * KM_NORTH
        assert held(wards, x, y) == [ward.name]


def test_wards_and_small_areas_fill_the_authority(tmp_path: Path) -> None:
    files = write_outlines(tmp_path)
    whole = size(read(files["authority"], "authority"))
    for kind in ("wards", "small-areas", "localities"):
        assert size(read(files[kind], kind)) == pytest.approx(whole, rel=0.002)


def test_public_places_lie_within_it_and_the_files_fit_together(tmp_path: Path) -> None:
    put_outlines(tmp_path / "given", tmp_path / "area", now=NOW)
    authority = list(area_kept.shapes_of(tmp_path / "area", "authority"))
    there = places().drop_nulls("latitude")
    assert all(held(authority, x, y) for x, y in there.select("longitude", "latitude").rows())
    assert remarks(tmp_path / "area") == []
    index = area_kept.listed(tmp_path / "area", "deprivation")
    assert set(index) == {one.code for one in small_areas()}
    assert set(index.values()) >= {1, 5, 10}
    children = area_kept.listed(tmp_path / "area", "children")
    assert set(children) == set(index)
    assert 200 < sum(children.values()) / len(children) < 450
    postcodes = area_kept.listed(tmp_path / "area", "postcodes")
    missing = {place.replace(" ", "") for place in there["postcode"].to_list()} - set(postcodes)
    assert all(postcode.endswith("ZZ") for postcode in missing)  # only the cast's homes, which no file tells


def test_the_same_files_every_time(tmp_path: Path) -> None:
    one, other = (write_outlines(tmp_path / name) for name in ("one", "other"))
    assert {kind: path.read_bytes() for kind, path in one.items()} == {
        kind: path.read_bytes() for kind, path in other.items()
    }
