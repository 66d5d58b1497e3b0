"""A year of intelligence in the demonstration, given, graded and answered by its own staff through ordinary actions.

Nothing is written where intelligence stands already, so this can be run again; a killed run starts it afresh, because
the whole year is one transaction.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from kith.demo import cast
from kith.demo.systems import number_in
from kith.foundations.access.actions import open_circle, system_viewer
from kith.foundations.access.models import Agency, Team, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.intelligence.actions import (
    BookingGiven,
    FlagGiven,
    Given,
    Graded,
    NamedGiven,
    Recipient,
    approve,
    close,
    give,
    grade,
    make_version,
    pass_on,
    say_use,
    set_flag,
)
from kith.intelligence.models import Report
from kith.intelligence.rules.holidays import in_holiday
from kith.subjects.models import Reference, Subject

YEAR = Path(__file__).parent / "intelligence.yaml"
HERE = ZoneInfo("Europe/London")
STEPS = ("given", "graded", "made", "approved", "passed", "used")
HOUR = timedelta(hours=1)


def a_year() -> list[dict[str, Any]]:
    """The items as they are described beside this module."""
    described: list[dict[str, Any]] = yaml.safe_load(YEAR.read_text(encoding="utf-8"))
    return described


def write_intelligence(*, today: date, now: datetime) -> int:
    """Write the year up to `today`, the story's day, oldest first; answers how many items were written."""
    clerk = system_viewer("demonstration")
    with viewing_as(clerk):
        if Report.objects.exists():
            return 0
        staff = {person.key: Viewer.objects.get(email=person.email) for person in cast.STAFF}
        amara = _amara()
        if amara:
            because = "Works to stop the adults who harm her"
            fields: dict[str, Any] = {"scope": amara.scope, "reason_kind": "added", "now": now}
            open_circle(viewer=staff["kofi"], because=because, by=clerk, **fields)
        year = sorted(a_year(), key=lambda item: -item["ago"])
        for item in year:
            _write(item, staff, amara, _moment(item, today, now), now)
        _flag(staff["kofi"], today, now)
    return len(year)


def _moment(item: dict[str, Any], today: date, now: datetime) -> datetime:
    """When it was given; never later than now, and in term unless it says otherwise."""
    day = today - timedelta(days=item["ago"])
    while in_holiday(day) and not item.get("in_holiday"):
        day -= timedelta(days=1)
    at = datetime.combine(day, time(9 + item["ago"] % 8, item["ago"] * 7 % 60), tzinfo=HERE)
    return min(at, now - HOUR) if item["ago"] else now - HOUR


def _write(item: dict[str, Any], staff: dict[str, Viewer], amara: Subject | None, at: datetime, now: datetime) -> None:
    report = _give(item, staff, amara, at)
    kofi, lena, steps = staff["kofi"], staff["lena"], _steps(item["to"])
    if "graded" not in steps:
        return
    source, information, handling, priority = map(str, item["grade"])
    with viewing_as(kofi):
        codes = Graded(source, information, handling, priority, item.get("conditions", ""))
        grade(report_id=report.pk, graded=codes, by=kofi, now=min(at + HOUR, now))
        if item["to"] == "closed":
            close(report_id=report.pk, because=item["why"], by=kofi, now=min(at + 30 * HOUR, now))
        if "made" not in steps:
            return
        about = [amara.pk] if amara and "about" in item else []
        made = {"report_id": report.pk, "text": item["version"], "about": about}
        version = make_version(**made, by=kofi, now=min(at + 3 * HOUR, now))
    if "approved" in steps:
        with viewing_as(lena):
            approve(version_id=version.pk, by=lena, now=min(at + 5 * HOUR, now))
    if "passed" in steps:
        _pass_on(item, version.pk, staff, min(at + 6 * HOUR, now), min(at + 70 * HOUR, now))


def _give(item: dict[str, Any], staff: dict[str, Viewer], amara: Subject | None, at: datetime) -> Report:
    named = [NamedGiven(kind, value, *about) for kind, value, *about in item.get("named", ())]
    by = staff.get(item["by"]) or system_viewer("demonstration")
    if amara and "about" in item:
        named.append(NamedGiven("person", amara.name, subject_id=amara.pk))
    booking = _booking(item.get("booking"), at)
    place = Subject.objects.filter(kind="place", name=booking.place).first() if booking else None
    if place:
        named.append(NamedGiven("place", place.name, subject_id=place.pk))
    given = Given(
        text=item["text"],
        how_known=item["how"],
        harms=tuple(item["harms"]),
        named=tuple(named),
        source_name=item.get("source", ""),
        source_reach=item.get("reach", ""),
        agency_id=None if item["by"] in staff else Agency.objects.get(key=item["by"]).pk,
        giver_name=item.get("who", ""),
        booking=booking,
    )
    receipt = give(given=given, by=by, now=at)
    return Report.objects.get(number=receipt.number)


def _booking(told: dict[str, Any] | None, at: datetime) -> BookingGiven | None:
    """With its nights counted back from the day of the report."""
    if told is None:
        return None
    first, last = (at.date() - timedelta(days=ago) for ago in told["nights"])
    words = {name: value for name, value in told.items() if name != "nights"}
    return BookingGiven(stayed_from=first, stayed_until=last, **words)


def _pass_on(item: dict[str, Any], version_id: int, staff: dict[str, Viewer], at: datetime, answered: datetime) -> None:
    """To Asha's team, which says what came of it where the item has an answer."""
    asha, kofi = staff["asha"], staff["kofi"]
    team = Team.objects.get(agency=asha.agency, name=cast.ASHA.team)
    to = [Recipient(team.agency_id, team.pk)]
    said = {"purpose": "place", "basis": "public-task", "conditions": item.get("conditions", "")}
    with viewing_as(kofi):
        passed = pass_on(version_id=version_id, to=to, **said, by=kofi, now=at)[0]
    if "answer" in item:
        with viewing_as(asha):
            used = item["to"] == "used"
            say_use(passed_on_id=passed.pk, used=used, text=item["answer"], by=asha, now=answered)


def _steps(to: str) -> tuple[str, ...]:
    """The steps taken up to and with this one; what was closed went no further than its grading."""
    last = {"closed": "graded", "unused": "used"}.get(to, to)
    return STEPS[: STEPS.index(last) + 1]


def _flag(kofi: Viewer, today: date, now: datetime) -> None:
    """The grey car, to be reviewed soon."""
    review, ends = today + timedelta(days=10), today + timedelta(days=60)
    why = "Named in three reports this autumn, by people who do not know of each other"
    flag = FlagGiven("Ring the intelligence desk first", why, kofi.pk, review, ends, vehicle="QX19 GRY")
    if review >= now.date():
        with viewing_as(kofi):
            set_flag(flag=flag, by=kofi, now=now)


def _amara() -> Subject | None:
    for system in ("council/csc", "education/hub"):
        reference = Reference.objects.filter(system=system, key=number_in(system, cast.AMARA)).first()
        if reference and reference.subject:
            return reference.subject
    return None
