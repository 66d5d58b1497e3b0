"""Row security itself: what exists for whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from kith.foundations.access.models import Scope, Viewer, ViewerScope
from kith.foundations.access.viewing import viewing_as
from kith.subjects.models import Subject

pytestmark = pytest.mark.django_db


def make_subject(name: str) -> Subject:
    scope = Scope.objects.create(kind="circle")
    return Subject.objects.create(kind="person", name=name, scope=scope, created_at=timezone.now())


@pytest.fixture
def asha(db: None) -> Viewer:
    return Viewer.objects.create_user("asha@severnmouth.example", name="Asha Rahman", role="practitioner")


def test_a_viewer_sees_only_what_was_opened_to_them(asha: Viewer) -> None:
    mine, other = make_subject("Amara"), make_subject("Leo")
    ViewerScope.objects.create(viewer=asha, scope=mine.scope)
    with viewing_as(asha):
        assert [s.name for s in Subject.objects.all()] == ["Amara"]
    assert Subject.objects.filter(pk=other.pk).exists()


def test_nobody_sees_nothing() -> None:
    make_subject("Amara")
    with viewing_as(None):
        assert not Subject.objects.exists()


def test_an_opening_that_has_run_out_shows_nothing(asha: Viewer) -> None:
    subject = make_subject("Amara")
    ViewerScope.objects.create(viewer=asha, scope=subject.scope, until=timezone.now() - timedelta(minutes=1))
    with viewing_as(asha):
        assert not Subject.objects.exists()


def test_looking_as_somebody_ends_with_the_block(asha: Viewer) -> None:
    with viewing_as(asha):
        pass
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('kith.viewer', true), current_user")
        viewer, role = cursor.fetchone()
    assert (viewer or "") == ""
    assert role != "kith_served"
