"""Which value of each fact best stands for a person, by stated rules, and why, in words.

What does not change in a life (name, birth date, identifiers) goes to the value that most agencies state,
then to the
source that checks it most carefully, then to the newest. What does change (address, school, status) goes
to the newest.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from kith.foundations.identifiers.nhs_number import parse_nhs_number
from kith.foundations.identifiers.upn import parse_upn
from kith.linkage.rules.stated import Says, Source, Stated, best_written, sameness

CHANGING = frozenset(
    {
        "known_as",
        "address",
        "postcode",
        "phone",
        "email",
        "school",
        "gp",
        "legal_status",
        "in_care_since",
        "interpreter",
        "communication_needs",
        "pronouns",
        "immigration_status",
    }
)
CARE = {"health": 0, "education": 1, "school": 1, "college": 1, "social care": 2, "council": 2}
"""How carefully a kind of agency checks who somebody is; lower is more carefully."""
LEAST_CARE = 3
_LONG_AGO = date.min


@dataclass(frozen=True)
class Choice:
    """One value of a fact: as written, everybody who states it, and, for the best, why it was chosen."""

    value: str
    sources: tuple[Source, ...]
    why: str = ""


def choices(field: str, records: Iterable[Stated]) -> list[Choice]:
    """Every different value of a field, the best first. Two ways of writing one value are one value."""
    return _choices(field, [(value, record.source) for record in records if (value := record.facts.get(field))])


def best_of(records: Iterable[Says], fields: Container[str]) -> dict[str, str]:
    """The best-supported value of each of these fields that somebody states. Asks for sources where values differ."""
    said: dict[str, list[tuple[str, Says]]] = {}
    for record in records:
        for field, value in record.facts.items():
            if value and field in fields:
                said.setdefault(field, []).append((value, record))
    return {field: _best(field, pairs) for field, pairs in said.items()}


def _best(field: str, said: list[tuple[str, Says]]) -> str:
    first = said[0][0]
    if all(value == first for value, _ in said):
        return first
    found = _choices(field, [(value, record.source) for value, record in said])
    return found[0].value if found else ""


def _choices(field: str, said: list[tuple[str, Source]]) -> list[Choice]:
    values: dict[str, list[tuple[str, Source]]] = {}
    for value, source in said:
        values.setdefault(sameness(field, value), []).append((value, source))
    values.pop("", None)
    if not values:
        return []
    if len(values) == 1:
        ((_, only),) = values.items()
        return [Choice(best_written([v for v, _ in only]), _ordered(s for _, s in only), _only_words(only))]
    ranked = sorted(values.items(), key=lambda item: _rank(field, item[0], item[1]))
    found = [Choice(best_written([v for v, _ in pairs]), _ordered(s for _, s in pairs)) for _, pairs in ranked]
    return [Choice(found[0].value, found[0].sources, _why(field, found)), *found[1:]]


def is_placeholder(field: str, value: str) -> bool:
    """The first of January, or of a year long past, is what systems write for a birth date they do not
    know.
    """
    return field == "date_of_birth" and (value.endswith("-01-01") or value.startswith("1900"))


def _rank(field: str, same: str, said: list[tuple[str, Source]]) -> tuple[object, ...]:
    """Sorts the best first."""
    current = [source for _, source in said if source.is_current]
    agencies = len({source.agency for source in current})
    care = min((CARE.get(source.agency_kind, LEAST_CARE) for source in current), default=LEAST_CARE + 1)
    newest = max((source.stated_on or _LONG_AGO for source in current), default=_LONG_AGO).toordinal()
    doubtful = is_placeholder(field, said[0][0]) or not _checks(field, same)
    if field in CHANGING:
        return (not current, doubtful, -newest, care, -agencies, same)
    return (not current, doubtful, -agencies, care, -newest, same)


def _checks(field: str, same: str) -> bool:
    """Whether an identifier is well formed; True for any other field."""
    if field == "nhs_number":
        return parse_nhs_number(same) is not None
    return parse_upn(same) is not None if field == "upn" else True


def _ordered(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(
        sorted(sources, key=lambda s: (not s.is_current, -(s.stated_on or _LONG_AGO).toordinal(), s.feed, s.row))
    )


def _only_words(said: list[tuple[str, Source]]) -> str:
    agencies = len({source.agency for _, source in said})
    return "The only value stated." if agencies == 1 else f"All {agencies} agencies that state it agree."


def _why(field: str, found: list[Choice]) -> str:
    """Why the first of these was put before the second."""
    first, second = ([s for s in choice.sources if s.is_current] for choice in found[:2])
    if not second:
        return "The only value that its agency still states."
    if is_placeholder(field, found[1].value) and not is_placeholder(field, found[0].value):
        return "The other date looks like one written where the day was not known."
    if not _checks(field, sameness(field, found[1].value)) and _checks(field, sameness(field, found[0].value)):
        return "Its check digit or letter fits; the other's does not."
    if field in CHANGING:
        return _newest_words(first)
    return _agreement_words(found, first, second)


def _agreement_words(found: list[Choice], first: list[Source], second: list[Source]) -> str:
    agencies, others = ({source.agency for source in sources} for sources in (first, second))
    if len(agencies) > len(others):
        everybody = len({source.agency for choice in found for source in choice.sources if source.is_current})
        return f"Stated by {len(agencies)} of {everybody} agencies."
    care, other_care = (min(CARE.get(s.agency_kind, LEAST_CARE) for s in sources) for sources in (first, second))
    if care < other_care:
        name = min(first, key=lambda s: CARE.get(s.agency_kind, LEAST_CARE)).agency_name
        return f"As many agencies state each; {name} checks who somebody is more carefully."
    return _newest_words(first)


def _newest_words(sources: list[Source]) -> str:
    newest = max((s for s in sources if s.stated_on), key=lambda s: s.stated_on or _LONG_AGO, default=None)
    if newest is None or newest.stated_on is None:
        return "No source says when it was stated; this one came first."
    day = newest.stated_on
    return f"The newest: {newest.agency_name} stated it on {day.day} {day:%B %Y}."
