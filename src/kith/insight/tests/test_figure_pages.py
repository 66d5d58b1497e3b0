"""Pages of figures: what is shown of a cut, to whom, and what is held back."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from kith.foundations.audit.models import AuditEvent
from kith.insight.models import Pseudonym, Reidentified
from kith.insight.queries.under_way import HowFar, how_far, saying_how_far
from kith.insight.rules.measures import measures
from tests.support.cast import Cast, make_cast, make_person
from tests.support.small_cut import keep_cut

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


def page(client: Client, who: Any, address: str, status: int = 200) -> BeautifulSoup:
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def test_without_a_cut_the_pages_say_so(client: Client, cast: Cast) -> None:
    assert "No figures yet" in page(client, cast.vera, "/insight/").text
    assert "No cut yet" in page(client, cast.uma, "/insight/cuts/").text


NEED_A_CUT = (
    "/insight/", "/insight/figures/missing", "/insight/measures/missing", "/insight/cuts/", "/insight/places/",
    "/insight/places/live", "/insight/places/travel", "/insight/networks/whole", "/insight/scorecard",
    "/insight/timeliness", "/insight/disproportion", "/insight/capacity", "/insight/quality",
    "/insight/reviews/new", "/insight/reports/new/weekly",
)  # fmt: skip


def test_while_the_first_cut_is_made_every_page_of_figures_says_how_far_it_is(client: Client, cast: Cast) -> None:
    with saying_how_far(17) as say:
        say(5)
        for address in NEED_A_CUT:
            found = page(client, cast.uma, address)
            assert found.find(attrs={"role": "status"}).text == "5 of 17 tables are read.", address
        say(17)
        response = client.get("/insight/")
        assert "All 17 tables are read; every measure is being counted now." in response.content.decode()
        assert response["Refresh"] == "3"
        page(client, cast.raj, "/insight/places/", status=403)
        keep_cut(cast.uma)
        assert "is being made" not in page(client, cast.uma, "/insight/").text  # there is one to read meanwhile
    assert how_far() is None


def test_a_cut_whose_files_are_gone_is_passed_over(client: Client, cast: Cast, settings: Any) -> None:
    """As after a restore of the database alone."""
    keep_cut(cast.uma)
    shutil.rmtree(settings.CUTS)
    assert "No figures yet" in page(client, cast.vera, "/insight/figures/executive").text
    for address in NEED_A_CUT:
        assert client.get(address).status_code in {200, 302, 403, 404}, address
    assert "Its files are not here" in page(client, cast.uma, "/insight/cuts/").text


def test_it_is_told_until_the_last_who_tells_it_ends(client: Client, cast: Cast) -> None:
    """Whoever has begun the maker says so until the maker does."""
    begun, made = saying_how_far(17), saying_how_far(17)
    begun.__enter__()
    say = made.__enter__()
    assert how_far() == HowFar(read=0, tables=17)
    begun.__exit__(None, None, None)
    say(1)
    assert how_far() == HowFar(read=1, tables=17)
    made.__exit__(None, None, None)
    assert how_far() is None


def test_a_dashboard_shows_twelve_months_beside_the_twelve_before(client: Client, cast: Cast) -> None:
    keep_cut(cast.uma)
    found = page(client, cast.vera, "/insight/figures/executive")
    row = next(row for row in found.select("table.kith-figures tbody tr") if "Reports of missing" in row.th.text)
    now, before, change = (cell.text.strip() for cell in row.select("td")[:3])
    assert 200 < int(now) < 400
    assert 200 < int(before) < 400
    assert change.startswith(f"{int(now) - int(before):+}")
    assert row.select_one("svg")
    assert "1 silent" in found.text
    marked = [
        row.th.a.text for row in found.select("table.kith-figures tbody tr") if row.select_one(".kith-badge--overdue")
    ]
    first = found.find("h2", string="To talk about first").find_next("ul").select("li")
    assert marked
    assert [one.a.text for one in first][: len(marked)] == marked[: len(first)]
    untold = found.find(string=lambda words: "Nothing was told yet" in words).parent.select("a")
    assert untold
    assert not {one.text for one in untold} & {row.th.a.text for row in found.select("table.kith-figures tbody tr")}


def test_every_measure_has_a_page_and_a_file(client: Client, cast: Cast) -> None:
    keep_cut(cast.uma)
    client.force_login(cast.hana)
    for key, measure in measures().items():
        shown = BeautifulSoup(client.get(f"/insight/measures/{key}").content, "html.parser")
        assert shown.h1.text == measure.title
        file = client.get(f"/insight/measures/{key}.csv").content.decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(file)))) > 2, key
    assert AuditEvent.objects.filter(action="export-figures", viewer_id=cast.hana.pk).count() == len(measures())


def test_groups_are_shown_of_a_chosen_year(client: Client, cast: Cast) -> None:
    keep_cut(cast.uma)
    found = page(client, cast.hana, "/insight/measures/efh-contacts?period=year:2025-04:2026-03")
    assert found.select_one("option[selected]").text == "April 2025 to March 2026"
    table = next(table for table in found.select("table") if "by sex" in table.caption.text)
    groups = {row.th.text: row.td.text for row in table.select("tbody tr")}
    assert set(groups) == {"Girls and women", "Boys and men"}
    assert all(int(number) > 100 for number in groups.values())


def test_somebody_of_another_authority_sees_no_figures(client: Client, cast: Cast) -> None:
    keep_cut(cast.uma)
    for address in (
        "/insight/",
        "/insight/measures/missing-reports",
        "/insight/cuts/",
        "/insight/measures/contacts.csv",
    ):
        assert "Reports of missing" not in page(client, cast.dev, address, 403).text


def test_whom_rows_are_about_is_told_with_a_purpose_and_kept(client: Client, cast: Cast) -> None:
    cut = keep_cut(cast.uma)
    amara = make_person("Amara Osei")
    hidden = make_person("Zephyr Withheld", headline=False)
    for child, code in ((amara, "child0000003"), (hidden, "child0000005")):
        Pseudonym.objects.create(subject=child, code=code)
    page(client, cast.hana, "/insight/measures/missing-reports/rows", 403)
    client.force_login(cast.uma)
    address = "/insight/measures/missing-reports/rows?period=twelve-months:2025-11:2026-10"
    refused = client.post(address, {"purpose": ""})
    assert refused.status_code == 422
    assert "Amara" not in refused.content.decode()
    purpose = "The panel reviews who went missing most often this year"
    told = BeautifulSoup(client.post(address, {"purpose": purpose}).content, "html.parser").text
    assert "Amara Osei" in told
    assert "Name withheld" in told
    assert "Zephyr" not in told
    kept = Reidentified.objects.get()
    assert (kept.purpose, kept.people, kept.cut) == (purpose, 2, cut)
    assert set(AuditEvent.objects.get(action="reidentify").subjects) == {amara.pk, hidden.pk}


def test_an_analyst_asks_for_a_cut_and_a_manager_may_not(client: Client, cast: Cast) -> None:
    purpose = {"purpose": "Figures for the board of next week"}
    client.force_login(cast.hana)
    assert client.post("/insight/cuts/", purpose).status_code == 403
    client.force_login(cast.uma)
    assert client.post("/insight/cuts/", purpose).status_code == 302
    assert client.post("/insight/cuts/", purpose).status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="insight.cut").count() == 1


def test_a_rate_says_whose_number_of_children_it_is_of(client: Client, cast: Cast) -> None:
    keep_cut(cast.uma)
    found = page(client, cast.vera, "/insight/measures/missing-reports").text
    assert "for each 10,000 children. There are 42,000 children aged 0 to 17 in this area, 2026 (Invented)." in found
    assert "10,000" not in page(client, cast.vera, "/insight/measures/conversations-held").text
