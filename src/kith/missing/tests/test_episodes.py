"""A child is reported missing by two agencies and is back: one absence, two accounts, the return that counts."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from kith.foundations.access.viewing import viewing_as
from kith.missing.actions import Back, NotATime, Reported, correct_return, report_missing, say_back
from kith.missing.models import Account, Episode, Return
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, let_in, make_person

HOUR = timedelta(hours=1)
GONE = NOW - 10 * HOUR


def reported(cast: Cast, child: Subject, **fields: object) -> Reported:
    told = {"subject_id": child.pk, "agency_id": cast.police.pk, "kind": "missing", "gone_at": GONE}
    return Reported(**told | fields)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    child = make_person("Amara Osei")
    let_in(child, cast.asha)
    return child


@pytest.mark.django_db
def test_two_agencies_tell_of_one_absence(cast: Cast, amara: Subject) -> None:
    with viewing_as(cast.raj):
        first = report_missing(reported=reported(cast, amara), by=cast.raj, now=NOW)
    with viewing_as(cast.asha):
        told = reported(cast, amara, agency_id=cast.council.pk, gone_at=GONE - HOUR, back_at=NOW - HOUR)
        second = report_missing(reported=told, by=cast.asha, now=NOW)
    assert first == second
    second.refresh_from_db()
    assert second.back_at == NOW - HOUR
    joined = Account.objects.get(agency=cast.council)
    assert "Severnmouth police tells of the same time" in joined.joined_because


@pytest.mark.django_db
def test_two_reports_by_one_agency_are_two_absences(cast: Cast, amara: Subject) -> None:
    for number in ("MP/1", "MP/2"):
        report_missing(reported=reported(cast, amara, number=number), by=cast.loader, now=NOW)
    assert Episode.objects.count() == 2


@pytest.mark.django_db
def test_those_who_search_see_it_the_circle_too_and_nobody_else(cast: Cast, amara: Subject) -> None:
    report_missing(reported=reported(cast, amara), by=cast.asha, now=NOW)
    seen = {}
    for viewer in cast.everybody():
        with viewing_as(viewer):
            seen[viewer.name.split()[0]] = Episode.objects.count()
    assert {name for name, count in seen.items() if count} == {"Asha", "Quinn", "Raj"}
    with viewing_as(cast.raj):
        assert not Subject.objects.filter(pk=amara.pk).exists()
    with viewing_as(cast.quinn):
        assert Subject.objects.filter(pk=amara.pk).exists()


@pytest.mark.django_db
def test_a_correction_counts_and_what_was_said_stands(cast: Cast, amara: Subject) -> None:
    episode = report_missing(reported=reported(cast, amara), by=cast.asha, now=NOW)
    say_back(episode_id=episode.pk, back=Back(NOW - HOUR), by=cast.raj, now=NOW)
    right = correct_return(
        episode_id=episode.pk, back=Back(NOW - 3 * HOUR), why="The home saw her come in", by=cast.pia, now=NOW
    )
    assert right.back_at == NOW - 3 * HOUR
    assert [row.back_at for row in Return.objects.order_by("pk")] == [NOW - HOUR, NOW - 3 * HOUR]
    with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
        Return.objects.update(back_at=NOW)


@pytest.mark.django_db
def test_a_time_that_cannot_be_is_refused(cast: Cast, amara: Subject) -> None:
    episode = report_missing(reported=reported(cast, amara), by=cast.asha, now=NOW)
    for at in (GONE - HOUR, NOW + HOUR):
        with pytest.raises(NotATime):
            say_back(episode_id=episode.pk, back=Back(at), by=cast.raj, now=NOW)
