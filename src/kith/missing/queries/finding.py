"""Who is meant by whoever reports a child missing: found as the search finds, as far as they may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kith.subjects.models import Headline, Subject
from kith.subjects.search import understand
from kith.subjects.search.presenters import Result, show_search
from kith.subjects.search.queries import find, readable

MOST = 8


@dataclass(frozen=True)
class Known:
    """A person on record as whoever looks may know of them."""

    subject_id: int
    name: str
    born: date | None
    joined_into: int | None = None


def looked_for(text: str, today: date) -> tuple[Result, ...]:
    """People alone, the likeliest first."""
    typed = understand(text, today=today)
    found = sorted(find(typed, today=today), key=lambda one: -one.points)[: MOST * 3]
    subjects, headlines = readable(one.subject_id for one in found)
    kinds = {pk: row.kind for rows in (headlines, subjects) for pk, row in rows.items()}
    people = [one for one in found if kinds.get(one.subject_id) == "person"][:MOST]
    return show_search(typed, people, 1, subjects, headlines, today).results


def known_person(subject_id: int) -> Known | None:
    """None where whoever looks may not know that there is such a record, or where it is no person's."""
    subject = Subject.objects.filter(pk=subject_id, kind="person").select_related("person").first()
    if subject:
        person = getattr(subject, "person", None)
        return Known(subject.pk, subject.name, person.date_of_birth if person else None, subject.joined_into_id)
    headline = Headline.objects.filter(pk=subject_id, kind="person").first()
    return Known(subject_id, headline.name, headline.date_of_birth) if headline else None
