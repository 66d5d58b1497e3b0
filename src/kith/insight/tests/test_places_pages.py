"""Where and when more happens than expected, on pages: what was planted is found, small numbers are never told."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from kith.foundations.audit.models import AuditEvent
from kith.insight.actions.places import ask_for_places, begin_places
from kith.insight.models import Cut
from kith.insight.queries.cuts import folder_of, what_changed
from kith.insight.queries.places import places_of
from kith.insight.rules.places import Choice, every_choice, in_words, may_be_told, rounded
from kith.insight.tasks import places
from tests.support.cast import NOW, Cast, make_cast
from tests.support.places_cut import (
    ALONE,
    LONELY_CHILD,
    QUAY,
    code_of,
    keep_places_cut,
    name_of,
    near_the_quay,
    places_star,
)

pytestmark = pytest.mark.django_db
PLACES = "/insight/places/"
MORE = "More than expected, unlikely by chance"


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


@pytest.fixture
def cut(cast: Cast) -> Cut:
    return keep_places_cut(cast.uma)


@pytest.fixture
def uma(cast: Cast, client: Client) -> Client:
    client.force_login(cast.uma)
    return client


def page_of(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def listed(page: BeautifulSoup) -> list[list[str]]:
    rows = page.find("h2", id="list").find_next("table").tbody.find_all("tr")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in rows]


def all_listed(client: Client, query: str = "") -> list[list[str]]:
    """The rows of every page of the list."""
    rows: list[list[str]] = []
    for number in range(1, 10):
        found = listed(page_of(client, f"{PLACES}?{query}&page={number}"))
        if found[0] in rows:
            return rows
        rows += found
    raise AssertionError("The list has no end.")


def test_what_was_planted_stands_out_in_map_and_list(uma: Client, cut: Cut) -> None:
    page = page_of(uma, PLACES)
    rows = listed(page)
    out = [row for row in rows if row[4] == MORE]
    assert 3 <= len(out) <= 30
    assert any(name_of(*QUAY) in row[0] for row in out)
    assert sum("Quay" in row[0] for row in out) >= len(out) - 3  # and hardly anything beside it
    picture = page.find("svg", class_="kith-chart__svg--wide")
    assert len(picture.find_all("path", class_="kith-chart__outline")) == len(out)
    assert "nowhere" not in page.text.lower()


def test_the_week_says_when_in_rounded_numbers(uma: Client, cut: Cut) -> None:
    page = page_of(uma, PLACES)
    assert re.search(r"between 3 and 4 pm on weekdays: about \d*[05] of about \d*[05],", page.text)
    cells = page.find("caption", string=re.compile("When in the week")).find_parent("table").tbody.find_all("td")
    assert {cell.text for cell in cells} >= {"0", "5"}
    assert all(re.fullmatch(r"\d*[05]|not shown: small number", cell.text) for cell in cells)
    north = page_of(uma, PLACES + "?locality=North").text
    assert "When in the week in North" in north


def test_numbers_are_rounded_and_small_ones_are_not_told(uma: Client, cut: Cut) -> None:
    allowed = re.compile(r"none|fewer than 5|about \d*[05]")
    for row in all_listed(uma, "theme=victims"):
        assert allowed.fullmatch(row[1]), row
        assert allowed.fullmatch(row[2]), row
    lonely = uma.get(PLACES).content.decode()
    assert name_of(*ALONE) not in lonely
    assert LONELY_CHILD not in lonely


def test_files_hold_what_the_list_holds_and_are_on_record(uma: Client, cut: Cut, cast: Cast) -> None:
    rows = all_listed(uma)
    told = list(csv.reader(uma.get(PLACES + "file/csv").content.decode().splitlines()))
    assert told[1:] == rows
    shapes = json.loads(uma.get(PLACES + "file/geojson").content)["features"]
    drawn = [one["properties"] for one in shapes if one["geometry"]["type"] == "Polygon"]
    said = [[str(one[key]) for key in ("where", "events", "around", "expected", "finding", "change")] for one in drawn]
    assert [row for row in said if row[1] != "none"] == rows
    assert json.loads(uma.get(PLACES + "map.json").content)["features"] == shapes
    taken = AuditEvent.objects.filter(viewer_id=cast.uma.pk, action="export-figures")
    assert taken.count() == 2
    for one in drawn:
        assert "children" not in one
        assert "z" not in one


def test_only_places_of_which_enough_is_told_are_points(uma: Client, cut: Cut) -> None:
    shapes = json.loads(uma.get(PLACES + "map.json?theme=victims").content)["features"]
    points = {one["properties"]["name"] for one in shapes if one["geometry"]["type"] == "Point"}
    exact = {one["name"]: one for one in places_of(cut, Choice("victims", 12, "even"))["places"]}
    assert points
    assert all(exact[name]["events"] >= 5 and exact[name]["children"] >= 5 for name in points)
    assert any(0 < one["events"] < 5 for one in exact.values())


def test_the_list_is_sorted_by_the_server(uma: Client, cut: Cut) -> None:
    up, down = (all_listed(uma, f"sort={sort}") for sort in ("where", "-where"))
    names = [row[0] for row in up]
    assert names == sorted(names)
    assert len(up) > 40
    assert [row[0] for row in down] == sorted(names, reverse=True)
    sizes = [int(row[1].split()[-1]) for row in all_listed(uma, "sort=-events") if "about" in row[1]]
    assert sizes == sorted(sizes, reverse=True)


def test_beside_everything_recorded_the_quay_is_no_more_than_expected(uma: Client, cut: Cut) -> None:
    """Both themes are planted alike, so as a share of what is recorded there neither stands out."""
    out = [row for row in all_listed(uma, "theme=victims&against=recorded") if row[4] == MORE]
    assert len(out) <= 1


def test_the_same_cut_gives_the_same_answers_and_stays_as_it_was(cut: Cut) -> None:
    kept = folder_of(cut) / "places"
    before = {path.name: path.read_bytes() for path in kept.iterdir()}
    assert {"places.json", "months.json", "weeks.json", "harm-12-even.json"} <= set(before)
    shutil.rmtree(kept)
    places(cut.name, "harm", 12, "even")
    after = {path.name: path.read_bytes() for path in kept.iterdir()}
    assert set(after) == {"places.json", "months.json", "weeks.json", "harm-12-even.json"}
    assert all(before[name] == told for name, told in after.items())
    assert what_changed(cut) == []


def jobs(cut: Cut) -> list[Any]:
    """What waits for this cut; other tests' cuts may have left jobs of their own."""
    asked = ProcrastinateJob.objects.filter(task_name="insight.places", args__cut_name=cut.name)
    return list(asked.order_by("-priority", "id"))


