"""Calls whose fields could not be taken: kept as they came, told of, put right or set aside, and never doubled."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kith.exchange.models import RefusedCall, SentReport
from kith.exchange.tests.calling import REPORT, System, a_report, system_of
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.notices.models import Notice
from kith.missing.models import Episode
from kith.subjects.models import Subject
from tests.support.cast import Cast, make_person

pytestmark = pytest.mark.django_db
HOSTILE = [b'{"a\\u0000": 1}', b'{"number": "\\ud800"}', b"[]", b'"MP/1"', b'{"number": "a\\u0000"}']


@pytest.fixture
def police(cast: Cast) -> System:
    return system_of(cast, cast.police)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    return make_person("Amara Osei")


def page(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(viewer)
    return client


def test_what_could_not_be_taken_is_kept_as_it_came_and_data_officers_are_told_once(
    cast: Cast, police: System, amara: Subject
) -> None:
    wrong = a_report(kind="vanished")
    for _ in range(2):
        assert police.send(REPORT, wrong).status_code == 422
    kept = RefusedCall.objects.get()
    assert (json.loads(kept.body), kept.times, kept.number) == (wrong, 2, "MP/1")
    assert list(kept.reasons) == ["kind"]
    assert not SentReport.objects.exists()
    notice = Notice.objects.get(viewer=cast.gwen, about=f"refused:{kept.pk}")
    assert "Amara" not in notice.text
    assert police.key.rpartition("_")[2] not in str(
        list(RefusedCall.objects.values()) + list(AuditEvent.objects.values())
    )


def test_only_data_officers_see_it(cast: Cast, police: System) -> None:
    police.send(REPORT, a_report(kind="vanished"))
    for viewer in cast.everybody():
        with viewing_as(viewer):
            assert RefusedCall.objects.exists() == (viewer == cast.gwen), viewer
    number = RefusedCall.objects.get().pk
    assert page(cast.raj).get("/calls/refused").status_code == 403
    shown = page(cast.gwen).get(f"/calls/refused/{number}").content.decode()
    assert "“kind”" in shown
    assert "Missing persons system" in shown
    assert "MP/1" in page(cast.gwen).get("/calls/refused").content.decode()
    assert AuditEvent.objects.filter(action="read-refused", viewer_id=cast.gwen.pk).count() == 1


def test_put_right_it_is_the_agencys_report(cast: Cast, police: System, amara: Subject) -> None:
    police.send(REPORT, a_report(kind="vanished"))
    call = RefusedCall.objects.get()
    address = f"/calls/refused/{call.pk}"
    still = page(cast.gwen).post(address, {"body": json.dumps(a_report(kind="gone"))})
    assert still.status_code == 422
    assert "“kind”" in still.content.decode()
    assert "not JSON" not in still.content.decode()
    assert page(cast.gwen).post(address, {"body": "{"}).status_code == 422
    assert not Episode.objects.exists()
    for _ in range(2):
        answer = page(cast.gwen).post(address, {"body": json.dumps(a_report())})
    assert answer.status_code == 403, "put right twice"
    report = SentReport.objects.get()
    assert (report.agency, report.sent_by.email) == (
        cast.police,
        "api.severnmouth-police@" + report.sent_by.email.split("@")[1],
    )
    assert Episode.objects.get().subject == amara
    call.refresh_from_db()
    assert (call.became, call.decided_by) == (report, cast.gwen)
    assert "vanished" in call.body
    assert AuditEvent.objects.get(action="put-refused-right").viewer_id == cast.gwen.pk
    assert police.send(REPORT, a_report() | report.told).status_code == 200


def test_sent_again_as_it_should_be_it_waits_no_more(cast: Cast, police: System, amara: Subject) -> None:
    police.send(REPORT, a_report(kind="vanished"))
    police.send(REPORT, a_report("MP/2", kind="vanished"))
    assert police.send(REPORT, a_report()).status_code == 201
    assert list(RefusedCall.objects.filter(decided_at=None).values_list("number", flat=True)) == ["MP/2"]
    assert "sent it again" in page(cast.gwen).get("/calls/refused?show=decided").content.decode()


def test_a_return_that_was_refused_is_put_right_as_a_return(cast: Cast, police: System, amara: Subject) -> None:
    police.send(REPORT, a_report())
    long_ago = (timezone.now() - timedelta(days=9)).isoformat()
    assert police.send(f"{REPORT}/MP/1/return", {"back_at": long_ago}).status_code == 422
    call = RefusedCall.objects.get()
    assert (call.of_return, call.number) == (True, "MP/1")
    soon = (timezone.now() - timedelta(hours=1)).isoformat()
    answer = page(cast.gwen).post(f"/calls/refused/{call.pk}", {"body": json.dumps({"back_at": soon})})
    assert answer.status_code == 302
    assert Episode.objects.get().back_at is not None


def test_set_aside_it_says_why_and_by_whom(cast: Cast, police: System) -> None:
    police.send(REPORT, {"number": 7})
    number = RefusedCall.objects.get().pk
    assert page(cast.gwen).post(f"/calls/refused/{number}/aside", {"because": " "}).status_code == 422
    page(cast.gwen).post(f"/calls/refused/{number}/aside", {"because": "A test of their system"})
    assert "A test of their system" in page(cast.gwen).get("/calls/refused?show=decided").content.decode()
    assert not SentReport.objects.exists()


@pytest.mark.parametrize(
    "body", [b'{"a\\u0000": 1}', b'{"number": "\\ud800"}', b"[]", b'"MP/1"', b'{"number": "a\\u0000"}']
)
def test_whatever_could_not_be_taken_is_kept_and_shown(cast: Cast, police: System, body: bytes) -> None:
    status = police.send(REPORT, body).status_code
    assert status in {400, 422}
    assert RefusedCall.objects.count() == (status == 422)
    for call in RefusedCall.objects.all():
        assert page(cast.gwen).get(f"/calls/refused/{call.pk}").status_code == 200
