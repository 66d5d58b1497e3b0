"""Checks between agencies, who is in the hub, and the advice line in the demonstration.

Written by its own staff through ordinary actions, about contacts that stand already. Run again, it writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import yaml
from django.db import transaction

from kith.demo import cast
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import is_working_day
from kith.front_door.actions.advice import Consulted, log_consultation, oversee, rung_back
from kith.front_door.actions.answering import Answer, answer
from kith.front_door.actions.attendance import Said, say_presence
from kith.front_door.actions.checks import Asked, ask, chase
from kith.front_door.models import Check, Consultation, Contact, Named

WORDS = Path(__file__).parent / "front_door_checks.yaml"
HERE = ZoneInfo("Europe/London")
ANSWERS_FOR = {cast.POLICE: cast.OLU, cast.ROSA.agency: cast.ROSA, cast.CAROL.agency: cast.CAROL}
HUB_DAYS = 10


@transaction.atomic
def write_checks(now: datetime) -> int:
    """Answers how many checks, days of the board and consultations were written. Without contacts, no checks."""
    with viewing_as(system_viewer("demonstration")):
        if Check.objects.exists() or Consultation.objects.exists():
            return 0
        waiting = list(Contact.objects.filter(decided_at=None, named__isnull=False).distinct().order_by("-received_at"))
    described: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    asked = 0
    for words in described["checks"]:
        contact = next((one for one in waiting if one.about == words.get("about", "child")), None)
        if contact:
            waiting.remove(contact)
            asked += _ask(contact, words, now)
    return asked + _hub(described["hub"], now) + _advice(described["advice"], now)


def _ask(contact: Contact, words: dict[str, Any], now: datetime) -> int:
    """One question to several agencies; some have answered, one was rung about it."""
    at = max(now - timedelta(hours=words["hours_ago"]), contact.received_at)
    worker = _staff(cast.NIA)
    agencies = list(Agency.objects.filter(key__in=words["agencies"]))
    with viewing_as(worker):
        named = list(Named.objects.filter(contact=contact).order_by("order").values_list("pk", flat=True))
        asked = Asked(contact.pk, words["question"], "decide", words["band"], ["6-1-e", "9-2-g"], named, ["born"])
        checks = ask(asked=asked, agencies=agencies, once=_once("check", contact.pk), by=worker, now=at)
    for check in checks:
        said = words.get("answers", {}).get(check.agency.key)
        if said:
            _answer(check, said, max(at, min(now, at + timedelta(hours=said["after_hours"]))))
        elif check.agency.key == words.get("chased"):
            with viewing_as(worker):
                note = "Rang the duty desk: they will look today."
                chase(check_id=check.pk, how="phone", note=note, by=worker, now=now)
    return len(checks)


def _answer(check: Check, said: dict[str, Any], at: datetime) -> None:
    person = ANSWERS_FOR[check.agency.key]
    by = _staff(person)
    words = {name: said.get(name, "") for name in ("known", "works_with", "worries", "strengths", "conditions")}
    nothing = not words["known"]
    may_share = said.get("may_share", "professionals")
    given = Answer(nothing, "record", may_share, person.name, person.role, person.phone, **words)
    with viewing_as(by):
        answer(check_id=check.pk, given=given, once=_once("answer", check.pk), by=by, now=at)


def _hub(said: dict[str, Sequence[str]], now: datetime) -> int:
    """Who was there on the last working days, as a pattern by agency that repeats."""
    days = [now.astimezone(HERE).date() - timedelta(days=back) for back in range(HUB_DAYS)]
    worker, written = _staff(cast.NIA), 0
    for number, day in enumerate(one for one in reversed(days) if is_working_day(one)):
        at = min(now, datetime.combine(day, time(9), tzinfo=HERE))
        for key, ways in said.items():
            agency = Agency.objects.get(key=key)
            with viewing_as(worker):
                say_presence(said=Said(agency, ways[number % len(ways)]), on=day, by=worker, now=at)
            written += 1
    return written


def _advice(described: Sequence[dict[str, Any]], now: datetime) -> int:
    adviser, manager = _staff(cast.NIA), _staff(cast.FARAH)
    for number, words in enumerate(described):
        at = now - timedelta(days=words["days_ago"], hours=1)
        agency = Agency.objects.filter(key=words.get("agency", "")).first()
        back = (at + timedelta(days=1)).date() if words["follows"] == "ring-back" else None
        said = {name: words.get(name, "") for name in ("mode", "caller_name", "asked", "advice", "follows", "expected")}
        consulted = Consulted(**said, agency=agency, caller_phone=words.get("phone", ""), ring_back_on=back)
        with viewing_as(adviser):
            row = log_consultation(consulted=consulted, once=_once("advice", number), by=adviser, now=at)
            if words.get("rung_back"):
                later = at + timedelta(days=1)
                rung_back(consultation_id=row.pk, note=words["rung_back"], by=adviser, now=later)
        if words.get("oversight"):
            with viewing_as(manager):
                signed = min(now, at + timedelta(hours=20))
                oversee(consultation_id=row.pk, comment=words["oversight"], by=manager, now=signed)
    return len(described)


def _staff(person: cast.Staff) -> Viewer:
    return Viewer.objects.get(email=person.email)


def _once(what: str, number: int) -> Any:
    return uuid5(NAMESPACE_URL, f"demonstration:{what}:{number}")
