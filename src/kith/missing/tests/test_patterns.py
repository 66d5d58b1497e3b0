"""Patterns in absences: what the published rules point out, who reads what, and what people make of it."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.missing.actions import Details, Reported, report_missing
from kith.missing.models import Episode, MissingTogether, SetAside
from kith.missing.queries.patterns import everybody
from kith.missing.rules.codes import listed
from kith.missing.rules.patterns import (
    Absence,
    Shares,
    is_school_day,
    normalises,
    overlapping,
    published,
    ranked,
    reason_code,
    repeats,
    rule,
    together,
)
from kith.subjects.models import LinkEvidence, Subject
from tests.support.cast import NOW, Cast, let_in, make_entry, make_person

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def absence(number: int, gone: datetime, hours: float = 5, subject: int = 1, **fields: object) -> Absence:
    told = {"told": gone + HOUR, **fields}
    return Absence(number, subject, f"M-{number}", gone, gone + hours * HOUR, **told)


def test_three_in_ninety_days_and_not_two_and_not_long_ago() -> None:
    days = [NOW - n * DAY for n in (80, 40, 3)]
    told = [absence(n, day) for n, day in enumerate(days)]
    sign = repeats(told, NOW)
    assert sign
    assert (sign.reasons, sign.upto) == (("3 absences in the last 90 days",), days[-1])
    assert repeats(told[1:], NOW) is None
    assert repeats(told, NOW + 60 * DAY) is None


def four(**of_last_two: object) -> list[Absence]:
    days = [NOW - n * DAY for n in (100, 70, 40, 10)]
    return [absence(n, day, **(of_last_two if n > 1 else {"grade": "high"})) for n, day in enumerate(days)]


def test_what_comes_to_be_taken_as_normal() -> None:
    assert normalises(four(grade="high"), NOW) is None
    lower = normalises(four(grade="medium"), NOW)
    assert lower
    assert lower.reasons == ("Graded medium now; it was high before",)
    declined = normalises(four(grade="high", declined=True), NOW)
    assert declined
    assert declined.reasons == ("The last 2 conversations were declined",)
    assert normalises(four(grade="medium")[1:], NOW) is None  # too few


def test_reported_more_slowly() -> None:
    days = [NOW - n * DAY for n in (100, 70, 40, 10)]
    waits = (1, 1, 9, 11)
    told = [absence(n, day, told=day + wait * HOUR) for n, (day, wait) in enumerate(zip(days, waits, strict=True))]
    sign = normalises(told, NOW)
    assert sign
    assert sign.reasons == ("Reported 10 hours after last seen, by the middle value; before it was 1",)


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 200), st.one_of(st.none(), st.integers(0, 40))), max_size=20)
)
def test_pairs_away_at_once_are_those_a_plain_look_finds(given: list[tuple[int, int, int | None]]) -> None:
    told = [
        Absence(n, who, str(n), NOW + at * HOUR, None if lasts is None else NOW + (at + lasts) * HOUR, NOW)
        for n, (who, at, lasts) in enumerate(given)
    ]
    found = {frozenset((one.number, other.number)) for one, other in overlapping(told)}
    plain = {
        frozenset((one.number, other.number))
        for one in told
        for other in told
        if one.subject != other.subject and min(one.until, other.until) - max(one.gone, other.gone) >= HOUR
    }
    assert found == plain


def test_together_needs_more_than_being_away_at_once() -> None:
    first, second = absence(1, NOW), absence(2, NOW + HOUR, subject=2)
    names = {1: "Amara Osei", 2: "Leo Whitcombe"}
    assert together([first, second], names) == []
    at_park = [absence(1, NOW, found="Harbour Park"), absence(2, NOW + HOUR, subject=2, found="harbour park")]
    assert together(at_park, names)[0].evidence[1] == "Both found at Harbour Park"
    named = [absence(1, NOW, companions="with LEO WHITCOMBE, perhaps"), second]
    assert together(named, names)[0].evidence[1] == "M-1 names the other as with them"
    said = together([first, second], names, frozenset({frozenset((1, 2))}))
    assert "An agency says" in said[0].evidence[1]


def test_fewer_than_expected_is_said_with_enough_of_each() -> None:
    assert Shares(1, 10, 5, 10).fewer_than_expected() is None
    assert Shares(10, 100, 40, 100).fewer_than_expected() is True
    assert Shares(40, 100, 40, 100).fewer_than_expected() is False


def test_words_and_rules() -> None:
    assert reason_code("Seeing friends") == ("pull", "friends")
    assert reason_code("something else entirely") is None
    every = {(side, one.key) for side in ("push", "pull") for one in listed(side)}
    assert set(map(reason_code, REASONS)) <= every
    assert ranked([("pull", "friends"), ("push", "school"), ("pull", "friends")])[0] == ("pull", "friends", 2)
    assert is_school_day(date(2026, 11, 3))
    assert is_school_day(date(2026, 10, 28)) is False  # half term
    assert is_school_day(date(2020, 1, 6)) is None
    assert all(one.says and one.source for one in published())


REASONS = [
    "seeing friends", "family difficulty at home", "someone made her or him go", "unhappy where living",
    "wanted to see family", "difficulty at school", "an adult was in touch online",
]  # fmt: skip


def missing(cast: Cast, child: Subject, gone: datetime, **fields: object) -> Episode:
    told = {"back_at": gone + 6 * HOUR, "missing_from": "home", **fields}
    details = Details(missing_from=str(told.pop("missing_from")), companions=str(told.pop("companions", "")))
    reported = Reported(child.pk, cast.police.pk, "missing", gone, details=details, number=f"{gone:%d%H}", **told)
    return report_missing(reported=reported, by=cast.loader, now=NOW)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    child = make_person("Amara Osei", sex="F")
    let_in(child, cast.asha)
    for days in (60, 30, 2):
        missing(cast, child, NOW - days * DAY, found_at_place="Harbour Park")
    return child


@pytest.fixture
def leo(cast: Cast, amara: Subject) -> Subject:
    child = make_person("Leo Whitcombe", sex="M", date_of_birth=date(2010, 1, 1))
    missing(cast, child, NOW - 2 * DAY + HOUR, companions="Amara Osei", found_at_place="Harbour Park")
    return child


def page(client: Client, viewer: Viewer, address: str, status: int = 200, **post: str) -> str:
    client.force_login(viewer)
    with time_machine.travel(NOW, tick=False):
        response = client.post(address, post) if post else client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


@pytest.mark.django_db
def test_the_circle_reads_the_pattern_and_sets_aside_what_a_rule_points_out(
    cast: Cast, amara: Subject, client: Client
) -> None:
    address = reverse("record-pattern", args=[amara.pk])
    read = page(client, cast.asha, address)
    assert "3 absences in the last 90 days" in read
    assert "From home: 3 times" in read
    assert "Found at Harbour Park: 3 times" in read
    assert "away part of the day" in read
    page(client, cast.asha, address + "?months=3")
    page(client, cast.asha, address, status=302, rule="repeat", because="A meeting was held on Monday")
    assert "Set aside by Asha Rahman" in page(client, cast.asha, address)
    page(client, cast.asha, address, status=404, rule="normalising", because="It did not point this out")
    assert SetAside.objects.count() == 1
    missing(cast, amara, NOW - DAY)
    assert "Set aside by Asha Rahman" not in page(client, cast.asha, address)  # a later absence points it out anew
    page(client, cast.dev, address, status=404)


@pytest.mark.django_db
def test_two_who_were_missing_together_become_a_link_when_a_person_says_so(
    cast: Cast, amara: Subject, leo: Subject, client: Client
) -> None:
    listed_there = page(client, cast.quinn, reverse("missing-patterns"))
    assert "Amara Osei and Leo Whitcombe" in listed_there
    assert "Amara Osei and Leo Whitcombe" not in page(client, cast.raj, reverse("missing-patterns"))
    address = reverse("missing-pattern-together", args=[amara.pk, leo.pk])
    assert "Both found at Harbour Park" in page(client, cast.quinn, address)
    page(client, cast.raj, address, status=403)
    page(client, cast.quinn, reverse("missing-pattern-together", args=[leo.pk, amara.pk]), status=404)
    page(client, cast.quinn, address, status=302, confirm="yes")
    links = LinkEvidence.objects.filter(text__startswith="Missing together")
    assert {(one.subject_id, one.other_id) for one in links} == {(amara.pk, leo.pk), (leo.pk, amara.pk)}
    page(client, cast.quinn, address, confirm="yes")  # once
    assert MissingTogether.objects.get().confirmed
    assert links.count() == 2


@pytest.mark.django_db
def test_or_is_set_aside_with_a_reason(cast: Cast, amara: Subject, leo: Subject, client: Client) -> None:
    address = reverse("missing-pattern-together", args=[amara.pk, leo.pk])
    assert "Enter why it is set aside" in page(client, cast.quinn, address, aside="yes", because="")
    page(client, cast.quinn, address, status=302, aside="yes", because="They do not know each other")
    assert "They do not know each other" in page(client, cast.quinn, address)
    assert not LinkEvidence.objects.exists()


@pytest.mark.django_db
def test_every_number_has_its_rows_and_small_ones_are_hidden_from_the_police(
    cast: Cast, amara: Subject, leo: Subject, client: Client
) -> None:
    flagged = "Police are concerned about {} of this child"
    for harm in ("sexual exploitation", "criminal exploitation"):
        make_entry(flagged.format(harm), amara, kind="exploitation-flag")
    make_entry("Without a school", leo, kind="missing-education")
    make_entry("Main reason", amara, kind="return-interview", details={"main_reason": "seeing friends"})
    with time_machine.travel(NOW, tick=False):
        found = everybody(NOW)
    assert found.both_and_missing == {amara.pk}
    assert found.without_school == {leo.pk}
    assert found.why_home == {("pull", "friends"): 1}
    assert (found.boys.absences, found.boys.of_absences) == (1, 4)
    read = page(client, cast.raj, reverse("missing-patterns"))
    assert "fewer than 5" in read
    rows = reverse("missing-patterns-rows")
    for of, there, closed in (
        ("from:home", 4, 0), ("found:Harbour Park", 4, 0), ("fired:repeat", 3, 0), ("boys", 1, 0), ("overlap", 0, 3),
        ("without-school", 0, 1), ("low-attendance", 0, 0),
    ):  # fmt: skip
        shown = page(client, cast.raj, f"{rows}?of={of}")
        assert shown.count(">M-") == there, of
        assert ("not open to you" in shown) == bool(closed), of
    page(client, cast.raj, f"{rows}?of=school-day")
    page(client, cast.raj, f"{rows}?of=nothing", status=404)
    told = list(csv.reader(io.StringIO(page(client, cast.quinn, reverse("missing-patterns-csv")).lstrip("\ufeff"))))
    assert ["Where found", "Harbour Park", "Absences", "4"] in told
    page(client, cast.asha, reverse("missing-patterns"), status=403)


@pytest.mark.django_db
def test_nothing_yet(cast: Cast, client: Client) -> None:
    assert "No two children were away at once" in page(client, cast.quinn, reverse("missing-patterns"))
    child = make_person("Amara Osei")
    let_in(child, cast.asha)
    assert "Never, as far as is known" in page(client, cast.asha, reverse("record-pattern", args=[child.pk]))
    with viewing_as(cast.asha):
        assert rule("repeat").numbers["episodes"] == 3


@pytest.mark.django_db
def test_pages_ask_as_much_for_many_absences_as_for_few(cast: Cast, amara: Subject, client: Client) -> None:
    asked = []
    for start in (0, 12):
        for n in range(start, start + 6):
            missing(cast, amara, NOW - (100 + 3 * n) * DAY, found_at_place="Harbour Park")
        counts = []
        for viewer, address in (
            (cast.asha, reverse("record-pattern", args=[amara.pk])),
            (cast.quinn, reverse("missing-patterns")),
            (cast.quinn, reverse("missing-patterns-rows") + "?of=from:home"),
        ):
            page(client, viewer, address)
            with CaptureQueriesContext(connection) as captured:
                page(client, viewer, address)
            counts.append(len(captured))
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[0]) < 60
