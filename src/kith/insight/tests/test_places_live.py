"""Where children live, by locality only; places and children by fifth of deprivation: nothing small is told."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from kith.foundations.audit.models import AuditEvent
from kith.insight.area_command import read
from kith.insight.engine.places import area_kept
from kith.insight.engine.places.beforehand import work_out, work_out_each
from kith.insight.models import Cut
from kith.insight.presenters import places_fifths
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
        assert row[3].split(" (")[0] == ("not shown: small number" if shown.hidden else str(shown.count))
    assert "of those whose address is known live in the most deprived fifth" in page.get_text()
    assert "data-fifths" in str(page.find(attrs={"data-map": True}))


def give_lists(area: Path, given: Path, **lists: str) -> None:
    for kind, text in lists.items():
        path = given / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        area_kept.keep(area, path, read(path, kind), kind=kind, edition="2025", source="Invented for a test", now=NOW)


def tables_of(page: BeautifulSoup, caption: str) -> list[list[str]]:
    found = page.find("caption", string=caption)
    return [[cell.get_text() for cell in row.find_all(["th", "td"])]
            for row in found.find_parent("table").tbody.find_all("tr")]  # fmt: skip


def test_all_children_by_fifth_and_tenth_stand_beside_those_of_a_measure(
    cast: Cast, cut: Cut, client: Client, settings: Any, tmp_path: Path
) -> None:
    beside, tenths = "All children, and those of the measure, by fifth of deprivation", (
        "All children by tenth of deprivation of where they live")  # fmt: skip
    client.force_login(cast.vera)
    assert "All children by tenth" not in client.get(LIVE).content.decode()
    give_lists(settings.AREA, tmp_path, deprivation="lsoa_code,imd_decile\nL1,1\nL2,10\nL3,2\n",
               children="lsoa_code,children\nL1,210\nL2,500\nL3,190\nL4,100\n")  # fmt: skip
    page = BeautifulSoup(client.get(f"{LIVE}?measure=exploited-children").content, "html.parser")
    said = (
        "Of all 1,000 children, 21% live in the most deprived tenth of the country and 40% in the most deprived fifth"
    )
    assert f"{said}; of 10% it is not known." in page.get_text()
    rows = tables_of(page, beside)
    assert [row[1] for row in rows] == ["400 (40%)", "0 (0%)", "0 (0%)", "0 (0%)", "500 (50%)", "100 (10%)"]
    figures = figures_of(cut, measures()["exploited-children"])
    year = next(one for one in figures.fixed() if one.length == 12 and figures.groups("fifth", one))
    shown = [figures.shown(year, "fifth", fifth) for fifth in ("1", "2", "3", "4", "5", "")]
    some_hidden = any(one.hidden for one in shown[:5])
    for row, number in zip(rows, shown, strict=True):
        assert row[2].startswith("not shown: small number" if number.hidden else f"{number.count:,}")
        assert "%" not in row[2] or not some_hidden  # no share where one of them is held back
    assert [row[0] for row in tables_of(page, tenths)][0::10] == ["1 (the most deprived)", "Not in the index"]
    assert tables_of(page, tenths)[0][1:] == ["1", "210", "21%"]
    give(settings.AREA, tmp_path, "small-areas", [("L1", "A"), ("L3", "C")])  # the partnership's own
    page = BeautifulSoup(client.get(LIVE).content, "html.parser")
    assert "Of all 400 children, 52%" in page.get_text()


def test_no_share_is_told_where_a_fifth_is_held_back(cast: Cast, cut: Cut, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = figures_of(cut, measures()["exploited-children"])
    year = next(one for one in figures.fixed() if one.length == 12 and figures.groups("fifth", one))
    hide = SimpleNamespace(hidden=True, count=None)
    seen = figures.shown

    def shown(window: Any, breakdown: str = "", group: str = "") -> Any:
        return hide if (breakdown, group) == ("fifth", "3") else seen(window, breakdown, group)

    monkeypatch.setattr(type(figures), "shown", lambda self, *asked: shown(*asked))
    assert places_fifths._number(figures, year, "3") == places_fifths.HELD_BACK
    assert all("%" not in places_fifths._number(figures, year, one) for one in places_fifths.FIFTHS)
    assert places_fifths._sentence(figures, year) == ""
