"""Two years of questions that the front door asked other agencies about its contacts, and when they were answered.

Written in bulk for contacts that stand already; all are answered, for what nobody answers waits on somebody's desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from kith.demo import cast
from kith.demo.bulk import numbers_for, put
from kith.demo.years import LATELY, chance_of, share, words
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.front_door.actions.checks import checks_team
from kith.front_door.checking import band
from kith.front_door.models import Check, CheckAnswer, Named
from kith.front_door.routing import receiving_team

ASKED = {"act": 0.5}  # of contacts decided so, the part about which others are asked; of all others OF_OTHERS
OF_OTHERS, NOTHING_KNOWN = 0.15, 0.45
ANSWERS = {"severnmouth-police": cast.OLU, "severnmouth-community-health": cast.ROSA}  # who signs in to answer
CONTACTS = ("contact_id", "pk", "name", "contact__sent_as", "contact__received_at", "contact__in_danger",
            "contact__decisions__verdict")  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Whom the front door asks, and how well they answer."""

    agency: int
    email: str
    team: int
    scope: int
    viewer: int | None
    said: Mapping[str, Any]


@transaction.atomic
def write_old_checks(*, today: date, now: datetime) -> int:
    """Answers how many questions were written."""
    with viewing_as(system_viewer("demonstration")):
        if Check.objects.filter(asked_at__lt=now - LATELY).exists():
            return 0
        asked, by = _whom(now), Viewer.objects.get(email=cast.NIA.email).pk
        old = Named.objects.filter(contact__received_at__lt=now - LATELY, kind="person").order_by("pk")
        rows = [row for one in old.values_list(*CONTACTS) for row in _of_contact(one, asked, by, today)]
        numbers = numbers_for(Check, len(rows))
        put(Check, [{"id": pk, **check} for pk, (check, _) in zip(numbers, rows, strict=True)])
        put(CheckAnswer, [{"check_asked_id": pk, **said} for pk, (_, said) in zip(numbers, rows, strict=True)])
        return len(rows)


def _whom(now: datetime) -> list[Asked]:
    front_door, found = receiving_team(), []
    for agency in Agency.objects.filter(key__in=words()["checks"]["agencies"]).order_by("key"):
        team, scope = checks_team(agency=agency, front_door=front_door, now=now)
        person = ANSWERS.get(agency.key)
        viewer = Viewer.objects.get(email=person.email).pk if person else None
        said = words()["checks"]["agencies"][agency.key]
        found.append(Asked(agency.pk, agency.email, team.pk, scope.pk, viewer, said))
    return found


def _of_contact(
    one: tuple[Any, ...], asked: list[Asked], by: int, today: date
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    contact, named, name, mark, received, danger, verdict = one
    chance = chance_of(str(mark))
    if chance.random() > ASKED.get(verdict, OF_OTHERS):
        return []
    at = received + timedelta(minutes=chance.randint(5, 25 if danger else 90))
    stands = band("red" if danger else "amber", at)
    question = chance.choice(words()["checks"]["questions"])
    told = {"contact_id": contact, "about": [{"named": named, "name": name}], "question": question}
    told |= {"purpose": "decide", "bases": ["6-1-e", "9-2-g"], "band": stands.key, "asked_at": at, "asked_by_id": by}
    whom = chance.sample(asked, k=chance.choice((1, 2, 2, 3)))
    return [_asked(one, told, mark, at, stands.due_at, chance, today) for one in whom]


def _asked(  # noqa: PLR0913 - what all agencies asked about a contact have in common
    one: Asked, told: dict[str, Any], mark: Any, at: datetime, due: datetime, chance: Random, today: date
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A question and its answer, in time or late."""
    allowed = (due - at) / timedelta(hours=1)
    in_time = chance.random() * 100 < share(at.date(), one.said, today)
    hours = chance.uniform(0.1, 0.98) * allowed if in_time else allowed + chance.uniform(0.5, 60)
    answered, sent = at + timedelta(hours=hours), uuid5(NAMESPACE_URL, f"check:{mark}:{one.agency}")
    check = told | {"scope_id": one.scope, "agency_id": one.agency, "team_id": one.team, "email": one.email}
    check |= {"sent_as": sent, "due_at": due, "answered_at": answered}
    nothing = chance.random() < NOTHING_KNOWN
    known = "" if nothing else chance.choice(words()["checks"]["known"])
    answer = {"scope_id": one.scope, "sent_as": uuid5(sent, "answer"), "at": answered, "by_id": one.viewer}
    answer |= {"nothing_known": nothing, "known": known, "source": "record", "may_share": "professionals"}
    return check, answer | {"name": one.said["name"], "role": one.said["role"], "phone": "01632 960199"}
