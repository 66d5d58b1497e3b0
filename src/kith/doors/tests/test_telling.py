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


EVERY_PAGE = ("/tell", "/tell/safety", "/tell/where", "/tell/what", "/tell/people", "/tell/you", "/tell/check",
              "/tell/follow", "/help", "/help/outside-the-home")  # fmt: skip


def test_every_page_is_kept_nowhere_found_by_nobody_and_says_nothing_in_its_title(visitor: Client) -> None:
    tell(visitor)
    for address in EVERY_PAGE:
        response = visitor.get(address)
        page = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == 200, address
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "same-origin"
        assert "noindex" in response["X-Robots-Tag"]
        title = str(page.title.text).lower()  # type: ignore[union-attr]
        assert not [word for word in ("exploit", "harm", "abuse", "report", "safeguard", "police") if word in title]
        assert page.select_one("a.govuk-exit-this-page__button[href='/leave']")
        assert not page.select("input[checked], option[selected][value!='']") or address == "/tell/check"
        assert all(form.get("autocomplete") == "off" or not form.select("input[type=text], textarea")
                   for form in page.select("form[method=post]"))  # fmt: skip


def test_nothing_is_ticked_beforehand(visitor: Client) -> None:
    assert b"checked" not in visitor.get("/tell").content


def test_leaving_wipes_the_browser_and_the_words(visitor: Client) -> None:
    tell(visitor)
    left = visitor.get("/leave")
    assert left["Location"] == "https://www.bbc.co.uk/weather"
    assert left["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert left["Referrer-Policy"] == "no-referrer"
    assert not ReportSoFar.objects.exists()
    assert visitor.get("/tell/check")["Location"] == "/tell"


def test_leaving_signs_no_worker_out(cast: Cast) -> None:
    worker = Client()
    worker.force_login(cast.asha)
    tell(worker)
    assert "Clear-Site-Data" not in worker.get("/leave")
    assert not ReportSoFar.objects.exists()
    assert worker.get("/").status_code == 200


def test_what_the_public_tells_stands_in_the_queue_at_once_with_its_clock(visitor: Client) -> None:
    tell(visitor, {"kind": "public", "about": "child", "danger": "on"})
    send(visitor)
    contact = Contact.objects.get()
    assert contact.in_danger
    assert 0 < (contact.act_by - contact.received_at).total_seconds() <= 3600
    assert contact.team.work == "front-door"


def test_a_group_is_told_about_like_a_child(visitor: Client) -> None:
    tell(visitor, {"kind": "professional", "about": "group"}, where={"group": "The steps lot", "name": "Library steps"})
    send(visitor)
    named = {(one.kind, one.name) for one in Named.objects.all()}
    assert ("group", "The steps lot") in named
    assert Contact.objects.get().about == "group"


def test_starting_again_throws_the_old_words_away(visitor: Client) -> None:
    tell(visitor)
    assert "You have not sent what you wrote before" in text(visitor.get("/tell"))
    visitor.post("/tell", {"kind": "public", "about": "adult"})
    assert ReportSoFar.objects.get().pages == {"start": {"kind": ["public"], "about": ["adult"]}}


def test_an_answer_is_changed_from_the_last_page_and_comes_back_to_it(visitor: Client) -> None:
    tell(visitor)
    assert visitor.post("/tell/where?from=check", {"name": "Elsewhere"})["Location"] == "/tell/check"
    changed = visitor.post("/tell?again=yes&from=check", {"kind": "parent", "about": "place", "again": "yes"})
    assert changed["Location"] == "/tell/check"
    assert "I am a parent or carer" in text(visitor.get("/tell/check"))


def test_two_who_share_nothing_see_nothing_of_each_other(visitor: Client) -> None:
    tell(visitor)
    other = Client()
    assert other.get("/tell/check")["Location"] == "/tell"
    tell(other, what={"what": "Something else."})
    assert "A car waits" not in text(other.get("/tell/check"))


def test_only_those_at_work_are_offered_other_words(visitor: Client) -> None:
    said = {"what": "She absconded."}
    tell(visitor, what=said)
    assert "You need not change anything" in text(visitor.get("/tell/check"))
    young = Client()
    tell(young, {"kind": "young-person", "about": "place"}, what=said)
    assert "You need not change anything" not in text(young.get("/tell/check"))


def test_everybody_named_is_who_they_are_said_to_be(visitor: Client) -> None:
    people = {
        "p0-name": "Jay",
        "p1-name": "A tall man",
        "p1-part": "adult",
        "p3-about": "Rides a red bicycle",
        "p4-part": "adult",
    }
    tell(visitor, {"kind": "public", "about": "child"}, people=people)
    shown = text(visitor.get("/tell/people"))
    assert "Person 3" in shown
    assert "Person 4" not in shown
    send(visitor)
    named = [(one.name, one.part) for one in Named.objects.filter(kind="person").order_by("order")]
    assert named == [("Jay", "child"), ("A tall man", "adult"), ("Not named", "child")]
