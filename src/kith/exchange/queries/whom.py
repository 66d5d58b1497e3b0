"""Whom a report by another system means: one certain child, or nobody and why. Read as a named job.

A person who reports may know of whoever has a headline; by the same rule no system's report lands on anybody whose very
existence is sensitive. Whatever is not certain, the missing desk decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kith.foundations.names import name_words
from kith.subjects.models import Headline, Person
from kith.subjects.search import understand
from kith.subjects.search.queries import find

NOBODY = "Nobody whom the partnership may know of fits what was sent"
SEVERAL = "More than one record fits what was sent"
TOO_LITTLE = "A name without a date of birth, or half a name, is not certain"
OTHER_BIRTHDAY = "The NHS number is known, with another date of birth"
OTHER_NAME = "The NHS number is known, with another name"
OTHER_NUMBER = "The name and date of birth are known, with another NHS number"
NO_CHILD = "What was sent fits a record that is no child’s"


@dataclass(frozen=True)
class Meant:
    """The child meant, or why nobody is certain to be."""

    subject_id: int | None
    why_not: str = ""


def meant_by(child: dict[str, Any], today: date) -> Meant:
    """By the NHS number where one is known here, else by name and date of birth; each must be one record's only."""
    number = child.get("nhs_number", "")
    by_number = _with_number(number, today) if number else []
    found = by_number or _with_name(child)
    if not found:
        named = child.get("first_name") and child.get("last_name") and child.get("date_of_birth")
        return Meant(None, NOBODY if number or named else TOO_LITTLE)
    if len(found) > 1:
        return Meant(None, SEVERAL)
    why_not = _against(found[0], child, by_number=bool(by_number))
    return Meant(None, why_not) if why_not else Meant(found[0].pk)


def _with_number(number: str, today: date) -> list[Person]:
    """Whoever any source knows by it."""
    known = [one.subject_id for one in find(understand(number, today=today), today=today) if one.number == number]
    return _may_be_known(known)


def _with_name(child: dict[str, Any]) -> list[Person]:
    """Whoever was born that day and bears these names."""
    first, last, born = (child.get(name, "") for name in ("first_name", "last_name", "date_of_birth"))
    if not (first and last and born):
        return []
    that_day = Person.objects.filter(date_of_birth=date.fromisoformat(born)).values_list("pk", flat=True)
    return [one for one in _may_be_known(that_day) if _is_named(one, first, last)]


def _may_be_known(subjects: Any) -> list[Person]:
    headlines = Headline.objects.filter(kind="person").values("subject_id")
    rows = Person.objects.filter(pk__in=list(subjects)).filter(pk__in=headlines, subject__joined_into=None)
    return list(rows.distinct().order_by("pk"))


def _is_named(person: Person, first: str, last: str) -> bool:
    """The last name whole, and the first name as it is or as what they are called."""
    firsts = {_folded(person.first_name), _folded(person.known_as)} - {()}
    return _folded(last) == _folded(person.last_name) and _folded(first) in firsts


def _against(person: Person, child: dict[str, Any], *, by_number: bool) -> str:
    """What speaks against it being this child."""
    born, number = child.get("date_of_birth", ""), child.get("nhs_number", "")
    if not person.is_child:
        return NO_CHILD
    if not by_number:
        return OTHER_NUMBER if number and person.nhs_number and number != person.nhs_number else ""
    if born and person.date_of_birth and person.date_of_birth != date.fromisoformat(born):
        return OTHER_BIRTHDAY
    said = {word for name in ("first_name", "last_name", "known_as") for word in _folded(child.get(name, ""))}
    names = (person.first_name, person.middle_names, person.last_name, person.known_as)
    known = {word for name in names for word in _folded(name)}
    return OTHER_NAME if said and known and not said & known else ""


def _folded(name: str) -> tuple[str, ...]:
    return tuple(name_words(name))
