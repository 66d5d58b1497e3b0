"""Children who miss school and are harmed or missing, as far as their records are open to whoever looks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from kith.chronology.models import EntrySubject
from kith.foundations.clocks import HERE
from kith.missing.models import Episode
from kith.missing.rules import Kind
from kith.missing.rules.schooling import HARM, SCHOOL, YEAR, Told, harm_reasons, school_reasons
from kith.subjects.models import Subject


@dataclass(frozen=True)
class Listed:
    """One child, with why they are here."""

    subject_id: int
    name: str
    born: date | None
    school: tuple[str, ...]
    harm: tuple[str, ...]


def without_school(now: datetime) -> list[Listed]:
    """In the order of names: nobody is ranked."""
    today = now.astimezone(HERE).date()
    told = _told(today)
    missing = _missing(now, list(told))
    people = Subject.objects.filter(pk__in=told, kind="person", person__is_child=True, joined_into=None)
    found = []
    for subject, name, born in people.order_by("name", "pk").values_list("pk", "name", "person__date_of_birth"):
        school = school_reasons(told[subject], today)
        harm = harm_reasons(told[subject], missing[subject], today) if school else []
        if harm:
            found.append(Listed(subject, name, born, tuple(school), tuple(harm)))
    return found


def _told(today: date) -> dict[int, list[Told]]:
    """What stands on open records of children of whom anything is told about school, in the order of days."""
    lately = Q(on__gt=today - YEAR, on__lte=today, entry__kind__in=(*SCHOOL, *HARM))
    standing = Q(entry__kind="missing-education", entry__until_day=None) | Q(
        entry__kind="missing-education", entry__until_day__gte=today
    )
    rows = EntrySubject.objects.filter(lately | standing, entry__superseded_by=None, entry__ended_at=None)
    asked = ("subject_id", "entry__kind", "on", "entry__until_day", "entry__details")
    found: dict[int, list[Told]] = defaultdict(list)
    for subject, kind, on, until, details in rows.order_by("on", "pk").values_list(*asked):
        found[subject].append(Told(kind, on, until, details or {}))
    return {one: entries for one, entries in found.items() if any(entry.kind in SCHOOL for entry in entries)}


def _missing(now: datetime, subjects: list[int]) -> dict[int, list[date]]:
    rows = Episode.objects.filter(subject__in=subjects, kind=Kind.MISSING.value, not_missing_because="")
    found: dict[int, list[date]] = defaultdict(list)
    for subject, gone in rows.filter(gone_at__gt=now - YEAR, gone_at__lte=now).values_list("subject_id", "gone_at"):
        found[subject].append(gone.astimezone(HERE).date())
    return found
