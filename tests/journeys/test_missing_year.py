"""A year of missing children: read by the desk, drilled into, counted as at another day; read by a manager."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.missing.actions import Reported, report_missing
from tests.journeys.story import Story
from tests.support.cast import Cast, make_person

DAYS = (20, 45, 100, 200, 300, 400, 500)


@pytest.fixture
def told(cast: Cast) -> datetime:
    """Two children over two years; the council tells of every other absence too, and of one of its own."""
    now = timezone.now()
    for number, child in enumerate((make_person("Amara Osei"), make_person("Leo Whitcombe"))):
        for place, days in enumerate(DAYS):
            gone = now - timedelta(days=days + number, hours=20)
            agencies = (cast.police, cast.council) if place % 2 else (cast.police,)
            for agency in agencies:
                told = Reported(child.pk, agency.pk, "missing", gone, back_at=gone + timedelta(hours=9))
                report_missing(reported=told, by=cast.loader, now=now)
    alone = Reported(child.pk, cast.council.pk, "missing", now - timedelta(days=60), back_at=now - timedelta(days=59))
    report_missing(reported=alone, by=cast.loader, now=now)
    return now


def test_a_year_of_missing_children(story: Story, cast: Cast, told: datetime) -> None:
    story.given_signed_in_as(cast.quinn)
    story.when_i_open(reverse("missing-year"))
    story.then_i_see("Told by the police and by the council", "Police", "Council", "Kith’s absences")
    story.then_the_page_is_accessible("year")
    story.when_i_open(reverse("missing-year-rows") + "?told-by=council")
    story.then_i_see("Nothing on record says why the other does not tell of it")
    story.then_the_page_is_accessible("rows")
    story.when_i_open(reverse("missing-year-months"))
    story.then_the_page_is_accessible("months")
    story.given_signed_in_as(cast.hana)
    story.when_i_open(reverse("missing-year"))
    story.then_i_see("fewer than 5", "Numbers from 1 to 4 are not shown")
    story.then_the_page_is_accessible("manager")
