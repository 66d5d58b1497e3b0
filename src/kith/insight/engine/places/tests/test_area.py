"""A partnership's outlines: read or refused with words, kept as a whole, cut into tiles that say where things are."""

from __future__ import annotations

import json
import math
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.insight.engine.places import area_kept, tiles
from kith.insight.engine.places.area_reading import (
    KINDS,
    AreaFileError,
    read_children,
    read_deprivation,
    read_postcodes,
    read_shapes,
)
from kith.insight.engine.places.area_shapes import (
    Shape,
    Sort,
    area_of,
    inside,
    lines_within,
    name_point,
    ring_within,
)
from kith.insight.engine.places.tests.tile_reader import read_tile

SQUARE = [[-2.6, 51.4], [-2.5, 51.4], [-2.5, 51.5], [-2.6, 51.5], [-2.6, 51.4]]
GIVEN = (
    Path(os.environ.get("KITH_SHARED_DATA", Path(__file__).resolve().parents[7] / "shared" / "data")) / "places_avon"
)
needs_avon = pytest.mark.skipif(not GIVEN.is_dir(), reason="../shared/data/places_avon is absent")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def feature(coordinates: Any = None, sort: str = "Polygon", **properties: Any) -> dict[str, Any]:
    shown = [SQUARE] if coordinates is None else coordinates
    return {"type": "Feature", "properties": properties, "geometry": {"type": sort, "coordinates": shown}}


def written(tmp_path: Path, *features: Any, **more: Any) -> Path:
    path = tmp_path / "given.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **more}), encoding="utf-8")
    return path


def test_wards_are_read_with_the_names_that_national_files_give_them(tmp_path: Path) -> None:
    path = written(tmp_path, feature(LAD24NM="Bristol", WD24CD="E05000001", WD24NM="Quay  Ward"))
    (ward,) = read_shapes(path, KINDS["wards"])
    assert (ward.code, ward.name, ward.sort) == ("E05000001", "Quay Ward", Sort.AREA)
    assert ward.lines[0] == tuple((x, y) for x, y in SQUARE)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ([[[358_000, 173_000]] * 5], "metres of the National Grid"),
        ([[[y, x] for x, y in SQUARE]], "longitude first"),
        ([[[x + 10, y] for x, y in SQUARE]], "not in the United Kingdom"),
        ([SQUARE[:-1]], "does not end where it begins"),
        ([SQUARE[:2]], "a line of 2 points"),
        ([[["a", "b"]] * 5], "not pairs of numbers"),
        ([], "no coordinates"),
    ],
)
def test_wrong_coordinates_are_refused_with_the_shape_and_the_reason(tmp_path: Path, wrong: Any, words: str) -> None:
    path = written(tmp_path, feature(code="A", name="One"), feature(wrong, code="B", name="Two"))
    with pytest.raises(AreaFileError, match=f"Shape 2 .Two.*{words}"):
        read_shapes(path, KINDS["wards"])


