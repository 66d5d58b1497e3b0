"""A child on a register of protected addresses: no headline, whoever knows her; her circle is warned."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.linkage.actions import judge, withdraw
from kith.linkage.models import SourceRecord
from kith.linkage.queries.protection import DO_NOT_DISCLOSE
from kith.linkage.settling import feed_words
from kith.linkage.settling.feed_words import PROTECTED_ADDRESS, FeedWords
from kith.linkage.settling.run import after_loading, settle
from kith.subjects.models import Headline, Reference, Subject
from kith.subjects.search import understand
from kith.subjects.search.queries import find
from tests.support.cast import NOW, Cast

from .delivered import says, works_with
from .everything import everything_shown

pytestmark = pytest.mark.django_db
SCHOOL = FeedWords("school-feed", "School roll", "harbour-view")
REGISTER = FeedWords("register-feed", "Protected addresses", "council", known_existence=False)
APART = FeedWords("register-feed", "Protected", "council", restricted=PROTECTED_ADDRESS, known_existence=False)
ISLA = {
    "first_name": "Isla",
    "last_name": "Hartnell",
    "date_of_birth": "2011-05-06",
    "postcode": "QX13 9ZZ",
    "address": "2 Withheld Lane",
    "nhs_number": "9990000018",
}
ASKED = ("Isla Hartnell 6/5/2011", "QX13 9ZZ", "2 Withheld Lane", "Isla QX13 9ZZ", "Isla Hartnell 15", "9990000018")


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME = tmp_path
    use(monkeypatch, SCHOOL, REGISTER)


def use(monkeypatch: pytest.MonkeyPatch, *feeds: FeedWords) -> None:
    monkeypatch.setattr(feed_words, "_words", lambda known: {words.feed: words for words in feeds})


def settled(cast: Cast, *, whole: bool = False, delivery_ids: list[int] | None = None) -> None:
    settle(by=cast.loader, now=NOW, whole=whole)
    after_loading(delivery_ids=delivery_ids, by=cast.loader, now=NOW)


def isla() -> Subject:
    return Subject.objects.get(name="Isla Hartnell", joined_into=None)


def found(viewer: Viewer | None, text: str) -> list[str]:
    with viewing_as(viewer):
        return [one.tier for one in find(understand(text, today=date(2026, 11, 3)), today=date(2026, 11, 3))]


@pytest.mark.parametrize("register", [REGISTER, APART])
def test_other_feeds_that_know_her_give_her_no_headline(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, register: FeedWords
) -> None:
    use(monkeypatch, SCHOOL, register)
    says("school", "5", **ISLA)
    says("register", "PA1", **ISLA)
    settled(cast)
    assert Reference.objects.filter(subject=isla()).count() == 2
    assert not Headline.objects.exists()


def test_the_headline_goes_with_the_linking_that_puts_her_on_the_register(cast: Cast) -> None:
    says("school", "5", **ISLA)
    settled(cast)
    assert Headline.objects.get().pk == isla().pk
    says("register", "PA1", **ISLA)
    settle(by=cast.loader, now=NOW)
    assert not Headline.objects.exists()


def test_it_comes_back_when_the_protection_ends_and_goes_when_it_begins_again(cast: Cast) -> None:
    says("school", "5", **ISLA)
    says("register", "PA1", **ISLA)
    settled(cast)
    register = SourceRecord.objects.filter(feed="register-feed")
    register.update(ended_at=NOW)
    settled(cast, delivery_ids=[])
    assert Headline.objects.get().pk == isla().pk
    register.update(ended_at=None)
    settled(cast, delivery_ids=[])
    assert not Headline.objects.exists()


def test_a_decision_that_joins_or_parts_her_and_her_place_on_the_register_is_followed_at_once(cast: Cast) -> None:
    school = says("school", "5", **ISLA)
    register = says("register", "PA1", first_name="I", last_name="H", date_of_birth="2009-01-30")
    settled(cast)
    before = everything_shown()
    assert Headline.objects.count() == 1
    judgement = judge(left=school.pk, right=register.pk, verdict="same", reason="", by=cast.gwen, now=NOW)
    assert not Headline.objects.exists()
    settled(cast, whole=True)
    assert not Headline.objects.exists()
    withdraw(judgement=judgement, reason="", by=cast.gwen, now=NOW + timedelta(minutes=3))
    assert everything_shown() == before


def test_nobody_outside_her_circle_finds_her_by_name_number_or_address(cast: Cast) -> None:
    school = says("school", "5", **ISLA)
    says("register", "PA1", **ISLA)
    settle(by=cast.loader, now=NOW)
    works_with(school, cast.council, cast.asha.email)
    after_loading(delivery_ids=None, by=cast.loader, now=NOW)
    for text in ASKED:
        for viewer in (cast.ben, cast.carol, cast.farah, cast.gwen, cast.ellis, cast.dev, None):
            assert found(viewer, text) == [], text
        assert found(cast.asha, text) == ["full"], text


def test_an_address_is_no_way_to_somebody_who_is_only_a_headline(cast: Cast) -> None:
    says("school", "5", **ISLA)
    settled(cast)
    assert found(cast.ben, "Isla Hartnell 6/5/2011") == ["headline"]
    for text in ("QX13 9ZZ", "2 Withheld Lane", "Isla QX13 9ZZ"):
        assert found(cast.ben, text) == []
    assert "QX13" not in str(Headline.objects.values())
    assert "Withheld" not in str(Headline.objects.values())


def test_a_search_does_not_say_that_an_address_is_right_to_whoever_has_only_the_headline(
    client: Client, cast: Cast
) -> None:
    school = says("school", "5", **ISLA)
    settle(by=cast.loader, now=NOW)
    works_with(school, cast.council, cast.asha.email)
    after_loading(delivery_ids=None, by=cast.loader, now=NOW)
    for viewer, told in ((cast.asha, True), (cast.ben, False)):
        client.force_login(viewer)
        page = client.get(reverse("search"), {"q": "Isla Hartnell 6/5/2011 QX13 9ZZ"}).content.decode()
        assert "Hartnell" in page
        assert ("address fits" in page) is told


@pytest.mark.parametrize("name", ["record", "record-chronology", "record-print", "record-involved", "record-links"])
def test_the_bar_warns_her_circle_and_her_page_is_not_there_for_others(client: Client, cast: Cast, name: str) -> None:
    school = says("school", "5", **ISLA)
    says("register", "PA1", **ISLA)
    settle(by=cast.loader, now=NOW)
    works_with(school, cast.council, cast.asha.email)
    after_loading(delivery_ids=None, by=cast.loader, now=NOW)
    address = reverse(name, args=[isla().pk])
    client.force_login(cast.asha)
    assert DO_NOT_DISCLOSE in client.get(address).content.decode()
    for viewer in (cast.ben, cast.farah, cast.carol):
        client.force_login(viewer)
        assert client.get(address).status_code == 404
    SourceRecord.objects.filter(feed="register-feed").update(ended_at=NOW)
    client.force_login(cast.asha)
    assert DO_NOT_DISCLOSE not in client.get(address).content.decode()


def test_where_the_register_is_kept_apart_only_its_keepers_are_warned(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, SCHOOL, APART)
    school = says("school", "5", **ISLA)
    says("register", "PA1", **ISLA)
    settle(by=cast.loader, now=NOW)
    works_with(school, cast.council, cast.asha.email)
    after_loading(delivery_ids=None, by=cast.loader, now=NOW)
    client.force_login(cast.asha)
    assert DO_NOT_DISCLOSE not in client.get(reverse("record", args=[isla().pk])).content.decode()
