"""Two years of critical moments, as the published rule would have drawn them from agencies' files, and what was done.

For children with exploitation on record by then. Written in bulk, all closed or set aside; where older moments stand
already, nothing is written.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, models, transaction

from kith.demo import cast
from kith.demo.bulk import numbers_for, put
from kith.demo.years import LATELY, YEARS, at, chance_of, share, words
from kith.foundations.access.actions import system_viewer, team_audience
from kith.foundations.access.models import Agency, Team, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.moments.actions.receiving import LETTERS
from kith.moments.models import Draw, Moment, Offer, Step
from kith.moments.rules.codes import call_back_by, title
from kith.moments.rules.drawing import Mapped, rule
from kith.moments.rules.rota import is_day

MONTHLY = ("school",)  # kinds of moment whose file comes on the first of the next month; others tell within days
HAPPENED = """
with exploited as (
  select s.subject_id, min(s."on") since from chronology_entrysubject s join chronology_entry e on e.id = s.entry_id
  where e.superseded_by_id is null and e.ended_at is null and (e.kind = any(%(kinds)s)
    or e.kind = 'assessment-factors' and lower(e.details->>'factors') ~ %(factors)s)
  group by 1)
select e.id, e.kind, e.details, e.feed || ':' || e.feed_key, e."on", e.at, e.until_day, e.until, e.agency_id,
  s.subject_id, b.scope_id
from chronology_entry e join chronology_entrysubject s on s.entry_id = e.id
join exploited x on x.subject_id = s.subject_id and x.since <= s."on"
join subjects_subject b on b.id = s.subject_id and b.joined_into_id is null and b.name <> all(%(cast)s)
join subjects_person p on p.subject_id = s.subject_id and p.is_child
where e.kind = any(%(entries)s) and e.superseded_by_id is null and e.ended_at is null and e.feed <> ''
  and coalesce(e.until_day, e."on") >= %(first)s
order by e."on", e.id, s.subject_id
"""


@dataclass(frozen=True)
class Happened:
    """One critical moment of one child, as an entry tells it."""

    kind: str
    entry: int
    drawn_from: str
    on: date
    at: datetime | None
    agency: int | None
    subject: int
    scope: int


@transaction.atomic
def write_old_moments(*, today: date, now: datetime) -> int:
    """Answers how many moments were written: none where nobody answers them."""
    with viewing_as(system_viewer("demonstration")):
        team = Team.objects.filter(work=cast.SOL.work, viewers__email=cast.SOL.email).first()
        if team is None or Moment.objects.filter(told_at__lt=now - LATELY).exists():
            return 0
        history = _History(team, today, now)
        happened = _happened(today)
        for number, one in zip(numbers_for(Moment, len(happened)), happened, strict=True):
            history.add(number, one)
        return history.write()


def _happened(today: date) -> list[Happened]:
    """What the rule names, each child's once within its hours."""
    asked: dict[str, Any] = {"kinds": list(rule().kinds), "factors": "|".join(rule().factors)}
    asked |= {"entries": [one.entry for one in rule().entries], "cast": [child.name for child in cast.CHILDREN]}
    asked["first"] = today - YEARS
    with connection.cursor() as cursor:
        cursor.execute(HAPPENED, asked)
        rows = cursor.fetchall()
    found: dict[tuple[int, str], Happened] = {}
    drawn: list[Happened] = []
    for row in rows:
        one = _read(row, rule().mapped(row[1]), today)
        before = found.get((one.subject, one.kind)) if one else None
        if one and not (before and abs((one.on - before.on).days) <= 1):
            found[one.subject, one.kind] = one
            drawn.append(one)
    return drawn


def _read(row: tuple[Any, ...], mapped: Mapped | None, today: date) -> Happened | None:
    entry, _, details, drawn_from, began, began_at, until, until_at, agency, subject, scope = row
    if mapped is None or not mapped.fits(json.loads(details or "{}")):
        return None
    on, moment = (until, until_at) if mapped.by_its_end else (began, began_at)
    if on is None or not today - YEARS <= on <= today - LATELY or mapped.moment in MONTHLY and not _told_soon(on):
        return None
    return Happened(mapped.moment, entry, drawn_from[:300], on, moment, agency, subject, scope)


def _told_soon(on: date) -> bool:
    """Whether a file of the month, which comes on the first of the next, still tells of it within the rule's days."""
    return _next_month(on) - on <= rule().within


def _next_month(on: date) -> date:
    return (on.replace(day=1) + timedelta(days=32)).replace(day=1)