@pytest.mark.parametrize(
    ("features", "more", "words"),
    [
        ([feature(code="A", name="One")] * 2, {}, "more than once: A"),
        ([feature(code="A", name="One"), feature(code="", name="Two")], {}, "1 of 2 have no code"),
        ([feature(code="A", name="")], {}, "have no name"),
        ([feature(number=3)], {}, "looks like a code. Say which it is with --code. They have: number"),
        ([feature(SQUARE[0], "Point", code="A", name="One")], {}, "is Point; for wards it must be MultiPolygon"),
        ([], {}, "holds no shapes"),
        ([feature(code="A", name="One")], {"crs": {"properties": {"name": "EPSG:27700"}}}, "EPSG:27700. Export it"),
        ([feature(code="A", name="One")], {"type": "Topology"}, "not a GeoJSON FeatureCollection"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, features: Any, more: Any, words: str) -> None:
    with pytest.raises(AreaFileError, match=words):
        read_shapes(written(tmp_path, *features, **more), KINDS["wards"])


def test_what_is_no_json_or_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "given.geojson"
    with pytest.raises(AreaFileError, match="There is no file"):
        read_shapes(path, KINDS["wards"])
    path.write_text('{"type":\n oops', encoding="utf-8")
    with pytest.raises(AreaFileError, match="not GeoJSON: .* in line 2"):
        read_shapes(path, KINDS["wards"])
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AreaFileError, match="UTF-8"):
        read_shapes(path, KINDS["wards"])


def test_lists_are_read_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("lsoa21_code,IMD_decile,IMD_rank\nE01000001,3.0,9550\nE01000002,10,30000\n", encoding="utf-8")
    assert read_deprivation(path) == {"E01000001": 3, "E01000002": 10}
    path.write_text("lsoa21_code,IMD_decile\nE01000001,11\n", encoding="utf-8")
    with pytest.raises(AreaFileError, match="Line 2: IMD_decile is 11; it must be 1 to 10"):
        read_deprivation(path)
    path.write_text("lsoa21_code,IMD_decile\nE01000001,1\nE01000001,2\n", encoding="utf-8")
    with pytest.raises(AreaFileError, match="more than once"):
        read_deprivation(path)
    path.write_text("pcds,lsoa21cd\nqx1 1aa,E01000001\nQX1 1AB,\n", encoding="utf-8")
    assert read_postcodes(path) == {"QX11AA": "E01000001"}
    path.write_text("place,code\nqx1 1aa,E01000001\n", encoding="utf-8")
    with pytest.raises(AreaFileError, match="looks like a postcode"):
        read_postcodes(path)


def test_children_of_small_areas_are_read_in_one_column_or_by_year_of_age(tmp_path: Path) -> None:
    path = tmp_path / "population.csv"
    ages = [f"{sex}{age}" for sex in "FM" for age in range(20)]
    path.write_text(
        f"LAD 2021 Code,LSOA 2021 Code,LSOA 2021 Name,Total,{','.join(ages)}\n"
        f"E06,E01000001,Quay 001A,900,{','.join(['2'] * 40)}\n"
        f'E06,E01000002,Quay 001B,"1,900",{",".join(["10"] * 40)}\n',
        encoding="utf-8",
    )
    assert read_children(path) == {"E01000001": 72, "E01000002": 360}
    path.write_text('lsoa21cd,0 to 17\nE01000001,"1,204"\n', encoding="utf-8")
    assert read_children(path) == {"E01000001": 1204}
    path.write_text("lsoa21cd,young\nE01000001,7\n", encoding="utf-8")
    assert read_children(path, children="young") == {"E01000001": 7}
    for text, words in (
        ("lsoa21cd,0 to 15\nE01000001,7\n", "not every year of age from 0 to 17"),
        (f"lsoa21cd,{','.join(f'F{age}' for age in range(18))}\nE01000001{',1' * 18}\n", "one sex only"),
        ("lsoa21cd,children\nE01000001,many\n", "Line 2: children is many; it must be a whole number"),
        ("lsoa21cd,children\nE01000001,1\nE01000001,2\n", "Line 3: lsoa21cd is E01000001; each must stand once"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(AreaFileError, match=words):
            read_children(path)


def test_a_file_takes_the_place_of_the_one_before_and_is_read_anew(tmp_path: Path) -> None:
    path, folder = written(tmp_path, feature(code="A", name="One")), tmp_path / "area"
    told = {"kind": "wards", "edition": "2021", "source": "Somewhere", "now": NOW}
    area_kept.keep(folder, path, read_shapes(path, KINDS["wards"]), **told)
    assert [shape.name for shape in area_kept.shapes_of(folder, "wards")] == ["One"]
    path = written(tmp_path, feature(code="A", name="First"), feature(code="B", name="Second"))
    about = area_kept.keep(folder, path, read_shapes(path, KINDS["wards"]), **told)
    assert [shape.name for shape in area_kept.shapes_of(folder, "wards")] == ["First", "Second"]
    assert (about.count, about.edition) == (2, "2021")
    assert area_kept.kept(folder) == [about]
    assert sorted(one.name for one in folder.iterdir()) == ["wards.json"]
    assert area_kept.take_away(folder, "wards")
    assert area_kept.shapes_of(folder, "wards") == ()
    assert not area_kept.take_away(folder, "wards")


def square(x: float, y: float, side: float) -> tuple[tuple[float, float], ...]:
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y))


def shape_of(*rings: Any) -> Shape:
    return Shape("A", "One", Sort.AREA, (rings,))


def test_a_tile_says_where_a_shape_is() -> None:
    """A square with a hole, read back by a reader of its own: within half a pixel of where the map grid has it."""
    shape = shape_of(square(-2.60, 51.40, 0.05), square(-2.59, 51.41, 0.02))
    layer = read_tile(tiles.tile({"wards": [tiles.ready(shape, {"name": "One", "fifth": 3})]}, 11, 1009, 681))["wards"]
    assert (layer.version, layer.extent) == (2, 4096)
    ((about, kind, rings),) = layer.shapes
    assert (about, kind, len(rings)) == ({"name": "One", "fifth": 3}, 3, 2)
    assert area_of(rings[0]) > 0 > area_of(rings[1])  # the outer ring one way, the hole the other
    for given_ring, ring in zip(shape.lines, rings, strict=True):
        should = {_in_tile(point, 11, 1009, 681) for point in given_ring}
        assert {(round(x), round(y)) for x, y in should} == set(ring)


def _in_tile(point: tuple[float, float], z: int, x: int, y: int) -> tuple[float, float]:
    many, across = 2**z, math.radians(point[1])
    east = (point[0] + 180) / 360 * many - x
    south = (1 - math.log(math.tan(across) + 1 / math.cos(across)) / math.pi) / 2 * many - y
    return east * 4096, south * 4096


def test_a_tile_holds_only_what_lies_in_it() -> None:
    ready = tiles.ready(shape_of(square(-2.60, 51.40, 0.05)), {"name": "One"})
    assert tiles.tile({"wards": [ready]}, 11, 900, 681) == b""
    deep = read_tile(tiles.tile({"wards": [ready]}, 14, 8075, 5453))["wards"].shapes[0][2][0]
    assert all(-64 <= number <= 4160 for point in deep for number in point)
    road = tiles.ready(Shape("", "High Road", Sort.LINE, ((((-2.70, 51.42), (-2.30, 51.43)),),)), {"name": "High Road"})
    stop = tiles.ready(Shape("", "Stop", Sort.POINT, ((((-2.58, 51.42),),),)), {"name": "Stop"})
    read = read_tile(tiles.tile({"roads": [road], "stations": [stop]}, 11, 1009, 681))
    ((_, kind, (line,)),) = read["roads"].shapes
    assert (kind, line[0][0], line[-1][0]) == (2, -64, 4160)  # from edge to edge
    ((_, kind, ((spot,),)),) = read["stations"].shapes
    assert (kind, spot) == (1, tuple(round(number) for number in _in_tile((-2.58, 51.42), 11, 1009, 681)))


@given(st.lists(st.tuples(st.floats(-50, 150), st.floats(-50, 150)), min_size=3, max_size=9, unique=True))
def test_a_ring_cut_to_a_box_lies_in_it_and_is_no_larger(corners: list[tuple[float, float]]) -> None:
    found = ring_within([*corners, corners[0]], (0, 0, 100, 100))
    assert all(-1e-6 <= number <= 100 + 1e-6 for point in found for number in point)
    assert not found or found[0] == found[-1]


@given(
    st.tuples(st.floats(-50, 150), st.floats(-50, 150)),
    st.tuples(st.floats(-50, 150), st.floats(-50, 150)),
    st.floats(0, 1),
)
def test_a_line_cut_to_a_box_keeps_what_lies_within(one: Any, other: Any, share: float) -> None:
    point = (one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1]))
    pieces = lines_within([one, other], (0, 0, 100, 100))
    for piece in pieces:
        assert all(-1e-6 <= number <= 100 + 1e-6 for spot in piece for number in spot)
    if all(1 < number < 99 for number in point):
        (piece,) = pieces
        along = math.dist(piece[0], point) + math.dist(point, piece[-1])
        assert along == pytest.approx(math.dist(piece[0], piece[-1]), abs=1e-6)


