"""Work opens, moves with its reasons, is allocated and ends; whose record it is on sees it, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.pathways.actions import allocate_work, move_work, open_work, take_back_work
from kith.pathways.models import Move, Work
from kith.pathways.presenters import show_lines, show_work
from kith.pathways.queries import moves_of, open_work_on, work_of, work_seen
from kith.pathways.rules import clock_rules, duties, pathways
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, let_in, make_person, make_place

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


@pytest.fixture
def child(cast: Cast) -> Subject:
    child = make_person()
    let_in(child, cast.asha)
    return child


def opened(cast: Cast, subject: Subject, pathway: str = "assessment", by: Viewer | None = None) -> Work:
    by = by or cast.asha
    with viewing_as(by):
        return open_work(
            subject_id=subject.pk,
            pathway=pathway,
            team=cast.east,
            because="Told twice",
            by=by,
            now=NOW,
            came_from="x:1",
        )


def test_the_team_sees_the_record_while_it_works(cast: Cast, child: Subject) -> None:
    work = opened(cast, child)
    with viewing_as(cast.ben):
        assert Subject.objects.filter(pk=child.pk).exists()
        assert list(work_of(cast.ben)) == [work]
        move_work(work_id=work.pk, to_state="closed", why="Safe now", by=cast.ben, now=LATER)
        assert not Subject.objects.filter(pk=child.pk).exists()
        assert work_seen(work.pk) is None
    with viewing_as(cast.asha):  # her own work with the child goes on
        assert Subject.objects.filter(pk=child.pk).exists()
        assert list(open_work_on([child.pk])) == []


def test_only_what_follows_can_follow(cast: Cast, child: Subject) -> None:
    work = opened(cast, child)
    with viewing_as(cast.asha), pytest.raises(NotAllowed, match="may follow: assessing, closed, stepped down"):
        move_work(work_id=work.pk, to_state="reviewing", why="Skipped", by=cast.asha, now=LATER)


def test_a_pathway_is_for_its_kind_of_record(cast: Cast, child: Subject) -> None:
    place = make_place()
    let_in(place, cast.asha)
    assert opened(cast, place, "context").state == "concern"
    with pytest.raises(NotAllowed):
        opened(cast, child, "context")


def test_moves_are_never_changed(cast: Cast, child: Subject) -> None:
    opened(cast, child)
    for change in (lambda: Move.objects.update(why="Something else"), lambda: Move.objects.all().delete()):
        with pytest.raises(DatabaseError, match="never"), transaction.atomic():
            change()


def test_whoever_leads_is_of_the_team(cast: Cast, child: Subject) -> None:
    work = opened(cast, child)
    with viewing_as(cast.asha):
        assert [line.duty for line in show_lines(work_of(cast.asha), NOW)] == ["A social worker is allocated"]
        allocate_work(work_id=work.pk, worker=cast.ben, by=cast.asha, now=NOW)
        with pytest.raises(NotAllowed, match="Carol Price is not in"):
            allocate_work(work_id=work.pk, worker=cast.carol, by=cast.asha, now=NOW)
    with viewing_as(cast.hana):
        assert list(work_of(cast.hana)) == []  # allocated, it is no longer the whole team's
    with viewing_as(cast.ben):
        assert [(line.worker, line.clock) for line in show_lines(work_of(cast.ben), NOW)] == [("Ben Okafor", None)]


def test_taken_back_it_is_kept_and_not_shown(cast: Cast, child: Subject) -> None:
    work = opened(cast, child)
    with viewing_as(cast.asha):
        assert take_back_work(came_from="x:1", because="Undone", by=cast.asha, now=LATER) == 1
        assert list(open_work_on([child.pk])) == []
        seen = work_seen(work.pk)
        assert seen is not None
        assert [move.what for move in show_work(seen, moves_of(seen), LATER).moves] == [
            "Taken back",
            "Opened: referred",
        ]


def test_dev_sees_no_work(cast: Cast, child: Subject) -> None:
    opened(cast, child)
    with viewing_as(cast.dev):
        assert not Work.objects.exists()
        assert not Move.objects.exists()


def test_the_assessment_runs_from_the_referral() -> None:
    found = duties("assessment", "assessing", NOW, NOW + timedelta(days=1))
    assert [(duty.rule.kind, duty.started, duty.rule.allowed.amount) for duty in found] == [("law", NOW, 45)]
    assert found[0].due_at.date().isoformat() == "2027-01-08"  # 45 working days after Tuesday 3 November 2026
    assert duties("assessment", "closed", NOW, NOW) == ()


def test_every_pathway_can_end_and_every_clock_is_used() -> None:
    for path in pathways().values():
        assert any(state.ends for state in path.states)
        assert all(state.clock for state in path.states if not state.ends), path.key
    used = {state.clock for path in pathways().values() for state in path.states}
    assert {rule.key for rule in clock_rules()} <= used
