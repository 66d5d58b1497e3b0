"""Tonight's delivery is compared with everybody known; nobody else is linked again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kith.foundations.access.actions import system_viewer
from kith.linkage.actions import judge, withdraw
from kith.linkage.engine import Index
from kith.linkage.models import LinkRun, Match, UnderReview
from kith.linkage.settling.run import SettleReport, settle
from kith.subjects.models import Reference, Subject
from tests.support.cast import NOW, Cast

from .delivered import says

pytestmark = pytest.mark.django_db
NAMES = ["Tia Brennan", "Jamal Warsame", "Leo Whitcombe", "Ewan Pryce", "Isla Hartnell", "Tyrese Grant", "Marta Silva"]
AMARA = {
    "first_name": "Amara", "last_name": "Osei", "date_of_birth": "2010-12-07", "postcode": "QX1 4AB", "sex": "F",
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def town(cast: Cast) -> Reference:
    """Seven children whom two agencies know, and Amara, whom school knows; linked."""
    for number, name in enumerate(NAMES):
        first, last = name.split()
        facts = {"first_name": first, "last_name": last, "date_of_birth": f"201{number}-05-{10 + number}"}
        says("school", str(number), **facts, postcode=f"QX{number} 1AA")
        says("council", str(number), **facts, postcode=f"QX{number} 1AA")
    amara = says("school", "A", **AMARA)
    assert _settle().kind == "whole"
    return amara


def _settle(minutes: int = 0) -> SettleReport:
    return settle(by=system_viewer("loader"), now=NOW + timedelta(minutes=minutes))


def _subject(reference: Reference) -> int | None:
    reference.refresh_from_db()
    return reference.subject_id


def _who_is_who() -> dict[int, int | None]:
    return dict(Reference.objects.values_list("pk", "subject_id"))


def test_a_new_number_joins_the_child_it_belongs_to_and_nobody_else_moves(town: Reference) -> None:
    before = _who_is_who()
    police = says("police", "N1", **AMARA | {"date_of_birth": "2010-07-12"})
    report = _settle(1)
    assert (report.kind, report.records, report.new_subjects, report.moved) == ("new", 1, 0, 0)
    assert _subject(police) == _subject(town)
    assert _who_is_who() == before | {police.pk: before[town.pk]}
    assert Match.objects.filter(right=police).get().outcome == "same"


def test_somebody_new_gets_a_record_of_their_own(town: Reference) -> None:
    people = Subject.objects.count()
    new = says("police", "N2", first_name="Zofia", last_name="Nowak", date_of_birth="2013-03-20")
    report = _settle(1)
    assert (report.kind, report.new_subjects) == ("new", 1)
    assert Subject.objects.count() == people + 1
    assert Subject.objects.get(pk=_subject(new)).name == "Zofia Nowak"


def test_night_after_night_the_kept_index_serves(town: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    says("police", "N1", **AMARA)
    _settle(1)
    monkeypatch.setattr(Index, "build", lambda *given, **named: pytest.fail("the index was built again"))
    hospital = says("hospital", "T1", **AMARA)
    assert _settle(2).kind == "new"
    assert _subject(hospital) == _subject(town)


def test_a_lost_index_is_made_again_from_the_database(town: Reference, home: Path) -> None:
    says("police", "N1", **AMARA)
    _settle(1)
    for file in (home / "linkage" / "index").iterdir():
        file.unlink()
    (home / "linkage" / "index.stamp").unlink()
    hospital = says("hospital", "T1", **AMARA)
    assert _settle(2).kind == "new"
    assert _subject(hospital) == _subject(town)


def test_a_number_of_which_something_else_is_said_goes_where_it_now_belongs(town: Reference) -> None:
    police = says("police", "N1", **AMARA)
    _settle(1)
    together = _subject(police)
    says("police", "N1", first_name="Zofia", last_name="Nowak", date_of_birth="2013-03-20", postcode="QX7 6RS")
    report = _settle(2)
    assert (report.moved, report.new_subjects) == (1, 1)
    assert _subject(police) != together == _subject(town)
    says("police", "N1", **AMARA)
    _settle(3)
    assert _subject(police) == together


def test_a_record_two_people_are_named_after_is_not_confused(town: Reference) -> None:
    """School's number came first, so clusters are named after it; when it changes, its old cluster stays whole."""
    police, hospital = says("police", "N1", **AMARA), says("hospital", "T1", **AMARA)
    _settle(1)
    says("school", "A", first_name="Zofia", last_name="Nowak", date_of_birth="2013-03-20", postcode="QX7 6RS")
    _settle(2)
    assert _subject(police) == _subject(hospital) != _subject(town)
    nursing = says("nursing", "S1", **AMARA)
    _settle(3)
    assert _subject(nursing) == _subject(police) == _subject(hospital) != _subject(town)


