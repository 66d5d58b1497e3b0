"""What has been told to the demonstration's front door, received and decided by the ordinary actions.

Nothing is written where contacts stand already, so this can be run again.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from kith.demo import cast
from kith.demo.systems import number_in
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions import (
    Decided,
    Follows,
    NamedIn,
    Sharing,
    Told,
    WhoGave,
    decide,
    is_new,
    is_on_record,
    receive,
    reply,
)
from kith.front_door.models import Contact, Named
from kith.front_door.queries.known import may_know_of
from kith.front_door.rules import codes, reply_templates
from kith.pathways.rules import pathways
from kith.subjects.models import Reference, Subject

STORY = Path(__file__).parent / "front_door.yaml"
SYSTEMS = ("education/hub", "council/csc")
HOUR = timedelta(hours=1)


def contacts() -> list[dict[str, Any]]:
    """The contacts as they are described beside this module."""
    described: list[dict[str, Any]] = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    return described


def fill_front_door(*, today: date, now: datetime) -> int:
    """Receives what has been told, and decides what is said to be decided; answers how many were received."""
    with viewing_as(system_viewer("demonstration")):
        if Contact.objects.exists():
            return 0
        farah = Viewer.objects.get(email=cast.FARAH.email)
        for number, one in enumerate(sorted(contacts(), key=lambda told: -told["hours_ago"])):
            at = now - one["hours_ago"] * HOUR
            receipt = receive(told=_told(one, today), once=uuid5(NAMESPACE_URL, f"kith:demo:{number}"), now=at)
            if "decided" in one:
                _decide(receipt.contact_id, one, farah, at + one["decided"]["after"] * HOUR)
    return len(contacts())


def _told(one: dict[str, Any], today: date) -> Told:
    simple = {name: one[name] for name in ("in_danger", "when", "where", "how_known", "harms") if name in one}
    named = tuple(_named(who, today) for who in one.get("named", ()))
    return Told(one["about"], " ".join(one["what"].split()), WhoGave(**one["giver"]), named=named, **simple)


def _named(who: dict[str, Any], today: date) -> NamedIn:
    """A child of the cast as a giver would name them, somebody the giver alone knows, or a group."""
    if "group" in who:
        return NamedIn("group", "group", who["group"], {"about": who["about"]})
    if "child" in who:
        child = next(person for person in cast.CHILDREN if person.key == who["child"])
        born = {"date_of_birth": child.born(today).isoformat()}
        return NamedIn("person", "child", child.name, {**born, **{k: v for k, v in who.items() if k != "child"}})
    return NamedIn("person", "child", who["name"], {k: str(v) for k, v in who.items() if k != "name"})


def _decide(contact_id: int, one: dict[str, Any], farah: Viewer, at: datetime) -> None:
    said, named = one["decided"], list(Named.objects.filter(contact_id=contact_id).order_by("order"))
    with viewing_as(farah):
        follows = [_settled(meant, said, one, farah, at) for meant in named if said.get("result")]
        decided = Decided(
            said["verdict"],
            said["why"],
            Sharing(shared=bool(follows), bases=("6-1-e", "9-2-g") if follows else (), refused_because=said["why"]),
            said.get("on_record", ""),
            tuple(follow for follow in follows if follow),
            referral_source=said.get("source", ""),
        )
        once = uuid5(NAMESPACE_URL, f"kith:demo:decision:{contact_id}")
        decide(contact_id=contact_id, decided=decided, once=once, by=farah, now=at)
        reply(contact_id=contact_id, text=reply_templates()[said["verdict"]], spoken=True, by=farah, now=at)


def _settled(meant: Named, said: dict[str, Any], one: dict[str, Any], farah: Viewer, at: datetime) -> Follows | None:
    """Who is meant: somebody on record by the agency's number or a place by its name, or somewhere new."""
    pathway = codes()["results"].get(said["result"]).pathway
    if meant.kind not in pathways()[pathway].about:
        return None
    known = _on_record(meant, one)
    if known and may_know_of(known):
        is_on_record(named_id=meant.pk, subject_id=known, by=farah, now=at)
    else:
        is_new(named_id=meant.pk, by=farah, now=at)
    team = Team.objects.filter(work=pathways()[pathway].team, agency__in_partnership=True).order_by("pk").first()
    return Follows(meant.pk, said["result"], team)


def _on_record(meant: Named, one: dict[str, Any]) -> int | None:
    with viewing_as(system_viewer("demonstration")):
        if meant.kind == "place":
            places = Subject.objects.filter(kind="place", name=meant.name, references__isnull=False)
            return places.order_by("pk").values_list("pk", flat=True).first()
        keys = [who["child"] for who in one.get("named", ()) if "child" in who]
        person = next((child for child in cast.CHILDREN if child.key in keys and child.name == meant.name), None)
        numbers = [(system, number_in(system, person)) for system in SYSTEMS] if person else []
        for system, number in numbers:
            found = Reference.objects.filter(system=system, key=number).values_list("subject_id", flat=True).first()
            if found:
                return found
    return None
