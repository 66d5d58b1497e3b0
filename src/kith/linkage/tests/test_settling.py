"""From delivered records to subjects with an identity and a headline, obeying what people decided."""

from __future__ import annotations

from datetime import date

import pytest

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.linkage.models import LinkRun, Match, SourceRecord
from kith.linkage.settling import feed_words
from kith.linkage.settling.feed_words import FeedWords
from kith.linkage.settling.run import after_loading, settle
from kith.subjects.models import Headline, Person, Reference, Subject
from tests.support.cast import NOW, Cast

from .delivered import says, works_with

pytestmark = pytest.mark.django_db
AMARA = {
    "first_name": "Amara",
    "last_name": "Osei",
    "date_of_birth": "2010-12-07",
    "postcode": "QX1 4AB",
    "sex": "F",
}


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.HOME = tmp_path


def _settle(**how: bool):  # type: ignore[no-untyped-def]
    return settle(by=system_viewer("loader"), now=NOW, **how)


def test_records_of_one_child_in_two_systems_become_one_subject(cast: Cast) -> None:
    school = says("school", "1", **AMARA, upn="A820000000001")
    police = says("police", "N3", **AMARA | {"date_of_birth": "2010-07-12"})
    tia = says("school", "2", first_name="Tia", last_name="Brennan", date_of_birth="2011-03-04", postcode="QX1 4AD")
    report = _settle()
    one, other, friend = (Reference.objects.get(pk=r.pk).subject_id for r in (school, police, tia))
    assert one == other != friend
    assert (report.people, report.new_subjects) == (2, 2)
    assert Match.objects.get().outcome == "same"
    person = Person.objects.get(subject_id=one)
    assert (person.first_name, person.last_name, person.is_child) == ("Amara", "Osei", True)
    assert Subject.objects.get(pk=one).name == "Amara Osei"
    assert LinkRun.objects.get().finished_at


def test_settling_again_changes_nothing(cast: Cast) -> None:
    says("school", "1", **AMARA)
    says("police", "N3", **AMARA)
    _settle()
    assert _settle().kind == "nothing"
    assert Subject.objects.count() == 1


def test_records_get_the_audience_of_their_feed_and_restricted_facts_stay_out_of_the_identity(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = FeedWords("clinic-feed", "Clinic", "clinic", restricted="sexual-health", known_existence=False)
    _feeds(monkeypatch, clinic)
    school = says("school", "1", **AMARA)
    says("clinic", "SX1", **AMARA | {"phone": "07700 900123", "language": "Twi"}, stated_on=date(2026, 11, 2))
    _settle()
    school.refresh_from_db()
    restricted = SourceRecord.objects.get(feed="clinic-feed")
    assert restricted.scope is not None
    assert restricted.scope.restricted_part.audience == "sexual-health"
    assert SourceRecord.objects.get(feed="school-feed").scope_id == school.scope_id
    assert Person.objects.get(subject_id=school.subject_id).language == ""


def test_a_headline_says_whom_to_ring_and_none_is_made_where_existence_may_not_be_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = FeedWords("clinic-feed", "Clinic", "clinic", restricted="sexual-health", known_existence=False)
    register = FeedWords("register-feed", "Protected children", "council", known_existence=False)
    _feeds(monkeypatch, clinic, register)
    amara = says("school", "1", **AMARA)
    only_clinic = says("clinic", "SX9", first_name="Nia", last_name="Rees", date_of_birth="2010-02-03")
    isla = {
        "first_name": "Isla",
        "last_name": "Hartnell",
        "date_of_birth": "2011-05-06",
        "postcode": "QX13 9ZZ",
    }
    says("register", "PA1", **isla)
    protected = says("school", "5", **isla)
    adult = says(
        "probation",
        "A1",
        first_name="Marlon",
        last_name="Vickery",
        date_of_birth="1999-01-02",
        is_child=False,
    )
    _settle()
    works_with(amara, cast.council, cast.asha.email, phone="01632 960101")
    told = after_loading(delivery_ids=None, by=cast.loader, now=NOW)
    headline = Headline.objects.get()
    amara.refresh_from_db()
    assert headline.subject_id == amara.subject_id
    assert headline.ring[0]["worker"] == "Asha Rahman"
    assert (told.headlines, told.opened) == (1, 1)
    for hidden in (only_clinic, protected, adult):
        hidden.refresh_from_db()
        assert not Headline.objects.filter(subject_id=hidden.subject_id).exists()


def test_what_settling_wrote_is_seen_only_by_those_whose_work_opened_it(cast: Cast) -> None:
    amara = says("school", "1", **AMARA)
    _settle()
    works_with(amara, cast.council, cast.asha.email)
    after_loading(delivery_ids=[SourceRecord.objects.get().delivery_id], by=cast.loader, now=NOW)
    with viewing_as(cast.asha):
        assert (Person.objects.count(), SourceRecord.objects.count(), Reference.objects.count()) == (1, 1, 1)
    with viewing_as(cast.ben):
        assert (Person.objects.count(), SourceRecord.objects.count(), Headline.objects.count()) == (0, 0, 1)
    with viewing_as(cast.dev):
        assert (Person.objects.count(), SourceRecord.objects.count(), Headline.objects.count()) == (0, 0, 0)


def _feeds(monkeypatch: pytest.MonkeyPatch, *feeds: FeedWords) -> None:
    monkeypatch.setattr(feed_words, "_words", lambda known: {words.feed: words for words in feeds})
