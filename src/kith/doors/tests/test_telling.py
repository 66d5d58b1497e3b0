"""Telling us without an account, from the first page to the receipt; hostile words and floods too."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from kith.doors.models import ReportSoFar
from kith.front_door.models import Contact, Giver, Named
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
PLACE = {"kind": "professional", "about": "place"}


@pytest.fixture
def visitor(cast: Cast) -> Client:
    return Client()


def tell(visitor: Client, start: dict[str, Any] = PLACE, **pages: dict[str, Any]) -> None:
    """Every page up to the answers."""
    given: dict[str, dict[str, Any]] = {
        "where": {},
        "what": {"what": "A car waits by the gate."},
        "people": {},
        "you": {},
    }
    assert visitor.post("/tell", start).status_code == 302
    for page, answers in (given | pages).items():
        answered = visitor.post(f"/tell/{page}", answers)
        assert answered.status_code == 302, (page, text(answered))


def send(visitor: Client) -> str:
    """Sent; the reference of the receipt."""
    answered = visitor.post("/tell/check")
    assert answered.status_code == 302, text(answered)
    assert answered["Location"] == "/tell/done"
    page = BeautifulSoup(visitor.get("/tell/done").content, "html.parser")
    return str(page.select_one(".kith-receipt dd").text)  # type: ignore[union-attr]


def text(response: Any) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_a_place_is_told_and_received(visitor: Client) -> None:
    where = {"name": "Harbour Park, by the skate bowl", "postcode": "qx31ab", "kind": "park"}
    what = {"what": "Older men wait in a car by the gate.", "days": ["weekday"], "hours": ["after-school"],
            "how_known": "saw", "on-day": "2", "on-month": "11", "on-year": "2025"}  # fmt: skip
    you = {"name": "Sam Tully", "role": "Designated safeguarding lead", "email": "sam@harbour-view.example"}
    tell(visitor, where=where, what=what, you=you)
    shown = text(visitor.get("/tell/check"))
    for words in ("Harbour Park, by the skate bowl", "QX3 1AB", "Older men wait", "Nobody is named", "Sam Tully"):
        assert words in shown
    assert shown.count("Who will see this:") == 5
    reference = send(visitor)
    contact = Contact.objects.get(reference=reference)
    assert (contact.about, contact.how_known, contact.came_by) == ("place", "saw", "web")
    assert contact.where == {"name": where["name"], "postcode": "QX3 1AB", "kind": "park"}
    assert contact.when == {"days": ["weekday"], "hours": ["after-school"]}
    assert [(one.kind, one.name) for one in Named.objects.all()] == [("place", where["name"])]
    assert Giver.objects.get().role == "Designated safeguarding lead"


def test_only_three_answers_are_needed(visitor: Client) -> None:
    tell(visitor)
    assert Contact.objects.get(reference=send(visitor)).what == "A car waits by the gate."


def test_sent_twice_is_one_and_the_receipt_stands(visitor: Client) -> None:
    tell(visitor)
    assert send(visitor) == send(visitor)
    assert Contact.objects.count() == 1
    report = ReportSoFar.objects.get()
    assert report.pages == {}
