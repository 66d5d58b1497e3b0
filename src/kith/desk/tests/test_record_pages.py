"""What the pages of a record show, and to whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kith.chronology.models import EntrySubject
from kith.foundations.access.actions import open_circle
from kith.foundations.access.models import Scope
from kith.foundations.audit.models import AuditEvent
from kith.subjects.models import Involvement, RestrictedPart, Subject
from tests.support.cast import NOW, Cast, let_in, make_entry, make_group, make_link, make_person, make_place

pytestmark = pytest.mark.django_db
DEMO_FEEDS = Path(__file__).parents[2] / "demo" / "feeds"
PAGES = ["record", "record-chronology", "record-print", "record-involved", "record-links"]


def read(client: Client, page: str, subject: Subject, **asked: str) -> str:
    response = client.get(reverse(page, args=[subject.pk]), asked)
    assert response.status_code == 200, (page, response.status_code)
    return response.content.decode()


@pytest.fixture
def amara(cast: Cast) -> Subject:
    subject = make_person(pronouns="she/her", language="Twi", in_care_since=date(2026, 5, 3))
    let_in(subject, cast.asha)
    return subject


@pytest.fixture
def as_asha(client: Client, cast: Cast) -> Client:
    client.force_login(cast.asha)
    return client


@pytest.mark.parametrize("tab", PAGES)
@pytest.mark.parametrize("make", [make_person, make_group, make_place])
def test_every_page_is_there_for_every_kind_of_subject(as_asha: Client, cast: Cast, tab: str, make) -> None:  # type: ignore[no-untyped-def]
    subject = make()
    let_in(subject, cast.asha)
    assert subject.name in read(as_asha, tab, subject)


@pytest.mark.parametrize("tab", PAGES)
def test_every_look_is_written_down_once_with_its_reason(as_asha: Client, amara: Subject, tab: str) -> None:
    read(as_asha, tab, amara)
    [event] = AuditEvent.objects.filter(subjects__contains=[amara.pk]).exclude(action="open-circle")
    assert event.because == "Allocated social worker"
    assert event.action == ("print-record" if tab == "record-print" else "read-record")


@pytest.mark.parametrize("tab", PAGES)
def test_for_another_authority_there_is_no_such_record(client: Client, cast: Cast, amara: Subject, tab: str) -> None:
    client.force_login(cast.dev)
    there = client.get(reverse(tab, args=[amara.pk]))
    nowhere = client.get(reverse(tab, args=[amara.pk + 1000]))
    assert there.status_code == nowhere.status_code == 404
    assert not AuditEvent.objects.filter(viewer_id=cast.dev.pk, action__startswith="read").exists()


@pytest.mark.parametrize("who", ["ellis", "gwen", "idris"])
def test_who_does_not_read_records_finds_none_even_with_a_circle(
    client: Client, cast: Cast, amara: Subject, who: str
) -> None:
    viewer = getattr(cast, who)
    let_in(amara, viewer)
    client.force_login(viewer)
    assert client.get(reverse("record", args=[amara.pk])).status_code == 404


def test_nobody_signed_in_is_asked_to_sign_in(client: Client, amara: Subject) -> None:
    assert client.get(reverse("record", args=[amara.pk])).status_code == 302


def test_the_headline_says_that_she_is_known_and_whom_to_ring_and_nothing_else(
    client: Client, cast: Cast, amara: Subject
) -> None:
    make_entry("Spoke at the park", amara)
    client.force_login(cast.farah)
    page = read(client, "record", amara)
    assert "Amara Osei" in page
    assert "01632 960110" in page
    assert reverse("break-glass", args=[amara.pk]) in page
    for hidden in ("Spoke at the park", "she/her", "Twi", "In care"):
        assert hidden not in page
    assert AuditEvent.objects.get(viewer_id=cast.farah.pk).action == "read-headline"


def test_withheld_from_the_partnership_there_is_not_even_a_headline(client: Client, cast: Cast) -> None:
    hidden = make_person("Noor Haddad", headline=False)
    client.force_login(cast.farah)
    assert client.get(reverse("record", args=[hidden.pk])).status_code == 404


def test_the_bar_says_who_she_is(as_asha: Client, cast: Cast, amara: Subject) -> None:
    Involvement.objects.create(
        subject=amara, scope=amara.scope, agency=cast.council, worker="Asha Rahman", role="Social worker",
        phone="01632 960111", is_lead=True, recorded_at=NOW,
    )  # fmt: skip
    page = read(as_asha, "record", amara)
    for said in ("she/her", "Twi", "3 May 2026", "Asha Rahman", "01632 960111"):
        assert said in page


def test_a_record_joined_into_another_leads_there(as_asha: Client, cast: Cast, amara: Subject) -> None:
    old = make_person("A Osei")
    old.joined_into = amara
    old.save()
    let_in(old, cast.asha)
    response = as_asha.get(reverse("record", args=[old.pk]))
    assert response.status_code == 302
    assert response["Location"] == reverse("record", args=[amara.pk])


def test_a_time_that_is_not_known_is_not_shown(as_asha: Client, amara: Subject) -> None:
    make_entry("A day without a time", amara)
    make_entry("An afternoon", amara, at=datetime(2026, 11, 2, 16, 10, tzinfo=UTC))
    page = read(as_asha, "record-chronology", amara)
    assert "4:10 pm" in page
    assert "midnight" not in page
    assert "00:00" not in page


def test_a_busy_month_at_a_time_with_the_way_to_the_others(as_asha: Client, amara: Subject) -> None:
    for day in range(1, 31):
        for _ in range(2):
            make_entry("Lately", amara, on=date(2026, 11, 1) - timedelta(days=day))
    make_entry("In spring", amara, on=date(2026, 3, 9))
    newest = read(as_asha, "record-chronology", amara)
    assert newest.count("Lately</p>") == 60
    assert "In spring" not in newest
    assert "?month=2026-03" in newest
    assert "In spring" in read(as_asha, "record-chronology", amara, month="2026-03")
    assert "Lately" in read(as_asha, "record-chronology", amara, month="2026-12"), "the nearest month before"
    assert "In spring" in read(as_asha, "record-chronology", amara, order="oldest")


def test_filters_keep_what_was_asked_for(as_asha: Client, cast: Cast, amara: Subject) -> None:
    make_entry("From school", amara, agency=cast.school, kind="worry", significant=True)
    make_entry("From the council", amara, agency=cast.council, kind="note")
    for asked in ({"agency": str(cast.school.pk)}, {"kind": "worry"}, {"show": "significant"}):
        page = read(as_asha, "record-chronology", amara, **asked)
        assert "From school" in page
        assert "From the council" not in page


@pytest.mark.parametrize(
    "asked", [{"agency": "x"}, {"kind": "none"}, {"month": "never"}, {"month": "2026-13"}, {"harm": "'"}]
)
def test_a_question_that_makes_no_sense_is_left_out(as_asha: Client, amara: Subject, asked: dict[str, str]) -> None:
    make_entry("Lately", amara)
    assert "Lately" in read(as_asha, "record-chronology", amara, **asked)


def test_printing_between_two_days(as_asha: Client, amara: Subject) -> None:
    make_entry("Inside", amara, on=date(2026, 10, 31))
    make_entry("Outside", amara, on=date(2026, 11, 1))
    days = {"since_0": "1", "since_1": "10", "since_2": "2026", "until_0": "31", "until_1": "10", "until_2": "2026"}
    page = read(
        as_asha,
        "record-print",
        amara,
        show="all",
        **days,
        **{k.replace("_0", "-day").replace("_1", "-month").replace("_2", "-year"): v for k, v in days.items()},
    )
    assert "Inside" in page
    assert "Outside" not in page


def test_another_child_in_a_line_is_not_named_to_who_may_not_see_them(as_asha: Client, amara: Subject) -> None:
    make_entry("Two friends were seen", amara, make_person("Leo Whitcombe"))
    page = read(as_asha, "record-chronology", amara)
    assert "another child" in page
    assert "Leo" not in page


def test_a_friend_is_named_only_as_far_as_the_viewer_may_know(as_asha: Client, cast: Cast, amara: Subject) -> None:
    known, hidden, mine = (
        make_person("Leo Whitcombe"),
        make_person("Noor Haddad", headline=False),
        make_person("Zofia Nowak"),
    )
    let_in(mine, cast.asha)
    for other in (known, hidden, mine):
        make_link(amara, other, text="Said they are friends")
    page = read(as_asha, "record-links", amara)
    assert "Noor" not in page
    assert "another person" in page
    assert "Leo Whitcombe" in page
    assert "headline only" in page
    assert reverse("record", args=[mine.pk]) in page


def test_a_link_that_faded_away_stands_behind(as_asha: Client, amara: Subject) -> None:
    make_link(
        amara, make_person("Leo Whitcombe"), kind="seen-with", text="Seen by the docks", last_seen=date(2024, 1, 1)
    )
    page = read(as_asha, "record-links", amara)
    assert "Dropped out (1)" in page


def test_who_lives_with_whom(as_asha: Client, amara: Subject) -> None:
    mother, father = (
        make_person("Ama Osei", headline=False, is_child=False),
        make_person("Kojo Osei", headline=False, is_child=False),
    )
    for kind in ("parent-of", "household"):
        make_link(mother, amara, kind=kind, text="On the school roll", grade="recorded")
    make_link(father, amara, kind="parent-of", text="On the school roll", grade="recorded")
    page = read(as_asha, "record-links", amara)
    assert (
        page.index("Lives") < page.index("Ama Osei") < page.index("nothing is recorded here") < page.index("Kojo Osei")
    )


def test_a_restricted_part_is_read_by_who_holds_it_and_leaves_no_trace_for_others(
    client: Client, cast: Cast, amara: Subject
) -> None:
    scope = Scope.objects.create(kind="restricted")
    RestrictedPart.objects.create(subject=amara, audience="sexual health", scope=scope)
    bare = make_person("Leo Whitcombe")
    for subject in (amara, bare):
        let_in(subject, cast.asha, cast.carol)
    entry = make_entry("Seen at the clinic", on=date(2026, 11, 2))
    EntrySubject.objects.create(entry=entry, subject=amara, scope=scope, on=entry.on)
    open_circle(scope=scope, viewer=cast.carol, because="Clinic nurse", reason_kind="involved", by=cast.carol, now=NOW)
    client.force_login(cast.carol)
    held = read(client, "record-chronology", amara)
    assert "Seen at the clinic" in held
    assert "the part kept for sexual health" in held
    client.force_login(cast.asha)
    without = read(client, "record-chronology", amara)
    assert "clinic" not in without
    assert "sexual health" not in without
    sentence = "This page never says whether there is such a part"
    assert sentence in without
    assert sentence in read(client, "record-chronology", bare), "the same words where there is no such part"


def test_where_a_feed_never_came_its_silence_is_not_taken_for_no_news(
    as_asha: Client, amara: Subject, settings: Any
) -> None:
    settings.FEEDS = [DEMO_FEEDS]
    said = read(as_asha, "record", amara)
    assert "may only mean that nothing has arrived" in said
    assert "Never arrived" in said
    assert "Missing person reports" in said
