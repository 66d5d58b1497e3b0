"""What agencies say of a person, one fact a line, with their disagreements side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kith.foundations.names import fold, same_names
from kith.linkage.rules import code_words
from kith.linkage.rules.identity import Choice, choices
from kith.linkage.rules.stated import DATES, FIELDS, SEVERAL_ARE_USUAL, Source, Stated, sameness

SameName = Callable[[str, str], bool]
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class FactValue:
    """One value of a fact and everybody who states it; `note` says how it differs from the best ("day and
    month swapped"). `codes` are beside `sources`: the code that each wrote, empty where it wrote words.
    """

    value: str
    sources: tuple[Source, ...]
    is_best: bool
    note: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactLine:
    """One fact about a person. `sentence` is empty where all agree; `why` says why the best value is the
    best.
    """

    field: str
    title: str
    values: tuple[FactValue, ...]
    disagreement: bool
    sentence: str
    why: str


def forms_of_one_name(left: str, right: str) -> bool:
    """Whether two first names are shortenings or spellings of one name."""
    return fold(left) in same_names(fold(right))


def facts_of(records: Iterable[Stated], same_name: SameName = forms_of_one_name) -> list[FactLine]:
    """Every fact that somebody states, in the order of `stated.FIELDS`.

    `same_name` says whether two first names are forms of one name (Zofia and Zosia): that is shown, and is
    no disagreement.
    """
    said = list(records)
    lines = []
    for field, (title, plural) in FIELDS.items():
        if found := choices(field, said):
            line = _line(field, title, plural, found, _Names(said, same_name))
            lines.append(replace(line, values=_with_codes(line, said)))
    return lines


def _with_codes(line: FactLine, records: Sequence[Stated]) -> tuple[FactValue, ...]:
    """The values with the code that each source wrote."""
    wrote = {record.source: record.facts.get(line.field, "") for record in records}
    return tuple(
        replace(value, codes=tuple(code_words.said(line.field, wrote[source]).code for source in value.sources))
        for value in line.values
    )


def disagreements_of(lines: Iterable[FactLine]) -> list[FactLine]:
    """Only the lines where agencies disagree."""
    return [line for line in lines if line.disagreement]


@dataclass(frozen=True)
class _Names:
    said: Sequence[Stated]
    same_name: SameName

    def explain(self, field: str, best: str, other: str) -> str:
        """Why two names differ without a disagreement, or nothing."""
        if field == "first_name":
            known_as = {sameness("known_as", r.facts["known_as"]) for r in self.said if r.facts.get("known_as")}
            if {sameness(field, best), sameness(field, other)} & known_as:
                return "the name they are known by"
            return "another form of the same name" if self.same_name(best, other) else ""
        former = {
            sameness("last_name", r.facts["former_last_name"]) for r in self.said if r.facts.get("former_last_name")
        }
        return (
            "a former name" if field == "last_name" and {sameness(field, best), sameness(field, other)} & former else ""
        )


def _line(field: str, title: str, plural: str, found: list[Choice], names: _Names) -> FactLine:
    best = found[0]
    values = [FactValue(best.value, best.sources, is_best=True)]
    at_odds = [best]
    for other in found[1:]:
        explained = names.explain(field, best.value, other.value)
        note = explained or how_it_differs(field, best.value, other.value)
        values.append(FactValue(other.value, other.sources, is_best=False, note=note))
        if not explained and any(source.is_current for source in other.sources):
            at_odds.append(other)
    disagreement = len(at_odds) > 1 and field not in SEVERAL_ARE_USUAL
    sentence = _sentence(field, plural, at_odds) if disagreement else ""
    return FactLine(field, title, tuple(values), disagreement, sentence, best.why)


def _sentence(field: str, plural: str, at_odds: list[Choice]) -> str:
    """'2 dates of birth: Harbour View Academy says 3 April 2011, Police says 4 March 2011 (day and month
    swapped).'
    """
    best = at_odds[0]
    parts = []
    for choice in at_odds:
        note = "" if choice is best else how_it_differs(field, best.value, choice.value)
        parts.append(f"{_who(choice)} {in_words(field, choice.value)}" + (f" ({note})" if note else ""))
    return f"{len(at_odds)} {plural}: {', '.join(parts)}."


def _who(choice: Choice) -> str:
    agencies = list(dict.fromkeys(source.agency_name for source in choice.sources if source.is_current))
    if len(agencies) == 1:
        return f"{agencies[0]} says"
    if len(agencies) == 2:
        return f"{agencies[0]} and {agencies[1]} say"
    more = len(agencies) - 1
    return f"{agencies[0]} and {_NUMBERS[more] if more < len(_NUMBERS) else more} others say"


def in_words(field: str, value: str, on: date | None = None) -> str:
    """A value as it is read: '3 April 2011' for a date, 'Black African' for a code of the list in force on a day."""
    day = _as_date(value) if field in DATES else None
    return f"{day.day} {day:%B %Y}" if day else code_words.said(field, value, on).words


def how_it_differs(field: str, best: str, other: str) -> str:
    """How one value differs from another, in words ("day and month swapped"); empty where there is no more to say."""
    one, two = (_as_date(best), _as_date(other)) if field in DATES else (None, None)
    if not one or not two:
        return _how_names_differ(best, other) if field in ("first_name", "last_name") else ""
    if (one.year, one.month, one.day) == (two.year, two.day, two.month):
        return "day and month swapped"
    if field == "date_of_birth" and (two.month, two.day) == (1, 1):
        return "perhaps written where the day was not known"
    if one.replace(year=2000) == two.replace(year=2000):
        return "another year"
    return "one digit differs" if sum(a != b for a, b in zip(best, other, strict=False)) == 1 else ""


def _how_names_differ(best: str, other: str) -> str:
    one, two = sameness("last_name", best), sameness("last_name", other)
    if set(one.split()) < set(two.split()) or set(two.split()) < set(one.split()):
        return "one part of the name"
    return "spelt differently" if _one_slip(one, two) else ""


def _one_slip(one: str, two: str) -> bool:
    """Whether one letter added, left out, changed, or changed places makes one the other."""
    if abs(len(one) - len(two)) > 1 or one == two:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    rest_one, rest_two = one[start:], two[start:]
    swapped = rest_one[:2] == rest_two[:2][::-1] and rest_one[2:] == rest_two[2:]
    return swapped or rest_one[1:] == rest_two[1:] or rest_one[1:] == rest_two or rest_one == rest_two[1:]


def _as_date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
