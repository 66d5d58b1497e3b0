"""Who is counted more often, what is in time, how much help there is, how good the data is: worked by hand."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.foundations.audit.models import AuditEvent
from kith.insight.engine import beside, cutting
from kith.insight.rules.disproportion import compare, how_often
from kith.insight.rules.disproportion_measures import ASKED, EXPLOITED, GROUPED
from kith.insight.rules.measures import measures
from kith.insight.rules.periods import read
from kith.insight.rules.quality import looked_for
from tests.support.cast import Cast, make_cast
from tests.support.small_cut import AS_AT, keep_cut, small_star, table

PAGES = ("disproportion", "timeliness", "capacity", "quality")
YEAR = read("year:2025-04:2026-03")


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


def page(client: Client, who: Any, address: str, status: int = 200) -> BeautifulSoup:
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def rows_of(found: BeautifulSoup, caption: str) -> list[list[str]]:
    captioned = [(one.caption.text.strip(), one) for one in found.select("table") if one.caption]
    at = next(one for words, one in sorted(captioned, key=lambda pair: len(pair[0])) if words.startswith(caption))
    return [[cell.text.strip() for cell in row.select("th, td")] for row in at.select("tbody tr")]


# By hand


def test_a_ratio_and_its_interval_are_as_katz_has_them() -> None:
    """30 of 100 beside 60 of 400: twice; √(1/30 − 1/100 + 1/60 − 1/400) = √0.0375 = 0.193649, so 1.368 to 2.923."""
    found = compare(30, 100, 60, 400)
    assert found.ratio == pytest.approx(2.0)
    assert found.low == pytest.approx(1.3683, abs=1e-4)
    assert found.high == pytest.approx(2.9233, abs=1e-4)
    assert found.words == "about twice as often; unlikely by chance"


def test_chance_and_too_few_are_said_to_be_so() -> None:
    assert compare(20, 100, 70, 400).words == "no clear difference: chance alone could give this"
    assert compare(4, 10, 60, 400).words == "too few to say"
    assert compare(6, 6, 3, 400).words == "too few to say"
    assert compare(12, 10, 60, 400).words == "too few to say"  # counted of more than are known
    assert compare(0, 100, 60, 400).words == "none, where about 12 would be expected if all were alike"
    assert compare(0, 0, 0, 0).words == "too few to say"
    with pytest.raises(ValueError, match="never"):
        compare(-1, 10, 6, 400)


@pytest.mark.parametrize(("ratio", "words"), [
    (0.25, "a quarter as often, or less"), (0.5, "about half as often"), (1.5, "about one and a half times as often"),
    (2.0, "about twice as often"), (3.0, "about three times as often"), (9.0, "more than four times as often"),
])  # fmt: skip
def test_ratios_can_be_said_aloud(ratio: float, words: str) -> None:
    assert how_often(ratio) == words


# Counted


def star(people: list[dict[str, Any]], spells: list[dict[str, Any]], events: list[dict[str, Any]]) -> cutting.Tables:
    return {"people": table("people", people), "spells": table("spells", spells), "events": table("events", events)}


def test_children_known_are_those_under_eighteen_on_the_last_day() -> None:
    people = [
        {"child": "a", "is_child": True, "born": date(2010, 1, 1), "sex": "F", "ethnicity": "black"},
        {"child": "b", "is_child": True, "born": date(2008, 3, 1), "sex": "M"},  # eighteen in that month
        {"child": "c", "is_child": True, "born": date(2008, 4, 1), "sex": "M", "ethnicity": "white"},
        {"child": "d", "is_child": True, "born": date(2026, 5, 1), "sex": "F"},  # not yet born
        {"child": "e", "is_child": False, "born": date(2010, 1, 1), "sex": "F"},
        {"child": "f", "is_child": True, "sex": "F"},  # month of birth not known
    ]
    spells = [
        {"child": "a", "kind": "in-care", "began": date(2025, 1, 1)},
        {"child": "c", "kind": "in-care", "began": date(2025, 1, 1), "ended": date(2026, 3, 31)},
        {"child": "c", "kind": "education-plan", "began": date(2026, 3, 31)},
    ]
    found = beside.known(star(people, spells, []), [YEAR])[YEAR.key]
    assert found[""] == {"": 2}
    assert found["ethnicity"] == {"white": 1, "mixed": 0, "asian": 0, "black": 1, "other": 0, "": 0}
    assert found["care"] == {"in care": 1, "care leaver": 0, "": 1}
    assert found["send"] == {"plan": 1, "": 1}


def test_a_field_is_there_or_missing_by_agency() -> None:
    people = [{"child": "a", "is_child": True, "born": date(2010, 1, 1), "sex": "F", "ethnicity": "black"},
              {"child": "b", "is_child": True}]  # fmt: skip
    told = {"kind": "crime-victim", "day": date(2025, 5, 1), "agency": "police", "is_child": True}
    events = [
        {**told, "event": 1, "child": "a", "minute": 600, "place": "p"},
        {**told, "event": 2, "child": "b", "minute": 0},
        {**told, "event": 3, "child": "b", "again": True},
        {**told, "event": 4, "child": "a", "agency": "school"},
        {**told, "event": 5, "child": "a", "day": date(2024, 5, 1)},
        {**told, "event": 6, "child": "b", "agency": ""},
        {**told, "event": 7, "child": "mother", "is_child": False},  # an adult harmed by domestic abuse
    ]
    found = beside.quality(star(people, [], events), [YEAR])[YEAR.key]["crime-victim"]
    assert found["ethnicity"] == {"": [4, 2, 2], "police": [2, 2, 1], "school": [1, 1, 1]}
    assert found["time"] == {"": [4, 2, 1], "police": [2, 2, 1], "school": [1, 1, 0]}
    assert found["place"][""] == [4, 2, 1]
    assert set(found) == set(next(one.fields for one in looked_for() if one.kind == "crime-victim"))


# Pages


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_without_a_cut_a_page_says_so_and_there_is_no_file(client: Client, cast: Cast, name: str) -> None:
    assert "No figures yet" in page(client, cast.vera, f"/insight/{name}").text
    page(client, cast.vera, f"/insight/{name}.csv", 404)


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_pages_and_files_are_for_whoever_sees_figures(client: Client, cast: Cast, name: str) -> None:
    keep_cut(cast.uma)
    for who in (cast.dev, cast.ellis):
        page(client, who, f"/insight/{name}", 403)
        page(client, who, f"/insight/{name}.csv", 403)
    found = page(client, cast.vera, f"/insight/{name}")
    assert found.select_one("h1")
    assert "child0" not in found.text
    client.force_login(cast.vera)
    rows = list(csv.reader(io.StringIO(client.get(f"/insight/{name}.csv").content.decode("utf-8-sig"))))
    assert len(rows) > 3
    assert AuditEvent.objects.filter(action="export-figures", viewer_id=cast.vera.pk).count() == 1
    assert f"/insight/{name}" in {link.get("href") for link in page(client, cast.vera, "/insight/").select("a")}


def told_more_often() -> cutting.Tables:
    """Of 400 children 100 are Black; of these 60 are suspended in the year, of the 300 White children 60 are too."""
    tables, rows = small_star(), []
    day = date(2025, 6, 2)
    people = [
        {"child": f"child{n:07d}", "is_child": True, "born": date(2012, 1, 1), "sex": "FM"[n % 2],
         "ethnicity": "black" if n < 100 else "white"}
        for n in range(400)
    ]  # fmt: skip
    for n in (*range(60), *range(100, 160)):
        about = {"event": n + 1, "child": f"child{n:07d}", "is_child": True, "kind": "suspension"}
        rows.append({**about, "day": day + timedelta(days=n % 90), "agency": "harbour-view", "feed": "suspension"})
    rows.sort(key=lambda row: (row["day"], row["event"]))
    spells = [{"child": f"child{n:07d}", "kind": "in-care", "began": date(2024, 1, 1)} for n in range(0, 400, 10)]
    return {**tables, **star(people, spells, rows)}


@pytest.mark.django_db
def test_a_group_that_is_suspended_three_times_as_often_stands_out(client: Client, cast: Cast) -> None:
    """60 of 100 beside 60 of 300: three times, 2.27 to 3.96 by hand."""
    keep_cut(cast.uma, told_more_often())
    found = page(client, cast.vera, f"/insight/disproportion?period={YEAR.key}")
    assert "Black children, suspended: about three times as often; unlikely by chance" in found.text
    rows = {row[0]: row[1:] for row in rows_of(found, "Suspended, by ethnicity") if len(row) == 7}
    assert rows["Black"] == ["60", "50.0%", "100", "25.0%", "About three times as often; unlikely by chance",
                             "3.00 (2.27 to 3.96)"]  # fmt: skip
    assert rows["White"][-1] == "0.33 (0.25 to 0.44)"
    assert "known here" in found.text
    assert "Girls" not in found.select_one("ul.govuk-list--bullet").text  # no difference between girls and boys


@pytest.mark.django_db
def test_small_groups_are_told_neither_on_the_page_nor_in_the_file(client: Client, cast: Cast) -> None:
    tables = told_more_often()
    three = [f"child{n:07d}" for n in range(3)]
    other = pl.when(pl.col("child").is_in(three)).then(pl.lit("other")).otherwise(pl.col("ethnicity"))
    keep_cut(cast.uma, {**tables, "people": tables["people"].with_columns(other.alias("ethnicity"))})
    found = page(client, cast.vera, f"/insight/disproportion?period={YEAR.key}")
    row = next(row for row in rows_of(found, "Suspended, by ethnicity") if row[0] == "Other" and len(row) == 7)
    assert "3" not in "".join(row[1:])
    assert row[1] == "not shown: small number"
    hidden = [row for row in rows_of(found, "Suspended, by ethnicity") if "not shown: small number" in row[1]]
    assert len({row[0] for row in hidden}) >= 2  # one alone could be worked out
    drawn = found.select("svg.kith-chart__svg--wide")
    assert drawn
    assert all("%" in one.get_text() for one in drawn)  # bars of which none may be shown are not drawn


@pytest.mark.django_db
def test_help_is_told_in_one_sentence(client: Client, cast: Cast) -> None:
    """41 children asked for, 22 given a worker after ten days, 19 still waiting at the end."""
    tables = small_star()
    rows = [
        {"event": n + 1, "child": f"child{n:07d}", "is_child": True, "kind": "specialist-support", "part": "subject",
         "day": date(2026, 1 + n % 9, 5), "other": date(2026, 1 + n % 9, 15) if n < 22 else None,
         "other_days": 10 if n < 22 else None, "agency": "beacon", "feed": "specialist-support"}
        for n in range(41)
    ]  # fmt: skip
    kept = tables["events"].columns
    events = table("events", sorted(rows, key=lambda row: (row["day"], row["event"]))).select(kept)
    keep_cut(cast.uma, {**tables, "events": events})
    found = page(client, cast.vera, "/insight/capacity")
    assert "help was asked for 41 children; 22 were given a worker" in found.text
    waiting = next(
        row for row in rows_of(found, "Need, asked") if row[0] == "Children who wait for a specialist worker"
    )
    assert waiting[1] == "19"
    assert found.select_one("figure.kith-chart svg")


@pytest.mark.django_db
def test_agencies_files_and_clocks_are_told(client: Client, cast: Cast) -> None:
    tables = small_star()
    rows = [
        {"question": n + 1, "agency": ("harbour-view", "severnmouth-police")[n % 2], "band": "green",
         "asked": date(2025, 4, 1) + timedelta(days=n % 360), "due": date(2025, 4, 3) + timedelta(days=n % 360),
         "answered_hours": 5.0, "in_time": n % 4 != 0}
        for n in range(1440)
    ]  # fmt: skip
    keep_cut(cast.uma, {**tables, "checks": table("checks", rows)})
    found = page(client, cast.vera, "/insight/timeliness")
    shares = {row[0]: row[1:] for row in rows_of(found, "Questions of the front door answered in time, by agency")}
    assert shares["Harbour View Academy"] == ["720", "50.0%"]
    assert shares["Severnmouth police"] == ["720", "100.0%"]
    assert "1 of 2 feeds is silent" in found.text
    feeds = {row[0]: row for row in rows_of(found, "Feeds by agency")}
    assert feeds["Severnmouth police"][-3:] == ["500", "3", "0.6%"]


@pytest.mark.django_db
def test_gaps_are_named_and_followed_cut_by_cut(client: Client, cast: Cast) -> None:
    keep_cut(cast.uma, now=timezone.now() - timedelta(days=1))
    first = page(client, cast.vera, "/insight/quality")
    assert "From the second cut on" in first.text
    assert "ethnicity is missing for" in first.text
    kinds = rows_of(first, "Recorded, by kind of event")
    assert any(row[0] == "Crimes with a child as victim" and row[-2] == "100.0%" for row in kinds)
    keep_cut(cast.uma, told_more_often(), AS_AT + timedelta(days=1), timezone.now())
    assert "Is it getting better?" in page(client, cast.vera, "/insight/quality").text


def test_what_is_compared_is_counted() -> None:
    for asked in ASKED:
        assert {"ethnicity", "sex"} <= set(measures()[asked.key].breakdowns), asked.key
        assert set(GROUPED) & set(measures()[asked.key].breakdowns)
    assert all(key in measures() for key, _, _ in EXPLOITED)
