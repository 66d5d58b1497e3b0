"""Floods, giant texts, odd names and tricks: each gets the right answer, and no honest word is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kith.doors import actions, queries
from kith.doors.models import Knock, ReportSoFar
from kith.doors.rules import LONGEST, one_line, source_mark, what_is_kept
from kith.doors.tests.test_telling import PLACE, send, tell, text
from kith.foundations.letters.models import Letter
from kith.front_door.models import Contact, Giver, Named
from kith.front_door.rules import LONGEST_WORDS
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>{{ 7351*9473 }}"
EMOJI = "🦊🔥👻"
MORNING = datetime(2026, 11, 20, 9, 30, 30, tzinfo=UTC)
WHAT = {"what": "A car waits by the gate."}


@pytest.fixture
def visitor(cast: Cast) -> Client:
    return Client()


def test_two_hundred_posts_in_a_minute_are_told_to_wait_and_to_ring(visitor: Client, cast: Cast) -> None:
    """Whoever floods is refused; an honest person at the same place keeps their words, and goes on a minute later."""
    honest = Client()
    with time_machine.travel(MORNING, tick=False):
        tell(honest, what={"what": "He waits there every day."})
        answers = [visitor.post("/tell", PLACE) for _ in range(200)]
        held = honest.post("/tell/what", {"what": "He waits there every day, in a grey car."})
    refused = [one for one in answers if one.status_code == 429]
    assert len(refused) > 100
    assert refused[-1]["Retry-After"] == "60"
    assert settings.PARTNERSHIP.front_door_phone in text(refused[-1])
    assert ReportSoFar.objects.count() < 100
    assert held.status_code == 429
    assert "What you had written is kept" in text(held)
    with time_machine.travel(MORNING + timedelta(seconds=40), tick=False):
        assert visitor.post("/tell", PLACE).status_code == 429  # a new minute, and not a minute later
    with time_machine.travel(MORNING + timedelta(minutes=2), tick=False):
        assert "in a grey car" in text(honest.get("/tell/check"))
        assert Contact.objects.get(reference=send(honest)).what == "He waits there every day, in a grey car."


def test_another_source_is_not_held_up(visitor: Client) -> None:
    for _ in range(100):
        visitor.post("/tell", PLACE)
    assert visitor.post("/tell", PLACE).status_code == 429
    assert visitor.post("/tell", PLACE, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_no_address_is_kept(visitor: Client) -> None:
    visitor.post("/tell", PLACE, REMOTE_ADDR="192.0.2.7")
    kept = Knock.objects.get()
    assert "192.0.2.7" not in str(vars(kept))
    today = timezone.now().date()
    assert kept.source == source_mark(settings.SECRET_KEY, "192.0.2.7", today)
    assert kept.source != source_mark(settings.SECRET_KEY, "192.0.2.7", today + timedelta(days=1))


def test_what_a_visitor_says_of_their_address_counts_only_behind_a_proxy(visitor: Client, settings: Any) -> None:
    given = {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.1"}
    visitor.post("/tell", PLACE, **given)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    visitor.post("/tell", PLACE, **given)
    today, secret = timezone.now().date(), settings.SECRET_KEY
    wanted = {source_mark(secret, address, today) for address in ("192.0.2.7", "198.51.100.1")}
    assert set(Knock.objects.values_list("source", flat=True)) == wanted


def test_ten_megabytes_are_answered_in_words_and_the_beginning_is_kept(visitor: Client) -> None:
    tell(visitor)
    answered = visitor.post("/tell/what", {"what": "He waits. " + "x" * 10_000_000})
    assert answered.status_code == 422
    assert f"We kept the first {LONGEST:,}" in text(answered)
    assert len(answered.content) < 150_000
    kept = ReportSoFar.objects.get().pages["what"]["what"][0]
    assert (len(kept), kept[:10]) == (LONGEST, "He waits. ")
    send(visitor)
    assert Contact.objects.get().what == kept


def test_as_much_is_kept_as_the_front_door_takes() -> None:
    assert LONGEST == LONGEST_WORDS


def test_more_than_the_server_takes_is_refused_in_words(visitor: Client) -> None:
    tell(visitor)
    answered = visitor.post("/tell/what", {"what": "x" * 13_000_000})
    assert answered.status_code in (400, 413)
    assert ReportSoFar.objects.get().pages["what"] == {"what": ["A car waits by the gate."]}


def test_a_name_of_pictures_only_is_a_name(visitor: Client) -> None:
    who = {"p0-name": EMOJI, "p0-about": "That is what they call him."}
    tell(visitor, people=who, where={"name": EMOJI}, you={"name": EMOJI})
    send(visitor)
    assert {one.name for one in Named.objects.all()} == {EMOJI}
    assert Giver.objects.get().name == EMOJI


@pytest.mark.parametrize("postcode", ["QX99 9ZZ", "ZZ1 1ZZ", "not known", "12345", "🦊"])
def test_an_unknown_postcode_is_received(visitor: Client, postcode: str) -> None:
    tell(visitor, where={"postcode": postcode})
    assert postcode in text(visitor.get("/tell/check"))
    send(visitor)
    contact = Contact.objects.get()
    assert contact.where["postcode"] == postcode
    assert "outside" not in contact.where


def test_a_script_in_every_field_is_only_words(visitor: Client) -> None:
    who = {f"p0-{name}": SCRIPT for name in ("name", "school", "about")} | {"p0-age": "<b>9</b>"}
    where = dict.fromkeys(("name", "near"), SCRIPT) | {"postcode": "<b>QX</b>"}
    you = dict.fromkeys(("name", "role", "agency_name", "best_time"), SCRIPT) | {"phone": "<i>1</i>"}
    tell(visitor, where=where, people=who, what={"what": SCRIPT}, you=you)
    pages = [visitor.get(f"/tell/{page}").content.decode() for page in ("check", "where", "people", "what", "you")]
    send(visitor)
    pages.append(visitor.get("/tell/done").content.decode())
    for page in pages:
        assert "<script>alert" not in page
        assert "onerror=alert(1)>" not in page
        assert "<b>" not in page
        assert "69636023" not in page  # what the sum comes to, were it a template
    assert Contact.objects.get().what == SCRIPT


def test_a_letters_head_cannot_be_broken_into(visitor: Client) -> None:
    tell(visitor)
    bad = "sam@school.example\nBcc: everybody@school.example"
    assert visitor.post("/tell/you", {"email": bad}).status_code == 422
    name = "Sam\r\nBcc: everybody@school.example\x00"
    assert visitor.post("/tell/you", {"email": "sam@school.example", "name": name}).status_code == 302
    send(visitor)
    letter = Letter.objects.get()
    assert letter.to == "sam@school.example"
    assert "Bcc" not in letter.subject + letter.body
    assert Giver.objects.get().name == "Sam Bcc: everybody@school.example"
    assert one_line("a\u2028b\x85c\td") == "a b c d"


def test_letters_no_database_holds_are_left_out(visitor: Client) -> None:
    tell(
        visitor, what={"what": "He\x00 waits \ud83d\udc40".encode("utf-8", "surrogatepass").decode("utf-8", "replace")}
    )
    send(visitor)
    assert "\x00" not in Contact.objects.get().what


def test_no_more_answers_are_kept_than_a_page_asks(visitor: Client) -> None:
    given = [(f"extra{number}", ["x"] * 50) for number in range(500)] + [("y" * 90, ["z"])]
    kept = what_is_kept(given).typed
    assert len(kept) <= 120
    assert max(len(values) for values in kept.values()) <= 20


@pytest.mark.parametrize("answers", [{"kind": "staff", "about": "place"}, {"kind": "public", "about": "everything"}])
def test_answers_that_are_not_offered_are_not_taken(visitor: Client, answers: dict[str, str]) -> None:
    assert visitor.post("/tell", answers).status_code == 422


def test_a_page_sent_after_its_day_is_kept_and_begun_anew(visitor: Client) -> None:
    """The browser still shows the page, and the report is gone: no word is lost."""
    tell(visitor)
    ReportSoFar.objects.all().delete()
    answered = visitor.post("/tell/what", {"what": "He waits there every day."})
    assert (answered.status_code, answered["Location"]) == (302, "/tell?again=yes")
    tell_again = visitor.post("/tell", {**PLACE, "again": "yes"})
    assert tell_again["Location"] == "/tell/where"
    assert "He waits there every day." in text(visitor.get("/tell/what"))


def test_unsent_words_are_removed_after_a_day(visitor: Client) -> None:
    tell(visitor)
    now, by = timezone.now(), queries.the_doors()
    assert actions.tidy(by=by, now=now + timedelta(hours=23)) == 0
    assert actions.tidy(by=by, now=now + timedelta(hours=25)) == 1
    assert not ReportSoFar.objects.exists()


def test_nobody_but_the_doors_sees_what_is_not_sent(visitor: Client, cast: Cast) -> None:
    from kith.foundations.access.viewing import viewing_as

    tell(visitor)
    for viewer in (*cast.everybody(), None):
        with viewing_as(viewer):
            assert not ReportSoFar.objects.exists(), viewer
            assert not Knock.objects.exists()


def test_a_script_that_asks_to_keep_is_counted_too(visitor: Client) -> None:
    tell(visitor)
    for elsewhere in ("", "?of=/elsewhere", "?of=/tell/check"):
        assert visitor.post(f"/tell/keep{elsewhere}", WHAT).status_code == 403
    address = "/tell/keep?of=/tell/what"
    statuses = [visitor.post(address, WHAT).status_code for _ in range(200)]
    assert set(statuses) == {200, 429}
    assert Client().post(address, WHAT, REMOTE_ADDR="192.0.2.7").status_code == 403


def test_another_site_cannot_send_a_report(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/tell", PLACE).status_code == 403


def test_words_kept_while_typing_never_replace_those_sent_after_them(visitor: Client) -> None:
    """A script's keeping that arrives late, on a slow line, is older than the form that was sent."""
    tell(visitor)
    mark, address = "7c9e6679-7425-40de-944b-e07fc1f90ae7", "/tell/keep?of=/tell/what"
    assert visitor.post(address, {"once": mark, "what": "Half a"}).status_code == 200
    assert visitor.post("/tell/what", {"once": mark, "what": "Half a word and the rest"}).status_code == 302
    assert visitor.post(address, {"once": mark, "what": "Half a wo"}).json() == {"kept": ""}
    assert ReportSoFar.objects.get().pages["what"] == {"what": ["Half a word and the rest"]}
    page = BeautifulSoup(visitor.get("/tell/what").content, "html.parser")
    another = str(page.select_one("input[name=once]")["value"])  # type: ignore[index]
    assert another != mark
    assert visitor.post(address, {"once": another, "what": "Changed again"}).status_code == 200
    assert ReportSoFar.objects.get().pages["what"] == {"what": ["Changed again"]}
