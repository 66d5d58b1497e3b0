"""The desk: mine, what is new for me, and the way to work for those who read no records."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.foundations.access.actions import break_glass
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record, seal
from kith.foundations.audit.models import AuditEvent
from kith.linkage.models import Delivery
from kith.subjects.models import Subject
from tests.architecture.planted import PLANTED, plant
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


def lines_of(page: BeautifulSoup) -> list[tuple[str, list[str]]]:
    """Each child's name and what is new about them, as the desk has it."""
    return [
        (one.select_one(".kith-news__name").text, [" ".join(line.text.split()) for line in one.select("li")])
        for one in page.select(".kith-news__one")
    ]


def test_news_is_a_child_at_a_time_with_what_is_significant_first(client: Client, cast: Cast) -> None:
    now = timezone.now()
    amara, leo, mia = make_person("Amara Osei"), make_person("Leo Whitcombe"), make_person("Mia Brand")
    for child in (amara, leo, mia):
        let_in(child, cast.asha, now=now - timedelta(days=30))
    lately = {"on": now.date(), "written_by": cast.ben}
    make_entry("Came in late", leo, recorded_at=now - timedelta(hours=1), **lately)
    make_entry("Was at school", amara, recorded_at=now - timedelta(hours=5), **lately)
    make_entry("Had lunch", amara, recorded_at=now - timedelta(hours=4), **lately)
    make_entry("Was taken to hospital", amara, significant=True, recorded_at=now - timedelta(hours=6), **lately)
    make_entry("Long ago", mia, on=date(2020, 1, 1), recorded_at=now, written_by=cast.ben)
    found = lines_of(desk_of(client, cast.asha))
    assert [name for name, _ in found] == ["Amara Osei", "Leo Whitcombe"]
    amaras = found[0][1]
    assert amaras[0].startswith("Significant Note: Was taken to hospital")
    assert amaras[1].startswith("2 new entries: note")


def test_only_what_came_since_the_last_look_is_news_and_never_ones_own(client: Client, cast: Cast) -> None:
    now = timezone.now()
    amara = make_person("Amara Osei")
    let_in(amara, cast.asha, cast.ben, now=now - timedelta(days=30))
    make_entry("Before", amara, on=now.date(), recorded_at=now - timedelta(hours=2), written_by=cast.ben)
    assert lines_of(desk_of(client, cast.asha))
    assert "Nothing has come" in desk_of(client, cast.ben).text
    assert client.get(f"/records/{amara.pk}/").status_code == 200  # Ben's look, which is not Asha's
    assert lines_of(desk_of(client, cast.asha))
    client.get(f"/records/{amara.pk}/")
    page = desk_of(client, cast.asha)
    assert not lines_of(page)
    assert "Nothing has come since you last opened each of your records." in page.text
    make_entry("After", amara, on=now.date(), recorded_at=timezone.now(), written_by=cast.ben)
    assert lines_of(desk_of(client, cast.asha))[0][0] == "Amara Osei"


def test_much_news_is_a_page_with_the_way_to_more(client: Client, cast: Cast) -> None:
    now = timezone.now()
    for number in range(11):
        child = make_person(f"Child {number}")
        let_in(child, cast.asha, now=now - timedelta(days=30))
        make_entry("Seen", child, on=now.date(), recorded_at=now, written_by=cast.ben)
    page = desk_of(client, cast.asha)
    assert len(lines_of(page)) == 8
    more = page.find("a", string="Show more")["href"]
    assert len(lines_of(desk_of(client, cast.asha, news=more.removeprefix("?news=").removesuffix("#news")))) == 11
    assert len(lines_of(desk_of(client, cast.asha, news="9" * 40))) == 8


def duties(page: BeautifulSoup) -> dict[str, str]:
    return {one.find("h2").text: " ".join(one.text.split()) for one in page.select(".kith-ticket")}


def test_a_data_officer_sees_matches_silent_feeds_and_rejects(
    client: Client, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.DELIVERIES, settings.CUTS = tmp_path, tmp_path / "cuts"
    empty = duties(desk_of(client, cast.gwen))
    assert "No match waits for a decision." in empty["Matches to decide"]
    plant(cast)
    Delivery.objects.create(feed="annex-a-contacts", file_name="old.csv", sha256="1" * 64, bytes=1, state="loaded",
                            received_at=timezone.now() - timedelta(days=900), brought_by=cast.loader)  # fmt: skip
    page = desk_of(client, cast.gwen)
    found = duties(page)
    assert "1 match that may be about a child, 1 request to part records" in found["Matches to decide"]
    assert "1 row rejected" in found["Deliveries with rejected rows"]
    assert page.find("a", href="/matches/")
    assert page.find("a", href=f"/deliveries/{Delivery.objects.get(rows_rejected=1).pk}/")
    assert not set(PLANTED) & set(page.text.split())


def test_an_auditor_sees_glass_to_review_and_the_last_seal(client: Client, cast: Cast) -> None:
    assert "Never sealed yet." in duties(desk_of(client, cast.ellis))["The seal of who looked"]
    glass(cast, make_person())
    seal(timezone.now())
    found = duties(desk_of(client, cast.ellis))
    assert "1 time somebody opened a record outside their work" in found["Broken glass to review"]
    assert "Farah Aziz" in found["Broken glass to review"]
    assert "Last sealed today" in found["The seal of who looked"]


def test_where_sealing_has_stopped_the_auditor_reads_it_at_once(client: Client, cast: Cast) -> None:
    record(viewer=cast.asha, action="search", now=timezone.now() - timedelta(hours=2))
    assert "is the worker running?" in duties(desk_of(client, cast.ellis))["The seal of who looked"]


def test_a_manager_sees_glass_that_is_hers_to_review(client: Client, cast: Cast) -> None:
    amara, other = make_person(), make_person("Leo Whitcombe")
    let_in(amara, cast.east)
    glass(cast, amara)
    glass(cast, other)
    assert duties(desk_of(client, cast.hana))["Broken glass to review"].startswith("Broken glass to review 1 time")
    assert not duties(desk_of(client, cast.asha))


def glass(cast: Cast, subject: Subject) -> None:
    with viewing_as(cast.farah):
        words = {"reason": "She is at the desk now and afraid to go home.", "now": timezone.now()}
        break_glass(viewer=cast.farah, subject_id=subject.pk, scope=subject.scope, **words)


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
