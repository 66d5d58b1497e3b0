"""Children in care as the record tells of them: who they are, their council's number, care, placements. Asked as a job
that may read every row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from kith.chronology.models import EntrySubject
from kith.foundations.clocks import HERE
from kith.missing.queries.counts import care_of
from kith.missing.rules.care import Spell
from kith.subjects.models import Involvement, LinkEvidence, Person, Reference

STANDING = {"entry__superseded_by": None, "entry__ended_at": None}


@dataclass(frozen=True)
class Happened:
    """One entry on a child's record, as an export needs it."""

    kind: str
    on: date
    until: date | None
    summary: str
    details: dict[str, str]


@dataclass(frozen=True)
class InCare:
    """A child with the council's number for them ("" where it has none) and their times in care."""

    subject_id: int
    number: str
    person: Person
    care: tuple[Spell, ...]
    other_numbers: tuple[str, ...] = ()
    entries: dict[str, list[Happened]] = field(default_factory=dict)  # by kind, oldest first

    @property
    def placements(self) -> tuple[Spell, ...]:
        """Where the child was placed, from when until when; one that was never said to end, until the next."""
        told = self.entries.get("placement", [])
        starts = [one.on for one in told]
        return tuple(
            Spell(one.on, one.until or next((start for start in starts if start > one.on), None)) for one in told
        )


def children_in_care(first: date, last: date, system: str) -> list[InCare]:
    """Everybody who was in care on some day from `first` to `last`, in the order of the council's numbers."""
    entries = EntrySubject.objects.filter(entry__kind="care-started", on__lte=last, **STANDING)
    known = Person.objects.filter(Q(in_care_since__lte=last) | Q(pk__in=entries.values("subject_id")))
    people = {person.pk: person for person in known.select_related("subject")}
    care = care_of(people)
    inside = {
        pk: spells
        for pk, spells in care.items()
        if any(one.since <= last and (one.until is None or one.until >= first) for one in spells)
    }
    numbers = numbers_of(inside, system)
    told = entries_of(inside, ("placement", *ENTRIES))
    found = [
        InCare(pk, numbers[pk][0] if numbers[pk] else "", people[pk], spells, tuple(numbers[pk][1:]), told[pk])
        for pk, spells in inside.items()
    ]
    return sorted(found, key=lambda one: (one.number, one.subject_id))


ENTRIES = ("care-started", "care-ended", "legal-status", "care-review", "care-visit", "care-health", "unaccompanied")


def numbers_of(children: Iterable[int], system: str) -> dict[int, list[str]]:
    """Each child's numbers in the council's system, the one known longest first."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Reference.objects.filter(system=system, kind="person", subject__in=list(children))
    for child, key in rows.order_by("first_seen", "pk").values_list("subject_id", "key"):
        found[child or 0].append(key)
    return found


def entries_of(children: Iterable[int], kinds: Iterable[str]) -> dict[int, dict[str, list[Happened]]]:
    """What stands on each child's record of these kinds, oldest first; the same told twice on a day is one."""
    found: dict[int, dict[str, list[Happened]]] = defaultdict(lambda: defaultdict(list))
    rows = EntrySubject.objects.filter(subject__in=list(children), entry__kind__in=list(kinds), **STANDING)
    for row in rows.select_related("entry").order_by("on", "pk"):
        entry = row.entry
        until = entry.until_day or (entry.until.astimezone(HERE).date() if entry.until else None)
        told = found[row.subject_id][entry.kind]
        one = Happened(entry.kind, row.on, until, entry.summary, entry.details)
        if one not in told:
            told.append(one)
    return found


def first_births(parents: Iterable[int], last: date) -> dict[int, date | None]:
    """Of each who is recorded as a parent by `last`, the birth of their first child; None where no day is known."""
    found: dict[int, date | None] = {}
    links = LinkEvidence.objects.filter(kind="parent-of", outward=True, grade="recorded", ended_at=None)
    rows = links.filter(subject__in=list(parents)).order_by("-other__person__date_of_birth")
    for parent, born in rows.values_list("subject_id", "other__person__date_of_birth"):
        if born is None:
            found.setdefault(parent, None)
        elif born <= last:
            found[parent] = born
    return found


def leads_of(children: Iterable[int], on: date) -> dict[int, Involvement]:
    """Each child's social worker on a day: the lead, else whoever began last."""
    rows = Involvement.objects.filter(subject__in=list(children), ended_at=None, role__icontains="social worker")
    rows = rows.filter(Q(since=None) | Q(since__lte=on), Q(until=None) | Q(until__gte=on))
    return {row.subject_id: row for row in rows.order_by("is_lead", "since", "pk")}
