"""What the search page shows: results with why they matched, and what was tried where there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kith.foundations.design_system import words
from kith.foundations.names import name_words
from kith.subjects.models import Headline, Subject
from kith.subjects.presenters.identity import Ring, show_headline
from kith.subjects.rules import PLACE_KINDS
from kith.subjects.search.queries import Found, Met
from kith.subjects.search.rules import DATE_LIKENESSES, MOST_RESULTS, RESULTS_A_PAGE
from kith.subjects.search.typed import Typed

WITHHELD = {
    "full": "",
    "restricted": "You hold one part of this record. The rest of it is not open to you.",
    "headline": "Only that they are known, and whom to ring, is open to you. Nothing else of the record is shown here.",
}
_HOW = {
    "equated": "“{word}” is another form of “{typed}”",
    "slip": "“{word}” is spelt nearly like “{typed}”",
    "sound": "“{word}” sounds like “{typed}”",
    "starts": "“{word}” begins with “{typed}”",
}


@dataclass(frozen=True)
class Result:
    """One line of the results."""

    subject_id: int
    name: str
    kind: str  # in words
    age: str
    details: tuple[str, ...]  # known as, postcode … only where the record is open
    why: str
    tier: str
    withheld: str
    ring: tuple[Ring, ...]
    has_page: bool


@dataclass(frozen=True)
class SearchShown:
    """The results of one page, or what was tried."""

    text: str
    tried: tuple[str, ...]
    notes: tuple[str, ...]
    results: tuple[Result, ...]
    total: int
    first: int  # number of the first result shown
    previous: int | None
    next: int | None
    summary: str
    narrow: str


def page_of(found: Sequence[Found], number: int) -> Sequence[Found]:
    """The results of one page; a page that is not there shows the last one."""
    last = max(1, -(-len(found) // RESULTS_A_PAGE))
    start = (min(max(number, 1), last) - 1) * RESULTS_A_PAGE
    return found[start : start + RESULTS_A_PAGE]


def show_search(
    typed: Typed,
    found: Sequence[Found],
    number: int,
    subjects: Mapping[int, Subject],
    headlines: Mapping[int, Headline],
    today: date,
) -> SearchShown:
    """The page for what was typed. `subjects` and `headlines` are what the viewer may read of this page's results."""
    here = page_of(found, number)
    first = found.index(here[0]) + 1 if here else 0
    page = (first - 1) // RESULTS_A_PAGE + 1 if here else 1
    last = max(1, -(-len(found) // RESULTS_A_PAGE))
    return SearchShown(
        text=typed.text,
        tried=tuple(tried(typed, today)),
        notes=tuple(typed.notes),
        results=tuple(_result(one, subjects, headlines, today) for one in here),
        total=len(found),
        first=first,
        previous=page - 1 if page > 1 else None,
        next=page + 1 if page < last else None,
        summary=_summary(len(found), first, len(here)),
        narrow="Add a date of birth, a year of birth or another name to see fewer."
        if len(found) >= MOST_RESULTS
        else "",
    )


def tried(typed: Typed, today: date) -> list[str]:
    """What was looked for, in words; it depends on nothing but what was typed."""
    names = " ".join(name.capitalize() for name in typed.names)
    said = [f"the name “{names}”, and names spelt, shortened or sounding like it"] if names else []
    said += [f"a date of birth of {words.short_day(day)}, or one that could be a slip for it" for day in typed.days]
    said += [f"a birth between {words.short_day(first)} and {words.short_day(last)}" for first, last in typed.spans]
    said += [f"the age {age}" for age in typed.ages]
    said += [f"the number {number}" for number in typed.numbers]
    said += ["the address or postcode" for _ in typed.places[:1]]
    return said


def _summary(total: int, first: int, shown: int) -> str:
    if not total:
        return "No results"
    if total == shown:
        return "1 result" if total == 1 else f"{total} results, best first"
    more = "more than " if total >= MOST_RESULTS else ""
    return f"Results {first} to {first + shown - 1} of {more}{total}, best first"


def _result(one: Found, subjects: Mapping[int, Subject], headlines: Mapping[int, Headline], today: date) -> Result:
    subject, headline = subjects.get(one.subject_id), headlines.get(one.subject_id)
    shown = show_headline(headline, today) if headline else None
    only_headline = subject is None
    return Result(
        subject_id=one.subject_id,
        name=subject.name if subject else shown.name if shown and one.tier == "headline" else one.label,
        kind=_kind(subject, headline),
        age=_age(subject, headline, today),
        details=tuple(_details(subject)) if subject else (),
        why=why(one, tells_address=one.tier != "headline" or (headline is not None and headline.kind == "place")),
        tier=one.tier,
        withheld=WITHHELD[one.tier],
        ring=shown.ring[:2] if shown and only_headline else (),
        has_page=subject is not None or headline is not None,
    )


def why(one: Found, *, tells_address: bool = True) -> str:
    """Why somebody was found, as one sentence; of an address only to those who may read it."""
    said = [f"the number {one.number} is theirs"] if one.number else []
    told = [met for met in one.met if tells_address or not met.word.startswith("/")]
    said += dict.fromkeys(_word(met) for met in told if met.how != "same" or met.word.startswith("/"))
    if not said and told:
        shown = set(name_words(one.label))
        met_here = {met.word for met in told}
        if met_here - shown:
            said = ["another of their names is as you typed it"]
        elif shown - met_here:
            said = [f"“{' '.join(word.capitalize() for word in sorted(met_here))}” is in the name"]
        else:
            said = ["the name as you typed it"]
    said += [DATE_LIKENESSES[one.born].words] if one.born else []
    sentence = "; ".join(said)
    return sentence[:1].upper() + sentence[1:]


def _word(met: Met) -> str:
    if met.word.startswith("/"):
        return "the address fits"
    return _HOW[met.how].format(word=met.word.capitalize(), typed=met.typed.capitalize())


def _kind(subject: Subject | None, headline: Headline | None) -> str:
    person, place = getattr(subject, "person", None), getattr(subject, "place", None)
    if person:
        return "Child or young person" if person.is_child else "Person"
    if place:
        return PLACE_KINDS.get(place.kind, "Place")
    kind = subject.kind if subject else headline.kind if headline else "person"
    return {"person": "Person", "group": "Group", "place": "Place"}[kind]


def _age(subject: Subject | None, headline: Headline | None, today: date) -> str:
    person = getattr(subject, "person", None)
    if person and person.died_on:
        return f"died on {words.short_day(person.died_on)}"
    born = person.date_of_birth if person else headline.date_of_birth if headline else None
    return words.age(born, today) if born else ""


def _details(subject: Subject) -> list[str]:
    person, place = getattr(subject, "person", None), getattr(subject, "place", None)
    if person:
        born = f"Born {words.short_day(person.date_of_birth)}" if person.date_of_birth else "Date of birth not known"
        known = f"known as {person.known_as}" if person.known_as and person.known_as not in subject.name else ""
        return [detail for detail in (known, born, person.postcode) if detail]
    return [detail for detail in (place.address, place.postcode, place.online) if detail] if place else []
