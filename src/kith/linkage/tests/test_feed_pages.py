"""The feeds pages, as those who look after feeds see them, and as nobody else does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.foundations.audit.models import AuditEvent
from kith.linkage.feeds.tests.making import MISSING, ROW, csv_file
from kith.linkage.loading.tests.loading import load
from kith.linkage.models import Delivery

__all__ = ["load"]
pytestmark = pytest.mark.django_db
AGENCIES = "avonmouth-police: {name: Avonmouth Police, kind: police}\n"


@pytest.fixture
def delivered(tmp_path: Path, settings: Any, load: Any) -> Delivery:
    """A delivery of three rows, one of them broken."""
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "missing.yaml").write_text(MISSING + "sharing_agreement: ISA-07\n")
    (folder / "agencies.yaml").write_text(AGENCIES)
    settings.FEEDS = [folder]
    rows = [ROW, ROW.replace("MP1", "MP2"), ROW.replace("MP1", "MP3").replace(";H;", ";X;")]
    load(csv_file(tmp_path, *rows), texts=(MISSING,), now=timezone.now())
    return Delivery.objects.get()


def page(client: Client, viewer: Any, address: str) -> BeautifulSoup:
    client.force_login(viewer)
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:500]
    return BeautifulSoup(answer.content, "html.parser")


def test_the_list_says_how_fresh_each_feed_is(client: Client, cast: Any, delivered: Delivery) -> None:
    shown = page(client, cast.gwen, "/feeds/").select_one("main")
    assert shown is not None
    row = shown.find("a", string="Missing person reports").find_parent("tr")
    cells = [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
    assert cells[:3] == ["Missing person reports", "Avonmouth Police", "Just now"]
    assert cells[4] == "1"


def test_a_silent_feed_is_said_to_be_silent(client: Client, cast: Any, delivered: Delivery) -> None:
    Delivery.objects.update(received_at=timezone.now() - timedelta(days=9))
    text = page(client, cast.gwen, "/feeds/?only=silent").get_text()
    assert "Silent Expected every day, last 9 days ago" in " ".join(text.split())


def test_a_feed_in_words_with_its_deliveries(client: Client, cast: Any, delivered: Delivery) -> None:
    text = " ".join(page(client, cast.gwen, "/feeds/police-missing/").get_text().split())
    assert "Each file has rows that are new or have changed" in text
    assert "ISA-07" in text
    assert "missing.csv" in text


def test_a_data_officer_reads_the_rejects_and_takes_them_away(client: Client, cast: Any, delivered: Delivery) -> None:
    text = " ".join(page(client, cast.gwen, f"/deliveries/{delivered.pk}/").get_text().split())
    assert 'RISK "X" is not among the agreed codes (H, M).' in text
    answer = client.get(f"/deliveries/{delivered.pk}/rejects.csv")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert b"MP3" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_taking_rejects_away_asks_for_the_password_again_after_some_minutes(
    client: Client, cast: Any, delivered: Delivery, settings: Any, time_machine: Any
) -> None:
    settings.DEMO, start, address = True, timezone.now(), f"/deliveries/{delivered.pk}/rejects.csv"
    asked_again = f"/accounts/reauthenticate/?next={quote_plus(address)}"
    cast.gwen.set_password("harbour lantern ropewalk")
    cast.gwen.save()
    signed_in = {"login": cast.gwen.email, "password": "harbour lantern ropewalk"}
    client.post("/accounts/login/", signed_in)
    assert client.get(address).status_code == 200
    time_machine.move_to(start + timedelta(minutes=11))
    assert client.get(address).url == asked_again  # type: ignore[attr-defined]
    assert client.get(f"/deliveries/{delivered.pk}/").status_code == 200, "reading them on the page asks for nothing"
    assert client.post(asked_again, signed_in).url == address  # type: ignore[attr-defined]
    assert client.get(address).status_code == 200
    assert AuditEvent.objects.filter(action="download-rejects").count() == 2
    client.logout()
    client.post("/demo/sign-in", {"person": cast.gwen.pk})
    time_machine.move_to(start + timedelta(minutes=29))
    assert client.get(address).status_code == 200, "who signs in with one click has no password to give again"


def test_who_may_not_read_rejects_is_refused_rather_than_asked_for_a_password(
    client: Client, cast: Any, delivered: Delivery
) -> None:
    client.force_login(cast.asha)
    assert client.get(f"/deliveries/{delivered.pk}/rejects.csv").status_code == 403


def test_a_manager_sees_the_account_but_no_rejected_row(client: Client, cast: Any, delivered: Delivery) -> None:
    manager = cast.gwen
    manager.role = "manager"
    manager.save()
    text = page(client, manager, f"/deliveries/{delivered.pk}/").get_text()
    assert "Data officers can read them" in text
    assert "MP3" not in text
    assert client.get(f"/deliveries/{delivered.pk}/rejects.csv").status_code in (403, 404)


def test_nobody_elses_page_and_nothing_where_nothing_is(client: Client, cast: Any, delivered: Delivery) -> None:
    client.force_login(cast.asha)
    assert client.get("/feeds/").status_code == 403
    client.force_login(cast.gwen)
    assert client.get("/feeds/no-such-feed/").status_code == 404
    assert client.get("/deliveries/99999999/").status_code == 404


def test_the_list_asks_no_more_queries_for_more_feeds(
    client: Client, cast: Any, delivered: Delivery, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.gwen)
    client.get("/feeds/")
    with django_assert_max_num_queries(16):
        client.get("/feeds/")
