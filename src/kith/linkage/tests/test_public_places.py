"""Public places that feeds name: known to the whole partnership, open to those who decide on them, nobody's home."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.access.models import Agency, Opening, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.linkage.settling import feed_words
from kith.linkage.settling.feed_words import FeedWords
from kith.linkage.settling.run import AfterReport, after_loading
from kith.subjects.actions import PlaceDetails, create_place
from kith.subjects.models import Headline, Person, Reference, RestrictedPart, Subject
from kith.subjects.queries import my_circles
from kith.subjects.search import understand
from kith.subjects.search.queries import find
from tests.support.cast import NOW, Cast, let_in, make_circle, make_link, make_person, make_place

pytestmark = pytest.mark.django_db
FEEDS = (
    FeedWords("police-log", "Police log", "police"),
    FeedWords("roll", "School roll", "harbour-view"),
    FeedWords("clinic-feed", "Clinic", "clinic", restricted="sexual-health", known_existence=False),
    FeedWords("register", "Protected addresses", "council", known_existence=False),
)
TODAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def _feeds(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr(feed_words, "_words", lambda known: {words.feed: words for words in FEEDS})
    Agency.objects.create(key="police", name="Severnmouth police", kind="police", phone="01632 960120")


def from_feed(name: str = "Harbour Park", **fields: Any) -> Subject:
    """A place as a loading leaves it: a number, a circle that nobody holds, no headline."""
    place = make_place(name, headline=False, **fields)
    Reference.objects.create(
        system="places", key=name.lower(), kind="place", subject=place, scope=place.scope, first_seen=NOW
    )
    return place


def named_by(feed: str, *about: Subject, scopes: dict[int, Any] | None = None, private: str = "") -> Entry:
    """An entry of a feed about a place, and a child whose part of it is private."""
    entry = Entry.objects.create(feed=feed, kind="note", on=date(2026, 11, 1), summary="Called to it", recorded_at=NOW)
    for subject in about:
        EntrySubject.objects.create(
            entry=entry,
            subject=subject,
            scope=(scopes or {}).get(subject.pk, subject.scope),
            on=entry.on,
            private_text=private if subject.kind == "person" else "",
        )
    return entry


def follow(cast: Cast) -> AfterReport:
    return after_loading(delivery_ids=None, by=cast.loader, now=NOW)


def test_a_public_place_is_told_of_with_the_agency_that_named_it(cast: Cast) -> None:
    park = from_feed()
    named_by("police-log", park)
    follow(cast)
    headline = Headline.objects.get()
    assert (headline.pk, headline.kind, headline.name) == (park.pk, "place", "Harbour Park")
    assert headline.ring == [
        {"agency": "Severnmouth police", "team": "", "worker": "", "role": "", "phone": "01632 960120"}
    ]
    for viewer, sees in ((cast.carol, True), (cast.ben, True), (cast.dev, False), (cast.gwen, False)):
        with viewing_as(viewer):
            assert Headline.objects.exists() is sees


def test_a_place_named_by_an_agency_without_a_number_says_to_ring_the_front_door(cast: Cast) -> None:
    Agency.objects.filter(key="police").update(phone="")
    named_by("police-log", from_feed())
    follow(cast)
    assert Headline.objects.get().ring[0]["agency"] == "The front door"


@pytest.mark.parametrize("kind", ["home", "childrens-home", "online", "other"])
def test_where_somebody_may_live_is_not_told_of(cast: Cast, kind: str) -> None:
    named_by("police-log", from_feed("Somewhere", kind=kind))
    follow(cast)
    assert not Headline.objects.exists()
    assert not Opening.objects.exists()


def test_a_hotel_where_a_child_lives_is_not_told_of_and_is_told_of_when_nobody_does_any_more(cast: Cast) -> None:
    hotel, child = from_feed("Runway Inn", kind="hotel"), make_person("Ewan Pryce", headline=False)
    named_by("police-log", hotel)
    make_link(child, hotel, kind="lives-at")
    follow(cast)
    assert not Headline.objects.exists()
    child.links.update(ended_at=NOW)
    hotel.links.update(ended_at=NOW)
    follow(cast)
    assert Headline.objects.get().pk == hotel.pk
    hotel.links.update(ended_at=None)
    follow(cast)
    assert not Headline.objects.exists()
    assert not Opening.objects.filter(ended_at=None).exists()


def test_a_place_that_somebodys_address_names_is_not_told_of(cast: Cast) -> None:
    named_by("police-log", from_feed("Tidewater Apartments", kind="hotel", postcode="QX1 4AB"))
    make_person("Amara Osei", headline=False, postcode="QX1 4AB", address="Flat 2, Tidewater apartments")
    follow(cast)
    assert not Headline.objects.exists()


def test_a_door_in_a_street_is_not_a_public_place(cast: Cast) -> None:
    named_by("police-log", from_feed("14 Capstan Street", kind="street"))
    follow(cast)
    assert not Headline.objects.exists()


@pytest.mark.parametrize("feed", ["clinic-feed", "register", "a-feed-that-is-gone"])
def test_a_place_known_only_through_what_may_not_be_told_is_not_told_of(cast: Cast, feed: str) -> None:
    clinic = from_feed("The young people's clinic", kind="health")
    part = RestrictedPart.objects.create(subject=clinic, audience="sexual-health", scope=make_circle())
    named_by(feed, clinic, scopes={clinic.pk: part.scope} if feed == "clinic-feed" else None)
    follow(cast)
    assert not Headline.objects.exists()
    named_by("police-log", clinic)
    follow(cast)
    assert Headline.objects.get().ring[0]["agency"] == "Severnmouth police"


def test_those_who_decide_on_places_hold_them_and_nobody_else(cast: Cast) -> None:
    park = from_feed()
    named_by("police-log", park)
    made = follow(cast)
    assert (made.headlines, made.opened) == (1, 2)
    for viewer in cast.everybody():
        with viewing_as(viewer):
            assert Subject.objects.filter(pk=park.pk).exists() is (viewer in (cast.farah, cast.hana)), viewer.name
    assert (follow(cast).opened, follow(cast).closed) == (0, 0)
    Viewer.objects.filter(pk=cast.hana.pk).update(role="practitioner")
    assert follow(cast).closed == 1
    with viewing_as(cast.hana):
        assert not Subject.objects.exists()
    assert not my_circles(cast.farah, NOW)


def test_another_authoritys_front_door_holds_none(cast: Cast) -> None:
    Viewer.objects.filter(pk=cast.dev.pk).update(role="front-door")
    named_by("police-log", from_feed())
    follow(cast)
    with viewing_as(cast.dev):
        assert not Subject.objects.exists()


def test_a_place_opened_by_hand_keeps_the_headline_and_the_circle_of_its_writer(cast: Cast) -> None:
    with viewing_as(cast.asha):
        place = create_place(name="Skate bowl", details=PlaceDetails(kind="park"), by=cast.asha, now=NOW)
    follow(cast)
    assert Headline.objects.get(pk=place.pk).ring[0]["worker"] == "Asha Rahman"
    with viewing_as(cast.farah):
        assert not Subject.objects.exists()


def test_the_places_page_shows_what_happened_and_nothing_of_a_childs_own(client: Client, cast: Cast) -> None:
    park, amara = from_feed(), make_person("Amara Osei", headline=False)
    let_in(amara, cast.asha)
    named_by("police-log", park, amara, private="She was afraid of the man who drove")
    EntrySubject.objects.create(
        entry=Entry.objects.create(kind="note", on=date(2026, 11, 2), summary="Only hers", recorded_at=NOW),
        subject=amara,
        scope=amara.scope,
        on=date(2026, 11, 2),
    )
    follow(cast)
    client.force_login(cast.farah)
    for name in ("record", "record-chronology", "record-links", "record-involved"):
        page = client.get(reverse(name, args=[park.pk])).content.decode()
        assert not [word for word in ("afraid", "Amara", "Osei", "Only hers") if word in page], name
    assert "Called to it" in client.get(reverse("record-chronology", args=[park.pk])).content.decode()
    client.force_login(cast.carol)
    page = client.get(reverse("record", args=[park.pk])).content.decode()
    assert "Severnmouth police" in page
    assert "Called to it" not in page
    client.force_login(cast.dev)
    assert client.get(reverse("record", args=[park.pk])).status_code == 404


@pytest.mark.parametrize("text", ["Harbour Park", "harbor park", "QX1 4AB", "qx14ab", "harbour park qx1 4ab"])
def test_everybody_in_the_partnership_finds_it_by_name_or_postcode_and_nobody_outside(cast: Cast, text: str) -> None:
    park = from_feed(postcode="QX1 4AB")
    make_person("Amara Osei", postcode="QX1 4AB")
    named_by("police-log", park)
    follow(cast)

    def found(viewer: Viewer) -> list[tuple[int, str]]:
        with viewing_as(viewer):
            return [(one.subject_id, one.tier) for one in find(understand(text, today=TODAY), today=TODAY)]

    assert found(cast.farah) == [(park.pk, "full")]
    for viewer in (cast.asha, cast.ben, cast.carol):
        assert found(viewer) == [(park.pk, "headline")]
    for viewer in (cast.dev, cast.gwen, cast.ellis):
        assert found(viewer) == []


@pytest.mark.parametrize(
    ("text", "is_found"), [("the bilge", True), ("bilge", True), ("bil", False), ("harbour", False)]
)
def test_a_name_of_one_word_is_a_whole_name(cast: Cast, text: str, is_found: bool) -> None:
    named_by("police-log", from_feed("The Bilge", kind="nightclub"), from_feed("Harbour Park"))
    follow(cast)
    with viewing_as(cast.carol):
        assert bool(find(understand(text, today=TODAY), today=TODAY)) is is_found


def test_a_home_in_the_same_postcode_is_not_found(cast: Cast) -> None:
    named_by("police-log", from_feed("A home", kind="home", postcode="QX1 4AB"))
    follow(cast)
    with viewing_as(cast.carol):
        assert find(understand("QX1 4AB", today=TODAY), today=TODAY) == []
    assert not Person.objects.exists()
