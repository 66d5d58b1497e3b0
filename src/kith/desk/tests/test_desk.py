"""The desk: mine, what is new for me, and the way to work for those who read no records."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.foundations.access.actions import break_glass
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from tests.support.cast import Cast, let_in, make_entry, make_group, make_person, make_place
from tests.support.lives import make_life

pytestmark = pytest.mark.django_db


def desk_of(client: Client, viewer, **asked: str) -> BeautifulSoup:  # type: ignore[no-untyped-def]
    client.force_login(viewer)
    response = client.get("/", asked)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main")


def test_mine_are_those_that_my_work_opened(client: Client, cast: Cast) -> None:
    mine, team, other = make_person("Amara Osei"), make_group(), make_person("Leo Whitcombe")
    let_in(mine, cast.asha)
    let_in(team, cast.east)
    let_in(other, cast.carol)
    make_entry("Told us where she goes", mine, significant=True)
    said = desk_of(client, cast.asha).text
    assert "Amara Osei" in said
    assert "Friday night at the park" in said
    assert "Told us where she goes" in said
    assert "Leo" not in said


def test_a_broken_glass_is_a_visit_and_not_mine_and_the_worker_hears_of_it(client: Client, cast: Cast) -> None:
    amara = make_person()
    let_in(amara, cast.asha, now=timezone.now() - timedelta(days=30))
    with viewing_as(cast.farah):
        words = {"reason": "She is at the desk now and afraid to go home.", "now": timezone.now()}
        break_glass(viewer=cast.farah, subject_id=amara.pk, scope=amara.scope, **words)
    assert "Amara" not in desk_of(client, cast.farah).text
    news = desk_of(client, cast.asha).select_one(".kith-news").text
    assert "Farah Aziz opened this record outside their work" in news


def test_agencies_that_disagree_about_my_child_are_news(client: Client, cast: Cast) -> None:
    make_life(cast, months=1)
    news = desk_of(client, cast.asha).select_one(".kith-news").text
    assert "Agencies disagree about last name and date of birth" in news


def test_lately_opened_to_me_is_news_and_long_ago_is_not(client: Client, cast: Cast) -> None:
    let_in(make_person("Amara Osei"), cast.asha, now=timezone.now() - timedelta(hours=3))
    let_in(make_person("Leo Whitcombe"), cast.asha, now=timezone.now() - timedelta(days=30))
    news = desk_of(client, cast.asha).select_one(".kith-news").text
    assert "Amara Osei" in news
    assert "3 hours ago" in news
    assert "Leo" not in news


def test_with_nothing_open_it_says_what_will_stand_here(client: Client, cast: Cast) -> None:
    said = desk_of(client, cast.farah).text
    assert "No record is open to you yet" in said
    assert "Use the search above" in said


@pytest.mark.parametrize(("who", "way"), [("gwen", "/matches/"), ("ellis", "/audit/"), ("idris", "/staff/")])
def test_who_reads_no_records_gets_the_way_to_their_work(client: Client, cast: Cast, who: str, way: str) -> None:
    let_in(make_person(), getattr(cast, who))
    page = desk_of(client, getattr(cast, who))
    assert page.find("a", href=way)
    assert "Amara" not in page.text


def test_more_than_a_page_is_counted_and_shown_when_asked_for(client: Client, cast: Cast) -> None:
    for number in range(52):
        let_in(make_place(f"Place {number:02d}", headline=False), cast.asha)
    assert "Place 51" not in desk_of(client, cast.asha).text
    assert "Show all 52" in desk_of(client, cast.asha).text
    assert "Place 51" in desk_of(client, cast.asha, all="yes").text


def test_the_desk_is_a_look_and_is_written_down(client: Client, cast: Cast) -> None:
    amara = make_person(date_of_birth=date(2011, 1, 1))
    let_in(amara, cast.asha)
    desk_of(client, cast.asha)
    assert AuditEvent.objects.get(action="read-desk").subjects == [amara.pk]
