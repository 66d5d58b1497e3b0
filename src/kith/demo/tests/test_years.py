"""Two years of the front door, of moments and of gradings: of what files tell, once, in time and late, closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import F

from kith.chronology.models import Entry, EntrySubject
from kith.demo import cast
from kith.demo.staffing import make_staff
from kith.demo.years import write_contacts
from kith.demo.years_checks import write_old_checks
from kith.demo.years_grades import write_old_grades
from kith.demo.years_moments import write_old_moments
from kith.foundations.access.actions import join_partnership
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.front_door.models import Check, CheckAnswer, Contact, Decision, Outcome
from kith.missing.models import Episode, Grade
from kith.moments.models import Moment, Step
from kith.moments.queries.drawing import rule_counts
from tests.support.cast import make_entry, make_person

FEEDS = Path(cast.__file__).parent / "feeds"
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHILDREN = 12


@pytest.fixture
def told(db: None) -> int:
    """A contact a month of each child, decided on the day or two days later; a few months with a night in custody."""
    make_staff(feeds=FEEDS)
    join_partnership()
    police = Agency.objects.get(key="severnmouth-police")
    raj = Viewer.objects.get(email=cast.RAJ.email)
    contacts = 0
    for number in range(CHILDREN):
        child = make_person(f"Child {number} Hart")
        for month in range(20):
            on = TODAY - timedelta(days=40 + 30 * month + number)
            contacts += 1
            harm, decision = [("going missing", "Advice given"), ("sexual exploitation", "Social worker")][month % 2]
            decided = on + timedelta(days=2 if (month + number) % 9 == 0 else 0)
            said = {"told_by": "police", "harm": harm, "decision": decision, "decided": f"{decided}"}
            make_entry(
                "A contact.", child, on=on, kind="outside-home-contact", details=said, **_feed("contact", contacts)
            )
        flagged = TODAY - timedelta(days=800)
        make_entry("A flag.", child, on=flagged, kind="exploitation-flag", **_feed("flag", number))
        for month in range(1, 24, 4):
            on = TODAY - timedelta(days=30 * month)
            at = datetime.combine(on, datetime.min.time(), tzinfo=UTC) + timedelta(hours=15)
            make_entry("In custody.", child, on=on, kind="custody", at=at, agency=police, **_feed(f"c{month}", number))
            Episode.objects.create(
                subject=child, scope=child.scope, desk=child.scope, reference=f"M{number}-{month}", kind="missing",
                gone_at=at, told_at=at, grade="medium", opened_by=raj,
            )  # fmt: skip
    EntrySubject.objects.update(part="child")
    return contacts


def _feed(what: str, number: int) -> dict[str, str]:
    return {"feed": "planted", "feed_key": f"{what}:{number}"}


def test_written_once_closed_and_as_the_files_tell(told: int) -> None:
    before = Entry.objects.count()
    writers = (write_contacts, write_old_checks, write_old_moments, write_old_grades)
    written = [write(today=TODAY, now=NOW) for write in writers]
    assert [write(today=TODAY, now=NOW) for write in writers] == [0, 0, 0, 0]
    assert Entry.objects.count() == before  # nothing on a record a second time
    assert written[0] == told == Contact.objects.exclude(decided_at=None).count()
    late = Decision.objects.filter(at__gt=F("contact__received_at") + timedelta(hours=24)).count()
    tracked = Entry.objects.filter(kind="outside-home-contact").values_list("on", "details")
    assert late == sum(details["decided"] != f"{on}" for on, details in tracked)
    assert Outcome.objects.filter(result="assessment").count() == told / 2
    assert Outcome.objects.filter(re_referral=True).count() == told / 2 - CHILDREN  # all but each child's first
    _asked(written[1])
    _rang(written[2])
    _graded(written[3])


def _asked(written: int) -> None:
    in_time = Check.objects.filter(answered_at__lte=F("due_at")).count()
    assert written == Check.objects.exclude(answered_at=None).count() == CheckAnswer.objects.count()
    assert written * 0.6 < in_time < written
    with viewing_as(Viewer.objects.get(email=cast.OLU.email)):
        own = Check.objects.all()
        assert {check.agency.key for check in own} == {"severnmouth-police"}  # another agency's are closed to him
        early, lately = (_share(own.filter(asked_at__lt=_ago(270))), _share(own.filter(asked_at__gte=_ago(270))))
        assert lately - early > 0.1  # since one mailbox is shared


def _share(checks: object) -> float:
    return checks.filter(answered_at__lte=F("due_at")).count() / checks.count()  # type: ignore[attr-defined]


def _rang(written: int) -> None:
    assert written == Moment.objects.exclude(closed_at=None).count() == CHILDREN * 6
    assert not Moment.objects.filter(called_back_at=None, set_aside="").exists()
    assert Step.objects.filter(what="told").count() == written == rule_counts().fired["custody"]
    rung = Moment.objects.exclude(called_back_at=None)
    assert 0 < rung.filter(called_back_at__gt=F("call_back_by")).count() < rung.count() / 2


def _graded(written: int) -> None:
    graded = Grade.objects.exclude(consider_high=[])
    assert written == graded.count() == CHILDREN * 6
    assert not graded.exclude(code=F("episode__grade")).exists()
    assert not graded.filter(code="high", at__lt=_ago(210)).exists()
    assert 0 < graded.filter(code="high").count() < graded.filter(at__gte=_ago(210)).count()


def _ago(days: int) -> datetime:
    return NOW - timedelta(days=days)
