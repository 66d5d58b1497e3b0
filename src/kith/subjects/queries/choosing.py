"""Choosing whom a note or a link is about, from the records that are open to whoever writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from kith.foundations.access.models import Viewer
from kith.foundations.design_system import words
from kith.subjects.models import LinkEvidence, Subject
from kith.subjects.queries.circles import my_circles
from kith.subjects.rules import PLACE_KINDS, SubjectKind

FOUND_AT_MOST = 20
NOUGHT = "\x00"  # which no database looks for


@dataclass(frozen=True)
class Candidate:
    """Somebody or somewhere that can be chosen, with enough to tell two of one name apart."""

    subject_id: int
    name: str
    kind: str
    told_apart_by: str


def candidates(subjects: Iterable[Subject], today: date) -> tuple[Candidate, ...]:
    """Subjects as they are offered; where two share a name, with as much more as tells them apart."""
    offered = list(subjects)
    shared = Counter(subject.name.casefold() for subject in offered)
    alike = [subject for subject in offered if shared[subject.name.casefold()] > 1]
    schools = _schools([subject.pk for subject in alike]) if alike else {}
    more = {subject.pk: _more(subject, schools) for subject in alike}
    return tuple(
        Candidate(s.pk, s.name, s.kind, ", ".join(filter(None, [_what(s, today), more.get(s.pk)]))) for s in offered
    )


def _what(subject: Subject, today: date) -> str:
    """A person's age, what kind of place and where, or that it is a group."""
    person, place = getattr(subject, "person", None), getattr(subject, "place", None)
    if person and person.date_of_birth:
        return words.age(person.date_of_birth, today)
    if place:
        return ", ".join(filter(None, [PLACE_KINDS.get(place.kind), place.address or place.postcode or place.online]))
    return "group" if subject.kind == SubjectKind.GROUP.value else ""


def _more(subject: Subject, schools: dict[int, str]) -> str:
    """For two of one name: the school, and the day of birth."""
    person = getattr(subject, "person", None)
    born = f"born {words.short_day(person.date_of_birth)}" if person and person.date_of_birth else ""
    return ", ".join(filter(None, [schools.get(subject.pk), born])) or f"record {subject.pk}"


def _schools(subject_ids: Sequence[int]) -> dict[int, str]:
    """Where each was last said to go to school, as far as the viewer may know."""
    said = LinkEvidence.objects.filter(subject_id__in=subject_ids, kind="attends", outward=True, ended_at=None)
    return dict(said.order_by("last_seen", "pk").values_list("subject_id", "other_name"))


def chosen(subject_ids: Sequence[int]) -> tuple[Candidate, ...]:
    """Those already chosen, in the order they were chosen; one that is not open to the viewer is left out."""
    subjects = Subject.objects.filter(pk__in=subject_ids).select_related("person", "place")
    by_id = {candidate.subject_id: candidate for candidate in candidates(subjects, localdate())}
    return tuple(by_id[pk] for pk in dict.fromkeys(subject_ids) if pk in by_id)


def found_by_words(typed: str, leave_out: Iterable[int], today: date) -> tuple[Candidate, ...]:
    """Records open to the viewer whose names hold every word typed."""
    words = typed.replace(NOUGHT, " ").split()
    if not words:
        return ()
    found = Subject.objects.filter(joined_into=None).exclude(pk__in=list(leave_out))
    for word in words:
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
