"""Somebody named who is a child of whom it may not be known that they are on record."""

from __future__ import annotations

from uuid import uuid4

import pytest

from kith.foundations.access.viewing import viewing_as
from kith.foundations.notices.models import Notice
from kith.front_door.actions import NamedIn, Told, WhoGave, is_new, receive
from kith.front_door.models import Contact, Named
from kith.subjects.models import Headline, Subject
from tests.support.cast import NOW, Cast, let_in, make_person

pytestmark = pytest.mark.django_db
BORN = {"date_of_birth": "2010-12-08"}


def named(name: str, **details: str) -> Named:
    told = Told("child", "She told her tutor.", WhoGave("professional", name="Sam Tully", email="sam@school.example"),
                named=(NamedIn("person", "child", name, details),))  # fmt: skip
    return Contact.objects.get(pk=receive(told=told, once=uuid4(), now=NOW).contact_id).named.get()


@pytest.fixture
def zofia(cast: Cast) -> Subject:
    child = make_person("Zofia Wit", headline=False)
    let_in(child, cast.asha)
    return child


def test_those_who_work_with_the_child_are_told_and_whoever_decides_sees_what_they_see_of_anybody(
    cast: Cast, zofia: Subject
) -> None:
    with viewing_as(cast.farah):
        settled = [
            is_new(named_id=named(name, **BORN).pk, by=cast.farah, now=NOW) for name in ("Zofia Wit", "Nadia Wit")
        ]
    with viewing_as(cast.farah):
        seen = [(one.made_new, Subject.objects.filter(pk=one.subject_id or 0).exists(), one.subject_id == zofia.pk)
                for one in settled]  # fmt: skip
        assert seen == [(True, True, False)] * 2
        assert not Subject.objects.filter(pk=zofia.pk).exists()
        assert not Headline.objects.filter(pk=zofia.pk).exists()
        assert not Notice.objects.exclude(viewer=cast.farah).exists()
    told = Notice.objects.get(once__startswith="named:")
    assert (told.viewer, told.pushed, told.path) == (cast.asha, True, f"/records/{zofia.pk}/")
    assert settled[0].contact.reference in told.text
    assert "Zofia" not in told.text


def test_told_once_however_often_it_is_settled(cast: Cast, zofia: Subject) -> None:
    one = named("Zofia Wit", **BORN)
    with viewing_as(cast.farah):
        is_new(named_id=one.pk, by=cast.farah, now=NOW, details={"school": "Harbour View"})
    assert Notice.objects.filter(once=f"named:{one.pk}").count() == 1


@pytest.mark.parametrize("details", [{}, {"date_of_birth": "in the spring"}, {"date_of_birth": "2011-01-01"}])
def test_whoever_does_not_fit_exactly_is_not_told_of(cast: Cast, zofia: Subject, details: dict[str, str]) -> None:
    with viewing_as(cast.farah):
        is_new(named_id=named("Zofia Wit", **details).pk, by=cast.farah, now=NOW)
    assert not Notice.objects.filter(once__startswith="named:").exists()
