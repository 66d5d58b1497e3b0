"""Where children live, by locality only; places and children by fifth of deprivation: nothing small is told."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from kith.foundations.audit.models import AuditEvent
from kith.insight.area_command import read
from kith.insight.engine.places import area_kept
from kith.insight.engine.places.beforehand import work_out, work_out_each
from kith.insight.models import Cut
from kith.insight.presenters.places_live import of_children, show_lives
from kith.insight.queries.cuts import folder_of
from kith.insight.queries.figures import figures_of
from kith.insight.rules.measures import measures
from kith.insight.rules.places import Choice
from tests.support.cast import NOW, Cast, make_cast
from tests.support.small_cut import LOCALITIES, keep_cut

pytestmark = pytest.mark.django_db
LIVE = "/insight/places/live"


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS, settings.AREA = tmp_path / "cuts", tmp_path / "area"
    return make_cast()


@pytest.fixture
def cut(cast: Cast) -> Cut:
    return keep_cut(cast.uma)


def give(area: Path, given: Path, kind: str, names: list[tuple[str, str]]) -> None:
    """Squares beside each other, with codes and names."""
    features = []
    for number, (code, name) in enumerate(names):
        west = round(-6.60 + number * 0.03, 2)
        ring = [[west, 50.90], [west + 0.03, 50.90], [west + 0.03, 51.0], [west, 51.0], [west, 50.90]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"code": code, "name": name}, "geometry": shape})
    path = given / f"{kind}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    area_kept.keep(area, path, read(path, kind), kind=kind, edition="2026", source="Invented for a test", now=NOW)


def rows_of(page: BeautifulSoup) -> list[list[str]]:
    rows = page.find("table").tbody.find_all("tr")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in rows]


def test_the_numbers_are_those_of_the_measure_and_held_back_alike(cast: Cast, cut: Cut, client: Client) -> None:
    """Whatever is hidden on the measure's page is hidden here: every measure and every locality is asked."""
    told = 0
    for key, measure in of_children().items():
        page, figures = show_lives(cut, key), figures_of(cut, measure)
        if page.picture is None:
            continue
        year = next(one for one in figures.fixed() if one.length == 12 and figures.groups("locality", one))
        for part in page.picture.parts:
            shown = figures.shown(year, "locality", part.name if part.name in LOCALITIES else "")
            assert part.count == (None if shown.hidden else shown.count or 0)
            assert part.rate is None or part.count is not None
            assert part.depth == 0 or part.count is not None
            told += part.count is not None
    assert told > 20


def test_without_outlines_there_is_the_table_with_them_the_map_says_the_same(
    cast: Cast, cut: Cut, client: Client, settings: Any, tmp_path: Path
) -> None:
    client.force_login(cast.vera)
    page = BeautifulSoup(client.get(LIVE).content, "html.parser")
    assert "There is no map" in page.get_text()
    without = rows_of(page)
    assert {row[0] for row in without} >= set(LOCALITIES)
    give(settings.AREA, tmp_path, "localities", [("", name) for name in LOCALITIES])
    page = BeautifulSoup(client.get(LIVE).content, "html.parser")
    assert rows_of(page) == without
    words = page.find("svg", class_="kith-chart__svg--wide").get_text(" ")
    for name, count, rate in without:
        assert name not in LOCALITIES or name in words
        assert name not in LOCALITIES or (rate or count) in words
    assert "held back in the same way" in page.get_text()


def test_the_file_holds_the_table_and_is_on_record(cast: Cast, cut: Cut, client: Client) -> None:
    client.force_login(cast.vera)
    table = rows_of(BeautifulSoup(client.get(LIVE + "?measure=missing-children").content, "html.parser"))
    told = list(csv.reader(client.get(LIVE + "/csv?measure=missing-children").content.decode().splitlines()))
    assert [row[0] for row in told[1:]] == [row[0] for row in table]
    assert AuditEvent.objects.filter(viewer_id=cast.vera.pk, action="export-figures").count() == 1


def test_without_a_cut_and_for_others(cast: Cast, client: Client) -> None:
    client.force_login(cast.vera)
    assert "No cut yet" in client.get(LIVE).content.decode()
    assert client.get(LIVE + "/csv").status_code == 404
    client.force_login(cast.dev)
    assert client.get(LIVE).status_code == 403


def test_the_map_over_fifths_of_deprivation_says_what_may_be_told_of_each(
    cast: Cast, cut: Cut, client: Client, settings: Any, tmp_path: Path
) -> None:
    client.force_login(cast.uma)
    work_out_each(folder_of(cut))
    work_out(folder_of(cut), Choice("harm", 12, "even"))
    assert "How deprived the areas are" not in client.get("/insight/places/?behind=fifths").content.decode()
    give(settings.AREA, tmp_path, "wards", [("W1", "Quay"), ("W2", "Hill"), ("W3", "Vale")])
    give(settings.AREA, tmp_path, "small-areas", [("L1", "A"), ("L2", "B"), ("L3", "C")])
    index = tmp_path / "index.csv"
    index.write_text("lsoa_code,imd_decile\nL1,1\nL2,10\nL3,2\n", encoding="utf-8")
    told = {"kind": "deprivation", "edition": "2025", "source": "Invented for a test", "now": NOW}
    area_kept.keep(settings.AREA, index, read(index, "deprivation"), **told)
    page = BeautifulSoup(client.get("/insight/places/?behind=fifths").content, "html.parser")
    assert page.select("svg .kith-chart__fifth-1")
    assert page.select("svg .kith-chart__fifth-5")
    caption = page.find("caption", string="Small areas, events and children by fifth of deprivation")
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in caption.find_parent("table").tbody.find_all("tr")
    ]
    assert [row[1] for row in rows] == ["2", "0", "0", "0", "1", ""]
    assert all(row[2] == "none" or row[2].startswith("about ") for row in rows)
    figures = figures_of(cut, measures()["exploited-children"])
    year = next(one for one in figures.fixed() if one.length == 12 and figures.groups("fifth", one))
    for row, fifth in zip(rows, ("1", "2", "3", "4", "5", ""), strict=True):
        shown = figures.shown(year, "fifth", fifth)
        assert row[3] == ("not shown: small number" if shown.hidden else str(shown.count))
    assert "of those whose address is known live in the most deprived fifth" in page.get_text()
    assert "data-fifths" in str(page.find(attrs={"data-map": True}))
