"""Choosing whom a note or a link is about, from the records that are open to whoever writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from kith.foundations.access.models import Viewer
from kith.foundations.design_system import words
from kith.subjects.models import LinkEvidence, Subject
from kith.subjects.queries.circles import my_circles

FOUND_AT_MOST = 20


@dataclass(frozen=True)
class Candidate:
    """Somebody or somewhere that can be chosen, with enough to tell two of one name apart."""

    subject_id: int
    name: str
    kind: str
    told_apart_by: str


def candidates(subjects: Iterable[Subject], today: date) -> tuple[Candidate, ...]:
    """Subjects as they are offered."""
    return tuple(Candidate(s.pk, s.name, s.kind, _told_apart(s, today)) for s in subjects)


def _told_apart(subject: Subject, today: date) -> str:
    person, place = getattr(subject, "person", None), getattr(subject, "place", None)
    if person and person.date_of_birth:
        return words.age(person.date_of_birth, today)
    return (place.address or place.postcode) if place else ""


def chosen(subject_ids: Sequence[int]) -> tuple[Candidate, ...]:
    """Those already chosen, in the order they were chosen; one that is not open to the viewer is left out."""
    subjects = Subject.objects.filter(pk__in=subject_ids).select_related("person", "place")
    by_id = {candidate.subject_id: candidate for candidate in candidates(subjects, localdate())}
    return tuple(by_id[pk] for pk in dict.fromkeys(subject_ids) if pk in by_id)


def found_by_words(typed: str, leave_out: Iterable[int], today: date) -> tuple[Candidate, ...]:
    """Records open to the viewer whose names hold every word typed."""
    if not typed.split():
        return ()
    found = Subject.objects.filter(joined_into=None).exclude(pk__in=list(leave_out))
    for word in typed.split():
        found = found.filter(name__icontains=word)
    return candidates(found.select_related("person", "place").order_by("name", "pk")[:FOUND_AT_MOST], today)


def suggested(viewer: Viewer, about: Sequence[int], now: datetime) -> tuple[Candidate, ...]:
    """Whom a note is likely about: those linked with the ones chosen; with none chosen, the viewer's own circles."""
    today = localdate(now)
    if not about:
        return candidates([circle.subject for circle in my_circles(viewer, now)][:FOUND_AT_MOST], today)
    linked = LinkEvidence.objects.filter(subject_id__in=about, ended_at=None).values("other_id")
    open_ones = Subject.objects.filter(pk__in=linked, joined_into=None).exclude(pk__in=about)
    return candidates(open_ones.select_related("person", "place").order_by("kind", "name")[:FOUND_AT_MOST], today)
