"""Who is missing in the demonstration now, and who is just back: told by the cast through the ordinary actions.

Years of absences came with the police's and the council's files before. Running it again adds nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from kith.demo import cast
from kith.demo.systems import number_in
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.missing.actions import Back, Details, Reported, report_missing, say_back
from kith.missing.actions.conversations import Taking, take_step
from kith.missing.actions.grading import Graded, give_grade
from kith.missing.actions.updates import say_update
from kith.missing.models import Conversation, Episode
from kith.missing.rules import Step
from kith.subjects.models import Reference

STORY = Path(__file__).parent / "missing.yaml"
SYSTEMS = ("council/placed", "council/csc", "education/hub")
DETAILS = {
    "missing_from": "missing_from",
    "last_seen": "last_seen_at_place",
    "circumstances": "circumstances",
    "clothing": "clothing",
    "carries": "carries",
    "likely_places": "likely_places",
    "companions": "companions",
}


def write_missing(*, now: datetime) -> int:
    """Reports, grades and updates the absences of missing.yaml. Answers how many; none where they stand already."""
    told: list[dict[str, Any]] = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    job = system_viewer("demonstration")
    with viewing_as(job):
        if Episode.objects.filter(accounts__came_by="form").exists():
            return 0
        staff = {person.key: Viewer.objects.get(email=person.email) for person in cast.STAFF}
        return sum(_tell(one, staff, now) for one in told)


def _tell(one: dict[str, Any], staff: dict[str, Viewer], now: datetime) -> int:
    subject = subject_of(one["child"])
    if subject is None:
        return 0
    episode = _report(one, subject, staff[one["by"]], one["told"], one.get("number", ""), now)
    if also := one.get("also"):
        _report(one, subject, staff[also["by"]], also["told"], also["number"], now)
    for said in one.get("grades", ()):
        graded = Graded(said["code"], said["reasons"], said.get("why_not_high", ""))
        give_grade(episode_id=episode.pk, graded=graded, by=staff[said["by"]], now=_ago(now, said["at"]))
    for said in one.get("updates", ()):
        say_update(episode_id=episode.pk, text=said["text"], by=staff[said["by"]], now=_ago(now, said["at"]))
    if back := one.get("back"):
        came = Back(_ago(now, back["hours"]), back["place"], None, back["found_by"], back["returned_to"])
        say_back(episode_id=episode.pk, back=came, by=staff[back["by"]], now=_ago(now, back["said"]))
    for step in one.get("talk", ()):
        _talk(episode, step, staff, now)
    return 1


def _report(one: dict[str, Any], subject: int, by: Viewer, hours: float, number: str, now: datetime) -> Episode:
    details = {field: " ".join(one[key].split()) for key, field in DETAILS.items() if key in one}
    reported = Reported(
        subject,
        by.agency_id or 0,
        one["kind"],
        _ago(now, one["gone"]),
        number=number,
        told_by=f"{by.name}, {by.job_title}",
        details=Details(**details, harm_feared=tuple(one.get("harm_feared", ()))),
    )
    once = uuid5(NAMESPACE_URL, f"kith:demo:missing:{one['child']}:{by.pk}")
    return report_missing(reported=reported, by=by, now=_ago(now, hours), once=once)


def _talk(episode: Episode, step: dict[str, Any], staff: dict[str, Viewer], now: datetime) -> None:
    at = _ago(now, step["at"])
    words = {name: step[name] for name in ("how", "who", "words") if name in step}
    conversation = Conversation.objects.get(covered__episode=episode)
    take_step(
        conversation_id=conversation.pk, taking=Taking(Step(step["step"]), at, **words), by=staff[step["by"]], now=at
    )


def subject_of(key: str) -> int | None:
    """The record of a child of the cast, where their files have been loaded."""
    person = next(person for person in cast.CHILDREN if person.key == key)
    for system in SYSTEMS:
        found = Reference.objects.filter(system=system, key=number_in(system, person)).first()
        if found and found.subject_id:
            return found.subject_id
    return None


def _ago(now: datetime, hours: float) -> datetime:
    return now - timedelta(hours=hours)
