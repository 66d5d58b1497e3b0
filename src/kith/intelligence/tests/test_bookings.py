"""Rooms and apartments that were booked: told, found, compared; a prompt is overruled with a reason and counted."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.governance.register import entry
from kith.governance.register.firings import fired
from kith.intelligence.actions import BookingGiven, NamedGiven, overrule_alike
from kith.intelligence.models import Booking, BookingAlike, Report
from kith.intelligence.rules.bookings import Booked, why_same
from kith.intelligence.tests.given import receive, report_of
from kith.intelligence.tests.test_pages import GIVEN, sent, signed_in
from tests.support.cast import Cast, let_in, make_place

pytestmark = pytest.mark.django_db
BOOKED = {
    "booked_kind": "serviced-apartment",
    "booked_place": "Anchor Court, flat 4",
    "booked_by": "Mr Dorian Pell",
    "booked_by_another": "yes",
    "booked_card": "4417",
    "booked_stolen": "yes",
    "booked_cash": "no",
    "booked_told": "not-known",
    "booked_from-day": "30", "booked_from-month": "10", "booked_from-year": "2026",
}  # fmt: skip
LIST = "/intelligence/bookings/"


def booked(cast: Cast, place: str = "Anchor Court", **words: Any) -> Report:
    named = words.pop("named", ())
    said = {"kind": "serviced-apartment", "place": place, "booker": "Dorian Pell", **words}
    return report_of(receive(cast, named=named, booking=BookingGiven(**said)))


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        (("Mr Dorian Pell", "", "A"), ("PELL, Dorian", "", "B"), ("the same name, Mr Dorian Pell, elsewhere",)),
        (("Dorian Pell", "", "A"), ("Dorian Pell", "", "a"), ("the same name, Dorian Pell, at the same place",)),
        (("", "4417", "A"), ("", "4417", "B"), ("a card that ends in 4417, elsewhere",)),
        (("J", "", "A"), ("J", "", "B"), ()),
        (("Mr", "", "A"), ("Mr", "", "B"), ()),
        (("", "", "A"), ("", "", "A"), ()),
        (("Dorian Pell", "4417", "A"), ("Doreen Pell", "4418", "B"), ()),
    ],
)
def test_the_rule_says_why(one: tuple[str, ...], other: tuple[str, ...], because: tuple[str, ...]) -> None:
    assert why_same(Booked(*one), Booked(*other)) == because


def test_a_report_carries_what_was_booked_and_its_giver_says_no_more_of_the_card(cast: Cast) -> None:
    page = sent(signed_in(cast.carol), "/intelligence/new", {**GIVEN, **BOOKED, "booked_card": "4929 1234 4417"})
    assert "There is a problem" in page
    assert Booking.objects.count() == 0
    page = sent(signed_in(cast.carol), "/intelligence/new", {**GIVEN, **BOOKED, "booked_card": "12345"})
    assert "There is a problem" in page
    sent(signed_in(cast.carol), "/intelligence/new", {**GIVEN, **BOOKED, "booked_kind": ""})
    assert Booking.objects.count() == 0
    sent(signed_in(cast.carol), "/intelligence/new", {**GIVEN, **BOOKED})
    kept = Booking.objects.get()
    assert (kept.booker, kept.card_digits, kept.by_another, kept.in_cash) == ("Mr Dorian Pell", "4417", "yes", "no")
    assert kept.stayed_from == date(2026, 10, 30)
    assert (kept.told_by_management, kept.named.value, kept.named.kind) == (
        "not-known",
        "Anchor Court, flat 4",
        "place",
    )
    with pytest.raises(IntegrityError):
        Booking.objects.update(card_digits="44l7")


def test_without_a_booking_nothing_is_kept_of_one_and_its_part_stays_shut(cast: Cast) -> None:
    page = sent(signed_in(cast.carol), "/intelligence/new", {**GIVEN, "text": ""})
    assert not BeautifulSoup(page, "html.parser").select_one("details.govuk-details[open]")
    page = sent(signed_in(cast.carol), "/intelligence/new", {**GIVEN, "text": "", "booked_by": "Dorian Pell"})
    assert BeautifulSoup(page, "html.parser").select_one("details.govuk-details[open] input[name=booked_by]")
    sent(signed_in(cast.carol), "/intelligence/new", GIVEN)
    assert Report.objects.count() == 1
    assert Booking.objects.count() == 0


def test_the_same_booker_or_card_elsewhere_is_shown_to_those_who_grade(cast: Cast) -> None:
    first, second = booked(cast), booked(cast, "Tidewater", booker="Pell, Dorian", card_digits="4417")
    third, other = (
        booked(cast, "Runway Inn", booker="K Ashdown", card_digits="4417"),
        booked(cast, "Inn", booker="A Bee"),
    )
    assert BookingAlike.objects.count() == 2
    page = signed_in(cast.kofi).get(f"/intelligence/{second.pk}/").content.decode()
    assert "the same name, Pell, Dorian, elsewhere" in page
    assert "a card that ends in 4417, elsewhere" in page
    assert first.number in page
    assert third.number in page
    assert "May be the same booker" not in signed_in(cast.kofi).get(f"/intelligence/{other.pk}/").content.decode()


def test_a_prompt_is_overruled_with_a_reason_and_counted(cast: Cast) -> None:
    first, _ = booked(cast), booked(cast, "Tidewater")
    alike = BookingAlike.objects.get()
    client = signed_in(cast.kofi)
    asked = client.get(f"{LIST}{alike.pk}/").content.decode()
    assert {alike.first.report.number, alike.second.report.number} <= set(re.findall(r"I-[A-Z0-9]+", asked))
    assert "There is a problem" in sent(client, f"{LIST}{alike.pk}/", {"because": ""})
    sent(client, f"{LIST}{alike.pk}/", {"because": "Two cousins of one name; the bank says so"})
    assert "May be the same booker" not in client.get(f"/intelligence/{first.pk}/").content.decode()
    assert client.get(f"{LIST}{alike.pk}/").status_code == 404
    assert AuditEvent.objects.filter(action="overrule-booking", viewer_id=cast.kofi.pk).count() == 1
    one = entry("bookings-same-booker")
    assert one is not None
    with connection.cursor() as cursor:
        cursor.execute(one.counted)
        assert [row[2] for row in cursor.fetchall()] == [True]
    assert fired(one, timezone.localdate(), by_group=False) is not None
    with viewing_as(cast.carol), pytest.raises(Exception, match="police|may|grade"):
        overrule_alike(alike_id=alike.pk, because="No", by=cast.carol, now=timezone.now())


def test_the_register_lists_places_with_their_bookings_and_is_searched(cast: Cast) -> None:
    booked(cast, stayed_from=date(2026, 10, 3), card_digits="4417", card_stolen="yes")
    booked(cast, stayed_from=date(2026, 10, 10), booker="K Ashdown", told_by_management="no")
    booked(cast, "Runway Inn", kind="hotel", booker="A Bee")
    client = signed_in(cast.kofi)
    page = BeautifulSoup(client.get(LIST).content, "html.parser")
    assert [one.get_text(" ", strip=True) for one in page.select("main h2")][:2] == [
        "Anchor Court 2 bookings",
        "Runway Inn 1 booking",
    ]
    stays = [one.strong.get_text() for one in page.select(".kith-ticket")]
    assert stays[:2] == ["Saturday 10 October 2026", "Saturday 3 October 2026"]
    assert "Management did not report it" in page.get_text()
    for words, found in (("pell", 1), ("4417", 1), ("runway", 1), ("anchor", 2), ("nobody", 0), ("441", 0)):
        page = BeautifulSoup(client.get(LIST, {"q": words}).content, "html.parser")
        assert len(page.select(".kith-ticket")) == found, words
    said = AuditEvent.objects.filter(action="read-intelligence", viewer_id=cast.kofi.pk).values_list("what", flat=True)
    assert "Read 1 bookings of rooms, looking for pell" in said


def test_the_place_shows_its_bookings_to_those_who_may_read_both(cast: Cast) -> None:
    place = make_place("Anchor Court", kind="hotel")
    let_in(place, cast.kofi, cast.asha, cast.carol)
    named = (NamedGiven("place", "Anchor Court", subject_id=place.pk),)
    booked(cast, "", named=named, stayed_from=date(2026, 10, 3))
    booked(cast, "Tidewater")
    page = signed_in(cast.kofi).get(f"/records/{place.pk}/intelligence").content.decode()
    assert "Booked here, over time" in page
    assert "In the name of Dorian Pell" in page
    assert "Tidewater" in page
    page = signed_in(cast.asha).get(f"/records/{place.pk}/intelligence").content.decode()
    assert "Booked here" not in page
    assert "Pell" not in page


def test_others_read_no_booking_and_the_list_asks_little(cast: Cast) -> None:
    booked(cast)
    for who in (cast.asha, cast.carol):
        assert signed_in(who).get(LIST).status_code == 403
        with viewing_as(who):
            assert Booking.objects.count() == 0
    client = signed_in(cast.kofi)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(8):
        booked(cast, f"Place {number}", booker=f"Booker Number{number}", card_digits="4417")
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) <= len(few) + 1
