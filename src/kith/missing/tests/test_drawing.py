"""What feeds tell becomes absences: two agencies side by side, a row that changes or is taken back, a conversation."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.clocks import HERE
from kith.missing.actions import Reported, draw_from_feeds, follow_people, report_missing
from kith.missing.models import Account, Conversation, Episode, Return
from kith.missing.tests.told import DAY, told
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, make_person

HOUR = timedelta(hours=1)


def at(hour: int, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=HERE)


def draw(cast: Cast, later: int = 0) -> None:
    draw_from_feeds(by=cast.loader, now=NOW + later * HOUR)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    return make_person("Amara Osei")


@pytest.mark.django_db
def test_police_and_council_tell_of_one_absence_and_each_is_counted(cast: Cast, amara: Subject) -> None:
    told(amara, cast.police, "MP1", at=at(20), until=at(23), until_day=DAY, details={"response": "medium"})
    told(amara, cast.council, "MI1", until_day=DAY, details={"type": "missing"})
    draw(cast)
    episode = Episode.objects.get()
    assert (episode.back_at, episode.back_is_day, episode.grade) == (at(23), False, "medium")
    assert set(Account.objects.values_list("agency__key", "number")) == {
        ("severnmouth-police", "MP1"),
        ("council", "MI1"),
    }
    assert "tells of the same time" in "".join(Account.objects.values_list("joined_because", flat=True))


@pytest.mark.django_db
def test_years_that_arrive_at_once_take_no_more_steps_than_a_few_days(cast: Cast, amara: Subject) -> None:
    few = _steps_of_drawing(cast, amara, range(60, 65), later=0)
    assert _steps_of_drawing(cast, amara, range(65, 105), later=1) <= few
    assert Episode.objects.filter(back_at=None).count() == 0
    assert Return.objects.count() == Episode.objects.count() == 45


def _steps_of_drawing(cast: Cast, child: Subject, days_ago: range, later: int) -> int:
    for ago in days_ago:
        day, recorded = DAY - timedelta(days=ago), NOW + later * HOUR
        ended = {"at": at(20, day), "until": at(23, day), "until_day": day}
        told(child, cast.police, f"MP{ago}", on=day, recorded_at=recorded, **ended)
    with CaptureQueriesContext(connection) as steps:
        draw(cast, later=later)
    return len(steps)


@pytest.mark.django_db
def test_a_days_only_account_does_not_join_two_reports_of_that_day(cast: Cast, amara: Subject) -> None:
    told(amara, cast.police, "MP1", at=at(2), until=at(4), until_day=DAY)
    told(amara, cast.police, "MP2", at=at(20), until=at(23), until_day=DAY)
    told(amara, cast.council, "MI1", until_day=DAY)
    draw(cast)
    assert Episode.objects.count() == 2
    assert sorted(episode.accounts.count() for episode in Episode.objects.all()) == [1, 2]


@pytest.mark.django_db
def test_drawn_again_adds_nothing_and_a_return_that_comes_later_counts(cast: Cast, amara: Subject) -> None:
    told(amara, cast.police, "MP1", at=at(20))
    draw(cast)
    draw(cast)
    assert Episode.objects.get().back_at is None
    told(amara, cast.police, "MP1", at=at(20), until=at(23), until_day=DAY, recorded_at=NOW + HOUR)
    draw(cast, later=1)
    assert Episode.objects.get().back_at == at(23)
    assert (Account.objects.count(), Return.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_what_an_agency_takes_back_counts_no_more(cast: Cast, amara: Subject) -> None:
    entry = told(amara, cast.police, "MP1", at=at(20))
    draw(cast)
    Entry.objects.filter(pk=entry.pk).update(ended_at=NOW + HOUR)
    draw(cast, later=1)
    assert Account.objects.get().withdrawn_at
    assert "taken that back" in Episode.objects.get().not_missing_because


@pytest.mark.django_db
def test_the_same_agencys_file_is_its_word_of_what_it_told_here(cast: Cast, amara: Subject) -> None:
    reported = Reported(amara.pk, cast.council.pk, "missing", at(19))
    report_missing(reported=reported, by=cast.asha, now=NOW)
    told(amara, cast.council, "MI1", until_day=DAY)
    draw(cast)
    account = Account.objects.get()
    assert (account.number, account.came_by, account.feed_key) == ("MI1", "form", "missing-episode:MI1")
    assert Episode.objects.get().back_is_day


@pytest.mark.django_db
def test_away_is_not_missing(cast: Cast, amara: Subject) -> None:
    told(amara, cast.council, "MI1", details={"type": "away from placement without leave"})
    draw(cast)
    assert Episode.objects.get().kind == "away"


@pytest.mark.django_db
def test_a_conversation_belongs_to_the_return_it_followed(cast: Cast, amara: Subject) -> None:
    for key, hour in (("MP1", 1), ("MP2", 12)):
        told(amara, cast.police, key, at=at(hour), until=at(hour + 3), until_day=DAY)
    offer = {"offered": "2026-11-01T17:00:00", "returned": "2026-11-01T15:30:00", "offer": "accepted"}
    told(amara, cast.council, "MI2", "return-conversation-offer", at=at(17), details=offer)
    told(
        amara, cast.council, "MI2", "return-conversation", date(2026, 11, 2), at=at(9, date(2026, 11, 2)), details=offer
    )
    draw(cast)
    conversation = Conversation.objects.get(feed__gt="")
    assert (conversation.offered_at, conversation.held_at) == (at(17), at(9, date(2026, 11, 2)))
    assert conversation.covered.get().episode.accounts.get().number == "MP2"
    assert set(conversation.steps.values_list("step", flat=True)) == {"offered", "accepted", "held", "written-up"}


@pytest.mark.django_db
def test_absences_follow_whoever_they_were_told_of(cast: Cast, amara: Subject) -> None:
    twin = make_person("Amara Osei")
    told(amara, cast.police, "MP1", at=at(20), until=at(23), until_day=DAY)
    draw(cast)
    report_missing(reported=Reported(amara.pk, cast.council.pk, "missing", at(1)), by=cast.asha, now=NOW)
    Subject.objects.filter(pk=amara.pk).update(joined_into=twin)
    EntrySubject.objects.update(subject=twin, scope=twin.scope)
    assert follow_people(by=cast.loader, now=NOW) == 2
    assert set(Episode.objects.values_list("subject", "scope")) == {(twin.pk, twin.scope_id)}
    assert set(Return.objects.values_list("subject", flat=True)) == {twin.pk}
    Subject.objects.filter(pk=amara.pk).update(joined_into=None)
    follow_people(by=cast.loader, now=NOW)
    assert Account.objects.get(agency=cast.council).episode == Episode.objects.get(subject=amara, back_at=None)
    assert Account.objects.get(agency=cast.police).episode == Episode.objects.get(subject=twin, back_at=at(23))
