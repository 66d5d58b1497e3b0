"""Following what was told: who may know how much; an address that is shown to be theirs; more words added."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from kith.doors.models import ReportSoFar
from kith.doors.tests.test_telling import send, tell, text
from kith.foundations.letters.models import Letter
from kith.front_door.actions import code_of
from kith.front_door.models import Contact, Giver, Reply
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
EMAIL = "carol.other@school.example"


@pytest.fixture
def visitor(cast: Cast) -> Client:
    return Client()


def told(visitor: Client, *, proved: bool = False, email: str = "") -> dict[str, str]:
    """A report that was sent; its reference and code."""
    tell(visitor, you={"email": email, "name": "Sam"})
    if proved:
        assert visitor.post("/tell/you", {"email": email, "follow": "on"})["Location"] == "/tell/code"
        assert visitor.post("/tell/code", {"code": code_in_letter()})["Location"] == "/tell/check"
    reference = send(visitor)
    return {"reference": reference, "code": code_of(Contact.objects.get(reference=reference).sent_as)}


def code_in_letter() -> str:
    found = re.search(r"code is (\d{6})", Letter.objects.filter(about="doors:code").latest("pk").body)
    assert found
    return found[1]


def answered(reference: str, cast: Cast) -> None:
    contact = Contact.objects.get(reference=reference)
    Contact.objects.filter(pk=contact.pk).update(decided_at=timezone.now())
    text = "We spoke with the school, and the park is watched."
    Reply.objects.create(contact=contact, scope=contact.scope, text=text, at=timezone.now(), by=cast.farah)


def test_whoever_showed_their_address_reads_the_answer(visitor: Client, cast: Cast) -> None:
    given = told(visitor, proved=True, email=EMAIL)
    assert Giver.objects.get().email_verified
    assert "We have not answered yet" in text(Client().post("/tell/follow", given))
    answered(given["reference"], cast)
    assert "the park is watched" in text(Client().post("/tell/follow", given))


def test_others_see_how_far_it_is_and_no_more(visitor: Client, cast: Cast) -> None:
    given = told(visitor, email=EMAIL)
    assert not Giver.objects.get().email_verified
    answered(given["reference"], cast)
    shown = text(Client().post("/tell/follow", given))
    assert "It is decided what happens" in shown
    assert "the park is watched" not in shown
    assert "Ring us" in shown


def test_following_shows_nothing_of_what_was_told(visitor: Client) -> None:
    given = told(visitor, proved=True, email=EMAIL)
    shown = text(Client().post("/tell/follow", given))
    for words in ("A car waits", "Sam", EMAIL):
        assert words not in shown


@pytest.mark.parametrize(
    "wrong", [{"code": "AAAAAAAA"}, {"reference": "222-222-222"}, {"code": "é"}, {"reference": "?"}]
)
def test_a_wrong_reference_and_a_wrong_code_are_told_alike(visitor: Client, wrong: dict[str, str]) -> None:
    given = told(visitor) | wrong
    response = Client().post("/tell/follow", given)
    assert response.status_code == 422
    assert "We find nothing with this reference and code" in text(response)


def test_guessing_is_stopped(visitor: Client) -> None:
    given = told(visitor) | {"code": "AAAAAAAA"}
    guesser = Client(REMOTE_ADDR="192.0.2.9")
    statuses = [guesser.post("/tell/follow", given).status_code for _ in range(12)]
    assert statuses == [422] * 8 + [429] * 4


def test_a_work_address_that_is_shown_to_be_theirs_counts_as_that_agency(visitor: Client, cast: Cast) -> None:
    type(cast.school).objects.filter(pk=cast.school.pk).update(email="office@school.example")
    told(visitor, proved=True, email="somebody.new@school.example")
    assert Giver.objects.get().agency == cast.school
    told(Client(), email="anybody.else@school.example")
    assert Giver.objects.latest("pk").agency is None


def test_an_address_counts_only_as_long_as_it_is_the_same(visitor: Client) -> None:
    tell(visitor, you={"email": EMAIL})
    visitor.post("/tell/you", {"email": EMAIL, "follow": "on"})
    visitor.post("/tell/code", {"code": code_in_letter()})
    assert visitor.post("/tell/you", {"email": "another@school.example"}).status_code == 302
    send(visitor)
    assert not Giver.objects.get().email_verified


def test_a_code_cannot_be_tried_out(visitor: Client) -> None:
    tell(visitor, you={"email": EMAIL})
    visitor.post("/tell/you", {"email": EMAIL, "follow": "on"})
    right = code_in_letter()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        assert "This is not the code" in text(visitor.post("/tell/code", {"code": wrong}))
    assert "tried too often" in text(visitor.post("/tell/code", {"code": right}))
    assert ReportSoFar.objects.get().proved_email == ""


def test_no_flood_of_letters_goes_to_an_address(visitor: Client) -> None:
    tell(visitor, you={"email": EMAIL})
    for _ in range(10):
        visitor.post("/tell/you", {"email": EMAIL, "follow": "on"})
    assert Letter.objects.filter(about="doors:code").count() == 4


def test_what_is_added_stands_beside_it_once(visitor: Client) -> None:
    given = told(visitor, email=EMAIL)
    form = given | {"add": "yes", "words": "He is called Max.", "once": str(uuid4())}
    for _ in range(2):
        assert "What you added has the reference" in text(Client().post("/tell/follow", form))
    first, added = Contact.objects.order_by("pk")
    assert (added.what, added.split_from, added.about, added.where) == ("He is called Max.", first, "place", {})
    assert added.giver.email == EMAIL


def test_nothing_added_is_said_so(visitor: Client) -> None:
    response = Client().post("/tell/follow", told(visitor) | {"add": "yes", "words": ""})
    assert response.status_code == 422
    assert "Write what you want to add" in text(response)


def test_what_was_told_cannot_be_added_to_with_its_own_mark(visitor: Client) -> None:
    """The mark of the first form would lead back to it: nothing is changed and nothing is lost silently."""
    given = told(visitor)
    first = Contact.objects.get()
    Client().post("/tell/follow", given | {"add": "yes", "words": "More", "once": str(first.sent_as)})
    first.refresh_from_db()
    assert first.split_from is None
