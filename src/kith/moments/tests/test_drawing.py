"""What feeds tell becomes a moment for a child with exploitation on record, once, and only when it is new."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kith.chronology.models import Entry
from kith.foundations.notices.models import Notice
from kith.moments.actions.drawing import draw_from_entries, draw_from_missing, moments_follow
from kith.moments.actions.paging import page_again
from kith.moments.models import Draw, Moment
from kith.moments.rules.drawing import Mapped
from kith.moments.tests.telling import NHS, TODAY, on_call, tell
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, make_entry, make_person

pytestmark = pytest.mark.django_db
MONTHS_AGO = date(2026, 5, 1)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    """A child with a police flag, and no plan."""
    on_call(cast, cast.sol)
    subject = make_person(nhs_number=NHS)
    make_entry(
        "Police are concerned", subject, kind="exploitation-flag", on=MONTHS_AGO, feed="police-exploitation-flags"
    )
    return subject


def told(subject: Subject, kind: str, on: date = TODAY, key: str = "1", **fields: Any) -> Entry:
    return make_entry("Told", subject, kind=kind, on=on, feed=f"feed-of-{kind}", feed_key=key, **fields)


def drawn(cast: Cast, now: Any = NOW, **more: Any) -> Draw:
    found = draw_from_entries(by=cast.loader, now=now, **more)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "fields", "moment"),
    [
        ("hospital-attendance", {"details": {"group": "Assault"}}, "injury"),
        ("suspension", {}, "school"),
        ("exclusion", {}, "school"),
        ("custody", {}, "custody"),
        ("court-date", {"details": {"hearing": "first hearing"}}, "court"),
        ("missing-episode", {}, "missing"),
        ("placement", {"details": {"why it changed": "CREQB"}, "until_day": TODAY}, "placement"),
    ],
)
def test_each_kind_the_rule_names_is_a_moment_once(
    cast: Cast, amara: Subject, kind: str, fields: dict[str, Any], moment: str
) -> None:
    entry = told(amara, kind, **fields)
    assert drawn(cast).fired == {moment: 1}
    assert drawn(cast).fired == {}
    made = Moment.objects.get()
    assert (made.kind, made.subject, made.entry, made.source) == (moment, amara, entry, "feed")
    assert made.scope_id == amara.scope_id


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("hospital-attendance", {"details": {"group": "Other"}}),
        ("court-date", {"details": {"hearing": "sentence"}}),
        ("placement", {"details": {"why it changed": "PLACE"}, "until_day": TODAY}),
        ("note", {}),
        ("custody", {"on": TODAY - timedelta(days=8)}),
    ],
)
def test_what_the_rule_does_not_name_is_none(cast: Cast, amara: Subject, kind: str, fields: dict[str, Any]) -> None:
    told(amara, kind, **fields)
    assert drawn(cast).fired == {}


def test_what_is_days_old_wakes_nobody_at_night(cast: Cast, amara: Subject) -> None:
    told(amara, "suspension", on=TODAY - timedelta(days=3))
    night = NOW.replace(hour=3) + timedelta(days=1)
    assert drawn(cast, now=night).fired == {"school": 1}
    moment = Moment.objects.get()
    assert moment.call_back_by == night.replace(hour=9, minute=0)  # within the hour, from 8 am
    assert not Notice.objects.filter(about=f"moment:{moment.pk}", pushed=True).exists()
    assert page_again(now=night + timedelta(hours=1)) == 0


def test_told_again_more_fully_it_is_the_same_moment(cast: Cast, amara: Subject) -> None:
    first = told(amara, "custody")
    drawn(cast)
    fuller = told(amara, "custody", details={"outcome": "bailed"})
    Entry.objects.filter(pk=first.pk).update(superseded_by=fuller)
    assert drawn(cast).fired == {}


def test_police_and_council_telling_of_one_absence_are_one_moment(cast: Cast, amara: Subject) -> None:
    told(amara, "missing-episode", key="P1")
    told(amara, "missing-episode", key="C1")
    found = drawn(cast)
    assert (found.fired, found.passed_over) == ({"missing": 1}, {"told": 1})
    assert drawn(cast, now=NOW + timedelta(hours=1)).passed_over == {}  # each is counted once


def test_what_a_person_told_already_is_not_made_again(cast: Cast, amara: Subject) -> None:
    tell(cast)
    told(amara, "hospital-attendance", details={"group": "injury"})
    assert drawn(cast).passed_over == {"told": 1}


@pytest.mark.parametrize(
    ("entry", "fields", "fires"),
    [
        ("assessment-factors", {"details": {"factors": "missing, criminal exploitation"}}, True),
        ("assessment-factors", {"details": {"factors": "neglect"}}, False),
        ("nrm-referral", {}, True),
        ("child-protection-plan", {}, False),  # a plan alone is no exploitation
    ],
)
def test_exploitation_on_record_is_what_the_rule_says(
    cast: Cast, entry: str, fields: dict[str, Any], fires: bool
) -> None:
    kai = make_person("Kai Lund")
    make_entry("Told", kai, kind=entry, on=MONTHS_AGO, **fields)
    told(kai, "custody")
    found = drawn(cast)
    assert (found.fired, found.passed_over) == (({"custody": 1}, {}) if fires else ({}, {"not-exploited": 1}))


def test_others_may_know_of_exploitation_and_a_withheld_child_is_no_less_helped(cast: Cast) -> None:
    kai, zofia = make_person("Kai Lund"), make_person("Zofia Wit", headline=False)
    told(kai, "custody", key="1")
    told(zofia, "custody", key="2")
    found = drawn(cast, also_exploited={kai.pk, zofia.pk})
    assert (found.fired, found.passed_over) == ({"custody": 2}, {})
    assert {one.subject for one in Moment.objects.all()} == {kai, zofia}
    again = draw_from_missing(subject=zofia, reference="17", happened_at=NOW, agency=cast.police, callback="101",
                              by=cast.raj, now=NOW, also_exploited=True)  # fmt: skip
    assert again
    assert again.subject == zofia


def test_a_missing_episode_is_a_moment_once(cast: Cast, amara: Subject) -> None:
    given = {"subject": amara, "reference": "17", "happened_at": NOW, "agency": cast.police, "callback": "101"}
    first = draw_from_missing(**given, by=cast.raj, now=NOW)
    assert first is not None
    assert (first.kind, first.callback, first.steps.filter(what="paged").count()) == ("missing", "101", 1)
    assert draw_from_missing(**given, by=cast.raj, now=NOW) is None
    kai = make_person("Kai Lund")
    assert draw_from_missing(**{**given, "subject": kai}, by=cast.raj, now=NOW) is None


def test_a_moment_follows_the_record_it_is_of(cast: Cast, amara: Subject) -> None:
    moment = tell(cast)
    other = make_person("Amara Osei")
    Subject.objects.filter(pk=amara.pk).update(joined_into=other)
    assert moments_follow(subjects=[amara.pk], by=cast.loader, now=NOW) == 1
    moment.refresh_from_db()
    assert (moment.subject, moment.scope_id) == (other, other.scope_id)


def test_a_rule_with_two_words_wants_one_of_each() -> None:
    mapped = Mapped("placement", "placement", {"a": ("x", "y"), "b": ("z",)})
    assert mapped.fits({"a": "XX", "b": "zz"})
    assert not mapped.fits({"a": "x"})


def test_the_page_lists_the_rule_and_its_counts(cast: Cast, amara: Subject) -> None:
    told(amara, "custody")
    drawn(cast)
    Moment.objects.update(set_aside="known", closed_at=NOW, closed_by=cast.sol)
    client = Client()
    client.force_login(cast.hana)
    page = client.get("/moments/rules").content.decode()
    for words in (
        "<strong>1</strong> Arrest or custody",
        "<strong>1</strong> Somebody was helping",
        "Assessment found: gangs",
    ):
        assert words in page, words
    client.force_login(cast.asha)
    assert client.get("/moments/rules").status_code == 403
