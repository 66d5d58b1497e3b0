"""Two years of the front door: the contacts that the council's tracker tells of, received and decided here.

Each is about the same child, on its day, decided as and when the tracker says; nothing goes on a record a second time,
so nothing is counted twice. Written in bulk, in one go; where it stands already, nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from django.db import connection, transaction

from kith.demo import cast
from kith.demo.bulk import numbers_for, put
from kith.foundations.access.actions import system_viewer, team_audience
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.front_door.models import Contact, Decision, Giver, Named, Outcome, Reply, ShareDecision
from kith.front_door.routing import receiving_team
from kith.front_door.rules import act_by, codes, is_re_referral, new_reference, reply_templates

WORDS = Path(__file__).parent / "years.yaml"
YEARS, LATELY = timedelta(days=730), timedelta(days=14)  # the last days are told one by one, elsewhere
IN_DANGER = 0.04
TRACKED = """
select e.feed_key, e."on", e.details->>'told_by', e.details->>'harm', e.details->>'decision',
  (e.details->>'decided')::date, s.subject_id, b.name, p.date_of_birth
from chronology_entry e
join chronology_entrysubject s on s.entry_id = e.id and s.part = 'child'
join subjects_subject b on b.id = s.subject_id
join subjects_person p on p.subject_id = s.subject_id
where e.kind = 'outside-home-contact' and e.superseded_by_id is null and e.ended_at is null
  and e."on" between %s and %s and e.details->>'decided' is not null and b.name <> all(%s)
