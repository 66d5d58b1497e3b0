"""Shared premises: pointed out once, told to those who work there, set aside with a reason, counted; nobody named."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.notices.models import Notice
from kith.governance.register import entry
from kith.insight.actions.cuts import JOB
from kith.insight.actions.shared_places import point_out_shared, set_shared_aside
from kith.insight.models import SharedPlace
from kith.insight.queries import shared_places as queries
from kith.insight.queries.shared_places import recorded
from kith.insight.rules.shared_places import AGES, ORGANISATIONS, Reason, Shared, reasons, to_point_out
from kith.subjects.models import RestrictedPart, Subject
from tests.support.cast import NOW, Cast, let_in, make_circle, make_entry, make_link, make_person, make_place

pytestmark = pytest.mark.django_db
TODAY = localdate(NOW)
BOTH = (Reason(ORGANISATIONS, "a"), Reason(AGES, "b"))


def born(years: int) -> date:
    return TODAY.replace(year=TODAY.year - years) - timedelta(days=40)


def young(years: int) -> Subject:
    return make_person(f"Somebody Of{years}", date_of_birth=born(years))


def building(**words: Any) -> Subject:
    return make_place("The Old Exchange", kind=words.pop("kind", "youth-building"), **words)


def mixed(place: Subject, *ages: int) -> None:
    for years in ages:
        make_entry("Came to the session", young(years), place, kind="youth-session", on=TODAY - timedelta(days=9))


def run(now: Any = NOW) -> int:
    job = system_viewer(JOB)
    with viewing_as(job):
        return point_out_shared(by=job, now=now)


@pytest.mark.parametrize(
    ("organisations", "younger", "older", "keys"),
    [
        (("A", "B"), 0, 0, [ORGANISATIONS]),
        (("A",), 2, 2, [AGES]),
        (("A", "B", "C"), 9, 9, [ORGANISATIONS, AGES]),
        (("A",), 1, 9, []),
        (("A",), 9, 1, []),
        ((), 0, 0, []),
    ],
)
def test_the_rule(organisations: tuple[str, ...], younger: int, older: int, keys: list[str]) -> None:
    found = reasons(Shared(1, organisations, younger, older, TODAY), TODAY)
    assert [one.key for one in found] == keys
    assert not any(char.isdigit() for one in found if one.key == ORGANISATIONS for char in one.says)


def test_it_is_said_again_for_another_reason_or_after_half_a_year() -> None:
    none: frozenset[str] = frozenset()
    ages = frozenset({AGES})
    assert to_point_out(BOTH[1:], none, none, None, TODAY)
    assert not to_point_out(BOTH[1:], ages, none, None, TODAY)
    assert to_point_out(BOTH, ages, none, None, TODAY)
    assert not to_point_out(BOTH[1:], none, ages, TODAY - timedelta(days=100), TODAY)
    assert to_point_out(BOTH, none, ages, TODAY - timedelta(days=100), TODAY)
    assert to_point_out(BOTH[1:], none, ages, TODAY - timedelta(days=183), TODAY)
    assert not to_point_out((), none, none, None, TODAY)


def test_distant_ages_are_pointed_out_once_and_told_to_those_who_work_there(cast: Cast) -> None:
    place = building()
    let_in(place, cast.asha)
    mixed(place, 12, 13, 18)
    assert run() == 0
    mixed(place, 20)
    assert run() == 1
    said = SharedPlace.objects.get()
    assert list(said.reasons) == [AGES]
    assert "Somebody" not in str(said.reasons)
    notice = Notice.objects.get(viewer=cast.asha)
    assert notice.path == f"/records/{place.pk}/"
    assert "Exchange" not in notice.text
    assert run() == 0
    assert Notice.objects.filter(viewer=cast.asha).count() == 1


def test_several_organisations_are_named_and_add_to_what_stands(cast: Cast) -> None:
    place = building()
    mixed(place, 12, 13, 18, 19)
    run()
    for agency in (cast.council, cast.school):
        make_entry("Mentoring", young(15), place, kind="mentor", on=TODAY, agency=agency)
    assert run() == 1
    said = SharedPlace.objects.get()
    assert set(said.reasons) == {AGES, ORGANISATIONS}
    assert f"{cast.school.name} and {cast.council.name}" in said.reasons[ORGANISATIONS]
    make_entry("A fight", young(15), building(kind="other"), kind="partner-report", on=TODAY, agency=cast.police)
    assert run() == 0


@pytest.mark.parametrize("kind", ["home", "childrens-home", "school", "park", "coach-station", "online", "health"])
def test_what_mixes_by_what_it_is_is_not_pointed_out(cast: Cast, kind: str) -> None:
    mixed(building(kind=kind), 12, 13, 18, 19)
    assert run() == 0


def test_old_ages_old_days_and_what_few_may_know_do_not_count(cast: Cast) -> None:
    place = building()
    mixed(place, 12, 13, 30, 40)
    for years in (18, 19):
        make_entry("Long ago", young(years), place, on=TODAY - timedelta(days=120))
    assert run() == 0
    hidden = make_circle()
    for years in (18, 19):
        person = young(years)
        RestrictedPart.objects.create(subject=person, audience=f"clinic {years}", scope=make_circle())
        entry_ = make_entry("At the clinic", person, place, on=TODAY)
        entry_.about.filter(subject=person).update(scope=RestrictedPart.objects.get(subject=person).scope)
    assert hidden
    assert run() == 0
    for years in (18, 19):
        make_link(young(years), place, kind="gathers-at", last_seen=TODAY)
    assert run() == 1


def test_it_stands_on_the_places_page_and_is_set_aside_with_a_reason(cast: Cast, client: Client) -> None:
    place = building()
    let_in(place, cast.asha)
    mixed(place, 12, 13, 18, 19)
    run()
    client.force_login(cast.asha)
    address = f"/records/{place.pk}/shared"
    assert "children under 14 and young people of 18 and over" in client.get(f"/records/{place.pk}/").content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"because": ""}).status_code == 422
    client.post(address, {"because": "One organisation; the youngest come on another day"})
    assert "Shared premises" not in client.get(f"/records/{place.pk}/").content.decode()
    assert AuditEvent.objects.filter(action="set-shared-aside", viewer_id=cast.asha.pk).count() == 1
    assert client.get(address).status_code == 404
    assert run(NOW + timedelta(days=30)) == 0
    one = entry("shared-premises")
    assert one is not None
    with connection.cursor() as cursor:
        cursor.execute(one.counted)
        assert [row[2] for row in cursor.fetchall()] == [True]


def test_others_do_not_know_of_it_and_cannot_set_it_aside(cast: Cast, client: Client) -> None:
    place = building()
    mixed(place, 12, 13, 18, 19)
    run()
    said = SharedPlace.objects.get()
    client.force_login(cast.ben)
    assert client.get(f"/records/{place.pk}/shared").status_code == 404
    with viewing_as(cast.ben):
        assert SharedPlace.objects.count() == 0
        with pytest.raises(Exception, match="open to you"):
            set_shared_aside(said=said, because="No", by=cast.ben, now=NOW)
    let_in(place, cast.asha)
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        set_shared_aside(said=said, because=" ", by=cast.asha, now=NOW)


def test_all_places_are_asked_at_once(cast: Cast) -> None:
    for number in range(6):
        mixed(make_place(f"Building {number}", kind="youth-building"), 12, 13, 18, 19)
    with viewing_as(system_viewer(JOB)), CaptureQueriesContext(connection) as asked:
        assert len(recorded(TODAY)) == 6
    assert len(asked) <= 4


def test_whom_those_who_help_saw_there_they_worked_with_there(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed of youth work tells a place by a sighting with its first day alone."""
    monkeypatch.setattr(queries, "_feeds_of_help", lambda: ["youth"])
    monkeypatch.setattr(queries, "_agencies_of_feeds", lambda: {"youth": "Youth Service"})
    place = building()
    make_link(young(12), place, kind="seen-at", feed="youth", last_seen=None, first_seen=TODAY - timedelta(days=3))
    make_link(young(19), place, kind="seen-at", feed="police", last_seen=None, first_seen=TODAY - timedelta(days=3))
    with viewing_as(system_viewer(JOB)):
        (found,) = recorded(TODAY)
    assert found.organisations == ("Youth Service",)
    assert (found.younger, found.older, found.latest) == (1, 1, TODAY - timedelta(days=3))
