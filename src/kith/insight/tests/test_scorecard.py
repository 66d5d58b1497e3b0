"""The scorecard: what leaders look at on one sheet, and nothing on it that may not be shown."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.foundations.audit.models import AuditEvent
from kith.insight.models import Cut
from kith.insight.queries.figures import figures_of
from kith.insight.rules.measures import measures
from kith.insight.rules.scorecard import read, scorecard
from tests.support.cast import Cast, make_cast
from tests.support.small_cut import keep_cut

ADDRESS = "/insight/scorecard"


@pytest.fixture
def cast(settings: Any, tmp_path: Path, db: None) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


@pytest.fixture
def cut(cast: Cast) -> Cut:
    return keep_cut(cast.uma)


def page(client: Client, who: Any, address: str = ADDRESS, status: int = 200) -> BeautifulSoup:
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def rows_of(found: BeautifulSoup) -> dict[str, dict[str, str]]:
    rows = found.select(".kith-scorecard__table tr[data-measure]")
    return {row.th.text: {cell.get("data-label", ""): " ".join(cell.text.split()) for cell in row.select("td")}
            for row in rows}  # fmt: skip


def test_each_measure_has_a_row_with_all_that_a_leader_asks(client: Client, cast: Cast, cut: Cut) -> None:
    found = rows_of(page(client, cast.vera))
    assert len(found) == len(scorecard())
    row = found["Reports of missing children"]
    figures = figures_of(cut, measures()["missing-reports"])
    now, before = (figures.shown(one).count for one in (figures.current(), figures.current().previous()))
    assert (row["Now"], row["Before"]) == (str(now), str(before))
    assert row["Change"].startswith(f"{(now or 0) - (before or 0):+}")
    assert "From " in row["Months"]
    assert row["What the process chart says"].startswith(
        ("Common variation: expect between", "The last month", "Seven")
    )
    assert row["Rating"] in {"Good: better", "Steady: a little worse", "Watch: worse", "Act: worse", "Steady: the same"}
    held = found["Return conversations held within 72 hours"]
    assert "Green at least 90%, amber at least 75% (not yet verified)" in held["Rating"]
    assert "Act: below target" in held["Rating"]


def test_completeness_names_the_weakest_fields(client: Client, cast: Cast, cut: Cut) -> None:
    found = rows_of(page(client, cast.vera))
    assert "Ethnicity recorded for" in found["Contacts about harm outside the home"]["How complete"]
    assert found["Children in care"]["How complete"].startswith("Told of in 24 of 24")


def test_one_subject_and_one_locality(client: Client, cast: Cast, cut: Cut) -> None:
    police = rows_of(page(client, cast.vera, f"{ADDRESS}?theme=police"))
    assert set(police) == {"Child protection crime", "Child sexual exploitation crimes"}
    found = page(client, cast.vera, f"{ADDRESS}?of=locality:North")
    assert "Locality: North" in found.text
    assert "Not counted by locality" in found.text
    row = rows_of(found)["Contacts about harm outside the home"]
    figures = figures_of(cut, measures()["efh-contacts"])
    year = next(one for one in figures.fixed() if one.length == 12)
    assert row["Now"] == f"{figures.shown(year, 'locality', 'North').count:,}"
    assert (
        "Reports of missing"
        not in page(client, cast.vera, f"{ADDRESS}?of=agency:police").select_one(".kith-scorecard__table").text
    )


@pytest.mark.parametrize("asked", ["", "?of=locality:North", "?of=agency:police", "?theme=missing"])
def test_nothing_is_shown_that_may_not_be(client: Client, cast: Cast, cut: Cut, asked: str) -> None:
    """Every number on it and in its file is one that the measure's own figures show."""
    client.force_login(cast.vera)
    file = client.get(f"/insight/scorecard.csv{asked}").content.decode("utf-8-sig")
    by_title = {one.title: one for one in measures().values()}
    group = asked.partition("of=")[2].partition(":")
    for row in csv.DictReader(io.StringIO(file)):
        figures = figures_of(cut, by_title[row["Measure"]])
        split, key = (group[0], group[2]) if group[0] else ("", "")
        windows = figures.fixed() if split else [*figures.months(36), figures.current(), figures.current().previous()]
        may = {figures.shown(one, split, key).as_asked(figures.measure.kind) for one in windows}
        number = row["Now"].replace(",", "").removesuffix("%")
        if number.replace(".", "").isdigit():
            assert float(number) in {float(one) for one in may if one is not None}, row


def test_it_asks_few_questions_and_its_file_is_on_record(client: Client, cast: Cast, cut: Cut) -> None:
    page(client, cast.vera)  # a process reads the files of a cut once
    with CaptureQueriesContext(connection) as asked:
        client.get(ADDRESS)
    tables = [one["sql"] for one in asked.captured_queries if " FROM " in one["sql"]]
    assert len(tables) < 10, tables
    client.get("/insight/scorecard.csv")
    assert AuditEvent.objects.filter(action="export-figures", what__contains="scorecard").count() == 1


def test_who_sees_it_and_the_way_to_it(client: Client, cast: Cast) -> None:
    assert "No cut yet" in page(client, cast.vera).text or "No figures yet" in page(client, cast.vera).text
    assert page(client, cast.vera, "/").select_one(f'main a[href="{ADDRESS}"]')
    page(client, cast.dev, status=403)
    page(client, cast.dev, "/insight/scorecard.csv", status=403)


def test_the_list_names_measures_that_are_there() -> None:
    assert all(one.why for one in scorecard())
    with pytest.raises(ValueError, match="no-such"):
        read("[{measure: no-such, why: x}]")
    with pytest.raises(ValueError, match="twice"):
        read("[{measure: contacts, why: x}, {measure: contacts, why: y}]")
