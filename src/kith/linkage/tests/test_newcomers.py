"""A record begun from what somebody told is found, and linked with what agencies send later."""

from __future__ import annotations

import pytest

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.linkage.newcomers import Newcomer, begin_person, take_back_person
from kith.linkage.settling.run import settle
from kith.linkage.tasks import link_newcomers
from kith.subjects.models import Headline, Person, Subject
from kith.subjects.search import understand
from kith.subjects.search.queries import find
from tests.support.cast import NOW, Cast

pytestmark = pytest.mark.django_db(transaction=False)
SAID = {"first_name": "Ottoline", "last_name": "Farthingdale", "date_of_birth": "2011-02-03", "postcode": "QX1 2AB"}
TODAY = NOW.date()


def begin(cast: Cast) -> int:
    return begin_person(newcomer=Newcomer(SAID, True, "Contact K7M-4PQ-2XD"), by=cast.farah, now=NOW)


def found(cast: Cast, text: str) -> list[int]:
    with viewing_as(cast.farah):
        return [one.subject_id for one in find(understand(text, today=TODAY), today=TODAY)]


def test_they_are_known_by_name_and_headline_and_their_circle_is_empty(cast: Cast) -> None:
    pk = begin(cast)
    person = Person.objects.get(pk=pk)
    assert (person.first_name, person.is_child, Headline.objects.get(pk=pk).name) == (
        "Ottoline",
        True,
        "Ottoline Farthingdale",
    )
    assert found(cast, "Otoline Farthingdale 3 February 2011") == [pk]
    with viewing_as(cast.farah):
        assert not Subject.objects.filter(pk=pk).exists()


def test_the_next_linking_compares_them(cast: Cast) -> None:
    first, second = begin(cast), begin(cast)
    loader = system_viewer("loader")
    with viewing_as(loader):
        settle(by=loader, now=NOW)
    one, other = Subject.objects.get(pk=first), Subject.objects.get(pk=second)
    assert one.joined_into_id == other.pk or other.joined_into_id == one.pk


def test_taken_back_they_are_not_found(cast: Cast) -> None:
    pk = begin(cast)
    take_back_person(subject_id=pk, because="Undone", by=cast.farah, now=NOW)
    assert not Headline.objects.filter(pk=pk).exists()
    assert found(cast, "Ottoline Farthingdale 3 February 2011") == []


def test_every_night_whoever_was_begun_is_compared(cast: Cast) -> None:
    assert link_newcomers(0) == 0
    first, second = begin(cast), begin(cast)
    assert link_newcomers(0) == 2
    one, other = Subject.objects.get(pk=first), Subject.objects.get(pk=second)
    stays = other if one.joined_into_id else one
    assert {one.joined_into_id, other.joined_into_id} == {None, stays.pk}
    assert found(cast, "Ottoline Farthingdale 3 February 2011") == [stays.pk]
    assert link_newcomers(0) == 0
