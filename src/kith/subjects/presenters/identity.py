"""The bar at the top of a record: who or what this is, what matters now, whom to ring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kith.foundations.design_system import words
from kith.subjects.models import Group, Headline, Involvement, Person, Place, Subject
from kith.subjects.rules import PLACE_KINDS, SubjectKind

NOT_NEEDED = {"", "no", "none", "not needed", "not required", "n", "false", "0", "not known", "unknown"}
NEEDED = {"yes", "y", "needed", "required", "true", "1"}
KIND_WORDS = {SubjectKind.PERSON: "Person", SubjectKind.GROUP: "Group", SubjectKind.PLACE: "Place"}


@dataclass(frozen=True)
class Detail:
    """One short fact of the bar; `label` may be empty where the value speaks for itself."""

    label: str
    value: str


@dataclass(frozen=True)
class WhatMatters:
    """The one line, and who wrote it when."""

    text: str
    by: str
    when: str


@dataclass(frozen=True)
class Lead:
    """Who leads, and their number."""

    name: str
    role: str
    phone: str


@dataclass(frozen=True)
class IdentityBar:
    """The top of a record page of any kind."""

    subject_id: int
    kind: str
    kind_words: str
    name: str
    known_as: str
    details: tuple[Detail, ...]
    what_matters: WhatMatters | None
    lead: Lead | None
    died: str = ""


def identity_bar(subject: Subject, lead: Involvement | None, today: date) -> IdentityBar:
    """The bar of a subject seen in full."""
    kind = SubjectKind(subject.kind)
    person: Person | None = getattr(subject, "person", None)
    return IdentityBar(
        subject_id=subject.pk,
        kind=kind.value,
        kind_words=_kind_words(subject),
        name=subject.name,
        known_as=_known_as(person, subject.name),
        details=tuple(detail for detail in _details(subject, today) if detail.value),
        what_matters=_what_matters(subject),
        lead=_lead(lead),
        died=f"Died on {words.short_day(person.died_on)}" if person and person.died_on else "",
    )


def _kind_words(subject: Subject) -> str:
    person: Person | None = getattr(subject, "person", None)
    place: Place | None = getattr(subject, "place", None)
    if person:
        return "Child or young person" if person.is_child else "Person"
    return PLACE_KINDS.get(place.kind, "Place") if place else KIND_WORDS[SubjectKind(subject.kind)]


def _known_as(person: Person | None, name: str) -> str:
    given = person.known_as if person else ""
    return given if given and given.casefold() not in name.casefold().split() else ""


def _details(subject: Subject, today: date) -> Sequence[Detail]:
    person: Person | None = getattr(subject, "person", None)
    place: Place | None = getattr(subject, "place", None)
    group: Group | None = getattr(subject, "group", None)
    if person:
        return _person_details(person, today)
    return _place_details(place) if place else _group_details(group, today)


def _person_details(person: Person, today: date) -> Sequence[Detail]:
    born, died = person.date_of_birth, person.died_on
    return [
        Detail("", words.age(born, died or today) if born else "Age not known"),
        Detail("Born", words.short_day(born) if born else ""),
        Detail("", person.pronouns),
        *_languages(person.language, person.interpreter.strip()),
        Detail("Communication", person.communication_needs),
        Detail("In care since", words.short_day(person.in_care_since) if person.in_care_since else ""),
    ]


def _languages(language: str, interpreter: str) -> Sequence[Detail]:
    """The language; and a need for an interpreter, which says the language too: "Needs a Polish interpreter"."""
    if interpreter.casefold() in NOT_NEEDED:
        return [Detail("Language", language)]
    if interpreter.casefold() not in NEEDED:
        return [Detail("Language", language), Detail("Needs an interpreter:", interpreter)]
    if not language or language.casefold() == "english":
        return [Detail("Language", language), Detail("", "Needs an interpreter")]
    return [Detail("", f"Needs {_a(language)} {language} interpreter")]


def _a(word: str) -> str:
    """Languages that begin with a vowel take "an", but for those that are said "you": Ukrainian."""
    return "an" if word[0].casefold() in "aeiou" and not word.casefold().startswith(("uk", "uy", "ew")) else "a"


def _place_details(place: Place) -> Sequence[Detail]:
    where = ", ".join(part for part in (place.address, place.postcode) if part)
    return [
        Detail("", where),
        Detail("Online", place.online),
        Detail("Ward", place.ward),
        Detail("Feels unsafe", place.unsafe_hours),
    ]


def _group_details(group: Group | None, today: date) -> Sequence[Detail]:
    if group is None:
        return []
    due = group.review_on
    late = " (overdue)" if due and due < today else ""
    return [Detail("Review", f"{words.short_day(due)}{late}" if due else "no review date set")]


def _what_matters(subject: Subject) -> WhatMatters | None:
    if not subject.what_matters_now:
        return None
    by = subject.what_matters_by.name if subject.what_matters_by else ""
    at = subject.what_matters_at
    return WhatMatters(subject.what_matters_now, by, words.short_day(at) if at else "")


def _lead(row: Involvement | None) -> Lead | None:
    return Lead(row.worker or row.team or row.agency.name, row.role, row.phone or row.agency.phone) if row else None


@dataclass(frozen=True)
class Ring:
    """Somebody whom a headline says to ring."""

    who: str
    role: str
    agency: str
    phone: str


@dataclass(frozen=True)
class HeadlineShown:
    """All that the partnership may know without the circle."""

    subject_id: int
    kind: str
    name: str
    age: str
    ring: tuple[Ring, ...]


def show_headline(headline: Headline, today: date) -> HeadlineShown:
    """That the subject is known, and whom to ring."""
    born = headline.date_of_birth
    return HeadlineShown(
        subject_id=headline.pk,
        kind=headline.kind,
        name=headline.name,
        age=words.age(born, today) if born else "",
        ring=tuple(_ring(given) for given in headline.ring),
    )


def _ring(given: dict[str, str]) -> Ring:
    who = given.get("worker") or given.get("team") or given.get("agency") or ""
    return Ring(who, given.get("role", ""), given.get("agency", ""), given.get("phone", ""))
