"""A decision opens what it says, for the child and for the context; undone within ten minutes, nothing has followed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from kith.chronology.models import EntrySubject
from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions import (
    Decided,
    Follows,
    NamedIn,
    Sharing,
    Told,
    WhoGave,
    choose_again,
    decide,
    is_new,
    is_on_record,
    join,
    needs_no_record,
    receive,
    split,
    undo,
)
from kith.front_door.models import Contact, Decision, Outcome
from kith.pathways.models import Work
from kith.subjects.models import Headline, Subject
from tests.support.cast import NOW, Cast, make_entry, make_person, make_viewer

pytestmark = pytest.mark.django_db
SHARED = Sharing(shared=True, bases=("6-1-e", "9-2-g"), family_informed="yes")
SOON, LATER = NOW + timedelta(minutes=9), NOW + timedelta(minutes=11)


@pytest.fixture
def contexts(cast: Cast) -> Team:
    team = Team.objects.create(agency=cast.council, name="Contexts", work="contexts")
    make_viewer("Nell Adeyemi", "practitioner", cast.council, team)
    return team


def told(about: str = "place", *named: NamedIn, **more: object) -> Contact:
    giver = WhoGave("professional", name="Sam Tully", email="sam@harbour-view.example")
    given = Told(about=about, what="Older men wait in a car by the gate.", giver=giver, named=named, **more)  # type: ignore[arg-type]
    return Contact.objects.get(pk=receive(told=given, once=uuid4(), now=NOW).contact_id)


def act(contact: Contact, *follows: Follows, by: Viewer, on_record: str = "Men wait in a car.") -> Decision:
    decided = Decided("act", "Several reports in a week.", SHARED, on_record, follows)
    return decide(contact_id=contact.pk, decided=decided, once=uuid4(), by=by, now=NOW)


def test_a_place_with_no_child_named_goes_to_an_open_context_pathway(cast: Cast, contexts: Team) -> None:
    contact = told(where={"name": "The Old Quay", "postcode": "QX1 2AB"})
    named = contact.named.get()
    with viewing_as(cast.farah):
        is_new(named_id=named.pk, by=cast.farah, now=NOW, details={"kind": "park"})
        act(contact, Follows(named.pk, "context", contexts), by=cast.farah)
    work = Work.objects.get()
    assert (work.pathway, work.state, work.subject.name, work.team) == ("context", "concern", "The Old Quay", contexts)
    assert EntrySubject.objects.get(subject=work.subject).entry.summary == "Men wait in a car."
    with viewing_as(contexts.viewers.get()):
        assert Subject.objects.get(pk=work.subject_id).name == "The Old Quay"
        assert Work.objects.count() == 1
        assert not Contact.objects.exists()


def test_a_child_and_a_place_each_take_their_own_path(cast: Cast, contexts: Team) -> None:
    child = make_person("Amara Osei")
    contact = told("child", NamedIn("person", "child", "Amara O"), where={"name": "Quay"})
    person, place = contact.named.order_by("order")
    with viewing_as(cast.farah):
        is_on_record(named_id=person.pk, subject_id=child.pk, by=cast.farah, now=NOW)
        is_new(named_id=place.pk, by=cast.farah, now=NOW)
        act(
            contact,
            Follows(person.pk, "assessment", cast.east, "Only for her"),
            Follows(place.pk, "context", contexts),
            by=cast.farah,
        )
    assert {work.pathway for work in Work.objects.all()} == {"assessment", "context"}
    rows = {row.subject_id: row.private_text for row in EntrySubject.objects.all()}
    assert rows[child.pk] == "Only for her"
    assert sorted(rows.values()) == ["", "Only for her"]
    assert len(set(EntrySubject.objects.values_list("entry_id", flat=True))) == 1


def test_the_record_is_open_to_the_front_door_until_the_decision(cast: Cast) -> None:
    child = make_person("Amara Osei")
    contact = told("child", NamedIn("person", "child", "Amara O"))
    named = contact.named.get()
    with viewing_as(cast.farah):
        assert not Subject.objects.filter(pk=child.pk).exists()
        is_on_record(named_id=named.pk, subject_id=child.pk, by=cast.farah, now=NOW)
        assert Subject.objects.filter(pk=child.pk).exists()
        choose_again(named_id=named.pk, by=cast.farah, now=NOW)
        assert not Subject.objects.filter(pk=child.pk).exists()
        is_on_record(named_id=named.pk, subject_id=child.pk, by=cast.farah, now=NOW)
        act(contact, Follows(named.pk, "information"), by=cast.farah)
        assert not Subject.objects.filter(pk=child.pk).exists()


def test_a_record_that_may_not_be_known_of_cannot_be_chosen(cast: Cast) -> None:
    hidden = make_person("Amara Osei", headline=False)
    named = told("child", NamedIn("person", "child", "Amara O")).named.get()
    with viewing_as(cast.farah), pytest.raises(NotAllowed):
        is_on_record(named_id=named.pk, subject_id=hidden.pk, by=cast.farah, now=NOW)


def test_undone_within_ten_minutes_nothing_has_followed(cast: Cast, contexts: Team) -> None:
    child = make_person("Amara Osei")
    contact = told(
        "child", NamedIn("person", "child", "Amara O"), NamedIn("person", "child", "Bo Newly"), where={"name": "Quay"}
    )
    known, new, place = contact.named.order_by("order")
    with viewing_as(cast.farah):
        is_on_record(named_id=known.pk, subject_id=child.pk, by=cast.farah, now=NOW)
        is_new(named_id=new.pk, by=cast.farah, now=NOW)
        is_new(named_id=place.pk, by=cast.farah, now=NOW, details={"kind": "park"})
        follows = [Follows(one.pk, "assessment", cast.east) for one in (known, new)]
        decision = act(contact, *follows, Follows(place.pk, "context", contexts), by=cast.farah)
    with viewing_as(cast.ben):
        assert Subject.objects.filter(kind="person").count() == 2
    with viewing_as(cast.farah):
        undo(decision_id=decision.pk, because="Wrong child", by=cast.farah, now=SOON)
    with viewing_as(cast.ben):
        assert not Subject.objects.exists()
    assert not Work.objects.filter(taken_back=False).exists()
    assert not EntrySubject.objects.filter(entry__ended_at=None).exists()
    assert set(Headline.objects.values_list("name", flat=True)) == {"Amara Osei"}
    contact.refresh_from_db()
    assert contact.decided_at is None
    with viewing_as(cast.farah):  # and it can be decided again
        assert Subject.objects.filter(pk=child.pk).exists()
        act(contact, Follows(known.pk, "information"), by=cast.farah)


def test_after_ten_minutes_it_stands(cast: Cast) -> None:
    contact = told(where={"name": "Quay"})
    with viewing_as(cast.farah):
        decision = act(contact, by=cast.farah)
        with pytest.raises(NotAllowed, match="10 minutes"):
            undo(decision_id=decision.pk, because="Late", by=cast.farah, now=LATER)


def test_a_referral_within_twelve_months_of_another_is_a_re_referral(cast: Cast) -> None:
    child = make_person("Amara Osei")
    make_entry("Referral", child, on=(NOW - timedelta(days=364)).date(), kind="referral")
    contact = told("child", NamedIn("person", "child", "Amara O"))
    named = contact.named.get()
    with viewing_as(cast.farah):
        is_on_record(named_id=named.pk, subject_id=child.pk, by=cast.farah, now=NOW)
        act(contact, Follows(named.pk, "assessment", cast.east), by=cast.farah)
    outcome = Outcome.objects.get()
    assert (outcome.re_referral, outcome.before_on) == (True, (NOW - timedelta(days=364)).date())


def test_the_same_decision_sent_twice_is_one(cast: Cast) -> None:
    contact, once = told(where={"name": "Quay"}), uuid4()
    decided = Decided("no-action", "The gate was shut last year.", Sharing(False, refused_because="Nobody is named"))
    with viewing_as(cast.farah):
        first, second = (
            decide(contact_id=contact.pk, decided=decided, once=once, by=cast.farah, now=NOW) for _ in range(2)
        )
    assert first.pk == second.pk


def test_nobody_but_the_front_door_decides(cast: Cast) -> None:
    contact = told(where={"name": "Quay"})
    for viewer in cast.everybody():
        if viewer == cast.farah:
            continue
        with viewing_as(viewer), pytest.raises((NotAllowed, Contact.DoesNotExist)):
            act(contact, by=viewer)


def test_one_that_is_two_is_split_and_keeps_its_clock(cast: Cast) -> None:
    contact = told("child", NamedIn("person", "child", "Amara O"), NamedIn("person", "child", "Bo N"))
    first, second = contact.named.order_by("order")
    with viewing_as(cast.farah):
        needs_no_record(named_id=first.pk, by=cast.farah, now=SOON)
        other = split(
            contact_id=contact.pk, named_ids=[second.pk], what="About Bo", once=uuid4(), by=cast.farah, now=SOON
        )
    assert [named.name for named in other.named.all()] == ["Bo N"]
    assert (other.act_by, other.split_from, other.giver.name) == (contact.act_by, contact, "Sam Tully")


def test_two_that_are_one_are_joined(cast: Cast) -> None:
    one, other = told(where={"name": "Quay"}), told(where={"name": "Old Quay"})
    with viewing_as(cast.farah):
        join(contact_id=one.pk, into_id=other.pk, because="The same car", once=uuid4(), by=cast.farah, now=SOON)
    one.refresh_from_db()
    assert (one.joined_into, one.decided_at) == (other, SOON)
