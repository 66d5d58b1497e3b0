"""A contact that is intelligence too goes to those who grade it once, and who told it to the source unit alone."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions import NamedIn, Told, WhoGave, pass_as_intelligence, receive
from kith.intelligence.models import Report, Source
from tests.support.cast import NOW, Cast

pytestmark = pytest.mark.django_db
TOLD = Told(
    "adult",
    "A man waits by the gate.",
    WhoGave("public", name="Sam Tully", phone="01632 960150"),
    harms=("sexual-exploitation", "public-space"),
    where={"name": "A drawing game", "online": "drawing game, marco_draws"},
    named=(NamedIn("person", "adult", "Marco"),),
)


def test_it_is_one_report_however_often_it_is_passed(cast: Cast) -> None:
    contact = receive(told=TOLD, once=uuid4(), now=NOW).contact_id
    with viewing_as(cast.farah):
        first, second = (pass_as_intelligence(contact_id=contact, by=cast.farah, now=NOW) for _ in range(2))
        assert first.number == second.number
        assert not Report.objects.exists()
        assert not Source.objects.exists()
    with viewing_as(cast.kofi):
        report = Report.objects.get()
        assert (report.text, report.came_from) == ("A man waits by the gate.", f"contact:{contact}")
        assert report.harms == ["sexual-exploitation"]  # the police list has no word for the other
        kinds = {(one.kind, one.value) for one in report.named.all()}
        assert kinds == {("person", "Marco"), ("handle", "drawing game, marco_draws")}
        assert not Source.objects.exists()
    with viewing_as(cast.mina):
        assert Source.objects.get().name == "Sam Tully"


def test_from_the_page(cast: Cast, client: Client) -> None:
    contact = receive(told=TOLD, once=uuid4(), now=NOW).contact_id
    client.force_login(cast.farah)
    address = reverse("contact-intelligence", args=[contact])
    assert "Passed on as intelligence" in client.post(address, follow=True).content.decode()
    client.force_login(cast.asha)
    assert client.post(address).status_code == 403
