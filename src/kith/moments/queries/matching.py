"""Whom a critical moment is about: exactly the one whom the number, or the name and the day of birth, say; or nobody.

Asked by a named job alone: whoever tells of a moment never learns whether anybody was found.
"""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from kith.foundations.names import fold
from kith.subjects.models import Headline, Person, Subject
from kith.subjects.search import understand
from kith.subjects.search.presenters import Result, show_search
from kith.subjects.search.queries import find, readable

MOST_SUGGESTED = 5


def exactly(*, nhs_number: str = "", name: str = "", born: date | None = None) -> Subject | None:
    """The one child who fits exactly; nobody where two fit.

    Whoever may be known of is meant before somebody of whom even that is withheld: for such a child, see `is_withheld`.
    """
    people = Person.objects.filter(subject__joined_into=None)
    given = (nhs_number, name, born)
    return _one_of(people.filter(subject__headline__isnull=False), *given) or _one_of(
        people.filter(subject__headline=None, is_child=True), *given
    )


def is_withheld(subject_id: int) -> bool:
    """Whether it may not be known, outside their circle, that this person is on record at all. For a named job."""
    return not Headline.objects.filter(pk=subject_id).exists()


def _one_of(known: QuerySet[Person], nhs_number: str, name: str, born: date | None) -> Subject | None:
    """Nobody where one who fits stands beside another."""
    found: list[Person] = []
    if nhs_number:
        found = list(known.filter(nhs_number=nhs_number).select_related("subject__scope")[:2])
    if not found and name and born:
        same_day = known.filter(date_of_birth=born).select_related("subject__scope")
        found = [person for person in same_day if fold(name) in _names(person)]
    return found[0].subject if len(found) == 1 else None


def may_be(name: str, born: date | None, nhs_number: str, instead: str, today: date) -> tuple[Result, ...]:
    """People on record who may be meant, as the search finds them, the likeliest first."""
    typed = instead.strip() or nhs_number or " ".join(filter(None, (name, born.isoformat() if born else "")))
    if not typed:
        return ()
    ranked = find(understand(typed, today=today), today=today)[: MOST_SUGGESTED * 3]
    subjects, headlines = readable(one.subject_id for one in ranked)
    kinds = {pk: row.kind for rows in (headlines, subjects) for pk, row in rows.items()}
    people = [one for one in ranked if kinds.get(one.subject_id) == "person"][:MOST_SUGGESTED]
    return show_search(understand("", today=today), people, 1, subjects, headlines, today).results


def may_know_of(subject_id: int) -> bool:
    """Whether whoever looks may know that this person is on record."""
    if Subject.objects.filter(pk=subject_id, kind="person").exists():
        return True
    return Headline.objects.filter(pk=subject_id, kind="person").exists()


def person_numbered(subject_id: int) -> Subject | None:
    """The person as a named job finds them."""
    return Subject.objects.filter(pk=subject_id, kind="person").select_related("scope").first()


def _names(person: Person) -> set[str]:
    firsts = (person.first_name, person.known_as, f"{person.first_name} {person.middle_names}")
    return {fold(f"{first} {person.last_name}") for first in firsts if first} | {fold(person.subject.name)}
