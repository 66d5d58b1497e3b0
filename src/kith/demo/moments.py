"""A rota, critical moments and champions in the demonstration, by its own staff through ordinary actions.

Nothing is written where it stands already, so this can be run again.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from kith.demo import cast
from kith.foundations.access.actions import partnership_scope, system_viewer
from kith.foundations.access.models import Agency, Team, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.moments.actions import responding
from kith.moments.actions.handing_over import hand_over
from kith.moments.actions.receiving import Told, tell_of
from kith.moments.actions.rota import NewShift, add_shifts, offer_shift, take_shift
from kith.moments.models import Champion, HandoverNote, Moment, Shift
from kith.moments.rules.rota import ShiftKind

STORY = Path(__file__).parent / "moments.yaml"
DAYS = 21
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SOLS = 4  # of each seven days from today, Sol has the first four by day and the others by night; Tess the rest
EMPTY = 5  # the day of each seven on whose night nobody is on call
SWAPPED = timedelta(days=7)  # from today: Sol's day, which Tess takes


def story() -> dict[str, Any]:
    """What is described beside this module."""
    described: dict[str, Any] = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    return described


def write_rota(*, now: datetime) -> int:
    """Three weeks from last Monday, with a gap a week and one swap. Answers how many shifts were added."""
    with viewing_as(system_viewer("demonstration")):
        if Shift.objects.exists():
            return 0
        sol, tess = (Viewer.objects.get(email=one.email) for one in (cast.SOL, cast.TESS))
        team = Team.objects.get(viewers=sol, work=cast.SOL.work)
    today = now.astimezone(HERE).date()
    monday = today - timedelta(days=today.weekday() + 7)
    at = now - DAYS * 24 * HOUR
    with viewing_as(sol):
        for day in (monday + timedelta(days=n) for n in range(DAYS)):
            by_day, by_night = (sol, tess) if (day - today).days % 7 < SOLS else (tess, sol)
            add_shifts(team=team, new=NewShift(by_day, ShiftKind.DAY, day), by=sol, now=at)
            if (day - today).days % 7 != EMPTY:
                add_shifts(team=team, new=NewShift(by_night, ShiftKind.NIGHT, day), by=sol, now=at)
        shift = Shift.objects.get(viewer=sol, kind=ShiftKind.DAY.value, starts_at__date=today + SWAPPED)
        swap = offer_shift(shift=shift, by=sol, now=now - 30 * HOUR)
    with viewing_as(tess):
        take_shift(swap_id=swap.pk, by=tess, now=now - 28 * HOUR)
    return Shift.objects.count()


def write_moments(*, today: date, now: datetime) -> int:
    """Six critical moments in their states, a note to hand over, and champions. `today`: the story's day."""
    with viewing_as(system_viewer("demonstration")):
        if Moment.objects.exclude(told_by=None).exists():
            return 0
        staff = {person.key: Viewer.objects.get(email=person.email) for person in cast.STAFF}
    told = story()
    for number, one in enumerate(sorted(told["moments"], key=lambda row: -row["hours_ago"])):
        _write(one, number, staff, today, now)
    with viewing_as(staff["sol"]):
        team = staff["sol"].teams.get(work=cast.SOL.work)
        if not HandoverNote.objects.exists():
            hand_over(team=team, text=told["handover"], by=staff["sol"], now=now - HOUR)
    _name_champions(told["champions"], now)
    return len(told["moments"])


def _write(one: dict[str, Any], number: int, staff: dict[str, Viewer], today: date, now: datetime) -> None:
    giver, at = staff[one["by"]], now - one["hours_ago"] * HOUR
    with viewing_as(giver):
        once = uuid5(NAMESPACE_URL, f"kith:demo:moment:{number}")
        moment = tell_of(told=_told(one, giver, today, at), by=giver, now=at, once=once)
    if one["state"] == "told":
        return
    taker, rung = staff[one["taker"]], at + one["after"] * MINUTE
    given: dict[str, Any] = {"moment_id": moment.pk, "by": taker}
    with viewing_as(taker):
        responding.take(**given, now=at + 4 * MINUTE)
        if one["state"] == "aside":
            responding.set_aside(**given, reason=one["reason"], now=rung)
            return
        responding.call_back(**given, now=rung)
        for service, answer in one["offers"]:
            responding.offer(**given, service=service, answer=answer, now=rung + 10 * MINUTE)
        if one["state"] == "closed":
            responding.close(**given, came_of=one["came_of"], now=rung + 40 * MINUTE)


def _told(one: dict[str, Any], giver: Viewer, today: date, at: datetime) -> Told:
    name, born = one.get("name", ""), one.get("born")
    if "child" in one:
        child = next(person for person in cast.CHILDREN if person.key == one["child"])
        name, born = child.name, child.born(today)
    return Told(
        one["kind"],
        giver.phone or "01632 960103",
        one["still_there"],
        name,
        born,
        happened_on=at.astimezone(HERE).date(),
    )


def _name_champions(rows: list[dict[str, Any]], now: datetime) -> None:
    """Agencies whose staff are not in the demonstration are entered by it."""
    clerk = system_viewer("demonstration")
    with viewing_as(clerk):
        if Champion.objects.exists():
            return
        scope = partnership_scope()
        for row in rows:
            Champion.objects.create(
                agency=Agency.objects.get(key=row["agency"]),
                scope=scope,
                kind=row["kind"],
                name=row["name"],
                job_title=row["post"],
                phone=row["phone"],
                valid_until=now.date() + timedelta(days=row["days"]),
                added_by=clerk,
                added_at=now,
            )