def test_what_is_not_there_yet_is_asked_of_the_worker_and_the_page_says_how_far_it_is(uma: Client, cut: Cut) -> None:
    query = "theme=victims&months=24&against=recorded"
    for _ in range(2):  # asked for twice, done once
        answer = uma.get(f"{PLACES}?{query}")
        assert answer["Refresh"] == "3"
    said = answer.content.decode()
    assert "Crimes against young people, the last two years, compared with what is recorded there" in said
    assert "It is next." in said
    assert "Of this cut 3 of 42 choices are worked out." in said
    assert "No worker is running just now" in said
    (job,) = jobs(cut)
    assert job.args == {"cut_name": cut.name, "theme": "victims", "months": 24, "against": "recorded"}
    assert uma.get(f"{PLACES}map.json?{query}").status_code == 404
    assert uma.get(f"{PLACES}file/csv?{query}")["Location"].startswith(f"{PLACES}?theme=victims&months=24")
    places(**job.args)
    answer = uma.get(f"{PLACES}?{query}")
    assert "Refresh" not in answer
    assert "The same as a list" in answer.content.decode()


def test_a_choice_that_cannot_be_worked_out_is_said_and_not_asked_for_again_and_again(uma: Client, cut: Cut) -> None:
    query = "theme=victims&months=36"
    uma.get(f"{PLACES}?{query}")
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing' where task_name = 'insight.places'")
        assert "It is being worked out now" in uma.get(f"{PLACES}?{query}").content.decode()
        cursor.execute("delete from procrastinate_jobs where status = 'todo'")
        cursor.execute("update procrastinate_jobs set status = 'failed' where task_name = 'insight.places'")
    answer = uma.get(f"{PLACES}?{query}")
    assert "This could not be worked out" in answer.content.decode()
    assert "Refresh" not in answer
    assert len(jobs(cut)) == 1
    assert "It is next" in uma.get(f"{PLACES}?{query}&again=1").content.decode()
    assert [job.status for job in jobs(cut)] == ["failed", "todo"]


def test_a_cut_works_out_what_is_shown_first_and_leaves_the_rest_to_the_worker(cast: Cast, cut: Cut) -> None:
    shutil.rmtree(folder_of(cut) / "places")
    begin_places(cut=cut, by=cast.uma, now=NOW)
    assert sorted(path.name for path in (folder_of(cut) / "places").iterdir()) == [
        "harm-12-even.json", "months.json", "places.json", "weeks.json",
    ]  # fmt: skip
    left = jobs(cut)
    assert len(left) == len(every_choice()) - 1 == 41
    assert [job.args["theme"] for job in left[:2]] == ["victims", "suspected"]
    ask_for_places(cut=cut, choice=Choice("searches", 36, "recorded"), by=cast.uma, now=NOW)
    assert jobs(cut)[0].args["theme"] == "searches"  # somebody waits for it: first, though it was last


