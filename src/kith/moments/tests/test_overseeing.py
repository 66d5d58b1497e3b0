"""Offers against needs, alerts, champions: counts that name nobody, and directories that say what is missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.notices.actions import News, tell
from kith.moments.actions import responding
from kith.moments.actions.champions import Named, end_champion, name_champion, renew_champion
from kith.moments.models import Champion
from kith.moments.queries.offers import Part, offers
from kith.moments.rules.small import share, shown
from kith.moments.tests.telling import on_call
from kith.moments.tests.telling import tell as tell_of
from tests.support.cast import NOW, Cast, make_circle, make_entry, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def at_four() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def child(number: int, harm: str, supported: bool = False, born: date = date(2009, 1, 1), **fields: Any) -> Any:
    subject = make_person(f"Child {number}", date_of_birth=born, **fields)
    make_entry("Flag", subject, kind="exploitation-flag", on=date(2026, 3, 1), details={"harm": harm})
    if supported:
        details = {"harm": harm, "allocated": "2026-06-01"}
        make_entry("Help", subject, kind="specialist-support", on=date(2026, 5, 1), details=details)
    return subject


def test_small_numbers_are_withheld_and_what_would_tell_them_too() -> None:
    assert [shown(n) for n in (0, 1, 4, 5)] == ["0", "fewer than 5", "fewer than 5", "5"]
    assert [share(5, 10), share(4, 10), share(7, 10), share(10, 10), share(0, 4)] == ["50%", "", "", "100%", ""]


def test_who_got_help_by_kind_of_harm(cast: Cast) -> None:
    for number in range(12):
        child(number, "sexual exploitation" if number < 6 else "criminal exploitation", supported=number < 5)
    child(99, "criminal exploitation", in_care_since=date(2026, 1, 1))
    make_entry(
        "Old", make_person("Child 100"), kind="exploitation-flag", on=date(2023, 1, 1), details={"harm": "sexual"}
    )
    found = offers(NOW)
    assert found.supported == Part("Children with exploitation on record", 13, 5)
    assert found.by_harm == (Part("Sexual exploitation", 6, 5), Part("Criminal exploitation", 7, 0))
    assert found.by_age[2:] == (Part("18 to 20", 0, 0), Part("21 and over", 0, 0))
    assert [one.whole for one in found.mind_in_care] == [1, 12]


def test_the_wait_for_mental_health_help_of_those_from_16_to_25(cast: Cast) -> None:
    for number, days in enumerate((10, 20, 90)):
        subject = child(number, "sexual exploitation", born=date(2008, 1, 1))
        make_entry("Asked", subject, kind="mental-health-referral", on=date(2026, 1, 1))
        make_entry("Seen", subject, kind="mental-health-first-seen", on=date(2026, 1, 1) + timedelta(days=days))
    make_entry("Asked", child(9, "sexual exploitation", born=date(2008, 1, 1)), kind="mental-health-referral",
               on=date(2026, 2, 1))  # fmt: skip
    make_entry("Asked", child(10, "sexual exploitation", born=date(2014, 1, 1)), kind="mental-health-referral",
               on=date(2026, 2, 1))  # fmt: skip
    found = offers(NOW).mind
    assert (found.referred, found.seen, found.median_days) == (4, 3, 20)


def test_what_was_offered_counts_once_with_its_latest_answer_and_ringing_back_in_time(cast: Cast) -> None:
    on_call(cast, cast.sol)
    moments = [tell_of(cast), tell_of(cast)]
    with viewing_as(cast.sol):
        for answer in ("thinking", "accepted"):
            responding.offer(moment_id=moments[0].pk, service="mentor", answer=answer, by=cast.sol, now=NOW)
        responding.call_back(moment_id=moments[0].pk, by=cast.sol, now=NOW + timedelta(minutes=5))
        responding.call_back(moment_id=moments[1].pk, by=cast.sol, now=NOW + timedelta(minutes=65))
    found = offers(NOW + timedelta(hours=2))
    mentor = next(one for one in found.offered if one.name == "A mentor")
    assert (mentor.asked, mentor.had, mentor.waiting) == (1, 1, 0)
    assert (found.rung_back, found.rung_back_at_night.whole) == (Part("8 am to 11 pm", 2, 1), 0)


def test_the_page_and_its_file_withhold_small_numbers(cast: Cast) -> None:
    for number in range(3):
        child(number, "sexual exploitation", supported=True)
    client = signed_in(cast.sol)
    page, file = client.get("/moments/offers").content.decode(), client.get("/moments/offers.csv").content.decode()
    for said in (page, file):
        assert "fewer than 5" in said
        assert "Child 1" not in said
    assert signed_in(cast.asha).get("/moments/offers").status_code == 403


def test_a_manager_reads_how_often_each_of_the_team_was_rung(cast: Cast, settings: Any) -> None:
    settings.KITH_PUSHES_A_DAY = 1
    for number in range(3):
        news = News(f"Number {number}", "/", "x", f"once:{number}", urgent=True)
        tell(viewers=[cast.asha], news=news, scope=make_circle(), now=NOW)
    page = " ".join(signed_in(cast.hana).get("/moments/alerts").content.decode().split())
    row = page.split("Asha Rahman")[1].split("</tr>")[0]
    assert [int(word) for word in row.replace("<", " ").replace(">", " ").split() if word.isdigit()] == [1, 2]
    assert "Sol Adeyemi" not in page
    assert signed_in(cast.asha).get("/moments/alerts").status_code == 403


def test_an_agency_keeps_its_own_champions(cast: Cast) -> None:
    named = Named("school", "Carol Price", "01632 960103", TODAY + timedelta(days=1), "Safeguarding lead")
    with viewing_as(cast.carol):
        champion = name_champion(named=named, by=cast.carol, now=NOW)
    with viewing_as(cast.asha), pytest.raises(NotAllowed, match="keeps its own champions"):
        end_champion(champion=champion, by=cast.asha, now=NOW)
    with viewing_as(cast.carol):
        renew_champion(champion=champion, by=cast.carol, now=NOW)
    champion.refresh_from_db()
    assert champion.valid_until == TODAY + timedelta(days=365)
    with viewing_as(cast.dev), pytest.raises(NotAllowed):
        name_champion(named=named, by=cast.dev, now=NOW)
    with viewing_as(cast.dev):
        assert not Champion.objects.exists()


def test_the_directory_says_who_is_missing_and_who_is_overdue(cast: Cast) -> None:
    named = Named("custody", "Kofi Mensah", "01632 960101", TODAY - timedelta(days=30))
    name_champion(named=named, by=cast.kofi, now=NOW)
    page = signed_in(cast.carol).get("/champions/").content.decode()
    assert "Was to be confirmed by 4 Oct 2026: overdue" in page
    assert "Nobody is named." in page
    answers = {"kind": "school", "name": "Carol Price", "job_title": "", "phone": "01632 960103",
               "valid_until-day": "1", "valid_until-month": "9", "valid_until-year": "2027"}  # fmt: skip
    page = signed_in(cast.carol).post("/champions/new", answers, follow=True).content.decode()
    assert "Until 1 Sep 2027" in page
    champion = Champion.objects.get(kind="school")
    assert (
        "Nobody is named" in signed_in(cast.carol).post(f"/champions/{champion.pk}/end", follow=True).content.decode()
    )
