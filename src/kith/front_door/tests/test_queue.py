"""The queue: what is due first, who has it, what agencies have answered, what it says alike."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from kith.foundations.access.models import Agency
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions import NamedIn, Told, WhoGave, put_back, receive, take_up
from kith.front_door.actions.checks import Asked, ask
from kith.front_door.models import Check, Contact
from kith.front_door.presenters.contact import show_contact, show_line
from kith.front_door.queries.queue import alike, contact_seen, count_waiting, narrowed, next_waiting, waiting
from tests.support.cast import NOW, Cast

pytestmark = pytest.mark.django_db
GIVER = WhoGave("public", name="Mrs Neighbour")


def told(what: str, hours_ago: int = 0, **more: object) -> Contact:
    given = Told("place", what, GIVER, **more)  # type: ignore[arg-type]
    receipt = receive(told=given, once=uuid4(), now=NOW - timedelta(hours=hours_ago))
    return Contact.objects.get(pk=receipt.contact_id)


def test_what_is_due_first_stands_first_and_danger_before_all(cast: Cast) -> None:
    later, sooner, danger = told("b", 1), told("a", 20), told("c", in_danger=True)
    with viewing_as(cast.farah):
        assert [one.pk for one in waiting()] == [danger.pk, sooner.pk, later.pk]
        assert count_waiting(NOW + timedelta(hours=2)) == (3, 1)


def test_words_and_kinds_narrow_it(cast: Cast) -> None:
    quay, gate = told("By the quay"), told("By the gate", named=(NamedIn("person", "child", "Orla Quayle"),))
    with viewing_as(cast.farah):
        assert {one.pk for one in narrowed(waiting(), words="QUAY")} == {quay.pk, gate.pk}
        assert [one.pk for one in narrowed(waiting(), words=f"{gate.reference} gate")] == [gate.pk]
        assert not narrowed(waiting(), about="online").exists()


def test_what_somebody_has_taken_up_is_not_the_next(cast: Cast) -> None:
    first, second = told("a", 2), told("b", 1)
    with viewing_as(cast.farah):
        take_up(contact_id=first.pk, by=cast.farah, now=NOW)
        following = next_waiting(but=0)
        assert following is not None
        assert following.pk == second.pk
        put_back(contact_id=first.pk, by=cast.farah, now=NOW)
        following = next_waiting(but=0)
        assert following is not None
        assert following.pk == first.pk
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        take_up(contact_id=first.pk, by=cast.asha, now=NOW)


def test_how_many_agencies_have_answered_stands_on_its_line(cast: Cast) -> None:
    contact = told("a")
    police = Agency.objects.create(key="police-2", name="Avon Police", kind="police", email="mash@police.example")
    with viewing_as(cast.farah):
        asked = Asked(contact.pk, "What do you know?", "decide", "red", bases=["6-1-e"])
        checks = ask(asked=asked, agencies=[police, cast.school], once=uuid4(), by=cast.farah, now=NOW)
        Check.objects.filter(pk=checks[0].pk).update(answered_at=NOW)
        assert show_line(waiting().get(), NOW, cast.farah.pk).checks == "1 of 2 agencies have answered"
        seen = contact_seen(contact.pk)
        assert seen is not None
        assert show_contact(seen, {}, NOW, cast.farah.pk).checks == "1 of 2 agencies have answered"


def test_what_names_the_same_place_may_be_about_the_same(cast: Cast) -> None:
    one = told("a", where={"name": "Harbour Park gate"})
    same, other = told("b", 30, where={"name": "Harbour Park gate"}), told("c", where={"name": "The Quay"})
    old = told("d", 24 * 40, where={"name": "Harbour Park gate"})
    with viewing_as(cast.farah):
        seen = contact_seen(one.pk)
        assert seen is not None
        assert [found.pk for found in alike(seen)] == [same.pk]
    assert {other.pk, old.pk}.isdisjoint({same.pk})