order by e."on", e.feed_key, s.subject_id
"""


@dataclass(frozen=True)
class Tracked:
    """One contact as the tracker has it."""

    key: str
    on: date
    told_by: str
    harm: str
    decision: str
    decided: date
    subject: int
    name: str
    born: date | None


@cache
def words() -> Mapping[str, Any]:
    """What is told, answered and written, as years.yaml has it."""
    read: Mapping[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return read


@transaction.atomic
def write_contacts(*, today: date, now: datetime) -> int:
    """Answers how many contacts were written."""
    with viewing_as(system_viewer("demonstration")):
        if Contact.objects.filter(received_at__lt=now - LATELY).exists():
            return 0
        tracked = _tracked(today)
        front_door = _FrontDoor(now, tracked)
        return front_door.write()


def _tracked(today: date) -> list[Tracked]:
    known = words()
    with connection.cursor() as cursor:
        cursor.execute(TRACKED, [today - YEARS, today - LATELY, [child.name for child in cast.CHILDREN]])
        rows = {row[0]: Tracked(*row) for row in cursor.fetchall()}  # each contact once, though it may name two
    return [one for one in rows.values() if one.harm in known["harms"] and one.decision in known["decisions"]]


class _FrontDoor:
    """Everything that belongs to each contact, as rows of the tables."""

    def __init__(self, now: datetime, tracked: list[Tracked]) -> None:
        self.tracked, self.words = tracked, words()
        self.team = receiving_team()
        self.scope = team_audience(team=self.team, now=now).pk
        self.agencies = dict(Agency.objects.values_list("key", "pk"))
        self.by = [Viewer.objects.get(email=one.email).pk for one in (cast.FARAH, cast.NIA)]
        self.rows: dict[type, list[dict[str, Any]]] = {
            one: [] for one in (Contact, Giver, Named, Decision, ShareDecision, Outcome, Reply)
        }
        self.referred: dict[int, date] = {}  # the latest referral of each child so far

    def write(self) -> int:
        numbers = [numbers_for(model, len(self.tracked)) for model in (Contact, Named, Decision)]
        for one, contact, named, decision in zip(self.tracked, *numbers, strict=True):
            self._add(one, contact, named, decision, chance_of(one.key))
        for model, rows in self.rows.items():
            put(model, rows)
        return len(self.tracked)

    def _add(self, one: Tracked, contact: int, named: int, decision: int, chance: Random) -> None:
        danger = one.decided == one.on and chance.random() < IN_DANGER
        received, decided = _when(one, danger, chance)
        told, said = self.words["harms"][one.harm], self.words["decisions"][one.decision]
        kept = {"scope_id": self.scope}
        self.rows[Contact].append(
            kept
            | {
                "id": contact,
                "team_id": self.team.pk,
                "reference": new_reference(),
                "sent_as": _mark("contact", one.key),
                "came_by": chance.choice(("web", "web", "phone", "email")),
                "about": "child",
                "received_at": received,
                "in_danger": danger,
                "what": chance.choice(told["told"]),
                "on": one.on,
                "how_known": chance.choice(("saw", "child", "other", "pattern")),
                "harms": [told["key"]],
                "act_by": act_by(received, danger),
                "decided_at": decided,
            }
        )
        self.rows[Giver].append(kept | {"contact_id": contact} | self._giver(one))
        born = {"date_of_birth": one.born} if one.born else {}
        self.rows[Named].append(
            kept
            | {"id": named, "contact_id": contact, "kind": "person", "part": "child", "name": one.name or "A child"}
            | {"details": born, "subject_id": one.subject, "settled_at": received}
        )
        self._decide(one, said, told["key"], contact, named, decision, decided, chance)

    def _giver(self, one: Tracked) -> dict[str, Any]:
        given = self.words["givers"].get(one.told_by, {"kind": "public", "unnamed": True})
        agency = self.agencies.get(given.get("agency", ""))
        role = given.get("role", "")
        return {"kind": given["kind"], "role": role, "agency_id": agency, "unnamed": given.get("unnamed", False)}

    def _decide(  # noqa: PLR0913 - each is a number of another row
        self,
        one: Tracked,
        said: Mapping[str, Any],
        harm: str,
        contact: int,
        named: int,
        decision: int,
        at: datetime,
        chance: Random,
    ) -> None:
        kept, by = {"scope_id": self.scope}, chance.choice(self.by)
        shared = said["verdict"] == "act"
        why, bases = chance.choice(said["why"]), ["6-1-e", "9-2-g"] if shared else []
        self.rows[Decision].append(
            kept
            | {"id": decision, "contact_id": contact, "sent_as": _mark("decision", one.key), "verdict": said["verdict"]}
            | {"rationale": why, "harms": [harm], "level": said["level"], "at": at, "by_id": by}
        )
        refused = "" if shared else why
        self.rows[ShareDecision].append(
            kept | {"decision_id": decision, "shared": shared, "bases": bases, "refused_because": refused}
        )
        before, again = self._before(one, said["result"])
        self.rows[Outcome].append(
            kept
            | {"decision_id": decision, "named_id": named, "subject_id": one.subject, "result": said["result"]}
            | {"re_referral": again, "before_on": before if again else None}
        )
        text = reply_templates()[said["verdict"]]
        self.rows[Reply].append(kept | {"contact_id": contact, "text": text, "at": at, "by_id": by, "spoken": True})

    def _before(self, one: Tracked, result: str) -> tuple[date | None, bool | None]:
        """The child's referral before, and whether this one is a re-referral; nothing where it is no referral."""
        if not codes()["results"].get(result).referral:
            return None, None
        before, self.referred[one.subject] = self.referred.get(one.subject), one.on
        return before, is_re_referral(one.on, before)


def _when(one: Tracked, danger: bool, chance: Random) -> tuple[datetime, datetime]:
    """When it was received and decided: on the days that the tracker has."""
    received = at(one.on, 8, 15, chance)
    if one.decided > one.on:
        return received, at(one.decided, 9, 16, chance)
    minutes = chance.randint(8, 55) if danger else chance.randint(40, 480)
    return received, received + timedelta(minutes=minutes)


def at(day: date, first: int, last: int, chance: Random) -> datetime:
    """Some minute of a day, from one hour until another."""
    return datetime.combine(day, time(chance.randint(first, last - 1), chance.randint(0, 59)), tzinfo=HERE)


def share(day: date, said: Mapping[str, Any], today: date) -> float:
    """Of a hundred, how many on a day: before and since something changed, a little different each month."""
    since = said.get("since", {})
    changed = since and day >= today - timedelta(days=since["days_ago"])
    told = since["in_time"] if changed else said["in_time"]
    return float(told) + chance_of(f"{day:%Y-%m}").uniform(-4, 4)


def chance_of(key: str) -> Random:
    """Chance that falls the same way for the same key."""
    return Random(key)  # noqa: S311 - invents, keeps no secret


def _mark(what: str, key: str) -> UUID:
    """The mark of the form that would have been sent."""
    return uuid5(NAMESPACE_URL, f"kith:demo:years:{what}:{key}")
