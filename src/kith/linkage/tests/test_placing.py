"""Clusters become subjects, and what hangs on a reference follows it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from kith.chronology.models import Dispute, EntrySubject
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Opening
from kith.foundations.access.viewing import viewing_as
from kith.linkage.models import Carried, Move, SourceRecord
from kith.linkage.settling.circles import follow_work
from kith.linkage.settling.placing import Cause, Placed, place
from kith.subjects.models import Involvement, LinkEvidence, Reference, RestrictedPart, Subject
from tests.support.cast import NOW, Cast, let_in, make_circle, make_entry, make_link, make_person

from .delivered import entry_about, link_between, says, works_with

pytestmark = pytest.mark.django_db


def _place(*clusters: tuple[Reference, ...]) -> Placed:
    numbered = [(reference.pk, cluster[0].pk) for cluster in clusters for reference in cluster]
    loader = system_viewer("loader")
    with viewing_as(loader), connection.cursor() as cursor:
        return place(cursor, numbered, cause=Cause(), by=loader, now=NOW)


def _subject(reference: Reference) -> int:
    reference.refresh_from_db()
    assert reference.subject_id is not None
    return reference.subject_id


@pytest.fixture
def four(db: None) -> tuple[Reference, ...]:
    """Amara's number at school, in social care and with police, and Tia's at school."""
    return (
        says("school", "1", first_name="Amara"),
        says("council", "A9", first_name="Amara"),
        says("police", "N3", first_name="Amara"),
        says("school", "2", first_name="Tia"),
    )


def test_a_new_cluster_gets_one_new_subject_with_a_circle_of_its_own(four: Any) -> None:
    school, council, police, tia = four
    placed = _place((school, council), (police,), (tia,))
    assert placed.new_subjects == 3
    assert _subject(school) == _subject(council)
    assert len({_subject(school), _subject(police), _subject(tia)}) == 3
    assert school.scope_id == Subject.objects.get(pk=school.subject_id).scope_id


def test_placing_the_same_clusters_again_changes_nothing(four: Any) -> None:
    school, council, police, tia = four
    _place((school, council), (police,), (tia,))
    again = _place((council, school), (tia,), (police,))
    assert (again.new_subjects, again.moved, again.joined, again.touched) == (0, 0, 0, frozenset())


def test_a_joined_cluster_keeps_the_subject_that_most_of_its_references_had(four: Any) -> None:
    school, council, police, _ = four
    _place((school, council), (police,))
    kept, gone = _subject(school), _subject(police)
    placed = _place((police, school, council))
    assert _subject(police) == kept
    assert placed.joined == 1
    assert Subject.objects.get(pk=gone).joined_into_id == kept
    assert Move.objects.get().from_subject_id == gone


def test_a_parted_cluster_takes_back_the_subject_it_once_had(four: Any) -> None:
    school, council, police, _ = four
    _place((school, council), (police,))
    before = {reference.pk: _subject(reference) for reference in (school, council, police)}
    _place((school, council, police))
    placed = _place((school, council), (police,))
    assert {reference.pk: _subject(reference) for reference in (school, council, police)} == before
    assert placed.new_subjects == 0
    assert Subject.objects.filter(joined_into__isnull=False).count() == 0


def test_entries_records_and_workers_follow_their_reference_with_subject_and_circle(cast: Cast, four: Any) -> None:
    school, council, police, _ = four
    _place((school, council), (police,))
    SourceRecord.objects.filter(reference=police).update(scope_id=Reference.objects.get(pk=police.pk).scope_id)
    entry_about(police)
    works_with(police, cast.council, "asha@council.example")
    _place((school, council, police))
    kept = Subject.objects.get(pk=_subject(school))
    for model in (EntrySubject, Involvement):
        row = model.objects.get(reference=police)
        assert (row.subject_id, row.scope_id) == (kept.pk, kept.scope_id)
    assert SourceRecord.objects.get(reference=police).scope_id == kept.scope_id


def test_a_circle_opened_by_work_moves_with_the_work(cast: Cast, four: Any) -> None:
    school, council, police, _ = four
    _place((school, council), (police,))
    works_with(police, cast.council, cast.asha.email)
    follow_work(by=cast.loader, now=NOW)
    old = _subject(police)
    with viewing_as(cast.asha):
        assert list(Subject.objects.values_list("pk", flat=True)) == [old]
    _place((school, council, police))
    follow_work(by=cast.loader, now=NOW)
    with viewing_as(cast.asha):
        assert list(Subject.objects.values_list("pk", flat=True)) == [_subject(school)]
    opening = Opening.objects.get(viewer=cast.asha, ended_at=None)
    assert opening.because == "Allocated social worker since 3 May 2026"
    _place((school, council), (police,))
    follow_work(by=cast.loader, now=NOW)
    with viewing_as(cast.asha):
        assert list(Subject.objects.values_list("pk", flat=True)) == [old]


def test_a_restricted_row_goes_to_a_restricted_part_never_to_the_circle(four: Any) -> None:
    school, council, police, _ = four
    _place((school, council), (police,))
    part = RestrictedPart.objects.create(subject_id=_subject(police), audience="sexual-health", scope=make_circle())
    entry_about(police, scope_id=part.scope_id)
    _place((school, council, police))
    row = EntrySubject.objects.get(reference=police)
    there = RestrictedPart.objects.get(subject_id=_subject(school), audience="sexual-health")
    assert row.scope_id == there.scope_id
    assert there.scope.kind == "restricted"
    _place((school, council), (police,))
    row.refresh_from_db()
    assert row.scope_id == part.scope_id


def test_a_link_between_two_who_become_one_is_set_aside_until_they_part(four: Any) -> None:
    school, council, police, tia = four
    _place((school, council), (police,), (tia,))
    link_between(school, police)
    link_between(police, tia)
    before = _links()
    _place((school, council, police), (tia,))
    kept = _subject(school)
    assert LinkEvidence.objects.filter(ended_at=None).count() == 2
    assert {frozenset((link.subject_id, link.other_id)) for link in LinkEvidence.objects.filter(ended_at=None)} == {
        frozenset((kept, _subject(tia)))
    }
    _place((school, council), (police,), (tia,))
    assert _links() == before


def _links() -> set[tuple[Any, ...]]:
    return set(LinkEvidence.objects.values_list("pk", "subject_id", "other_id", "scope_id", "ended_at"))


def test_what_was_written_by_hand_is_carried_and_goes_home(cast: Cast, four: Any) -> None:
    school, council, police, tia = four
    _place((school, council), (police,), (tia,))
    lone, friend = Subject.objects.get(pk=_subject(police)), make_person("Jamal Warsame")
    both = make_entry("Seen together", lone, Subject.objects.get(pk=_subject(school)), private={lone.pk: "Hers"})
    Dispute.objects.create(entry=both, scope=lone.scope, said_by="Amara", text="Not so", at=NOW, recorded_by=1)
    make_entry("A visit", lone)
    make_link(lone, friend)
    before = _by_hand()
    _place((school, council, police), (tia,))
    kept = _subject(school)
    assert {row.subject_id for row in EntrySubject.objects.filter(entry__summary="A visit")} == {kept}
    assert set(EntrySubject.objects.filter(entry=both).values_list("subject_id", "private_text")) == {
        (kept, ""),
        (kept, "Hers"),
    }
    assert LinkEvidence.objects.get(other=friend).subject_id == kept
    assert LinkEvidence.objects.get(subject=friend).other_id == kept
    later = make_entry("Written while they were one", Subject.objects.get(pk=kept))
    _place((school, council), (police,), (tia,))
    assert EntrySubject.objects.get(entry=later).subject_id == kept
    later.delete()
    assert _by_hand() == before
    assert not Carried.objects.filter(returned_at=None).exists()


def _by_hand() -> list[list[tuple[Any, ...]]]:
    entries = EntrySubject.objects.values_list("pk", "subject_id", "scope_id", "part", "private_text")
    links = LinkEvidence.objects.values_list("pk", "subject_id", "other_id", "scope_id", "ended_at")
    return [sorted(entries), sorted(links), sorted(Dispute.objects.values_list("pk", "scope_id"))]


def test_who_was_let_in_by_hand_is_let_into_the_joined_record_until_the_two_part(cast: Cast, four: Any) -> None:
    school, council, police, _ = four
    _place((school, council), (police,))
    lone = Subject.objects.get(pk=_subject(police))
    let_in(lone, cast.carol, because="Added by a manager")
    _place((school, council, police))
    with viewing_as(cast.carol):
        assert Subject.objects.filter(pk=_subject(school)).exists()
    _place((school, council), (police,))
    with viewing_as(cast.carol):
        assert list(Subject.objects.values_list("pk", flat=True)) == [lone.pk]
