"""The demonstration's peer groups, written by its own staff as they would write them: by the ordinary actions.

Three groups that Amara spends time in: one that is unsafe because of an adult, one because of a place, one that keeps
her well. A group whose record is there already is left as it is, so this can be run again, and goes on after a kill.
"""

from __future__ import annotations

from calendar import day_name
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from kith.chronology.actions import About, Written, write_entry
from kith.contexts.actions.changing import Plan, plan_change_there
from kith.demo import cast
from kith.demo.systems import number_in
from kith.foundations.access.actions import open_circle, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.subjects.actions import LinkGiven, add_link, create_group, say_what_matters_now
from kith.subjects.assessing.actions import Assessed, assess
from kith.subjects.models import Reference, Subject

KNOWN_BY = ("education/hub", "council/csc")  # systems that know the children of the story, in this order
ASHA, FARAH = cast.ASHA.email, cast.FARAH.email
Children = dict[str, Subject]  # by their key in cast.py
STORY = Path(__file__).parent / "peer_groups.yaml"
PLACE = "place"


def peer_groups() -> list[dict[str, Any]]:
    """The groups as they are described beside this module."""
    described: list[dict[str, Any]] = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    return described


def write_peer_groups(*, today: date, now: datetime) -> int:
    """Write the groups that are not there yet, each whole or not at all; returns how many were written.

    `today` is the day the story stands at. A group whose children or place were not delivered is left out.
    """
    asha, farah = (Viewer.objects.get(email=email) for email in (ASHA, FARAH))
    return sum(_write_whole(group, asha, farah, today, now) for group in peer_groups())


def _write_whole(group: dict[str, Any], asha: Viewer, farah: Viewer, today: date, now: datetime) -> bool:
    with viewing_as(system_viewer("demonstration")):
        if Subject.objects.filter(kind="group", name=group["name"]).exists():
            return False
        wanted = {piece["about"] for piece in group["evidence"]} - {PLACE}
        children, place = _children(wanted), _place(group["place"])
        if place is None or wanted - children.keys():
            return False
        with viewing_as(asha):
            written = _open_record(group, asha, today, now)
        _let_in(written, [*children.values(), place], asha, farah, now)
        with viewing_as(asha):
            _say_what_is_known(group, written, {**children, PLACE: place}, asha, today, now)
    return True


def _children(keys: Iterable[str]) -> Children:
    """The children's records, by a number that an agency has for each."""
    people = {person.key: person for person in cast.CHILDREN}
    found: Children = {}
    for key in keys:
        for system in KNOWN_BY:
            reference = Reference.objects.filter(system=system, key=number_in(system, people[key])).first()
            if reference and reference.subject:
                found.setdefault(key, reference.subject)
    return found


def _place(name: str) -> Subject | None:
    return Subject.objects.filter(kind="place", name=name, references__isnull=False).order_by("pk").first()


def _open_record(group: dict[str, Any], asha: Viewer, today: date, now: datetime) -> Subject:
    review_on = today + timedelta(days=group["review_in"])
    written = create_group(name=group["name"], about=group["about"], review_on=review_on, by=asha, now=now)
    say_what_matters_now(subject_id=written.pk, text=group["matters"], by=asha, now=now)
    return written


def _let_in(written: Subject, others: Iterable[Subject], asha: Viewer, farah: Viewer, now: datetime) -> None:
    """Farah manages this work, so the group is hers too; she opens to Asha those records that it needs."""
    group: dict[str, Any] = {"reason_kind": "added", "now": now, "reference": f"group:{written.pk}"}
    open_circle(scope=written.scope, viewer=farah, because=f"Manages the work: {written.name}", by=asha, **group)
    with viewing_as(asha):
        held = set(Subject.objects.values_list("pk", flat=True))
    for other in others:
        if other.pk not in held:
            open_circle(scope=other.scope, viewer=asha, because=f"Works with: {written.name}", by=farah, **group)


def _say_what_is_known(
    group: dict[str, Any], written: Subject, known: Children, asha: Viewer, today: date, now: datetime
) -> None:
    for piece in group["evidence"]:
        day, about = _day(piece, today), known[piece["about"]].pk
        ends = (written.pk, about, "gathers-at") if piece["about"] == PLACE else (about, written.pk, "part-of")
        add_link(link=LinkGiven(*ends, piece["text"], piece["grade"], last_seen=day), by=asha, now=now)
    if "assessment" in group:
        review_on = today + timedelta(days=group["review_in"])
        assessed = Assessed(told=group["assessment"], review_on=review_on)
        assess(subject_id=written.pk, assessed=assessed, by=asha, now=now)
    if "place_assessment" in group:
        assessed = Assessed(told=group["place_assessment"], review_on=today + timedelta(days=group["review_in"]))
        assess(subject_id=known[PLACE].pk, assessed=assessed, by=asha, now=now)
        for planned in group["place_plan"]:
            plan = Plan(**{**planned, "due_on": today + timedelta(days=planned["due_on"])})
            plan_change_there(subject_id=known[PLACE].pk, plan=plan, by=asha, now=now)
    for told in group["told"]:
        own = told.get("own", {})
        children = [About(known[key].pk, own.get(key, "")) for key in told["about"]]
        about_all = [About(written.pk), *children, About(known[PLACE].pk)]
        write_entry(written=_as_written(told, today), about=about_all, by=asha, now=now)


def _day(told: dict[str, Any], today: date) -> date:
    """So many days ago or, where it names a day of the week, the last such day before."""
    on = today - timedelta(days=told["days_ago"])
    return on - timedelta(days=(on.weekday() - list(day_name).index(told["day"])) % 7) if "day" in told else on


def _as_written(told: dict[str, Any], today: date) -> Written:
    on = _day(told, today)
    at = timezone.make_aware(datetime.combine(on, time.fromisoformat(told["at"]))) if "at" in told else None
    return Written(text=told["text"], on=on, at=at, kind=told["kind"], significant=told.get("significant", False))
