"""Records for groups and places, links with evidence, what matters now."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.subjects.actions import (
    LinkGiven,
    PlaceDetails,
    add_link,
    create_group,
    create_place,
    end_link_evidence,
    say_what_matters_now,
)
from kith.subjects.models import Headline, LinkEvidence, Subject
from tests.support.cast import NOW, Cast, let_in, make_person

pytestmark = pytest.mark.django_db


def make_link_given(one: Subject, other: Subject, **fields: object) -> LinkGiven:
    words = {
        "kind": "friend-of",
        "text": "Told us that they are friends",
        "grade": "told",
        "last_seen": date(2026, 11, 2),
    }
    return LinkGiven(subject_id=one.pk, other_id=other.pk, **{**words, **fields})  # type: ignore[arg-type]


@pytest.fixture
def friends(cast: Cast) -> tuple[Subject, Subject]:
    amara, leo = make_person("Amara Osei"), make_person("Leo Whitcombe", headline=False)
    let_in(amara, cast.asha)
    let_in(leo, cast.asha)
    return amara, leo


def test_a_group_is_open_to_its_writer_and_their_team_and_nobody_else(cast: Cast) -> None:
    with viewing_as(cast.asha):
        group = create_group(
            name="Friday night", about="To be safer", review_on=date(2027, 1, 1), by=cast.asha, now=NOW
        )
    for viewer, sees in (
        (cast.asha, True),
        (cast.ben, True),
        (cast.carol, False),
        (cast.farah, False),
        (cast.dev, False),
    ):
        with viewing_as(viewer):
            assert Subject.objects.filter(pk=group.pk).exists() is sees
            assert not Headline.objects.filter(pk=group.pk).exists()
    assert AuditEvent.objects.filter(action="create-group", subjects=[group.pk]).exists()


@pytest.mark.parametrize(
    ("kind", "known"), [("park", True), ("home", False), ("childrens-home", False), ("online", False)]
)
def test_only_a_place_that_anybody_can_see_becomes_known_to_the_partnership(cast: Cast, kind: str, known: bool) -> None:
    with viewing_as(cast.asha):
        place = create_place(name="Somewhere", details=PlaceDetails(kind=kind), by=cast.asha, now=NOW)
    with viewing_as(cast.farah):
        assert Headline.objects.filter(pk=place.pk).exists() is known
    with viewing_as(cast.dev):
        assert not Headline.objects.filter(pk=place.pk).exists()


def test_a_role_that_does_not_write_opens_no_record(cast: Cast) -> None:
    with viewing_as(cast.gwen), pytest.raises(PermissionDenied):
        create_group(name="Friday night", about="", review_on=None, by=cast.gwen, now=NOW)


def test_a_link_stands_on_both_records_and_tells_each_side_only_what_the_partnership_knows(
    cast: Cast, friends: tuple[Subject, Subject]
) -> None:
    amara, leo = friends
    with viewing_as(cast.asha):
        add_link(link=make_link_given(amara, leo), by=cast.asha, now=NOW)
    names = dict(LinkEvidence.objects.values_list("subject__name", "other_name"))
    assert names == {"Amara Osei": "another person", "Leo Whitcombe": "Amara Osei"}
    assert AuditEvent.objects.filter(action="add-link", subjects=sorted([amara.pk, leo.pk])).exists()


def test_each_side_of_a_link_reads_its_own_way_round(cast: Cast, friends: tuple[Subject, Subject]) -> None:
    amara, leo = friends
    with viewing_as(cast.asha):
        add_link(link=make_link_given(amara, leo, kind="carer-of", outward=False), by=cast.asha, now=NOW)
    assert dict(LinkEvidence.objects.values_list("subject_id", "outward")) == {amara.pk: False, leo.pk: True}


def test_no_link_to_a_record_that_is_not_open(cast: Cast, friends: tuple[Subject, Subject]) -> None:
    amara, leo = friends
    let_in(amara, cast.carol)
    with viewing_as(cast.carol), pytest.raises(PermissionDenied):
        add_link(link=make_link_given(amara, leo), by=cast.carol, now=NOW)
    assert not LinkEvidence.objects.exists()


@pytest.mark.parametrize("wrong", [{"kind": "gang-member-of"}, {"text": "  "}])
def test_no_evidence_no_link(cast: Cast, friends: tuple[Subject, Subject], wrong: dict[str, str]) -> None:
    with viewing_as(cast.asha), pytest.raises(ValueError, match="evidence"):
        add_link(link=make_link_given(*friends, **wrong), by=cast.asha, now=NOW)


def test_evidence_taken_back_goes_from_both_sides_and_is_kept(cast: Cast, friends: tuple[Subject, Subject]) -> None:
    with viewing_as(cast.asha):
        written = add_link(link=make_link_given(*friends), by=cast.asha, now=NOW)
        end_link_evidence(evidence_id=written.pk, because="Another Leo", by=cast.asha, now=NOW)
    assert LinkEvidence.objects.count() == 2
    assert not LinkEvidence.objects.filter(ended_at=None).exists()


def test_only_the_writer_takes_evidence_back(cast: Cast, friends: tuple[Subject, Subject]) -> None:
    with viewing_as(cast.asha):
        written = add_link(link=make_link_given(*friends), by=cast.asha, now=NOW)
    for friend in friends:
        let_in(friend, cast.ben)
    with viewing_as(cast.ben), pytest.raises(LinkEvidence.DoesNotExist):
        end_link_evidence(evidence_id=written.pk, because="Mine", by=cast.ben, now=NOW)


def test_what_matters_now_says_by_whom_and_keeps_what_was_said_before(
    cast: Cast, friends: tuple[Subject, Subject]
) -> None:
    amara = friends[0]
    with viewing_as(cast.asha):
        say_what_matters_now(subject_id=amara.pk, text="First", by=cast.asha, now=NOW)
        say_what_matters_now(subject_id=amara.pk, text="Second", by=cast.asha, now=NOW)
    amara.refresh_from_db()
    assert (amara.what_matters_now, amara.what_matters_by, amara.what_matters_at) == ("Second", cast.asha, NOW)
    assert AuditEvent.objects.filter(action="what-matters-now").latest("pk").details["before"] == "First"
