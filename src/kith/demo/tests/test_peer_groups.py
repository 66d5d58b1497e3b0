"""The demonstration's peer groups: written once, by its staff, in words that put no harm on a child's shoulders."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kith.chronology.models import Entry, EntrySubject
from kith.demo import cast
from kith.demo.peer_groups import peer_groups, write_peer_groups
from kith.demo.staffing import make_staff
from kith.demo.systems import number_in
from kith.foundations.access.models import Opening, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.subjects.models import Headline, LinkEvidence, Reference, Subject
from kith.subjects.queries import links_of
from kith.subjects.rules import EVIDENCE_GRADES
from kith.subjects.search import understand
from kith.subjects.search.queries import find
from kith.subjects.wording import remarks
from tests.support.cast import NOW, let_in, make_person, make_place

FEEDS = Path(__file__).parents[1] / "feeds"
TODAY = date(2026, 11, 3)
CHILDREN = (cast.AMARA, cast.TIA, cast.JAMAL, cast.TYRESE)
PLACES = ("Harbour Park", "Severnmouth Coach Station", "The Boathouse Youth Building")


def words_of(group: dict) -> list[str]:  # type: ignore[type-arg]
    own = [text for told in group["told"] for text in told.get("own", {}).values()]
    said = [piece["text"] for piece in (*group["evidence"], *group["told"])]
    assessed = [*group.get("assessment", {}).values(), *group.get("place_assessment", {}).values()]
    return [group["name"], group["about"], group["matters"], *said, *own, *assessed]


@pytest.mark.parametrize("group", peer_groups(), ids=lambda group: group["name"])
def test_what_is_said_puts_no_harm_on_a_child(group: dict) -> None:  # type: ignore[type-arg]
    assert [remark for text in words_of(group) for remark in remarks(text)] == []
    assert {piece["grade"] for piece in group["evidence"]} <= EVIDENCE_GRADES.keys()
    about = {piece["about"] for piece in group["evidence"]}
    assert "place" in about
    assert {child for told in group["told"] for child in told["about"]} <= about


@pytest.fixture
def amara(db: None) -> Subject:
    """Severnmouth as a loading leaves it: the children of the story at school, the places, Asha's own children."""
    make_staff(feeds=FEEDS)
    children = {child: make_person(child.name) for child in CHILDREN}
    for child, subject in children.items():
        _known(subject, "education/hub", number_in("education/hub", child))
    for name in PLACES:
        _known(make_place(name), "places", name)
    for child in cast.ASHAS:
        let_in(children[child], _viewer(cast.ASHA))
    return children[cast.AMARA]


def _known(subject: Subject, system: str, key: str) -> None:
    Reference.objects.create(
        system=system, key=key, kind=subject.kind, subject=subject, scope=subject.scope, first_seen=NOW
    )


def _viewer(staff: cast.Staff) -> Viewer:
    return Viewer.objects.get(email=staff.email)


def written() -> int:
    return write_peer_groups(today=TODAY, now=NOW)


def test_each_is_written_once_however_often_it_is_asked(amara: Subject) -> None:
    assert written() == 3

    def counts() -> list[int]:
        tables = (Subject, Entry, EntrySubject, LinkEvidence, Opening, AuditEvent, Headline)
        return [table.objects.count() for table in tables]

    before = counts()
    assert written() == 0
    assert counts() == before
    assert Entry.objects.count() == 5


def test_one_that_is_missing_is_written_and_the_others_are_left(amara: Subject) -> None:
    Subject.objects.filter(name="Harbour Park").update(name="Elsewhere")
    assert written() == 2
    Subject.objects.filter(name="Elsewhere").update(name="Harbour Park")
    assert written() == 1


def test_they_are_on_amaras_record_found_opened_and_printed_by_asha_and_farah(client: Client, amara: Subject) -> None:
    written()
    fridays = Subject.objects.get(kind="group", name__startswith="Friday evenings")
    with viewing_as(_viewer(cast.ASHA)):
        assert fridays.pk in {row.other_id for row in links_of(amara.pk)}
    for staff in (cast.ASHA, cast.FARAH):
        client.force_login(_viewer(staff))
        with viewing_as(_viewer(staff)):
            assert [one.subject_id for one in find(understand("friday evenings", today=TODAY), today=TODAY)] == [
                fridays.pk
            ]
        for name in ("record", "record-chronology", "record-links", "record-print"):
            page = client.get(reverse(name, args=[fridays.pk]), {"since": "2026-10-01", "until": "2026-11-03"})
            assert page.status_code == 200
        page = client.get(reverse("record-chronology", args=[fridays.pk])).content.decode()
        assert "mended the two lamps" in page
    client.force_login(_viewer(cast.ASHA))
    assert "Friday evenings at Harbour Park" in client.get(reverse("record-links", args=[amara.pk])).content.decode()


def test_what_is_one_childs_own_stays_on_her_record(client: Client, amara: Subject) -> None:
    written()
    fridays = Subject.objects.get(kind="group", name__startswith="Friday evenings")
    client.force_login(_viewer(cast.ASHA))
    assert "safest when Jamal" in client.get(reverse("record-chronology", args=[amara.pk])).content.decode()
    assert "safest when Jamal" not in client.get(reverse("record-chronology", args=[fridays.pk])).content.decode()


def test_nobody_else_learns_of_them(client: Client, amara: Subject) -> None:
    written()
    for staff in (cast.CAROL, cast.DEV):
        with viewing_as(_viewer(staff)):
            assert not Subject.objects.filter(kind="group").exists()
            assert find(understand("friday evenings", today=TODAY), today=TODAY) == []
