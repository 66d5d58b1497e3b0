"""Stations, airports and journeys: numbers in tens, what is not known beside them, places for those allowed."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.foundations.audit.models import AuditEvent
from kith.insight.engine import cutting
from kith.insight.engine.travel import travel
from kith.insight.models import Cut, Pseudonym
from kith.insight.queries.travel import records_of, travel_of
from kith.insight.rules.travel import TRAVEL_THEMES
from kith.subjects.rules import PLACE_KINDS, PUBLIC_PLACES
from kith.subjects.travel import kind_said, travel_kinds, where_from
from tests.support.cast import Cast, let_in, make_cast, make_place
from tests.support.small_cut import AS_AT, keep_cut, small_star, table

PAGE = "/insight/places/travel"
TOLD = re.compile(
    r"fewer than 10|not shown: small number|[\d,]+0 to [\d,]+9|[\d,]*0"
)  # a bar's number is the least of its ten
SPOTS = ("coach-station", "rail-station", "airport", "park")
FAR_AWAY = "place0000009"


pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


def star() -> cutting.Tables:
    """The small star with a coach station, a rail station, an airport, a park, and a coach station of another area."""
    tables = small_star()
    codes = tables["places"]["place"].to_list()
    far = table("places", [{"place": FAR_AWAY, "kind": "coach-station", "name": "Far Coach Station", "outside": True}])
    tables["places"] = pl.concat([tables["places"].with_columns(kind=pl.Series(SPOTS)), far])
    at = pl.int_range(pl.len()) % 6
    known = {0: codes[0], 1: codes[1], 2: FAR_AWAY, 3: codes[3]}
    tables["absences"] = tables["absences"].with_columns(
        at.replace_strict(known, default="", return_dtype=pl.String).alias("found"),
        at.replace_strict(
            {0: SPOTS[0], 1: SPOTS[1], 2: SPOTS[0], 3: SPOTS[3], 4: "home"}, default="words", return_dtype=pl.String
        ).alias("found_kind"),
    )
    children = tables["people"]["child"].to_list()
    referrals = [
        {"event": 100_000 + n, "child": children[n], "is_child": True, "kind": "nrm-referral", "weekday": 1,
         "day": AS_AT - timedelta(days=35 + 9 * n), "place": codes[n % 2] if n % 3 else "", "way": ("coach", "")[n % 2],
         "feed": "nrm"}
        for n in range(30)
    ]  # fmt: skip
    tables["events"] = pl.concat([tables["events"], table("events", referrals)])
    return tables


@pytest.fixture
def cut(cast: Cast) -> Cut:
    return keep_cut(cast.uma, star(), figures=False)


def cells(page: BeautifulSoup) -> list[str]:
    return [cell.get_text(" ", strip=True) for cell in page.select("main table td")]


def test_the_numbers_are_those_of_the_star(cast: Cast, cut: Cut) -> None:
    """Counted once more by hand: absences that ended in twelve whole months, by kind of place and by area."""
    now, tables = travel_of(cut)["years"]["now"], star()
    first, after = date(AS_AT.year - 1, AS_AT.month, 1), date(AS_AT.year, AS_AT.month, 1)
    homes = dict(tables["people"].select("child", "locality").rows())
    ended = [one for one in tables["absences"].to_dicts() if first <= one["back"].date() < after]
    coaches = [one for one in ended if one["found_kind"] == "coach-station"]
    assert len(coaches) > 60
    assert now["kinds"]["found"]["coach-station"] == [len(coaches), len({one["child"] for one in coaches})]
    north = [one for one in ended if homes[one["child"]] == homes["child0000000"] and one["found"] == FAR_AWAY]
    assert now["journeys"][homes["child0000000"]]["outside"][0] == len(north) > 0
    referred = [
        one for one in tables["events"].to_dicts() if one["kind"] == "nrm-referral" and first <= one["day"] < after
    ]
    assert sum(many for many, _ in now["kinds"]["trafficked"].values()) == len(referred)
    assert now["ways"]["coach"][0] == sum(one["way"] == "coach" for one in referred)
    assert sum(many for many, _ in now["found"].values()) == len(ended)


def test_what_another_feed_tells_again_and_homes_are_not_counted(tmp_path: Path) -> None:
    tables = star()
    tables["places"] = pl.concat([tables["places"], table("places", [{"place": "someshome000", "kind": "home"}])])
    cutting.write_star(tmp_path, tables, AS_AT)
    years = {"now": (date(2000, 1, 1), date(2100, 1, 1))}
    asked = {"kinds": list(travel_kinds()), "themes": {"a": ("crime-victim",)}, "years": years}
    once = travel(tmp_path, **asked)
    tables["events"] = pl.concat([tables["events"], tables["events"].with_columns(again=pl.lit(True))])
    cutting.write_star(tmp_path, tables, AS_AT)
    assert travel(tmp_path, **asked) == once
    assert "someshome000" not in str(once)


def test_every_number_is_told_in_tens_and_what_is_not_known_beside_it(cast: Cast, cut: Cut, client: Client) -> None:
    client.force_login(cast.vera)
    for theme in ("", "?theme=found", "?theme=trafficked", "?theme=victims", "?theme=nonsense"):
        page = BeautifulSoup(client.get(PAGE + theme).content, "html.parser")
        numbers = [one for one in cells(page) if re.search(r"\d", one) and " in 10" not in one and "%" not in one]
        assert numbers
        assert [one for one in numbers if not TOLD.fullmatch(one)] == []
        text = page.get_text(" ")
        assert "No public place is told of" in text
        assert "somebody’s home, which is never shown" in text
        assert page.select_one("svg.kith-chart__svg--wide desc") or "Too few to draw" in text
    page = BeautifulSoup(client.get(PAGE + "?theme=found").content, "html.parser")
    assert page.select_one("svg.kith-chart__svg--wide desc").get_text()
    kinds = [
        row.th.get_text()
        for row in page.find("caption", string=re.compile("each kind")).find_parent("table").tbody("tr")
    ]
    assert (kinds[:2], kinds[-2:]) == (["Coach station", "Rail station"], ["Another kind of place", "No place is told"])
    assert "Taxi rank" not in kinds
    assert re.search("of fewer than 5 children\\): Bus station or terminal.*Taxi rank", page.get_text())


def test_where_little_is_told_the_page_says_what_would_be_needed(cast: Cast, client: Client) -> None:
    keep_cut(cast.uma, {**star(), "absences": star()["absences"].head(0)}, figures=False)
    client.force_login(cast.uma)
    page = BeautifulSoup(client.get(PAGE + "?theme=found").content, "html.parser")
    assert page.select("svg.kith-chart__svg--wide") == []
    assert "Too few to draw" in page.get_text()
    assert "is shown once 10 of one year, of at least 5 children" in page.get_text()
    caption = page.find("h3", string=re.compile("From where they live"))
    assert caption.find_next("p").get_text().startswith("Too few to be told")


def test_nothing_exact_is_in_the_files_and_taking_one_is_on_record(cast: Cast, cut: Cut, client: Client) -> None:
    client.force_login(cast.uma)
    for name in ("chart", "kinds", "journeys", "ways"):
        rows = list(csv.reader(client.get(f"{PAGE}/{name}?theme=found").content.decode().splitlines()))
        assert len(rows) > 4
        exact = [one for row in rows[1:] for one in row[1:] if one.isdecimal() and int(one) % 10]
        assert exact == []
    assert AuditEvent.objects.filter(viewer_id=cast.uma.pk, action="export-figures").count() == 4
    assert client.get(f"{PAGE}/other").status_code == 404


def test_a_place_is_opened_by_those_who_may_read_its_record(cast: Cast, cut: Cut, client: Client) -> None:
    coach, park = make_place("Coach Station", kind="coach-station"), make_place("Harbour Park", kind="park")
    let_in(coach, cast.uma)
    Pseudonym.objects.bulk_create(
        [Pseudonym(subject=coach, code="place0000000"), Pseudonym(subject=park, code="place0000003")]
    )
    client.force_login(cast.uma)
    page = BeautifulSoup(client.get(PAGE).content, "html.parser")
    assert [one["href"] for one in page.select("th a[href^='/records/']")] == [f"/records/{coach.pk}/"]
    client.force_login(cast.vera)
    page = BeautifulSoup(client.get(PAGE).content, "html.parser")
    assert "Far Coach Station" in page.get_text()
    assert page.select("th a[href^='/records/']") == []
    assert records_of(["place0000003"]) == {}


def test_whoever_sees_no_figures_sees_nothing_and_the_page_asks_little(cast: Cast, client: Client) -> None:
    client.force_login(cast.vera)
    assert "No cut yet" in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}/kinds").status_code == 404
    keep_cut(cast.uma, star(), figures=False)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)
    assert len([one for one in asked if one["sql"].startswith("SELECT")]) <= 20
    client.force_login(cast.dev)
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}/kinds").status_code == 403


def test_a_cut_from_before_says_so(cast: Cast, client: Client) -> None:
    tables = star()
    tables["absences"] = tables["absences"].drop("found", "found_kind")
    tables["events"] = tables["events"].drop("way")
    tables["places"] = tables["places"].drop("outside")
    keep_cut(cast.uma, tables, figures=False)
    client.force_login(cast.uma)
    text = client.get(PAGE).content.decode()
    assert "from before cuts told where children were found" in text
    assert "from before cuts told how children had travelled" in text


def test_kinds_are_a_dated_list_in_the_words_of_agencies() -> None:
    assert travel_kinds().keys() <= PLACE_KINDS.keys() & PUBLIC_PLACES
    assert kind_said("Railway Station", date(2026, 11, 20)) == "rail-station"
    assert kind_said("air", date(2026, 11, 20)) == "airport"
    assert kind_said("Railway Station", date(2026, 1, 1)) == ""
    assert kind_said("bus stop", date(2026, 1, 1)) == "transport"
    assert kind_said("castle", date(2026, 11, 20)) == ""
    assert "not yet verified" in where_from()
    assert "missing" not in TRAVEL_THEMES  # absences tell it, one of several agencies' once
