"""The demonstration's year of intelligence: written once, quickly, in words that put no harm on a child's shoulders."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from kith.demo import cast
from kith.demo.intelligence import a_year, write_intelligence
from kith.demo.staffing import make_staff
from kith.demo.systems import number_in
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.intelligence.models import Report, Source, VersionNamed
from kith.intelligence.queries import others
from kith.intelligence.queries.reports import Stage, items
from kith.intelligence.queries.volumes import volumes
from kith.intelligence.rules.codes import listed
from kith.subjects.models import Reference
from kith.subjects.wording import remarks
from tests.support.cast import let_in, make_person

pytestmark = pytest.mark.django_db
FEEDS = Path(__file__).parents[1] / "feeds"
NOW = timezone.now().replace(year=2026, month=11, day=20, hour=10)
TODAY = date(2026, 11, 20)


def viewer(staff: cast.Staff) -> Viewer:
    return Viewer.objects.get(email=staff.email)


@pytest.fixture
def written(db: None) -> int:
    make_staff(feeds=FEEDS)
    amara = make_person(cast.AMARA.name)
    Reference.objects.create(
        system="council/csc", key=number_in("council/csc", cast.AMARA), subject=amara, scope=amara.scope, first_seen=NOW
    )
    let_in(amara, viewer(cast.ASHA))
    return write_intelligence(today=TODAY, now=NOW)


def test_the_words_put_no_harm_on_a_child() -> None:
    said = [item.get(name, "") for item in a_year() for name in ("text", "version", "answer", "why", "conditions")]
    assert [remark.words for text in said for remark in remarks(text)] == []
    assert {harm for item in a_year() for harm in item["harms"]} <= {one.key for one in listed("harms")}


def test_it_is_written_once_with_every_stage_and_something_for_everybody(written: int) -> None:
    assert written == len(a_year()) == Report.objects.count()
    assert write_intelligence(today=TODAY, now=NOW) == 0
    with viewing_as(viewer(cast.KOFI)):
        found = {item.stage for item in items(Stage)}
        assert found == set(Stage) - {Stage.JOINED}
        assert others.standing_flags(TODAY).count() == 1
    with viewing_as(viewer(cast.ASHA)):
        assert others.received(viewer(cast.ASHA)).count() > 5
        assert VersionNamed.objects.exists()
    with viewing_as(viewer(cast.CAROL)):
        assert others.my_receipts().count() > 5
        assert not Source.objects.exists()
    with viewing_as(viewer(cast.MINA)):
        assert Source.objects.count() == written
    counted = volumes(TODAY)
    assert counted.in_holidays.a_week < counted.in_term.a_week / 2
    assert not Report.objects.filter(given_at__gt=NOW).exists()
    assert Report.objects.filter(given_at__lt=NOW - timedelta(days=300)).exists()