def test_what_is_asked_wrongly_is_the_first_of_its_kind(uma: Client, cut: Cut) -> None:
    page = page_of(uma, PLACES + "?theme=x&months=99999999999&against=y&locality=z&sort=ring&cut=w")
    assert page.find("select", id="theme").find("option", selected=True)["value"] == "harm"
    assert uma.get(PLACES + "file/pdf").status_code == 404


def test_without_a_cut_it_says_so(uma: Client) -> None:
    assert "No cut yet" in page_of(uma, PLACES).text
    assert uma.get(PLACES + "map.json").status_code == 404


def test_a_cut_whose_places_have_no_position_says_so(uma: Client, cast: Cast) -> None:
    tables = places_star()
    nowhere = tables["places"].with_columns(latitude=None, longitude=None)
    cut = keep_places_cut(cast.uma, {**tables, "places": nowhere.cast(tables["places"].schema)})
    places(cut.name, "harm", 12, "even")
    assert "No place with a position" in page_of(uma, PLACES).text
    assert uma.get(PLACES + "map.json").status_code == 404
    assert uma.get(PLACES + "file/csv").status_code == 302


@pytest.mark.parametrize("who", ["asha", "vera", "dev"])
def test_it_is_for_analysts(who: str, cut: Cut, cast: Cast, client: Client) -> None:
    client.force_login(getattr(cast, who))
    for address in (PLACES, PLACES + "map.json", PLACES + "file/csv"):
        assert client.get(address).status_code == 403
    change = client.get(f"{PLACES}{code_of(*QUAY)}/change")  # for whoever sees figures
    assert change.status_code == (403 if who == "dev" else 200)
    assert "problem profile" not in change.content.decode()


def change_of(client: Client, place: str, **asked: str) -> BeautifulSoup:
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return page_of(client, f"{PLACES}{place}/change?{query}")


def test_before_and_after_beside_a_control_area(uma: Client, cut: Cut) -> None:
    page = change_of(uma, code_of(*QUAY), theme="harm", began="2026-02", ended="2026-03", control="all")
    assert "No difference from the control area can be told from chance" in page.text
    cells = [cell.get_text(strip=True) for cell in page.find("table").tbody.find_all("td")]
    assert all(re.fullmatch(r"(\d*0 to \d*9|fewer than 10) in \d+ months", cell) for cell in cells)
    assert "Harm may have moved nearby" in page.text


def test_work_that_helped_is_told_apart_from_chance(cast: Cast, client: Client) -> None:
    tables = places_star()
    quay, after = code_of(*QUAY), tables["events"]["day"] >= tables["events"]["day"].max().replace(day=1, month=2)
    gone = (tables["events"]["place"] == quay) & after & (tables["events"]["minute"] % 4 > 0)
    keep_places_cut(cast.uma, {**tables, "events": tables["events"].filter(~gone)})
    client.force_login(cast.uma)
    page = change_of(client, quay, theme="harm", began="2026-02", control="all")
    assert "There were fewer than the control area would lead one to expect, more so than chance" in page.text
    assert "fewer than 10 in 8 months" in page.text  # what is left is too little for a number


def test_a_place_of_which_too_little_is_told_is_not_compared(uma: Client, cut: Cut) -> None:
    assert uma.get(f"{PLACES}{code_of(*ALONE)}/change").status_code == 404
    assert uma.get(f"{PLACES}nosuchplace1/change").status_code == 404


def test_months_without_a_before_say_so(uma: Client, cut: Cut) -> None:
    page = change_of(uma, code_of(*QUAY))
    first = page.find("select", id="began").find_all("option")[1]["value"]
    assert "Choose when the work began" in page.text
    assert "whole months before" in change_of(uma, code_of(*QUAY), began=first).text


def test_numbers_in_words() -> None:
    assert [in_words(n, 9) for n in (0, 1, 4, 5, 7, 8, 12, 13)] == [
        "none", "fewer than 5", "fewer than 5", "about 5", "about 5", "about 10", "about 10", "about 15",
    ]  # fmt: skip
    assert in_words(12, 1) == "fewer than 5"  # one child's twelve
    assert may_be_told(6, 0)  # complaints, that are about no child
    assert rounded(6) == 5


def test_one_month_more_or_less_gives_no_small_number_away(uma: Client, cut: Cut) -> None:
    """Whatever months are chosen, what is told of a place moves in steps of ten."""
    told = set()
    for began in ("2026-01", "2026-02", "2026-03"):
        page = change_of(uma, code_of(*QUAY), theme="harm", began=began)
        told |= {cell.get_text(strip=True).split(" in ")[0] for cell in page.find("table").tbody.find_all("td")}
    assert all(re.fullmatch(r"\d*0 to \d*9|fewer than 10", words) for words in told)


def test_the_quay_is_where_it_was_put() -> None:
    assert near_the_quay(*QUAY)
