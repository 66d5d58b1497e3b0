"""What was stated: one record's facts with who says so, and when two statements are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from kith.linkage.rules.code_words import said

FIELDS: dict[str, tuple[str, str]] = {  # our field: its title, and its plural for "2 dates of birth"
    "first_name": ("First name", "first names"),
    "middle_names": ("Middle names", "sets of middle names"),
    "last_name": ("Last name", "last names"),
    "known_as": ("Known as", "names they are known as"),
    "former_last_name": ("Former last name", "former last names"),
    "date_of_birth": ("Date of birth", "dates of birth"),
    "died_on": ("Died on", "dates of death"),
    "sex": ("Sex", "entries for sex"),
    "pronouns": ("Pronouns", "sets of pronouns"),
    "ethnicity": ("Ethnicity", "ethnicities"),
    "nationality": ("Nationality", "nationalities"),
    "religion": ("Religion", "religions"),
    "language": ("Language", "languages"),
    "interpreter": ("Interpreter", "statements about an interpreter"),
    "communication_needs": ("Communication needs", "statements of communication needs"),
    "disability": ("Disability", "statements of disability"),
    "special_needs": ("Special educational needs", "statements of special educational needs"),
    "address": ("Address", "addresses"),
    "postcode": ("Postcode", "postcodes"),
    "phone": ("Phone", "phone numbers"),
    "email": ("Email", "email addresses"),
    "school": ("School or college", "schools"),
    "gp": ("GP", "GP practices"),
    "nhs_number": ("NHS number", "NHS numbers"),
    "upn": ("Unique pupil number", "unique pupil numbers"),
    "legal_status": ("Legal status", "legal statuses"),
    "in_care_since": ("In care since", "dates of coming into care"),
    "immigration_status": ("Immigration status", "immigration statuses"),
}
DATES = frozenset({"date_of_birth", "died_on", "in_care_since"})
SEVERAL_ARE_USUAL = frozenset({"phone", "email", "middle_names", "known_as", "former_last_name", "special_needs"})
"""Fields where two values are no disagreement: a person has two phones, two names that friends call her."""


@dataclass(frozen=True)
class Source:
    """Who says so: an agency's feed, the row of the delivery it came in, the day the agency stated it."""

    agency: str
    agency_name: str
    agency_kind: str
    feed: str
    feed_title: str
    stated_on: date | None
    delivery: int
    row: int
    is_current: bool = True  # False: the agency has since withdrawn it
    is_restricted: bool = False


@dataclass(frozen=True)
class Stated:
    """One feed's facts about one person (our field → value as text; dates as ISO text)."""

    source: Source
    facts: Mapping[str, str]


class Says(Protocol):
    """What `Stated` is, or something that makes its source only when it is asked for."""

    @property
    def source(self) -> Source: ...
    @property
    def facts(self) -> Mapping[str, str]: ...


def sameness(field: str, value: str) -> str:
    """What is left of a value when writing habits are taken away: equal for two ways of writing one fact."""
    return _sameness(field, value)


@lru_cache(maxsize=200_000)
def _sameness(field: str, value: str) -> str:
    if field in DATES:
        return value
    value = said(field, value).words  # a code and its words are one fact
    if field in ("nhs_number", "phone"):
        digits = re.sub(r"\D", "", value)
        return "0" + digits[2:] if field == "phone" and digits.startswith("44") else digits
    if field in ("upn", "postcode"):
        return re.sub(r"[^A-Z0-9]", "", value.upper())
    if value.isascii():
        plain = value
    else:
        plain = "".join(c for c in unicodedata.normalize("NFKD", value) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", plain.casefold().replace("'", "").replace("’", "")).strip()


def best_written(values: list[str]) -> str:
    """Of several ways to write one fact, the one to show: not all capitals, with its accents, the fullest."""
    return max(
        sorted(values),
        key=lambda value: (not value.isupper() and not value.islower(), not value.isascii(), len(value)),
    )
