"""Volumes: a year beside a year, in words; nothing undone or joined is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions import Told, WhoGave, receive
from kith.front_door.models import Contact, Decision, Outcome
from kith.front_door.queries.volumes import change_in_words, percent, volumes
from kith.front_door.rules import codes
from tests.support.cast import NOW, Cast, make_entry, make_person

TODAY = date(2026, 11, 3)
TOLD = Told("child", "Something was seen.", WhoGave("public"))


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(1385, 1170, "18.4% more"), (5, 0, "nothing to compare with"), (12, 12, "the same"), (9, 12, "25.0% fewer"),
     (3, 2, "50.0% more, small numbers")],
)  # fmt: skip
def test_changes_in_words(now: int, before: int, words: str) -> None:
    assert change_in_words(now, before) == words


def test_shares() -> None:
    assert [percent(1, 8), percent(0, 4), percent(1, 0)] == ["13%", "0%", ""]


def told_on(day: date, **given: Any) -> Contact:
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    told = replace(TOLD, **given)
    return Contact.objects.get(pk=receive(told=told, once=uuid4(), now=now).contact_id)


def decided(cast: Cast, contact: Contact, result: str, **given: Any) -> Decision:
    words = {"scope": contact.scope, "verdict": "act", "rationale": "Because", "at": NOW, "by": cast.farah}
    words |= {key: value for key, value in given.items() if key.startswith("undone")}
    decision = Decision.objects.create(contact=contact, sent_as=uuid4(), **words)
    Contact.objects.filter(pk=contact.pk).update(decided_at=NOW)
    Outcome.objects.create(decision=decision, scope=contact.scope, result=result, re_referral=given.get("again"))
    return decision


@pytest.mark.django_db
def test_a_year_beside_a_year(cast: Cast) -> None:
    harm = {"harms": ["sexual-exploitation", "missing"]}
    first = told_on(date(2026, 11, 3), **harm)
    second = told_on(date(2026, 1, 5), giver=WhoGave("parent"))
    told_on(date(2025, 11, 4), harms=["not-sure"])
    told_on(date(2025, 11, 3), **harm)  # the last day of the year before
    told_on(date(2024, 11, 3))  # before both
    joined = told_on(date(2026, 10, 1))
    Contact.objects.filter(pk=joined.pk).update(joined_into=first)
    decided(cast, first, "early-help")
    decided(cast, first, "assessment", again=True)
    decided(cast, second, "assessment", undone_at=NOW, undone_by=cast.farah)
    with viewing_as(cast.farah):
        found = volumes(TODAY)
    assert (found.total.now, found.total.before) == (3, 1)
    assert (found.about_harm.now, found.about_harm.before, found.about_harm.share) == (1, 1, "33%")
    assert [(one.name, one.now) for one in found.sources] == [("A member of the public", 2), ("A parent or carer", 1)]
    titles = {codes()["harms"].title(key) for key in harm["harms"]}
    assert {one.name: one.now for one in found.harms if one.now} == dict.fromkeys(titles, 1)
    assert [one.now for one in found.outcomes] == [1, 0, 0, 1, 1]
    assert [one.now for one in found.outcomes_of_harm] == [1, 0, 0, 0, 0]
    assert (found.referrals.now, found.re_referrals.now, found.re_referrals.share) == (1, 1, "100%")
    assert [(one.month, one.contacts) for one in found.months][:2] == [(date(2026, 11, 1), 1), (date(2026, 1, 1), 1)]


@pytest.mark.django_db
def test_what_agencies_files_say_is_counted_without_being_read(cast: Cast) -> None:
    amara, leo = make_person("Amara Osei"), make_person("Leo Whitcombe")
    for day in (date(2025, 6, 1), date(2026, 2, 1), date(2026, 10, 1)):
        make_entry("Referral", amara, on=day, kind="referral")
    make_entry("Referral", leo, on=date(2026, 3, 1), kind="referral")
    make_entry("Contact", leo, on=date(2026, 3, 1), kind="contact")
    with viewing_as(cast.farah):
        contacts, referrals, again = volumes(TODAY).filed
    assert (contacts.now, contacts.before) == (1, 0)
    assert (referrals.now, referrals.before) == (3, 1)
    assert (again.now, again.before, again.share) == (2, 0, "67%")


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_the_page_and_its_file(client: Client, cast: Cast) -> None:
    told_on(TODAY)
    client.force_login(cast.farah)
    assert "A member of the public" in client.get(reverse("front-door-volumes")).content.decode()
    file = client.get(reverse("front-door-volumes-csv"))
    assert "Who told us,A member of the public,1,100%" in file.content.decode()
    client.force_login(cast.carol)
    assert client.get(reverse("front-door-volumes")).status_code == 403