def test_people_decided_to_be_different_stay_apart_whatever_arrives(cast: Cast, town: Reference) -> None:
    police = says("police", "N1", **AMARA)
    _settle(1)
    judge(left=town.pk, right=police.pk, verdict="different", reason="", by=cast.gwen, now=NOW + timedelta(minutes=2))
    assert _subject(police) != _subject(town)
    hospital = says("hospital", "T1", **AMARA)
    _settle(3)
    assert _subject(police) != _subject(town)
    assert _subject(hospital) in (_subject(police), _subject(town))
    settle(by=cast.loader, now=NOW + timedelta(minutes=4), whole=True)
    assert _subject(police) != _subject(town)


def test_a_withdrawn_decision_lets_the_next_linking_join_them(cast: Cast, town: Reference) -> None:
    police = says("police", "N1", **AMARA)
    _settle(1)
    one = _subject(town)
    decided = judge(
        left=town.pk, right=police.pk, verdict="different", reason="", by=cast.gwen, now=NOW + timedelta(minutes=2)
    )
    withdraw(judgement=decided, reason="", by=cast.gwen, now=NOW + timedelta(minutes=3))
    _settle(4)
    assert _subject(police) == _subject(town) == one


def test_people_decided_to_be_one_stay_one_through_a_relinking_and_part_when_it_is_withdrawn(
    cast: Cast, town: Reference
) -> None:
    other = Reference.objects.get(system="school", key="2")
    apart = (_subject(town), _subject(other))
    decided = judge(
        left=town.pk, right=other.pk, verdict="same", reason="", by=cast.gwen, now=NOW + timedelta(minutes=1)
    )
    settle(by=cast.loader, now=NOW + timedelta(minutes=2), whole=True)
    assert _subject(town) == _subject(other)
    withdraw(judgement=decided, reason="", by=cast.gwen, now=NOW + timedelta(minutes=4))
    assert (_subject(town), _subject(other)) == apart
    settle(by=cast.loader, now=NOW + timedelta(minutes=5), whole=True)
    assert (_subject(town), _subject(other)) == apart


def test_what_speaks_against_somebody_joined_by_hand_is_asked_not_assumed(cast: Cast, town: Reference) -> None:
    """Amara and Leo were said to be one: a new record of Amara contradicts Leo's, so a person is asked."""
    leo = Reference.objects.get(system="school", key="2")
    judge(left=town.pk, right=leo.pk, verdict="same", reason="", by=cast.gwen, now=NOW + timedelta(minutes=1))
    hospital = says("hospital", "T1", **AMARA)
    _settle(2)
    assert _subject(hospital) != _subject(town) == _subject(leo)
    assert UnderReview.objects.get().match.right_id == hospital.pk


def test_linking_everything_again_gives_what_the_nights_gave(cast: Cast, town: Reference) -> None:
    for system, key in (("police", "N1"), ("hospital", "T1"), ("nursing", "S1")):
        says(system, key, **AMARA)
        _settle()
    before = _who_is_who()
    report = settle(by=cast.loader, now=NOW, whole=True)
    assert (report.kind, report.moved, report.new_subjects) == ("whole", 0, 0)
    assert _who_is_who() == before
    assert LinkRun.objects.count() == 5
