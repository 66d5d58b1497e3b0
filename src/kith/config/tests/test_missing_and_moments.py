"""What follows from a missing child and from a load, across the rooms: as config/reactions.py has it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.announcing import announce
from kith.linkage.facts import Loaded
from kith.missing.actions import Reported, report_missing
from kith.missing.models import Episode
from kith.moments.models import Moment
from kith.subjects.models import Subject
from tests.support.cast import Cast, let_in, make_person


def flagged(cast: Cast) -> Subject:
    """A child with a police exploitation flag on record."""
    child = make_person("Amara Osei")
    let_in(child, cast.asha)
    of_a_feed(cast, child, "exploitation-flag", days=40)
    return child


def of_a_feed(cast: Cast, child: Subject, kind: str, days: int = 1) -> Entry:
    now = timezone.now()
    at = now - timedelta(days=days)
    entry = Entry.objects.create(
        kind=kind, on=at.date(), at=at, agency=cast.police, feed="police", feed_key=f"{kind}:1", summary="Told",
        details={}, recorded_at=now,
    )  # fmt: skip
    EntrySubject.objects.create(entry=entry, subject=child, scope_id=child.scope_id, part="child", on=at.date())
    return entry


@pytest.mark.django_db
def test_a_missing_child_who_is_exploited_is_a_critical_moment_once(cast: Cast) -> None:
    child, now = flagged(cast), timezone.now()
    report_missing(
        reported=Reported(child.pk, cast.police.pk, "missing", now - timedelta(hours=2)), by=cast.raj, now=now
    )
    told = Reported(child.pk, cast.council.pk, "missing", now - timedelta(hours=3))
    report_missing(reported=told, by=cast.asha, now=now)
    assert Moment.objects.get().kind == "missing"


@pytest.mark.django_db
def test_a_missing_child_with_nothing_of_the_kind_on_record_is_none(cast: Cast) -> None:
    child, now = make_person("Ben Doe"), timezone.now()
    report_missing(
        reported=Reported(child.pk, cast.police.pk, "missing", now - timedelta(hours=2)), by=cast.raj, now=now
    )
    assert not Moment.objects.exists()


@pytest.mark.django_db
def test_after_a_load_absences_and_moments_are_made(cast: Cast) -> None:
    child = flagged(cast)
    of_a_feed(cast, child, "custody")
    of_a_feed(cast, child, "missing-episode")
    for _ in range(2):
        announce(Loaded(cast.loader, timezone.now()))
    assert Episode.objects.count() == 1
    assert sorted(Moment.objects.values_list("kind", flat=True)) == ["custody", "missing"]