class _History:
    """The rows of each table, as they are added."""

    def __init__(self, team: Team, today: date, now: datetime) -> None:
        self.today, self.team, self.said = today, team.pk, words()["moments"]
        self.desk = team_audience(team=team, now=now).pk
        self.staff = [Viewer.objects.get(email=one.email).pk for one in (cast.SOL, cast.TESS)]
        self.job = system_viewer("moments").pk
        self.agencies = {pk: (name, phone) for pk, name, phone in Agency.objects.values_list("pk", "name", "phone")}
        self.rows: dict[type[models.Model], list[dict[str, Any]]] = {Moment: [], Step: [], Offer: []}
        self.fired: dict[date, Counter[str]] = defaultdict(Counter)

    def add(self, number: int, one: Happened) -> None:
        """A moment with what was done about it."""
        chance = chance_of(f"{one.drawn_from}:{one.kind}")
        day = _next_month(one.on) if one.kind in MONTHLY else one.on
        told = one.at + timedelta(minutes=chance.randint(20, 400)) if one.at else at(day, 9, 20, chance)
        by = chance.choice(self.staff)
        kept = {"moment_id": number, "scope_id": one.scope, "desk_id": self.desk}
        agency, phone = self.agencies.get(one.agency or 0, ("an agency", ""))
        reference = "CM-" + "".join(chance.choice(LETTERS) for _ in range(6))
        words_of = f"{title('kinds', one.kind)}, told by {agency}"
        steps = [kept | {"what": "told", "words": words_of, "by_id": self.job, "at": told}]
        taken = told + timedelta(minutes=chance.randint(2, 12))
        moment = {
            "id": number, "scope_id": one.scope, "desk_id": self.desk, "team_id": self.team, "kind": one.kind,
            "subject_id": one.subject, "happened_on": one.on, "happened_at": one.at, "told_at": told, "source": "feed",
            "agency_id": one.agency, "callback": phone[:40], "entry_id": one.entry, "drawn_from": one.drawn_from,
            "out_of_hours": not is_day(told), "call_back_by": call_back_by(told), "taken_by_id": by, "taken_at": taken,
            "closed_by_id": by, "reference": reference,
        }  # fmt: skip
        ended = self._ended(moment, kept, chance)
        self.rows[Moment].append(moment | ended)
        self.rows[Step] += steps + self._steps(moment | ended, kept)
        self.fired[told.astimezone(HERE).date().replace(day=1)][one.kind] += 1

    def _ended(self, moment: Mapping[str, Any], kept: Mapping[str, Any], chance: Random) -> dict[str, Any]:
        """Rung back in time or late, with what was offered; or set aside."""
        told, allowed = moment["told_at"], moment["call_back_by"] - moment["told_at"]
        if chance.random() * 100 < self.said["set_aside"]:
            aside = {"set_aside": chance.choice(self.said["reasons"]), "closed_at": moment["taken_at"] + allowed / 4}
            return {"called_back_at": None, "came_of": "", **aside}
        wanted = share(told.date(), self.said, self.today) + (self.said["at_night"] if moment["out_of_hours"] else 0)
        in_time = chance.random() * 100 < wanted
        called = told + allowed * (chance.uniform(0.25, 0.97) if in_time else chance.uniform(1.1, 3))
        for service in chance.sample(self.said["services"], k=chance.choice((0, 1, 1, 2))):
            answer, at = chance.choice(self.said["answers"]), called + timedelta(minutes=15)
            offered = {"service": service, "answer": answer, "by_id": moment["taken_by_id"], "at": at}
            self.rows[Offer].append({**kept, **offered})
        came_of = chance.choice(self.said["came_of"])
        closed = called + timedelta(minutes=chance.randint(30, 300))
        return {"called_back_at": called, "came_of": came_of, "set_aside": "", "closed_at": closed}

    def _steps(self, moment: Mapping[str, Any], kept: Mapping[str, Any]) -> list[dict[str, Any]]:
        by = {**kept, "by_id": moment["taken_by_id"]}
        if moment["set_aside"]:
            why = title("aside", moment["set_aside"])
            return [by | {"what": "aside", "words": why, "at": moment["closed_at"]}]
        minutes = round((moment["called_back_at"] - moment["told_at"]) / timedelta(minutes=1))
        rung = by | {"what": "called", "words": f"{minutes} minutes after it was told", "at": moment["called_back_at"]}
        return [rung, by | {"what": "closed", "words": moment["came_of"], "at": moment["closed_at"]}]

    def write(self) -> int:
        for model, rows in self.rows.items():
            put(model, rows)
        draws = [
            {
                "at": at(month.replace(day=28), 6, 7, chance_of(str(month))),
                "looked_at": fired.total(),
                "fired": dict(fired),
            }
            for month, fired in self.fired.items()
        ]
        put(Draw, draws)
        return len(self.rows[Moment])
