"""An entry is written once and stands on every record it is about, each with a part of its own."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from kith.chronology.actions import (
    About,
    Written,
    correct_entry,
    dispute_entry,
    mark_significant,
    unmark_significant,
    write_entry,
)
from kith.chronology.models import Dispute, Entry, EntrySubject
from kith.chronology.queries import Filters, beside, lines_between, months_of
from kith.foundations.access.models import Scope, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, let_in, make_person, make_place

pytestmark = pytest.mark.django_db
NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))
VISIT = Written(text="Spoke with three friends by the skate ramp; all said the lights are out.", on=date(2026, 11, 2))


@pytest.fixture
def asha(cast: Cast) -> Viewer:
    return cast.asha


@pytest.fixture
def ben(cast: Cast) -> Viewer:
    return cast.ben


@pytest.fixture
def friends(cast: Cast) -> list[Subject]:
    return [make_person("Amara Osei"), make_person("Leo Whitcombe"), make_person("Zofia Nowak")]


@pytest.fixture
def park(cast: Cast) -> Subject:
    return make_place()


@pytest.fixture
def visit(asha: Viewer, friends: list[Subject], park: Subject) -> Entry:
    """Asha's note about three friends and a park, with something of each one's own."""
    for subject in [*friends, park]:
        let_in(subject, asha)
    about = [About(friend.pk, f"Only about {friend.name}.") for friend in friends] + [About(park.pk)]
    with viewing_as(asha):
        return write_entry(written=VISIT, about=about, by=asha, now=NOW)


def test_three_friends_and_a_park_are_one_entry_on_four_records(visit: Entry, friends: list[Subject]) -> None:
    assert Entry.objects.count() == 1
    rows = EntrySubject.objects.filter(entry=visit)
    assert rows.count() == 4
    assert {row.private_text for row in rows} == {f"Only about {f.name}." for f in friends} | {""}


def test_the_worker_of_one_friend_cannot_see_anothers_private_part(
    visit: Entry, ben: Viewer, friends: list[Subject]
) -> None:
    leo = friends[1]
    let_in(leo, ben)
    with viewing_as(ben):
        assert Entry.objects.get().summary == VISIT.text
        assert [row.private_text for row in EntrySubject.objects.all()] == ["Only about Leo Whitcombe."]
        [line] = lines_between(leo.pk, *NOVEMBER, Filters())
        assert line.private_texts == ["Only about Leo Whitcombe."]


def test_others_are_counted_and_not_named_for_somebody_who_holds_one_circle(
    visit: Entry, ben: Viewer, friends: list[Subject]
) -> None:
    let_in(friends[1], ben)
    with viewing_as(ben):
        others = beside([visit.pk], friends[1].pk)[visit.pk].others
    assert [(other.kind, other.name, other.count) for other in others] == [("child", "", 2), ("place", "", 1)]


def test_others_are_named_for_somebody_who_holds_their_circles(
    visit: Entry, asha: Viewer, friends: list[Subject], park: Subject
) -> None:
    with viewing_as(asha):
        others = beside([visit.pk], friends[1].pk)[visit.pk].others
    assert [other.name for other in others] == ["Amara Osei", "Zofia Nowak", "Harbour Park"]


def test_nothing_is_counted_for_an_entry_the_viewer_cannot_read(visit: Entry, ben: Viewer, park: Subject) -> None:
    with viewing_as(ben):
        assert beside([visit.pk], park.pk)[visit.pk].others == []


def test_a_restricted_part_is_never_counted(visit: Entry, ben: Viewer, friends: list[Subject]) -> None:
    restricted = Scope.objects.create(kind="restricted")
    hidden = make_person("Hidden Child")
    EntrySubject.objects.create(entry=visit, subject=hidden, scope=restricted, on=visit.on)
    let_in(friends[1], ben)
    with viewing_as(ben):
        others = beside([visit.pk], friends[1].pk)[visit.pk].others
    assert [(other.kind, other.count) for other in others] == [("child", 2), ("place", 1)]


def test_nobody_writes_on_a_record_that_is_not_open_to_them(ben: Viewer, friends: list[Subject]) -> None:
    with viewing_as(ben), pytest.raises(PermissionDenied):
        write_entry(written=VISIT, about=[About(friends[0].pk)], by=ben, now=NOW)
    assert not Entry.objects.exists()


def test_a_role_that_does_not_write_cannot(cast: Cast, friends: list[Subject]) -> None:
    let_in(friends[0], cast.ellis)
    with viewing_as(cast.ellis), pytest.raises(PermissionDenied):
        write_entry(written=VISIT, about=[About(friends[0].pk)], by=cast.ellis, now=NOW)


def test_an_entry_is_about_somebody(asha: Viewer) -> None:
    with viewing_as(asha), pytest.raises(ValueError, match="about somebody"):
        write_entry(written=VISIT, about=[], by=asha, now=NOW)


def test_writing_is_in_the_record_of_who_looked(visit: Entry, friends: list[Subject], park: Subject) -> None:
    event = AuditEvent.objects.get(action="write-entry")
    assert set(event.subjects) == {friend.pk for friend in friends} | {park.pk}
    assert event.viewer_name == "Asha Rahman"
    assert "Amara" not in event.what


def test_a_correction_stands_in_front_and_the_old_words_behind(
    visit: Entry, asha: Viewer, friends: list[Subject]
) -> None:
    corrected = Written(text="Spoke with two friends by the skate ramp.", on=VISIT.on)
    about = [About(friends[0].pk)]
    with viewing_as(asha):
        new = correct_entry(
            entry_id=visit.pk, written=corrected, about=about, because="Zofia was not there", by=asha, now=NOW
        )
        [line] = lines_between(friends[0].pk, *NOVEMBER, Filters())
        assert line.entry.summary == corrected.text
        assert [old.summary for old in beside([new.pk], friends[0].pk)[new.pk].earlier] == [VISIT.text]
        assert lines_between(friends[2].pk, *NOVEMBER, Filters()) == []
    assert Entry.objects.filter(pk=visit.pk).exists()


def test_only_the_writer_corrects(visit: Entry, ben: Viewer, friends: list[Subject]) -> None:
    for friend in friends:
        let_in(friend, ben)
    with viewing_as(ben), pytest.raises(PermissionDenied, match="dispute"):
        correct_entry(entry_id=visit.pk, written=VISIT, about=[About(friends[0].pk)], because="", by=ben, now=NOW)


def test_a_dispute_shows_on_every_record_the_entry_stands_on(
    visit: Entry, asha: Viewer, ben: Viewer, friends: list[Subject]
) -> None:
    with viewing_as(asha):
        dispute_entry(
            entry_id=visit.pk,
            subject_id=friends[0].pk,
            said_by="Amara",
            text="It was on Tuesday.",
            by=asha,
            now=NOW,
        )
    let_in(friends[1], ben)
    with viewing_as(ben):
        [dispute] = beside([visit.pk], friends[1].pk)[visit.pk].disputes
        assert (dispute.said_by, dispute.text) == ("Amara", "It was on Tuesday.")


def test_a_dispute_is_not_read_by_somebody_who_cannot_read_the_entry(
    visit: Entry, asha: Viewer, ben: Viewer, friends: list[Subject]
) -> None:
    with viewing_as(asha):
        dispute_entry(
            entry_id=visit.pk,
            subject_id=friends[0].pk,
            said_by="Amara",
            text="It was on Tuesday.",
            by=asha,
            now=NOW,
        )
    with viewing_as(ben):
        assert not Dispute.objects.exists()


def test_significance_and_its_meaning_belong_to_one_record(visit: Entry, asha: Viewer, friends: list[Subject]) -> None:
    with viewing_as(asha):
        mark_significant(
            entry_id=visit.pk,
            subject_id=friends[0].pk,
            impact="First time she named the place.",
            by=asha,
            now=NOW,
        )
        assert [m.entries for m in months_of(friends[0].pk, Filters(significant=True))] == [1]
        assert months_of(friends[1].pk, Filters(significant=True)) == []
        [line] = lines_between(friends[0].pk, *NOVEMBER, Filters(significant=True))
        assert line.impact == "First time she named the place."
        unmark_significant(entry_id=visit.pk, subject_id=friends[0].pk, by=asha, now=NOW)
        assert months_of(friends[0].pk, Filters(significant=True)) == []
    assert AuditEvent.objects.filter(action__in=["mark-significant", "unmark-significant"]).count() == 2


def test_counting_others_leaves_nothing_open(visit: Entry, ben: Viewer, friends: list[Subject]) -> None:
    let_in(friends[1], ben)
    with viewing_as(ben):
        beside([visit.pk], friends[1].pk)
        assert {row.subject_id for row in EntrySubject.objects.all()} == {friends[1].pk}
        with connection.cursor() as cursor:
            cursor.execute("set local kith.counting = 'on'")
        assert {row.subject_id for row in EntrySubject.objects.all()} == {friends[1].pk}, "not the owner's policy"
