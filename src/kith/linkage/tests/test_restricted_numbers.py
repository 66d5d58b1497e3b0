"""That a restricted service knows a child is told to nobody else: not by its number, nor by anything on a page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kith.foundations.access.actions import open_circle, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.linkage.actions import judge, withdraw
from kith.linkage.models import Match, SourceRecord
from kith.linkage.settling import feed_words
from kith.linkage.settling.feed_words import FeedWords
from kith.linkage.settling.run import after_loading, settle
from kith.subjects.models import LinkEvidence, Reference, RestrictedPart, Subject
from kith.subjects.search import understand
from kith.subjects.search.queries import Found, find
from tests.support.cast import NOW, Cast

from .delivered import entry_about, says, works_with
from .everything import everything_shown

pytestmark = pytest.mark.django_db
NUMBER = "SHX1234567"
AMARA = {"first_name": "Amara", "last_name": "Osei", "date_of_birth": "2010-12-07", "postcode": "QX1 4AB"}
FEEDS = (
    FeedWords("clinic-feed", "Young people's clinic", "clinic", restricted="sexual-health", known_existence=False),
    FeedWords("school-feed", "School roll", "harbour-view"),
)


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr(feed_words, "_words", lambda known: {words.feed: words for words in FEEDS})


@pytest.fixture
def amara(cast: Cast) -> Subject:
    """Her school and the clinic know her; Asha works with her."""
    school = says("school", "1", **AMARA)
    clinic = says("clinic", NUMBER, **AMARA)
    _settle()
    school.refresh_from_db()
    works_with(school, cast.council, cast.asha.email)
    part = RestrictedPart.objects.get(audience="sexual-health")
    entry_about(clinic, summary="Seen at the young people's clinic", scope_id=part.scope_id)
    _follow()
    return Subject.objects.get()


def _settle(**how: bool) -> None:
    settle(by=system_viewer("loader"), now=NOW, **how)


def _follow() -> None:
    after_loading(delivery_ids=None, by=system_viewer("loader"), now=NOW)


def found_by(viewer: Viewer, text: str) -> list[Found]:
    with viewing_as(viewer):
        return find(understand(text, today=date(2026, 11, 3)), today=date(2026, 11, 3))


def test_her_circle_does_not_have_the_number_that_a_restricted_service_gives_her(cast: Cast, amara: Subject) -> None:
    with viewing_as(cast.asha):
        assert [reference.key for reference in Reference.objects.all()] == ["1"]
        assert not RestrictedPart.objects.exists()
        assert not Match.objects.exists()
        assert {record.feed for record in SourceRecord.objects.all()} == {"school-feed"}


@pytest.mark.parametrize("who", ["asha", "ben", "carol", "farah", "dev", "gwen"])
@pytest.mark.parametrize("text", [NUMBER, f"Amara Osei {NUMBER}"])
def test_nobody_finds_her_by_that_number(cast: Cast, amara: Subject, who: str, text: str) -> None:
    found = found_by(getattr(cast, who), text)
    assert not [one for one in found if one.number]
    if text == NUMBER:
        assert found == []


def test_those_of_the_service_find_her_by_it(cast: Cast, amara: Subject) -> None:
    part = RestrictedPart.objects.get().scope
    open_circle(scope=part, viewer=cast.carol, because="Clinic nurse", reason_kind="service", by=cast.loader, now=NOW)
    assert [(one.subject_id, one.tier) for one in found_by(cast.carol, NUMBER)] == [(amara.pk, "restricted")]


def test_no_page_of_her_record_tells_her_circle_of_the_service(client: Client, cast: Cast, amara: Subject) -> None:
    client.force_login(cast.asha)
    for name in ("record", "record-chronology", "record-involved", "record-links", "record-looked"):
        page = client.get(reverse(name, args=[amara.pk]))
        assert page.status_code == 200
        text = page.content.decode().lower()
        assert not [word for word in (NUMBER.lower(), "clinic", "sexual") if word in text], name


def test_a_number_that_an_open_feed_uses_too_is_the_circles(cast: Cast, amara: Subject) -> None:
    says("clinic", NUMBER, feed="school-feed", **AMARA)
    _settle()
    with viewing_as(cast.asha):
        assert Reference.objects.filter(key=NUMBER).exists()
        assert {record.feed for record in SourceRecord.objects.all()} == {"school-feed"}


def test_linking_everything_anew_leaves_it_restricted(cast: Cast, amara: Subject) -> None:
    before = everything_shown()
    _settle(whole=True)
    _follow()
    assert everything_shown() == before


def test_joining_and_parting_take_the_number_from_part_to_part_and_back(cast: Cast, amara: Subject) -> None:
    says("police", "P9", feed="school-feed", first_name="Marta", last_name="Silva", date_of_birth="2009-01-30")
    _settle()
    _follow()
    marta = Reference.objects.get(key="P9")
    works_with(marta, cast.council, cast.ben.email)
    _follow()
    before = everything_shown()
    clinic = Reference.objects.get(key=NUMBER)
    judgement = judge(left=clinic.pk, right=marta.pk, verdict="same", reason="", by=cast.gwen, now=NOW)
    one = Subject.objects.get(joined_into=None)
    clinic.refresh_from_db()
    assert clinic.scope.restricted_part.subject_id == one.pk
    for viewer in (cast.asha, cast.ben):
        with viewing_as(viewer):
            assert not Reference.objects.filter(key=NUMBER).exists()
        assert found_by(viewer, NUMBER) == []
    withdraw(judgement=judgement, reason="", by=cast.gwen, now=NOW + timedelta(minutes=3))
    assert everything_shown() == before
    assert not LinkEvidence.objects.exists()
