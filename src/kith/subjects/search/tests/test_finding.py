"""What is found, by whom: the search function under row security."""

from datetime import date

import pytest

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.subjects.models import Subject
from kith.subjects.search import Stated, refresh, understand
from kith.subjects.search.queries import Found, find
from tests.support.cast import Cast, let_in, make_cast, make_group, make_person, make_place

TODAY = date(2026, 11, 3)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def amara(cast: Cast) -> Subject:
    """Amara, whom Asha works with; Leo, with whom nobody here works; a park and a group of Asha's."""
    amara = make_person("Amara Okafor", date_of_birth=date(2011, 3, 11), nhs_number="4857773457")
    leo = make_person("Mohammed Ahmed", date_of_birth=date(2012, 9, 30), postcode="QX1 4QR", address="14 Harbour Road")
    park = make_place("Harbour Park", address="Dock Street", postcode="QX2 1AA")
    group = make_group("Friday skate crew")
    for one in (amara, park, group):
        let_in(one, cast.asha)
    let_in(leo, cast.carol)
    with viewing_as(cast.loader):
        refresh()
    return amara


def ask(viewer: Viewer | None, text: str) -> list[Found]:
    with viewing_as(viewer):
        return find(understand(text, today=TODAY), today=TODAY)


def names(viewer: Viewer | None, text: str) -> list[tuple[str, str]]:
    return [(found.label, found.tier) for found in ask(viewer, text)]


@pytest.mark.parametrize(
    "text",
    [
        "amara", "Amara Okafor", "okafor amara", "Amra Okafor", "Amara Okaffor", "amara ocaphor", "ama", "AMARÁ OKAFOR",
        "11/3/2011", "11 March 2011", "okafor 15", "amara 2011", "485 777 3457", "4857773457", "amara 3/11/2011",
    ],
)  # fmt: skip
def test_her_worker_finds_her_however_she_is_typed(cast: Cast, amara: Subject, text: str) -> None:
    assert names(cast.asha, text)[:1] == [("Amara Okafor", "full")]


@pytest.mark.parametrize("text", ["Amara Okafor 11/3/2011", "amra okafor 11/3/2011", "Amara Okafor 15", "4857773457"])
def test_others_who_know_whom_they_mean_find_a_headline(cast: Cast, amara: Subject, text: str) -> None:
    assert names(cast.ben, text) == [("Amara Okafor", "headline")]


@pytest.mark.parametrize(
    "text", ["amara", "Amara Okafor", "okafor 2011", "11/3/2011", "Amara Okafor 1/1/1990", "harbour"]
)
def test_others_who_do_not_find_nothing(cast: Cast, amara: Subject, text: str) -> None:
    assert names(cast.ben, text) == []


@pytest.mark.parametrize("text", ["amara", "Amara Okafor 11/3/2011", "4857773457", "Harbour Park", "Friday skate crew"])
def test_another_authority_and_nobody_find_nothing(cast: Cast, amara: Subject, text: str) -> None:
    assert ask(cast.dev, text) == []
    assert ask(None, text) == []


def test_places_and_groups_are_found_by_name(cast: Cast, amara: Subject) -> None:
    assert names(cast.asha, "harbor park") == [("Harbour Park", "full")]
    assert names(cast.asha, "skate") == [("Friday skate crew", "full")]
    assert names(cast.ben, "Harbour Park") == [("Harbour Park", "headline")]
    assert names(cast.ben, "Friday skate crew") == []  # it has no headline


def test_addresses_and_postcodes_find_only_ones_own(cast: Cast, amara: Subject) -> None:
    for text in ("14 harbour road", "QX1 4QR", "qx14qr"):
        assert names(cast.carol, text)[:1] == [("Mohammed Ahmed", "full")]
        assert names(cast.ben, text) == []


def test_names_that_sources_state_are_found(cast: Cast, amara: Subject) -> None:
    with viewing_as(cast.loader):
        refresh(
            [amara.pk],
            stated=[Stated(amara.pk, amara.scope_id, "Mara", "Obi", date_of_birth=date(2011, 11, 3))],
        )
    assert names(cast.asha, "mara obi")[:1] == [("Amara Okafor", "full")]
    assert names(cast.ben, "mara obi 3/11/2011") == [("Amara Okafor", "headline")]
    with viewing_as(cast.loader):
        refresh([amara.pk], stated=[])
    assert names(cast.ben, "mara obi 3/11/2011") == []


def test_a_short_number_opens_no_headline(cast: Cast, amara: Subject) -> None:
    with viewing_as(cast.loader):
        refresh([amara.pk], stated=[Stated(amara.pk, amara.scope_id, numbers=["LS17", "LS00017"])])
    assert names(cast.asha, "LS17") == [("Amara Okafor", "full")]
    assert names(cast.ben, "LS17") == []
    assert names(cast.ben, "LS-00017") == [("Amara Okafor", "headline")]


def test_the_very_date_of_birth_forgives_one_of_two_names(cast: Cast, amara: Subject) -> None:
    assert names(cast.ben, "Amara Sutton 11/3/2011") == [("Amara Okafor", "headline")]
    assert names(cast.ben, "Amara Sutton 3/11/2011") == []
    assert names(cast.ben, "Amara 11/3/2011") == []
