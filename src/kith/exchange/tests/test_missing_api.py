"""Another agency's system tells that a child is missing, and is back: what it is answered, and what comes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kith.chronology.models import Entry
from kith.exchange.actions.keys import end_key
from kith.exchange.models import ApiCall, ApiKey, SentReport
from kith.exchange.tests.calling import REPORT, System, a_report, system_of
from kith.foundations.access.models import Agency
from kith.foundations.audit.models import AuditEvent
from kith.foundations.notices.models import Notice
from kith.missing.models import Account, Episode, Return
from kith.subjects.models import Person, Subject
from kith.subjects.search import refresh
from tests.support.cast import Cast, make_person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    child = make_person("Amara Osei", nhs_number="9434765919")
    refresh()
    return child


@pytest.fixture
def police(cast: Cast) -> System:
    return system_of(cast, cast.police)


def back(hours: float = 1, **fields: Any) -> dict[str, Any]:
    return {"back_at": (timezone.now() - hours * HOUR).isoformat(), **fields}


def test_a_report_stands_on_the_record_and_on_the_board(cast: Cast, amara: Subject, police: System) -> None:
    told = a_report(grade="high", harm_feared=["trafficking"], circumstances="Left after tea", missing_from="home")
    answer = police.send(REPORT, told)
    assert answer.status_code == 201
    episode = Episode.objects.get()
    assert episode.subject_id == amara.pk
    assert (episode.circumstances, episode.missing_from, episode.harm_feared) == (
        "Left after tea",
        "home",
        ["trafficking"],
    )
    account = Account.objects.get()
    assert (account.agency, account.number, account.came_by) == (cast.police, "MP/1", "api")
    assert answer.json()["state"] == "open"
    assert answer.json()["reference"] == episode.reference
    assert answer["Location"] == "/api/v1/missing/MP/1"
    assert Entry.objects.get(kind="missing-reported").written_by.agency == cast.police
    assert {notice.viewer for notice in Notice.objects.filter(once=f"missing:{episode.pk}")} >= {cast.quinn, cast.raj}


def test_a_return_lands_on_the_absence_and_ends_the_agencys_own_account(
    cast: Cast, amara: Subject, police: System
) -> None:
    police.send(REPORT, a_report())
    answer = police.send(f"{REPORT}/MP/1/return", back(found_by="police", harm_seen="A cut on her hand"))
    assert answer.status_code == 201
    assert answer.json()["state"] == "back"
    episode, account, word = Episode.objects.get(), Account.objects.get(), Return.objects.get()
    assert episode.back_at == account.back_at == word.back_at
    assert (word.found_by, word.harm_seen, word.account, word.agency) == (
        "police", "A cut on her hand", account, cast.police,
    )  # fmt: skip
    assert police.get(f"{REPORT}/MP/1").json() == answer.json()


def test_a_later_word_of_the_agency_stands_in_place_of_its_first(amara: Subject, police: System) -> None:
    police.send(REPORT, a_report())
    police.send(f"{REPORT}/MP/1/return", back(1))
    right = back(2)
    assert police.send(f"{REPORT}/MP/1/return", right).status_code == 201
    assert Episode.objects.get().back_at.isoformat() == right["back_at"].replace("Z", "+00:00")
    assert Return.objects.count() == 2
    assert police.send(f"{REPORT}/MP/1/return", right).status_code == 200
    assert Return.objects.count() == 2


@pytest.mark.parametrize(
    "child",
    [
        {"nhs_number": "943 476 5919"},
        {"nhs_number": "9434765919", "first_name": "Amy", "last_name": "OSEI", "date_of_birth": "2010-12-08"},
        {"first_name": "amara", "last_name": "osei", "date_of_birth": "2010-12-08", "postcode": "qx14qr"},
    ],
)
def test_one_certain_child_is_taken(amara: Subject, police: System, child: dict[str, str]) -> None:
    assert police.send(REPORT, a_report(child=child)).status_code == 201
    assert Episode.objects.get().subject_id == amara.pk


@pytest.mark.parametrize(
    ("child", "why"),
    [
        ({"first_name": "Amara", "last_name": "Osei"}, "without a date of birth"),
        ({"last_name": "Osei", "date_of_birth": "2010-12-08"}, "half a name"),
        ({"first_name": "Amara", "last_name": "Osei", "date_of_birth": "2010-12-09"}, "Nobody"),
        ({"first_name": "Amaro", "last_name": "Osei", "date_of_birth": "2010-12-08"}, "Nobody"),
        ({"nhs_number": "9434765919", "date_of_birth": "2011-12-08"}, "another date of birth"),
        ({"nhs_number": "9434765919", "first_name": "Leo", "last_name": "Grant"}, "another name"),
        ({"nhs_number": "9876543210", "first_name": "Amara", "last_name": "Osei", "date_of_birth": "2010-12-08"},
         "another NHS number"),
    ],
)  # fmt: skip
def test_whatever_is_not_certain_is_kept_and_the_desk_is_told(
    cast: Cast, amara: Subject, police: System, child: dict[str, str], why: str
) -> None:
    answer = police.send(REPORT, a_report(child=child))
    assert answer.status_code == 202
    assert answer.json()["reference"] is None
    report = SentReport.objects.get()
    assert why in report.why_not
    assert report.told["child"] == child
    assert not Episode.objects.exists()
    told = Notice.objects.filter(once=f"sent:{report.pk}")
    assert {notice.viewer for notice in told} == {cast.quinn, cast.raj}
    assert not any(name in notice.text for notice in told for name in ("Amara", "Osei", "MP/1"))


def test_two_records_an_adult_and_a_hidden_child_are_not_certain(amara: Subject, police: System) -> None:
    make_person("Amara Osei")
    assert police.send(REPORT, a_report()).status_code == 202
    Person.objects.update(is_child=False)
    assert police.send(REPORT, a_report("MP/2", child={"nhs_number": "9434765919"})).status_code == 202
    make_person("Leo Grant", headline=False)
    hidden = {"first_name": "Leo", "last_name": "Grant", "date_of_birth": "2010-12-08"}
    assert police.send(REPORT, a_report("MP/3", child=hidden)).status_code == 202


def test_the_same_call_again_has_the_same_answer_and_changes_nothing(amara: Subject, police: System) -> None:
    told = a_report()
    first, again = police.send(REPORT, told, once="one"), police.send(REPORT, told, once="one")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    assert Account.objects.count() == 1
    changed = police.send(REPORT, {**told, "told_by": "Somebody else"}, once="one")
    assert changed.status_code == 409
    assert police.send(f"{REPORT}/MP/1/return", told, once="one").status_code == 409
    assert ApiCall.objects.count() == 1


def test_a_number_is_one_absence(amara: Subject, police: System) -> None:
    told = a_report()
    police.send(REPORT, told)
    assert police.send(REPORT, told).status_code == 200
    assert police.send(REPORT, {**told, "told_by": "Somebody else"}).status_code == 409
    assert SentReport.objects.count() == 1


def test_another_agencys_number_is_not_there(cast: Cast, amara: Subject, police: System) -> None:
    police.send(REPORT, a_report())
    school = system_of(cast, cast.school)
    assert school.get(f"{REPORT}/MP/1").status_code == 404
    assert school.send(f"{REPORT}/MP/1/return", back()).status_code == 404
    assert school.send(REPORT, a_report()).status_code == 201
    assert Episode.objects.count() == 1
    assert Account.objects.count() == 2


def test_a_wrong_key_and_an_ended_one(cast: Cast, amara: Subject, police: System) -> None:
    key = ApiKey.objects.get()
    for wrong in ("", "kithkey_aaaaaaaa_" + "a" * 43, police.key[:-1] + "é", police.key.replace(key.handle, "aaaaaaaa"),
                  police.key[:-1] + ("a" if police.key[-1] != "a" else "b")):  # fmt: skip
        answer = System(wrong).send(REPORT, a_report())
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
    end_key(handle=key.handle, by=cast.loader, now=timezone.now())
    assert police.send(REPORT, a_report()).status_code == 403
    assert police.get(f"{REPORT}/MP/1").status_code == 403
    assert AuditEvent.objects.filter(action="refused", what__contains=key.handle).count() == 2
    assert not SentReport.objects.exists()


def test_an_agency_outside_the_partnership_may_not_report(cast: Cast, amara: Subject, police: System) -> None:
    Agency.objects.filter(pk=cast.police.pk).update(in_partnership=False)
    answer = police.send(REPORT, a_report())
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert "not in the partnership" in answer.json()["detail"]


def test_where_nobody_follows_missing_children_it_says_whom_to_ring(cast: Cast, amara: Subject, police: System) -> None:
    cast.missing.viewers.clear()
    type(cast.missing).objects.filter(pk=cast.missing.pk).update(work="")
    answer = police.send(REPORT, a_report())
    assert answer.status_code == 403
    assert "999" in answer.json()["detail"]


def test_a_key_may_not_call_too_often(cast: Cast, amara: Subject) -> None:
    system = system_of(cast, cast.police, per_minute=2)
    assert [system.get(f"{REPORT}/MP/1").status_code for _ in range(3)] == [404, 404, 429]
    answer = system.send(REPORT, a_report())
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    ApiKey.objects.update(minute_began=timezone.now() - timedelta(seconds=61))
    assert system.send(REPORT, a_report()).status_code == 201


def test_no_cookie_counts(cast: Cast, amara: Subject, police: System) -> None:
    police.client.force_login(cast.raj)
    assert police.send(REPORT, a_report()).status_code == 400
    assert police.client.post(REPORT, a_report(), content_type="application/json").status_code == 401
    assert not SentReport.objects.exists()


def test_an_answer_names_nobody_and_no_secret_is_kept(cast: Cast, amara: Subject, caplog: Any) -> None:
    police = system_of(cast, cast.police)
    answers = [
        police.send(REPORT, a_report()),
        police.send(REPORT, a_report("MP/2", child={"first_name": "Leo", "last_name": "Grant"})),
        police.send(f"{REPORT}/MP/1/return", back()),
        police.send(f"{REPORT}/MP/2/return", back()),
        police.get(f"{REPORT}/MP/2"),
        police.send(REPORT, a_report("MP/3", child={"first_name": "Amara", "nhs_number": "1"})),
    ]
    assert [answer.status_code for answer in answers] == [201, 202, 201, 202, 200, 422]
    for answer in answers:
        assert not any(name in answer.content.decode() for name in ("Amara", "Osei", "Leo", "Grant"))
    kept = str(list(ApiKey.objects.values())) + str(list(ApiCall.objects.values()))
    audit = str(list(AuditEvent.objects.values()))
    secret = police.key.split("_", 2)[2]
    for written in (kept, audit, caplog.text):
        assert secret not in written
    assert "Amara" not in audit


def test_calls_are_audited_as_the_agencys_own_system(cast: Cast, amara: Subject, police: System) -> None:
    police.send(REPORT, a_report())
    police.get(f"{REPORT}/MP/1")
    done = AuditEvent.objects.filter(viewer_name="Severnmouth police’s system").order_by("pk")
    assert {"send-missing", "report-missing", "read-sent"} <= {event.action for event in done}
    assert {event.agency for event in done} == {"Severnmouth police"}
