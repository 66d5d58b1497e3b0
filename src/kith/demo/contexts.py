"""Weighings of contexts in the demonstration: of children of whom exploitation is told, weeks after it was told.

Written in bulk, as they would have been signed; where a weighing stands already, nothing is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.db import connection, models, transaction

from kith.contexts.models import Change, Shared, Weighed, Weighing
from kith.contexts.rules import KINDS, NOT_ASKED, NOT_FOUND, REVIEW_WITHIN
from kith.demo import cast
from kith.demo.bulk import numbers_for, put
from kith.demo.years import at, chance_of
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as

WORDS = Path(__file__).parent / "contexts.yaml"
MOST, A_YEAR = 40, 330  # children; days
ALWAYS = ("home", "school", "neighbourhood", "online")
MAIN = {"peers": 30, "place": 26, "online": 18, "home": 10, "school": 8, "neighbourhood": 8}
TOLD = """
select s.subject_id, b.scope_id, max(e."on"), b.name = %(amara)s
from chronology_entry e join chronology_entrysubject s on s.entry_id = e.id and s.part = 'child'
join subjects_subject b on b.id = s.subject_id and b.joined_into_id is null
join subjects_person p on p.subject_id = b.id and p.is_child
where e.kind = 'outside-home-contact' and e.superseded_by_id is null and e.ended_at is null
  and e.details->>'harm' in ('sexual exploitation', 'criminal exploitation', 'county lines') and e."on" >= %(since)s
group by 1, 2, 4 order by 4 desc, md5(s.subject_id::text), 1 limit %(most)s
"""
LINKED = """
select distinct on (l.subject_id, o.kind) l.subject_id, o.kind, o.id, o.scope_id
from subjects_linkevidence l join subjects_subject o on o.id = l.other_id and o.joined_into_id is null
left join subjects_place p on p.subject_id = o.id
where l.subject_id = any(%s) and l.ended_at is null
  and (o.kind = 'group' or p.kind in ('park', 'food', 'transport', 'shop', 'street'))
order by l.subject_id, o.kind, l.last_seen desc nulls last, o.id
"""
LEADS = """
select distinct on (o.scope_id) o.scope_id, v.id from access_opening o
join access_viewer v on v.id = o.viewer_id and v.role in ('practitioner', 'manager') and v.is_active
where o.scope_id = any(%s) and o.ended_at is null and o.reason_kind <> 'break-glass' order by o.scope_id, v.id
"""
Rows = list[Mapping[str, Any]]


@cache
def words() -> Mapping[str, Any]:
    """What is said of each context, as contexts.yaml has it."""
    read: Mapping[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return read


@transaction.atomic
def write_weighings(*, today: date, now: datetime) -> int:
    """Answers how many children's contexts were weighed."""
    with viewing_as(system_viewer("demonstration")):
        if Weighing.objects.exists():
            return 0
        asked = {"amara": f"{cast.AMARA.first_name} {cast.AMARA.last_name}", "since": today - timedelta(days=A_YEAR),
                 "most": MOST}  # fmt: skip
        children = _asked(TOLD, asked)
        story = _Story(today, now, [one[0] for one in children], [one[1] for one in children])
        for subject, scope, told, is_amara in children:
            story.child(subject, scope, told, is_amara=is_amara)
        story.write()
    return len(children)


