"""A form sent again, because the answer to it was lost, writes nothing twice and loses nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.audit.models import AuditEvent
from kith.subjects.models import Subject
from tests.support.cast import Cast, let_in, make_person

DAY = {"on-day": "2", "on-month": "11", "on-year": "2025"}
NOTE = {"text": "Seen at the park", "kind": "note", "save": "yes", **DAY}


@pytest.fixture
def friends(cast: Cast) -> list[Subject]:
    friends = [make_person("Amara Osei"), make_person("Leo Whitcombe")]
    for friend in friends:
        let_in(friend, cast.asha, cast.ben)
    return friends


@pytest.fixture
def as_asha(client: Client, cast: Cast) -> Client:
    client.force_login(cast.asha)
    return client


def filled(client: Client, address: str, friends: list[Subject], **typed: str) -> dict[str, object]:
    """The form as it was opened, filled in."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    mark = page.find("input", {"name": "once"})["value"]
    return {**NOTE, "once": mark, "about": [friend.pk for friend in friends], **typed}


@pytest.mark.django_db
def test_the_same_form_again_is_answered_as_the_first_time(as_asha: Client, friends: list[Subject]) -> None:
    form = filled(as_asha, reverse("entry-new"), friends)
    first = as_asha.post(reverse("entry-new"), form)
    again = as_asha.post(reverse("entry-new"), {**form, "about": form["about"][::-1]})  # type: ignore[index]
    entry = Entry.objects.get()
    assert first.status_code == again.status_code == 302
    assert again["Location"].endswith(f"#entry-{entry.pk}")
    assert EntrySubject.objects.count() == 2
    assert AuditEvent.objects.filter(action="write-entry").count() == 1


@pytest.mark.django_db
def test_other_words_from_the_same_page_are_not_lost(as_asha: Client, friends: list[Subject]) -> None:
    form = filled(as_asha, reverse("entry-new"), friends)
    as_asha.post(reverse("entry-new"), form)
    as_asha.post(reverse("entry-new"), {**form, "text": "Seen at the park again"})
    as_asha.post(reverse("entry-new"), {**form, f"private-{friends[0].pk}": "Only hers"})
    assert Entry.objects.count() == 3


@pytest.mark.django_db
def test_a_mark_belongs_to_one_page_and_one_writer(as_asha: Client, friends: list[Subject], cast: Cast) -> None:
    form = filled(as_asha, reverse("entry-new"), friends)
    as_asha.post(reverse("entry-new"), form)
    as_asha.post(reverse("entry-new"), filled(as_asha, reverse("entry-new"), friends))
    other = Client()
    other.force_login(cast.ben)
    other.post(reverse("entry-new"), form)
    for nonsense in ("", "no mark at all"):
        as_asha.post(reverse("entry-new"), {**form, "once": nonsense})
    assert Entry.objects.count() == 5


@pytest.mark.django_db
def test_the_mark_stays_while_somebody_is_added_and_after_a_mistake(as_asha: Client, friends: list[Subject]) -> None:
    mark = str(uuid4())
    for press in ({"text": ""}, {"save": "", "add": str(friends[0].pk)}):
        given = {key: value for key, value in {**NOTE, **press, "once": mark}.items() if value}
        page = BeautifulSoup(as_asha.post(reverse("entry-new"), given).content, "html.parser")
        assert page.find("input", {"name": "once"})["value"] == mark


@pytest.mark.django_db
def test_a_correction_sent_again_leads_to_the_corrected_note(as_asha: Client, friends: list[Subject]) -> None:
    as_asha.post(reverse("entry-new"), filled(as_asha, reverse("entry-new"), friends))
    old = Entry.objects.get()
    address = reverse("entry-correct", args=[old.pk])
    form = filled(as_asha, address, friends, text="Seen by the park", because="It was outside")
    first, again = as_asha.post(address, form), as_asha.post(address, form)
    assert first["Location"] == again["Location"]
    assert Entry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_that_arrive_at_the_same_moment_are_one(cast: Cast, friends: list[Subject]) -> None:
    form = {**NOTE, "once": str(uuid4()), "about": [friend.pk for friend in friends]}
    clients = [Client(), Client(), Client()]
    for client in clients:
        client.force_login(cast.asha)

    def send(client: Client) -> HttpResponse:
        try:
            return client.post(reverse("entry-new"), form)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=3) as together:
        answers = list(together.map(send, clients))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Entry.objects.count() == 1
