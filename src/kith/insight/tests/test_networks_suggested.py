"""Suggested links: pointed out with reasons, accepted or declined by somebody, taken back, not suggested again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.insight.queries.networks_suggested import proposals
from kith.insight.rules.suggesting import MISSING_TOGETHER, SAME_EVENT, SAME_PLACE, TOO_MANY, Reason, Told, propose
from kith.missing.actions import Reported, report_missing
from kith.subjects.models import LinkEvidence, Subject
from tests.support.cast import Cast, let_in, make_entry, make_link, make_person, make_place

TODAY = timezone.localdate()
LATELY = TODAY - timedelta(days=12)
WHY = "They were at a school trip of forty children"


def told(person: int, event: int, place: int | None = None, on: date = LATELY) -> Told:
    return Told(person, event, on, "Fight at the pier", place)


def test_one_event_or_one_place_on_one_day_points_it_out() -> None:
    [one] = propose([told(2, 10), told(1, 10)], {}, [], frozenset())
    assert (one.first, one.second, one.reasons[0].rule) == (1, 2, SAME_EVENT)
    [other] = propose([told(1, 10, 7), told(2, 11, 7), told(3, 12, 7, TODAY)], {7: "The pier"}, [], frozenset())
    assert (other.reasons[0].rule, other.reasons[0].says) == (SAME_PLACE, "Both at The pier on that day, in two events")
    assert propose([told(1, 10, 7), told(2, 10, 7)], {7: "The pier"}, [], frozenset())[0].reasons[0].rule == SAME_EVENT
    away = (5, 4, Reason(MISSING_TOGETHER, TODAY, "Away at once"))
    assert (propose([], {}, [away], frozenset())[0].first, propose([], {}, [away], frozenset({(4, 5)}))) == (4, [])
    assert propose([told(n, 10) for n in range(TOO_MANY + 1)], {}, [], frozenset()) == []


@pytest.fixture
def pair(cast: Cast) -> tuple[Subject, Subject]:
    """Amara and Bo: one event on both records, and another child whom Asha may not see."""
    amara, bo, closed = make_person("Amara Osei"), make_person("Bo Lindgren"), make_person("Cal Umber")
    for child in (amara, bo):
        let_in(child, cast.asha)
    make_entry("Argument at the bus stop " + "about a telephone " * 9, amara, bo, closed, on=LATELY)
    return amara, bo


@pytest.fixture
def asha_asks(client: Client, cast: Cast) -> Client:
    client.force_login(cast.asha)
    return client


@pytest.mark.django_db
def test_only_between_records_that_are_open_and_not_linked(cast: Cast, pair: tuple[Subject, Subject]) -> None:
    with viewing_as(cast.asha):
        [one] = proposals(cast.asha, timezone.now())
        assert (one.first, one.second) == (pair[0].pk, pair[1].pk)
        assert "Argument at the bus stop" in one.reasons[0].says
        assert one.reasons[0].says.endswith("telephone about…")  # cut at a word, and said to be
    with viewing_as(cast.carol):
        assert proposals(cast.carol, timezone.now()) == []
    make_link(*pair)
    with viewing_as(cast.asha):
        assert proposals(cast.asha, timezone.now()) == []


@pytest.mark.django_db
def test_missing_together_and_one_place_in_two_events(cast: Cast) -> None:
    first, second = make_person("Una Pierce"), make_person("Udo Pierce")
    pier, school = make_place("The pier"), make_place("Harbour View", kind="school")
    for subject in (first, second, pier, school):
        let_in(subject, cast.asha)
    make_entry("Una was at the pier", first, pier, on=LATELY)
    make_entry("Udo was at the pier", second, pier, on=LATELY)
    make_entry("Una at school", first, school, on=TODAY)
    make_entry("Udo at school", second, school, on=TODAY)
    gone = timezone.now() - timedelta(days=40)
    for child in (first, second):
        told_us = Reported(child.pk, cast.police.pk, "missing", gone, back_at=gone + timedelta(hours=5),
                           found_at_place="The quay")  # fmt: skip
        report_missing(reported=told_us, by=cast.loader, now=timezone.now())
    with viewing_as(cast.asha):
        [one] = proposals(cast.asha, timezone.now())
    assert {reason.rule for reason in one.reasons} == {SAME_PLACE, MISSING_TOGETHER}
    assert not any("school" in reason.says.lower() for reason in one.reasons)


@pytest.mark.django_db
def test_accepted_it_stands_on_both_records_and_can_be_taken_back(
    asha_asks: Client, cast: Cast, pair: tuple[Subject, Subject]
) -> None:
    address = reverse("suggestion", args=[pair[0].pk, pair[1].pk])
    assert "Amara Osei and Bo Lindgren" in asha_asks.get(reverse("suggestions")).content.decode()
    assert "Argument at the bus stop" in asha_asks.get(address).content.decode()
    done = asha_asks.post(address, {"accept": "yes"}, follow=True).content.decode()
    assert "stands as evidence of a link" in done
    sides = LinkEvidence.objects.filter(kind="seen-with", written_by=cast.asha, ended_at=None)
    assert {row.subject_id for row in sides} == {pair[0].pk, pair[1].pk}
    assert all("Argument at the bus stop" in row.text and row.last_seen == LATELY for row in sides)
    assert "Take this decision back" in asha_asks.get(address).content.decode()
    assert asha_asks.post(address, {"undo": "yes"}).status_code == 302
    assert not LinkEvidence.objects.filter(ended_at=None).exists()
    assert "Accept it" in asha_asks.get(address).content.decode()
    assert set(AuditEvent.objects.values_list("action", flat=True)) >= {
        "list-suggestions", "add-link", "decide-suggestion", "undo-suggestion",
    }  # fmt: skip


@pytest.mark.django_db
def test_declined_it_stays_away_with_its_reason(asha_asks: Client, cast: Cast, pair: tuple[Subject, Subject]) -> None:
    address = reverse("suggestion", args=[pair[1].pk, pair[0].pk])
    assert "There is a problem" in asha_asks.post(address, {"decline": "yes", "because": " "}).content.decode()
    asha_asks.post(address, {"decline": "yes", "because": WHY})
    make_entry("Another event", *pair, on=TODAY)
    text = asha_asks.get(reverse("suggestions")).content.decode()
    assert "Nothing is suggested" in text
    assert WHY in text
    let_in(pair[0], cast.ben)
    let_in(pair[1], cast.ben)
    asha_asks.force_login(cast.ben)
    said = asha_asks.get(address).content.decode()
    assert f"Asha Rahman declined it: “{WHY}”" in said
    assert "Take this decision back" not in said
    assert asha_asks.post(address, {"undo": "yes"}).status_code == 403


@pytest.mark.django_db
def test_not_there_unless_both_are_open(asha_asks: Client, cast: Cast, pair: tuple[Subject, Subject]) -> None:
    closed = Subject.objects.get(name="Cal Umber")
    assert asha_asks.get(reverse("suggestion", args=[pair[0].pk, closed.pk])).status_code == 404
    asha_asks.force_login(cast.gwen)
    assert asha_asks.get(reverse("suggestions")).status_code == 403