def _asked(sql: str, given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@dataclass
class _Story:
    """Rows of all weighings, put into their tables at the end."""

    today: date
    now: datetime
    subjects: list[int]
    scopes: list[int]
    first: int = 0  # the number of the first weighing
    rows: dict[type[models.Model], Rows] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        found = _asked(LINKED, [self.subjects])
        self.linked = {(subject, kind): (pk, scope) for subject, kind, pk, scope in found}
        self.leads = dict(_asked(LEADS, [self.scopes]))
        self.asha = Viewer.objects.get(email=cast.ASHA.email).pk
        numbers = numbers_for(Weighing, 2 * MOST)
        self.first, self.numbers = numbers[0], iter(numbers)

    def child(self, subject: int, scope: int, told: date, *, is_amara: bool) -> None:
        """One weighing, and for one in three another after a quarter in which the context weighs less."""
        chance = chance_of(f"contexts:{subject}")
        main = "place" if is_amara else chance.choices(list(MAIN), list(MAIN.values()))[0]
        by = self.asha if is_amara else self.leads.get(scope, self.asha)
        signed = min(told + timedelta(days=chance.randint(9, 45)), self.today - timedelta(days=2))
        first = self._weighing(subject, scope, main, by, signed, chance, None, is_amara=is_amara)
        self._changes(first, subject, scope, main, by, signed, chance)
        again = signed + timedelta(days=90)
        if chance.random() < 0.4 and again < self.today:
            others = [kind for kind in MAIN if kind != main]
            self._weighing(subject, scope, chance.choice(others), by, again, chance, first, is_amara=is_amara)

    def _weighing(
        self, subject: int, scope: int, main: str, by: int, on: date, chance: Random, follows: int | None, *,
        is_amara: bool,
    ) -> int:  # fmt: skip
        number, signed = next(self.numbers), at(on, 9, 17, chance)
        conclusion = words()["amara"] if is_amara and follows is None else words()["conclusion"][main]
        self.rows[Weighing].append(
            {"id": number, "subject_id": subject, "scope_id": scope, "follows_id": follows, "begun_by_id": by,
             "begun_at": signed - timedelta(hours=3), "conclusion": conclusion, "signed_by_id": by,
             "signed_at": signed, "review_on": on + REVIEW_WITHIN}
        )  # fmt: skip
        for kind in KINDS:
            if kind in ALWAYS or kind == main or (kind in ("peers", "place") and chance.random() < 0.6):
                self.rows[Weighed].append(self._context(number, subject, scope, kind, kind == main, chance))
        self._shared(number, scope, by, on, is_amara=is_amara)
        return number

    def _shared(self, weighing: int, scope: int, by: int, signed: date, *, is_amara: bool) -> None:
        """Most are made with the child or shown to them, and to a parent; of some nobody has said it yet."""
        chance = chance_of(f"shared:{weighing - self.first}")
        for whom, hows in (("child", ("made", "made", "shown", "not", "")), ("family", ("shown", "shown", "not", ""))):
            how, on = chance.choice(hows), min(signed + timedelta(days=chance.randint(0, 9)), self.today)
            how = "made" if is_amara and whom == "child" else how
            if not how:
                continue
            told = words()["shared"][whom][how]
            self.rows[Shared].append(
                {"weighing_id": weighing, "scope_id": scope, "whom": whom, "how": how, "by_id": by,
                 "on": None if how == "not" else on, "present": "" if how == "not" else words()["shared"]["present"],
                 "said": told, "at": at(on, 17, 18, chance)}
            )  # fmt: skip

    def _context(
        self, weighing: int, subject: int, scope: int, kind: str, is_main: bool, chance: Random
    ) -> Mapping[str, Any]:
        said = words()[kind]["heavy" if is_main else "light"]
        linked = self.linked.get((subject, KINDS[kind].linked)) if kind in ("peers", "place") else None
        weight = "most" if is_main else "some" if said["why"] else NOT_FOUND if said["safety"] else NOT_ASKED
        agency = chance.choice(words()["agencies"])
        told = [{"agency": agency, "words": said["agency_says"]}] if said["agency_says"] else []
        called = "" if linked or kind not in ("peers", "place") else _called(kind)
        return {
            "weighing_id": weighing, "scope_id": scope, "kind": kind, "linked_id": linked[0] if linked else None,
            "called": called, "agencies_say": told, "weight": weight,
            **{name: said[name] for name in ("child_says", "parent_says", "harm", "safety", "gives", "why")},
        }  # fmt: skip

    def _changes(
        self, weighing: int, subject: int, scope: int, main: str, by: int, signed: date, chance: Random
    ) -> None:
        linked = self.linked.get((subject, KINDS[main].linked)) if main in ("peers", "place") else None
        for said in words()["changes"][main]:
            due = signed + timedelta(days=chance.randint(25, 60))
            self.rows[Change].append(
                {"weighing_id": weighing, "scope_id": scope, "there_id": linked[1] if linked else None, "kind": main,
                 "linked_id": linked[0] if linked else None,
                 "called": "" if linked or main not in ("peers", "place") else _called(main), **said, "due_on": due,
                 "set_by_id": by, "set_at": at(signed, 17, 18, chance), **self._outcome(due, by, chance)}
            )  # fmt: skip

    def _outcome(self, due: date, by: int, chance: Random) -> Mapping[str, Any]:
        """Most are done in time, some late, some not; what is to come has none."""
        drawn = chance.random()
        outcome, why, days = (
            ("done", "done", -chance.randint(0, 9))
            if drawn < 0.62
            else ("done", "late", chance.randint(3, 30))
            if drawn < 0.78
            else ("not-done", "not_done", chance.randint(0, 12))
        )
        on = due + timedelta(days=days)
        if on >= self.today or drawn > 0.9:
            return {"outcome": "", "outcome_why": "", "outcome_by_id": None, "outcome_at": None}
        return {"outcome": outcome, "outcome_why": words()[why], "outcome_by_id": by,
                "outcome_at": at(on, 9, 17, chance)}  # fmt: skip

    def write(self) -> None:
        """Everything, table by table."""
        for table in (Weighing, Weighed, Change, Shared):
            put(table, self.rows[table])


def _called(kind: str) -> str:
    return "Friends after school" if kind == "peers" else "Where they meet in the evening"
