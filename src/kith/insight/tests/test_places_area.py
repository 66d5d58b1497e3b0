"""Outlines behind the map: given by a command, served from our own address to analysts, drawn quietly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from django.test import Client

from kith.insight.area_command import area
from kith.insight.engine.places.tests.tile_reader import read_tile
from kith.insight.models import Cut
from tests.support.cast import Cast, make_cast
from tests.support.places_cut import give_outlines, keep_places_cut, outlines

pytestmark = pytest.mark.django_db
PLACES = "/insight/places/"


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS, settings.AREA = tmp_path / "cuts", tmp_path / "area"
    return make_cast()


@pytest.fixture
def cut(cast: Cast) -> Cut:
    return keep_places_cut(cast.uma)


@pytest.fixture
def uma(cast: Cast, client: Client) -> Client:
    client.force_login(cast.uma)
    return client


def run(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(area, list(words))
    return answer.exit_code, answer.output


def test_the_command_adds_lists_and_takes_away(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "given.geojson"
    path.write_text(json.dumps(outlines()["wards"]), encoding="utf-8")
    words = ("add", str(path), "--kind", "wards", "--edition", "2021", "--source", "Ours")
    assert run(*words) == (0, "4 of wards, from given.geojson.\n")
    code, said = run("list")
    assert code == 0
    assert "wards" in said and "(2021)  Ours  given.geojson" in said  # noqa: PT018
    assert run("remove", "--kind", "wards") == (0, "Wards: taken away.\n")
    assert run("list") == (0, "")


def test_a_wrong_file_changes_nothing(cast: Cast, tmp_path: Path, settings: Any) -> None:
    give_outlines(settings.AREA, tmp_path)
    before = (settings.AREA / "wards.json").read_bytes()
    wrong = outlines()["wards"]
    wrong["features"][2]["geometry"]["coordinates"][0][1] = [358_000, 173_000]
    path = tmp_path / "wrong.geojson"
    path.write_text(json.dumps(wrong), encoding="utf-8")
    code, said = run("add", str(path), "--kind", "wards", "--source", "Ours")
    assert code == 1
    assert "Shape 3 (Ward North West): 358000, 173000 are not degrees" in said
    assert "Nothing was changed." in said
    assert (settings.AREA / "wards.json").read_bytes() == before


def test_an_index_of_another_edition_is_said(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps(outlines()["wards"]), encoding="utf-8")
    run("add", str(path), "--kind", "small-areas", "--source", "Ours")
    index = tmp_path / "index.csv"
    index.write_text("lsoa_code,imd_decile\nW00,1\nW01,2\nW99,3\n", encoding="utf-8")
    code, said = run("add", str(index), "--kind", "deprivation", "--source", "Ours")
    assert code == 0
    assert "2 of 4 small areas are not in the index: another edition?" in said


def test_tiles_and_names_come_from_our_own_address(uma: Client, cut: Cut, settings: Any, tmp_path: Path) -> None:
    give_outlines(settings.AREA, tmp_path)
    told = uma.get(PLACES + "area.json").json()
    assert [label["name"] for label in told["labels"]][0].startswith("Ward")
    assert len(told["labels"]) == 4
    answer = uma.get(PLACES + f"tiles/10/493/343?v={told['version']}")
    assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert answer["Cache-Control"].startswith("private")
    layers = read_tile(answer.content)
    assert set(layers) <= {"wards", "water"}
    assert {about["name"] for about, _, _ in layers["wards"].shapes} <= {label["name"] for label in told["labels"]}
    assert uma.get(PLACES + "tiles/10/0/0").content == b""
    for beyond in ("15/0/0", "3/8/0", "3/0/8"):
        assert uma.get(PLACES + f"tiles/{beyond}").status_code == 404


def test_what_is_given_anew_is_served_anew(uma: Client, cut: Cut, settings: Any, tmp_path: Path) -> None:
    give_outlines(settings.AREA, tmp_path)
    before = uma.get(PLACES + "area.json").json()["version"]
    assert "water" in read_tile(uma.get(PLACES + "tiles/10/493/343").content)
    assert run("remove", "--kind", "water")[0] == 0
    assert uma.get(PLACES + "area.json").json()["version"] != before
    assert "water" not in read_tile(uma.get(PLACES + "tiles/10/493/343").content)


def test_the_drawing_has_the_same_outlines_and_says_where_they_are_from(
    uma: Client, cut: Cut, settings: Any, tmp_path: Path
) -> None:
    without = uma.get(PLACES).content.decode()
    assert "no outlines of wards were given yet" in without
    assert "kith-chart__border" not in without
    give_outlines(settings.AREA, tmp_path)
    page = BeautifulSoup(uma.get(PLACES).content, "html.parser")
    wide, narrow = page.select("svg.kith-chart__svg--wide")[0], page.select("svg.kith-chart__svg--narrow")[0]
    for picture in (wide, narrow):
        assert picture.select(".kith-chart__border")
        assert picture.select(".kith-chart__water")
    assert "Ward North East" in wide.get_text()
    assert "Behind it: Invented for a test (wards 2026, water 2026)" in page.get_text()


@pytest.mark.parametrize("who", ["dev", "asha", "ellis"])
def test_only_analysts_ask_for_them(cast: Cast, cut: Cut, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(PLACES + "area.json").status_code in (403, 404)
    assert client.get(PLACES + "tiles/10/493/343").status_code in (403, 404)
