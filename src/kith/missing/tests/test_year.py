"""The year of missing children: counts of the database, the page, its files, who sees what, the command."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from kith.config.cli import main
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.missing.actions import Details, Reported, report_missing
from kith.missing.models import Account, Episode
from kith.missing.queries.year import behind, by_month, year_counted
from kith.missing.rules.counts import MEASURES, ToldBy, Why
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, make_entry, make_person

AS_AT = date(2026, 11, 3)
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def tell(cast: Cast, child: Subject, gone: datetime, who: str = "police", **fields: Any) -> Episode:
    """An agency's account of ten hours."""
    hours = fields.pop("hours", 10)
    told = {"kind": "missing", "gone_at": gone, "back_at": gone + hours * HOUR, "agency_id": getattr(cast, who).pk}
    return report_missing(reported=Reported(subject_id=child.pk, **{**told, **fields}), by=cast.loader, now=NOW)


def at(month: int, day: int, hour: int = 20, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.fixture
def told(cast: Cast) -> dict[str, Episode]:
    """Amara twice by both and once by the police; Leo, in care, by the council; Mia a year before; one in error."""
    amara, leo, mia = (make_person(name) for name in ("Amara Osei", "Leo Whitcombe", "Mia Lindqvist"))
    make_entry("Came into care", leo, on=date(2026, 2, 1), kind="care-started")
    make_entry("Care ended", leo, on=date(2026, 8, 1), kind="care-ended")
    found = {"both": tell(cast, amara, at(3, 1)), "also": tell(cast, amara, at(4, 1), "council")}
    tell(cast, amara, at(3, 1, 22), "council")
    tell(cast, amara, at(4, 1, 21))
    found["police"] = tell(cast, amara, at(9, 1), hours=2)
    found["council"] = tell(cast, leo, at(5, 1), "council")
    found["home"] = tell(cast, leo, at(9, 5), "council", details=Details(missing_from="childrens-home"))
    found["after"] = tell(cast, leo, at(10, 5), "council")
    found["away"] = tell(cast, leo, at(6, 1), "council", kind="away")
    tell(cast, leo, at(6, 1), "home", kind="missing")
    found["before"] = tell(cast, mia, at(11, 2, year=2025))
    found["error"] = tell(cast, mia, at(7, 1))
    Episode.objects.filter(pk=found["error"].pk).update(not_missing_because="It was her cousin")
    taken_back = tell(cast, mia, at(7, 20))
    Account.objects.filter(episode=taken_back).update(withdrawn_at=NOW)
    return found


def numbers(lines: Any) -> list[tuple[int, int]]:
    return [(line.now, line.before) for line in lines]


def test_each_agencys_own_count_and_kiths(cast: Cast, told: dict[str, Episode]) -> None:
    found = year_counted(AS_AT)
    assert [line.title for line in found.police] == list(MEASURES)
    assert numbers(found.police) == [(1, 1), (3, 1), (1, 0), (0, 0), (0, 0)]
    assert numbers(found.council) == [(2, 0), (5, 0), (2, 0), (1, 0), (1, 0)]
    assert numbers(found.absences) == [(2, 1), (7, 1), (2, 0), (1, 0), (1, 0)]


def test_the_two_are_compared_and_come_to_each_count(cast: Cast, told: dict[str, Episode]) -> None:
    found = year_counted(AS_AT)
    assert found.parts() == {ToldBy.BOTH: 2, ToldBy.POLICE: 1, ToldBy.COUNCIL: 3, ToldBy.NEITHER: 1}
    assert found.whys(ToldBy.POLICE) == [(Why.SHORT, 1)]
    assert found.whys(ToldBy.NEITHER) == [(Why.AWAY, 1)]
    assert found.whys(ToldBy.COUNCIL) == [(Why.NOT_TOLD, 3)]


def test_a_day_later_a_day_leaves_and_a_day_comes_in(cast: Cast) -> None:
    amara = make_person()
    tell(cast, amara, at(4, 1, 12))
    tell(cast, amara, at(4, 1, 12, year=2025))
    assert [line.now for line in year_counted(date(2026, 4, 1)).police][1] == 1  # of 2025
    assert numbers(year_counted(date(2026, 4, 2)).police)[1] == (1, 1)


def test_absences_behind_a_number_are_those_open_to_whoever_looks(cast: Cast, told: dict[str, Episode]) -> None:
    found = year_counted(AS_AT)
    with viewing_as(cast.raj):
        rows, more = behind(found, ToldBy.BOTH, None)
    assert ({row.reference for row in rows}, more) == ({told["both"].reference, told["also"].reference}, 0)
    with viewing_as(cast.hana):
        assert behind(found, ToldBy.BOTH, None) == ([], 2)


def test_months_from_care_and_from_home(cast: Cast, told: dict[str, Episode]) -> None:
    found = {one.month: one for one in by_month(AS_AT)}
    assert len(found) == 24
    assert max(found) == date(2026, 11, 1)
    assert min(found) == date(2024, 12, 1)
    september = found[date(2026, 9, 1)]
    assert (september.from_care, september.from_home, september.children_in_care, september.back) == (1, 1, 1, 2)
    assert max(one.month for one in by_month(date(2026, 11, 1))) == date(2026, 10, 1)


def test_months_in_which_trafficking_was_feared(cast: Cast) -> None:
    amara, feared = make_person(), Details(harm_feared=("trafficking", "violence"))
    tell(cast, amara, at(9, 1), details=feared)
    tell(cast, amara, at(9, 20), details=feared, kind="away")
    tell(cast, amara, at(10, 1), details=Details(harm_feared=("violence",)))
    found = {one.month: one.trafficking for one in by_month(AS_AT)}
    assert (found[date(2026, 9, 1)], found[date(2026, 10, 1)]) == (1, 0)


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("who", ["quinn", "raj", "hana", "asha"])
def test_who_sees_what(client: Client, cast: Cast, told: dict[str, Episode], who: str) -> None:
    viewer: Viewer = getattr(cast, who)
    client.force_login(viewer)
    page = client.get(reverse("missing-year"))
    rows = client.get(reverse("missing-year-rows") + "?told-by=police")
    desk = who in {"quinn", "raj"}
    assert (page.status_code, rows.status_code) == ((200, 200) if desk else (200, 403) if who == "hana" else (403, 403))
    assert (told["police"].reference in rows.content.decode()) is desk
    if page.status_code == 200:
        text = page.content.decode()
        assert ("fewer than 5" in text) is not desk
        assert ("told only by this side = 3 reports" in text) is desk
        assert not any(name in text for name in ("Amara", "Leo", "Mia"))
        assert AuditEvent.objects.filter(viewer_id=viewer.pk, action="read-missing-year").exists()


@time_machine.travel(NOW, tick=False)
def test_a_day_that_cannot_be_is_said_and_today_is_counted(client: Client, cast: Cast) -> None:
    client.force_login(cast.quinn)
    for day, month, year in (("31", "2", "2026"), ("x", "", ""), ("1", "1", "2101"), ("1", "1", "1001")):
        asked = {"as_at-day": day, "as_at-month": month, "as_at-year": year}
        page = client.get(reverse("missing-year"), asked)
        assert page.status_code == 200
        assert "3 Nov 2026" in page.content.decode()
        assert "There is a problem" in page.content.decode()
    page = client.get(reverse("missing-year"), {"as_at-day": "1", "as_at-month": "4", "as_at-year": "2026"})
    assert "1 Apr 2026" in page.content.decode()
    assert "1 Apr 2024" in page.content.decode()


@time_machine.travel(NOW, tick=False)
def test_the_files_say_what_the_page_says(client: Client, cast: Cast, told: dict[str, Episode]) -> None:
    client.force_login(cast.quinn)
    text = client.get(reverse("missing-year-csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert ["Police", "Missing reports", "3", "1", "+2", "'+200.0% (small numbers)"] in rows
    book = load_workbook(io.BytesIO(client.get(reverse("missing-year-xlsx")).content))
    assert book.sheetnames == ["Twelve months", "By month", "How this is counted"]
    assert ("Council", "Missing reports", 5, 0, "+5", "n/a") in set(book["Twelve months"].iter_rows(values_only=True))
    client.force_login(cast.hana)
    assert "Police,Missing reports,fewer than 5" in client.get(reverse("missing-year-csv")).content.decode()


def test_the_command_prints_the_same(cast: Cast, told: dict[str, Episode], monkeypatch: pytest.MonkeyPatch) -> None:
    done = CliRunner().invoke(main, ["missing-year", "--as-at", "2026-11-03", "--small"], catch_exceptions=False)
    line = next(line for line in done.output.splitlines() if line.strip().startswith("Missing reports"))
    assert line.split()[2:5] == ["3", "1", "+2"]
    assert "Told only by the council" in done.output
    few = CliRunner().invoke(main, ["missing-year", "--as-at", "2026-11-03"], catch_exceptions=False)
    assert "fewer than 5" in few.output
    assert "not shown" in few.output
    assert AuditEvent.objects.filter(action="export-missing-year").count() == 2


@pytest.mark.parametrize("sent", ["<script>kith(1)</script>", "🙂", "a\x00b", "9" * 5000, "٣", "-1", " "])
def test_whatever_is_asked_is_answered(client: Client, cast: Cast, sent: str) -> None:
    client.force_login(cast.quinn)
    asked = {f"as_at-{part}": sent for part in ("day", "month", "year")} | {"told-by": sent, "why": sent}
    for page in ("missing-year", "missing-year-months", "missing-year-rows", "missing-year-csv", "missing-year-xlsx"):
        answer = client.get(reverse(page), asked)
        assert answer.status_code == 200
        assert b"<script>kith" not in answer.content
