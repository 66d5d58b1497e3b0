"""A cut says of each child what was true then: hours over a change of the clock, ages, flags that were taken off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kith.chronology.models import Entry
from kith.insight.tests.test_cuts import asked, day, taken
from kith.missing.actions.episodes import Reported, report_missing
from tests.support.cast import NOW, Cast, make_cast, make_entry, make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


def missing(cast: Cast, child: int, gone: datetime, back: datetime) -> None:
    told = Reported(child, cast.police.pk, "missing", gone, back_at=back, number=f"MP/{child}")
    report_missing(reported=told, by=cast.raj, now=gone + timedelta(minutes=9))


def test_hours_are_those_that_passed_also_when_the_clock_changed(cast: Cast) -> None:
    """From ten in the evening until eight in the morning is eleven hours in the night the clocks go back."""
    gone, back = datetime(2026, 10, 24, 21, tzinfo=UTC), datetime(2026, 10, 25, 8, tzinfo=UTC)
    missing(cast, make_person("Amara Zephyrine").pk, gone, back)
    told = asked(taken(cast), "select hours, cast(gone as text) from absences")
    assert told == [(11.0, "2026-10-24 22:00:00.000000")]


def test_who_was_grown_up_when_last_seen_is_no_missing_child(cast: Cast) -> None:
    born = (NOW - timedelta(days=50)).date().replace(year=NOW.year - 18)
    for name, birth in (("Grown", born), ("Nearly", born + timedelta(days=1)), ("Unknown", None)):
        gone = NOW - timedelta(days=50)
        missing(cast, make_person(name, date_of_birth=birth).pk, gone, gone + timedelta(hours=2))
    cut = taken(cast)
    for table in ("absences", "accounts"):
        assert asked(cut, f"select count(*) from {table}") == [(2,)], table


def test_a_flag_that_police_took_off_stood_until_then(cast: Cast) -> None:
    """It leaves the list, and stays in the year in which it was set. What else is deleted was never so."""
    child = make_person("Amara Zephyrine")
    flag = make_entry("Words", child, kind="exploitation-flag", details={"harm": "sexual exploitation"}, on=day(90))
    crime = make_entry("Words", child, kind="crime-victim", details={"offence": "Threats"}, on=day(80))
    Entry.objects.filter(pk__in=(flag.pk, crime.pk)).update(ended_at=NOW - timedelta(days=30))
    found = asked(taken(cast), "select kind, day, until from events")
    assert found == [("exploitation-flag", day(90), day(30))]


def test_who_told_police_of_it_is_the_partner_not_how_sure_they_were(cast: Cast) -> None:
    told = {"told_by": "school", "source": "reliable", "harm": "sexual exploitation"}
    make_entry("Words", make_person("Amara Zephyrine"), kind="partner-report", details=told, on=date(2026, 9, 1))
    assert asked(taken(cast), "select source from events") == [("school",)]
