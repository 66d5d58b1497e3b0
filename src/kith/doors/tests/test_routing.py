"""Whose front door it is, by postcode; places that anybody may find; what no public page says."""

from __future__ import annotations

import pytest
from django.test import Client

from kith.config.partnership import Neighbour, Partnership
from kith.doors.queries import public_places
from kith.doors.tests.test_telling import send, tell, text
from kith.front_door.models import Contact
from kith.front_door.postcodes import as_postcode, authority_of
from kith.front_door.routing import Whose, whose_front_door
from kith.subjects.models import Reference
from tests.support.cast import NOW, Cast, make_person, make_place

BRISTOL = "E06000023"
AREA = Partnership(
    authorities=(BRISTOL,),
    postcodes=(),
    neighbours=(
        Neighbour("South Gloucestershire", "01632 960 301", authorities=("E06000025",)),
        Neighbour("Beside us", "01632 960 302", postcodes=("QY1",)),
    ),
)


@pytest.mark.parametrize(
    ("typed", "whose"),
    [
        ("bs1 5tr", Whose("BS1 5TR", known=True)),
        ("BS16 1QY", Whose("BS16 1QY", True, True, "South Gloucestershire", "01632 960 301")),
        ("SW1A 1AA", Whose("SW1A 1AA", True, True)),
        ("QY1 2AB", Whose("QY1 2AB", True, True, "Beside us", "01632 960 302")),
        ("QY11 2AB", Whose("QY11 2AB")),
        ("BS1 0ZZ", Whose("BS1 0ZZ")),
        ("", Whose()),
        ("by the park", Whose()),
    ],
)
def test_whose_front_door_a_postcode_belongs_to(typed: str, whose: Whose) -> None:
    assert whose_front_door(typed, AREA) == whose


def test_an_area_that_names_no_council_takes_everything() -> None:
    assert not whose_front_door("SW1A 1AA", Partnership(postcodes=(), neighbours=())).outside


@pytest.mark.parametrize(
    ("typed", "written"),
    [("bs15tr", "BS1 5TR"), (" SW1A-1AA ", "SW1A 1AA"), ("B1 1AA", "B1 1AA"), ("BS1", ""), ("12345", ""), ("é", "")],
)
def test_postcodes_are_read_as_people_write_them(typed: str, written: str) -> None:
    assert as_postcode(typed) == written


def test_the_directory_knows_each_length_of_postcode() -> None:
    assert authority_of("B1 1AA") == "E08000025"
    assert authority_of("M1 1AE") == "E08000003"
    assert authority_of("QX1 1AA") == ""


@pytest.mark.django_db
def test_what_belongs_elsewhere_is_received_and_the_giver_is_told(cast: Cast) -> None:
    visitor = Client()
    tell(visitor, where={"postcode": "QY1 2AB"})
    assert "Estuary and Downs Council, 01632 960 300" in text(visitor.get("/tell/check"))
    send(visitor)
    assert Contact.objects.get().where["outside"] == "Estuary and Downs Council"
    assert "We pass this on to Estuary and Downs Council" in text(visitor.get("/tell/done"))


@pytest.mark.django_db
def test_a_council_nobody_listed_is_named_by_its_postcode(cast: Cast) -> None:
    visitor = Client()
    tell(visitor, where={"postcode": "SW1A 1AA"})
    send(visitor)
    assert Contact.objects.get().where["outside"] == "SW1A 1AA"
    assert "the front door there" in text(visitor.get("/tell/done"))


@pytest.mark.django_db
def test_only_public_places_that_feeds_name_can_be_found(cast: Cast) -> None:
    park = make_place("Wobblegate Park", postcode="QX3 1AB")
    flat = make_place("Wobblegate flat", kind="home")
    written = make_place("Wobblegate shop", kind="shop")  # by a worker: no feed names it
    quiet = make_place("Wobblegate station", kind="transport", headline=False)
    child = make_person("Wobblegate Quillfeather")
    for number, subject in enumerate((park, flat, quiet, child)):
        Reference.objects.create(
            system="police", key=f"P{number}", subject=subject, scope=subject.scope, first_seen=NOW
        )
    assert public_places("wobblegate") == ["Wobblegate Park"]
    assert public_places("QX3 1AB") == ["Wobblegate Park"]
    assert public_places("wo") == public_places("%%%") == []
    assert written.pk


@pytest.mark.django_db
def test_a_place_is_found_and_chosen_without_a_script(cast: Cast) -> None:
    park = make_place("Harbour Park")
    Reference.objects.create(system="police", key="P1", subject=park, scope=park.scope, first_seen=NOW)
    visitor = Client()
    tell(visitor, where={"name": "harbour", "find": "yes"})
    assert "Harbour Park" in text(visitor.get("/tell/where?find=yes"))
    assert visitor.post("/tell/where", {"name": "harbour", "found": "Harbour Park"}).status_code == 302
    assert "Harbour Park" in text(visitor.get("/tell/check"))
    send(visitor)
    assert Contact.objects.get().where["name"] == "Harbour Park"


@pytest.mark.django_db
def test_no_public_page_says_a_name_or_shows_a_record(cast: Cast) -> None:
    """Whatever a visitor types, nothing that is known of a child comes back."""
    child = make_person("Zephyrine Quillfeather", postcode="QX9 7ZZ", address="3 Marchpaneway")
    Reference.objects.create(system="police", key="P9", subject=child, scope=child.scope, first_seen=NOW)
    visitor = Client()
    tell(visitor, where={"name": "Zephyrine", "postcode": "QX9 7ZZ"}, people={"p0-name": "Zephyrine"})
    pages = ["/tell", "/tell/where?find=yes", "/tell/people", "/tell/check", "/tell/follow", "/help"]
    pages += [f"/help/outside-the-home?for={voice}" for voice in ("professional", "parent", "young-person")]
    for page in pages:
        shown = visitor.get(page).content.decode()
        assert "Quillfeather" not in shown
        assert "Marchpaneway" not in shown
        assert f"/records/{child.pk}" not in shown
