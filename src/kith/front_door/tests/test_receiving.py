"""Received once, whole, and seen by the front door alone."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.models import Letter
from kith.front_door.actions import NamedIn, Told, WhoGave, receive
from kith.front_door.models import Contact, Giver, Named
from tests.support.cast import NOW, Cast

pytestmark = pytest.mark.django_db
TOLD = Told(
    about="place",
    what="Older young men wait in a car by the gate.",
    giver=WhoGave("professional", name="Sam Tully", email="sam@harbour-view.example"),
    named=(NamedIn("place", "place", "Harbour Park"),),
)


def test_the_same_form_sent_again_is_one_contact(cast: Cast) -> None:
    once = uuid4()
    first, second = (receive(told=TOLD, once=once, now=NOW) for _ in range(2))
    assert (first.new, second.new) == (True, False)
    assert (first.reference, first.code) == (second.reference, second.code)
    assert Contact.objects.count() == Named.objects.count() == Letter.objects.count() == 1


def test_the_same_message_sent_again_is_one_contact(cast: Cast) -> None:
    told = replace(TOLD, message_id="<17@mail.example>")
    first, second = (receive(told=told, once=uuid4(), now=NOW) for _ in range(2))
    assert first.reference == second.reference
    assert Contact.objects.count() == 1


def test_only_the_front_door_sees_it(cast: Cast) -> None:
    receive(told=TOLD, once=uuid4(), now=NOW)
    for viewer in cast.everybody():
        with viewing_as(viewer):
            seen = (Contact.objects.count(), Giver.objects.count(), Named.objects.count(), Letter.objects.count())
        assert seen == ((1, 1, 1, 1) if viewer == cast.farah else (0, 0, 0, 0)), viewer.name


def test_the_letter_names_nobody(cast: Cast) -> None:
    receipt = receive(told=TOLD, once=uuid4(), now=NOW)
    letter = Letter.objects.get()
    assert receipt.reference in letter.subject
    assert "Tuesday 10 November 2026" in letter.body  # five working days after Tuesday 3 November
    for word in ("Harbour Park", "Sam", "car"):
        assert word not in letter.subject + letter.body
