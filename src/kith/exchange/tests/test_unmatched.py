"""Reports that are matched to nobody: the missing desk says who is meant, sets aside, and undoes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.exchange.models import SentReport
from kith.exchange.tests.calling import REPORT, System, a_report, system_of
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.missing.actions import Back, Reported, report_missing, say_back
from kith.missing.actions.updates import say_update
from kith.missing.models import Account, Episode, Return
from kith.subjects.models import Headline, Person, Subject
from kith.subjects.search import refresh
from tests.support.cast import Cast, make_person

pytestmark = pytest.mark.django_db
PAGE = "/missing/unmatched"
HOUR = timedelta(hours=1)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    child = make_person("Amara Osei")
    refresh()
    return child


@pytest.fixture
def police(cast: Cast) -> System:
    return system_of(cast, cast.police)


@pytest.fixture
def raj(cast: Cast) -> Client:
    return signed_in(cast.raj)


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def sent(police: System, number: str = "MP/1", **child: str) -> SentReport:
    """A name spelt in another way, which is not certain."""
    told = {"first_name": "Amarah", "last_name": "Osei", "date_of_birth": "2010-12-08", **child}
    assert police.send(REPORT, a_report(number, child=told)).status_code == 202
    return SentReport.objects.get(number=number)


def back(police: System, number: str = "MP/1", **fields: Any) -> Any:
    return police.send(f"{REPORT}/{number}/return", {"back_at": (timezone.now() - HOUR).isoformat(), **fields})


def test_the_board_says_how_many_wait_and_the_list_names_nobody(cast: Cast, police: System, raj: Client) -> None:
    assert "Every report is matched" in raj.get(PAGE).content.decode()
    assert "not matched" not in raj.get("/missing/").content.decode()
    for number in ("MP/2", "MP/1"):
        sent(police, number)
    assert "2 reports by other systems are not matched." in raj.get("/missing/").content.decode()
    page = raj.get(PAGE).content.decode()
    assert page.index("MP/2") < page.index("MP/1")  # the oldest first
    assert "A O" in page
    assert "Amarah" not in page


def test_only_the_desk_sees_them(cast: Cast, police: System, raj: Client) -> None:
    report = sent(police)
    for who in (cast.raj, cast.quinn):
        assert signed_in(who).get(f"{PAGE}/{report.pk}").status_code == 200
    for who in (cast.asha, cast.dev, cast.pia, cast.ellis, cast.idris):
        assert signed_in(who).get(PAGE).status_code == 403
        assert signed_in(who).get(f"{PAGE}/{report.pk}").status_code == 403
        assert signed_in(who).post(f"{PAGE}/{report.pk}/new").status_code == 403
        with viewing_as(who):
            assert not SentReport.objects.exists()
    assert raj.get(f"{PAGE}/{report.pk + 99}").status_code == 404


def test_a_person_says_who_it_is_and_the_return_by_the_system_lands_on_it(
    cast: Cast, amara: Subject, police: System, raj: Client
) -> None:
    report = sent(police)
    page = BeautifulSoup(raj.get(f"{PAGE}/{report.pk}").content, "html.parser")
    assert "Amarah" in page.text
    assert page.select_one("input[name=subject]")["value"] == str(amara.pk)
    answer = raj.post(f"{PAGE}/{report.pk}/child", {"subject": amara.pk})
    episode = Episode.objects.get()
    assert answer["Location"] == f"/missing/{episode.pk}"
    assert episode.subject_id == amara.pk
    assert Account.objects.get().agency == cast.police
    assert police.get(f"{REPORT}/MP/1").json()["reference"] == episode.reference
    assert back(police).status_code == 201
    episode.refresh_from_db()
    assert episode.back_at is not None
    assert raj.post(f"{PAGE}/{report.pk}/child", {"subject": amara.pk}).status_code == 403
    assert Account.objects.count() == 1
    done = AuditEvent.objects.get(action="match-sent")
    assert (done.viewer_name, done.subjects) == ("Raj Singh", [amara.pk])


def test_a_return_that_came_first_is_kept_and_stands_once_the_child_is_known(
    cast: Cast, amara: Subject, police: System, raj: Client
) -> None:
    report = sent(police)
    assert back(police, found_by="police", harm_seen="A cut", found_at_place="Harbour").status_code == 202
    with viewing_as(cast.asha):
        now = timezone.now()
        again = Reported(amara.pk, cast.council.pk, "missing", now - timedelta(minutes=10))
        other = report_missing(reported=again, by=cast.asha, now=now)
    assert "stands on no absence yet" in raj.get(f"{PAGE}/{report.pk}").content.decode()
    raj.post(f"{PAGE}/{report.pk}/child", {"subject": amara.pk})
    episode = Episode.objects.exclude(pk=other.pk).get()  # it was over before she was missing again
    assert episode.back_at == SentReport.objects.get().back_at
    word = Return.objects.get(episode=episode)
    assert (word.found_by, word.harm_seen, word.place) == ("police", "A cut", "Harbour")
    assert Account.objects.get(episode=episode).told_at == episode.told_at == report.sent_at
    other.refresh_from_db()
    assert other.back_at is None


def test_nobody_on_record_begins_a_record(cast: Cast, police: System, raj: Client) -> None:
    report = sent(police, first_name="Leo", last_name="Grant", postcode="QX1 4QR")
    assert "Nobody on record" in raj.get(f"{PAGE}/{report.pk}").content.decode()
    raj.post(f"{PAGE}/{report.pk}/new")
    person = Person.objects.get(first_name="Leo")
    assert (person.last_name, person.postcode, person.is_child) == ("Grant", "QX1 4QR", True)
    assert Episode.objects.get().subject_id == person.pk
    raj.post(f"{PAGE}/{report.pk}/undo")
    assert not Headline.objects.filter(pk=person.pk).exists()
    assert Episode.objects.get().not_missing_because


def test_a_child_who_is_withheld_gets_no_second_record_and_undo_leaves_theirs(
    cast: Cast, police: System, raj: Client
) -> None:
    hidden = make_person("Wren Hollow", headline=False, date_of_birth=date(2011, 2, 3))
    refresh()
    report = sent(police, first_name="Wren", last_name="Hollow", date_of_birth="2011-02-03")
    raj.post(f"{PAGE}/{report.pk}/new")
    assert Subject.objects.filter(person__last_name="Hollow").count() == 1
    assert Episode.objects.get().subject == hidden
    raj.post(f"{PAGE}/{report.pk}/undo")
    assert Subject.objects.filter(pk=hidden.pk).exists()
    assert SentReport.objects.get().account is None


def test_it_is_set_aside_with_a_reason_and_undone(cast: Cast, police: System, raj: Client) -> None:
    report = sent(police)
    assert "There is a problem" in raj.post(f"{PAGE}/{report.pk}/aside", {"because": " "}).content.decode()
    assert raj.post(f"{PAGE}/{report.pk}/aside", {"because": "A test of their system"}).status_code == 302
    assert "Every report is matched" in raj.get(PAGE).content.decode()
    assert "A test of their system" in raj.get(f"{PAGE}?show=decided").content.decode()
    assert back(police).status_code == 202  # kept, whatever was decided
    assert raj.post(f"{PAGE}/{report.pk}/new").status_code == 403
    raj.post(f"{PAGE}/{report.pk}/undo")
    assert "MP/1" in raj.get(PAGE).content.decode()
    assert raj.post(f"{PAGE}/{report.pk}/undo").status_code == 403


def test_the_wrong_child_is_undone_and_the_right_one_taken(
    cast: Cast, amara: Subject, police: System, raj: Client
) -> None:
    other = make_person("Amarah Oseil")
    report = sent(police)
    raj.post(f"{PAGE}/{report.pk}/child", {"subject": other.pk})
    assert "Undo" in raj.get(f"{PAGE}/{report.pk}").content.decode()
    raj.post(f"{PAGE}/{report.pk}/undo")
    raj.post(f"{PAGE}/{report.pk}/child", {"subject": amara.pk})
    wrong, right = Episode.objects.get(subject=other), Episode.objects.get(subject=amara)
    assert wrong.not_missing_because
    assert not right.not_missing_because
    assert Account.objects.filter(withdrawn_at=None).get().subject_id == amara.pk
    assert police.get(f"{REPORT}/MP/1").json()["reference"] == right.reference


def test_what_the_rule_put_on_a_record_is_undone_too_and_other_accounts_stay(
    cast: Cast, amara: Subject, police: System, raj: Client
) -> None:
    now = timezone.now()
    gone = Reported(amara.pk, cast.council.pk, "missing", now - 6 * HOUR)
    episode = report_missing(reported=gone, by=cast.asha, now=now - HOUR)
    assert police.send(REPORT, a_report()).status_code == 201
    report = SentReport.objects.get()
    assert Episode.objects.count() == 1
    raj.post(f"{PAGE}/{report.pk}/undo")
    episode.refresh_from_db()
    assert not episode.not_missing_because
    assert Account.objects.filter(withdrawn_at=None).get().agency == cast.council
    assert "MP/1" in raj.get(PAGE).content.decode()


@pytest.mark.parametrize("what", ["update", "return", "system"])
def test_once_something_followed_it_is_not_undone(
    cast: Cast, amara: Subject, police: System, raj: Client, what: str
) -> None:
    report = sent(police)
    raj.post(f"{PAGE}/{report.pk}/child", {"subject": amara.pk})
    episode, now = Episode.objects.get(), timezone.now()
    if what == "update":
        say_update(episode_id=episode.pk, text="Looking", by=cast.raj, now=now)
    elif what == "return":
        say_back(episode_id=episode.pk, back=Back(now - HOUR), by=cast.raj, now=now)
    else:
        back(police)
    assert "Something has followed" in raj.get(f"{PAGE}/{report.pk}").content.decode()
    assert raj.post(f"{PAGE}/{report.pk}/undo").status_code == 403
    assert SentReport.objects.get().account is not None


@pytest.mark.parametrize("said", ["", "x", "-1", "9" * 30, "²", "0"])
def test_a_choice_that_was_not_offered_is_no_choice(
    cast: Cast, amara: Subject, police: System, raj: Client, said: str
) -> None:
    report = sent(police)
    assert raj.post(f"{PAGE}/{report.pk}/child", {"subject": said}).status_code == 302
    assert not Episode.objects.exists()


def test_a_child_whom_the_viewer_may_not_know_is_no_choice(cast: Cast, police: System, raj: Client) -> None:
    hidden = make_person("Leo Grant", headline=False)
    refresh()
    report = sent(police, first_name="Leo", last_name="Grant")
    assert "This is Leo" not in raj.get(f"{PAGE}/{report.pk}").content.decode()
    raj.post(f"{PAGE}/{report.pk}/child", {"subject": hidden.pk})
    assert not Episode.objects.exists()


def test_a_day_of_birth_that_is_one_out_does_not_hide_the_child(
    cast: Cast, amara: Subject, police: System, raj: Client
) -> None:
    report = sent(police, first_name="Amara", date_of_birth="2010-12-09")
    assert "This is Amara Osei" in raj.get(f"{PAGE}/{report.pk}").content.decode()


def test_somebody_else_is_looked_for(cast: Cast, amara: Subject, police: System, raj: Client) -> None:
    report = sent(police, first_name="Somebody", last_name="Quite-Other")
    assert "This is Amara" not in raj.get(f"{PAGE}/{report.pk}").content.decode()
    typed = {"name": "Amara Osei", "born-day": "8", "born-month": "12", "born-year": "2010"}
    assert "This is Amara Osei" in raj.get(f"{PAGE}/{report.pk}", typed).content.decode()


def test_a_code_that_has_left_the_lists_since_is_still_read(
    cast: Cast, amara: Subject, police: System, raj: Client
) -> None:
    report = sent(police)
    back(police)
    report.refresh_from_db()
    gone = {"grade": "ungraded", "missing_from": "caravan", "harm_feared": ["cold"]}
    SentReport.objects.update(told={**report.told, **gone}, back={**report.back, "found_by": "a-dog"})
    page = raj.get(f"{PAGE}/{report.pk}").content.decode()
    assert all(word.lower() in page.lower() for word in ("ungraded", "caravan", "cold", "a-dog"))
    assert raj.post(f"{PAGE}/{report.pk}/child", {"subject": amara.pk}).status_code == 302
    assert Episode.objects.get().missing_from == "caravan"


def test_many_are_paged(cast: Cast, police: System, raj: Client) -> None:
    for number in range(30):
        sent(police, f"MP/{number}")
    assert "30 reports" in raj.get(PAGE).content.decode()
    assert "MP/29" in raj.get(f"{PAGE}?page=2").content.decode()