def test_a_name_goes_within_its_area_even_where_that_is_bent() -> None:
    bent = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (9.0, 10.0), (9.0, 1.0), (0.0, 1.0), (0.0, 0.0))
    assert inside(name_point(shape_of(bent)), [bent])


@needs_avon
def test_real_outlines_and_indices_are_read() -> None:
    """The national files of four authorities, as they come: codes and names are found without a word."""
    small = read_shapes(GIVEN / "lsoa21_avon.geojson", KINDS["small-areas"])
    wards = read_shapes(GIVEN / "wards22_avon.geojson", KINDS["wards"])
    index = read_deprivation(GIVEN / "imd2025_lsoa21_avon.csv")
    older = read_deprivation(GIVEN / "imd2019_domains_lsoa11_avon.csv")
    assert {shape.code for shape in small} <= set(index)
    assert all(shape.code.startswith("E01") for shape in small)
    assert len({ward.name for ward in wards}) > 90
    assert {shape.code for shape in small} - set(older)  # 2021's areas beside 2011's index: not all are there
    assert all(inside(name_point(ward), max(ward.parts, key=lambda part: abs(area_of(part[0])))) for ward in wards)


@needs_avon
def test_every_real_ward_is_in_the_tiles_over_it() -> None:
    wards = read_shapes(GIVEN / "wards22_avon.geojson", KINDS["wards"])
    ready = [tiles.ready(ward, {"name": ward.name}) for ward in wards]
    seen = set()
    for x in range(250, 254):
        for y in range(168, 173):
            layers = read_tile(tiles.tile({"wards": ready}, 9, x, y))
            seen |= {about["name"] for layer in layers.values() for about, _, _ in layer.shapes}
    assert seen == {ward.name for ward in wards}
