"""A person decides whether records are one person; taking it back puts everything where it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.linkage.actions import NotDecided, judge, withdraw
from kith.linkage.models import Judgement, Match, UnderReview
from kith.linkage.settling.identity import refresh_identities
from kith.linkage.settling.placing import Cause, place
from kith.linkage.settling.run import after_loading
from kith.linkage.settling.source_records import mark_as_linked
from kith.linkage.settling.under_review import refresh_under_review
from kith.subjects.models import Reference, Subject
from tests.support.cast import NOW, Cast, let_in, make_entry, make_link, make_person

from .delivered import entry_about, link_between, says, works_with
from .everything import everything_shown

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=3)


def placed(cast: Cast, *clusters: tuple[Reference, ...]) -> None:
    """These clusters, as a linking leaves them."""
    with viewing_as(cast.loader), connection.cursor() as cursor:
        numbered = [(reference.pk, cluster[0].pk) for cluster in clusters for reference in cluster]
        result = place(cursor, numbered, cause=Cause(), by=cast.loader, now=NOW)
        refresh_identities(cursor, mark_as_linked(cursor, [r for r, _ in numbered]) | result.touched, now=NOW)
    for cluster in clusters:
        for reference in cluster:
            reference.refresh_from_db()


def unsure(left: Reference, right: Reference, weight: float = 3.0) -> Match:
    one, other = sorted((left.pk, right.pk))
    match = Match.objects.create(
        left_id=one, right_id=other, probability=0.8, weight=weight, outcome="unsure", found_at=NOW, found_by="1"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        refresh_under_review(cursor, today=NOW.date())
    return match


@pytest.fixture
def zofia(cast: Cast) -> tuple[Reference, Reference, Reference]:
    """Zofia's numbers at school and in social care are one person; police's thin record of a Zosia may be hers."""
    school = says("school", "1", first_name="Zofia", last_name="Nowak", date_of_birth="2013-03-20")
    council = says("council", "A1", first_name="Zofia", last_name="Nowak", date_of_birth="2013-03-20")
    police = says("police", "N1", first_name="Zosia", last_name="Nowak", stated_on=None)
    placed(cast, (school, council), (police,))
    unsure(council, police)
    return school, council, police


def _judge(cast: Cast, left: Reference, right: Reference, verdict: str, now: Any = NOW) -> Judgement:
    return judge(left=left.pk, right=right.pk, verdict=verdict, reason="Same home", by=cast.gwen, now=now)


def _subject(reference: Reference) -> int | None:
    reference.refresh_from_db()
    return reference.subject_id


def test_same_person_joins_the_two_at_once_and_is_audited(cast: Cast, zofia: Any) -> None:
    school, council, police = zofia
    lone = _subject(police)
    judgement = _judge(cast, council, police, "same")
    assert _subject(police) == _subject(school)
    assert Subject.objects.get(pk=lone).joined_into_id == _subject(school)
    assert not UnderReview.objects.exists()
    line = AuditEvent.objects.get(action="judge-match")
    assert (line.viewer_id, line.because, line.what) == (cast.gwen.pk, "Same home", "Same person")
    assert set(line.subjects) == {lone, _subject(school)}
    assert line.details["judgement"] == judgement.pk


def test_different_people_leaves_the_queue_and_moves_nobody(cast: Cast, zofia: Any) -> None:
    before = everything_shown()
    _judge(cast, zofia[1], zofia[2], "different")
    assert everything_shown() == before
    assert not UnderReview.objects.exists()


def test_not_sure_leaves_the_queue_and_may_be_decided_later(cast: Cast, zofia: Any) -> None:
    _, council, police = zofia
    _judge(cast, council, police, "unsure")
    assert not UnderReview.objects.exists()
    _judge(cast, council, police, "same", LATER)
    assert Judgement.objects.get(withdrawn_at=None).verdict == "same"


def test_a_decision_is_not_decided_over(cast: Cast, zofia: Any) -> None:
    _, council, police = zofia
    _judge(cast, council, police, "same")
    with pytest.raises(NotDecided, match="already decided"):
        _judge(cast, council, police, "different", LATER)


def test_people_somebody_decided_are_different_are_not_joined_through_a_third(cast: Cast, zofia: Any) -> None:
    school, council, police = zofia
    _judge(cast, school, police, "different")
    with pytest.raises(NotDecided, match="are different people"):
        _judge(cast, council, police, "same", LATER)


@pytest.mark.parametrize("who", ["asha", "dev", "ellis", "hana", "idris"])
def test_only_a_data_officer_decides(cast: Cast, zofia: Any, who: str) -> None:
    before = everything_shown()
    with pytest.raises(NotAllowed):
        judge(
            left=zofia[1].pk, right=zofia[2].pk, verdict="same", reason="", by=getattr(cast, who), now=NOW
        )  # fmt: skip
    assert everything_shown() == before


def test_withdrawing_puts_everything_where_it_was(cast: Cast, zofia: Any) -> None:
    school, council, police = zofia
    lone = Subject.objects.get(pk=_subject(police))
    _life(cast, *zofia)
    match = Match.objects.get()
    before, queue = everything_shown(), list(UnderReview.objects.values_list())
    judgement = _judge(cast, council, police, "same")
    assert everything_shown() != before
    withdraw(judgement=judgement, reason="Her mother rang", by=cast.gwen, now=LATER)
    assert everything_shown() == before
    assert list(UnderReview.objects.values_list()) == queue
    assert queue[0][0] == match.pk
    lone.refresh_from_db()
    assert lone.joined_into is None
    judgement.refresh_from_db()
    assert judgement.withdrawn_because == "Her mother rang"
    assert AuditEvent.objects.filter(action="withdraw-judgement", viewer_id=cast.gwen.pk).count() == 1


def test_what_was_written_while_joined_stays_where_it_was_written(cast: Cast, zofia: Any) -> None:
    school, council, police = zofia
    after_loading(delivery_ids=None, by=cast.loader, now=NOW)
    before = everything_shown()
    judgement = _judge(cast, council, police, "same")
    kept = Subject.objects.get(pk=_subject(school))
    note = make_entry("Written while they were one", kept)
    withdraw(judgement=judgement, reason="", by=cast.gwen, now=LATER)
    assert note.about.get().subject_id == kept.pk
    note.delete()
    assert everything_shown() == before


def test_a_decision_is_withdrawn_once(cast: Cast, zofia: Any) -> None:
    judgement = _judge(cast, zofia[1], zofia[2], "different")
    withdraw(judgement=judgement, reason="", by=cast.gwen, now=LATER)
    with pytest.raises(NotDecided, match="already been withdrawn"):
        withdraw(judgement=judgement, reason="", by=cast.gwen, now=LATER)


def test_the_officer_decides_as_herself_in_her_own_request(cast: Cast, zofia: Any) -> None:
    school, council, police = zofia
    with viewing_as(cast.gwen):
        judgement = _judge(cast, council, police, "same")
        assert Subject.objects.count() == 0
        withdraw(judgement=judgement, reason="", by=cast.gwen, now=LATER)
    assert _subject(police) != _subject(school)


def _life(cast: Cast, school: Reference, council: Reference, police: Reference) -> None:
    """Entries from feeds and by hand, links, workers and access on both records."""
    kept, lone = (Subject.objects.get(pk=_subject(reference)) for reference in (school, police))
    friend = make_person("Jamal Warsame")
    entry_about(school, police)
    entry_about(police)
    link_between(school, police)
    make_entry("About both", kept, lone, private={lone.pk: "Hers", kept.pk: "Theirs"})
    make_entry("About one", lone, friend)
    make_link(lone, friend)
    make_link(lone, kept, kind="sibling")
    works_with(police, cast.council, cast.ben.email, is_lead=False, role="Youth worker")
    works_with(council, cast.council, cast.asha.email)
    let_in(lone, cast.carol, because="Added by a manager")
    Subject.objects.filter(pk=lone.pk).update(what_matters_now="Her aunt collects her")
    after_loading(delivery_ids=None, by=cast.loader, now=NOW)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(st.data())
def test_any_run_of_decisions_taken_back_in_turn_leaves_everything_as_it_was(cast: Cast, data: st.DataObject) -> None:
    """Whatever the people, what hangs on them, and the decisions: last decided, first withdrawn."""
    number = data.draw(st.integers(3, 5))
    references = [says("school", f"{Reference.objects.count()}-{i}", first_name=f"Child{i}") for i in range(number)]
    second = says("council", f"C{Reference.objects.count()}", first_name="Child0")
    placed(cast, (references[0], second), *[(reference,) for reference in references[1:]])
    pairs = st.tuples(st.integers(0, number - 1), st.integers(0, number - 1)).filter(lambda pair: pair[0] != pair[1])
    for one, other in data.draw(st.lists(pairs, max_size=4)):
        entry_about(references[one], references[other])
        link_between(references[one], references[other])
        here, there = (Subject.objects.get(pk=_subject(references[i])) for i in (one, other))
        make_link(here, there)
        make_entry("By hand", here, there)
        let_in(here, data.draw(st.sampled_from([cast.asha, cast.ben, cast.carol])))
    after_loading(delivery_ids=None, by=cast.loader, now=NOW)
    before, decided = everything_shown(), []
    for step, (one, other) in enumerate(data.draw(st.lists(pairs, min_size=1, max_size=3))):
        try:
            moment = NOW + timedelta(minutes=step + 1)
            decided.append(_judge(cast, references[one], references[other], "same", moment))
        except NotDecided:
            continue
    for judgement in reversed(decided):
        withdraw(judgement=judgement, reason="", by=cast.gwen, now=NOW + timedelta(hours=1))
    assert everything_shown() == before
