"""Ten more contacts in the queue, or ten more entries on a record, add no query."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions import NamedIn, Told, WhoGave, is_on_record, receive
from kith.front_door.models import Named
from kith.pathways.actions import open_work
from tests.support.cast import Cast, let_in, make_entry, make_person

pytestmark = pytest.mark.django_db
GIVER = WhoGave("public", name="Sam Tully")


def told(number: int) -> int:
    now = timezone.now() - timedelta(minutes=number)
    named = (NamedIn("person", "child", "Amara Osei", {"age": "15"}),)
    given = Told("child", f"Told {number}", GIVER, named=named, where={"name": "Quay"})
    return receive(told=given, once=uuid4(), now=now).contact_id


def queries_for(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_queue(client: Client, cast: Cast) -> None:
    client.force_login(cast.farah)
    told(0)
    address = reverse("front-door")
    queries_for(client, address)
    before = queries_for(client, address)
    for number in range(1, 11):
        told(number)
    assert queries_for(client, address) == before


def test_a_contact(client: Client, cast: Cast) -> None:
    child = make_person("Amara Osei")
    client.force_login(cast.farah)
    contact = told(0)
    told(1)
    named = Named.objects.get(contact_id=contact, kind="person")
    with viewing_as(cast.farah):
        is_on_record(named_id=named.pk, subject_id=child.pk, by=cast.farah, now=timezone.now())
    make_entry("Seen", child, on=timezone.localdate())
    address = reverse("contact", args=[contact])
    queries_for(client, address)
    before = queries_for(client, address)
    for number in range(2, 12):
        told(number)
        make_entry(f"Seen {number}", child, on=timezone.localdate())
    assert queries_for(client, address) == before


def test_work_on_the_desk(client: Client, cast: Cast) -> None:
    client.force_login(cast.asha)
    address = reverse("desk")

    def one_more(number: int) -> None:
        child = make_person(f"Another {number}")
        let_in(child, cast.asha)
        with viewing_as(cast.asha):
            given = {"because": "Told", "by": cast.asha, "now": timezone.now()}
            open_work(subject_id=child.pk, pathway="assessment", team=cast.east, **given)  # type: ignore[arg-type]

    one_more(0)
    queries_for(client, address)
    before = queries_for(client, address)
    for number in range(1, 7):
        one_more(number)
    assert queries_for(client, address) == before
