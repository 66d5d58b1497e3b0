"""Openings, and what they come to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.foundations.access.actions import (
    NewOpening,
    end_opening,
    open_circle,
    open_circles,
    partnership_scope,
    tidy_openings,
)
from kith.foundations.access.models import Opening, ViewerScope
from kith.foundations.access.queries import because_of, holds
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.subjects.models import Headline, Subject
from tests.support.cast import Cast, let_in, make_circle, make_person

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


def test_a_team_and_a_person_are_let_in_and_nobody_else(cast: Cast) -> None:
    amara = make_person()
    let_in(amara, cast.east, cast.carol)
    seen = {}
    for viewer in cast.everybody():
        with viewing_as(viewer):
            seen[viewer.name.split()[0]] = Subject.objects.filter(pk=amara.pk).exists()
    assert [name for name, sees in seen.items() if sees] == ["Asha", "Ben", "Carol", "Hana"]


def test_headlines_are_for_those_who_work_with_children_in_the_partnership(cast: Cast) -> None:
    amara = make_person()
    seen = []
    for viewer in cast.everybody():
        with viewing_as(viewer):
            seen += [viewer.name.split()[0]] if Headline.objects.filter(pk=amara.pk).exists() else []
    assert seen == ["Asha", "Ben", "Carol", "Farah", "Hana", "Kofi", "Lena", "Mina", "Pia", "Quinn", "Raj", "Sol"]


def test_the_longest_opening_counts(cast: Cast) -> None:
    now, scope = timezone.now(), make_circle()
    common = {"scope": scope, "because": "Covering", "reason_kind": "added", "by": cast.hana, "now": now}
    open_circle(viewer=cast.carol, until=now + LATER, **common)
    longer = open_circle(viewer=cast.carol, until=now + 2 * LATER, **common)
    assert ViewerScope.objects.get(viewer=cast.carol, scope=scope).until == now + 2 * LATER
    end_opening(opening=longer, because="No longer needed", by=cast.hana, now=now)
    assert ViewerScope.objects.get(viewer=cast.carol, scope=scope).until == now + LATER


def test_the_same_work_opens_once_and_closes_by_its_reference(cast: Cast) -> None:
    now, scope = timezone.now(), make_circle()
    new = NewOpening(scope, "Allocated since May", "allocated", viewer=cast.ben, reference="involvement:7")
    first, second = open_circles(openings=[new, new], by=cast.loader, now=now)
    third = open_circles(openings=[new], by=cast.loader, now=now)[0]
    assert first.pk == second.pk == third.pk
    assert because_of(cast.ben, scope.pk, now) == "Allocated since May"
    assert end_opening(reference="involvement:7", because="Work ended", by=cast.loader, now=now) == 1
    assert not holds(cast.ben, scope.pk, now)


def test_what_has_run_out_shows_nothing_even_before_it_is_tidied(cast: Cast) -> None:
    now, amara = timezone.now(), make_person()
    open_circle(
        scope=amara.scope, viewer=cast.carol, because="Meeting", reason_kind="invited", by=cast.hana,
        now=now - 2 * LATER, until=now - LATER,
    )  # fmt: skip
    ViewerScope.objects.update_or_create(viewer=cast.carol, scope=amara.scope, defaults={"until": now - LATER})
    with viewing_as(cast.carol):
        assert not Subject.objects.filter(pk=amara.pk).exists()
    assert tidy_openings(by=cast.loader, now=now) == 1
    assert not ViewerScope.objects.filter(viewer=cast.carol, scope=amara.scope).exists()


def test_openings_of_many_take_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries) -> None:
    now = timezone.now()
    scopes = [make_circle() for _ in range(60)]
    news = [NewOpening(s, "Allocated", "allocated", team=cast.east, reference=f"w:{s.pk}") for s in scopes]
    with django_assert_max_num_queries(9):
        open_circles(openings=news, by=cast.loader, now=now)
    assert Opening.objects.filter(reference__startswith="w:").count() == 60
    assert ViewerScope.objects.filter(viewer=cast.ben, scope__in=scopes).count() == 60


def test_every_change_is_audited_and_a_strange_reason_is_refused(cast: Cast) -> None:
    now, scope = timezone.now(), make_circle()
    opening = open_circle(
        scope=scope, viewer=cast.ben, because="Allocated", reason_kind="allocated", by=cast.hana, now=now
    )
    end_opening(opening=opening, because="Moved team", by=cast.hana, now=now)
    mine = AuditEvent.objects.filter(viewer_id=cast.hana.pk).order_by("pk")
    assert [event.action for event in mine] == ["open-circle", "end-opening"]
    with pytest.raises(ValueError, match="Not a reason"):
        open_circle(scope=scope, viewer=cast.ben, because="x", reason_kind="curious", by=cast.hana, now=now)


def test_there_is_one_partnership_scope(cast: Cast) -> None:
    assert partnership_scope() == partnership_scope()
